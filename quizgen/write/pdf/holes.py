"""Holes: text into which numbers and other text are filled, much faster than it could be written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

_HOLE = re.compile(rb"([\x01\x02])(\d+)\x03")  # no operator and no object has such characters


def number_hole(index: int) -> bytes:
    """What stands in a text where the number at that index goes."""
    return b"\x01%d\x03" % index


def text_hole(index: int) -> bytes:
    """What stands in a text where the bytes at that index go."""
    return b"\x02%d\x03" % index


class Form:
    """A text with holes."""

    def __init__(self, text: bytes) -> None:
        places = [int(index) for _, index in _HOLE.findall(text)]
        self._text = _HOLE.sub(lambda found: b"%d" if found[1] == b"\x01" else b"%b", text.replace(b"%", b"%%"))
        self._pick: Callable[[Sequence[object]], Any] = itemgetter(*places) if places else lambda _: ()

    def filled(self, things: Sequence[object]) -> bytes:
        """The text with these things in it."""
        filled: bytes = self._text % self._pick(things)
        return filled
