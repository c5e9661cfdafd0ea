"""The shipped decks fill the shipped recipes, soundly."""

from __future__ import annotations

import re

import pytest

from quizgen.build import Asked, composer, read
from quizgen.compose import picks
from quizgen.compose.recipes import read_recipe, recipe_names
from quizgen.grade import fold
from quizgen.questions import Question, Truth
from quizgen.templates import Templates, shipped
from tests.test_compose import answers, running_text

TEMPLATES = Templates.found()
DECKS = sorted(path for path in shipped("decks").iterdir() if path.suffix == ".yaml" or (path / "deck.yaml").is_file())


LACKING = {  # no figures in an order of their own; no quotations; no words
    *((deck, "compare") for deck in ("elements", "moon-race", "russia-afghanistan")),
    ("elements", "who-said-what"),
    ("elements", "vocabulary"),
}


@pytest.fixture(scope="module", params=DECKS, ids=lambda path: path.stem)
def deck(request: pytest.FixtureRequest) -> Asked:
    asked, _ = read(request.param, TEMPLATES)
    assert asked is not None
    return asked


def gives_away(one: Question, other: Question) -> bool:
    shown = f" {fold(running_text(one))} "
    told = (fold(answer) for answer in answers(other))
    return any(f" {answer} " in shown for answer in told if not re.fullmatch("-?[0-9]{1,2}", answer))


def test_there_are_decks() -> None:
    assert DECKS


@pytest.mark.parametrize("name", recipe_names(TEMPLATES))
def test_a_shipped_deck_fills_a_shipped_recipe(deck: Asked, name: str) -> None:
    if (deck.deck.id, name) in LACKING:
        sheets, (problem, *_) = composer(name, seed=1)(deck, TEMPLATES)
        assert (sheets, "gets 0" in problem.says) == ((), True)
        return
    for seed in range(4):
        (sheet,), problems = composer(name, seed=seed)(deck, TEMPLATES)
        questions = [entry.question for entry in sheet.entries]
        assert len(problems) <= 1, problems  # a small deck may want an ordering
        assert len(questions) >= 2
        assert not [one for one in questions for other in questions if one is not other and gives_away(one, other)]


@pytest.mark.parametrize("name", ["test", "true-false", "warm-up"])
def test_no_sheet_of_a_shipped_deck_leans_to_true_or_to_false(deck: Asked, name: str) -> None:
    recipe, _ = read_recipe(TEMPLATES, name, deck.language)
    assert recipe is not None
    seen = set()
    for picked, _ in picks(deck.bank, recipe, deck_id=deck.deck.id, language=deck.language, seeds=range(150)):
        found = [one.question.verdict for ones in picked.values() for one in ones if isinstance(one.question, Truth)]
        true, false = sum(found), len(found) - sum(found)
        assert abs(true - false) <= (2 if len(found) > 2 else 1)
        assert len(found) < 2 or (true and false)
        seen.add(true - false)
    assert len(seen) > 1 or name == "warm-up"
