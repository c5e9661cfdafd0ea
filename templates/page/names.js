// Names in short: `Sir` left out or put in, `J. S. Bach`, `Martin Luther King` without his Jr. As `quizgen/grade/names.py`.

/**
 * What is left to compare of two folded names; null where one is no short form of the other.
 * A title may stand in one alone, but not another title in the other; `Jr` may be left out, but not put in; a first name
 * may be its initial where the surname is written out.
 */
function asShort(typed, answer) {
  const suffixes = wordList("suffixes");
  let [ours, theirs] = [words(typed), words(answer)];
  const [ourTitles, theirTitles] = [titlesOf(ours), titlesOf(theirs)];
  if (ourTitles.length > 0 && theirTitles.length > 0 && ourTitles.join(" ") !== theirTitles.join(" ")) {
    return null;
  }
  [ours, theirs] = [ours.slice(ourTitles.length), theirs.slice(theirTitles.length)];
  const last = theirs.at(-1);
  if (suffixes.includes(last) && ours.at(-1) !== last && !ours.some((word) => suffixes.includes(word))) {
    theirs.pop();
  }
  if (ours.length === 0 || theirs.length === 0) {
    return null;
  }
  const initials = theirs.map((word) => Array.from(word)[0]).join("");
  const first = Array.from(ours[0]);
  if (ours.length < theirs.length && initials.startsWith(ours[0]) && first.length === theirs.length - ours.length + 1) {
    ours = [...first, ...ours.slice(1)]; // JS Bach
  }
  const surname = ours.at(-1);
  if (ours.length === theirs.length && Array.from(surname).length > 1 && numeral(surname) === null) {
    ours = ours.map((word, i) => (Array.from(theirs[i])[0] === word ? theirs[i] : word));
  }
  return [ours.join(" "), theirs.join(" ")];
}

/** The titles that a name begins with; something must be left of it. */
function titlesOf(some) {
  const titles = wordList("titles");
  let count = 0;
  while (count < some.length - 1 && titles.includes(some[count])) {
    count += 1;
  }
  return some.slice(0, count);
}
