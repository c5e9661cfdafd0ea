"""Of a very large deck a quiz is drawn from a part, in a part of the time; and what is asked is what the whole asks."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from quizgen import build
from quizgen.ask import ask
from quizgen.build import Asked, composer, read_only
from quizgen.cli import group
from quizgen.compose import enough
from quizgen.compose.enough import enough_for
from quizgen.compose.recipes import Part, Recipe
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.questions import Bank
from quizgen.templates import Templates
from tests.benchmarks.made_up import charters
from tests.messy import messy_deck
from tests.test_compose_shipped import DECKS
from tests.test_soundness import ENGLISH

TEMPLATES = Templates.found(project=Path("no-such-folder"))


def only(bank: Bank, facts: Collection[str]) -> Bank:
    """What of a whole bank is asked of those facts, and what is not."""
    return Bank(
        questions=tuple(question for question in bank.questions if question.about.fact in facts),
        skipped=tuple(skipped for skipped in bank.skipped if skipped.fact in facts),
    )


# ---- asking some facts alone ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_facts_are_asked_alone_as_they_are_asked_with_all_others(seed: int) -> None:
    deck = messy_deck(seed)
    dice = Random(seed)  # noqa: S311 - no secret
    some = {fact.id for fact in deck.facts if dice.random() < (0.1, 0.5, 0.9)[seed % 3]}
    found = ask(deck, ENGLISH, of=some)
    assert found == only(ask(deck, ENGLISH), some)
    assert {question.about.fact for question in found.questions} <= some


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_and_those_of_the_decks_that_we_ship_one_by_one(path: Path) -> None:
    deck, _ = read_deck(path, TEMPLATES)
    assert deck is not None
    whole = ask(deck, ENGLISH)
    for fact in deck.facts[::9]:
        assert ask(deck, ENGLISH, of={fact.id}) == only(whole, {fact.id})


def test_nothing_is_asked_of_no_facts() -> None:
    assert ask(messy_deck(1), ENGLISH, of=()) == Bank(questions=(), skipped=())


# ---- how many are enough -------------------------------------------------------------------------------------------

MATCHING = Part(forms=("match",), share=50)
RECIPE = Recipe(name="r", parts=(MATCHING, Part(forms=("recall",), share=50, tags=frozenset("x"))), count=4)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decks are large from 41 facts on."""
    monkeypatch.setattr(enough, "FACTS", 20)
    monkeypatch.setattr(enough, "FOR_EACH", 2)


@pytest.mark.usefixtures("few")
def test_a_part_of_a_large_deck_is_enough_for_each_section() -> None:
    deck = messy_deck(1, facts=400)
    found = enough_for(RECIPE, deck, seed=1)
    assert found is not None
    tagged = {fact.id for fact in deck.facts if "x" in fact.tags}
    assert len(found & tagged) >= 20 and 20 < len(found) <= 40
    assert {fact.kind.name for fact in deck.facts if fact.id in found - tagged} <= {"event", "figure", "quote", "term"}
    assert not [fact for fact in deck.facts if fact.id in found and fact.retired is not None]
    assert found == enough_for(RECIPE, deck, seed=1) != enough_for(RECIPE, deck, seed=2)


@pytest.mark.usefixtures("few")
def test_tags_and_forms_leave_out_facts_before_they_are_counted() -> None:
    deck = messy_deck(1, facts=400)
    tagged = enough_for(RECIPE, deck, seed=1, tags=("y",))
    assert tagged is not None and len(tagged) == 20
    assert all("y" in fact.tags for fact in deck.facts if fact.id in tagged)
    numeric = enough_for(
        Recipe(name="r", parts=(Part(forms=("numeric", "recall"), count=3),)), deck, seed=1, forms=("numeric",)
    )
    assert numeric is not None
    kinds = [fact.kind for fact in deck.facts if fact.id in numeric]
    assert all(any("numeric" in way.forms for way in kind.ways.values()) for kind in kinds)


@pytest.mark.usefixtures("few")
def test_a_section_that_takes_some_ways_alone_has_enough_facts_that_are_asked_them() -> None:
    deck = messy_deck(1, facts=400)
    quoted = Part(forms=("recall", "choice"), ways=frozenset({"who", "cloze"}), count=3)
    found = enough_for(Recipe(name="r", parts=(quoted,)), deck, seed=1)
    assert found is not None and len(found) == 20
    assert all("who" in fact.kind.ways for fact in deck.facts if fact.id in found)
    assert any("who" not in fact.kind.ways for fact in deck.facts)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    "facts, change, given",
    [
        (40, {}, {}),
        (400, {}, {"fresh": True}),
        (400, {}, {"count": 101}),
        (400, {"parts": (MATCHING, Part(forms=("recall",)))}, {}),
        (400, {"minutes": 600}, {}),
    ],
    ids=["a small deck", "fresh versions", "a large quiz", "all that there are", "many minutes"],
)
def test_all_facts_are_taken_where_a_part_may_not_do(
    facts: int, change: dict[str, object], given: dict[str, object]
) -> None:
    recipe = replace(RECIPE, **change)  # type: ignore[arg-type]
    assert enough_for(recipe, messy_deck(1, facts=facts), seed=1, **given) is None  # type: ignore[arg-type]


# ---- a quiz of them ------------------------------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a deck of 2,100 facts, of which 1,000 are enough for a quiz."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "decks" / "made-up.yaml"
    path.parent.mkdir()
    path.write_bytes(charters(2_100))
    return path


@pytest.fixture
def asked_of(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """How many facts were asked, each time; None: all."""
    found: list[int | None] = []

    def heard(deck: Deck, language: Language, *, of: Collection[str] | None = None) -> Bank:
        found.append(None if of is None else len(of))
        return ask(deck, language, of=of)

    monkeypatch.setattr(build, "ask", heard)
    return found


def quizgen(*args: str) -> Result:
    done = CliRunner().invoke(group, args, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done


def test_a_quiz_asks_a_part_and_is_that_of_the_whole(large: Path, asked_of: list[int | None]) -> None:
    asked, _ = read_only(large, TEMPLATES)
    assert asked is not None
    sheets_of = composer("test", seed=7)
    sheets, problems = sheets_of(asked, TEMPLATES)
    assert asked_of == [1000] and not problems and len(sheets[0].entries) == 20
    whole = Asked(deck=asked.deck, language=asked.language, every=ask(asked.deck, asked.language))
    assert sheets_of(whole, TEMPLATES) == (sheets, problems)
    assert asked_of == [1000]


def test_its_sheets_are_made_again_by_their_form_ids(large: Path, asked_of: list[int | None]) -> None:
    quizgen("quiz", str(large), "--recipe", "warm-up", "--versions", "2", "--seed", "5")
    (record,) = Path("output").glob("*-forms.json")
    form = re.search(r"[A-Z]{4}-[A-Z]{3}-5-A", record.read_text(encoding="utf-8"))
    assert form
    first = {path.name: path.read_bytes() for path in Path("output").iterdir()}
    again = quizgen("quiz", "--form", form[0], "--versions", "2")
    assert {path.name: path.read_bytes() for path in Path("output").iterdir()} == first
    assert "warning" not in again.stderr and asked_of == [1000, 1000]


@pytest.mark.usefixtures("large")
def test_a_build_prints_the_sheet_that_a_quiz_prints() -> None:
    quizgen("build", "--to", "pdf")
    (sheet,) = Path("output").glob("*quiz.pdf")
    built = sheet.read_bytes()
    sheet.unlink()
    quizgen("quiz", "decks/made-up.yaml", "--seed", "1")
    (sheet,) = Path("output").glob("*quiz.pdf")
    assert sheet.read_bytes() == built


def test_where_a_part_does_not_do_all_are_asked(
    large: Path, asked_of: list[int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enough, "FACTS", 4)
    monkeypatch.setattr(enough, "FOR_EACH", 0)
    asked, _ = read_only(large, TEMPLATES)
    assert asked is not None
    sheets, problems = composer("test", seed=7, count=60)(asked, TEMPLATES)
    assert asked_of == [4, None] and not problems and len(sheets[0].entries) == 60


def test_one_fact_is_shown_without_asking_the_others(large: Path, asked_of: list[int | None]) -> None:
    shown = quizgen("show", str(large), "fact-77").stdout
    assert asked_of == [1] and "Questions: " in shown
    asked_of.clear()
    quizgen("show", str(large))
    quizgen("show", str(large), "--as", "timeline")
    assert asked_of == []
