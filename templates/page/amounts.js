// Quantities as people type them: `15,000`, `1.5 million`, `$2bn`, `40 per cent`. As `quizgen/grade/quantities.py`.

const ABOUT = 0; // the first of the language's qualifiers
const NUMBER = /-?[0-9]+(?:[.,][0-9]+|[' ][0-9]{3}(?![0-9]))*/;
const LONGEST_NUMBER = 30; // digits that a number may have

/** The one quantity that `text` writes, `{number, unit, known, qualifier}`; null if there is none, or more than one. */
function amount(text) {
  const [rest, qualifier] = withoutQualifier(plain(text));
  const found = NUMBER.exec(rest);
  if (found === null) {
    return null;
  }
  const number = numberIn(found[0]);
  const [before, after] = [rest.slice(0, found.index), rest.slice(found.index + found[0].length)];
  if (number === null || /(?:^|[\s,-])[0-9]/.test(after)) {
    return null;
  }
  const [power, unitText] = scaleOf(after);
  return { number: { ...number, e: number.e + power }, qualifier, ...unitOf(`${before} ${unitText}`) };
}

/** Whether `number` is within a tenth, if the amount is only `about` itself; else whether it is the same. */
function isNear(one, number) {
  const reach = one.qualifier === ABOUT ? { n: one.number.n < 0n ? -one.number.n : one.number.n, e: one.number.e - 1 } : { n: 0n, e: 0 };
  const apart = difference(one.number, number);
  return compare({ n: apart.n < 0n ? -apart.n : apart.n, e: apart.e }, reach) <= 0;
}

function withoutQualifier(text) {
  const phrases = wordList("qualifiers").flatMap((same, index) => same.split("|").map((some) => [some, index]));
  phrases.sort(([a], [b]) => Array.from(b).length - Array.from(a).length);
  for (const [some, index] of phrases) {
    if (new RegExp(`^${literally(some)}${NO_LETTER}`, "u").test(text)) {
      return [text.slice(some.length).replace(/^[. ]+/, ""), index];
    }
  }
  return [text, null];
}

/**
 * The value of a number with its marks; null if it makes no sense.
 * Where the decimal mark is a point, `1,000` is a thousand, and `1,5` can only be one and a half.
 */
function numberIn(text) {
  let digits = text.replace(/[' ]/g, "");
  if (wordList("decimal")[0] === ",") {
    digits = digits.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
  }
  if (/^-?[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}(\.[0-9]+)?$/.test(digits)) {
    digits = digits.replaceAll(",", ""); // groups of two are India's
  } else if (/^-?[0-9]{1,3}(\.[0-9]{3}){2,}$/.test(digits)) {
    digits = digits.replaceAll(".", ""); // two points can only part thousands
  } else if (/^-?[0-9]+,[0-9]+$/.test(digits)) {
    digits = digits.replace(",", ".");
  }
  return decimal(digits);
}

/**
 * The power of ten where the text goes on with a thousand, a million, ..., and the rest of the text.
 * A single letter must touch the number: 15k are fifteen thousand, 300 K is a temperature.
 */
function scaleOf(after) {
  for (const [i, names] of wordList("scales").entries()) {
    for (const name of names.split("|")) {
      const gap = Array.from(name).length > 1 ? " ?" : "";
      const found = new RegExp(`^${gap}${literally(name)}${NO_LETTER}\\.? ?`, "u").exec(after);
      if (found) {
        return [3 * (i + 1), after.slice(found[0].length)];
      }
    }
  }
  return [0, after];
}

/** The unit by its first name in the language's list, and whether it is there. */
function unitOf(text) {
  const trimmed = words(text.replace(/^[ .,-]+|[ .,-]+$/g, "")).join(" ");
  for (const names of wordList("units")) {
    const same = names.split("|");
    if (same.includes(trimmed)) {
      return { unit: same[0], known: true };
    }
  }
  return { unit: fold(trimmed), known: false };
}

// ---- exact numbers: n times ten to the power of e ----------------------------------------------------------------

/** The number that a text of digits, with a point or an exponent perhaps, writes; null if there is none, or too long. */
function decimal(text) {
  const found = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e([+-]?[0-9]+))?$/.exec(text);
  if (found === null || text.length > LONGEST_NUMBER) {
    return null;
  }
  const [, minus, whole, fraction = "", power = "0"] = found;
  return { n: BigInt(`${minus}${whole}${fraction}`), e: Number(power) - fraction.length };
}

function difference(one, other) {
  const e = Math.min(one.e, other.e);
  return { n: one.n * 10n ** BigInt(one.e - e) - other.n * 10n ** BigInt(other.e - e), e };
}

/** Less than, equal to or more than 0, as `one` is to `other`. */
function compare(one, other) {
  const { n } = difference(one, other);
  return n < 0n ? -1 : n > 0n ? 1 : 0;
}
