// What the learner is told after answering: the right answer, why another is wrong, and where all that is from.

/** All that there is to say of an item and the response to it. `inPlace`: the response is still to be seen above. */
function feedbackOn(item, response, { right, close }, { inPlace = false } = {}) {
  const head = right ? (close ? "right-but-for-spelling" : "right") : response === null ? "not-answered" : "wrong";
  return [
    make("p", { className: right ? "verdict-line good" : "verdict-line bad" }, sign(right), wording(head)),
    right && !close ? null : seenUnless(inPlace, yours(item, response)),
    right ? null : reasons(item, response),
    right && !close && !tellsMore(item) ? null : keyOf(item, { inPlace }),
    othersOf(item, response),
    background(item.question),
  ];
}

function sign(right) {
  return make("span", { className: "sign", "aria-hidden": "true" }, right ? "✓" : "✗");
}

/** Leaves to screen readers what others see in its place. */
function seenUnless(inPlace, node) {
  return inPlace && node !== null ? make("div", { className: "unseen" }, node) : node;
}

/** Forms whose key says more than the right response shows. */
function tellsMore({ question }) {
  return ["order", "numeric"].includes(question.form) || question.verdict === false || (question.answers ?? []).length > 1;
}

// ---- the learner's answer ----------------------------------------------------------------------------------------

function yours(item, response) {
  if (response === null || ["match", "order"].includes(item.question.form)) {
    return response === null ? null : yourList(item.question, response);
  }
  return fact("your-answer", wordsOf(item, response).map((text) => make("span", { className: "said" }, isolated(text))));
}

function wordsOf({ question }, response) {
  switch (question.form) {
    case "choice":
      return response.map((number) => question.options[number].text);
    case "truth":
      return response.map((number) => truthOptions(question)[number].text);
    default:
      return [response];
  }
}

function yourList(question, response) {
  if (question.form === "order") {
    return fact("your-answer", make("ol", {}, response.map((number) => block("li", "", question.items[number]))));
  }
  const rows = question.left.map((left, i) => pairRow(left, response[i] === null ? "—" : question.right[response[i]]));
  return fact("your-answer", make("ul", { className: "plain" }, rows));
}

function pairRow(left, right) {
  return make("li", {}, isolated(left), " → ", isolated(right));
}

/** Why what was chosen is wrong. */
function reasons({ question }, response) {
  if (question.form === "truth" && question.why) {
    return block("p", "why", question.why);
  }
  if (question.form !== "choice" || response === null) {
    return null;
  }
  const chosen = response.map((number) => question.options[number]).filter(({ right }) => !right);
  return chosen.map(({ why }) => block("p", "why", why));
}

/** Why the options that were not chosen are wrong, folded away. */
function othersOf({ question }, response) {
  if (question.form !== "choice") {
    return null;
  }
  const others = question.options.filter(({ right }, number) => !right && !response?.includes(number));
  if (others.length === 0) {
    return null;
  }
  const rows = others.map(({ why }) => block("li", "", why));
  return make("details", {}, make("summary", {}, wording("why-not-the-others")), make("ul", {}, rows));
}

// ---- without anything to answer with -----------------------------------------------------------------------------

/** What stands under the prompt, to read only; options, columns and entries in an order of the dice. */
function readOnly({ question, gap }, dice) {
  const mixed = (texts) => shuffledNumbers(texts.length, dice).map((number) => block("li", "", texts[number]));
  switch (question.form) {
    case "recall":
    case "numeric":
      return "";
    case "choice":
      return make("ul", { className: "shown" }, mixed(question.options.map(({ text }) => text)));
    case "truth":
      return block("p", "statement", question.statement);
    case "cloze":
      return clozeSentence(question, gap, make("span", { className: "blank" }, unseen(wording("blank"))));
    case "match":
      return make("div", { className: "columns" }, make("ul", { className: "shown" }, mixed(question.left)), make("ul", { className: "shown" }, mixed(question.right)));
    case "order":
      return make("ul", { className: "shown" }, mixed(question.items));
    default:
      throw new Error(`no form ${question.form}`);
  }
}

// ---- the key -----------------------------------------------------------------------------------------------------

/** The right answer, for any form. */
function keyOf({ question, gap }, { inPlace = false } = {}) {
  switch (question.form) {
    case "recall":
      return accepted(question.answers);
    case "choice":
      return seenUnless(inPlace, fact("answer", question.options.filter(({ right }) => right).map(({ text }) => make("strong", {}, isolated(text)))));
    case "truth":
      return [
        seenUnless(inPlace, fact("answer", make("strong", {}, wording(question.verdict ? "true" : "false")))),
        question.verdict ? null : block("p", "correction", question.correction),
      ];
    case "cloze":
      return [clozeSentence(question, gap, make("mark", {}, isolated(gap.answers[0]))), alsoRight(gap.answers)];
    case "numeric":
      return [fact("answer", make("strong", {}, isolated(question.answers[0]))), toleranceOf(question)];
    case "match":
      return fact("answer", make("ul", { className: "plain" }, question.pairs.map(([i, j]) => pairRow(question.left[i], question.right[j]))));
    case "order":
      return fact("answer", make("ol", {}, question.items.map((text, i) => make("li", {}, isolated(text), valueOf(question.values[i])))));
    default:
      throw new Error(`no form ${question.form}`);
  }
}

function accepted(answers) {
  return [fact("answer", make("strong", {}, isolated(answers[0]))), alsoRight(answers)];
}

function alsoRight(answers) {
  const others = answers.slice(1).map((text) => make("span", { className: "said" }, isolated(text)));
  return others.length === 0 ? null : fact("also-right", others);
}

function valueOf(text) {
  return text ? [" — ", make("span", { className: "value" }, isolated(text))] : null;
}

function toleranceOf({ low, high, unit }) {
  const number = (value) => (unit ? `${spelled(value)} ${unit}` : spelled(value));
  if (low !== undefined && high !== undefined) {
    return low === high ? null : make("p", { className: "hint" }, phrase("within", { low: number(low), high: number(high) }));
  }
  if (low !== undefined) {
    return make("p", { className: "hint" }, phrase("at-least", { low: number(low) }));
  }
  return high === undefined ? null : make("p", { className: "hint" }, phrase("at-most", { high: number(high) }));
}

// ---- where it is from --------------------------------------------------------------------------------------------

function background({ note, by, denied_by: denied, status, source, picture }) {
  const rows = [
    by && status !== "established" ? make("p", {}, phrase(`status-${status}`, { by })) : null,
    denied ? make("p", {}, phrase("denied-by", { denied })) : null,
    note ? block("p", "note", note) : null,
    picture === undefined ? null : pictureOf(quiz.pictures[picture]),
    source ? make("p", { className: "source" }, phrase("source", { source })) : null,
  ].filter((row) => row !== null);
  return rows.length === 0 ? null : make("div", { className: "background" }, rows);
}

function pictureOf({ src, alt, caption, credit }) {
  const picture = make("img", { src, alt, className: "picture" });
  const words = [
    caption ? block("span", "caption", caption) : null,
    credit ? block("small", "source", credit) : null,
  ].filter((text) => text !== null);
  return words.length === 0 ? picture : make("figure", {}, picture, make("figcaption", {}, words));
}

/** A line with what it is about at its beginning. */
function fact(name, content) {
  return make("div", { className: "fact" }, make("span", { className: "what" }, wording(name)), make("div", {}, content));
}
