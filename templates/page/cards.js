// Flashcards: look, think, turn the card over, and say oneself whether one knew it. What one did not comes back.

function cards(round) {
  untilRight(round, cardOne);
}

function cardOne(round, { item, again }, { done, miss, next }) {
  const front = make("div", { className: "front" }, readOnly(item, nextDice(round, item)));
  const view = questionView(round, item, { node: front, focus: null }, { done, count: { name: "known-so-far", n: done }, again });
  const say = (knew) => {
    remember(item.key, knew ? "right" : "wrong", { again });
    if (!knew) {
      miss();
    }
    next();
  };
  view.go = () => {
    view.form.classList.add("is-told");
    view.feedback.replaceChildren(make("div", { className: "back" }, keyOf(item), background(item.question)));
    view.actions.replaceChildren(button("knew-it", null, submits), button("did-not-know", () => say(false), { className: "second" }));
    view.go = () => say(true);
    view.actions.firstChild.focus({ preventScroll: true });
    view.feedback.scrollIntoView({ block: "nearest" });
  };
  view.actions.append(button("turn", null, submits));
}
