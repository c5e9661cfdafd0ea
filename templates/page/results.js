// The results of a test as plain text, to keep, to hand in, or to print.

/** Buttons that copy the results and print them. */
function resultButtons(round, line, answers) {
  const said = make("span", { className: "hint", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(resultsOf(round, line, answers));
      said.textContent = wording("copied");
    } catch {
      said.textContent = wording("not-copied"); // the browser does not let a page do that
    }
  };
  return [button("copy", copy, quiet), button("print", () => window.print(), quiet), said];
}

function resultsOf(round, line, answers) {
  const rows = answers.map(({ item, response, verdict }, i) => {
    const given = response === null ? wording("not-answered") : inWords(item, response);
    return `${i + 1}. ${verdict.right ? "✓" : "✗"} ${item.question.prompt} ${item.question.statement ?? ""}`.trimEnd() + `\n   ${given}`;
  });
  const name = round.choices.sheet ?? `${wording("seed")} ${round.seed}`;
  return [document.title, name, line.map((piece) => piece.textContent ?? piece).join(""), "", ...rows, ""].join("\n");
}

/** A response as one text. */
function inWords(item, response) {
  const { question } = item;
  switch (question.form) {
    case "match":
      return question.left.map((left, i) => `${left} → ${response[i] === null ? "—" : question.right[response[i]]}`).join("; ");
    case "order":
      return response.map((number) => question.items[number]).join("; ");
    default:
      return wordsOf(item, response).join("; ");
  }
}
