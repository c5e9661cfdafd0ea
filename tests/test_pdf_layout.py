"""Where things stand on printed pages, by the boxes that the layout keeps, and by the pixels that a reader draws."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from quizgen.compose import Layout, Section, Sheet
from quizgen.questions import Question
from quizgen.write.pdf import write
from quizgen.write.pdf.blocks import Block
from quizgen.write.pdf.cards import Grid
from quizgen.write.pdf.document import Document
from quizgen.write.pdf.flow import Page, fill
from quizgen.write.pdf.lines import Setter
from quizgen.write.pdf.look import read_look
from quizgen.write.pdf.paper import PAPERS, paper_of
from tests.pdf_jobs import (
    TEMPLATES,
    bare,
    boxes,
    choices,
    drawn,
    job,
    laid_out,
    pages_of,
    picture,
    reader,
    sheet_of,
    text_of,
    versions,
)
from tests.samples import MATCH, NUMERIC, ORDER, QUESTIONS, RECALL, about

PICTURED = replace(RECALL, about=about("pictured", "when", picture=picture()))
ALL: list[Question] = [*choices(14), *QUESTIONS, PICTURED, *choices(9, deal=3)]
SHEET = replace(
    sheet_of(ALL), intro="Work alone. " * 12, title="A title that is long enough to need more lines than one"
)


CASES: list[dict[str, Any]] = [
    *({"paper": paper, "large_print": large} for paper, large in itertools.product(PAPERS, (False, True))),
    {"paper": "a4", "columns": 2},
    {"paper": "letter", "columns": 2},
    {"paper": "a4", "look": "playful"},
    {"paper": "a5", "look": "playful", "large_print": True},
    {"paper": "letter", "easy_reading": True},
    {"paper": "a4", "look": "playful", "easy_reading": True, "large_print": True},
    {"paper": "a4", "landscape": True},
    {"paper": "a5", "landscape": True, "large_print": True},
    {"paper": "a4", "two_up": True},
    {"paper": "letter", "two_up": True, "landscape": True},
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(str(part) for part in case.values()))
def test_nothing_leaves_the_margins_and_no_text_overlaps(case: dict[str, Any]) -> None:
    columns = case.get("columns", 1)
    sections = (*SHEET.sections, *drawn(first=len(ALL) + 1).sections[:3])  # cards have no margins: see below
    sheet = replace(SHEET, layout=Layout(columns=columns), sections=sections)
    given = job(sheet, **{name: value for name, value in case.items() if name != "columns"})
    look = read_look(TEMPLATES, given.look, large_print=given.large_print, easy_reading=given.easy_reading)[0]
    paper = paper_of(given)
    room = paper.room(look)
    pages = laid_out(given, sheet)

    assert len(pages) > 2
    for page in [*pages, *Document(given, "Key").key(sheet)]:
        standing = list(boxes(page))
        assert len(standing) > 2
        for left, top, right, bottom, piece in standing[:-3]:  # the last three are the footer
            assert left >= room.left - 0.5, piece
            assert right <= room.left + room.width + 0.5, piece
            assert top >= room.top - 0.5, piece
            assert bottom <= room.top + room.height + 0.5, piece
        for _, top, _, bottom, _ in standing[-3:]:
            assert room.top + room.height < top < bottom < paper.height
        assert_apart([box for box in standing if box[4].role])


@pytest.mark.parametrize(
    "case", CASES[:8] + CASES[11:12], ids=lambda case: "-".join(str(part) for part in case.values())
)
def test_what_stands_on_a_card_stays_on_it(case: dict[str, Any]) -> None:
    sheet = replace(SHEET, sections=drawn().sections[3:])
    given = job(sheet, **case)
    grid = Grid.of(paper_of(given), read_look(TEMPLATES, large_print=given.large_print)[0])

    pages = laid_out(given, sheet)

    assert len(pages) >= 2
    for page in pages:
        assert all(top >= 0 and bottom < paper_of(given).height for _, top, _, bottom, _ in boxes(page))
        cards = page.placed[1:-1]  # without the lines to cut along, and the footer
        assert cards
        for card in cards:
            assert card.block.height == pytest.approx(grid.height)
            for piece in card.block.pieces:
                assert piece.x > 0
                assert piece.x + piece.width < grid.width
                assert piece.y > 0
                assert piece.y + piece.height < grid.height
        assert_apart([box for box in boxes(page) if box[4].role])


def assert_apart(standing: list[tuple[float, float, float, float, object]]) -> None:
    for one, other in itertools.combinations(standing, 2):
        beside = one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1
        below = one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1
        assert beside or below, (one[4], other[4])


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_ink_stays_inside_the_margins(direction: str) -> None:
    given = job(SHEET)
    data = write(replace(given, language=replace(given.language, direction=direction))).files["sample-quiz.pdf"]
    paper, room = PAPERS["a4"], PAPERS["a4"].room(read_look(TEMPLATES)[0])

    for page in pypdfium2.PdfDocument(data):
        ink = page.render(scale=1).to_pil().convert("L").point(lambda grey: 255 - grey).getbbox()
        assert ink is not None
        assert ink[0] >= room.left - 2
        assert ink[2] <= paper.width - room.left + 2
        assert ink[1] >= room.top - 2


@pytest.mark.parametrize("paper", PAPERS)
def test_a_question_stays_on_one_page_and_a_heading_with_what_follows(paper: str) -> None:
    sections = [
        Section(heading=f"Part {n}", instruction="Answer.", entries=part.entries)
        for n, part in enumerate([sheet_of(choices(5, deal=n)) for n in range(9)])
    ]
    numbered: Sheet = replace(SHEET, sections=tuple(sections))
    where: dict[str, set[int]] = {}
    pages = laid_out(job(numbered, paper=paper), numbered)

    for number, page in enumerate(pages):
        blocks = [placed.block for placed in page.placed][:-1]  # without the footer
        assert not blocks[-1].keeps_with_next
        for block in blocks:
            if "/LI:" in block.base:
                where.setdefault(block.base, set()).add(number)
    assert len(where) == 45
    assert {len(numbers) for numbers in where.values()} == {1}


def test_a_last_page_that_narrower_gaps_can_save_is_saved() -> None:
    room = PAPERS["a4"].room(read_look(TEMPLATES)[0])
    block = Block(50.0, (), gap=20.0)
    fitting = int((room.height + 20) / 70)
    pages = [len(fill([], [block] * count, room)) for count in (fitting, fitting + 1, fitting + 4)]

    assert pages == [1, 1, 2]


def test_what_is_taller_than_a_page_goes_on_over_the_next() -> None:
    long = " ".join(f"word{i}" for i in range(2500))
    tall: list[Question] = [
        replace(RECALL, prompt=long),
        replace(ORDER, items=tuple(f"thing {i}" for i in range(70)), values=("",) * 70, shown=tuple(range(70))),
        replace(MATCH, left=tuple(f"left {i}" for i in range(60)), right=tuple(f"right {i}" for i in range(60))),
        RECALL,
    ]
    for paper in ("a4", "a5"):
        data = write(job(sheet_of(tall), paper=paper, key="none")).files["sample-quiz.pdf"]
        text = bare(text_of(data))

        assert [i for i in range(2500) if f"word{i}" not in text] == []
        assert [i for i in range(70) if f"thing{i}" not in text] == []
        assert [i for i in range(60) if f"left{i}" not in text or f"right{i}" not in text] == []
        assert bare(RECALL.prompt) in text
        assert len(pages_of(data)) > 4


def test_one_endless_word_is_broken() -> None:
    word = "x" * 3000

    data = write(job(sheet_of([replace(RECALL, prompt=word, answers=(word,))]))).files

    assert text_of(data["sample-quiz.pdf"]).count("x") >= 3000
    assert text_of(data["sample-key.pdf"]).count("x") >= 3000


def test_large_print_is_large() -> None:
    look = read_look(TEMPLATES, large_print=True)[0]

    assert look.sizes.text >= 18
    assert look.sizes.leading >= 1.5


def test_a_blank_does_not_tell_the_length_of_its_answer() -> None:
    sheets = [replace(SHEET, sections=(section_with_answer(length),)) for length in range(1, 40)]
    widths = {blank_width(laid_out(job(sheet), sheet)) for sheet in sheets}

    assert len(widths) <= 3


def section_with_answer(length: int) -> Section:
    from tests.samples import CLOZE  # noqa: PLC0415 - only here

    one = CLOZE.with_one_gap(2)
    pieces = tuple(replace(p, answers=("x" * length,)) if not isinstance(p, str) else p for p in one.pieces)
    return sheet_of([replace(one, pieces=pieces)]).sections[0]


def blank_width(pages: list[Page]) -> float:
    [placed] = [placed for placed in pages[0].placed if "/LI:1" in placed.block.base]
    [rule] = [piece for piece in placed.block.pieces if not piece.role]
    return round(rule.width, 2)


def test_a_text_is_wrapped_once_however_many_versions_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrapped: list[object] = []
    original = Setter._set

    def counted(self: Setter, *given: object) -> object:
        wrapped.append(given)
        return original(self, *given)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(Setter, "_set", counted)

    write(job(*versions(1), key="none"))
    one = len(wrapped)
    write(job(*versions(40), key="none"))
    more = len(wrapped) - one

    assert one > 50
    assert more < one + 40 * 12  # titles and footers of each version, and nothing of its questions


@pytest.mark.slow
def test_time_grows_with_the_number_of_versions_and_no_faster() -> None:
    write(job(*versions(2)))

    few, many = (cpu_of(versions(count, questions=10)) for count in (15, 150))

    assert many / few < 13


def cpu_of(sheets: list[Sheet]) -> float:
    given = job(*sheets, key="none")
    times = []
    for _ in range(2):
        start = time.process_time()
        write(given)
        times.append(time.process_time() - start)
    return min(times)


def test_no_line_ends_inside_a_date_or_between_a_number_and_its_unit() -> None:
    things = ("20 February 1962", "February 1962", "312 m", "2 million", "44 BCE")
    asked = [
        replace(RECALL, about=about(f"f{number}", "when"), prompt=f"{'so ' * number}it went ({thing}), and on it went")
        for number, thing in enumerate(thing for _ in range(12) for thing in things)
    ]
    said = text_of(write(job(sheet_of(asked), key="none")).files["sample-quiz.pdf"])

    for thing in things:
        assert said.count(f"({thing})") == 12


@pytest.mark.parametrize("text", ["20 February 1962", "(20 February 1962) and 1,234 million km, 44 BCE"])
def test_where_there_is_no_room_for_a_date_its_lines_end_inside_it(text: str) -> None:
    kit = Document(job(SHEET), "x").kit
    widest = max(kit.setter.natural_width(word, kit.styles.text) for word in text.split())
    lines = kit.setter.paragraph(text, kit.styles.text, widest + 1)

    assert lines.width <= widest + 1
    assert len(lines.lines) <= len(text.split())


@pytest.mark.parametrize(
    "answer, unit, side",
    [
        *(("about $450 million", "$", "left"), ("$5", "$", "left"), ("CHF 5", "CHF", "left")),
        *(("5 km", "km", "right"), ("at most 5 t", "t", "right"), ("5 €", "€", "right")),
    ],
)
def test_a_unit_stands_where_the_answer_has_it(answer: str, unit: str, side: str) -> None:
    sheet = sheet_of([replace(NUMERIC, answers=(answer,), unit=unit)])
    [page] = laid_out(job(sheet, key="none"), sheet)
    pieces = [piece for each in page.placed for piece in each.block.pieces]
    [at] = [number for number, piece in enumerate(pieces) if piece.role.endswith("P:unit")]
    rule = pieces[at - 1]

    assert rule.paragraph is None
    assert ("left" if pieces[at].x + pieces[at].width < rule.x else "right") == side
    assert side == "left" or rule.x + rule.width < pieces[at].x


def test_pages_of_the_reader_are_those_of_the_layout() -> None:
    given = job(SHEET, key="none")

    assert len(reader(write(given).files["sample-quiz.pdf"]).pages) == len(laid_out(given, SHEET))


def test_a_block_that_is_cut_in_two_moves_what_it_cannot_cut_and_all_below_it_as_far() -> None:
    kit = Document(job(SHEET), "x").kit
    build = kit.builder()
    tall = kit.setter.paragraph("a tall text " * 30, kit.styles.text, 100)
    build.shape(kit.frame(20, 50), x=120, y=20)  # begins above the cut, and cannot be cut
    build.shape(kit.frame(20, 20), x=120, y=75)
    build.y = build.text(tall, "P")
    parts = build.block().split(60)

    assert parts is not None
    moved = [piece.y for piece in parts[1].pieces if piece.paragraph is None]
    assert moved[1] - moved[0] == 55
    assert min(piece.y for piece in parts[1].pieces) == 0


def test_a_block_that_is_cut_in_two_is_cut_between_texts_where_that_fills_the_page() -> None:
    kit = Document(job(SHEET), "x").kit
    leading = kit.styles.text.leading
    rows = [kit.setter.paragraph(words, kit.styles.text, 60) for words in ("one two three four five six seven", "one")]
    assert [len(row.lines) > 2 for row in rows] == [True, False]
    build = kit.builder()
    for row in (rows[1], rows[1], rows[1], rows[0], rows[1]):
        build.y += build.text(row, "P")
    long = rows[0].height
    parts = build.block().split(leading * 4.5)

    assert parts is not None
    assert parts[0].height == pytest.approx(leading * 3)
    assert [piece.height for piece in parts[1].pieces] == pytest.approx([long, leading])
    alone = kit.builder()
    alone.y += alone.text(rows[1], "P") + alone.text(rows[0], "P", y=leading)
    cut = alone.block().split(leading * 3.5)
    assert cut is not None
    assert cut[0].height == pytest.approx(leading * 3)  # or two thirds of the room were empty


@pytest.mark.parametrize(
    "case", [{"paper": "a5", "two_up": True, "large_print": True}, {"paper": "a5", "large_print": True}]
)
def test_a_long_footer_stands_below_all_text_on_small_paper(case: dict[str, Any]) -> None:
    sheet = replace(SHEET, form="DDZT-GSV-207903-AA", seed=207903, deck_version="JGGH")
    given = job(sheet, **case)
    paper, look = paper_of(given), read_look(TEMPLATES, large_print=True)[0]
    room = paper.room(look)
    for page in laid_out(given, sheet):
        foot = page.placed[-1]
        assert foot.y >= room.top + room.height
        assert foot.y + foot.block.height < paper.height
        assert all(piece.width <= room.width for piece in foot.block.pieces)


def test_four_times_the_words_take_about_four_times_as_long() -> None:
    def taken(words: int) -> float:
        kit = Document(job(SHEET), "x").kit
        text = " ".join(f"w{number % 97}" for number in range(words))
        start = time.process_time()
        kit.setter.paragraph(text, kit.styles.text, 300)
        return time.process_time() - start

    assert any(taken(40_000) < 8 * taken(10_000) for _ in range(3))
