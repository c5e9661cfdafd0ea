"""Verdicts: what a learner is told after an answer: right or not, the answer, why, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.grade import Verdict
from quizgen.language import Language
from quizgen.practice.asking import Mark, answer_of, correction_of
from quizgen.practice.screen import Talk
from quizgen.questions import About, Question

_STYLES = {Verdict.RIGHT: "right", Verdict.CLOSE: "close", Verdict.WRONG: "wrong"}


def tell_verdict(question: Question, given: Mark | None, talk: Talk, language: Language) -> None:
    """Says the verdict, the answer, and why; then what the curator says of it. Without a mark: the answer alone."""
    say, answer = language.say, answer_of(question, language)
    verdict = given.verdict if given else Verdict.WRONG
    said = given.said if given else ""
    if given is None:
        text = say("practice.answer", answer=answer)
    elif verdict is Verdict.RIGHT:
        text = say("practice.right", answer=answer)
    elif verdict is Verdict.CLOSE:
        text = say("practice.close", answer=answer, typed=said)
    else:
        text = say("practice.wrong", answer=answer, typed=said)
    talk.say(text, _STYLES[verdict])
    why = given.why if given and verdict is Verdict.WRONG else None
    true = correction_of(question)
    correction = say("practice.correction", statement=true) if true else None
    for line in (why, correction, *_afterwards(question.about, language)):
        if line:
            talk.say(line, indent="  ")


def _afterwards(about: About, language: Language) -> Iterator[str]:
    """What a reader may learn of the fact after answering."""
    if about.denied_by:
        yield language.say("question.denied-by", denied=about.denied_by)
    if about.note:
        yield about.note
    if about.source:
        yield language.say("practice.source", source=about.source)
