"""The measure of `test_pdf`: the same quiz as a plain script with reportlab's Platypus prints it.

What a good user of reportlab would write for a class: embedded fonts, one document with all versions and one with all
keys, questions kept together. It does less than quizgen where Platypus has nothing to offer: no tags, no bookmarks, no
"page x of y", no circles around letters, no options side by side.

    python plain_platypus.py SHEETS.json FONTS OUT
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 20 * mm, 18 * mm, 20 * mm

TEXT = ParagraphStyle("text", fontName="Regular", fontSize=10.5, leading=14.9)
STEM = ParagraphStyle(
    "stem", parent=TEXT, leftIndent=23, bulletIndent=0, spaceBefore=15, bulletFontName="Bold", bulletFontSize=10.5
)
OPTION = ParagraphStyle(
    "option", parent=TEXT, leftIndent=42, bulletIndent=23, spaceBefore=4, bulletFontName="Bold", bulletFontSize=10.5
)
ANSWER = ParagraphStyle("answer", parent=STEM, spaceBefore=6)
MORE = ParagraphStyle("more", parent=TEXT, fontSize=8.5, leading=12, leftIndent=23)
TITLE = ParagraphStyle("title", parent=TEXT, fontName="Bold", fontSize=20, leading=24)
HEADING = ParagraphStyle("heading", parent=TEXT, fontName="Bold", fontSize=13, leading=16, spaceBefore=24)
FIELDS = TableStyle([("FONT", (0, 0), (-1, -1), "Regular", 10.5), ("LINEBELOW", (0, 0), (-1, -1), 0.6, "#737373")])
STRIP = TableStyle([("FONT", (0, 0), (-1, -1), "Regular", 10.5)])


class Version(Flowable):
    """What the footers say from here on; it takes no room."""

    def __init__(self, document: Any, left: str, right: str) -> None:  # noqa: ANN401 - reportlab's
        super().__init__()
        self.document, self.left, self.right = document, left, right

    def wrap(self, width: float, height: float) -> tuple[float, float]:  # noqa: ARG002 - as reportlab calls it
        return 0, 0

    def draw(self) -> None:
        self.document.told = self.left, self.right, self.document.page - 1


def foot(canvas: Any, document: Any) -> None:  # noqa: ANN401 - reportlab's
    left, right, before = document.told
    canvas.setFont("Regular", 7.5)
    canvas.drawString(SIDE, 10 * mm, left)
    canvas.drawRightString(WIDTH - SIDE, 10 * mm, f"{right} · Page {document.page - before}")


def document_of(path: Path, title: str) -> BaseDocTemplate:
    document = BaseDocTemplate(str(path), pagesize=A4, title=title, lang="en", initialFontName="Regular", invariant=1)
    frame = Frame(SIDE, BOTTOM, WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame], onPageEnd=foot)])
    return document


def which(told: dict[str, Any]) -> str:
    return f"{told['form']} · seed {told['seed']} · deck {told['deck_version']}"


def sheet(document: BaseDocTemplate, told: dict[str, Any]) -> Iterator[Flowable]:
    yield Version(document, which(told), f"Version {told['version']}")
    yield Table([[told["title"], told["version"]]], [450, 32], style=[("FONT", (0, 0), (-1, -1), "Bold", 20)])
    fields = [["Name", "Class"], ["Date", f"Marks / {told['marks']}"]]
    yield Table(fields, [320, 160], style=FIELDS, hAlign="LEFT")
    yield Paragraph(escape(told["intro"]), TEXT)
    for section in told["sections"]:
        yield Paragraph(escape(section["heading"]), HEADING)
        yield Paragraph(escape(section["instruction"]), TEXT)
        for entry in section["entries"]:
            marks = f"{entry['marks']} mark" + "s" * (entry["marks"] > 1)
            stem = Paragraph(f"{escape(entry['prompt'])} <font size=8.5>{marks}</font>", STEM, f"{entry['number']}.")
            options = [
                Paragraph(escape(option), OPTION, letter)
                for letter, option in zip("ABCDEFGH", entry["options"], strict=False)
            ]
            yield KeepTogether([stem, *options])
    yield PageBreak()


def key(document: BaseDocTemplate, told: dict[str, Any]) -> Iterator[Flowable]:
    entries = [entry for section in told["sections"] for entry in section["entries"]]
    yield Version(document, which(told), f"Answer key · Version {told['version']}")
    yield Paragraph(f"Answer key · Version {told['version']}", TITLE)
    yield Paragraph(f"{escape(told['title'])} · {told['form']}", MORE)
    yield HRFlowable(width="100%")
    cells = [text for entry in entries for text in (str(entry["number"]), entry["key"])]
    yield Table([cells[i : i + 10] for i in range(0, len(cells), 10)], [30, 60] * 5, style=STRIP)
    yield HRFlowable(width="100%")
    for entry in entries:
        answer = Paragraph(f"<b>{entry['key']}</b> {escape(entry['answer'])}", ANSWER, f"{entry['number']}")
        yield KeepTogether([answer, Paragraph(escape(entry["more"]), MORE)])
    yield PageBreak()


def main(sheets: Path, fonts: Path, out: Path) -> None:
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"NotoSans-{name}.ttf")))
    pdfmetrics.registerFontFamily("Regular", "Regular", "Bold", "Regular", "Bold")
    versions = json.loads(sheets.read_text(encoding="utf-8"))
    for part, name in ((sheet, "quiz"), (key, "key")):
        document = document_of(out / f"{name}.pdf", versions[0]["title"])
        document.build([flowable for told in versions for flowable in part(document, told)])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
