// Practising: told at once what is right and why; what was missed comes back.

function practise(round) {
  untilRight(round, practiseOne);
}

function practiseOne(round, { item, again }, { done, miss, unmiss, next }) {
  const task = drawForm[item.question.form](item, nextDice(round, item));
  const view = questionView(round, item, task, { done, count: { name: "right-so-far", n: done }, again });
  const answer = (response) => {
    const verdict = judge(item, response);
    const before = remember(item.key, worth(verdict), { again });
    if (!verdict.right) {
      miss();
    }
    const takeBack = () => {
      rememberAsRight(item.key, before, { again });
      unmiss();
      next();
    };
    tell(view, item, response, verdict, { next, takeBack });
  };
  view.go = () => (isWhole(item, task.read()) ? answer(task.read()) : askFirst(view));
  view.actions.append(button("check", null, submits), button("show-answer", () => answer(null), quiet));
}

/** Whether there is something to judge; of a matching, every row. */
function isWhole({ question }, response) {
  return response !== null && !(question.form === "match" && response.includes(null));
}

/** Says that an answer is wanted first. */
function askFirst({ feedback, form }) {
  feedback.replaceChildren(make("p", { className: "hint" }, wording("answer-first")));
  const open = [...form.querySelectorAll("select")].find(({ value }) => value === "");
  (open ?? form.querySelector("input")).focus();
}

/** Shows right and wrong, and goes on when the learner does. */
function tell(view, item, response, verdict, { next, takeBack }) {
  view.task.lock(verdict.right);
  view.form.classList.add("is-told");
  view.feedback.replaceChildren(make("div", {}, feedbackOn(item, response, verdict, { inPlace: true })));
  view.actions.replaceChildren(button("next", null, submits));
  if (isArguable(item, response, verdict)) {
    view.actions.append(button("count-as-right", takeBack, quiet));
  }
  view.go = next;
  view.actions.firstChild.focus({ preventScroll: true });
  view.feedback.scrollIntoView({ block: "nearest" });
}

/** Whether the learner may know better than the grader: of what was typed, not of what was chosen. */
function isArguable({ question }, response, { right }) {
  return !right && response !== null && ["recall", "cloze"].includes(question.form);
}
