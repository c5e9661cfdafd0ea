// What the learner knows, kept on this device alone: one entry for each question, by its lasting identity.

const KEPT = "quizgen/1:"; // pages opened from a disk may share one storage: ours have this before their keys
const PROGRESS = "quizgen-progress/1";
const KNOWN = 2; // right answers in a row

const store = openStorage();
const progress = readProgress(); // key -> {seen, right, streak}

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
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    return null;
  }
  const [seen, right, streak] = counts;
  return streak <= right && right <= seen ? { seen, right, streak } : null;
}

/** Notes an answer to the question with that key. */
function remember(key, right) {
  const before = progress.get(key) ?? { seen: 0, right: 0, streak: 0 };
  keep(key, {
    seen: before.seen + 1,
    right: before.right + (right ? 1 : 0),
    streak: right ? before.streak + 1 : 0,
  });
}

/** Takes back that an answer was wrong: the learner says that it was right. */
function rememberAsRight(key) {
  const { seen, right } = progress.get(key);
  keep(key, { seen, right: right + 1, streak: 1 });
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
  progress.clear();
}

/** All progress as the text of a file. */
function exported() {
  const entries = Object.fromEntries([...progress].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ format: PROGRESS, deck: quiz.deck.id, progress: entries }, null, 1)}\n`;
}

/**
 * Adds the progress in the text of a file to what is here; where both know a question, the one that has seen it
 * more often stays. Gives the number of entries, or null where the file is none of this deck's.
 */
function imported(text) {
  const entries = entriesIn(text);
  for (const [key, entry] of entries ?? []) {
    if (entry.seen > (progress.get(key)?.seen ?? 0)) {
      keep(key, entry);
    }
  }
  return entries?.length ?? null;
}

function entriesIn(text) {
  try {
    const file = JSON.parse(text);
    if (file.format !== PROGRESS || file.deck !== quiz.deck.id) {
      return null;
    }
    return Object.entries(file.progress)
      .map(([key, value]) => [key, checkedEntry(value)])
      .filter(([key, entry]) => entry !== null && key.startsWith(`${quiz.deck.id}/`));
  } catch {
    return null; // not JSON, or not of that shape
  }
}
