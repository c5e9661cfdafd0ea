"""Shuffling: a question's options, columns or items in the order of one version of a sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from quizgen.dice import Dice
from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth


def shuffled(question: Question, dice: Dice) -> Question:
    """The question with its options, columns or items as the dice fall."""
    match question:
        case Choice():
            return replace(question, options=dice.shuffled(question.options))
        case Match():
            return _shuffled_match(question, dice)
        case Order():
            right = tuple(range(len(question.items)))
            return replace(question, shown=_other_than(right, dice))
        case Recall() | Truth() | Cloze() | Numeric():
            return question
        case _:
            assert_never(question)


def _shuffled_match(question: Match, dice: Dice) -> Match:
    """Both columns in another order, never each thing straight across from its own."""
    lefts = dice.shuffled(range(len(question.left)))
    partner = dict(question.pairs)
    if len(question.right) != len(question.pairs):  # things that match nothing: any order will do
        rights = dice.shuffled(range(len(question.right)))
    else:
        straight = tuple(partner[left] for left in lefts)
        rights = _other_than(straight, dice)
    pairs = tuple((row, rights.index(partner[left])) for row, left in enumerate(lefts) if left in partner)
    return replace(
        question,
        left=tuple(question.left[left] for left in lefts),
        right=tuple(question.right[right] for right in rights),
        pairs=pairs,
    )


def _other_than(right: tuple[int, ...], dice: Dice) -> tuple[int, ...]:
    """The things in any order but this one."""
    shown = dice.shuffled(right)
    while shown == right and len(right) > 1:
        shown = dice.shuffled(right)
    return shown


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
