"""Asked for its cards alone, a deck gives the same cards as when all its questions are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from quizgen.ask import ask
from quizgen.build import read
from quizgen.cards import ON_CARDS, Carded, on_cards
from quizgen.cli.outcome import summary
from quizgen.facts import Deck, Picture
from quizgen.kinds import Kind
from quizgen.questions import Bank, Cloze, Gap, Recall
from quizgen.templates import Templates, shipped
from tests.messy import messy_deck
from tests.test_cli import run
from tests.test_compose_shipped import DECKS
from tests.test_soundness import ENGLISH

TEMPLATES = Templates.found(project=Path("no-such-folder"))
WAYS = ("cloze", "order", "match")


def cards(bank: Bank, deck: Deck) -> list[Carded]:
    """The questions on cards, without rivals, which no card has."""
    return list(map(without_rivals, on_cards(bank.questions, deck.kinds)))


def without_rivals(question: Carded) -> Carded:
    if isinstance(question, Recall):
        return replace(question, rivals=())
    if isinstance(question, Cloze):
        pieces = [replace(piece, rivals=()) if isinstance(piece, Gap) else piece for piece in question.pieces]
        return replace(question, pieces=tuple(pieces))
    return question


def with_other_cards(deck: Deck, dice: Random) -> Deck:
    """The deck, whose kinds say something of their cards: any form, of any way."""
    kinds = {name: replace(kind, cards=dict(some(kind, dice))) for name, kind in deck.kinds.items()}
    return replace(deck, kinds=kinds, facts=tuple(replace(fact, kind=kinds[fact.kind.name]) for fact in deck.facts))


def some(kind: Kind, dice: Random) -> Iterator[tuple[str, str]]:
    for way in (*kind.ways, *WAYS):
        if dice.random() < 0.5:
            yield way, way if way in WAYS else dice.choice([*ON_CARDS, "none"])


@pytest.mark.parametrize("seed", range(60))
def test_cards_alone_are_the_cards_of_all_questions(seed: int) -> None:
    deck = messy_deck(seed)
    if seed % 2:
        deck = with_other_cards(deck, Random(seed))  # noqa: S311 - no secret
    alone = ask(deck, ENGLISH, only_cards=True)
    assert cards(alone, deck) == cards(ask(deck, ENGLISH), deck)
    assert len(alone.questions) == len(cards(alone, deck)) > 5


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_and_of_the_decks_that_we_ship(path: Path) -> None:
    every, _ = read(path, TEMPLATES)
    alone, _ = read(path, TEMPLATES, only_cards=True)
    assert every is not None and alone is not None
    assert cards(alone.bank, alone.deck) == cards(every.bank, every.deck)
    assert len(alone.bank.questions) < len(every.bank.questions)


def test_with_captions_too_which_tell_the_answer_of_no_form() -> None:
    deck = messy_deck(3)
    picture = Picture(path=Path("x.png"), data=b"png", suffix=".png", alt="a map", caption="In 1914 and Vell")
    deck = replace(deck, facts=tuple(replace(fact, picture=picture) for fact in deck.facts))
    assert cards(ask(deck, ENGLISH, only_cards=True), deck) == cards(ask(deck, ENGLISH), deck)


def test_a_package_is_the_same_whatever_is_made_beside_it(tmp_path: Path) -> None:
    made = []
    for to in ("anki", "anki,page"):
        folder = tmp_path / to
        folder.mkdir()
        deck = folder / "kabul.yaml"
        deck.write_bytes((shipped("decks") / "russia-afghanistan.yaml").read_bytes())
        assert run("build", "kabul.yaml", "--to", to, "--out", ".", cwd=folder).returncode == 0
        made.append((folder / "kabul.apkg").read_bytes())
    assert made[0] == made[1]


def test_what_was_not_asked_for_is_not_counted() -> None:
    every, alone = (read(DECKS[-1], TEMPLATES, only_cards=only)[0] for only in (False, True))
    assert every is not None and alone is not None
    assert summary(alone, only_cards=True).startswith("      190 facts, 261 Anki cards; 2 not asked (")
    assert summary(every).startswith("      190 facts, 678 questions (")
    assert ", 261 Anki cards;" in summary(every)
