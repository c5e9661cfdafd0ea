"""Breaks: where a line of text may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

SPACES = " \t\u3000"
_AFTER = "-\u2010\u2013\u2014/"  # a word may be broken after these
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("（「『【〈《〔［｛")


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where words and single spaces begin and end; a line may end before a word, never before a space."""
    start = 0
    for i, char in enumerate(text):
        if char in SPACES:
            if start < i:
                yield start, i
            yield i, i + 1
            start = i + 1
        elif start < i and _may_break(text, start, i):
            yield start, i
            start = i
    if start < len(text):
        yield start, len(text)


def _may_break(text: str, start: int, i: int) -> bool:
    """Whether a line may end before `i`, inside what began at `start`: beside ideographs, after hyphens and dashes."""
    before, char = text[i - 1], text[i]
    if before == "\u200b":
        return True
    if before in _AFTER:
        return char.isalnum() and i - start > 1 and text[i - 2].isalpha()
    if char in _NOT_FIRST or before in _NOT_LAST or unicodedata.combining(char):
        return False
    return _ideographic(before) or _ideographic(char)


def _ideographic(char: str) -> bool:
    return char >= "\u2e80" and unicodedata.east_asian_width(char) in "WF"
