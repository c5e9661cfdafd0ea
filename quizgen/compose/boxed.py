"""Boxed: the answers that stand above a section's questions, to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from quizgen.grade import fold
from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth

_LONG = 18  # digits
_LAST = 10**_LONG


def bank_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """The answers of questions, numbers first, then in the order of the alphabet."""
    found: list[str] = []
    for question in questions:
        match question:
            case Cloze():
                found.extend(gap.answers[0] for gap in question.gaps)
            case Recall():
                found.append(question.answers[0])
            case Choice() | Truth() | Numeric() | Match() | Order():  # a recipe wants no bank of these
                pass
            case _:
                assert_never(question)
    return tuple(sorted(found, key=_place))


def _place(answer: str) -> tuple[int, str, str]:
    """Where an answer stands: numbers by their size, before all else in the order of the alphabet."""
    folded = fold(answer)
    return (int(folded) if folded.isdecimal() and len(folded) < _LONG else _LAST, folded, answer)
