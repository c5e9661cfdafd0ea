"""A thousand decks by chance: Anki takes every note of them, and each note has its cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from quizgen.ask import ask
from quizgen.facts import Deck
from quizgen.ledger import Ledger, with_slots
from quizgen.write import Job
from quizgen.write.anki import Part, bundle, part_of
from tests.anki_jobs import TEMPLATES, english
from tests.learner import learner
from tests.messy import messy_deck

TOGETHER = 50  # decks in one package: an import costs what it costs


def by_chance(seed: int) -> Deck:
    """A messy deck of a few facts, whose kinds have cards of any form."""
    chance = Random(seed)  # noqa: S311 - no secret
    deck = messy_deck(seed, facts=chance.randint(1, 12))
    kinds = {
        name: replace(
            kind,
            cards={
                way: chance.choice(["recall", "choice", "truth", "none"]) for way in kind.ways if chance.random() < 0.5
            }
            | ({"cloze": "cloze"} if chance.random() < 0.5 else {})
            | ({"order": "order"} if chance.random() < 0.5 else {}),
        )
        for name, kind in deck.kinds.items()
    }
    recall = chance.choice(["thought", "typed"])
    topics, order = chance.choice(["tags", "subdecks"]), chance.choice([("deck",), ("timeline",), ("x", "z")])
    return replace(deck, title=f"Deck {seed}", kinds=kinds, topics=topics, order=order, recall=recall)


def part(seed: int) -> Part:
    deck = by_chance(seed)
    ledger, bank = with_slots(Ledger(), deck, ask(deck, english()))
    job = Job(name="x", deck=deck, bank=bank, sheets=(), language=english(), templates=TEMPLATES, ledger=ledger)
    found, problems, _ = part_of(job)
    assert problems == ()
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 1000, TOGETHER * 4))
def test_anki_takes_every_note_of_a_deck_by_chance_and_makes_its_cards(tmp_path: Path, first: int) -> None:
    forms: set[str] = set()
    for start in range(first, first + TOGETHER * 4, TOGETHER):
        parts = [part(seed) for seed in range(start, start + TOGETHER)]
        notes = [note for one in parts for note in one.notes]
        with learner(tmp_path / str(start)) as someone:
            package = bundle(parts)
            assert someone.imports(package) == {"new": len(notes)}
            made = {(card.note().guid, card.ord) for card in someone.cards()}
            assert made == {(note.guid, number) for note in notes for number in note.cards}
            assert someone.ailments() == []
            assert someone.imports(package) == {"duplicate": len(notes)}
        forms |= {note.type.form for note in notes}
    assert forms == {"recall", "choice", "truth", "cloze", "order"}
