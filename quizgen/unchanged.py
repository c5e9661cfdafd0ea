"""Unchanged: whether a build would make again what is there, and need not be made.

What a build makes hangs on the files that it reads, on its options, on the templates and on quizgen itself. A record of
it says what all of these were, and what came of them; while nothing has changed, nothing is made anew. Python itself
tells which files are read (its audit hooks, PEP 578), so that none is forgotten: one that was looked for and not there
counts as well, and so does a folder that was listed. Nothing ever hangs on a record: one that is lost, damaged or of
another time is no record, and the build is made.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import sysconfig
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from quizgen.files import CannotWrite, forget, holds, write_file
from quizgen.templates import Templates, Unusable

_FORMAT = "quizgen-unchanged/1"
_ABSENT = "absent"
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_KEPT = 60  # days for which a record is kept that nobody asks for
_tidied: set[Path] = set()  # folders of records from which the old ones were taken by this run


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build made of a deck: digests of its files by name, and what it said of the deck."""

    owner: str
    files: Mapping[str, str]
    told: str
    summary: str


# ---- what is read ----------------------------------------------------------------------------------------------------


class Reads:
    """The files and folders that are read `with` it, each with a digest of what it held when it was first read."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}

    def __enter__(self) -> Self:
        if not _heard:
            sys.addaudithook(_hear)
            _heard.append(True)
        _now.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        _now.remove(self)

    def last(self, written: Mapping[str, str], *, beside: Collection[str] = ()) -> bool:
        """Whether all is still as it was, but for what the build has `written`: digests by path; it is noted here.

        What was read of the outputs `beside` is forgotten: what they hold now is another matter.
        """
        self.states = {path: before for path, before in self.states.items() if path not in beside}
        for path, before in self.states.items():
            wanted = written.get(path, before)
            if state(path) != wanted:
                return False
            self.states[path] = wanted
        return True

    def note(self, path: str) -> None:
        """This path is being read."""
        if path not in self.states and not path.startswith(_NOT_INPUT):
            self.states[path] = _ABSENT  # to look at it is to read it, too
            self.states[path] = state(path)


_NOT_INPUT = tuple(
    os.path.join(folder, "")  # noqa: PTH118 - the end of a path
    for folder in {
        *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
        *("/dev", "/proc", "/sys"),
        str(Path(__file__).parent),
    }
)
_now: list[Reads] = []  # who wants to know
_heard: list[bool] = []  # Python has no way to take such a hook off again


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if not _now or event not in {"open", "os.listdir", "os.scandir"}:
        return
    path, *more = arguments
    if event == "open" and isinstance(more[-1], int) and more[-1] & _WRITING:
        return
    if isinstance(path, str | bytes | os.PathLike):
        _now[-1].note(os.path.abspath(os.fsdecode(path)))  # noqa: PTH100 - links are followed by reading alone


def state(path: str) -> str:
    """A digest of what a file holds, or of the names in a folder."""
    try:
        if os.path.isdir(path):  # noqa: PTH112 - this runs for every file that is read
            return digest("\0".join(sorted(os.listdir(path))).encode("utf-8", "surrogateescape"))  # noqa: PTH208
        with open(path, "rb") as file:  # noqa: PTH123 - as above
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return _ABSENT


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


# ---- records ---------------------------------------------------------------------------------------------------------


def hangs_on(out: Path, templates: Templates, options: Mapping[str, object]) -> Mapping[str, object] | None:
    """What the build of any deck hangs on in this run; None where it cannot be known."""
    try:
        return {
            "format": _FORMAT,
            "quizgen": _ourselves(),
            "place": os.getcwd(),  # noqa: PTH109 - paths are told as they were given
            "out": os.path.abspath(out),  # noqa: PTH100 - as it is named
            "templates": [templates.digest(), *map(str, templates.folders)],
            "options": options,
        }
    except (OSError, Unusable):
        return None


def record_of(cache: Path, deck: Path, run: Mapping[str, object]) -> Path:
    """Where the record of the build of a deck is kept, in a run that hangs on this."""
    return cache / "builds" / f"{digest(json.dumps({**run, 'deck': str(deck)}, sort_keys=True).encode())[:40]}.json"


def _ourselves() -> list[object]:
    """What tells this quizgen, its Python and the libraries beside it from any other."""
    own = Path(__file__).parent
    sources = sorted((path.as_posix(), path.stat()) for path in own.rglob("*.py"))
    beside = sorted(name for name in os.listdir(sysconfig.get_path("purelib")) if name.endswith("-info"))  # noqa: PTH208
    return [sys.version, sys.platform, beside, [(name, of.st_size, of.st_mtime_ns) for name, of in sources]]


def recalled(record: Path, out: Path) -> Made | None:
    """What that build made, if all that it read, and all that it wrote, is as it was; None where it is not."""
    try:
        read = json.loads(record.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    match read:
        case {
            "reads": dict(reads),
            "owner": str(owner),
            "files": dict(files),
            "told": str(told),
            "summary": str(summary),
        } if all(state(path) == was for path, was in reads.items()) and holds(out, files, owner=owner):
            return Made(owner=owner, files=files, told=told, summary=summary)
        case _:
            return None


def remember(record: Path, made: Made, reads: Mapping[str, str]) -> None:
    """Keep a record of the build; where that is not possible, the next one is made."""
    entries = {"reads": reads, "owner": made.owner, "files": made.files, "told": made.told, "summary": made.summary}
    with contextlib.suppress(CannotWrite, OSError):
        write_file(record, json.dumps(entries, indent=0).encode())
        if record.parent not in _tidied:  # once a run: there may be tens of thousands
            _tidied.add(record.parent)
            forget(record.parent, days=_KEPT)
