// What this device remembers: shown, taken away as a file, brought back, forgotten.

const WEEKS = 12; // that the picture of days reaches back
const WEEK = 7;
const SHADES = 4; // of a day: the more answers, the darker
const MOST_TOPICS = 30; // of which bars are drawn: nobody compares more

/** The learner's standing, and what can be done with it. */
function standingPart(choices) {
  const part = make("section", { className: "standing", "aria-labelledby": "standing" });
  const said = make("p", { className: "hint", role: "status" });
  const draw = () => part.replaceChildren(
    make("h2", { id: "standing" }, wording("standing")),
    ...[duePart(choices), ...standingRows(), topicRows(), daysPart()].filter((node) => node !== null),
    make("p", { className: "hint" }, wording(store === null ? "not-kept" : "kept-here")),
    make("div", { className: "actions" }, keepingButtons(said, draw)),
    said,
  );
  draw();
  return part;
}

/** What is due today by the schedule, to practise at once. */
function duePart(choices) {
  const due = dueItems(Date.now());
  if (due.length === 0) {
    return null;
  }
  const begin = () => play({ mode: "practise", seed: choices.seed, items: due, choices });
  return make("div", { className: "actions" }, make("p", { className: "due" }, phrase("due-today", { n: spelled(due.length) })), button("practise-due", begin, { className: "second" }));
}

function standingRows() {
  const { known, met, fresh, all } = standing(items);
  const row = (name, count) => make("li", { className: name }, make("span", { className: "dot", "aria-hidden": "true" }), wording(name), " ", make("strong", {}, spelled(count)));
  return [meterOf({ known, met, all }), make("ul", { className: "counts" }, row("known", known), row("met", met), row("fresh", fresh))];
}

function meterOf({ known, met, all }) {
  return make("div", { className: "meter", "aria-hidden": "true" }, ...[["known", known], ["met", met]].map(([name, count]) => {
    const part = make("span", { className: name });
    part.style.inlineSize = `${(100 * count) / Math.max(all, 1)}%`;
    return part;
  }));
}

/** A bar for each topic. */
function topicRows() {
  if (topics.length < 2 || progress.size === 0) {
    return null;
  }
  const rows = topics.slice(0, MOST_TOPICS).map((topic) => {
    const found = standing(items.filter(({ question }) => (question.tags ?? []).includes(topic)));
    const words = phrase("known-of", { n: spelled(found.known), of: spelled(found.all) });
    return make("li", {}, isolated(topic), make("span", { className: "count" }, words), meterOf(found));
  });
  return make("details", { className: "by-topic" }, make("summary", {}, wording("by-topic")), make("ul", {}, rows));
}

/** The days of the last weeks: how much was answered, and how much of it rightly, week by week. */
function daysPart() {
  if (days.size === 0) {
    return null;
  }
  const now = new Date();
  const today = (now.getDay() + WEEK - 1) % WEEK; // from Monday
  const day = (week, number) => dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - today - WEEK * week + number));
  const most = Math.max(...[...days.values()].map(([answers]) => answers), 1);
  const weeks = Array.from({ length: WEEKS }, (_, back) => WEEKS - 1 - back).map((week) => {
    const cells = Array.from({ length: week === 0 ? today + 1 : WEEK }, (_, number) => {
      const [answers] = days.get(day(week, number)) ?? [0];
      return make("span", { className: `shade-${Math.ceil((SHADES * answers) / most)}` });
    });
    return make("span", { className: "week" }, cells);
  });
  const picture = make("div", { className: "days", role: "img", "aria-label": say("days", { n: spelled(WEEKS), days: spelled(days.size) }) }, weeks);
  return make("details", { className: "over-time" }, make("summary", {}, wording("over-time")), picture, weekRows(day));
}

function weekRows(day) {
  const rows = Array.from({ length: WEEKS }, (_, week) => {
    const found = Array.from({ length: WEEK }, (__, number) => days.get(day(week, number)) ?? [0, 0]);
    const [answers, right] = found.reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    const percent = spelled(Math.round((100 * right) / answers));
    return answers === 0 ? null : make("li", {}, phrase("week-of", { day: day(week, 0), n: spelled(answers), percent }));
  });
  return make("ul", {}, rows);
}

function keepingButtons(said, draw) {
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": wording("import") });
  file.onchange = async () => {
    const count = imported(await file.files[0].text());
    draw();
    said.textContent = count === null ? wording("import-failed") : say("import-done", { n: spelled(count) });
  };
  const reset = () => {
    if (window.confirm(wording("reset-asks"))) {
      forget();
      draw();
      said.textContent = wording("reset-done");
    }
  };
  return [button("export", download, quiet), button("import", () => file.click(), quiet), button("reset", reset, quiet), file];
}

/** Gives the progress to the learner as a file. */
function download() {
  const url = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  make("a", { href: url, download: `${quiz.name}-progress.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
