// Chance that can be had again: the same seed gives the same questions, in any browser and on any day.

/** A whole number below 2^32 that a text always gives: FNV-1a, mixed at the end as in MurmurHash3. */
function hashOf(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A dice seeded by a text: each throw gives a number from 0 up to, not including, 1 (mulberry32). */
function diceOf(seed) {
  let state = hashOf(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers from 0 to `length - 1` in an order that the dice decides (Fisher and Yates). */
function shuffledNumbers(length, dice) {
  const numbers = Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i -= 1) {
    const j = Math.floor(dice() * (i + 1));
    [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
  }
  return numbers;
}

/** A seed that nobody has chosen: short, since people read it to one another. */
function newSeed() {
  return String(Math.floor(Math.random() * 1_000_000));
}
