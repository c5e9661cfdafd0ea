// Numbers in words, as `two hundred and five` and `the Second`, written as figures. As `quizgen/grade/numerals.py`.

const HUNDRED = 100;

/** The value of a single word that names a number, cardinal or ordinal; null if it names none. */
function numberValue(word, ordinals = true) {
  return numberWords(ordinals).values.get(word) ?? null;
}

/** `text` (in small letters) with its numbers in words as figures; with `ordinals`, `the second` and `2nd` too. */
function inFigures(text, { ordinals }) {
  const known = numberWords(ordinals);
  const bare = ordinals ? withoutEndings(text) : text;
  const pieces = bare.split(new RegExp(`([${LETTER}]+)`, "u")); // what stands between, a word, what stands between, ...
  let [written, place] = ["", 0];
  while (place < pieces.length) {
    const start = place % 2 === 1 ? numberStart(pieces, place, known) : null;
    if (start === null) {
      written += pieces[place];
      place += 1;
    } else {
      const [number, end] = numberFrom(pieces, start, known);
      written += String(number);
      place = end;
    }
  }
  return written;
}

/** `2` for `2nd` and `the 2nd`. */
function withoutEndings(text) {
  const [articles, endings] = ["articles", "ordinals"].map((name) => anyOf(wordList(name)));
  const ranked = `(?<![${LETTER}0-9])(?:(?:${articles}) )?([0-9]+)(?:${endings})(?![${LETTER}0-9])`;
  return text.replace(new RegExp(ranked, "gu"), "$1");
}

/**
 * Where the number that begins at this word has its first number word: here, or after an article; null for neither.
 * A hundred counts the figure before it (12 hundred), as a million does: it begins nothing there.
 */
function numberStart(pieces, place, known) {
  const word = pieces[place];
  if (known.values.has(word)) {
    return known.values.get(word) === HUNDRED && /[0-9] ?$/.test(pieces[place - 1]) ? null : place;
  }
  const following = pieces[place + 1] === " " ? pieces[place + 2] : "";
  const isNumber = known.values.has(following) || known.scales.has(following);
  return isNumber && wordList("articles").includes(word) ? place + 2 : null;
}

/** The number that the words make from here on, and the place after them. */
function numberFrom(pieces, start, known) {
  const count = { above: 0n, below: 0, scale: 0n, ended: false };
  addWord(count, pieces[start], known);
  let place = start + 1;
  while (place + 1 < pieces.length) {
    let following = place + 1;
    if (wordList("and").includes(pieces[following]) && pieces[place] === " " && count.below % HUNDRED === 0) {
      following += 2; // two hundred and five
    }
    if (![" ", "-"].includes(pieces[following - 1]) || !addWord(count, pieces[following] ?? "", known)) {
      break;
    }
    place = following + 1;
  }
  return [count.above + BigInt(count.below), place];
}

/** Whether the number goes on with this word; if so, it has been added. */
function addWord(count, word, known) {
  if (count.ended) {
    return false;
  }
  if (known.scales.has(word)) {
    return addScale(count, known.scales.get(word));
  }
  const value = known.values.get(word);
  const below = value === undefined ? null : belowWith(count, value, known.ordinals.has(word));
  if (below === null) {
    return false;
  }
  Object.assign(count, { below, ended: value === 0 || known.ordinals.has(word) });
  return true;
}

function addScale(count, scale) {
  if (count.scale && (scale >= count.scale || !count.below)) {
    return false;
  }
  const above = count.above + BigInt(Math.max(count.below, 1)) * scale;
  Object.assign(count, { above, below: 0, scale });
  return true;
}

/** What is below the thousands with one more word; null if it does not fit. */
function belowWith({ above, below }, value, isOrdinal) {
  const rest = below % HUNDRED;
  if (value === HUNDRED) {
    return below < HUNDRED ? Math.max(below, 1) * HUNDRED : null;
  }
  if ((rest === 0 && (value || !(below || above))) || (rest >= 20 && rest % 10 === 0 && value > 0 && value < 10)) {
    return below + value;
  }
  if (!above && below >= 10 && below < HUNDRED && value >= 10 && !isOrdinal) {
    return below * HUNDRED + value; // nineteen ninety-four
  }
  return null;
}

/** The number words of the page's language, with their values, those of thousands and up apart. */
function numberWords(ordinals) {
  if (numberWords.words !== quiz.words) {
    Object.assign(numberWords, { words: quiz.words, read: new Map() });
  }
  if (!numberWords.read.has(ordinals)) {
    const ranks = ordinals ? wordValues(wordList("ordinal-numbers")) : new Map();
    const scales = wordList("scales").flatMap((names, i) =>
      names
        .split("|")
        .filter((name) => Array.from(name).length > 1)
        .map((name) => [name, 1000n ** BigInt(i + 1)]),
    );
    const values = new Map([...wordValues(wordList("numbers")), ...ranks]);
    numberWords.read.set(ordinals, { values, scales: new Map(scales), ordinals: new Set(ranks.keys()) });
  }
  return numberWords.read.get(ordinals);
}

/** By each word the figure at the head of its line; a line without a figure says nothing. */
function wordValues(lines) {
  const lists = lines.map((line) => line.split("|")).filter(([figure]) => /^[0-9]{1,3}$/.test(figure));
  return new Map(lists.flatMap(([figure, ...names]) => names.map((name) => [name, Number(figure)])));
}
