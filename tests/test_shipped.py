"""The decks that come with quizgen: whole, clean, sourced, and committed with the ledger that a build makes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizgen.build import Asked, Printing, build_deck, composer, read
from quizgen.facts import Status
from quizgen.questions import Choice, Cloze, Truth
from quizgen.templates import Templates, shipped
from quizgen.values import Many, Text

TEMPLATES = Templates.found()
DECKS = {"russia-afghanistan.yaml": 120, "elements": 118, "moon-race": 80}  # and at least so many facts


@pytest.fixture(scope="module", params=DECKS)
def deck(request: pytest.FixtureRequest) -> Asked:
    asked, problems = read(shipped("decks") / request.param, TEMPLATES)
    assert problems == ()
    assert asked is not None
    assert len(asked.deck.facts) >= DECKS[request.param]
    return asked


def test_every_fact_names_its_source_and_where_in_it(deck: Asked) -> None:
    assert all(fact.source for fact in deck.deck.facts)
    if deck.deck.id == "russia-afghanistan":
        assert all(fact.source and re.fullmatch(r"[\d, -]+", fact.source.locator) for fact in deck.deck.facts)


def test_the_committed_ledger_is_what_a_build_makes(deck: Asked) -> None:
    built = build_deck(
        deck, TEMPLATES, to=("anki",), sheets_of=composer("test", seed=1), printing=Printing(), now=1_800_000_000
    )
    assert built.ledger is not None
    path, data = built.ledger
    assert path.read_bytes() == data, f"build the decks and commit {path.name} with them"


def test_quotations_are_short_and_have_a_speaker(deck: Asked) -> None:
    for fact in deck.deck.facts:
        if fact.kind.name == "quote":
            words = fact.values["quote"]
            assert isinstance(words, Text)
            assert len(words.text.split()) <= 8, fact.id
            assert isinstance(fact.values["by"], Many)


def test_an_allegation_carries_who_makes_it_in_every_question(deck: Asked) -> None:
    doubtful = {fact.id for fact in deck.deck.facts if fact.status is not Status.ESTABLISHED}
    for question in deck.bank.questions:
        if question.about.fact in doubtful and question.about.way not in ("who", "match"):
            by = question.about.by
            assert by is not None
            said = repr(question.prompt) + (question.statement if isinstance(question, Truth) else "")
            said += repr(question.pieces) if isinstance(question, Cloze) else ""
            assert by in said.replace('"', "'").replace("\\'", "'") or by.split()[-1] in said, question


def test_options_look_like_one_another(deck: Asked) -> None:
    for question in deck.bank.questions:
        if isinstance(question, Choice):
            texts = [option.text for option in question.options]
            assert len(set(texts)) == len(texts) >= 3
            key = next(option.text for option in question.options if option.right)
            if not question.several and len(key.split()) >= 4:
                longest = max(len(option.text) for option in question.options if not option.right)
                assert len(key) <= 1.25 * longest, question


def test_no_path_leads_out_of_the_decks_folder() -> None:
    assert sorted(path.name for path in shipped("decks").iterdir() if (path / "deck.yaml").is_file()) == [
        name for name in sorted(DECKS) if not Path(name).suffix
    ]
