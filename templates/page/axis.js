// A timeline: an axis with dates below it, and a numbered mark above it for each place, to scale.

const NEAR = 0.09; // of the axis: marks nearer than that stand one above the other, so that they do not touch on a phone
const SHORT = 6; // letters of a date; where some are longer, a phone has room for the first and the last alone

/** The timeline of an order question, as a picture with words; null where its items lie on none. */
function timelineOf({ scale }) {
  if (scale?.measure !== "time") {
    return null;
  }
  const ticks = scale.ticks.map(({ at, label }) => placed("tick", at, isolated(label)));
  const levels = levelsOf(scale.spans);
  const marks = scale.spans.map(([begin, end], i) => {
    const mark = placed("mark", (begin + end) / 2, make("b", {}, spelled(i + 1)));
    mark.style.setProperty("--level", levels[i]);
    return mark;
  });
  const [first, last] = [scale.ticks[0].label, scale.ticks.at(-1).label];
  const crowded = scale.ticks.some(({ label }) => label.length > SHORT);
  const axis = make("div", { className: crowded ? "axis crowded" : "axis", role: "img", "aria-label": say("timeline", { first, last, n: spelled(marks.length) }) }, ticks, marks);
  axis.style.setProperty("--levels", Math.max(...levels));
  return axis;
}

function placed(className, at, ...children) {
  const node = make("span", { className }, ...children);
  node.style.insetInlineStart = `${100 * at}%`;
  return node;
}

/** How high each mark stands, from 0: the lowest level where it touches no other. */
function levelsOf(spans) {
  const last = [];
  return spans.map(([begin, end]) => {
    const at = (begin + end) / 2;
    const free = last.findIndex((other) => at - other >= NEAR);
    const level = free < 0 ? last.length : free;
    last[level] = at;
    return level;
  });
}
