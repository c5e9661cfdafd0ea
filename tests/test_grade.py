"""A typed answer is right by one rule, in the terminal and (in JavaScript, by the same vectors) on the page."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.grade import Grade, Verdict, fold, grade, grade_number, plain
from quizgen.grade.spelling import distance, misspelt
from quizgen.language import Language, read_language
from quizgen.templates import Templates

HERE = Path(__file__).parent
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
