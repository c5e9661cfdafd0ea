"""Stress: a bank and a recipe drawn many times, to see whether anything but knowledge helps to answer.

R/exams draws each exercise a hundred times and plots where the right answer stands; here the plots come with a test of
each, so that a machine can say no.
"""

from __future__ import annotations

from quizgen.compose.recipes import Recipe
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.questions import Bank
from quizgen.stress.findings import Bar, Finding, drawn, verdict
from quizgen.stress.items import look, plausible
from quizgen.stress.options import length, position, rank, reuse, truth
from quizgen.stress.sheets import coverage, draw, guessing, shortages, variety

__all__ = ["Bar", "Finding", "drawn", "stress", "verdict"]


def stress(deck: Deck, language: Language, bank: Bank, recipe: Recipe, *, seeds: int) -> tuple[Finding, ...]:
    """What is found in each respect when sheets and choices are drawn with the seeds 1 to `seeds`."""
    looked = look(deck, language, bank)
    sheets = draw(deck, language, bank, recipe, seeds)
    return (
        position(bank, seeds),
        rank(looked.ranked),
        length(looked.worded),
        truth(bank),
        reuse(bank),
        plausible(looked.weighed),
        guessing(bank, sheets),
        coverage(deck, bank, sheets),
        variety(sheets),
        shortages(sheets),
    )
