"""Columns: text made safe for a terminal, and cut to its columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from quizgen.problems import visible

_JOINERS = "\u200c\u200d"  # between letters of Persian or Hindi words, and in emoji: they steer nothing


def safe(text: str) -> str:
    """`text` as one paragraph in which nothing steers a terminal, reorders a line or hides."""
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in _JOINERS else visible(char) for char in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Lines of at most `width` columns, cut between words, or within one that is longer; '' for no text."""
    line, used = "", 0
    for word in re.findall(r"\S+", text):
        for part in _parts(word, width):
            columns = width_of(part)
            if line and used + 1 + columns > width:
                yield line
                line, used = "", 0
            line, used = (f"{line} {part}", used + 1 + columns) if line else (part, columns)
    yield line


def _parts(word: str, width: int) -> Iterator[str]:
    """A word in parts that fit."""
    part, used = "", 0
    for char in word:
        columns = width_of(char)
        if part and used + columns > width:
            yield part
            part, used = "", 0
        part, used = part + char, used + columns
    yield part


def width_of(text: str) -> int:
    """The columns that a terminal gives to `text` (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
