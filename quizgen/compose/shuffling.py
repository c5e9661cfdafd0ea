"""Shuffling: a question's options, columns or items in the order of one version of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, assert_never

from quizgen.dice import Dice
from quizgen.questions import About, Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth


def shuffled(question: Question, dice: Dice) -> Question:
    """The question with its options, columns or items as the dice fall."""
    return turned(question, turn_of(question, dice))


Turn = tuple[int, ...] | tuple[tuple[int, ...], tuple[int, ...]] | None
"""The order of a question's options or items, or of both its columns; None where there is nothing to shuffle."""


class Shuffling:
    """Deals questions out to versions. What comes up in the same order again is the same object.

    A thousand versions have no more than 24 of one choice of four, and whoever sets them need do so only once.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, Turn], tuple[Question, Question]] = {}  # with what it was made of, to keep its id

    def shuffled(self, question: Question, dice: Dice) -> Question:
        """The question with its options, columns or items as the dice fall."""
        turn = turn_of(question, dice)
        key = (id(question), turn)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = (turned(question, turn), question)
        return known[0]


def turn_of(question: Question, dice: Dice) -> Turn:
    """An order for the question, as the dice fall."""
    match question:
        case Choice():
            return dice.shuffled(range(len(question.options)))
        case Match():
            return _columns(question, dice)
        case Order():
            return _other_than(tuple(range(len(question.items))), dice)
        case Recall() | Truth() | Cloze() | Numeric():
            return None
        case _:
            assert_never(question)


def turned(question: Question, turn: Any) -> Question:  # noqa: ANN401 - a Turn that suits the form
    """The question in that order."""
    match question:
        case Choice():
            return replace(question, options=tuple(question.options[i] for i in turn))
        case Match():
            lefts, rights = turn
            partner = dict(question.pairs)
            return replace(
                question,
                left=tuple(question.left[left] for left in lefts),
                right=tuple(question.right[right] for right in rights),
                pairs=tuple((row, rights.index(partner[left])) for row, left in enumerate(lefts) if left in partner),
            )
        case Order():
            return replace(question, shown=turn)
        case Recall() | Truth() | Cloze() | Numeric():
            return question
        case _:
            assert_never(question)


def _columns(question: Match, dice: Dice) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Both columns in another order, never each thing straight across from its own."""
    lefts = dice.shuffled(range(len(question.left)))
    if len(question.right) != len(question.pairs):  # things that match nothing: any order will do
        return lefts, dice.shuffled(range(len(question.right)))
    partner = dict(question.pairs)
    return lefts, _other_than(tuple(partner[left] for left in lefts), dice)


def _other_than(right: tuple[int, ...], dice: Dice) -> tuple[int, ...]:
    """The things in any order but this one."""
    shown = dice.shuffled(right)
    while shown == right and len(right) > 1:
        shown = dice.shuffled(right)
    return shown


def order_of(question: Question) -> str:
    """In which order a question's options, columns or items stand, as a text; '' where it has none."""
    match question:
        case Choice():
            return "\n".join(option.text for option in question.options)
        case Match():
            return "\n".join((*question.left, *question.right))
        case Order():
            return " ".join(map(str, question.shown))
        case Recall() | Truth() | Cloze() | Numeric():
            return ""
        case _:
            assert_never(question)


def rank(about: About, arrange: Sequence[str], importance: Sequence[str]) -> int:
    """Where a question comes in a section that is so arranged; those of one rank stand as the lots fall.

    `importance` are the deck's tags, the most important first.
    """
    if arrange == ("shuffled",):
        return 0
    if arrange == ("deck",):
        return about.position
    tags = importance if arrange == ("importance",) else arrange
    return next((number for number, tag in enumerate(tags) if tag in about.tags), len(tags))


def things(question: Question) -> int:
    """How many things the learner gives: right options, pairs, items; else one."""
    match question:
        case Choice():
            return len(question.key)
        case Match():
            return len(question.pairs)
        case Order():
            return len(question.items)
        case Recall() | Truth() | Cloze() | Numeric():
            return 1
        case _:
            assert_never(question)
