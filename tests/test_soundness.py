"""Nothing is asked that has a second right answer: an oracle of its own judges the questions of messy decks.

`make judge` has it judge a million questions.
"""

from __future__ import annotations

import os

import pytest

from quizgen.ask import ask
from quizgen.facts import Deck
from quizgen.language import read_language
from quizgen.questions import Bank
from quizgen.templates import Templates
from tests.messy import messy_deck
from tests.oracle import Oracle

DECKS = int(os.environ.get("QUIZGEN_MESSY_DECKS", "500"))
BATCH = 25
ENGLISH, _ = read_language(Templates.found(), "en")


def bank_of(deck: Deck) -> Bank:
    return ask(deck, ENGLISH)


@pytest.mark.parametrize("first", range(0, DECKS, BATCH))
def test_no_question_of_a_messy_deck_has_a_second_right_answer(first: int) -> None:
    judged = 0
    for seed in range(first, first + BATCH):
        deck = messy_deck(seed)
        judged += Oracle(deck).judge(bank_of(deck))
    assert judged > 100 * BATCH


def test_the_same_deck_gives_the_same_questions() -> None:
    assert bank_of(messy_deck(1)) == bank_of(messy_deck(1))


def test_all_of_a_messy_deck_is_asked_or_says_why_not() -> None:
    deck = messy_deck(2)
    bank = bank_of(deck)
    spoken = {question.about.fact for question in bank.questions} | {skipped.fact for skipped in bank.skipped}
    assert spoken == {fact.id for fact in deck.facts if fact.retired is None}
