// What this device remembers: shown, taken away as a file, brought back, forgotten.

/** The learner's standing, and what can be done with it. */
function standingPart() {
  const part = make("section", { className: "standing", "aria-labelledby": "standing" });
  const said = make("p", { className: "hint", role: "status" });
  const draw = () => part.replaceChildren(
    make("h2", { id: "standing" }, wording("standing")),
    ...standingRows(),
    make("p", { className: "hint" }, wording(store === null ? "not-kept" : "kept-here")),
    make("div", { className: "actions" }, keepingButtons(said, draw)),
    said,
  );
  draw();
  return part;
}

function standingRows() {
  const { known, met, fresh, all } = standing();
  const row = (name, count) => make("li", { className: name }, make("span", { className: "dot", "aria-hidden": "true" }), wording(name), " ", make("strong", {}, spelled(count)));
  const meter = make("div", { className: "meter", "aria-hidden": "true" }, ...[["known", known], ["met", met]].map(([name, count]) => {
    const part = make("span", { className: name });
    part.style.inlineSize = `${(100 * count) / Math.max(all, 1)}%`;
    return part;
  }));
  return [meter, make("ul", { className: "counts" }, row("known", known), row("met", met), row("fresh", fresh))];
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
