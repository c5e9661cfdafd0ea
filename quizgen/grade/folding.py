"""Folding: what is left of a text when everything that a typist may leave out is taken away.

Made to be written again in JavaScript, character for character: NFKC, `lower` (not casefold, which JavaScript lacks),
and tables in the open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Marks that are left out in writing: accents (Latin, Greek, Cyrillic), Hebrew points, Arabic vowel signs and hamzas.
# The marks of Indic and other scripts are vowels, and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
# Letters that no accent accounts for. Arabic: one kaf, one yeh, one heh for all the languages that write them.
_LATIN = "ß ss,ı i,ł l,ø o,đ d,ð d,þ th,ħ h,ŧ t,æ ae,œ oe,ə a,ŋ n,ĸ k,ɓ b,ɗ d,ƙ k,ƴ y"
_ARABIC = (
    "\u06a9 \u0643,\u06aa \u0643,\u06cc \u064a,\u0649 \u064a,\u06d2 \u064a,"
    "\u0629 \u0647,\u06c1 \u0647,\u06be \u0647,\u06d5 \u0647,\u0671 \u0627"
)
_LETTERS = str.maketrans(
    dict(pair.split(" ") for pair in f"{_LATIN},{_ARABIC}".split(",")) | {"\u03c2": "\u03c3", "\u0640": ""}
)  # and one sigma for both, and no tatweel, which only stretches a word
# The other way to write a letter that a keyboard lacks: Mueller, Moeller, Aarhus.
_PAIRS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_RAISED = re.compile("(?<=[0-9])([\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)")
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-"})


def plain(text: str) -> str:
    """`text` without regard to case, forms of a character, its digits' script, kinds of dash, or white space."""
    raised = text if text.isascii() else _RAISED.sub(r"^\1", text)  # 10² is not 102
    text = unicodedata.normalize("NFKC", raised).lower().translate(_DASHES)
    if not text.isascii():
        text = text.translate(_PLAIN)
    return " ".join(text.split())


def fold(text: str, *, conjunction: str = "") -> str:
    """The words of `text`, one space between them: no accents, no punctuation. `conjunction` is what `&` stands for."""
    return _words(_letters(plain(text)), conjunction)


def foldings(text: str, *, conjunction: str = "") -> tuple[str, ...]:
    """`fold`, and where it differs the folding with `ü` as `ue` and the like."""
    first = fold(text, conjunction=conjunction)
    second = fold(unicodedata.normalize("NFC", text).lower().translate(_PAIRS), conjunction=conjunction)
    return (first,) if first == second else (first, second)


def strip_marks(text: str) -> str:
    """`text` without accents, vowel points and the like."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))


def _letters(text: str) -> str:
    return text if text.isascii() else strip_marks(text).translate(_LETTERS)


def _plain_character(char: str) -> str:
    """A decimal digit of any script as 0-9; nothing for a format or private character; any other as it is."""
    if "\ufe00" <= char <= "\ufe0f":  # choose between the looks of the character before them
        return ""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return "" if category in {"Cf", "Co"} else char


def _words(text: str, conjunction: str) -> str:
    """Punctuation becomes a space. What belongs to a number or a name stays: `-5`, `3.5`, `C++`, `C#`."""
    text = text.replace("&", f" {conjunction} ")
    text = re.sub(r"([0-9]),(?=[0-9]{3}(?![0-9]))", r"\1", text)  # 15,000 is one number
    text = re.sub(r"([0-9])\.(?=[0-9])", "\\1\ue000", text)  # its point stays: kept aside as a private character
    text = re.sub(r"(^|[ (])-(?=[0-9])", "\\1\ue001", text)  # and so does its minus
    return " ".join(text.translate(_WRITTEN).replace("\ue000", ".").replace("\ue001", "-").split())


def _is_written(char: str) -> bool:
    """Whether a character is a letter, a mark or a number; signs for breathings (U+02B0-02FF) are not."""
    if char.isascii():
        return char.isalnum()
    return unicodedata.category(char)[0] in "LMN" and not "\u02b0" <= char <= "\u02ff"


class _Characters(dict[int, str]):
    """A table for `str.translate` of what a function makes of each character: worked out once for most of them."""

    _MOST = 10_000  # that are kept

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, code: int) -> str:
        made = self._make(chr(code))
        if len(self) < self._MOST:
            self[code] = made
        return made


_PLAIN = _Characters(_plain_character)
_WRITTEN = _Characters(lambda char: char if char in "+#\ue000\ue001" or _is_written(char) else " ")
