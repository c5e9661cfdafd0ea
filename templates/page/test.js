// A test: nothing is told until the end; then the marks, and every answer to look at again.

const REVIEWED = 50; // answers that a review shows at a time

function test(round) {
  const responses = round.items.map(() => null);
  const ask = (i) => {
    const item = round.items[i];
    const task = drawForm[item.question.form](item, nextDice(round, item));
    const view = questionView(round, item, task, { done: i, count: { name: "question-of", n: i + 1 } });
    if (responses[i] !== null) {
      task.put(responses[i]);
    }
    const go = (to) => {
      responses[i] = task.read();
      if (to < round.items.length) {
        ask(to);
      } else if (isDone(responses)) {
        testEnd(round, responses);
      }
    };
    view.go = () => go(i + 1);
    view.actions.append(button(i + 1 === round.items.length ? "hand-in" : "next", null, submits));
    if (i > 0) {
      view.actions.append(button("previous", () => go(i - 1), quiet));
    }
  };
  ask(0);
}

/** Whether to hand in; asked where answers are missing. */
function isDone(responses) {
  const open = responses.filter((response) => response === null).length;
  return open === 0 || window.confirm(say("hand-in-with-open", { n: spelled(open) }));
}

function testEnd(round, responses) {
  const answers = round.items.map((item, i) => ({ item, response: responses[i], verdict: judge(item, responses[i]) }));
  answers.forEach(({ item, verdict }) => remember(item.key, worth(verdict)));
  const missed = answers.filter(({ verdict }) => !verdict.right).map(({ item }) => item);
  const right = answers.length - missed.length;
  const percent = spelled(Math.round((100 * right) / answers.length));
  const line = phrase("marks", { n: spelled(right), of: spelled(answers.length), percent });
  endScreen(round, line, missed, reviewOf(round, line, answers));
}

/** Every answer with what there is to say of it, some at a time: a test may have thousands. */
function reviewOf(round, line, answers) {
  const list = make("ol", { className: "review" });
  const grow = () => {
    const from = list.children.length;
    list.append(...answers.slice(from, from + REVIEWED).map((answer) => reviewRow(round, answer)));
    more.hidden = list.children.length === answers.length;
  };
  const more = button("show-more", grow, quiet);
  grow();
  const keeping = make("div", { className: "actions" }, resultButtons(round, line, answers));
  return [make("h2", { className: "review-heading" }, wording("review")), keeping, list, more];
}

function reviewRow(round, { item, response, verdict }) {
  const under = ["truth", "cloze"].includes(item.question.form) ? readOnly(item, nextDice(round, item)) : "";
  const feedback = make("div", { className: "feedback" }, feedbackOn(item, response, verdict));
  return make("li", { className: `card form-${item.question.form}` }, block("p", "prompt", item.question.prompt), under, feedback);
}
