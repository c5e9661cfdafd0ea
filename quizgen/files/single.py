"""Single files: a ledger, a starter deck."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from quizgen.files.disk import CannotWrite, alone, link, stage, sync, told, undisturbed, write_new


def write_file(path: Path, data: bytes) -> None:
    """Put `data` in place of what the file holds, whole or not at all. A link is followed, and stays one.

    Raises `CannotWrite`.
    """
    with told(path):
        final = path.resolve()
        final.parent.mkdir(parents=True, exist_ok=True)
        with alone(final.parent), undisturbed(), stage(final.parent) as waiting:
            write_new(waiting / "file", data)
            if final.exists():
                (waiting / "file").chmod(stat.S_IMODE(final.stat().st_mode))
            (waiting / "file").replace(final)
            sync(final.parent)


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
