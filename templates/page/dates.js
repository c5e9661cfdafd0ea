// Dates as people type them, read to what they mean; never to more or less. As `quizgen/grade/dates.py`.

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LONGEST_DATE = 80; // characters that a date may have
const BARE = 31; // a number above it is a year, not a day

/** Everything that `text` may mean as a date, each `{first, last, about}` with days `{year, month, day}` (0: not given). */
function readings(text) {
  const [bare, about] = withoutAbout(stripMarks(plain(text)));
  const rest = inFigures(bare, { ordinals: true });
  if (Array.from(rest).length > LONGEST_DATE) {
    return [];
  }
  const one = realDays(singleDates(rest)).map((day) => ({ first: day, last: day, about }));
  return one.length > 0 ? one : spans(rest, about);
}

/** The text without its `about`, `c.` or `~`, and whether there was one. */
function withoutAbout(text) {
  const shorter = text.replace(/^[~ ]+|[~ ]+$/g, "");
  for (const word of longestFirst(spellingsOf(wordList("qualifiers")[0] ?? ""))) {
    const found = new RegExp(`^${literally(word)}[. ]*${NO_LETTER}`, "u").exec(shorter);
    if (found && shorter !== word) {
      return [shorter.slice(word.length).replace(/^[. ]+/, ""), true];
    }
  }
  return [shorter, shorter !== text];
}

/** The first way to cut the text in two dates, the earlier first. */
function spans(text, about) {
  const between = ["/", "-", ...["to", "and"].flatMap(wordList).map((word) => `(?<= )${literally(word)}(?= )`)];
  for (const cut of text.matchAll(new RegExp(between.join("|"), "gu"))) {
    const span = spanAt(text.slice(0, cut.index).trim(), text.slice(cut.index + cut[0].length).trim().replace(/^'/, ""), about);
    if (span.length > 0) {
      return span;
    }
  }
  return [];
}

function spanAt(ours, theirs, about) {
  const short = /^[0-9]{2}$/.test(theirs);
  for (const last of singleDates(theirs)) {
    for (const first of singleDates(ours)) {
      const [begin, end] = filled(first, last, short);
      const span = realDays([begin]).flatMap((a) =>
        realDays([end]).filter((b) => isBefore(a, b)).map((b) => ({ first: a, last: b, about })),
      );
      if (span.length > 0) {
        return span;
      }
    }
  }
  return [];
}

/** Both ends whole: 3-5 May 1945, May-June 1945, 264-146 BC, 1914-18. */
function filled(first, last, short) {
  if (first.year === null) {
    return [{ ...first, year: last.year, era: last.era }, last];
  }
  if (last.year === null) {
    return [first, last];
  }
  const bare = !(first.month || first.day || first.era);
  if (bare && last.day && first.year <= BARE) {
    return [{ ...last, day: first.year }, last];
  }
  if (bare && last.era === "bc" && first.year > last.year) {
    return [{ ...first, era: "bc" }, last];
  }
  if (bare && short && last.year > first.year % 100) {
    return [first, dateParts(first.year - (first.year % 100) + last.year)];
  }
  return [first, last];
}

function isBefore(first, last) {
  const [a, b] = [[first.year, first.month, first.day], [last.year, last.month || 12, last.day || 31]];
  const i = a.findIndex((number, place) => number !== b[place]);
  return i >= 0 && a[i] < b[i];
}

/** Those that are real dates, each once; 44 BC is the year -43. */
function realDays(found) {
  const days = new Map();
  for (const { year, month, day, era } of found) {
    if (year !== null && !(era && year < 1)) {
      const real = { year: era === "bc" ? 1 - year : year, month, day };
      days.set(JSON.stringify(real), real);
    }
  }
  return [...days.values()];
}

function dateParts(year, month = 0, day = 0, era = "") {
  return { year, month, day, era };
}

/** What one date in figures or in words may say. */
function singleDates(text) {
  const figures = datesInFigures(text);
  return (figures.length > 0 ? figures : datesInWords(apart(text))).filter(isPossible);
}

/** `12-oct-2018` and the like with spaces. */
function apart(text) {
  const joined = `^(?:[0-9]{1,4}([-/])[${LETTER}]+\\.?\\1[0-9]{1,4}|[${LETTER}]+\\.?([-/])[0-9]{1,2}\\2[0-9]{3,4})$`;
  return new RegExp(joined, "u").test(text) ? text.replace(/[-/]/g, " ") : text;
}

function isPossible({ month, day }) {
  return month ? month <= DAYS.length && day <= DAYS[month - 1] : !day;
}

function datesInFigures(text) {
  let found = /^(-?)([0-9]{4})-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12][0-9]|3[01]))?$/.exec(text);
  if (found) {
    return [dateParts(Number(found[2]) * (found[1] ? -1 : 1), Number(found[3]), Number(found[4] ?? 0))];
  }
  if (/^-[0-9]{4,9}$/.test(text)) {
    return [dateParts(Number(text))]; // as EDTF counts: -0043 is 44 BC
  }
  found = /^([0-9]{4})[/.] ?([0-9]{1,2})[/.] ?([0-9]{1,2})\.?$/.exec(text);
  if (found) {
    return [dateParts(Number(found[1]), Number(found[2]), Number(found[3]))];
  }
  found = /^([0-9]{1,2})[./-] ?([0-9]{4})$/.exec(text);
  if (found) {
    return [dateParts(Number(found[2]), Number(found[1]))];
  }
  found = /^([0-9]{1,2})(\. ?|\/|-)([0-9]{1,2})(\. ?|\/|-)([0-9]{3,4})$/.exec(text);
  if (found) {
    const [one, other, year] = [Number(found[1]), Number(found[3]), Number(found[5])];
    const either = [dateParts(year, other, one), dateParts(year, one, other)];
    return "/-".includes(found[2]) ? either : either.slice(0, 1);
  }
  return [];
}

/** A year, a month in letters, a day, an era, in any usual order; nothing may be left over. */
function datesInWords(text) {
  if (/[0-9] *[/-]|[/-] *[0-9]/.test(text)) {
    return [];
  }
  let [rest, bc, ad, month] = [` ${fold(text)} `.replaceAll(".", " "), false, false, 0];
  [rest, bc] = without(rest, wordList("before-christ"));
  [rest, ad] = without(rest, wordList("after-christ"));
  [rest, month] = withoutMonth(rest);
  [rest] = without(rest, wordList("fillers"));
  const endings = wordList("ordinals").map(literally).join("|") || "(?!)";
  const numbers = words(rest).map((word) => word.replace(new RegExp(`(?<=[0-9])(?:${endings})$`, "u"), ""));
  if (!numbers.every((number) => /^[0-9]{1,9}$/.test(number)) || (bc && ad)) {
    return [];
  }
  return datesOfNumbers(numbers.map(Number), month, bc ? "bc" : ad ? "ad" : "");
}

function datesOfNumbers(numbers, month, era) {
  const [one, other] = numbers;
  if (numbers.length === 0) {
    return month && !era ? [dateParts(null, month)] : [];
  }
  if (numbers.length === 1) {
    const ofAMonth = month && !era && one > 0 && one <= BARE ? [dateParts(null, month, one)] : [];
    return [...ofAMonth, dateParts(one, month, 0, era)]; // 3 May, or May of the year 3
  }
  if (numbers.length === 2 && month) {
    const [day, year] = one > BARE ? [other, one] : [one, other];
    return day ? [dateParts(year, month, day, era)] : [];
  }
  return [];
}

/** The text without these phrases, and whether there was one. */
function without(text, phrases) {
  const shorter = longestFirst(phrases).reduce((rest, some) => rest.replaceAll(` ${some} `, "  "), text);
  return [shorter, shorter !== text];
}

/** The text without the name of a month, and its number; 0 if there is none, or more than one. */
function withoutMonth(text) {
  let [rest, month] = [text, 0];
  for (const [i, same] of wordList("months").entries()) {
    const [shorter, here] = without(rest, spellingsOf(same).map((spelling) => fold(spelling)));
    if (here && month) {
      return [text, 0];
    }
    if (here) {
      [rest, month] = [shorter, i + 1];
    }
  }
  return [rest, month];
}

// ---- words of the language ---------------------------------------------------------------------------------------

/** A list of the deck's language by name; empty where it has none. */
function wordList(name) {
  return quiz.words[name] ?? [];
}

/** The spellings of one thing, which stand in a list with bars between. */
function spellingsOf(same) {
  return same.split("|").filter((spelling) => spelling !== "");
}

/** Sorted so that a phrase comes before another that it begins with; those of one length as they stand. */
function longestFirst(phrases) {
  return [...phrases].sort((a, b) => Array.from(b).length - Array.from(a).length);
}
