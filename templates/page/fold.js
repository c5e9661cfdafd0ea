// Folding: what is left of a text when everything that a typist may leave out is taken away.
// The same, rule by rule, as `quizgen/grade/folding.py`; one table of cases holds both to it.

const WHITE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u; // as Python splits

// Marks that are left out in writing: accents (Latin, Greek, Cyrillic), Hebrew points, Arabic vowel signs and hamzas.
// The marks of Indic and other scripts are vowels, and stay.
const LIGHT_MARKS =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

// Letters that no accent accounts for. Arabic: one kaf, one yeh, one heh for all the languages that write them.
const LETTERS = new Map([
  ["ß", "ss"], ["ς", "σ"], ["ı", "i"], ["ł", "l"], ["ø", "o"], ["đ", "d"], ["ð", "d"], ["þ", "th"], ["ħ", "h"],
  ["ŧ", "t"], ["æ", "ae"], ["œ", "oe"], ["ə", "a"], ["ŋ", "n"], ["ĸ", "k"], ["ɓ", "b"], ["ɗ", "d"], ["ƙ", "k"],
  ["ƴ", "y"], ["\u06a9", "\u0643"], ["\u06aa", "\u0643"], ["\u06cc", "\u064a"], ["\u0649", "\u064a"],
  ["\u06d2", "\u064a"], ["\u0629", "\u0647"], ["\u06c1", "\u0647"], ["\u06be", "\u0647"], ["\u06d5", "\u0647"],
  ["\u0671", "\u0627"], ["\u0640", ""],
]);

// The other way to write a letter that a keyboard lacks: Mueller, Moeller, Aarhus.
const PAIRS = new Map([["ä", "ae"], ["ö", "oe"], ["ü", "ue"], ["ø", "oe"], ["å", "aa"]]);

/** `text` without regard to case, forms of a character, its digits' script, kinds of dash, or white space. */
function plain(text) {
  const raised = text.replace(/(?<=[0-9])[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/g, "^$&"); // 10² is not 102
  const lower = raised.normalize("NFKC").toLowerCase().replace(/[\u2010-\u2014\u2212]/gu, "-");
  return words(Array.from(lower, plainCharacter).join("")).join(" ");
}

/** The words of `text`, one space between them: no accents, no punctuation. `conjunction` is what `&` stands for. */
function fold(text, conjunction = "") {
  return wordsOnly(mapped(stripMarks(plain(text)), LETTERS), conjunction);
}

/** `fold`, and where it differs the folding with `ü` as `ue` and the like. */
function foldings(text, conjunction = "") {
  const first = fold(text, conjunction);
  const second = fold(mapped(text.normalize("NFC").toLowerCase(), PAIRS), conjunction);
  return first === second ? [first] : [first, second];
}

/** `text` without accents, vowel points and the like. */
function stripMarks(text) {
  return text.normalize("NFD").replace(LIGHT_MARKS, "").normalize("NFC");
}

/** The parts of `text` between white space, none of them empty. */
function words(text) {
  return text.split(WHITE).filter((word) => word !== "");
}

function mapped(text, table) {
  return Array.from(text, (char) => table.get(char) ?? char).join("");
}

/** A decimal digit of any script as 0-9; nothing for a format or private character; any other as it is. */
function plainCharacter(char) {
  if (/\p{Nd}/u.test(char)) {
    return digitOf(char);
  }
  return /[\p{Cf}\p{Co}\ufe00-\ufe0f]/u.test(char) ? "" : char; // the last choose between looks of a character
}

/** The digits of a script stand in a row of ten: the value is the distance from where the row begins. */
function digitOf(char) {
  const code = char.codePointAt(0);
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) {
    before += 1;
  }
  return String(before % 10);
}

/** Punctuation becomes a space. What belongs to a number or a name stays: `-5`, `3.5`, `C++`, `C#`. */
function wordsOnly(text, conjunction) {
  const prepared = text
    .replaceAll("&", () => ` ${conjunction} `)
    .replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1") // 15,000 is one number
    .replace(/([0-9])\.(?=[0-9])/g, "$1\ue000") // its point stays: kept aside as a private character
    .replace(/(^|[ (])-(?=[0-9])/g, "$1\ue001"); // and so does its minus
  const kept = prepared.replace(/[^\p{L}\p{M}\p{N}+#\ue000\ue001]|[\u02b0-\u02ff]/gu, " ");
  return words(kept.replaceAll("\ue000", ".").replaceAll("\ue001", "-")).join(" ");
}

/** A text as a regular expression that finds it. */
function literally(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** A pattern that finds any of these texts; nothing, if there are none. */
function anyOf(texts) {
  return texts.length > 0 ? texts.map(literally).join("|") : "(?!)";
}

const LETTER = "\\p{L}\\p{Nl}\\p{No}"; // within brackets
const NO_LETTER = `(?![${LETTER}])`; // the word ends here, or only digits go on
