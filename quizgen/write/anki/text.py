"""Plain text as Anki field HTML that draws exactly that text, and in which nothing runs.

A field is HTML, is read again by Anki (`[sound:..]`, `{{..}}`, `[latex]`), and the page that comes of it again by
MathJax. What may mean something to any of the three becomes a character reference. MathJax reads the finished page,
where `&#92;(` is a backslash and a bracket once more: an empty element between the two breaks the pair.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# U+001F makes Anki refuse a whole package, NUL it drops in silence, and SQLite cannot store lone surrogates. The rest
# of the control characters cannot be drawn; XML and HTML forbid them as well.
_FORBIDDEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_special = re.compile(f"[{_FORBIDDEN}&<>\"'{{}}\\[\\]\\\\\n:]").search
_UNDRAWABLE = re.compile(f"[{_FORBIDDEN}]")

_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
    "{": "&#123;",
    "}": "&#125;",
    "[": "&#91;",
    "]": "&#93;",
}
_TEXT = str.maketrans(_REFERENCES | {"\\": "&#92;<span></span>", "\n": "<br>"})
_BLANK = str.maketrans(_REFERENCES | {"\\": "&#92;<span></span>", "\n": "<br>", ":": "&#58;"})
_ATTRIBUTE = str.maketrans(_REFERENCES | {"\\": "&#92;", "\n": "&#10;"})


class Undrawable(ValueError):
    """A text with a character that cannot stand in an Anki field."""

    def __init__(self, character: str) -> None:
        self.name = f"U+{ord(character):04X}"
        super().__init__(f"{self.name} cannot stand in an Anki field")


def inert(text: str) -> str:
    """Field HTML that Anki draws as exactly `text`. Raises `Undrawable`."""
    return _translated(text, _TEXT) if _special(text) else text


def inert_blank(text: str) -> str:
    """The same for the answer of a cloze blank, where `::` would begin a hint. Raises `Undrawable`."""
    return _translated(text, _BLANK) if _special(text) else text


def inert_attribute(text: str) -> str:
    """The same for the value of a quoted attribute. Raises `Undrawable`."""
    return _translated(text, _ATTRIBUTE) if _special(text) else text


def _translated(text: str, table: dict[int, str]) -> str:
    forbidden = _UNDRAWABLE.search(text)
    if forbidden:
        raise Undrawable(forbidden[0])
    return text.translate(table)


def drawable(text: str) -> str:
    """The text without the characters that cannot stand in an Anki field, and without quotes."""
    return _UNDRAWABLE.sub("", text.replace('"', ""))


@cache
def tag(text: str) -> str:
    """A tag as one word that Anki leaves as it is; '' where nothing of it is left.

    Anki parts tags at spaces of every kind, takes quotes and control characters out, and calls an empty step of
    `a::b` "blank".
    """
    words = "-".join(unicodedata.normalize("NFC", text).split())
    return "::".join(step for step in drawable(words).split("::") if step)
