// Spelling: when two foldings are the same words, and when one is the other misspelt. As `quizgen/grade/spelling.py`.

const ROMAN = /^(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/;
const ROMAN_DIGITS = new Map([["i", 1], ["v", 5], ["x", 10], ["l", 50], ["c", 100], ["d", 500], ["m", 1000]]);
const ONE_EDIT = 5; // letters that a word needs before one edit is forgiven,
const TWO_EDITS = 9; // and before two are
const PICTURES = 0x2e80; // from here on a character is a syllable or a word: none may be wrong

/**
 * How many edits make the folded `typed` the folded `answer`: 0 if they are the same, null if too many.
 *
 * Word by word: none in a word of four letters or fewer, one in five to eight, two where both have more (Austria is no
 * Australia); never in its first letter, never in a number or a Roman numeral (which are the same where their values
 * are: World War 2, World War II).
 */
function misspelt(typed, answer) {
  if (typed === answer) {
    return 0;
  }
  const [ours, theirs] = [words(typed), words(answer)];
  if (ours.length === theirs.length) {
    const edits = ours.map((mine, i) => wordMisspelt(mine, theirs[i]));
    if (!edits.includes(null)) {
      return edits.reduce((sum, count) => sum + count, 0);
    }
  }
  return sameButForSpaces(ours, theirs) ? 0 : null;
}

/** Edits between two texts: a letter put in, left out, changed, or two neighbours swapped (optimal alignment). */
function distance(one, other) {
  const [mine, theirs] = [Array.from(one), Array.from(other)];
  let before = [];
  let row = Array.from({ length: theirs.length + 1 }, (_, j) => j);
  for (let i = 1; i <= mine.length; i += 1) {
    const above = before;
    before = row;
    row = [i];
    for (let j = 1; j <= theirs.length; j += 1) {
      const same = mine[i - 1] === theirs[j - 1];
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && mine[i - 1] === theirs[j - 2] && mine[i - 2] === theirs[j - 1]) {
        cost = Math.min(cost, above[j - 2] + 1);
      }
      row.push(cost);
    }
  }
  return row.at(-1);
}

function wordMisspelt(typed, answer) {
  if (typed === answer) {
    return 0;
  }
  const [ours, theirs] = [numeral(typed), numeral(answer)];
  if (ours !== null || theirs !== null) {
    return ours === theirs ? 0 : null;
  }
  const [mine, other] = [Array.from(typed), Array.from(answer)];
  if (/[0-9]/.test(typed + answer) || mine[0] !== other[0]) {
    return null;
  }
  const allowed = (other.length >= ONE_EDIT ? 1 : 0) + (Math.min(mine.length, other.length) >= TWO_EDITS ? 1 : 0);
  if (Math.abs(mine.length - other.length) > allowed || other.some((char) => char.codePointAt(0) >= PICTURES)) {
    return null;
  }
  const edits = distance(typed, answer);
  return edits <= allowed ? edits : null;
}

/** The value of a word that is a number or a Roman numeral, in digits. A lone c, d, l or m is a letter. */
function numeral(word) {
  if (/^[0-9]+$/.test(word)) {
    return word.replace(/^0+/, "") || "0";
  }
  if (["c", "d", "l", "m"].includes(word) || !ROMAN.test(word)) {
    return null;
  }
  const values = Array.from(word, (char) => ROMAN_DIGITS.get(char));
  const signed = values.map((value, i) => (value < Math.max(...values.slice(i)) ? -value : value));
  return String(signed.reduce((sum, value) => sum + value, 0));
}

/** Whether the words are only joined otherwise (al Qaeda, Alqaeda; B-52, B52); numbers must stay what they are. */
function sameButForSpaces(ours, theirs) {
  return ours.join("") === theirs.join("") && numbersIn(ours).join(" ") === numbersIn(theirs).join(" ");
}

function numbersIn(some) {
  return some.flatMap((word) => (ROMAN.test(word) ? [word] : (word.match(/[0-9]+/g) ?? [])));
}
