// A round of questions: what is on the screen while it lasts, and what is there when it ends.

const BACK_AFTER = 3; // questions until a missed one comes back; twice as many each time that it is missed again

const submits = { className: "main", type: "submit" };
const quiet = { className: "quiet" };

let showings = 0; // of questions since the page was opened: each is shuffled anew

/** Begins a round: its items, in its mode, with the choices that it came from. */
function play(round) {
  const begin = { practise, test, cards };
  begin[round.mode](round);
}

/** Puts a screen in the place of the one before. The first one is a title page. */
function screen(...nodes) {
  document.body.classList.toggle("is-playing", !nodes[0].matches(".start"));
  document.getElementById("main").replaceChildren(...nodes);
  window.scrollTo(0, 0);
}

function button(name, onclick, more = {}) {
  return make("button", { type: "button", onclick, ...more }, wording(name));
}

/** The dice for one showing of an item. */
function nextDice(round, { question, key }) {
  showings += 1;
  return diceOf(`${round.seed}/${question.form}/${key}/${showings}`);
}

/**
 * A question with a task under it, and room for feedback and buttons. The keys 1 to 9 choose while the focus is
 * inside it: nowhere else, since people who speak to their computer press keys without meaning to.
 */
function questionView(round, item, task, { done, count, again = false }) {
  const prompt = make("h2", { id: "prompt", className: "prompt", dir: "auto", tabIndex: -1 }, item.question.prompt);
  const feedback = make("div", { className: "feedback", role: "status" });
  const actions = make("div", { className: "actions" });
  const note = again ? make("p", { className: "again" }, wording("again")) : null;
  const form = make("form", { className: `card form-${item.question.form}`, tabIndex: -1, noValidate: true });
  form.append(...[note, prompt, task.node, feedback, actions].filter((part) => part !== null));
  form.addEventListener("keydown", (event) => pressed(event, task));
  const view = { form, task, feedback, actions, go: () => {} };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    view.go();
  });
  screen(make("div", { className: "round" }, roundBar(round, done, count), form));
  (task.focus ?? prompt).focus();
  return view;
}

/** How far the round has come: `done` of its items, told by the phrase `count`. */
function roundBar(round, done, count) {
  const of = round.items.length;
  return [
    make("div", { className: "bar" },
      make("p", { className: "count" }, phrase(count.name, { n: spelled(count.n), of: spelled(of) })),
      button("leave", () => leave(round), quiet)),
    make("progress", { max: of, value: done, "aria-label": wording("progress") }),
  ];
}

function leave(round) {
  if (round.mode !== "test" || window.confirm(wording("leave-test"))) {
    start(round.choices);
  }
}

function pressed(event, task) {
  const { key, target, currentTarget: form } = event;
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (/^[1-9]$/.test(key) && !target.matches("input[type=text], select")) {
    task.choose?.(Number(key));
  }
  if ((key === "Enter" || key === " ") && (target === form || target.matches(".prompt"))) {
    event.preventDefault();
    form.requestSubmit();
  }
}

// ---- again until right -------------------------------------------------------------------------------------------

/** Asks all items, a missed one again after a few others, until each has been right; `one` asks one of them. */
function untilRight(round, one) {
  const queue = round.items.map((item) => ({ item, again: false }));
  const missed = new Map(); // item -> how often
  const next = () => {
    const entry = queue.shift();
    if (entry === undefined) {
      const right = { n: spelled(round.items.length - missed.size), of: spelled(round.items.length) };
      endScreen(round, phrase("right-at-once", right), [...missed.keys()]);
      return;
    }
    const open = new Set(queue.map(({ item }) => item)).add(entry.item);
    one(round, entry, { done: round.items.length - open.size, miss: () => miss(entry), unmiss: () => unmiss(entry), next });
  };
  const miss = ({ item }) => {
    const before = missed.get(item) ?? 0;
    missed.set(item, before + 1);
    queue.splice(BACK_AFTER * 2 ** before, 0, { item, again: true });
  };
  const unmiss = ({ item, again }) => {
    queue.splice(queue.findIndex((entry) => entry.item === item), 1);
    if (again) {
      missed.set(item, missed.get(item) - 1);
    } else {
      missed.delete(item);
    }
  };
  next();
}

// ---- the end -----------------------------------------------------------------------------------------------------

/** How it went, and what to do next. */
function endScreen(round, line, missed, more = null) {
  const heading = make("h2", { className: "prompt", tabIndex: -1 }, wording("done"));
  const again = missed.length === 0 ? null : button("practise-missed", () => play({ ...round, mode: "practise", items: missed }), { className: "main" });
  const actions = make("div", { className: "actions" },
    again,
    button("new-questions", () => start({ ...round.choices, seed: newSeed() }), { className: again ? "second" : "main" }),
    button("same-again", () => play(round), quiet));
  const list = missed.length === 0 || more !== null ? null : missedList(missed);
  screen(make("div", { className: "card end" }, heading, make("p", { className: "marks" }, line), list, actions), ...(more ?? []));
  heading.focus();
}

function missedList(missed) {
  const rows = missed.slice(0, COUNTS.at(-1)).map((item) => make("li", {}, block("p", "", item.question.prompt), keyOf(item)));
  return make("details", {}, make("summary", {}, wording("missed")), make("ol", { className: "missed" }, rows));
}
