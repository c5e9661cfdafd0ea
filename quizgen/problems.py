"""Problems: what is wrong in a user's file, where, and the remedy.

Everything that a user can cause is a `Problem`; all problems of a run are collected and shown at once, sorted by
place. Anything else that goes wrong is our own bug and keeps its traceback.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SHOWN = 60  # characters of a user's text that a message quotes
EXCERPT = 160  # characters of a source line that an excerpt shows
LONGEST = 1_000  # characters of a message


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file; `line` and `column` count from 1, `column` in characters.

    Line 0 is the file as a whole, column 0 the line as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        spot = f":{self.line}:{self.column}" if self.column else f":{self.line}" if self.line else ""
        return self.file + spot


class Level(StrEnum):
    """An error stops the build of its deck; a warning does not, unless `--strict` is given."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong (one plain sentence without a full stop), where, and the remedy (a sentence) where we know one."""

    place: Place
    says: str
    remedy: str = ""
    level: Level = Level.ERROR
    rule: str = ""  # the name of the check that found it, where it has one


def error(place: Place, says: str, remedy: str = "") -> Problem:
    """A problem that stops the build."""
    return Problem(place, says, remedy)


def warning(place: Place, says: str, remedy: str = "", *, rule: str = "") -> Problem:
    """A problem that is only told."""
    return Problem(place, says, remedy, Level.WARNING, rule)


def has_errors(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Whether these problems stop a build."""
    return any(strict or problem.level is Level.ERROR for problem in problems)


# Control, format (bidi, zero-width), surrogate, private and unassigned characters, and spaces other than U+0020.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})


def visible(text: str, limit: int = SHOWN) -> str:
    """`text` safe to print: characters that cannot be seen or that steer a terminal as <U+202E>; long text is cut."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"<U+{ord(char):04X}>" if char != " " and unicodedata.category(char) in _HIDDEN else char for char in text
    )


def quoted(text: str) -> str:
    """`text` in single quotes, made visible: how messages quote a user's words."""
    return f"'{visible(text)}'"


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """The remedy for a misspelt word: the nearest known one, or else `otherwise`."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - needed only when there is something to report

    choices = sorted(known)
    folded = word[:SHOWN].casefold()
    best = process.extractOne(folded, [choice.casefold() for choice in choices], scorer=fuzz.ratio, score_cutoff=60)
    return f"Did you mean '{choices[best[2]]}'?" if best else otherwise


def render(problem: Problem, lines: Sequence[str] = ()) -> str:
    """One problem as text: `file:line:col: what [rule]`, the line with a caret under the column, and the remedy.

    `lines` are the lines of the problem's file; without them there is no excerpt.
    """
    level = "warning: " if problem.level is Level.WARNING else ""
    rule = f" [{problem.rule}]" if problem.rule else ""
    out = [f"{_safe(str(problem.place))}: {level}{_safe(problem.says)}{rule}"]
    place = problem.place
    excerpt = _excerpt(lines, place) if place.line else []
    out.extend(excerpt)
    if problem.remedy:
        out.append(f"  {_safe(problem.remedy)}")
    return "\n".join(out)


def _safe(text: str) -> str:
    """A message made visible as a whole, whatever of a user's text or file names it quotes, and not endless."""
    return visible(text, LONGEST)


def _excerpt(lines: Sequence[str], place: Place) -> list[str]:
    if place.line > len(lines):
        return []
    line = lines[place.line - 1]
    at = max(place.column - 1, 0)
    start = max(0, place.column - EXCERPT // 2) if place.column > EXCERPT else 0
    before = visible(line[start:at].replace("\t", " "), EXCERPT)
    after = visible(line[at : at + EXCERPT + 1].rstrip("\r\n").replace("\t", " "), EXCERPT)  # of a line of megabytes
    gutter = f"{place.line:>4} | "
    rows = [gutter + before + after]
    if place.column:
        rows.append(" " * (len(gutter) - 2) + "| " + " " * _width(before) + "^")
    return rows


def _width(text: str) -> int:
    """Columns that a terminal gives to `text`."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.combining(char) != 0 for char in text)
    return len(text) + wide - marks


def report(problems: Iterable[Problem]) -> str:
    """All problems, sorted by place, each once, with excerpts read again from their files."""
    files: dict[str, list[str]] = {}
    out = []
    for problem in sorted(set(problems)):
        file = problem.place.file
        if problem.place.line and file not in files:  # else it may be a file that cannot or should not be read
            files[file] = _read(Path(file))
        out.append(render(problem, files.get(file, ())))
    return "\n".join(out)


def _read(path: Path) -> list[str]:
    """The lines of a file; none where it cannot be read."""
    try:
        return lines_of(path.read_bytes())
    except OSError:
        return []


def lines_of(data: bytes) -> list[str]:
    """The lines of a file as editors count them."""
    return re.split("\r\n|\n|\r", data.decode("utf-8-sig", errors="replace"))
