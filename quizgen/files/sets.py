"""Sets of files: all that one deck gives appears together, whole or not at all.

`build.json` beside them tells which files are ours, which deck each belongs to, and its digest. A folder that holds
nothing but ours is replaced in one step, where the system can (Linux) and its files are not very many, for each of them
takes a new name. Elsewhere every file is written first, then all are replaced in a row, `build.json` last; a failure in
between is undone. Only a kill just then leaves a mixed set, which the digests show, and the next run puts right. Among
very many files the list is added to (`listing`), so that a deck takes no longer for the others' sake.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quizgen.files.disk import CannotWrite, alone, exchange, link, stage, sync, told, undisturbed, write_new
from quizgen.files.listing import MORE, RECORD, Listing, Ours, added, as_json, holds_now, listed, settle
from quizgen.problems import quoted

_MANY = 1_000  # files of others in a folder: to give each another name takes longer than to make most decks
_CARRIED = frozenset({".gitkeep", ".gitignore"})  # not ours, but no reason to leave a folder as it is


def publish(folder: Path, files: Mapping[str, bytes], *, owner: str) -> tuple[Path, ...]:
    """Make `files` all that `owner` (a deck's id) has in `folder`, whole or not at all; the paths, in their order.

    Files that the owner had and no longer has disappear. Files of other owners stay. A file that is not ours is never
    touched: where one has a name that we need, and other content, nothing is written. Raises `CannotWrite`.
    """
    with told(folder):
        place = Path(os.path.realpath(folder))  # unlike `resolve`, also of links that go in a circle
        if place.exists() and not place.is_dir():
            raise CannotWrite(folder, "this is not a folder", "Move it away, or choose another one with --out.")
        place.parent.mkdir(parents=True, exist_ok=True)
        with alone(place.parent, place), undisturbed():
            _publish(place, files, owner)
    return tuple(folder / name for name in files)


def owners(folder: Path) -> frozenset[str]:
    """Whose files there are in the folder. Raises `CannotWrite` where its `build.json` is not ours."""
    return frozenset(_listed(folder).by_owner)


def owned(folder: Path, owner: str) -> tuple[Path, ...]:
    """The files of that deck in the folder, and those of several decks together; none where we cannot know.

    Only such as are still there.
    """
    try:
        listing = _listed(folder)
    except (CannotWrite, OSError):
        return ()
    names = (name for whose in dict.fromkeys((owner, *sorted(listing.together))) for name in listing.of(whose))
    return tuple(folder / name for name in names if (folder / name).is_file())


def holds(folder: Path, digests: Mapping[str, str], *, owner: str) -> bool:
    """Whether these files, by name and digest (SHA-256), are there, and are all that the owner has in the folder."""
    try:
        ours = {name: ours.digest for name, ours in _listed(folder).of(owner).items()}
        return ours == digests and all(_content(folder / name) == digest for name, digest in digests.items())
    except (CannotWrite, OSError):
        return False


def _listed(folder: Path) -> Listing:
    return listed(folder, _is_plain)


def _publish(folder: Path, files: Mapping[str, bytes], owner: str) -> None:
    listing = _listed(folder)
    if len(listing.files) > _MANY:
        _published_among_many(folder, files, owner, listing)
        return
    if listing.lines or listing.end:
        settle(folder, listing)
    before = dict(listing.files)
    there = _files_in(folder)
    others = {name: ours for name, ours in before.items() if ours.owner != owner and name in there}
    taken = {name.casefold(): ours.owner for name, ours in others.items()}
    for name in files:
        if not _is_plain(name):
            raise ValueError(name)
        _check(folder / name, files[name], before, taken)
    after = others | {name: Ours(owner, _digest(data)) for name, data in files.items()}
    fresh = {name: data for name, data in files.items() if _content(folder / name) != after[name].digest}
    gone = [name for name in before if name not in after]
    if not (fresh or gone) and before == after:
        return
    fresh[RECORD] = as_json(after)
    if not folder.exists():
        _appeared(folder, fresh)
    elif not (_may_exchange(folder, before) and _exchanged(folder, fresh, before, after)):
        _replaced(folder, fresh, gone, before, after)
    holds_now(folder, listing, owner, after)


def _is_plain(name: str) -> bool:
    """Whether a file of that name stands in the folder itself, in sight, and is not our list of files."""
    return re.fullmatch(r"[^./\\:\0][^/\\:\0]*", name) is not None and name.casefold() not in {RECORD, MORE}


def _files_in(folder: Path) -> frozenset[str]:
    """The names of all files in the folder, asked for at once: there may be tens of thousands."""
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if _is_file(entry))
    except FileNotFoundError:
        return frozenset()


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link that leads in a circle, or to where we may not look
        return False


def _check(path: Path, data: bytes, before: Mapping[str, Ours], taken: Mapping[str, str]) -> None:
    """Raise `CannotWrite` where this file would take the place of one that is not its deck's.

    `taken` are the owners of all files of other decks, by their names in small letters.
    """
    other = taken.get(path.name.casefold())
    if other is not None:
        remedy = "Give one of the two decks another id."
        raise CannotWrite(path, f"this is a file of the deck {quoted(other)}", remedy)
    if path.name not in before and os.path.lexists(path) and _content(path) != _digest(data):
        remedy = (
            "Move or delete it (it may be an output whose build.json is gone), or choose another folder with --out."
        )
        raise CannotWrite(path, "there is a file of this name that is not from quizgen", remedy)


# ---- among very many -------------------------------------------------------------------------------------------------


def _published_among_many(folder: Path, files: Mapping[str, bytes], owner: str, listing: Listing) -> None:
    """The same for one deck of very many: nothing that is done here grows with their number."""
    if listing.lines > max(_MANY, len(listing.files) // 2):
        settle(folder, listing)
        listing = _listed(folder)
    before = dict(listing.of(owner))
    alike = (listing.spelled.get(name.casefold()) for name in files)
    others = {name: listing.files[name] for name in alike if name in listing.files and (folder / name).is_file()}
    taken = {name.casefold(): ours.owner for name, ours in others.items() if ours.owner != owner}
    for name in files:
        if not _is_plain(name):
            raise ValueError(name)
        _check(folder / name, files[name], listing.files, taken)
    after = {name: Ours(owner, _digest(data)) for name, data in files.items()}
    fresh = {name: data for name, data in files.items() if _content(folder / name) != after[name].digest}
    gone = [name for name in before if name not in after]
    if not (fresh or gone) and before == after:
        return
    steps = [*((name, None) for name in gone), *fresh.items()]
    either = {**before, **after}  # so that a kill leaves no file that would not be known as ours
    with added(folder, listing, owner, either), _in_their_places(folder, steps):
        if gone:
            with added(folder, listing, owner, after):
                pass


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _content(path: Path) -> str | None:
    """The digest of a plain file; None where there is none."""
    return _digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else None


# ---- in one step -----------------------------------------------------------------------------------------------------


def _appeared(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of these files where there is none yet."""
    with stage(folder.parent) as waiting:
        _fill(waiting, files)
        waiting.rename(folder)
        sync(folder.parent)


def _may_exchange(folder: Path, ours: Mapping[str, Ours]) -> bool:
    """Whether the folder is only ours, and nothing would notice that it is another one afterwards."""
    known = {*ours, *_CARRIED, RECORD}
    if len(known) > _MANY:
        return False
    with os.scandir(folder) as entries:
        only_ours = all(entry.name in known and entry.is_file(follow_symlinks=False) for entry in entries)
    return (
        only_ours
        and not os.path.ismount(folder)
        and (sys.platform == "win32" or folder.stat().st_uid == os.geteuid())
        and not _somebody_is_in(folder)
    )


def _somebody_is_in(folder: Path) -> bool:
    """Whether a program that we can see works in the folder (a shell, say): it would stay in the old one."""
    at = [Path.cwd()]
    for process in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            at.append(process.readlink())
    return any(path.is_relative_to(folder) for path in at)


def _exchanged(folder: Path, files: Mapping[str, bytes], before: Mapping[str, Ours], after: Mapping[str, Ours]) -> bool:
    """Whether the folder now holds `files`, and of what it held before all that is in `after`."""
    try:
        with stage(folder.parent) as waiting:
            there = frozenset(os.listdir(folder))  # noqa: PTH208 - up to a thousand names
            for name in (*after, *_CARRIED):
                if name not in files and name in there:
                    link(folder / name, waiting / name)
            _fill(waiting, files)
            waiting.chmod(stat.S_IMODE(folder.stat().st_mode))
            if not exchange(waiting, folder):
                return False
            _give_back(waiting, folder, {*before, *_CARRIED, RECORD})
            sync(folder.parent)
    except PermissionError:  # the folder may still be open to us where the one above is not
        return False
    return True


def _give_back(old: Path, folder: Path, ours: set[str]) -> None:
    """Move what somebody put into the folder at the last moment, and that is not ours, from the old one to the new."""
    for name in os.listdir(old):  # noqa: PTH208 - up to a thousand names
        if name not in ours:
            (old / name).rename(folder / name)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        write_new(folder / name, data)
    sync(folder)


# ---- one by one ------------------------------------------------------------------------------------------------------


def _replaced(
    folder: Path, files: Mapping[str, bytes], gone: list[str], before: Mapping[str, Ours], after: Mapping[str, Ours]
) -> None:
    """Put each file in its place and take those away that are gone, or leave all as it was."""
    either = as_json({**before, **after})  # so that a kill leaves no file that would not be known as ours
    with _in_their_places(folder, [(RECORD, either), *((name, None) for name in gone), *files.items()]):
        pass


@contextlib.contextmanager
def _in_their_places(folder: Path, steps: Sequence[tuple[str, bytes | None]]) -> Iterator[None]:
    """Take these steps, all of which are prepared before the first; a file without content is taken away.

    If one fails, or what is done `with` it, all is as it was.
    """
    names = {name for name, _ in steps}
    with stage(folder) as waiting:
        for number, (_, data) in enumerate(steps):
            if data is not None:
                write_new(waiting / f"{number}", data)
        for name in names:
            if (folder / name).exists():
                link(folder / name, waiting / f"old-{name}")
        try:
            for number, (name, data) in enumerate(steps):
                if data is None:
                    (folder / name).unlink(missing_ok=True)
                else:
                    (waiting / f"{number}").replace(folder / name)
            yield
            sync(folder)
        except OSError:
            _undone(folder, waiting, names)
            raise


def _undone(folder: Path, waiting: Path, names: set[str]) -> None:
    for name in names:
        old = waiting / f"old-{name}"
        with contextlib.suppress(OSError):
            if old.exists():
                old.replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
