// What comes again in many questions stands once in the data, and is named there by its number: here it is put back.

for (const question of quiz.questions) {
  Object.assign(question, quiz.again[question.about]);
  if (question.form === "choice") { // a right option is but its text
    question.options = question.options.map((it) => (typeof it === "string" ? { text: it, right: true } : quiz.again[it]));
  }
  for (const typed of [question, ...(question.gaps ?? [])]) {
    typed.rivals = typed.rivals === undefined ? [] : quiz.again[typed.rivals];
  }
}
