"""Rows: a CSV file as rows of cells, each with its place (RFC 4180, with the liberties that spreadsheets take)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quizgen.problems import Problem, error
from quizgen.source import MAX_TEXT
from quizgen.source.nodes import LINE, place_of

MAX_COLUMNS = 1_000
MAX_ROWS = 200_000

_SPACES = re.compile(r" *")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_BREAK = re.compile(r"\r\n|\n|\r")


class Cell(NamedTuple):
    """A cell's text, white space at its ends apart, and its spot in the file."""

    text: str
    spot: int


Row = list[Cell]


def read_rows(text: str, file: str, comma: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows of a table; ends early, with a problem, where quotes make no sense.

    A cell may stand in quotes and then hold commas, line breaks and (doubled) quotes.
    """
    scanner = _Scanner(text, file, comma, problems)
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines > MAX_ROWS:
        says = f"a table of {lines:,} lines; at most {MAX_ROWS:,} are read"
        scanner.refuse(0, says, "Part it, and the deck: nobody learns so much at once.")
        return
    while scanner.at < len(text):
        row = scanner.row()
        if row is None:
            return
        yield row


class _Scanner:
    """Walks through the text; knows the line it is in, and where that begins."""

    def __init__(self, text: str, file: str, comma: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.comma = comma
        self.problems = problems
        self.bare = re.compile(rf"[^{comma}\r\n]*")
        self.at = 0
        self.line = 0
        self.start = 0

    def spot(self) -> int:
        return self.line * LINE + self.at - self.start

    def row(self) -> Row | None:
        row: Row = []
        while True:
            spot = self.spot()
            cell = self.cell()
            if cell is None:
                return None
            row.append(Cell(cell.strip(), spot))
            if not self.text.startswith(self.comma, self.at):
                break
            self.at += 1
            if len(row) == MAX_COLUMNS:
                says = f"a row of more than {MAX_COLUMNS:,} columns"
                self.refuse(self.spot(), says, "Is this a table at all? Save it as CSV once more.")
                return None
        found = _BREAK.match(self.text, self.at)
        if found:
            self.at = self.start = found.end()
            self.line += 1
        elif self.at < len(self.text):
            self.refuse(self.spot(), "text follows a closed quote", 'Write a quote within quotes twice: "".')
            return None
        return row

    def cell(self) -> str | None:
        begin = self.spot()
        opening = _end(_SPACES.match(self.text, self.at))
        if not self.text.startswith('"', opening):
            found = self.bare.match(self.text, self.at)
            self.at = _end(found)
            return self.short(found[0] if found else "", begin)
        closed = _QUOTED.match(self.text, opening)
        if closed is None:
            self.refuse(begin, "the quote that opens here is never closed", "Close it at the end of the text.")
            return None
        for broken in _BREAK.finditer(self.text, opening, closed.end()):
            self.line, self.start = self.line + 1, broken.end()
        self.at = _end(_SPACES.match(self.text, closed.end()))
        return self.short(_BREAK.sub("\n", closed[1].replace('""', '"')), begin)

    def short(self, cell: str, spot: int) -> str:
        if len(cell) <= MAX_TEXT:
            return cell
        says = f"a text of {len(cell):,} characters; at most {MAX_TEXT:,} are read"
        self.problems.append(error(place_of(self.file, spot), says, "Make it shorter."))
        return cell[:MAX_TEXT]

    def refuse(self, spot: int, says: str, remedy: str) -> None:
        self.problems.append(error(place_of(self.file, spot), says, remedy))


def _end(found: re.Match[str] | None) -> int:
    """Where a match of a pattern that always matches ends."""
    assert found is not None  # noqa: S101 - for the type checker
    return found.end()
