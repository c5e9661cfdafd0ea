// When a typed answer is right: the rule of `quizgen/grade`, step by step. `tests/grade_vectors.json` holds both to it.

const LONGEST = 1000; // characters of a typed answer that are looked at
const RANK = ["right", "close", "wrong"]; // `close`: right, but misspelt

/** How right `typed` is, where `answers` are all right and `rivals` are all wrong. */
function gradeTyped(typed, { answers, type, rivals = [] }) {
  const given = Array.from(typed).slice(0, LONGEST).join("");
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
  return byMeaning ?? asWords(given, writtenOut, rivals);
}

/** How right `typed` is as a number from `low` to `high` (absent: no bound), its unit left out or right. */
function gradeNumber(typed, { answers, low, high, unit }) {
  const exact = exactly(typed, answers, []);
  if (exact !== null) {
    return exact;
  }
  const given = amount(Array.from(typed).slice(0, LONGEST).join(""));
  if (given === null || answers.length === 0) {
    return "wrong";
  }
  const wanted = amount(`1 ${unit ?? ""}`);
  const spelt = given.unit && wanted ? unitSpelt(given, wanted, { nounAsked: !unit }) : "right";
  const key = amount(answers[0]);
  const qualified = given.qualifier === null || (key !== null && given.qualifier === key.qualifier);
  const inside =
    (low === undefined || compare(decimal(String(low)), given.number) <= 0) &&
    (high === undefined || compare(given.number, decimal(String(high))) <= 0);
  return inside && qualified ? spelt : "wrong";
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
  return keys.some(isOne) ? "right" : "wrong";
}

/** Whether both mean the same time; `about` may be left out, but not put in. */
function isSameDate(given, key) {
  const same = (a, b) => a.year === b.year && a.month === b.month && a.day === b.day;
  return same(given.first, key.first) && same(given.last, key.last) && (key.about || !given.about);
}

/** The verdict by value; null where the text, or every answer, cannot be read as one quantity. */
function asQuantity(typed, answers, rivals) {
  const given = amount(typed);
  const keys = answers.map(amount).filter((key) => key !== null);
  if (given === null || keys.length === 0) {
    return null;
  }
  const isEqual = (one) => one !== null && compare(one.number, given.number) === 0;
  const isRival = (rival) => isEqual(rival) && (given.unit === rival.unit || given.unit === "");
  if (!keys.some(isEqual) && rivals.map(amount).some(isRival)) {
    return "wrong";
  }
  return best(keys.map((key) => quantitySpelt(given, key, keys)));
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

/** Whether the unit is the key's. With `nounAsked` it is the question's own noun: any unlisted word will do. */
function unitSpelt(given, key, { nounAsked }) {
  if (given.unit === key.unit || (nounAsked && given.unit && !given.known)) {
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
      return membersSpelt(given, members, wrong.filter((member) => !members.includes(member)));
    }),
  );
}

/** Every member found among those given, the well-spelt ones first, and nothing left over. */
function membersSpelt(given, members, wrong) {
  if (given.length !== members.length) {
    return "wrong";
  }
  let [left, missing, spelt] = [[...given], [...members], "right"];
  for (const verdict of ["right", "close"]) {
    for (const member of [...missing]) {
      const found = left.findIndex((one) => asWords(one, [member], wrong) === verdict);
      if (found >= 0) {
        left.splice(found, 1);
        missing.splice(missing.indexOf(member), 1);
        spelt = verdict;
      }
    }
  }
  return missing.length > 0 ? "wrong" : spelt;
}

/** The parts of a list as it is typed: between commas, semicolons, slashes, lines, and the word for `and`. */
function membersOf(text) {
  const ands = wordList("and").map((word) => `\\s${literally(word)}\\s`);
  return text
    .split(new RegExp(["[,;/&\\n،؛、]", ...ands].join("|"), "iu"))
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

// ---- by words ----------------------------------------------------------------------------------------------------

function asWords(typed, answers, rivals) {
  const given = spellings(typed);
  if (given.length === 0) {
    return "wrong";
  }
  const wrong = rivals.map(spellings);
  if (wrong.some((some) => some.some((spelling) => given.includes(spelling)))) {
    return "wrong";
  }
  const edits = fewest(answers.map((answer) => fewest(pairs(given, spellings(answer)).map(([a, b]) => misspelt(a, b)))));
  if (edits === null || (edits > 0 && wrong.some((some) => nearest(given, some) <= edits))) {
    return "wrong";
  }
  return verdictOf(edits);
}

/** The foldings of `text`, each without a leading article too. Nothing if only punctuation is left. */
function spellings(text) {
  const found = foldings(text, wordList("and")[0] ?? "").flatMap((folded) => {
    const end = folded.indexOf(" ");
    const hasArticle = end >= 0 && wordList("articles").includes(folded.slice(0, end));
    return hasArticle ? [folded, folded.slice(end + 1)] : [folded];
  });
  return found.filter((folded) => folded !== "");
}

function pairs(some, others) {
  return some.flatMap((one) => others.map((other) => [one, other]));
}

function nearest(given, some) {
  return Math.min(LONGEST, ...pairs(given, some).map(([mine, theirs]) => distance(mine, theirs)));
}

/** The smallest of these numbers, without the nulls; null if nothing else is there. */
function fewest(counts) {
  const real = counts.filter((count) => count !== null);
  return real.length > 0 ? Math.min(...real) : null;
}

function verdictOf(edits) {
  return edits === null ? "wrong" : edits > 0 ? "close" : "right";
}

function best(verdicts) {
  return RANK.find((verdict) => verdicts.includes(verdict)) ?? "wrong";
}
