"""Guessing: the marks that somebody gets who knows nothing, and how likely many of them are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import comb, factorial
from typing import assert_never

from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth

Odds = dict[int, float]  # so many things right -> how likely


def guessed(question: Question) -> float:
    """The share of a question's marks that a guess is worth: each thing right counts alike."""
    odds, things = odds_of(question)
    return sum(right * chance for right, chance in odds.items()) / things


def odds_of(question: Question) -> tuple[Odds, int]:
    """How likely a guess gets so many things right, and of how many.

    Who picks all that are right is taken to know how many there are. What is written is never guessed.
    """
    match question:
        case Choice():
            return _picked(len(question.key), len(question.options)), len(question.key)
        case Truth():
            return {0: 0.5, 1: 0.5}, 1
        case Match():
            return _placed(len(question.pairs), len(question.right)), len(question.pairs)
        case Order():
            return _placed(len(question.items), len(question.items)), len(question.items)
        case Recall() | Cloze() | Numeric():
            return {0: 1.0}, 1
        case _:
            assert_never(question)


def _picked(right: int, options: int) -> Odds:
    """Of so many options, as many picked as are right (hypergeometric)."""
    every = comb(options, right)
    return {hits: comb(right, hits) * comb(options - right, right - hits) / every for hits in range(right + 1)}


def _placed(things: int, places: int) -> Odds:
    """Things put on places, one on each: how many come to their own (matching, by inclusion and exclusion)."""
    odds = {}
    for hits in range(things + 1):
        others = things - hits
        none = sum(
            Fraction((-1) ** k * comb(others, k) * factorial(places - hits - k), factorial(places - hits))
            for k in range(others + 1)
        )
        own = Fraction(comb(things, hits) * factorial(places - hits), factorial(places))
        odds[hits] = float(own * none)
    return odds


def marks(questions: Iterable[tuple[Question, int]]) -> Sequence[float]:
    """How likely each number of marks is for a guesser, from 0 to all, rounded down within a question."""
    total = [1.0]
    for question, worth in questions:
        odds, things = odds_of(question)
        after = [0.0] * (len(total) + worth)
        for right, chance in odds.items():
            gained = worth * right // things
            for so_far, before in enumerate(total):
                after[so_far + gained] += before * chance
        total = after
    return total
