// How each form is answered. A drawer makes a task of an item:
//
//   node        what is put under the prompt
//   focus       where the learner begins (null: at the prompt)
//   read()      the response, or null while there is none
//   put(given)  puts a response back, when the learner returns to it
//   lock(right) ends the answering, and marks what was right or wrong
//   choose(n)   what the key of that number does (may be absent)
//
// A response says nothing of the order in which things happened to stand: options and entries are told by their
// numbers in the data. Options, columns and entries stand in an order of the dice, a new one at each showing; those of a
// printed sheet stand as they are printed (`item.printed`).

const drawForm = {
  recall: drawRecall,
  choice: drawChoice,
  truth: drawTruth,
  cloze: drawCloze,
  numeric: drawNumeric,
  match: drawMatch,
  order: drawOrder,
};

// ---- options -----------------------------------------------------------------------------------------------------

function drawChoice({ question, printed }, dice) {
  const order = printed?.options ?? shuffledNumbers(question.options.length, dice);
  const options = order.map((number) => ({ number, ...question.options[number] }));
  return optionsTask(options, { several: isSeveral(question), hint: question.instruction ?? null });
}

function drawTruth({ question }) {
  const options = truthOptions(question).map((option, number) => ({ number, ...option }));
  const task = optionsTask(options, { several: false, hint: null, labelled: "prompt statement", row: true });
  task.node.prepend(make("p", { id: "statement", className: "statement", dir: "auto" }, question.statement));
  return task;
}

/** True and false as the two options that they are. */
function truthOptions({ verdict }) {
  return [
    { text: wording("true"), right: verdict },
    { text: wording("false"), right: !verdict },
  ];
}

function isSeveral({ options }) {
  return options.filter(({ right }) => right).length > 1;
}

function optionsTask(options, { several, hint, labelled = "prompt", row = false }) {
  const inputs = new Map();
  const rows = options.map(({ number, text }, i) => {
    const input = make("input", { type: several ? "checkbox" : "radio", name: "answer", value: String(number) });
    inputs.set(number, input);
    const key = make("span", { className: "key", "aria-hidden": "true" }, i < 9 ? String(i + 1) : "");
    return make("label", { className: "option" }, input, block("span", "words", text), key);
  });
  const list = make("div", { className: row ? "options row" : "options" }, rows);
  const node = make("fieldset", { "aria-labelledby": labelled }, hint && make("p", { className: "hint" }, hint), list);
  const all = [...inputs.values()];
  const ticked = () => [...inputs].filter(([, input]) => input.checked).map(([number]) => number);
  return {
    node,
    focus: null,
    read: () => (ticked().length === 0 ? null : ticked().sort((a, b) => a - b)),
    put: (given) => given.forEach((number) => (inputs.get(number).checked = true)),
    lock: () => options.forEach(({ number, right }) => lockOption(inputs.get(number), right)),
    choose: (n) => choose(all[n - 1]),
  };
}

/** Chooses an option as a click does, and takes the focus there. */
function choose(input) {
  if (input !== undefined && !input.disabled) {
    input.focus();
    input.click();
  }
}

/** Says of an option whether it is right and whether it was chosen, in words as well as in colour. */
function lockOption(input, right) {
  input.disabled = true;
  if (right || input.checked) {
    const note = right ? (input.checked ? "chosen-right" : "the-right-one") : "chosen-wrong";
    mark(input.closest("label"), right, wording(note));
  }
}

/** Marks a part of a task as right or wrong, in words as well as in colour. */
function mark(node, right, words = null) {
  node.classList.add(right ? "is-right" : "is-wrong");
  if (words !== null) {
    node.append(make("span", { className: "verdict" }, words));
  }
}

// ---- typed answers -----------------------------------------------------------------------------------------------

function drawRecall({ question }) {
  const hint = question.several ? make("p", { className: "hint" }, wording("one-is-enough")) : null;
  const input = answerInput({ "aria-labelledby": "prompt" });
  return typedTask(make("div", { className: "typed" }, hint, input), input);
}

function drawNumeric({ question }) {
  const input = answerInput({ "aria-labelledby": "prompt", inputMode: "decimal" });
  const unit = question.unit ? make("span", { className: "unit" }, isolated(question.unit)) : null;
  return typedTask(make("div", { className: "typed numeric" }, input, unit), input);
}

/** The sentence with one blank; all the others are filled in. */
function drawCloze({ question, gap }) {
  const input = answerInput({ "aria-label": wording("blank") });
  const sentence = clozeSentence(question, gap, input);
  return typedTask(sentence, input);
}

function clozeSentence(question, gap, filling) {
  const pieces = question.pieces.map((piece) => {
    if (typeof piece === "string") {
      return piece;
    }
    return piece === gap.slot ? filling : isolated(question.gaps.find(({ slot }) => slot === piece).answers[0]);
  });
  return make("p", { className: "statement", dir: "auto" }, pieces);
}

function answerInput(given) {
  return make("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: false, dir: "auto", ...given });
}

function typedTask(node, input) {
  return {
    node,
    focus: input,
    read: () => (input.value.trim() === "" ? null : input.value),
    put: (given) => (input.value = given),
    lock: (right) => {
      input.readOnly = true;
      mark(input, right);
    },
  };
}

// ---- matching ----------------------------------------------------------------------------------------------------

const LONG = 36; // characters from which a text does not fit a closed list on a phone

function drawMatch({ question, printed }, dice) {
  const right = printed?.right ?? shuffledNumbers(question.right.length, dice);
  const letters = right.some((number) => question.right[number].length > LONG);
  const selects = question.left.map((_, i) => matchSelect(question, right, `left-${i}`, letters));
  const rows = (printed?.left ?? shuffledNumbers(question.left.length, dice)).map((i) =>
    make("li", {}, make("label", { id: `left-${i}`, htmlFor: `pick-${i}`, dir: "auto" }, question.left[i]), selects[i]),
  );
  const legend = letters ? make("ol", { className: "letters" }, right.map((number) => block("li", "", question.right[number]))) : null;
  return {
    node: make("fieldset", { "aria-labelledby": "prompt" }, legend, make("ul", { className: "pairs" }, rows)),
    focus: null,
    read: () => readMatch(selects),
    put: (given) => given.forEach((number, i) => (selects[i].value = number === null ? "" : String(number))),
    lock: () => question.pairs.forEach(([left, number]) => lockSelect(selects[left], number)),
  };
}

function matchSelect(question, right, label, letters) {
  const options = right.map((number, i) => {
    const text = letters ? `${letter(i)}. \u2068${question.right[number]}\u2069` : question.right[number];
    return make("option", { value: String(number), dir: "auto", textContent: text });
  });
  const none = make("option", { value: "", textContent: wording("choose") });
  return make("select", { id: label.replace("left", "pick") }, none, options);
}

function letter(i) {
  return String.fromCharCode(0x41 + (i % 26));
}

function lockSelect(select, number) {
  const right = select.value === String(number);
  select.disabled = true;
  markRow(select.closest("li"), right);
}

/** The number on the right for each on the left; null while nothing is chosen at all. */
function readMatch(selects) {
  const numbers = selects.map(({ value }) => (value === "" ? null : Number(value)));
  return numbers.every((number) => number === null) ? null : numbers;
}

// ---- ordering ----------------------------------------------------------------------------------------------------

function drawOrder({ question, printed }, dice) {
  const said = make("p", { className: "unseen", role: "status" });
  const list = make("ol", { className: "ordered" });
  let order = printed?.shown ?? firstOrder(question.items.length, dice);
  const place = (number, to) => {
    const from = order.indexOf(number);
    if (to < 0 || to >= order.length || to === from) {
      return false;
    }
    order.splice(to, 0, ...order.splice(from, 1));
    placeRows(list, rows, order);
    said.textContent = say("moved", { item: question.items[number], place: spelled(to + 1), of: spelled(order.length) });
    return true;
  };
  const move = (number, by) => {
    if (place(number, order.indexOf(number) + by)) {
      rows[number].buttons[by < 0 ? 0 : 1].focus(); // a node that is moved loses the focus
    }
  };
  const rows = question.items.map((text, number) => orderRow(text, (by) => move(number, by)));
  const endDrag = letDrag(rows, (number, onto) => place(number, order.indexOf(onto)));
  order = [...order];
  placeRows(list, rows, order);
  return {
    node: make("fieldset", { "aria-labelledby": "prompt" }, timelineOf(question), list, said),
    focus: null,
    read: () => [...order],
    put: (given) => {
      order = [...given];
      placeRows(list, rows, order);
    },
    lock: () => {
      endDrag();
      order.forEach((number, place) => markRow(rows[number].node, number === place));
    },
  };
}

/** Lets rows be dragged onto one another, beside the buttons; gives what ends that. */
function letDrag(rows, drop) {
  let dragged = null;
  rows.forEach(({ node }, number) => {
    node.draggable = true;
    node.addEventListener("dragstart", (event) => {
      dragged = number;
      event.dataTransfer.effectAllowed = "move";
    });
    node.addEventListener("dragover", (event) => {
      if (dragged !== null) {
        event.preventDefault();
      }
    });
    node.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged !== null) {
        drop(dragged, number);
      }
    });
    node.addEventListener("dragend", () => (dragged = null));
  });
  return () => rows.forEach(({ node }) => (node.draggable = false));
}

/** An order that is not yet the right one, unless there are only two, where that would give it away. */
function firstOrder(length, dice) {
  for (;;) {
    const order = shuffledNumbers(length, dice);
    if (length <= 2 || order.some((number, i) => number !== i)) {
      return order;
    }
  }
}

function orderRow(text, move) {
  const button = (name, sign, by) =>
    make("button", { type: "button", className: "move", onclick: () => move(by) }, make("span", { "aria-hidden": "true" }, sign), unseen(phrase(name, { item: text })));
  const buttons = [button("move-up", "↑", -1), button("move-down", "↓", 1)];
  const node = make("li", {}, block("span", "words", text), make("span", { className: "moves" }, buttons));
  return { node, buttons };
}

function markRow(row, right) {
  mark(row, right, wording(right ? "right" : "wrong"));
}

function placeRows(list, rows, order) {
  list.append(...order.map((number) => rows[number].node));
  order.forEach((number, place) => {
    // Not disabled: the button that was just pressed keeps the focus at the end of the list.
    rows[number].buttons[0].setAttribute("aria-disabled", String(place === 0));
    rows[number].buttons[1].setAttribute("aria-disabled", String(place === order.length - 1));
  });
}
