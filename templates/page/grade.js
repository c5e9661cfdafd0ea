// When a typed answer is right: the rule of `quizgen/grade`, step by step. `tests/grade_vectors.json` holds both to it.

const LONGEST = 1000; // characters of a typed answer that are looked at
const BETWEEN = "[,;/&|\\u2022\\u060c\\u061b\\u3001]"; // what stands between the members of a list
const RANK = ["right", "close", "wrong"]; // `close`: right, but misspelt

/** How right `typed` is, where `answers` are all right and `rivals` are all wrong. */
function gradeTyped(typed, { answers, type, rivals = [] }) {
  const given = shortened(typed);
  if (plain(given) === "") {
    return "wrong";
  }
  const exact = exactly(given, answers, rivals);
  if (exact !== null) {
    return exact;
  }
  let byMeaning = null;
  if (type === "date") {
    byMeaning = asDate(given, answers, rivals);
  } else if (type === "quantity") {
    byMeaning = asQuantity(given, answers, rivals);
  } else if (type.startsWith("list")) {
    byMeaning = asList(given, answers, rivals);
  }
  const writtenOut = answers.filter((answer) => !answer.includes("..")); // of `2014/..` the words would say 2014
  return byMeaning ?? gradeWords(given, writtenOut, rivals, { names: type === "name" });
}

/** How right `typed` is as a number from `low` to `high` (absent: no bound), its unit left out or right. */
function gradeNumber(typed, { answers, low, high, unit }) {
  const whole = shortened(typed);
  const exact = exactly(whole, answers, []);
  if (exact !== null) {
    return exact;
  }
  if (answers.length === 0) {
    return "wrong";
  }
  const wanted = amounts(`1 ${unit ?? ""}`).at(-1);
  const qualifiers = [null, ...amounts(answers[0]).map(({ qualifier }) => qualifier)];
  const isInside = (number) =>
    (low === undefined || compare(decimal(String(low)), number) <= 0) &&
    (high === undefined || compare(number, decimal(String(high))) <= 0);
  return best(
    amounts(whole)
      .filter(({ number, qualifier }) => qualifiers.includes(qualifier) && isInside(number))
      .map((given) => (given.unit && wanted ? unitSpelt(given, wanted, { nounAsked: !unit }) : "right")),
  );
}

function shortened(typed) {
  return Array.from(typed).slice(0, LONGEST).join("");
}

function exactly(typed, answers, rivals) {
  const written = plain(typed);
  if (answers.some((answer) => plain(answer) === written)) {
    return "right";
  }
  return rivals.some((rival) => plain(rival) === written) ? "wrong" : null;
}

// ---- by meaning --------------------------------------------------------------------------------------------------

/** The verdict by meaning; null where the text, or every answer, cannot be read as a date. */
function asDate(typed, answers, rivals) {
  const given = readings(typed);
  const firstOf = (text) => readings(text).slice(0, 1);
  const keys = answers.flatMap(firstOf);
  if (given.length === 0 || keys.length === 0) {
    return null;
  }
  const isOne = (key) => given.some((reading) => isSameDate(reading, key));
  if (rivals.flatMap(firstOf).some(isOne)) {
    return "wrong";
  }
  const sure = given.length === 1; // 10/12: which of both was meant?
  return keys.some(isOne) ? (sure ? "right" : "close") : "wrong";
}

/** Whether both mean the same time; `about` may be left out, but not put in. */
function isSameDate(given, key) {
  const same = (a, b) => a.year === b.year && a.month === b.month && a.day === b.day;
  return same(given.first, key.first) && same(given.last, key.last) && (key.about || !given.about);
}

/** The verdict by value; null where the text, or every answer, cannot be read as a quantity. */
function asQuantity(typed, answers, rivals) {
  const [given, keys] = [amounts(typed), answers.flatMap(amounts)];
  if (given.length === 0 || keys.length === 0) {
    return asSpan(typed, answers, rivals);
  }
  const isRival = ([one, rival]) =>
    compare(one.number, rival.number) === 0 &&
    (one.unit === rival.unit || one.unit === "") &&
    !keys.some(({ number }) => compare(number, one.number) === 0);
  if (pairs(given, rivals.flatMap(amounts)).some(isRival)) {
    return "wrong";
  }
  return best(pairs(given, keys).map(([one, key]) => quantitySpelt(one, key, keys)));
}

/** The verdict on both ends of `10-15 km`; null where the text, or every answer, is no such span. */
function asSpan(typed, answers, rivals) {
  const [given, keys] = [amountSpans(typed), answers.flatMap(amountSpans)];
  if (given.length === 0 || keys.length === 0) {
    return null;
  }
  if (pairs(given, rivals.flatMap(amountSpans)).some(([one, rival]) => spanSpelt(one, rival) === "right")) {
    return "wrong";
  }
  return best(pairs(given, keys).map(([one, key]) => spanSpelt(one, key)));
}

function spanSpelt(given, key) {
  const ends = given.map((mine, i) => quantitySpelt(mine, key[i], [key[i]]));
  return RANK.findLast((verdict) => ends.includes(verdict));
}

function quantitySpelt(given, key, keys) {
  if ((given.qualifier !== null && given.qualifier !== key.qualifier) || !isNear(key, given.number)) {
    return "wrong";
  }
  if (!given.unit && keys.some(({ unit, number }) => !unit && compare(number, key.number) === 0)) {
    return "right";
  }
  return unitSpelt(given, key, { nounAsked: !keys.some(({ unit }) => unit) });
}

/** Whether the unit is the key's. With `nounAsked` it is the question's own: any noun will do that is no unit. */
function unitSpelt(given, key, { nounAsked }) {
  if ((given.unit === key.unit && given.known === key.known) || (nounAsked && given.noun && !given.known)) {
    return "right";
  }
  if (!given.unit || !key.unit || given.known || key.known) {
    return "wrong";
  }
  return verdictOf(misspelt(given.unit, key.unit));
}

/** The verdict member by member, in any order. */
function asList(typed, answers, rivals) {
  const given = membersOf(typed);
  const wrong = rivals.flatMap(membersOf);
  return best(
    answers.map((answer) => {
      const members = membersOf(answer);
      const right = new Set(members.flatMap(spellings));
      return membersSpelt(given, members, wrong.filter((member) => !spellings(member).some((some) => right.has(some))));
    }),
  );
}

/** Every member found among those given, the well-spelt ones first, and nothing left over. */
function membersSpelt(given, members, wrong) {
  if (members.length === 0 || given.length !== members.length) {
    return "wrong";
  }
  let [left, missing, spelt] = [[...given], [...members], "right"];
  for (const verdict of ["right", "close"]) {
    for (const member of [...missing]) {
      const found = left.findIndex((one) => gradeWords(one, [member], wrong, { names: true }) === verdict);
      if (found >= 0) {
        left.splice(found, 1);
        missing.splice(missing.indexOf(member), 1);
        spelt = verdict;
      }
    }
  }
  return missing.length > 0 ? "wrong" : spelt;
}

/** The parts of a list as it is typed: between commas, semicolons, slashes, bars, lines, and the word for `and`. */
function membersOf(text) {
  const ands = wordList("and").map((word) => ` ${literally(word)} `);
  const between = new RegExp([BETWEEN, ...ands].join("|"), "u");
  return plain(text.replaceAll("\n", ","))
    .split(between)
    .filter((part) => plain(part) !== "");
}

function best(verdicts) {
  return RANK.find((verdict) => verdicts.includes(verdict)) ?? "wrong";
}
