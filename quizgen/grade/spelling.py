"""Spelling: when two foldings are the same words, and when one is the other misspelt."""

from __future__ import annotations

import re

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ONE_EDIT, _TWO_EDITS = 5, 9  # letters that a word needs before so many edits are forgiven
_PICTURES = "\u2e80"  # from here on a character is a syllable or a word: none may be wrong


def misspelt(typed: str, answer: str) -> int | None:
    """How many edits make the folded `typed` the folded `answer`: 0 if they are the same, None if too many.

    Word by word: none in a word of four letters or fewer, one in five to eight, two where both have more (Austria is no
    Australia); never in its first letter, never in a number or a Roman numeral (which are the same where their values
    are: World War 2, World War II).
    """
    if typed == answer:
        return 0
    ours, theirs = typed.split(), answer.split()
    if len(ours) != len(theirs):
        return 0 if _same_but_for_spaces(ours, theirs) else None
    edits = [_word_misspelt(mine, other) for mine, other in zip(ours, theirs, strict=True)]
    counted = [count for count in edits if count is not None]
    if len(counted) == len(edits):
        return sum(counted)
    return 0 if _same_but_for_spaces(ours, theirs) else None


def distance(one: str, other: str) -> int:
    """Edits between two texts: a letter put in, left out, changed, or two neighbours swapped (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, mine in enumerate(one, start=1):
        before, row, above = row, [i], before
        for j, theirs in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (mine != theirs))
            if i > 1 and j > 1 and mine == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _word_misspelt(typed: str, answer: str) -> int | None:
    if typed == answer:
        return 0
    ours, theirs = numeral(typed), numeral(answer)
    if ours is not None or theirs is not None:
        return 0 if ours == theirs else None
    if _has_digit(typed + answer) or typed[0] != answer[0]:
        return None
    allowed = (len(answer) >= _ONE_EDIT) + (min(len(typed), len(answer)) >= _TWO_EDITS)
    if abs(len(typed) - len(answer)) > allowed or max(answer) >= _PICTURES:
        return None
    edits = distance(typed, answer)
    return edits if edits <= allowed else None


def numeral(word: str) -> str | None:
    """The value of a word that is a number or a Roman numeral, in digits. A lone c, d, l or m is a letter."""
    if word.isascii() and word.isdigit():
        return word.lstrip("0") or "0"
    if word in {"c", "d", "l", "m"} or not _ROMAN.fullmatch(word):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in word]
    return str(sum(-value if value < max(values[i:]) else value for i, value in enumerate(values)))


def _has_digit(text: str) -> bool:
    return re.search("[0-9]", text) is not None


def _same_but_for_spaces(ours: list[str], theirs: list[str]) -> bool:
    """Whether the words are only joined otherwise (al Qaeda, Alqaeda; B-52, B52); numbers must stay what they are."""
    return "".join(ours) == "".join(theirs) and _numbers(ours) == _numbers(theirs)


def _numbers(words: list[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        found.extend([word] if _ROMAN.fullmatch(word) else re.findall(r"[0-9]+", word))
    return found
