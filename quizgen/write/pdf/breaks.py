"""Breaks: where a line of text may end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from quizgen.language import Language

SPACES = " \t\u3000"
_AFTER = "-\u2010\u2013\u2014/"  # a word may be broken after these
_NOT_FIRST = frozenset("、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("（「『【〈《〔［｛")
_TOKEN = re.compile(f"[{SPACES}]|[^{SPACES}]+")
_INSIDE = re.compile(f"[{_AFTER}\u200b\u2e80-\U0010ffff]")  # only beside these may a line end inside a word


def words(text: str) -> Iterator[tuple[int, int]]:
    """Where words and single spaces begin and end; a line may end before a word, never before a space."""
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if _INSIDE.search(text, start, end):
            for i in range(start + 1, end):
                if _may_break(text, start, i):
                    yield start, i
                    start = i
        yield start, end


def one_thing(language: Language) -> re.Pattern[str]:
    """Finds each space (group 1) that is no place to end a line: inside a date, between a number and its unit.

    Day, month and year are read as one, and so are `312 m` and `2 million`; the words for them are the language's. No
    line begins with the dot that parts what is told one after the other, or ends with the letter of an option.
    """
    months = _any_of(language.words["months"])
    scales = [spellings.split("|")[0] for spellings in language.words["grade.scales"]]
    eras = language.phrases["date.bce"].replace("{year}", "").split()
    units = [word for symbol, words in language.labels("unit").items() for word in (symbol, *words.split()[:1])]
    after = _any_of([*language.words["months"], *scales, *eras, *units])
    return re.compile(rf"(?:\d(?= {after})|\b{months}(?= \d)|\S(?= ·)|\b[A-Z]:)( )")


def _any_of(words: Iterable[str]) -> str:
    """An expression for a whole word that is one of these."""
    return rf"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)"


def _may_break(text: str, start: int, i: int) -> bool:
    """Whether a line may end before `i`, inside what began at `start`: beside ideographs, after hyphens and dashes."""
    before, char = text[i - 1], text[i]
    if before == "\u200b":
        return True
    if before in _AFTER:
        return char.isalpha() and i - start > 1 and text[i - 2].isalpha()
    if char in _NOT_FIRST or before in _NOT_LAST or unicodedata.combining(char):
        return False
    return _ideographic(before) or _ideographic(char)


def _ideographic(char: str) -> bool:
    return char >= "\u2e80" and unicodedata.east_asian_width(char) in "WF"
