"""Plausible wrong options: what scores high looks like the key, and is what is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.ask.agree import singles
from quizgen.ask.invented import invented
from quizgen.ask.items import Asker, Unsound
from quizgen.ask.plausible import beginning, nearness, plausibility
from quizgen.build import read
from quizgen.questions import Choice
from quizgen.templates import Templates
from quizgen.values import Date, Quantity, Text
from quizgen.values import read as read_value
from quizgen.values.many import Single
from quizgen.values.show import show
from tests.asking import asked, the

ROOT = Path(__file__).parent.parent


def score(value: str, key: str, type_: str = "text", near: float | None = None, topic: float | None = None) -> float:
    return plausibility(single(type_, value), single(type_, key), near=near, topic=topic)


def single(type_: str, text: str) -> Single:
    return singles(read_value(type_, text))[0]


@pytest.mark.parametrize(
    "better, worse, key",
    [
        ("Mn", "Fe", "Mg"),  # a symbol that begins alike
        ("promethium", "tungsten", "protactinium"),  # a word that does
        ("the mill burns", "a mill", "the town burns"),  # article and length
        ("Ada Lind", "bridge", "Bo Marr"),  # capital and number of words
        ("first American in space", "head of the whole programme", "first man in space"),  # words in common
    ],
)
def test_what_looks_like_the_key_scores_higher(better: str, worse: str, key: str) -> None:
    assert 0 <= score(worse, key) < score(better, key) <= 1


def test_a_score_is_between_none_and_all() -> None:
    assert score("1994", "1994", "date", near=1, topic=1) == 1
    assert score("Sel", "Sel", near=1, topic=1) == 1
    assert 0 < score("1850-05-12", "1994", "date", near=0, topic=0) < score("1994", "1995", "date", near=0.9, topic=0)
    assert plausibility(Text("1994"), single("date", "1994"), near=1, topic=1) == 0


def test_another_shape_scores_half() -> None:
    assert score("1994-05", "1994", "date", near=1) == score("1995", "1994", "date", near=1) / 2


def test_one_topic_scores_higher_and_an_unknown_one_counts_for_nothing() -> None:
    assert score("a dam", "a weir", topic=0) < score("a dam", "a weir") < score("a dam", "a weir", topic=1)


def test_equally_round_numbers_score_higher() -> None:
    assert score("15,000", "20,000", "quantity") < score("30,000", "20,000", "quantity")


def test_nearness_falls_by_half_at_half_the_spread() -> None:
    assert (nearness(0, 8), nearness(4, 8)) == (1, 0.5)
    assert nearness(40, 8) < 0.1
    assert (beginning("mg", "mn"), beginning("prom", "prot"), beginning("a", "b")) == (1, 1, 0)


def test_a_name_for_a_symbol_is_looked_for_among_those_that_begin_alike(tmp_path: Path) -> None:
    names = ["Br bromine", "B boron", "Ba barium", "Be beryllium", "Bi bismuth", "As arsenic", "Fe iron", "Zn zinc"]
    facts = "".join(f"{s}: {{term: {name}, meaning: {s}}}\n" for s, name in (both.split() for both in names))
    wrong = {o.text for o in the(asked(tmp_path, facts), "Br/term", Choice).options if not o.right}
    assert len(wrong & {"boron", "barium", "beryllium", "bismuth"}) >= 2


def test_terms_of_another_topic_come_last(tmp_path: Path) -> None:
    water = "".join(f"w{i}: {{term: water word {i}, meaning: meaning {i} of this, tags: [water]}}\n" for i in range(6))
    fire = "".join(f"f{i}: {{term: fire word {i}, meaning: meaning {i} of that, tags: [fire]}}\n" for i in range(9))
    result = asked(tmp_path, water + fire)
    for i in range(6):
        options = the(result, f"w{i}/meaning", Choice).options
        assert {option.fact for option in options if option.fact} <= {f"w{n}" for n in range(6)}


def test_numbers_named_on_one_side_are_all_there_and_the_key_is_anywhere_else(tmp_path: Path) -> None:
    comets = "".join(f"e{y}: {{event: The comet of {y % 7} sees {y}a, when: {y}}}\n" for y in range(1900, 1960, 2))
    keys = "".join(f"k{i}: {{event: Bridge {i}b opens, when: {1920 + i}, unlike: [e1904]}}\n" for i in range(1, 30, 2))
    result = asked(tmp_path, comets + keys)
    for i in range(1, 30, 2):
        assert "1904" in {option.text for option in the(result, f"k{i}/when", Choice).options}


@pytest.mark.parametrize("name", ["russia-afghanistan.yaml", "moon-race"])
def test_what_the_author_named_is_offered(name: str) -> None:
    """Of texts and names, all that are proved wrong (up to three); of numbers, those that leave the key its rank."""
    result, _ = read(ROOT / "decks" / name, Templates.found())
    assert result is not None
    asker = Asker(result.deck, result.language)
    seen = left_out = 0
    for question in result.bank.questions:
        if not isinstance(question, Choice) or question.several:
            continue
        fact = asker.facts[question.about.fact]
        try:
            item = asker.item(fact, fact.kind.ways[question.about.way])
        except Unsound:
            continue
        assert item is not None
        named = {show(wrong.value, result.language) for wrong in item.candidates if wrong.unlike}
        there = {option.text for option in question.options}
        seen += bool(named)
        if named and not isinstance(singles(item.own)[0], Date | Quantity):
            left_out += len(there & named) < min(len(named), 3)
        assert not named or there & named, question
    assert seen > 5
    assert left_out <= seen // 20  # two that may be one thing, or all too short beside the key


def test_made_up_years_have_typical_mistakes() -> None:
    made = {value.written for value in invented(single("date", "1649"), None) if isinstance(value, Date)}
    assert {"1694", "1549", "1749", "1639", "1659"} <= made
    recent = {value.written for value in invented(single("date", "1947"), None) if isinstance(value, Date)}
    assert "1974" in recent and not recent & {"1847", "2047"}
    assert not invented(single("text", "weir"), None)
