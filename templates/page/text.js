// Elements and words. Texts of a deck only ever become text nodes and properties: nothing in them can run.

const quiz = JSON.parse(document.getElementById("quiz").textContent);

/**
 * An element with its properties (or attributes, where no property has that name) and children.
 * Children are nodes, texts, or lists of them; null is left out.
 */
function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name in element) {
      element[name] = value;
    } else {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null));
  return element;
}

/** A text of the deck within a sentence: isolated, so that its direction does not disturb its neighbours. */
function isolated(text) {
  return make("bdi", { textContent: text });
}

/** A text of the deck as a block of its own, in its own direction. */
function block(tag, className, text) {
  return make(tag, { className, dir: "auto", textContent: text });
}

/** A phrase of the page's language as a list of nodes, its holes filled with isolated texts (or with nodes). */
function phrase(name, holes = {}) {
  const pieces = wording(name).split(/\{(\w+)\}/);
  return pieces.map((piece, i) => {
    if (i % 2 === 0) {
      return piece;
    }
    return holes[piece] instanceof Node ? holes[piece] : isolated(String(holes[piece]));
  });
}

/** The same as plain text, for attributes; what fills a hole stands between isolating marks. */
function say(name, holes = {}) {
  return wording(name).replace(/\{(\w+)\}/g, (_, hole) => `\u2068${holes[hole]}\u2069`);
}

function wording(name) {
  if (!Object.hasOwn(quiz.labels, name)) {
    throw new Error(`no phrase ${name}`);
  }
  return quiz.labels[name];
}

/** A number in the deck's language. */
function spelled(number) {
  try {
    return new Intl.NumberFormat(quiz.deck.language, { maximumSignificantDigits: 15 }).format(number);
  } catch {
    return String(number); // a language that the browser cannot make sense of
  }
}

/** Texts in the alphabet of the deck's language. */
function sorted(texts) {
  try {
    return [...texts].sort(new Intl.Collator(quiz.deck.language).compare);
  } catch {
    return [...texts].sort();
  }
}

/** A text for screen readers only. */
function unseen(...children) {
  return make("span", { className: "unseen" }, ...children);
}
