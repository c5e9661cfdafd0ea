// Quantities as people type them: `15,000`, `1.5 million`, `$2bn`, `40 per cent`. As `quizgen/grade/quantities.py`.

const ABOUT = 0; // the first of the language's qualifiers
const NUMBER = /-?[0-9]+(?:[.,][0-9]+|[' ][0-9]{3}(?![0-9]))*/;
const LONGEST_NUMBER = 24; // characters that a number may have
const MARKS = new Map([["\u066b", "."], ["\u066c", ","], ["\u2019", "'"], ["\u066a", "%"]]); // the Arabic ones; 15’000
const HALVES = [["\u00bd", ".5"], ["\u00bc", ".25"], ["\u00be", ".75"]];
const NOUN = new RegExp(`^[${LETTER}][^0-9_*+=<>^:;?!|/\\\\~()\\[\\]{}]*$`, "u"); // what is counted, after a number
const SILENT = /[ !?"'().,:;\u201c\u201d\u201e\u00ab\u00bb\u2018\u00bf\u00a1[\]]/g; // says nothing of a number

/**
 * The quantities that `text` may be, each `{number, unit, known, qualifier, noun}`: 5m is five metres, or five million;
 * none if it is no single quantity. `noun` says whether the unit may be just the name of what is counted.
 */
function amounts(text) {
  const [written, qualifier] = quantityWritten(text);
  const found = NUMBER.exec(written);
  const digits = found && numberIn(found[0]);
  if (digits === null) {
    return [];
  }
  const [minus, before] = signBefore(written.slice(0, found.index));
  if (minus && found[0].startsWith("-")) {
    return [];
  }
  const signed = minus ? { ...digits, n: -digits.n } : digits;
  const [number, after] = withPower(signed, written.slice(found.index + found[0].length));
  if (/(?:^|[\s,-])[0-9]/.test(after)) {
    return [];
  }
  return scalesOf(before, after).map(([power, rest]) => ({
    number: { ...number, e: number.e + power },
    qualifier,
    noun: words(before).length === 0 && isNoun(rest),
    ...unitOf(`${before} ${rest}`),
  }));
}

/** The two ends of `10-15 km`, `from 10 to 15 km`, `between $1 and $2 million`, in every way to cut the text. */
function amountSpans(text) {
  let [written, qualifier] = quantityWritten(text);
  const first = written.split(" ")[0];
  if (wordList("fillers").includes(first)) {
    written = written.slice(first.length + 1);
  }
  const between = ["to", "and"].flatMap(wordList).map((word) => ` ${literally(word)} `);
  const cuts = written.matchAll(new RegExp(["(?<=[^ -]) ?- ?(?=[^ -])", ...between].join("|"), "gu"));
  return [...cuts].flatMap((cut) => {
    const [ours, theirs] = [written.slice(0, cut.index), written.slice(cut.index + cut[0].length)];
    const low = /[0-9]$/.test(ours) ? ours + theirs.split(/[0-9]/).at(-1) : ours; // 10-15 km
    const high = /^[0-9]/.test(theirs) ? ours.split(/[0-9]/)[0] + theirs : theirs; // $10-15
    return pairs(amounts(low), amounts(high))
      .filter(([begin, end]) => compare(begin.number, end.number) < 0 && begin.unit === end.unit)
      .map((ends) => ends.map((end) => ({ ...end, qualifier })));
  });
}

/** Whether `number` is within a tenth, if the amount is only `about` itself; else whether it is the same. */
function isNear(one, number) {
  const reach = one.qualifier === ABOUT ? { n: one.number.n < 0n ? -one.number.n : one.number.n, e: one.number.e - 1 } : { n: 0n, e: 0 };
  const apart = difference(one.number, number);
  return compare({ n: apart.n < 0n ? -apart.n : apart.n, e: apart.e }, reach) <= 0;
}

/** The text with its numbers in figures, without its qualifier; and that. */
function quantityWritten(text) {
  const decimals = HALVES.reduce(
    (rest, [half, some]) => rest.replace(new RegExp(`(?<=[0-9]) ?${half}`, "g"), some).replaceAll(half, `0${some}`),
    text,
  );
  const [rest, qualifier] = withoutQualifier(plain(mapped(decimals, MARKS)));
  const signed = wordList("minus").reduce(
    (some, minus) => some.replace(new RegExp(`^${literally(minus)} `, "u"), "-"),
    rest,
  );
  return [inFigures(signed, { ordinals: false }), qualifier];
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

/** Whether a minus stands apart from its number (- 5, -$5), and the rest of what stands before it. */
function signBefore(before) {
  return [before.startsWith("-"), before.replace(/^[+-]/, "")];
}

/** The number times a power of ten, where one follows (1.5e6, 1.5 × 10^6, 10^6), and the rest of the text. */
function withPower(number, after) {
  const isTen = after.startsWith("^") && compare(number, decimal("10")) === 0;
  const [base, power] = isTen ? [decimal("1"), `e${after.slice(1)}`] : [number, after];
  const found = /^(?:e| ?[x\u00d7*] ?10\^)(-?[0-9]{1,2})(?![0-9])/.exec(power);
  return found ? [{ ...base, e: base.e + Number(found[1]) }, power.slice(found[0].length)] : [base, power];
}

/**
 * The power of ten where the text goes on with a hundred, a thousand, ..., and the rest of the text.
 * A single letter must touch the number: 15k are fifteen thousand, 300 K is a temperature. Where nothing else is a unit
 * it may be one itself (5m); where something is, it is not ($5m).
 */
function scalesOf(before, after) {
  for (const [i, names] of wordList("scales").entries()) {
    for (const name of names.split("|")) {
      const short = Array.from(name).length === 1;
      const ends = short ? `(?![${LETTER}0-9]|/)` : NO_LETTER;
      const found = new RegExp(`^${short ? "" : " ?"}${literally(name)}${ends}\\.? ?`, "u").exec(after);
      if (found) {
        const scaled = [3 * (i + 1), after.slice(found[0].length)];
        const alone = short && /^[ .,-]*$/.test(before + scaled[1]);
        return alone ? [scaled, [0, after]] : [scaled];
      }
    }
  }
  const found = new RegExp(`^ ?([${LETTER}]+) ?`, "u").exec(after);
  return found && numberValue(found[1], false) === HUNDRED ? [[2, after.slice(found[0].length)]] : [[0, after]];
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
  return { unit: fold(trimmed) || trimmed.replace(SILENT, ""), known: false }; // a sign (\u20bd, \u2030) is a unit, not nothing
}

/** Whether a text after a number can be the name of what is counted, and changes nothing of the number. */
function isNoun(text) {
  const trimmed = text.replace(/^[ .,-]+|[ .,-]+$/g, "");
  const others = wordList("no-nouns");
  return NOUN.test(trimmed) && !words(fold(trimmed)).some((word) => others.includes(word) || numberValue(word) !== null);
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
