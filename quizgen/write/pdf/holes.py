"""Holes: text in which numbers are filled in, much faster than it could be written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

HOLE = 900_000_000
"""Numbers from here on are holes. No object, page or mark has such a number: they count from 0 in one file."""

_HOLES = re.compile(rb"\b9\d{8}\b")


class Form:
    """A text with holes in place of numbers."""

    def __init__(self, written: bytes, place: Callable[[int], int] | None = None) -> None:
        """`place` tells where among the numbers the one stands that goes into a hole; otherwise they come in order."""
        holes = [int(hole) for hole in _HOLES.findall(written)]
        self._text = _HOLES.sub(b"%d", written.replace(b"%", b"%%"))
        self._pick: Callable[[Sequence[int]], Any] = itemgetter(*map(place, holes)) if place else tuple

    def filled(self, numbers: Sequence[int]) -> bytes:
        """The text with these numbers in it."""
        filled: bytes = self._text % self._pick(numbers)
        return filled
