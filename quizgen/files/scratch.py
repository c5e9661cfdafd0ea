"""A file that nobody sees, for what is too large to be held in memory."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def scratch() -> Iterator[BinaryIO | None]:
    """An empty file to write and to read, gone afterwards; None where the system has no room for such files.

    No folder of its own: to clear one away is to read it, and what a build has read it is made again for.
    """
    with contextlib.ExitStack() as stack:
        file = None
        with contextlib.suppress(OSError):
            number, name = tempfile.mkstemp(prefix="quizgen-")
            os.close(number)
            stack.callback(_forget, Path(name))
            file = stack.enter_context(Path(name).open("r+b"))
        yield file


def nameless(file: BinaryIO) -> None:
    """Takes the name from a scratch file that all who need it have open: it is gone with them, even if they are killed.

    Windows keeps the name while the file is open.
    """
    _forget(Path(file.name))


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
