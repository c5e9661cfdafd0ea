// The first screen: how to play, what is asked, and what this device remembers.

/** Shows the first screen with these choices. */
function start(choices) {
  const form = make("form", { className: "card start", noValidate: true });
  const count = make("p", { className: "count", role: "status" });
  const go = button("start", null, submits);
  const changed = () => {
    const chosen = eligible(choices).length;
    const asked = choices.sheet === null ? Math.min(choices.count ?? chosen, chosen) : chosen;
    own.disabled = choices.sheet !== null; // the sheet says all that
    count.replaceChildren(...(asked === 0 ? phrase("nothing-left") : phrase("asked-of", { n: spelled(asked), of: spelled(chosen) })));
    go.setAttribute("aria-disabled", String(asked === 0));
  };
  const own = make("fieldset", { className: "own", "aria-label": wording("own") },
    countPart(choices, changed), topicPart(choices, changed), morePart(choices, changed));
  form.append(
    modePart(choices, changed),
    ...[sheetPart(choices, changed)].filter((part) => part !== null),
    own,
    make("div", { className: "actions" }, go, count),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(choices);
  });
  changed();
  screen(form, standingPart(choices));
}

function begin(choices) {
  const chosen = selection(choices);
  if (chosen.length > 0) {
    putIntoAddress(choices);
    play({ mode: choices.mode, seed: choices.seed, items: chosen, choices });
  }
}

// ---- parts -------------------------------------------------------------------------------------------------------

function group(name, ...children) {
  return make("fieldset", {}, make("legend", {}, wording(name)), children);
}

/** A chip: a radio button or a checkbox that looks like what it stands for. */
function chip(type, name, checked, label, onchange) {
  const input = make("input", { type, name, checked, onchange: (event) => onchange(event.target.checked) });
  return make("label", { className: "chip" }, input, make("span", {}, label));
}

function chips(...children) {
  return make("div", { className: "chips" }, children);
}

function modePart(choices, changed) {
  const rows = MODES.map((mode) => {
    const input = make("input", { type: "radio", name: "mode", checked: choices.mode === mode, "aria-describedby": `about-${mode}` });
    input.onchange = () => {
      choices.mode = mode;
      changed();
    };
    const words = make("span", { className: "words" }, make("strong", {}, wording(mode)), make("span", { id: `about-${mode}`, className: "hint" }, wording(`about-${mode}`)));
    return make("label", { className: "option mode" }, input, words);
  });
  return group("mode", make("div", { className: "modes" }, rows));
}

/** The printed sheets that this page holds, to take one as it stands on paper. */
function sheetPart(choices, changed) {
  if (sheets.size === 0) {
    return null;
  }
  const options = [...sheets.keys()].map((form) => make("option", { value: form, selected: choices.sheet === form }, form));
  const select = make("select", { id: "sheet", "aria-describedby": "about-sheet" }, make("option", { value: "" }, wording("no-sheet")), options);
  select.onchange = () => {
    choices.sheet = select.value || null;
    changed();
  };
  return make("div", { className: "sheet" },
    make("label", { htmlFor: "sheet" }, wording("sheet")), " ", select,
    make("p", { id: "about-sheet", className: "hint" }, wording("about-sheet")));
}

function countPart(choices, changed) {
  const counts = COUNTS.filter((count) => count < items.length);
  if (choices.count !== null && !counts.includes(choices.count)) {
    if (choices.count < items.length) {
      counts.push(choices.count); // asked for in the address
      counts.sort((a, b) => a - b);
    } else {
      choices.count = null;
    }
  }
  const row = (count, label) =>
    chip("radio", "count", choices.count === count, label, () => {
      choices.count = count;
      changed();
    });
  return group("count", chips(counts.map((count) => row(count, spelled(count))), row(null, phrase("all", { n: spelled(items.length) }))));
}

const FOLDED = 12; // topics from which on they are folded away

function topicPart(choices, changed) {
  if (topics.length < 2) {
    return null;
  }
  const list = chips(topics.map((topic) => setChip(choices.topics, topic, isolated(topic), changed)));
  const hint = make("p", { className: "hint" }, wording("topics-hint"));
  if (topics.length <= FOLDED) {
    return group("topics", hint, list);
  }
  const open = choices.topics.size > 0;
  return make("details", { open }, make("summary", {}, wording("topics")), make("fieldset", { "aria-label": wording("topics") }, hint, list));
}

function setChip(set, value, label, changed) {
  return chip("checkbox", "", set.has(value), label, (checked) => {
    if (checked) {
      set.add(value);
    } else {
      set.delete(value);
    }
    changed();
  });
}

/** What most learners leave as it is. */
function morePart(choices, changed) {
  const formChips = chips(forms.map((form) => setChip(choices.forms, form, wording(`form-${form}`), changed)));
  const unknown = chip("checkbox", "unknown", choices.unknown, wording("unknown-only"), (checked) => {
    choices.unknown = checked;
    changed();
  });
  const seed = make("input", { type: "text", id: "seed", value: choices.seed, autocomplete: "off", maxLength: 40, "aria-describedby": "about-seed" });
  seed.oninput = () => (choices.seed = seed.value.trim() || newSeed());
  return make("details", { className: "more", open: choices.forms.size > 0 || choices.unknown },
    make("summary", {}, wording("more")),
    forms.length < 2 ? null : group("forms", make("p", { className: "hint" }, wording("forms-hint")), formChips),
    chips(unknown),
    make("p", {}, make("label", { htmlFor: "seed" }, wording("seed")), " ", seed),
    make("p", { id: "about-seed", className: "hint" }, wording("about-seed")));
}
