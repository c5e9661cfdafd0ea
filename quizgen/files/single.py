"""Single files: a ledger, a starter deck."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from quizgen.files.disk import CannotWrite, alone, link, stage, sync, told, undisturbed, write_new


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in place of what the file holds, whole or not at all. A link is followed, and stays one.

    Raises `CannotWrite`.
    """
    with told(path):
        final = Path(os.path.realpath(path))  # unlike `resolve`, also of links that go in a circle
        final.parent.mkdir(parents=True, exist_ok=True)
        with alone(final.parent), undisturbed(), stage(final.parent) as waiting:
            write_new(waiting / "file", data)
            if final.exists():
                (waiting / "file").chmod(stat.S_IMODE(final.stat().st_mode))
            (waiting / "file").replace(final)
            sync(final.parent)


@contextlib.contextmanager
def written_ahead(path: Path, data: bytes, *, stays: Callable[[], bool]) -> Iterator[None]:
    """Put `data` in the file before what follows; if that fails, what the file held is put back, unless it `stays`.

    Raises `CannotWrite`, and then nothing has followed.
    """
    with told(path):
        before = path.read_bytes() if path.exists() else None
        if before == data:
            with alone(Path(os.path.realpath(path)).parent):  # which sweeps what a killed run left
                pass
    if before != data:
        write_file(path, data)
    try:
        yield
    except BaseException:
        if before != data and not stays():
            with contextlib.suppress(CannotWrite, OSError):
                path.unlink() if before is None else write_file(path, before)
        raise


def create_file(path: Path, data: bytes) -> None:
    """Make a file that is not there yet, whole or not at all. Raises `CannotWrite`, also where there is one."""
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with alone(path.parent), undisturbed(), stage(path.parent) as waiting:
            write_new(waiting / "file", data)
            if os.path.lexists(path):
                raise CannotWrite(path, "there is already a file of this name", "Choose another name, or move it away.")
            link(waiting / "file", path)  # unlike a renaming, this never replaces a file that has come just now
            sync(path.parent)


def forget(folder: Path, *, days: int) -> None:
    """Remove the files of a folder that nobody has written for so long. What cannot be removed stays."""
    for path in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > days * 86_400:
                path.unlink()
