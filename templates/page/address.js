// The choices in the page's address: whoever opens it gets the same questions.

/** The choices that the address holds; what it does not say, or says wrongly, is as usual. */
function choicesOfAddress() {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const mode = given.get("mode");
  const count = given.get("count");
  const choices = {
    mode: MODES.includes(mode) ? mode : "practise",
    count: /^[1-9][0-9]{0,5}$/.test(count ?? "") ? Number(count) : COUNTS[1],
    topics: new Set(given.getAll("topic").filter((topic) => topics.includes(topic))),
    forms: new Set(given.getAll("form").filter((form) => forms.includes(form))),
    unknown: given.has("unknown"),
    seed: given.get("seed") || newSeed(),
    sheet: sheets.has(given.get("sheet")) ? given.get("sheet") : null,
  };
  if (choices.sheet !== null && !MODES.includes(mode)) {
    choices.mode = "test";
  }
  if (count === "all") {
    choices.count = null;
  }
  return choices;
}

/** Puts the choices into the address, without a step in the browser's history. */
function putIntoAddress(choices) {
  if (choices.sheet !== null) {
    window.history.replaceState(null, "", `#${new URLSearchParams({ sheet: choices.sheet, mode: choices.mode })}`);
    return;
  }
  const put = new URLSearchParams({ seed: choices.seed, mode: choices.mode, count: choices.count ?? "all" });
  choices.topics.forEach((topic) => put.append("topic", topic));
  choices.forms.forEach((form) => put.append("form", form));
  if (choices.unknown) {
    put.append("unknown", "");
  }
  window.history.replaceState(null, "", `#${put}`);
}
