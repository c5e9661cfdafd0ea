"""The list of our files in a folder: which deck each belongs to, and its digest.

It is `build.json`. Where there are very many files, to write it anew for each deck would take longer than to make the
deck: then what a deck has is added as a line to `build-more.jsonl`, which holds over the list, until there are so many
lines that the list is worth writing. A line that was not written to its end counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from quizgen.files.disk import CannotWrite, append, stage, sync, write_new

RECORD = "build.json"
MORE = "build-more.jsonl"
_FORMAT = "quizgen-build/1"
_text = json.encoder.encode_basestring_ascii  # what `json.dumps` makes of a text


@dataclass(frozen=True, slots=True)
class Ours:
    """A file of a set: whose it is, and the digest of its content."""

    owner: str
    digest: str


@dataclass(slots=True)
class Listing:
    """Our files by name, and by owner; `lines` were added to the list, and end at the byte `end`."""

    files: dict[str, Ours] = field(default_factory=dict)
    by_owner: dict[str, dict[str, Ours]] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)  # each name, by that in small letters
    together: set[str] = field(default_factory=set)  # owners that are several decks in one: no deck's id has a dot
    lines: int = 0
    end: int = 0

    def of(self, owner: str) -> dict[str, Ours]:
        """The files of that owner."""
        return self.by_owner.get(owner, {})

    def has(self, owner: str, files: Mapping[str, Ours]) -> None:
        """From now on these are all that the owner has."""
        for name in self.by_owner.pop(owner, {}):
            if self.files[name].owner == owner:
                del self.files[name]
        for name, ours in files.items():
            self.files[name] = ours
            self.spelled[name.casefold()] = name
        if files:
            self.by_owner[owner] = dict(files)
            if "." in owner:
                self.together.add(owner)


_Stamp = tuple[tuple[int, ...] | None, ...]
_last: list[tuple[_Stamp, Listing]] = []  # at most one: of ten thousand decks each needs it


def listed(folder: Path, is_plain: Callable[[str], bool]) -> Listing:
    """The list of a folder. Raises `CannotWrite` where what has its name is none."""
    stamp = _stamp(folder)
    if _last and _last[0][0] == stamp and any(stamp):  # the same files, by whatever path
        return _last[0][1]
    listing = Listing()
    for owner, files in _of_list(folder / RECORD, is_plain).items():
        listing.has(owner, files)
    _with_more(listing, folder / MORE, is_plain)
    _last[:] = [(stamp, listing)]
    return listing


def _stamp(folder: Path) -> _Stamp:
    """What changes whenever one of the two files does."""
    return tuple(_state(folder / name) for name in (RECORD, MORE))


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        of = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns, of.st_ctime_ns


def _of_list(path: Path, is_plain: Callable[[str], bool]) -> dict[str, dict[str, Ours]]:
    """The files in `build.json`, by owner."""
    data = _content(path)
    if data is None:
        return {}
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        record = None
    match record:
        case {"format": "quizgen-build/1", "files": dict(files)} if all(is_plain(name) for name in files):
            with contextlib.suppress(TypeError, KeyError):
                found: dict[str, dict[str, Ours]] = {}
                for name, file in files.items():
                    ours = Ours(str(file["deck"]), str(file["sha256"]))
                    found.setdefault(ours.owner, {})[name] = ours
                return found
        case _:
            pass
    raise _not_ours(path)


def _with_more(listing: Listing, path: Path, is_plain: Callable[[str], bool]) -> None:
    """Read what was added to the list."""
    data = _content(path)
    if data is None:
        return
    listing.end = data.rfind(b"\n") + 1
    for line in data[: listing.end].splitlines():
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        match entry:
            case {"deck": str(owner), "files": dict(files)} if all(map(is_plain, files)):
                listing.has(owner, {name: Ours(owner, str(digest)) for name, digest in files.items()})
                listing.lines += 1
            case _:
                raise _not_ours(path)


def _content(path: Path) -> bytes | None:
    """What is in that file; None where there is none. Raises `CannotWrite` for what has no end, or never comes."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _not_ours(path)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _not_ours(path: Path) -> CannotWrite:
    remedy = "Move it away, or choose another folder with --out."
    return CannotWrite(path, "this is not the list of files that quizgen keeps under this name", remedy)


def as_json(files: Mapping[str, Ours]) -> bytes:
    """The list as JSON, one file a line, so that versions of it merge well."""
    lines = [
        f'{_text(name)}: {{"deck": {_text(ours.owner)}, "sha256": {_text(ours.digest)}}}'
        for name, ours in sorted(files.items(), key=itemgetter(0))
    ]
    listing = ",\n".join(lines)
    return f'{{"format": "{_FORMAT}", "files": {{\n{listing}\n}}}}\n'.encode()


def holds_now(folder: Path, listing: Listing, owner: str, files: Mapping[str, Ours]) -> None:
    """The list of a folder was just written with these files, of which the owner's are another lot than before."""
    listing.has(owner, {name: ours for name, ours in files.items() if ours.owner == owner})
    listing.lines = listing.end = 0  # what had been added is in it
    if listing.files.keys() == files.keys():
        _last[:] = [(_stamp(folder), listing)]
    else:  # something of another owner was gone
        _last.clear()


@contextlib.contextmanager
def added(folder: Path, listing: Listing, owner: str, files: Mapping[str, Ours]) -> Iterator[None]:
    """Let the list say that the owner has these files; if what is done `with` it fails, it says again what it said."""
    before, lines, end = dict(listing.of(owner)), listing.lines, listing.end
    digests = {name: ours.digest for name, ours in files.items()}
    line = (json.dumps({"deck": owner, "files": digests}) + "\n").encode()
    path = folder / MORE
    try:
        append(path, line, at=end)
        _noted(folder, listing, owner, files, lines=lines + 1, end=end + len(line))
        yield
    except BaseException:
        _last.clear()
        with contextlib.suppress(OSError):
            if end:
                os.truncate(path, end)
            else:
                path.unlink(missing_ok=True)
            _noted(folder, listing, owner, before, lines=lines, end=end)
        raise


def _noted(folder: Path, listing: Listing, owner: str, files: Mapping[str, Ours], *, lines: int, end: int) -> None:
    listing.has(owner, files)
    listing.lines, listing.end = lines, end
    _last[:] = [(_stamp(folder), listing)]


def settle(folder: Path, listing: Listing) -> None:
    """Write what was added into the list itself. Killed in between, both say the same."""
    there = set(os.listdir(folder))  # noqa: PTH208 - tens of thousands of names
    files = {name: ours for name, ours in listing.files.items() if name in there}
    with stage(folder) as waiting:
        write_new(waiting / "list", as_json(files))
        (waiting / "list").replace(folder / RECORD)
    (folder / MORE).unlink(missing_ok=True)
    sync(folder)
