"""Versions and their keys on paper: the key of all versions is right for what is printed on each of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import page as page_validation
import pytest

from quizgen.build import composer, read
from quizgen.compose import Sheet, compose
from quizgen.compose.header import Header, Pupil
from quizgen.compose.recipes import Layout, Part, Recipe, parse_recipe, read_recipe
from quizgen.problems import Place
from quizgen.questions import Order
from quizgen.templates import shipped as shipped_files
from quizgen.write.pdf import write
from tests.banks import bank, event, place, word, year
from tests.pdf_jobs import ENGLISH, TEMPLATES, bare, job, other_text_of, pages_of, picture, reader, sheet_of, text_of
from tests.samples import RECALL, TRUTH

QUIZ, KEY = "sample-quiz.pdf", "sample-key.pdf"
SCALARS = json.loads((Path(__file__).parent / "corpus" / "scalars" / "scalars.json").read_text("utf-8"))
FACTS = 60
NUMBERS = {event(number): number for number in range(FACTS)} | {f"fair of {word(n)}:": n for n in range(FACTS)}
KNOWN = "|".join(map(re.escape, NUMBERS))
MIXED = Recipe(name="mixed", parts=(Part(forms=("choice", "truth", "match", "order", "recall", "cloze"), count=16),))


def shipped(name: str) -> Recipe:
    found, _ = read_recipe(TEMPLATES, name, ENGLISH)
    assert found is not None
    return found


def sheets(recipe: Recipe, versions: int, *, fresh: bool = False) -> list[Sheet]:
    of = bank(FACTS)
    made, _ = compose(of, recipe, deck_id="d", title="Fairs", language=ENGLISH, seed=3, versions=versions, fresh=fresh)
    assert len(made) == versions
    return list(made)


def named(names: list[str], recipe: Recipe, **header: object) -> list[Sheet]:
    """A version for each name."""
    own = Header(**header)  # type: ignore[arg-type]  # by hand
    return [
        sheet.handed_to(Pupil(name, Place("7b.csv", row, 1)), own)
        for row, (sheet, name) in enumerate(zip(sheets(recipe, len(names)), names, strict=True), 2)
    ]


def lines_of(text: str) -> list[str]:
    """The lines of a page, apart from its footer."""
    return text.replace("\r\n", "\n").split("\n")[:-1]


def papers(data: bytes) -> list[str]:
    """What is printed on each version."""
    found: list[str] = []
    for text in pages_of(data):
        if "Page 1 of" in text:
            found.append("")
        found[-1] += "\n".join(lines_of(text)) + "\n"
    return found


def solved(paper: str) -> list[list[str]]:
    """The answers to what is printed, in the order of the sheet, by somebody who knows all about the fairs."""
    asked = re.split(r"^\d+\. ", paper, flags=re.MULTILINE)[1:]
    return [solution(" ".join(question.split())) for question in asked]


def solution(text: str) -> list[str]:
    numbers = [NUMBERS[name] for name in re.findall(KNOWN, text)]
    options = re.findall(r"\b([A-Z]) (\d{4})\b", text)
    if text.startswith("Match"):
        letters = {when: letter for letter, when in options}
        return [number + letters[year(NUMBERS[name])] for number, name in re.findall(rf"\b(\d) ({KNOWN})", text)]
    if text.startswith("Put"):
        places = sorted(numbers)
        return [
            f"{letter}{places.index(NUMBERS[name]) + 1}" for letter, name in re.findall(rf"\b([A-Z]) ({KNOWN})", text)
        ]
    [number] = numbers
    if " True False" in text:
        return ["T" if f"({year(number)})" in text else "F"]
    if options:
        return ["".join(letter for letter, when in options if when == year(number))]
    if "how many" in text:
        return [f"{300 + number} stalls"]
    return [year(number) if "which year" in text or "opens in at" in text else place(number)]


def grid(data: bytes, deep: list[int]) -> dict[str, list[list[str]]]:
    """What the grid says of each version, question by question, each of so many rows; what is written, in words."""
    pages = [lines_of(text) for text in pages_of(data)]
    told = {
        line.split(" ", 1)[0]: line.split(" ", 1)[1] for page in pages for line in page if re.match("[a-z]{1,2} ", line)
    }
    depth = [(number, part) for number, rows in enumerate(deep, 1) for part in range(rows)]
    cells: dict[str, list[list[str]]] = {}
    waiting: list[tuple[int, int]] = []
    for page in pages:
        start = [i for i, line in enumerate(page) if line.startswith("No.")]
        if not start:
            continue
        heads, at = heads_of(page, start[0])
        waiting = waiting or list(depth)
        assert waiting[0][1] == 0  # no question is parted
        while waiting and at < len(page) and page[at] != "Versions":
            number, part = waiting.pop(0)
            words = page[at].split()
            before, marks = words[: -len(heads)], words[-len(heads) :]
            label = "".join(before[1:] if part == 0 else before)
            assert part or before[0] == str(number)
            for version, mark in zip(heads, marks, strict=True):
                own = cells.setdefault(version, [])
                if part == 0:
                    own.append([])
                own[-1].extend([] if mark == "–" else [told.get(mark, label + mark)])
            at += 1
    return cells


def heads_of(page: list[str], at: int) -> tuple[list[str], int]:
    """The versions above a grid, and the line where its rows begin."""
    if len(page[at].split()) > 1:
        return page[at].split()[1:], at + 1
    heads = []
    at += 1
    while not page[at].split()[0].isdigit():
        heads += [page[at]] if re.fullmatch("[A-Z]{1,2}", page[at]) else []
        at += 1
    return heads, at


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("recipe", [shipped("test"), shipped("warm-up"), MIXED], ids=lambda recipe: recipe.name)
def test_the_key_of_all_versions_is_right_for_the_printed_order_of_each(recipe: Recipe, fresh: bool) -> None:  # noqa: FBT001
    made = sheets(recipe, 6, fresh=fresh)

    files = write(job(*made, key_detail="grid")).files
    answers = [solved(paper) for paper in papers(files[QUIZ])]
    deep = [max(map(len, of)) for of in zip(*answers, strict=True)]
    told = grid(files[KEY], deep)

    assert [len(one) for one in answers] == [len(sheet.entries) for sheet in made]
    assert list(told) == ["A", "B", "C", "D", "E", "F"]
    for own, paper in zip(told.values(), answers, strict=True):
        assert [[mark.partition(" · ")[0] for mark in marks] for marks in own] == paper


def test_the_key_of_a_drawn_order_has_a_letter_for_each_box_as_printed() -> None:
    asked, _ = read(shipped_files("decks") / "moon-race", TEMPLATES)
    assert asked is not None
    made, _ = composer("timeline", seed=5, versions=3)(asked, TEMPLATES)

    files = write(job(*made, key_detail="grid", answer_sheet=True)).files
    told = grid(
        files[KEY], [len(entry.question.items) for entry in made[0].entries if isinstance(entry.question, Order)]
    )
    geometry = json.loads(files["sample-answers.json"])

    for sheet, paper, bubbles in zip(made, papers(files[QUIZ]), geometry["sheets"], strict=True):
        rows = [row for page in bubbles["pages"] for row in page["rows"]]
        questions = [entry.question for entry in sheet.entries if isinstance(entry.question, Order)]
        assert len(questions) > 1
        for question, marks in zip(questions, told[sheet.version], strict=True):
            lines = {line[2:]: line[0] for line in paper.split("\n") if line[1:2] == " "}
            letters = [lines[item] for item in question.items]
            assert marks == [f"{box}{letter}" for box, letter in enumerate(letters, 1)]
            own, rows = rows[: len(letters)], rows[len(letters) :]
            right = [[one for one in row["bubbles"] if one["right"]] for row in own]
            assert [(one["option"], one["means"]) for [one] in right] == list(zip(letters, question.items, strict=True))


def test_a_quiz_without_bubbles_has_no_answer_sheet_and_says_so() -> None:
    written = write(job(sheet_of([RECALL]), answer_sheet=True))

    assert sorted(written.files) == [KEY, QUIZ]
    assert [problem.rule for problem in written.problems] == ["bubbles"]


def test_a_grid_of_a_class_goes_over_pages_each_with_its_headings_and_lists_the_names() -> None:
    pupils = [f"Pupil {word(number)}" for number in range(35)]
    made = named(pupils, shipped("test"))

    files = write(job(*made, key_detail="grid")).files
    answers = [solved(paper) for paper in papers(files[QUIZ])]
    deep = [max(map(len, of)) for of in zip(*answers, strict=True)]
    text = text_of(files[KEY])

    assert sum("No." in page for page in pages_of(files[KEY])) > 1
    told = grid(files[KEY], deep)
    assert list(told) == [sheet.version for sheet in made]
    for own, paper in zip(told.values(), answers, strict=True):
        assert [[mark.partition(" · ")[0] for mark in marks] for marks in own] == paper
    for sheet, pupil in zip(made, pupils, strict=True):
        assert f"{sheet.version} {sheet.form} · {pupil}" in text


def test_a_ragged_grid_with_names_passes_the_profile_of_pdf_ua_1(tmp_path: Path) -> None:
    made = named(["Ann", "Łukasz", "مریم", "שרה"], MIXED, school="The school at Sel", logo=picture(alt="A bridge."))
    file = tmp_path / "key.pdf"
    files = write(job(*made, key="appended", answer_sheet=True)).files

    for name in (QUIZ, "sample-answers.pdf"):
        file.write_bytes(files[name])
        report = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
        assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize("detail, told", [("full", True), ("short", False)])
def test_a_short_key_has_the_answers_without_reasons_and_sources(detail: str, told: bool) -> None:  # noqa: FBT001
    text = text_of(write(job(sheet_of([TRUTH]), key_detail=detail)).files[KEY])

    assert ("Source:" in text, "Nobody speaks of tanks." in text) == (told, told)
    assert "small arms" in text


@pytest.mark.parametrize("key", ["separate", "appended"])
def test_form_seed_and_deck_version_stand_on_every_page_of_sheets_and_keys(key: str) -> None:
    made = sheets(shipped("test"), 3)

    files = write(job(*made, key=key, answer_sheet=True)).files

    for data in (data for name, data in files.items() if name.endswith(".pdf")):
        for page in pages_of(data):
            footer = page.replace("\r\n", "\n").rpartition("\n")[2]
            forms = [sheet.form for sheet in made if sheet.form in footer]
            assert forms
            assert f"seed 3 · deck {made[0].deck_version} " in footer


@pytest.mark.parametrize("group", SCALARS)
def test_a_hostile_name_is_printed_as_that_text(group: str) -> None:
    names = [" ".join(text.split()) for text in SCALARS[group] if text.strip()][:24]
    recipe = Recipe(name="one", parts=(Part(forms=("truth",), count=1),), layout=Layout(fields=("class",)))
    made = named(names, recipe, school=names[0], filled=(("class", names[-1]), (names[0], names[-1])))

    written = write(job(*made, answer_sheet=True, key_detail="grid"))
    missing = {chr(int(problem.says.split("U+")[1].split()[0].rstrip(";"), 16)) for problem in written.problems}

    odd = group in {"html", "unicode"}  # has letters that PDFium reads as others
    quiz, key, answers = (
        bare(text_of(data) + (other_text_of(data) if odd else ""))
        for name, data in written.files.items()
        if name.endswith(".pdf")
    )
    for name in names:
        shown = bare("".join(f"[U+{ord(char):04X}]" if char in missing else char for char in name))
        if name not in {"שלום", "مرحبا", "\u202eabc\u202c"}:  # some readers find these in visual order
            assert quiz.count(shown) >= 2  # in its field, and at the foot
            assert answers.count(shown) >= 2
            assert key.count(shown) >= 1
    loaded = json.loads(written.files["sample-answers.json"])
    assert [sheet["name"] for sheet in loaded["sheets"]] == names


def test_a_character_of_a_name_that_no_font_draws_is_told_at_its_place_in_the_list() -> None:
    written = write(job(*named(["Ann", "हरि"], MIXED), answer_sheet=True))

    assert written.problems
    assert {problem.place for problem in written.problems} == {Place("7b.csv", 3, 1)}


def test_a_header_has_the_school_its_logo_and_what_is_filled_in() -> None:
    filled = (("class", "7b"), ("Lab bench", ""), ("date", "12 May"))
    [sheet] = named(["Ann Lee"], shipped("test"), school="The school at Sel", logo=picture(), filled=filled)

    data = write(job(sheet, key="none")).files[QUIZ]
    first = " ".join(lines_of(pages_of(data)[0]))

    assert first.startswith("The school at Sel Fairs")
    for told in ("Name Ann Lee", "Class 7b", "Date 12 May", "Lab bench", "Marks / "):
        assert told in first
    assert len(reader(data).pages[0].images) >= 1


@pytest.mark.parametrize(
    "logo, says",
    [
        ("logo.png", ""),
        ("../logo.png", "'../logo.png' is outside the recipe's folder, or no path at all"),
        ("/etc/passwd", "'/etc/passwd' is outside the recipe's folder, or no path at all"),
        ("other.png", "there is no file 'other.png' beside the recipe"),
        ("torn.png", "'torn.png' is not whole: the picture breaks off or is damaged"),
        ("https://a.example/logo.png", "'https://a.example/logo.png' is an address, and nothing is fetched"),
    ],
)
def test_a_logo_is_a_picture_beside_the_recipe_and_nothing_else(logo: str, says: str, tmp_path: Path) -> None:
    for at in (tmp_path, tmp_path / "quizzes"):
        at.mkdir(exist_ok=True)
        (at / "logo.png").write_bytes(picture().data)
    (tmp_path / "quizzes/torn.png").write_bytes(picture().data[:60])
    text = f"sections: [{{count: 1}}]\nlayout: {{school: Sel, logo: '{logo}'}}"

    recipe, problems = parse_recipe(text.encode(), str(tmp_path / "quizzes/mine.yaml"), "mine", ENGLISH)

    assert [(problem.says, problem.place.line) for problem in problems] == ([(says, 2)] if says else [])
    if not says:
        assert recipe is not None
        assert recipe.layout.logo is not None
        assert (recipe.layout.logo.data, recipe.layout.logo.alt) == (picture().data, "Sel")


def test_the_same_versions_give_the_same_bytes() -> None:
    made = named(["Ann", "Łukasz"], shipped("test"))
    given = job(*made, answer_sheet=True)

    assert write(given).files == write(given).files
    assert len(write(given).files) == 4
