"""A file that nobody sees, for what is too large to be held in memory."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


@contextlib.contextmanager
def scratch() -> Iterator[BinaryIO | None]:
    """An empty file to write and to read, gone afterwards; None where the system has no room for such files."""
    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="quizgen-", ignore_cleanup_errors=True))
            file = stack.enter_context((Path(folder) / "scratch").open("w+b"))
        except OSError:
            file = None
        yield file
