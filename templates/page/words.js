// Answers in words: compared without accents, punctuation and articles, slips forgiven. As `quizgen/grade/words.py`.

const FAR = 1000; // more edits than anything that is typed has

/** How right `typed` is by its words. With `names`, titles may be left out and first names be initials. */
function gradeWords(typed, answers, rivals, { names = false } = {}) {
  const given = spellings(typed);
  if (given.length === 0) {
    return "wrong";
  }
  const wrong = rivals.map(spellings);
  if (wrong.some((some) => some.some((spelling) => given.includes(spelling)))) {
    return "wrong";
  }
  const edits = fewest(answers.map((answer) => editsOf(pairs(given, spellings(answer)))));
  if (edits === null) {
    return names ? gradeNames(given, answers, rivals) : "wrong";
  }
  return edits > 0 && wrong.some((some) => nearest(given, some) <= edits) ? "wrong" : verdictOf(edits);
}

/** The foldings of `text`, without its articles and with numbers in figures too. Nothing of mere punctuation. */
function spellings(text) {
  const found = foldings(text, wordList("and")[0] ?? "").flatMap((folded) => {
    const usual = words(folded).map(usualSpelling).join(" ");
    const figures = inFigures(usual, { ordinals: usual.includes(" ") }); // a second alone is no 2
    return [folded, usual, figures].flatMap((some) => {
      const end = some.indexOf(" ");
      const hasArticle = end >= 0 && wordList("articles").includes(some.slice(0, end));
      return hasArticle ? [some, some.slice(end + 1)] : [some];
    });
  });
  return [...new Set(found)].filter((some) => some !== "");
}

/** The verdict on a name in short, unless it may be that of a rival too. */
function gradeNames(given, answers, rivals) {
  const edits = (name) =>
    editsOf(pairs(given, spellings(name)).flatMap(([mine, theirs]) => {
      const short = asShort(mine, theirs);
      return short === null ? [] : [short];
    }));
  return rivals.some((rival) => edits(rival) !== null) ? "wrong" : verdictOf(fewest(answers.map(edits)));
}

/** The fewest edits in these pairs of texts; null where all are other words. */
function editsOf(some) {
  return fewest(some.map(([mine, theirs]) => {
    const edits = misspelt(mine, theirs);
    return edits && areOthers(mine, theirs) ? null : edits;
  }));
}

/** Whether some word is no slip for its fellow but another word that the language has: nitrite and nitrate. */
function areOthers(typed, answer) {
  const theirs = words(answer);
  return words(typed).some((mine, i) => i < theirs.length && mine !== theirs[i] && isOther(mine, theirs[i]));
}

function isOther(mine, theirs) {
  const [ours, other] = [numberValue(mine), numberValue(theirs)];
  if (ours !== null && other !== null) {
    return ours !== other;
  }
  return wordList("unlike").some((line) => {
    const group = line.split("|");
    const fitting = group.filter((some) => fits(mine, some));
    return fitting.length > 0 && group.some((some) => fits(theirs, some) && !fitting.includes(some));
  });
}

/** Whether the word is this one of the list, or begins so (`hyper-`). */
function fits(word, some) {
  return some.endsWith("-") ? word.startsWith(some.slice(0, -1)) : word === some;
}

/** The spelling that stands for all spellings of a word. */
function usualSpelling(word) {
  if (usualSpelling.words !== quiz.words) {
    const lines = wordList("same").map((line) => line.split("|"));
    const table = new Map(lines.flatMap((line) => line.map((some) => [some, line[0]])));
    Object.assign(usualSpelling, { words: quiz.words, table });
  }
  return usualSpelling.table.get(word) ?? word;
}

function pairs(some, others) {
  return some.flatMap((one) => others.map((other) => [one, other]));
}

function nearest(given, some) {
  return Math.min(FAR, ...pairs(given, some).map(([mine, theirs]) => distance(mine, theirs)));
}

/** The smallest of these numbers, without the nulls; null if nothing else is there. */
function fewest(counts) {
  const real = counts.filter((count) => count !== null);
  return real.length > 0 ? Math.min(...real) : null;
}

function verdictOf(edits) {
  return edits === null ? "wrong" : edits > 0 ? "close" : "right";
}
