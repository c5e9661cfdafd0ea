"""The page judges typed answers exactly as `quizgen.grade` does: by the same vectors, in a real browser."""

from __future__ import annotations

import json
import os
from dataclasses import astuple
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from quizgen.grade import fold, plain
from quizgen.grade.dates import readings
from quizgen.grade.quantities import amounts
from quizgen.grade.spelling import distance, misspelt
from quizgen.language import Language
from quizgen.templates import shipped
from tests.page_samples import hostile_texts
from tests.test_grade import graded

HERE = Path(__file__).parent
VECTORS: list[dict[str, Any]] = json.loads((HERE / "grade_vectors.json").read_text(encoding="utf-8"))
WORDS: dict[str, dict[str, list[str]]] = json.loads((HERE / "grade_words.json").read_text(encoding="utf-8"))
SCRIPTS = ("fold", "numerals", "spelling", "names", "words", "dates", "amounts", "grade")

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
      const values = amounts(text).map(
        ({ number, ...rest }) => [Number(number.n) * 10 ** number.e, rest.unit, rest.known, rest.qualifier, rest.noun],
      );
      return [dates, values];
    })"""
    english = Language(code="en", phrases={}, words={name: tuple(words) for name, words in WORDS["en"].items()})

    for text, (dates, values) in zip(texts, grader.evaluate(reads, texts), strict=True):
        expected = [[list(astuple(one.first)), list(astuple(one.last)), one.about] for one in readings(text, english)]
        assert (text, dates) == (text, expected)
        found = [(one.unit, one.known, one.qualifier, one.noun) for one in amounts(text, english)]
        assert (text, [tuple(rest) for _, *rest in values]) == (text, found)
        numbers = [pytest.approx(float(one.number)) for one in amounts(text, english)]
        assert (text, [number for number, *_ in values]) == (text, numbers)


ODD = [
    *"\u00b2\u00bd\u0661\u06f5\u00d7^-\u2013\u202e\u200d\ufe0f\U0001f389'\u2019,./&|\u2022\uff0c\u0131\u0130\u00df\u03c2\u0308",
    *"\ufb01\xa0(#+mkb~\x1c\x85\ufeff\u01c5\u212a\u212b\u066b\u066c\u2167\u217b\u3007\u4e09\U0001d7d9\u2076\u00ba\u2044",
    *("e6", "10^", "x10^6", "nd", "th", "st", "c.", "  "),
]


def _any_vectors(dice: Random, count: int) -> list[dict[str, Any]]:
    """Answers, rivals and typed texts by chance: of the vectors with slips, of the language's words, of odd signs."""
    words = [word for vector in VECTORS for text in (vector["typed"], *vector["answers"]) for word in text.split()]
    listed = [word for lists in WORDS["en"].values() for line in lists for word in line.split("|")]

    def text() -> str:
        parts = [dice.choice(dice.choice([words, words, listed, ODD])) for _ in range(dice.randint(1, 5))]
        return "".join(part + dice.choice([" ", " ", " ", "", "-"]) for part in parts)[:200]

    def slipped(text: str) -> str:
        letters = list(text[:200])
        for _ in range(dice.randint(0, 2)):
            place = dice.randint(0, len(letters))
            letters[place : place + dice.randint(0, 1)] = dice.choice(["", *"aeiost0129 -.,"])
        return "".join(letters)

    def vector() -> dict[str, Any]:
        of = dice.choice(VECTORS)
        made = {
            **of,
            "language": of.get("language", "en"),
            "typed": slipped(dice.choice([of["typed"], *of["answers"]])),
        }
        if of["type"] != "numeric" and dice.random() < 0.3:
            made["type"] = dice.choice(["text", "name", "place", "date", "quantity", "list"])
        if dice.random() < 0.5:
            answers = [text() for _ in range(dice.randint(1, 2))]
            typed = dice.choice([text(), slipped(answers[0]), slipped(of["typed"])])
            made |= {"answers": answers, "rivals": [text() for _ in range(dice.randint(0, 2))], "typed": typed}
        return made

    return [vector() for _ in range(count)]


@pytest.mark.parametrize("seed", range(5 if os.environ.get("QUIZGEN_LONG") else 1))
def test_whatever_is_typed_is_graded_as_in_python(grader: Page, seed: int) -> None:
    vectors = _any_vectors(Random(seed), 20000 if os.environ.get("QUIZGEN_LONG") else 3000)  # noqa: S311 - no secret
    verdicts = set()
    for language in WORDS:
        some = [vector for vector in vectors if vector["language"] == language]
        _speak(grader, language)
        expected = [graded(vector).verdict.value for vector in some]
        verdicts |= set(expected)
        pairs = zip(some, expected, grader.evaluate(GRADE, some), strict=True)
        assert [(vector, mine, theirs) for vector, mine, theirs in pairs if mine != theirs] == []
    assert verdicts == {"right", "close", "wrong"}
