"""The page judges typed answers exactly as `quizgen.grade` does: by the same vectors, in a real browser."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from quizgen.grade import fold, plain
from quizgen.grade.dates import readings
from quizgen.grade.quantities import amount
from quizgen.grade.spelling import distance, misspelt
from quizgen.language import Language
from quizgen.templates import shipped
from tests.page_samples import hostile_texts

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "grade_vectors.json").read_text(encoding="utf-8"))
WORDS: dict[str, dict[str, list[str]]] = json.loads((HERE / "grade_words.json").read_text(encoding="utf-8"))
SCRIPTS = ("fold", "spelling", "dates", "amounts", "grade")

GRADE = """(vectors) => vectors.map((vector) => {
  const ends = { low: vector.low ?? undefined, high: vector.high ?? undefined };
  return vector.type === "numeric"
    ? gradeNumber(vector.typed, { ...vector, ...ends })
    : gradeTyped(vector.typed, vector);
})"""


@pytest.fixture(scope="module")
def grader(browser: Browser) -> Page:
    """A page with the grader alone."""
    page = browser.new_page()
    page.add_script_tag(content="const quiz = { words: {} };\n" + "\n".join(map(_script, SCRIPTS)))
    return page


def _script(name: str) -> str:
    return (shipped("templates") / "page" / f"{name}.js").read_text(encoding="utf-8")


def _speak(page: Page, language: str) -> None:
    words = {name.removeprefix("grade."): words for name, words in WORDS[language].items()}
    page.evaluate("(words) => { quiz.words = words; }", words)


def _expected(vector: dict[str, Any]) -> str:
    if vector["close"]:
        return "close"
    return "right" if vector["right"] else "wrong"


def test_the_vectors_are_many() -> None:
    assert len(VECTORS) > 1000


@pytest.mark.parametrize("language", WORDS)
def test_every_vector_is_graded_as_in_python(grader: Page, language: str) -> None:
    vectors = [vector for vector in VECTORS if vector.get("language", "en") == language]
    _speak(grader, language)
    graded = grader.evaluate(GRADE, vectors)

    assert vectors
    assert [(v, verdict) for v, verdict in zip(vectors, graded, strict=True) if verdict != _expected(v)] == []


def test_folding_is_the_same_for_hostile_texts(grader: Page) -> None:
    texts = [*hostile_texts(), *(answer for vector in VECTORS for answer in vector["answers"])]

    assert grader.evaluate("(texts) => texts.map((text) => [plain(text), fold(text, 'and')])", texts) == [
        [plain(text), fold(text, conjunction="and")] for text in texts
    ]


def test_edits_are_counted_the_same(grader: Page) -> None:
    texts = sorted({fold(vector["typed"]) for vector in VECTORS} | {fold(text) for text in hostile_texts()})[::12]
    pairs = [[one, other] for one in texts for other in texts if one and other]

    assert len(pairs) > 2000
    assert grader.evaluate("(pairs) => pairs.map(([a, b]) => [distance(a, b), misspelt(a, b)])", pairs) == [
        [distance(one, other), misspelt(one, other)] for one, other in pairs
    ]


def _typed_texts() -> list[str]:
    """Numbers and dates as people may type them, most of them odd; the same ones every time."""
    dice = Random(7)  # noqa: S311 - no secret
    parts = [
        *(
            "1994",
            "1994",
            "5",
            "05",
            "3",
            "12",
            "31",
            "15,000",
            "1.5",
            "1,5",
            "15 000",
            "1.234.567",
            "0",
            "-5",
            "44",
            "²",
        ),
        *("May", "may.", "3rd", "October", "BC", "AD", "of", "to", "the", "about", "c.", "~", "at least", "more than"),
        *(
            "million",
            "k",
            "K",
            "km",
            "$",
            "%",
            "°C",
            "soldiers",
            "metres",
            "-",
            "\N{EN DASH}",
            "/",
            ".",
            ",",
            "..",
            "'",
            "x",
        ),
    ]
    joints = ["", " ", " ", " "]
    return [
        "".join(dice.choice(parts) + dice.choice(joints) for _ in range(dice.randint(1, 5))).strip()
        for _ in range(4000)
    ]


def test_dates_and_amounts_are_read_the_same(grader: Page) -> None:
    texts = _typed_texts()
    _speak(grader, "en")
    reads = """(texts) => texts.map((text) => {
      const dates = readings(text).map(({ first, last, about }) => [Object.values(first), Object.values(last), about]);
      const found = amount(text);
      const value = found && [Number(found.number.n) * 10 ** found.number.e, found.unit, found.known, found.qualifier];
      return [dates, value];
    })"""
    english = Language(code="en", phrases={}, words={name: tuple(words) for name, words in WORDS["en"].items()})

    for text, (dates, value) in zip(texts, grader.evaluate(reads, texts), strict=True):
        expected = [[list(astuple(one.first)), list(astuple(one.last)), one.about] for one in readings(text, english)]
        assert (text, dates) == (text, expected)
        found = amount(text, english)
        assert (text, value and value[1:]) == (text, found and [found.unit, found.known, found.qualifier])
        assert (text, value and value[0]) == (text, found and pytest.approx(float(found.number)))
