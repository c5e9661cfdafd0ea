"""Progress: how far long work has come, in one line for whoever sits at a terminal; nobody else sees it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AFTER = 1.0  # seconds: what is done sooner needs no telling
EVERY = 0.1  # seconds


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how much is done, of how much, and from a second on shows it in a line that vanishes."""
    if not sys.stderr.isatty():
        yield lambda done, of: None  # noqa: ARG005 - it says nothing
        return
    line = _Line(what)
    try:
        yield line.show
    finally:
        line.clear()


class _Line:
    """A line of a terminal that is written over and over."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + AFTER
        self._width = 0

    def show(self, done: int, of: int) -> None:
        """Show how much is done, unless that was shown just now."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            self._write(f"      {self._what}: {done:,} of {of:,}")

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._width:
            self._write("")
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)
