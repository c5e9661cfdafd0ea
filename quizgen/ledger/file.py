"""The file of a ledger: JSON of one entry a line, so that it merges well; a damaged one is a problem with a remedy."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TypeVar

from quizgen.ledger.lines import Ledger, Line
from quizgen.problems import Place, Problem, error, quoted

FORMAT = "quizgen-ledger/1"
SUFFIX = ".ledger.json"
_CARD = "card"  # the third of a line's parts, where learners have it as a note
_AND_CARD = f', "{_CARD}"'
_LARGEST = 256 << 20  # bytes; 100,000 facts have some 60 MB, with long ids twice as much
_LAST = 1 << 35  # no sane clock says more; what does is damage
_T = TypeVar("_T")


def path_beside(deck_file: Path) -> Path:
    """Where the ledger of the deck in that file stands."""
    return deck_file.with_suffix(SUFFIX)


def to_bytes(ledger: Ledger) -> bytes:
    """The ledger as JSON, sorted, one entry a line: what two people add, git puts together."""
    written = BytesIO()
    with TextIOWrapper(written, "utf-8", "surrogatepass", newline="\n") as text:  # row by row: all at once is thrice it
        text.write(f'{{\n"format": {_key(FORMAT)}')
        text.writelines(_section_of("lines", ledger.lines, _parts))
        text.writelines(_section_of("looks", ledger.looks, _parts))
        text.writelines(_section_of("retired", ledger.retired, _text))
        text.writelines(_section_of("slots", ledger.slots, str))
        text.write("\n}\n")
        text.flush()
        return written.getvalue()


_key = json.encoder.encode_basestring_ascii  # what `json.dumps` makes of a text,
_text = json.encoder.encode_basestring  # and without `ensure_ascii`


def _section_of(name: str, entries: Mapping[str, _T], entry: Callable[[_T], str]) -> Iterator[str]:
    yield f',\n"{name}": {{'
    before = "\n"
    for key in sorted(entries):
        yield f"{before}{_key(key)}: {entry(entries[key])}"
        before = ",\n"
    yield "\n}" if entries else "}"


def _parts(line: Line) -> str:
    """A line as the list that JSON makes of it; of 40,000, putting it together takes a fifth of the time."""
    return f"[{_text(line.digest)}, {line.changed}{_AND_CARD if line.card else ''}]"


class _Damaged(ValueError):
    """A ledger that cannot be trusted; `line` is where, 0 for the whole."""

    def __init__(self, says: str, remedy: str = "", line: int = 0) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
        self.line = line


_RESTORE = "Restore this file from your version control or a copy: learners' progress hangs on it."
_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \n]|\Z)", re.MULTILINE)


def read_ledger(path: Path) -> tuple[Ledger, tuple[Problem, ...]]:
    """The ledger in that file, empty where there is none; a damaged one is a problem, never an empty ledger."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # what is read of a pipe never ends
            return Ledger(), (error(Place(str(path)), "this ledger is not a file", _RESTORE),)
        with path.open("rb") as file:  # before all else: a build hangs on what it opens, or finds missing
            size = os.fstat(file.fileno()).st_size
            data = file.read() if size <= _LARGEST else b""
    except FileNotFoundError:
        return Ledger(), ()
    except OSError as failure:
        return Ledger(), (error(Place(str(path)), f"this ledger cannot be read: {failure.strerror}", _RESTORE),)
    if size > _LARGEST:
        says = f"this ledger is larger than {_LARGEST >> 20} MB, which no deck's is"
        return Ledger(), (error(Place(str(path)), says, _RESTORE),)
    try:
        return _ledger(data), ()
    except _Damaged as damage:
        place = Place(str(path), damage.line, 1 if damage.line else 0)
        return Ledger(), (error(place, f"this ledger {damage.says}", damage.remedy or _RESTORE),)


def _ledger(data: bytes) -> Ledger:
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as failure:
        raise _Damaged("is not UTF-8", line=data.count(b"\n", 0, failure.start) + 1) from failure
    conflict = _CONFLICT.search(text)
    if conflict:
        raise _Damaged(
            f"has the mark {quoted(conflict[1])} of a merge that was not finished",
            "Keep the lines of both sides and take out the marks; of two lines for one question keep the one with the "
            "larger number. Then build.",
            text.count("\n", 0, conflict.start()) + 1,
        )
    try:
        read = json.loads(text, object_pairs_hook=_merged)
    except json.JSONDecodeError as failure:
        raise _Damaged(f"is not JSON here: {failure.msg}", line=failure.lineno) from failure
    except RecursionError as failure:
        raise _Damaged("is nested too deeply") from failure
    except ValueError as failure:  # a number of thousands of digits
        if isinstance(failure, _Damaged):
            raise
        raise _Damaged("has a number that cannot be read") from failure
    if not isinstance(read, dict) or "format" not in read:
        raise _Damaged(f'does not say \'"format": "{FORMAT}"\'')
    if read["format"] != FORMAT:
        raise _Damaged(f"has the format {quoted(str(read['format']))}", f"This quizgen knows {FORMAT}: is yours old?")
    unknown = sorted(set(read) - {"format", "lines", "looks", "retired", "slots"})
    if unknown:
        raise _Damaged(f"has a part {quoted(unknown[0])} that is not known")
    return Ledger(
        lines=_section(read, text, "lines", _line, steps=2),
        looks=_section(read, text, "looks", _line, steps=1),
        retired=_section(read, text, "retired", _why, steps=0),
        slots=_section(read, text, "slots", _slot, steps=1),
    )


def _merged(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which a key may come twice, as after a merge by git: of two lines the later change holds."""
    entries: dict[str, object] = {}
    for key, value in pairs:
        old = entries.get(key, value)
        if old != value:
            try:
                value = max((old, value), key=lambda entry: _line(entry).changed)  # noqa: PLW2901 - settled here
            except _Damaged:
                raise _Damaged(f"says two things of {quoted(key)}", "Keep the one that was there first.") from None
        entries[key] = value
    return entries


def _section(
    read: dict[str, object], text: str, name: str, entry: Callable[[object], _T], *, steps: int
) -> dict[str, _T]:
    """One part of the ledger, whose keys have so many slashes; `text` is all of it."""
    found = read.get(name, {})
    if not isinstance(found, dict):
        raise _Damaged(f"has no entries in {quoted(name)}", line=_line_of(name, text))
    entries: dict[str, _T] = {}
    for key, value in found.items():
        if key.count("/") != steps:
            says = f"has {quoted(key)} in {quoted(name)}, which is no key there"
            raise _Damaged(says, line=_line_of(key, text, name))
        try:
            entries[key] = entry(value)
        except _Damaged as damage:
            says = f"{damage.says} for {quoted(key)} in {quoted(name)}"
            raise _Damaged(says, line=_line_of(key, text, name)) from damage
    return entries


def _line_of(key: str, text: str, section: str = "") -> int:
    """The line on which a key stands in the text of a ledger, in that section; 0 if it is written in another way."""
    begin = text.find(f'"{section}": {{') if section else 0
    found = text.find(f"{json.dumps(key)}:", max(begin, 0))
    return text.count("\n", 0, found) + 1 if found >= 0 else 0


def _line(value: object) -> Line:
    match value:
        case [str(mark), int(changed), *card] if (
            not isinstance(changed, bool) and 0 < changed < _LAST and card in ([], [_CARD])
        ):
            return Line(digest=mark, changed=changed, card=bool(card))
        case _:
            raise _Damaged("has something else than a digest and a time")


def _why(value: object) -> str:
    if not isinstance(value, str):
        raise _Damaged("has something else than a reason")
    return value


def _slot(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 500:  # noqa: PLR2004 - Anki's own bound
        raise _Damaged("has something else than a number from 1 to 499")
    return value
