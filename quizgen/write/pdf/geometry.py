"""The geometry of answer sheets as JSON (`quizgen-answer-sheet/1`): what a program needs that marks scanned pages.

All lengths are millimetres from the top left corner of the page; there is a JSON Schema beside the writers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from quizgen.compose import Entry, Sheet, id_of
from quizgen.questions import form_of
from quizgen.write import Job
from quizgen.write.pdf.answers import AnswerPage, AnswerSheets, Filled, Square, code_of
from quizgen.write.pdf.closed import to_mark
from quizgen.write.pdf.look import MM
from quizgen.write.pdf.paper import Paper

FORMAT = "quizgen-answer-sheet/1"


class Geometry:
    """The geometry of all pages of a job, sheet by sheet; with what is right if the `key` is wanted."""

    def __init__(self, *, key: bool) -> None:
        self._key = key
        self._sheets: list[str] = []

    def add(self, sheet: Sheet, pages: Sequence[AnswerPage]) -> None:
        """Tell of the pages of one version, which nobody needs any more then."""
        self._sheets.append(_json(_sheet(sheet, pages, key=self._key)))

    def finish(self, job: Job, paper: Paper, made: AnswerSheets) -> bytes:
        """All of it as JSON."""
        first = job.sheets[0]
        data = {
            "format": FORMAT,
            "deck": {"id": job.deck.id, "title": job.deck.title, "version": first.deck_version},
            "recipe": first.recipe,
            "seed": first.seed,
            "page": {"width": _mm(paper.width), "height": _mm(paper.height)},
            "corners": [_square(square) for square in made.corners],
            "code": [_square(square) for square in made.code],
            "radius": _mm(made.across / 2),
        }
        whole = f'{_json(data)[:-1]},"sheets":[{",".join(self._sheets)}]}}\n'
        return whole.encode("utf-8", "surrogatepass")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _sheet(sheet: Sheet, pages: Sequence[AnswerPage], *, key: bool) -> dict[str, object]:
    with_rows = {filled.entry.number for page in pages for filled in page.rows}
    return {
        "form": sheet.form,
        "version": sheet.version,
        **({"name": sheet.pupil.name} if sheet.pupil else {}),
        "questions": [_question(entry, bubbles=entry.number in with_rows) for entry, _ in to_mark(sheet)],
        "pages": [
            {"page": page.number, "code": code_of(page.number), "rows": [_row(filled, key=key) for filled in page.rows]}
            for page in pages
        ],
    }


def _question(entry: Entry, *, bubbles: bool) -> dict[str, object]:
    return {
        "number": entry.number,
        "id": id_of(entry.question),
        "form": form_of(entry.question),
        "marks": entry.marks,
        "bubbles": bubbles,
    }


def _row(filled: Filled, *, key: bool) -> dict[str, object]:
    row = filled.row
    return {
        "question": filled.entry.number,
        **({"part": row.label} if row.label else {}),
        "several": row.several,
        "bubbles": [
            {
                "option": row.options[bubble.option],
                "means": row.means[bubble.option],
                "x": _mm(bubble.x),
                "y": _mm(bubble.y),
                **({"right": bubble.option in row.right} if key else {}),
            }
            for bubble in filled.bubbles
        ],
    }


def _square(square: Square) -> dict[str, float]:
    return {"x": _mm(square.x), "y": _mm(square.y), "side": _mm(square.side)}


def _mm(points: float) -> float:
    return round(points / MM, 2)
