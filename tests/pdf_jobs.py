"""Jobs for tests of the PDF writer, and readers of what it wrote that know nothing of quizgen."""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
from PIL import Image

from quizgen.compose import Entry, Section, Sheet
from quizgen.facts import Deck, Picture
from quizgen.language import Language, read_language
from quizgen.ledger import Ledger
from quizgen.questions import Choice, Cloze, Gap, Option, Question, Scale
from quizgen.templates import Templates
from quizgen.write import Job
from quizgen.write.pdf.blocks import Piece
from quizgen.write.pdf.document import Document
from quizgen.write.pdf.flow import Page
from tests.samples import BANK, ORDER, RECALL, SHEET, about

TEMPLATES = Templates.found(project=Path("/nonexistent"))
ENGLISH = read_language(TEMPLATES, "en")[0]


def job(*sheets: Sheet, language: Language = ENGLISH, templates: Templates = TEMPLATES, **more: object) -> Job:
    """A job that prints these sheets."""
    deck = Deck(id="sample", title="Bridges", language=language.code, file=Path("deck.yaml"), kinds={}, facts=())
    given: dict[str, object] = {"key": "separate"} | more
    return Job(
        name="sample",
        deck=deck,
        bank=BANK,
        sheets=sheets or (SHEET,),
        language=language,
        templates=templates,
        ledger=Ledger(),
        **given,  # type: ignore[arg-type]  # by hand
    )


def sheet_of(questions: Sequence[Question], **more: object) -> Sheet:
    """A sheet with these questions in one section."""
    entries = tuple(Entry(number=i, question=question, marks=1 + i % 2) for i, question in enumerate(questions, 1))
    section = Section(heading="All", instruction="Answer all.", entries=entries)
    return replace(SHEET, sections=(section,), **({"form": "FORM-1A"} | more))  # type: ignore[arg-type]  # by hand


LONG = (
    "because the piers, which stood in oak below the water line, had rotted within a generation of their building",
    "because the council refused to pay the masons for a second season",
    "because the ferrymen set fire to the timbers on the upstream side one night in spring, and nobody was tried",
    "because of ice",
)


def choices(count: int, deal: int = 0) -> list[Question]:
    """So many choices with texts of their own, options in an order that depends on `deal`."""
    chance = random.Random(deal)  # noqa: S311 - a shuffle
    out: list[Question] = []
    for i in range(count):
        texts = (
            [f"{text} ({i})" for text in LONG] if i % 4 == 3 else [f"{1000 + 7 * i + d}" for d in (0, 300, 5000, 8000)]
        )
        options = [Option(text=text, right=n == 0, why=None if n == 0 else f"No. {n}.") for n, text in enumerate(texts)]
        chance.shuffle(options)
        prompt = f"Why, or when, did thing number <{i}> come about, in the town and in the villages that belong to it?"
        out.append(Choice(about=about(f"c{i}", "when"), prompt=prompt, options=tuple(options), answers=(texts[0],)))
    return out


def versions(count: int, questions: int = 20) -> list[Sheet]:
    """Versions of one quiz: the same questions, options dealt anew."""
    return [
        replace(sheet_of(choices(questions, deal)), version=f"V{deal}", form=f"FORM-{deal}") for deal in range(count)
    ]


def picture(suffix: str = ".png", alt: str = "A level line.") -> Picture:
    """A picture with transparent parts."""
    data = io.BytesIO()
    Image.new("RGBA", (300, 200), (20, 90, 160, 120)).save(data, "PNG")
    return Picture(path=Path("bridge" + suffix), data=data.getvalue(), suffix=suffix, alt=alt)


def bare(text: str) -> str:
    """Text to compare with what a reader of PDFs finds: composed, without spaces and invisible characters."""
    kept = "".join(char for char in text if unicodedata.category(char) != "Cf" and not _selects(char))
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", kept))


def _selects(char: str) -> bool:
    return 0xFE00 <= ord(char) <= 0xFE0F


def text_of(data: bytes) -> str:
    """All text of a PDF as PDFium finds it."""
    return "\n".join(pages_of(data))


def other_text_of(data: bytes) -> str:
    """All text of a PDF as pypdf finds it. PDFium takes ligatures apart, pypdf turns numbers in Hebrew round."""
    return "\n".join(page.extract_text() for page in reader(data).pages)


def pages_of(data: bytes) -> list[str]:
    """The text of each page as PDFium finds it."""
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in pdf]


def reader(data: bytes) -> pypdf.PdfReader:
    """The PDF as pypdf opens it."""
    return pypdf.PdfReader(io.BytesIO(data))


def laid_out(given: Job, sheet: Sheet) -> list[Page]:
    """The pages of one version, with the boxes of all that stands on them."""
    return Document(given, sheet.title).sheet(sheet)


def boxes(page: Page) -> Iterator[tuple[float, float, float, float, Piece]]:
    """Left, top, right and bottom of all pieces of a page, in points from its top left corner."""
    for placed in page.placed:
        for piece in placed.block.pieces:
            left, top = placed.x + piece.x, placed.y + piece.y
            yield left, top, left + piece.width, top + piece.height, piece


TIMELINE = replace(
    ORDER,
    about=about("comet", "order", facts=("fair", "comet", "flood", "war")),
    items=("The fair opens", "The comet returns", "A flood takes the mill", "The long war"),
    values=("1850", "12 March 1851", "1979", "1980–1989"),
    shown=(2, 0, 3, 1),
    scale=Scale(
        measure="time",
        spans=((0.0, 0.0071), (0.0085, 0.0085), (0.9214, 0.9286), (0.9286, 1.0)),
        ticks=((0.0, "1850"), (0.2857, "1890"), (0.5714, "1930"), (0.8571, "1970"), (1.0, "1990")),
    ),
)
BARS = replace(
    ORDER,
    about=about("rivers", "order", facts=("weir", "brook", "river")),
    prompt="Put these rivers in order, the shortest first.",
    items=("the brook", "the weir stream", "the river"),
    values=("3 km", "14 km", "100 km"),
    shown=(1, 2, 0),
    scale=Scale(measure="amount", spans=((0.0, 0.03), (0.0, 0.14), (0.0, 1.0))),
)


def drawn(first: int = 1) -> Sheet:
    """A sheet with a section of each drawing; `first` is the number of its first question."""
    places = ("Sel", "Ombria", "Kandahar", "New York")
    gaps = [
        Cloze(
            about=about(f"gap{i}", "cloze", position=i),
            prompt="Fill in the blank.",
            pieces=(f"Sentence number {i} leads to ", Gap(slot=1, answers=(place,), answer_type="place"), "."),
        )
        for i, place in enumerate(places)
    ]
    cards: list[Question] = [
        replace(RECALL, about=about(f"card{i}", "when"), prompt=f"Front number {i}?", answers=(f"Back number {i}",))
        for i in range(10)
    ]
    parts: list[tuple[str, Sequence[Question]]] = [
        ("passage", gaps),
        ("timeline", [TIMELINE]),
        ("bars", [BARS]),
        ("cards", cards),
    ]
    sections, number = [], first
    for draw, questions in parts:
        entries = [Entry(number=number + i, question=question, marks=1) for i, question in enumerate(questions)]
        number += len(entries)
        bank = tuple(sorted(places)) if draw == "passage" else ()
        sections.append(
            Section(heading=f"The {draw}", instruction="Do it.", entries=tuple(entries), draw=draw, bank=bank)
        )
    return replace(SHEET, sections=tuple(sections))
