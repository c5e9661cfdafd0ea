"""Answer sheets are marked as a program would mark scans of them: by the picture, and by the geometry as JSON alone."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from jsonschema import Draft202012Validator
from PIL import Image, ImageDraw

import quizgen.write
from quizgen.compose import Layout, Sheet, compose
from quizgen.compose.recipes import Part, Recipe, read_recipe
from quizgen.questions import Choice, Match, Option, Order, Question, Truth
from quizgen.write.pdf import write
from tests.banks import bank
from tests.pdf_jobs import ENGLISH, TEMPLATES, bare, job, pages_of, sheet_of
from tests.samples import MATCH, ORDER, QUESTIONS, RECALL, SEVERAL, TRUTH, about

SCHEMA = json.loads((Path(quizgen.write.__file__).parent / "quizgen-answer-sheet-1.schema.json").read_text("utf-8"))
PDF, GEOMETRY = "sample-answers.pdf", "sample-answers.json"
DPI = 200
HEBREW = replace(ENGLISH, code="he", direction="rtl")
SETTINGS = [  # paper, large print, language
    ("a4", False, ENGLISH),
    ("letter", True, ENGLISH),
    ("a5", False, ENGLISH),
    ("a4", False, HEBREW),
]


def versions(count: int) -> list[Sheet]:
    recipe, _ = read_recipe(TEMPLATES, "test", ENGLISH)
    assert recipe is not None
    made, _ = compose(
        bank(60), recipe, deck_id="d", title="Fairs", language=ENGLISH, seed=8, versions=count, fresh=True
    )
    return [replace(sheet_of([SEVERAL, *QUESTIONS]), form="A"), *made]


class Scan:
    """A page as a scanner gives it, in grey, measured in millimetres."""

    def __init__(self, data: bytes, page: int) -> None:
        self.image = pypdfium2.PdfDocument(data)[page - 1].render(scale=DPI / 72).to_pil().convert("L")

    def pixels(self, mm: float) -> float:
        return mm / 25.4 * DPI

    def fill(self, x: float, y: float, r: float) -> None:
        box = [self.pixels(side) for side in (x - r, y - r, x + r, y + r)]
        ImageDraw.Draw(self.image).ellipse(box, fill=40)

    def darkness(self, x: float, y: float, r: float) -> float:
        """How dark the middle of a circle is, from 0 to 1."""
        half = r * 0.6
        box = [round(self.pixels(side)) for side in (x - half, y - half, x + half, y + half)]
        part = self.image.crop((box[0], box[1], box[2], box[3])).resize((1, 1), Image.Resampling.BOX)
        return 1 - int(part.getpixel((0, 0))) / 255

    def ink(self, x: float, y: float) -> bool:
        """Whether anything is drawn within a pixel of that point."""
        at = self.image.crop(
            (int(self.pixels(x)) - 1, int(self.pixels(y)) - 1, *(int(self.pixels(v)) + 2 for v in (x, y)))
        )
        return bool(min(at.tobytes()) < 215)


def written(sheets: list[Sheet], **more: object) -> tuple[bytes, dict[str, Any]]:
    files = write(job(*sheets, answer_sheet=True, **more)).files  # type: ignore[arg-type]  # by hand
    geometry: dict[str, Any] = json.loads(files[GEOMETRY])
    Draft202012Validator(SCHEMA).validate(geometry)
    return files[PDF], geometry


def around(x: float, y: float, r: float) -> list[tuple[float, float]]:
    """Points of a circle, half as wide as a pen's line inside its edge."""
    turns = [math.tau * n / 16 for n in range(16)]
    return [(x + (r - 0.1) * math.cos(turn), y + (r - 0.1) * math.sin(turn)) for turn in turns]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("paper, large_print, language", SETTINGS, ids=["a4", "large print", "a5", "from the right"])
def test_answers_that_are_filled_in_are_read_back_and_marked_right(
    paper: str,
    large_print: bool,  # noqa: FBT001 - a parameter of the test
    language: Any,  # noqa: ANN401 - as above
) -> None:
    sheets = versions(2)
    data, geometry = written(sheets, paper=paper, large_print=large_print, language=language)
    r = geometry["radius"]
    chance = random.Random(paper)  # noqa: S311 - answers of a pupil

    assert len(geometry["sheets"]) == len(sheets)
    for told in geometry["sheets"]:
        for page in told["pages"]:
            scan = Scan(data, page["page"])
            given = []
            for row in page["rows"]:
                bubbles = row["bubbles"]
                chosen = chance.sample(range(len(bubbles)), chance.randint(1, 2) if row["several"] else 1)
                given.append(sorted(chosen))
                for number in chosen:
                    scan.fill(bubbles[number]["x"], bubbles[number]["y"], r)
            read = [
                [number for number, one in enumerate(row["bubbles"]) if scan.darkness(one["x"], one["y"], r) > 0.5]
                for row in page["rows"]
            ]
            assert read == given


@pytest.mark.parametrize("paper, large_print, language", SETTINGS, ids=["a4", "large print", "a5", "from the right"])
def test_every_bubble_and_square_is_printed_where_the_geometry_says(
    paper: str,
    large_print: bool,  # noqa: FBT001 - a parameter of the test
    language: Any,  # noqa: ANN401 - as above
) -> None:
    data, geometry = written(versions(1), paper=paper, large_print=large_print, language=language)
    r = geometry["radius"]

    for told in geometry["sheets"]:
        for page in told["pages"]:
            scan = Scan(data, page["page"])
            for row in page["rows"]:
                for one in row["bubbles"]:
                    assert all(scan.ink(x, y) for x, y in around(one["x"], one["y"], r))
                    assert scan.darkness(one["x"], one["y"], r) < 0.4
            for square in geometry["corners"]:
                half = square["side"] / 2
                assert scan.darkness(square["x"], square["y"], half) > 0.95
                edge = [
                    (square["x"] + dx * (half + 0.4), square["y"] + dy * (half + 0.4))
                    for dx in (-1, 1)
                    for dy in (-1, 1)
                ]
                assert not any(scan.ink(x, y) for x, y in edge)
            black = [
                "1" if scan.darkness(one["x"], one["y"], one["side"] / 2) > 0.5 else "0" for one in geometry["code"]
            ]
            assert "".join(black) == page["code"]
            assert (int(page["code"][:-1], 2), page["code"].count("1") % 2) == (page["page"], 0)


def test_the_key_in_the_geometry_gives_full_marks_to_who_knows_everything() -> None:
    sheets = versions(3)
    _, geometry = written(sheets)

    for sheet, told in zip(sheets, geometry["sheets"], strict=True):
        rows: dict[int, list[dict[str, Any]]] = {}
        for page in told["pages"]:
            for row in page["rows"]:
                rows.setdefault(row["question"], []).append(row)
        for entry, asked in zip(sheet.entries, told["questions"], strict=True):
            assert (asked["number"], asked["marks"]) == (entry.number, entry.marks)
            right = [[one["means"] for one in row["bubbles"] if one["right"]] for row in rows.get(entry.number, [])]
            question = entry.question
            match question:
                case Choice():
                    assert right == [[option.text for option in question.options if option.right]]
                    assert rows[entry.number][0]["several"] is question.several
                case Truth():
                    assert right == [["True" if question.verdict else "False"]]
                case Match():
                    lefts = [question.left[int(row["part"]) - 1] for row in rows[entry.number]]
                    pairs = {question.left[left]: question.right[other] for left, other in question.pairs}
                    assert {left: [pairs[left]] for left in lefts} == dict(zip(lefts, right, strict=True))
                case Order():
                    shown = [
                        question.items[question.shown["ABCDEFGH".index(row["part"])]] for row in rows[entry.number]
                    ]
                    places = [int(place) for [place] in right]
                    assert [what for _, what in sorted(zip(places, shown, strict=True))] == list(question.items)
                case _:
                    assert not asked["bubbles"]
                    assert right == []


def test_without_a_key_the_geometry_tells_nothing() -> None:
    _, geometry = written(versions(1), key="none")

    assert '"right"' not in json.dumps(geometry)


def test_the_answer_sheet_tells_its_form_and_what_is_to_be_written_on_the_quiz() -> None:
    sheet = replace(sheet_of([SEVERAL, RECALL, RECALL, MATCH, RECALL, ORDER]), form="BKMT-HQR-1-A")

    text = bare(pages_of(written([sheet])[0])[0])

    assert "BKMT-HQR-1-A" in text
    assert bare("Write the answers to 2–3, 5 on the quiz.") in text


def test_very_many_questions_go_over_pages_that_each_say_which_they_are() -> None:
    many = Recipe(name="r", parts=(Part(forms=("choice", "truth"), count=200),))
    made, _ = compose(bank(200), many, deck_id="d", title="Fairs", language=ENGLISH, seed=1, versions=2)

    data, geometry = written(list(made), paper="a5")

    numbers = [page["page"] for sheet in geometry["sheets"] for page in sheet["pages"]]
    assert numbers == list(range(1, len(pages_of(data)) + 1))
    assert len(numbers) > 2
    for sheet in geometry["sheets"]:
        asked = [row["question"] for page in sheet["pages"] for row in page["rows"]]
        assert asked == list(range(1, len(sheet["questions"]) + 1))
        assert len(asked) > 100


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("several", [5, 6])
def test_twenty_questions_have_one_page_in_large_print(paper: str, several: int) -> None:
    options = tuple(Option(text=f"No. {n}", right=n == 0) for n in range(several))
    choices = [replace(SEVERAL, about=about(f"c{n}", "when"), options=options, answers=("No. 0",)) for n in range(10)]
    longest: list[Question] = [MATCH, ORDER] if several == 5 else []
    others: list[Question] = [*[TRUTH] * (10 - len(longest)), *longest]
    layout = Layout(fields=("name", "class", "date", "marks"))
    sheet = replace(sheet_of([*choices, *others]), layout=layout)
    data, geometry = written([sheet], paper=paper, large_print=True)
    assert len(pages_of(data)) == 1
    rows = geometry["sheets"][0]["pages"][0]["rows"]
    assert {row["question"] for row in rows} == set(range(1, 21))
    assert all(len({bubble["y"] for bubble in row["bubbles"]}) == 1 for row in rows)
