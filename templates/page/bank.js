// What can be asked, and what of it is asked: the same seed and the same choices give the same questions.

const MODES = ["practise", "test", "cards"];
const FORMS = ["recall", "choice", "truth", "cloze", "numeric", "match", "order"];
const COUNTS = [5, 10, 20, 50];
const SAID_FORMS = ["recall", "cloze", "numeric"]; // those whose answer one can say aloud: best for flashcards

const items = quiz.questions.flatMap(itemsOf);
const topics = sorted(new Set(quiz.questions.flatMap((question) => question.tags ?? [])));
const sheets = new Map((quiz.sheets ?? []).map((sheet) => [sheet.form, sheet])); // printed ones, by their forms
const forms = FORMS.filter((form) => quiz.questions.some((question) => question.form === form));

/** What one question gives to ask: itself, or each of its gaps, since every gap is sound only with the rest shown. */
function itemsOf(question) {
  const key = `${quiz.deck.id}/${question.id}`;
  if (question.form !== "cloze") {
    return [{ question, key, gap: null }];
  }
  return question.gaps.map((gap) => ({ question, key: `${key}/${gap.slot}`, gap }));
}

/** The items that the choices leave: those of a printed sheet, or of all that fit. No topic, or no form, stands for all. */
function eligible(choices) {
  if (choices.sheet !== null) {
    return itemsOfSheet(sheets.get(choices.sheet));
  }
  return items.filter(
    ({ question, key }) =>
      (choices.forms.size === 0 || choices.forms.has(question.form)) &&
      (choices.topics.size === 0 || (question.tags ?? []).some((tag) => choices.topics.has(tag))) &&
      !(choices.unknown && isKnown(key)),
  );
}

/** The questions of a printed sheet, in its order, each with the order in which its options, columns or entries stand. */
function itemsOfSheet({ entries }) {
  return entries.map(({ question, slot, ...printed }) => {
    const found = itemsOf(quiz.questions[question]).find(({ gap }) => gap === null || gap.slot === slot);
    return { ...found, printed };
  });
}

/** What is due today: each fact and way once, the longest overdue first, in a form that the day decides. */
function dueItems(now) {
  const due = new Map();
  for (const item of items) {
    const memory = progress.get(item.key)?.memory ?? null;
    if (memory !== null && isDue(memory, now)) {
      const rank = rankOf(item, dayOf(now));
      if (rank < (due.get(item.key)?.rank ?? Infinity)) {
        due.set(item.key, { item, rank, since: memory.due });
      }
    }
  }
  return [...due.values()].sort((a, b) => a.since - b.since || a.rank - b.rank).map(({ item }) => item);
}

/**
 * As many items as are wanted, in the order in which they are asked. Each item is ranked by a hash of its own, so that
 * a new fact in the deck leaves the others where they were. A fact comes a second time only when all have come once.
 */
function selection(choices) {
  if (choices.sheet !== null) {
    return eligible(choices);
  }
  const ranked = eligible(choices).map((item) => ({ item, rank: rankOf(item, choices.seed), turn: 0 }));
  ranked.sort((a, b) => a.rank - b.rank);
  const turns = new Map();
  for (const entry of ranked) {
    const { fact } = entry.item.question;
    entry.turn = turns.get(fact) ?? 0;
    turns.set(fact, entry.turn + 1);
  }
  ranked.sort((a, b) => a.turn - b.turn || a.rank - b.rank);
  return ranked.slice(0, choices.count ?? ranked.length).map(({ item }) => item);
}

function rankOf({ question, key }, seed) {
  return hashOf(`${seed}/${question.form}/${key}`);
}

/** How the learner stands with these items: how many are known, met before, and new. */
function standing(among) {
  const keys = new Set(among.map(({ key }) => key));
  let known = 0;
  let met = 0;
  for (const key of keys) {
    if (isKnown(key)) {
      known += 1;
    } else if (progress.has(key)) {
      met += 1;
    }
  }
  return { known, met, fresh: keys.size - known - met, all: keys.size };
}
