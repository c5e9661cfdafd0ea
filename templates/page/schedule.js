// When a question is due again: FSRS-6 with its usual weights and no steps of minutes, as `quizgen practice` reckons. A
// memory is {stability, difficulty, last, due}: days, a number from 1 to 10, and two instants in milliseconds.

const WEIGHTS = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729,
  0.5425, 0.0912, 0.0658, 0.1542,
];
const RATINGS = { wrong: 1, close: 2, right: 3 }; // again, hard, good
const EASY = 4;
const DAY = 86_400_000;
const RETENTION = 0.9; // that an interval is to leave
const FURTHEST = 36_500; // days
const DECAY = -WEIGHTS[20];
const FACTOR = 0.9 ** (1 / DECAY) - 1;

/** The memory of a question after an answer; `before` is null for a new one, `verdict` right, close or wrong. */
function memoryAfter(before, verdict, now) {
  const rating = RATINGS[verdict];
  const last = Math.max(now, before?.last ?? now); // clocks go back
  const [stability, difficulty] = before === null ? [firstStability(rating), clamped(firstDifficulty(rating))] : [nextStability(before, rating, last), nextDifficulty(before, rating)];
  const days = Math.min(Math.max(Math.round((stability / FACTOR) * (RETENTION ** (1 / DECAY) - 1)), 1), FURTHEST);
  return { stability, difficulty, last, due: last + days * DAY };
}

/** Whether something is due on the day of `now`, at whatever hour. */
function isDue({ due }, now) {
  return due < new Date(now).setHours(24, 0, 0, 0);
}

function firstStability(rating) {
  return WEIGHTS[rating - 1];
}

function firstDifficulty(rating) {
  return WEIGHTS[4] - Math.exp(WEIGHTS[5] * (rating - 1)) + 1;
}

function clamped(difficulty) {
  return Math.min(Math.max(difficulty, 1), 10);
}

function nextDifficulty({ difficulty }, rating) {
  const delta = -WEIGHTS[6] * (rating - 3);
  const damped = difficulty + ((10 - difficulty) * delta) / 9;
  return clamped(WEIGHTS[7] * firstDifficulty(EASY) + (1 - WEIGHTS[7]) * damped);
}

function nextStability({ stability, difficulty, last }, rating, now) {
  const days = Math.floor((now - last) / DAY);
  const next = days < 1 ? onTheSameDay(stability, rating) : later(stability, difficulty, (1 + (FACTOR * days) / stability) ** DECAY, rating);
  return Math.max(next, 0.001);
}

function onTheSameDay(stability, rating) {
  const growth = Math.exp(WEIGHTS[17] * (rating - 3 + WEIGHTS[18])) * stability ** -WEIGHTS[19];
  return stability * (rating > RATINGS.wrong ? Math.max(growth, 1) : growth);
}

/** After a day or more; `recall` is how likely it was to be remembered. */
function later(stability, difficulty, recall, rating) {
  if (rating === RATINGS.wrong) {
    const forgotten = WEIGHTS[11] * difficulty ** -WEIGHTS[12] * ((stability + 1) ** WEIGHTS[13] - 1) * Math.exp((1 - recall) * WEIGHTS[14]);
    return Math.min(forgotten, stability / Math.exp(WEIGHTS[17] * WEIGHTS[18]));
  }
  const hard = rating === RATINGS.close ? WEIGHTS[15] : 1;
  return stability * (1 + Math.exp(WEIGHTS[8]) * (11 - difficulty) * stability ** -WEIGHTS[9] * (Math.exp((1 - recall) * WEIGHTS[10]) - 1) * hard);
}
