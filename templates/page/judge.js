// Whether a response is right: all of it, or not. `close` says that a typed answer has a slip in its spelling.

/** Judges a response to an item; none at all is wrong. */
function judge({ question, gap }, response) {
  if (response === null) {
    return { right: false, close: false };
  }
  switch (question.form) {
    case "choice":
      return plainly(sameNumbers(response, numbersOfRight(question.options)));
    case "truth":
      return plainly(sameNumbers(response, numbersOfRight(truthOptions(question))));
    case "recall":
      return told(gradeTyped(response, question));
    case "cloze":
      return told(gradeTyped(response, gap));
    case "numeric":
      return told(gradeNumber(response, question));
    case "match":
      return plainly(question.pairs.every(([left, right]) => response[left] === right));
    case "order":
      return plainly(response.every((number, place) => number === place));
    default:
      throw new Error(`no form ${question.form}`);
  }
}

/** A verdict of the grader. */
function told(verdict) {
  return { right: verdict !== "wrong", close: verdict === "close" };
}

/** A verdict in one word: right, close or wrong. */
function worth({ right, close }) {
  return right ? (close ? "close" : "right") : "wrong";
}

function plainly(right) {
  return { right, close: false };
}

function numbersOfRight(options) {
  return options.flatMap(({ right }, number) => (right ? [number] : []));
}

function sameNumbers(some, others) {
  return some.length === others.length && some.every((number, i) => number === others[i]);
}
