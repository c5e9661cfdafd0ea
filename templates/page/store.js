// What the learner knows, kept on this device alone: one entry for each question, by its lasting identity.

const KEPT = "quizgen/1:"; // pages opened from a disk may share one storage: ours have this before their keys
const PROGRESS = "quizgen-progress/1";
const KNOWN = 2; // right answers in a row
const DAYS_KEPT = 400; // days of which the answers are counted
const DAYS_AT = `${KEPT}${quiz.deck.id}#days`; // where: no key of a question has that sign

const store = openStorage();
const progress = readProgress(); // key -> {seen, right, streak, memory}
const days = readDays(); // day, as ISO 8601 writes it -> [answers, right ones]

function openStorage() {
  try {
    window.localStorage.setItem(`${KEPT}?`, "");
    window.localStorage.removeItem(`${KEPT}?`);
    return window.localStorage;
  } catch {
    return null; // refused, or full: the page works without, and says so
  }
}

function readProgress() {
  const found = new Map();
  const prefix = `${KEPT}${quiz.deck.id}/`;
  for (let i = 0; store !== null && i < store.length; i += 1) {
    const name = store.key(i);
    const entry = name.startsWith(prefix) ? entryOf(store.getItem(name)) : null;
    if (entry !== null) {
      found.set(name.slice(KEPT.length), entry);
    }
  }
  return found;
}

/** A stored entry; null for anything else that has come to stand in its place. */
function entryOf(text) {
  try {
    return checkedEntry(JSON.parse(text));
  } catch {
    return null;
  }
}

function checkedEntry(value) {
  const counts = [value?.seen, value?.right, value?.streak];
  if (!counts.every(isCount)) {
    return null;
  }
  const [seen, right, streak] = counts;
  return streak <= right && right <= seen ? { seen, right, streak, memory: checkedMemory(value.memory) } : null;
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

/** A memory as it was kept; null for one that was never made (progress of long ago) or makes no sense. */
function checkedMemory(value) {
  const parts = [value?.stability, value?.difficulty, value?.last, value?.due];
  if (!parts.every((part) => typeof part === "number" && Number.isFinite(part) && part > 0)) {
    return null;
  }
  const [stability, difficulty, last, due] = parts;
  return difficulty <= 10 && last <= due ? { stability, difficulty, last, due } : null;
}

function readDays() {
  try {
    return checkedDays(JSON.parse(store?.getItem(DAYS_AT) ?? "{}"));
  } catch {
    return new Map();
  }
}

function checkedDays(value) {
  const entries = Object.entries(value ?? {}).filter(
    ([day, counts]) => /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(day) && Array.isArray(counts) && counts.length === 2 && counts.every(isCount) && counts[1] <= counts[0],
  );
  return new Map(entries.sort().slice(-DAYS_KEPT));
}

/** The day of an instant where the learner is. */
function dayOf(now) {
  const date = new Date(now);
  return [String(date.getFullYear()).padStart(4, "0"), ...[date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0"))].join("-");
}

/** Notes an answer (right, close or wrong) to the question with that key; a second one in a round moves nothing. */
function remember(key, verdict, { again = false } = {}) {
  const right = verdict !== "wrong";
  const before = progress.get(key) ?? { seen: 0, right: 0, streak: 0, memory: null };
  keep(key, {
    seen: before.seen + 1,
    right: before.right + (right ? 1 : 0),
    streak: right ? before.streak + 1 : 0,
    memory: again ? before.memory : memoryAfter(before.memory, verdict, Date.now()),
  });
  countDay(1, right ? 1 : 0);
  return before;
}

/** Takes back that an answer was wrong: the learner says that it was right. `before` is what `remember` gave. */
function rememberAsRight(key, before, { again = false } = {}) {
  const { seen, right } = progress.get(key);
  const memory = again ? before.memory : memoryAfter(before.memory, "right", Date.now());
  keep(key, { seen, right: right + 1, streak: 1, memory });
  countDay(0, 1);
}

function countDay(answers, right) {
  const today = dayOf(Date.now());
  const before = days.get(today) ?? [0, 0];
  days.set(today, [before[0] + answers, before[1] + right]);
  keepDays();
}

function keepDays() {
  if (days.size === 0) {
    return;
  }
  try {
    store?.setItem(DAYS_AT, JSON.stringify(Object.fromEntries([...days].sort().slice(-DAYS_KEPT))));
  } catch {
    // as below
  }
}

function keep(key, entry) {
  progress.set(key, entry);
  try {
    store?.setItem(KEPT + key, JSON.stringify(entry));
  } catch {
    // The storage is full. What is in memory serves until the page is closed.
  }
}

/** Whether the learner has it right, time after time. */
function isKnown(key) {
  return (progress.get(key)?.streak ?? 0) >= KNOWN;
}

/** Forgets all that is kept for this deck. */
function forget() {
  for (const key of progress.keys()) {
    store?.removeItem(KEPT + key);
  }
  store?.removeItem(DAYS_AT);
  progress.clear();
  days.clear();
}

/** All progress as the text of a file. */
function exported() {
  const entries = Object.fromEntries([...progress].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: PROGRESS, deck: quiz.deck.id, progress: entries, days: Object.fromEntries([...days].sort()) }, null, 1)}\n`;
}

/**
 * Adds the progress in the text of a file to what is here; where both know a question, the one that has seen it
 * more often stays. Gives the number of entries, or null where the file is none of this deck's.
 */
function imported(text) {
  const file = fileIn(text);
  if (file === null) {
    return null;
  }
  for (const [key, entry] of file.entries) {
    if (entry.seen > (progress.get(key)?.seen ?? 0)) {
      keep(key, entry);
    }
  }
  for (const [day, counts] of file.days) {
    if (counts[0] > (days.get(day)?.[0] ?? 0)) {
      days.set(day, counts);
    }
  }
  keepDays();
  return file.entries.length;
}

/** What a file of progress holds; null for one of another deck, or that is none. */
function fileIn(text) {
  try {
    const file = JSON.parse(text);
    if (file.format !== PROGRESS || file.deck !== quiz.deck.id) {
      return null;
    }
    const entries = Object.entries(file.progress)
      .map(([key, value]) => [key, checkedEntry(value)])
      .filter(([key, entry]) => entry !== null && key.startsWith(`${quiz.deck.id}/`));
    return { entries, days: checkedDays(file.days) };
  } catch {
    return null; // not JSON, or not of that shape
  }
}
