"""Parts of a quiz are encoded and tagged once, and filled in where they stand: as if each had been drawn anew."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from quizgen.compose import Layout, Sheet
from quizgen.language import Language
from quizgen.questions import Choice
from quizgen.write.pdf import write
from quizgen.write.pdf.document import Document
from quizgen.write.pdf.flow import Page, Placed
from quizgen.write.pdf.tags import Element, Growth
from tests.pdf_jobs import ENGLISH, job, picture, reader, sheet_of, versions
from tests.samples import QUESTIONS, RECALL, about

MIRRORED = replace(ENGLISH, direction="rtl")
PICTURED = replace(RECALL, about=about("pictured", "when", picture=picture(alt="901000001 of 900000002.")))
HOLES = replace(RECALL, prompt="Is it 900000000 or 901000001, \x7f%d %b %% (100%)?")  # what stands for a hole inside


def plainly(page: Page) -> Page:
    """The page without parts: each piece by itself."""
    return Page([Placed(x, y, replace(block, stands=block.pieces)) for x, y, block in page.placed])


def drawn(sheets: list[Sheet], language: Language, *, parts: bool) -> bytes:
    """The quiz and the key of these sheets in one file."""
    document = Document(job(*sheets, language=language), "A sample")
    for sheet in sheets:
        for pages in (document.sheet(sheet), document.key(sheet)):
            document.add(pages if parts else [plainly(page) for page in pages])
    return document.finish()


def dealt(seed: int) -> list[Sheet]:
    """Versions of one quiz with every form, in orders of their own, where numbers are two digits long too."""
    chance = random.Random(seed)  # noqa: S311 - a shuffle
    sheets = []
    for number in range(4):
        ones = [*QUESTIONS, PICTURED, HOLES, *QUESTIONS]
        for place, one in enumerate(ones):
            if isinstance(one, Choice):
                ones[place] = replace(one, options=tuple(chance.sample(one.options, len(one.options))))
        chance.shuffle(ones)
        layout = Layout(columns=1 + number % 2)
        sheets.append(replace(sheet_of(ones), version=f"V{number}", layout=layout))
    return [*sheets, sheets[0]]  # one comes twice: two pupils of one name


def letters(data: bytes) -> Iterator[list[tuple[str, tuple[int, ...]]]]:
    """Each letter of each page and where it stands, in tenths of a point."""
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [tuple(round(edge * 10) for edge in text.get_charbox(i)) for i in range(text.count_chars())]
        yield list(zip(text.get_text_range(), boxes, strict=False))


def elements(data: bytes) -> list[Any]:
    """The structure: types, words in place of pictures, marks by page and number, in reading order."""
    pdf = reader(data)
    pages = {page.indirect_reference.idnum: number for number, page in enumerate(pdf.pages)}  # type: ignore[union-attr]

    def told(given: Any, home: int) -> Any:  # noqa: ANN401 - pypdf's objects
        element = given.get_object() if hasattr(given, "get_object") else given
        if isinstance(element, int):
            return (home, int(element))
        if "/Pg" in element:
            home = pages[element.raw_get("/Pg").idnum]
        if "/MCID" in element:
            return (home, int(element["/MCID"]))
        kids = element["/K"]
        parts = kids if isinstance(kids, list) else [kids]
        return [str(element["/S"]), str(element.get("/Alt", "")), [told(part, home) for part in parts]]

    return told(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"], 0)  # type: ignore[no-any-return, index]


@pytest.mark.parametrize("language", [ENGLISH, MIRRORED], ids=["ltr", "rtl"])
@pytest.mark.parametrize("seed", [1, 2])
def test_parts_are_what_their_pieces_would_be(seed: int, language: Language) -> None:
    sheets = dealt(seed)
    quick, plain = (drawn(sheets, language, parts=parts) for parts in (True, False))

    assert elements(quick) == elements(plain)
    pages = list(zip(letters(quick), letters(plain), strict=True))
    assert len(pages) > 10
    for one, other in pages:
        assert [letter for letter, _ in one] == [letter for letter, _ in other]
        boxes = zip((box for _, box in one), (box for _, box in other), strict=True)
        away = [abs(a - b) for here, there in boxes for a, b in zip(here, there, strict=True)]
        assert max(away) <= 1


def test_each_mark_of_a_page_belongs_to_the_element_that_lists_it() -> None:
    pdf = reader(write(job(*versions(3, questions=12), key="appended")).files["sample-quiz.pdf"])
    root: Any = pdf.trailer["/Root"]["/StructTreeRoot"]  # type: ignore[index]  # pypdf's objects
    owners: dict[int, Any] = {}
    for leaf in root["/ParentTree"]["/Kids"]:
        rows = leaf.get_object()["/Nums"]
        owners.update(zip(map(int, rows[::2]), rows[1::2], strict=True))

    assert sorted(owners) == list(range(len(pdf.pages)))
    for number, page in enumerate(pdf.pages):
        for mark, owner in enumerate(owners[number]):
            element = owner.get_object()
            assert element.raw_get("/Pg").idnum == page.indirect_reference.idnum  # type: ignore[union-attr]
            assert mark in element["/K"]


def test_of_a_version_that_is_drawn_nothing_is_held_but_its_section() -> None:
    sheets = versions(24, questions=4)
    document = Document(job(*sheets), "A sample")
    held = []
    gc.disable()  # as while a quiz is written: what goes in circles would be held for ever
    try:
        for sheet in sheets:
            document.add(document.sheet(sheet))
            held.append(sum(isinstance(each, Element | Growth) for each in gc.get_objects()))
    finally:
        gc.enable()
    assert held[-1] > 20
    assert held[-1] - held[3] <= 20 + 2


def test_the_pages_of_a_grid_are_set_one_by_one() -> None:
    sheets = versions(60, questions=4)
    document = Document(job(*sheets), "A sample")
    pages = document.grid(sheets)
    assert iter(pages) is pages
    assert len([page for page in pages if page.placed]) > 3
