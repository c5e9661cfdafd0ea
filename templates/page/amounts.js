// Quantities as people type them: `15,000`, `1.5 million`, `$2bn`, `40 per cent`. As `quizgen/grade/quantities.py`.

const ABOUT = 0; // the first of the language's qualifiers
const NUMBER = /(?<![0-9.,])-?[0-9]+(?:[.,' ][0-9]+)*/;
const LONGEST_NUMBER = 30; // digits that a number may have

/** The one quantity that `text` writes, `{number, unit, known, qualifier}`; null if there is none, or more than one. */
function amount(text) {
  const [rest, qualifier] = withoutQualifier(plain(text));
  const found = NUMBER.exec(rest);
  if (found === null) {
    return null;
  }
  const [number, length] = leadingNumber(found[0]);
  const [before, after] = [rest.slice(0, found.index), rest.slice(found.index + length)];
  if (number === null || /(?:^|[\s,-])[0-9]/.test(after) || /[0-9]/.test(before)) {
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
 * The value of the longest number at the start of `text`, and its length. Thousands stand in groups of three.
 * In a language whose decimal mark is the point, `1,000` is a thousand and `1,5` can only be one and a half.
 */
function leadingNumber(text) {
  const mark = wordList("decimal")[0] ?? ".";
  const other = mark === "," ? "." : ",";
  const grouping = new RegExp(`^(-?[0-9]{1,3}(?:([${other}' ])[0-9]{2,3})(?:\\2[0-9]{2,3})*(?<=\\2[0-9]{3}))(?![0-9])`);
  const grouped = grouping.exec(text);
  const whole = grouped ?? /^-?[0-9]+/.exec(text);
  if (whole === null) {
    return [null, 0];
  }
  const marks = grouped ? mark : ".,";
  const after = text.slice(whole[0].length);
  const fraction = new RegExp(`^[${marks}]([0-9]+)`).exec(after);
  if (fraction && !grouped && new RegExp(`^[${marks}][0-9]{3}[${marks}][0-9]{3}(?![0-9])`).test(after)) {
    const millions = /^-?[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})+(?![0-9])/.exec(text)?.[0] ?? "";
    return [decimal(millions.replace(/[.,]/g, "")), millions.length];
  }
  const digits = whole[0].replace(/[^0-9-]/g, "");
  return fraction
    ? [decimal(`${digits}.${fraction[1]}`), whole[0].length + fraction[0].length]
    : [decimal(digits), whole[0].length];
}

/** The power of ten where the text goes on with a thousand, a million, ..., and the rest of the text. */
function scaleOf(after) {
  const stripped = after.trim();
  for (const [i, names] of wordList("scales").entries()) {
    for (const name of names.split("|")) {
      const found = new RegExp(`^${literally(name)}${NO_LETTER}\\.? ?`, "u").exec(stripped);
      if (found) {
        return [3 * (i + 1), stripped.slice(found[0].length)];
      }
    }
  }
  return [0, stripped];
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
