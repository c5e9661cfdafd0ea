"""A typed answer is right by one rule, in the terminal and (in JavaScript, by the same vectors) on the page."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.ask import ask
from quizgen.build import read
from quizgen.grade import Grade, Verdict, fold, grade, grade_number, plain
from quizgen.grade.spelling import distance, misspelt
from quizgen.language import Language, read_language
from quizgen.questions import Bank, Cloze, Numeric, Recall
from quizgen.templates import Templates
from quizgen.values import read as read_value
from quizgen.values import rules_out
from tests.messy import messy_deck

HERE = Path(__file__).parent
DECKS = HERE.parent / "decks"
VECTORS: list[dict[str, Any]] = json.loads((HERE / "grade_vectors.json").read_text(encoding="utf-8"))
WORDS: dict[str, dict[str, list[str]]] = json.loads((HERE / "grade_words.json").read_text(encoding="utf-8"))
LANGUAGES = {
    code: Language(code=code, phrases={}, words={name: tuple(words) for name, words in lists.items()})
    for code, lists in WORDS.items()
}
ENGLISH = LANGUAGES["en"]


def graded(vector: dict[str, Any]) -> Grade:
    language = LANGUAGES[vector.get("language", "en")]
    if vector["type"] != "numeric":
        return grade(
            vector["typed"],
            vector["answers"],
            answer_type=vector["type"],
            rivals=vector["rivals"],
            language=language,
        )
    low, high = (None if vector[end] is None else Decimal(vector[end]) for end in ("low", "high"))
    return grade_number(vector["typed"], vector["answers"], low=low, high=high, unit=vector["unit"], language=language)


def test_there_are_vectors_of_every_type_and_verdict() -> None:
    assert len(VECTORS) > 1000
    for type_ in ("text", "name", "place", "date", "quantity", "list", "numeric"):
        verdicts = {(vector["right"], vector["close"]) for vector in VECTORS if vector["type"] == type_}
        assert verdicts == {(True, False), (True, True), (False, False)}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['answers'][0]}<-{vector['typed'][:20]}")
def test_the_grade_is_that_of_the_vector(vector: dict[str, Any]) -> None:
    given = graded(vector)
    assert (given.right, given.verdict is Verdict.CLOSE) == (vector["right"], vector["close"])


def test_a_slip_is_told_with_the_right_spelling() -> None:
    given = grade("Gorge II", ["King George", "George II"], answer_type="name", language=ENGLISH)
    assert given == Grade(Verdict.CLOSE, "George II")


def test_the_rival_that_was_typed_is_named() -> None:
    given = grade("king George iii", ["George II"], answer_type="name", rivals=["King George III"], language=ENGLISH)
    assert given == Grade(Verdict.WRONG, rival="King George III")


def test_a_language_without_words_still_grades() -> None:
    bare = Language(code="xx", phrases={}, words={})
    assert grade("1994", ["1994"], answer_type="date", language=bare).right
    assert grade("2018-10-12", ["12 October 2018", "2018-10-12"], answer_type="date", language=bare).right
    assert grade("15000", ["15,000"], answer_type="quantity", language=bare).right
    assert grade("b, a", ["a, b"], answer_type="list", language=bare).right


def test_the_english_words_of_the_vectors_are_those_of_the_language_file() -> None:
    english, problems = read_language(Templates.found(), "en")
    assert problems == ()
    assert ENGLISH.words == {name: words for name, words in english.words.items() if name.startswith("grade.")}


TYPES = st.sampled_from(["text", "name", "place", "date", "quantity", "list"])


@given(st.text(min_size=1).filter(lambda text: plain(text) != ""), TYPES, st.lists(st.text(), max_size=3))
def test_an_answer_typed_as_listed_is_always_right(answer: str, type_: str, rivals: list[str]) -> None:
    assert grade(answer, [answer], answer_type=type_, rivals=rivals, language=ENGLISH).verdict is Verdict.RIGHT


@given(st.text(), st.text(), TYPES)
def test_a_rival_typed_as_written_is_never_right(answer: str, rival: str, type_: str) -> None:
    if plain(answer) != plain(rival):
        assert not grade(rival, [answer], answer_type=type_, rivals=[rival], language=ENGLISH).right


NUMBERS = st.integers(min_value=0, max_value=3000)


@given(NUMBERS, NUMBERS, TYPES, st.sampled_from(["{}", "Henry {}", "in {}", "{} km", "Apollo-{}"]))
def test_another_number_is_never_right(one: int, other: int, type_: str, frame: str) -> None:
    if one != other:
        assert not grade(frame.format(other), [frame.format(one)], answer_type=type_, language=ENGLISH).right


@given(st.text(), TYPES)
def test_whatever_is_typed_gets_a_grade(typed: str, type_: str) -> None:
    assert grade(typed, ["George II", "1994", "5 km"], answer_type=type_, language=ENGLISH).verdict in Verdict


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


SHORT = st.text("abc", max_size=7)


@given(SHORT, SHORT)
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))


@pytest.mark.parametrize(
    "typed, answer, edits",
    [
        ("abcd", "abce", None),
        ("abcde", "abcdf", 1),
        ("abcdefgh", "abcdefxy", None),
        ("abcdefghi", "abcdefgxy", 2),
        ("abcdefghi", "abcdefwxy", None),
        ("xbcdefghi", "abcdefghi", None),
        ("acbdefgh", "abcdefgh", 1),
    ],
)
def test_long_words_forgive_more_than_short_ones(typed: str, answer: str, edits: int | None) -> None:
    assert misspelt(typed, answer) == edits


def test_a_very_long_answer_costs_little() -> None:
    assert not grade("a" * 10**6, ["a" * 5000], answer_type="text", rivals=["a" * 4000], language=ENGLISH).right


# ---- whole decks -----------------------------------------------------------------------------------------------------

WORDED = {"text", "name", "place"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked to be typed: whose answer, how it is asked (a way is a field of a kind), and the right answers."""

    id: str
    way: tuple[str, str]
    type: str
    answers: tuple[str, ...]
    rivals: tuple[str, ...]

    def grade(self, typed: str) -> Grade:
        return grade(typed, self.answers, answer_type=self.type, rivals=self.rivals, language=ENGLISH)


def typed_in(bank: Bank) -> Iterator[Asked]:
    """All answers of the bank that are typed, but numbers, which may be near one another."""
    for question in bank.questions:
        about = question.about
        way = (about.kind, about.way)
        if isinstance(question, Recall):
            yield Asked(about.id, way, question.answer_type, question.answers, question.rivals)
        elif isinstance(question, Cloze):
            gap = question.gaps[0]
            yield Asked(about.id, way, gap.answer_type, gap.answers, gap.rivals)


def faults(bank: Bank) -> list[str]:
    """Right answers that are refused, and answers of other facts that pass for slips of the right one."""
    found, by_way = [], defaultdict(list)
    for one in typed_in(bank):
        by_way[one.way].append(one)
        found += [f"{one.id} refuses {text}" for text in one.answers if one.grade(text).verdict is not Verdict.RIGHT]
        found += [f"{one.id} accepts {text}" for text in one.rivals if one.grade(text).right]
    for question in bank.questions:
        if isinstance(question, Numeric):
            found += [
                f"{question.about.id} refuses {text}" for text in question.answers if not numbered(question, text)
            ]
    for asked in by_way.values():
        others: dict[str, list[str]] = defaultdict(list)  # by the first letter: a slip never changes it
        for text in dict.fromkeys(text for one in asked if one.type in WORDED for text in one.answers):
            others[fold(text)[:1]].append(text)
        for one in (one for one in asked if one.type in WORDED):
            own = {plain(answer) for answer in one.answers}
            near = [text for first in {fold(answer)[:1] for answer in one.answers} for text in others[first]]
            found += [
                f"{one.id} ({one.answers[0]}) accepts {text}"
                for text in near
                if plain(text) not in own and not doubtful(text, one) and one.grade(text).right
            ]
    return found


def doubtful(text: str, one: Asked) -> bool:
    """Whether a text of several words may mean the right one: E. Sand and Eli Sand; a former official, officials."""
    known = [read_value(one.type, answer) for answer in one.answers]
    return " " in text and not all(rules_out(read_value(one.type, text), answer) for answer in known)


def numbered(question: Numeric, typed: str) -> bool:
    ends = {"low": question.low, "high": question.high}
    return grade_number(typed, question.answers, unit=question.unit, language=ENGLISH, **ends).right


@pytest.mark.parametrize("deck", ["russia-afghanistan.yaml", "moon-race/deck.yaml", "elements/deck.yaml"])
def test_on_a_shipped_deck_every_answer_is_right_and_no_other_fact_s(deck: str) -> None:
    asked, _ = read(DECKS / deck, Templates.found())
    assert asked is not None
    assert len(list(typed_in(asked.bank))) > 100
    assert faults(asked.bank) == []


@pytest.mark.parametrize("seed", range(300 if os.environ.get("QUIZGEN_LONG") else 5))
def test_on_a_messy_deck_every_answer_is_right_and_no_other_fact_s(seed: int) -> None:
    english, _ = read_language(Templates.found(), "en")
    assert faults(ask(messy_deck(seed), english)) == []
