"""Class lists: who gets a sheet of their own, in the order of the list. The file comes from anywhere: it is only text.

A `.csv` or `.tsv` file is a table, as spreadsheets and school programs save them: its header names the column, or the
two columns, that hold the names. In any other file each line is a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from quizgen.compose.header import Pupil
from quizgen.deck.rows import Row, read_rows
from quizgen.language import Language
from quizgen.problems import Place, Problem, error, has_errors, quoted, warning
from quizgen.source.nodes import place_of
from quizgen.source.textfile import decode, load

MOST = 1000  # names: as many versions as there can be
LONGEST = 100  # characters of a name
_LARGEST = 1 << 20  # bytes
_BREAK = re.compile("\r\n|\n|\r")
_TABLES = (".csv", ".tsv")
_COMMAS = ("\t", ";", "|", ",")


def read_class(path: Path, language: Language) -> tuple[tuple[Pupil, ...], tuple[Problem, ...]]:
    """The names of a class list in its order (none where it has errors), and all that is wrong with it."""
    data = load(path, Place(str(path)), limit=_LARGEST)
    if isinstance(data, Problem):
        return (), (data,)
    table = path.suffix.lower() in _TABLES
    text, problems = decode(data, str(path), save_as="'CSV UTF-8'" if table else "UTF-8 text", kind="class list")
    if text is None:
        return (), tuple(problems)
    found = list(_table(text, str(path), language, problems) if table else _lines(text, str(path), language))
    names = _checked(found, Place(str(path), 1, 1), problems)
    return (() if has_errors(problems) else names), tuple(sorted(problems))


def _lines(text: str, file: str, language: Language) -> Iterator[Pupil]:
    """The names of a file with one a line; what a header would say is none."""
    for number, line in enumerate(_BREAK.split(text), 1):
        name = _tidy(line)
        if name and not (number == 1 and _is(name, "name", language)):
            yield Pupil(name, Place(file, number, len(line) - len(line.lstrip()) + 1))


def _table(text: str, file: str, language: Language, problems: list[Problem]) -> Iterator[Pupil]:
    head = _BREAK.split(text, maxsplit=1)[0]
    comma = max(_COMMAS, key=lambda sign: (head.count(sign), _COMMAS.index(sign)))
    rows = [row for row in read_rows(text, file, comma, problems) if any(cell.text for cell in row)]
    if not rows:
        return
    columns = _columns(rows[0], file, language, problems)
    body = rows[1:] if columns else rows
    if not columns and max(map(len, rows)) > 1:
        says = f"this list has {max(map(len, rows))} columns, and no header says which of them is the name"
        problems.append(error(_place(file, rows[0], 0), says, "Write 'name' at the head of that column."))
        return
    for row in body:
        if columns and (beyond := [number for number in range(len(rows[0]), len(row)) if row[number].text]):
            says = f"this row goes on where the header ends, after {len(rows[0])} column{'s' * (len(rows[0]) > 1)}"
            remedy = f"If {quoted(comma)} belongs to a name, put that in quotes; else write a header for every column."
            problems.append(error(_place(file, row, beyond[0]), says, remedy))
        spots = [number for number in columns or (0,) if number < len(row) and row[number].text]
        if spots:
            yield Pupil(_tidy(" ".join(row[number].text for number in spots)), _place(file, row, min(spots)))
        else:
            says = "there is no name in this row"
            problems.append(warning(_place(file, row, 0), says, "It gets no sheet. Write a name, or delete the row."))


def _columns(header: Row, file: str, language: Language, problems: list[Problem]) -> tuple[int, ...]:
    """The columns that hold the parts of a name, in the order in which it is said; none where this is no header."""

    def column(part: str) -> list[int]:
        found = [number for number, cell in enumerate(header) if _is(cell.text, part, language)]
        for number in found[1:]:
            says = (
                f"{quoted(header[number].text)} heads a second column of names, after {quoted(header[found[0]].text)}"
            )
            problems.append(error(_place(file, header, number), says, "Give one of the two another heading."))
        return found[:1]

    return tuple(column("name") or column("first") + column("last"))


def _is(text: str, part: str, language: Language) -> bool:
    """Whether a word at the head of a column says that this part of a name stands below it."""
    return re.sub(r"[\s_-]+", " ", text.strip().casefold()) in language.words.get(f"class-list.{part}", ())


def _checked(found: list[Pupil], start: Place, problems: list[Problem]) -> tuple[Pupil, ...]:
    known: dict[str, Place] = {}
    wrong = {problem.place for problem in problems}
    for name, place in found:
        if len(name) > LONGEST and place not in wrong:
            says = f"a name of {len(name):,} characters; at most {LONGEST} are printed"
            problems.append(error(place, says, "Is this one name a line, and nothing else?"))
        if len(found) > MOST:
            continue
        first = known.setdefault(unicodedata.normalize("NFKC", name).casefold(), place)
        if first is not place:
            says = f"{quoted(name)} stands here again; first on line {first.line}"
            problems.append(warning(place, says, "Both get a sheet. Delete one, or tell the two apart.", rule="twice"))
    if len(found) > MOST:
        problems.append(
            error(found[MOST].place, f"{len(found):,} names; at most {MOST:,} get a sheet", "Part the list.")
        )
    if not found and not has_errors(problems):
        problems.append(error(start, "there is no name in this list", "Write one name a line."))
    return tuple(found)


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _place(file: str, row: Row, column: int) -> Place:
    return place_of(file, row[column].spot)
