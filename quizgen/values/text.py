"""Text: what a fact says in words, and when two texts may say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

_ASCII_WORD = re.compile(r"[a-z0-9]+")
# Letters that Unicode does not decompose, but that people write without their stroke or dots.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
    | {"ك": "ک", "ي": "ی", "ى": "ی", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None}
)
# Words that carry no meaning of their own: two texts that differ only in these say the same. Not 'to' and 'from', which
# part an artery from a vein. English; other languages' words do no harm.
_SMALL = frozenset(("a", "an", "the", "of", "its", "his", "her", "their", "this", "that", "was", "were", "is", "are"))


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the curator wrote it, white space at its ends apart."""

    text: str


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """`text` without what does not count: case, marks, punctuation, width, doubled spaces.

    Where nothing is left (the text `=`), its own characters count.
    """
    if text.isascii():
        folded = " ".join(_ASCII_WORD.findall(text.lower()))
    else:
        marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_PLAIN)
        letters = (char if char.isalnum() else "" if _vanishes(char) else " " for char in marked)
        folded = " ".join("".join(letters).split())
    return folded or " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _vanishes(char: str) -> bool:
    """Marks and invisible characters join what stands beside them; punctuation parts it."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


Compared = tuple[str, str, frozenset[str]]
"""What of a text is compared: its letters without spaces, its bones, and its telling words."""


@lru_cache(maxsize=1 << 16)
def compared(text: str) -> Compared:
    """What of that text is compared, looked up at once: texts are compared a thousand times each."""
    words = fold(text).split()
    return "".join(words), " ".join(map(_bones, words)), _telling(words)


@lru_cache(maxsize=1 << 16)
def telling_words(text: str) -> frozenset[str]:
    """The folded words that carry meaning; all words where none does."""
    return _telling(fold(text).split())


def _telling(folded: Iterable[str]) -> frozenset[str]:
    words = frozenset(map(intern, folded))  # of 79,000 words in 10,000 texts, 10,000 differ
    return (words - _SMALL) or words


def forget_texts() -> None:
    """Give back the memory of what is remembered of texts: 2 kB for each, of up to 65,000."""
    for known in (fold, telling_words, compared):
        known.cache_clear()


def squeezed(text: str) -> str:
    """The folded text without its spaces: `photo synthesis` and `photosynthesis` are one."""
    return compared(text)[0]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, marks, punctuation and spaces."""
    return compared(one)[0] == compared(other)[0]


# What transliterations and slips of the pen change: vowels, doubled letters, and these.
_ALIKE = (
    ("ph", "f"),
    ("kh", "k"),
    ("gh", "g"),
    ("ck", "k"),
    ("tz", "z"),
    ("ts", "z"),
    ("q", "k"),
    ("c", "k"),
    ("w", "v"),
)
_UNHEARD = re.compile(r"[aeiouyjh]")
_DOUBLED = re.compile(r"(.)\1+")
_LONG = 12  # letters from which on two texts with one skeleton are rather a slip than two things


def skeleton(text: str) -> str:
    """What of a text survives another spelling of it: 'Dmitri' and 'Dmitry', 'Qaddafi' and 'Kadhafi' have one.

    Numbers stay: 'George II' and 'George III' have two.
    """
    return compared(text)[1]


@lru_cache(maxsize=1 << 14)  # a deck says the same words again and again
def _bones(word: str) -> str:
    if set(word) <= set("ivxlcdm") or word.isdigit():
        return word
    for spelled, heard in _ALIKE:
        word = word.replace(spelled, heard)
    return _DOUBLED.sub(r"\1", _UNHEARD.sub("", word)) or word


def text_rules_out(one: str, other: str) -> bool:
    """Whether two texts surely say different things.

    They do not where one is the other with more words ('engineer', 'chief engineer'), nor where long ones differ only
    as two spellings do: both may be right.

    >>> text_rules_out("Paris", "Lyon"), text_rules_out("engineer", "chief engineer")
    (True, False)
    >>> text_rules_out("a low dam across the river", "a low dam accross the river")
    False
    """
    letters, bones, words = compared(one)
    other_letters, other_bones, other_words = compared(other)
    if letters == other_letters or words <= other_words or other_words <= words:
        return False
    return len(letters) < _LONG or bones != other_bones


def all_rule_out(others: Iterable[Compared], text: str) -> bool:
    """Whether a text surely says something else than all those others, by `text_rules_out`."""
    letters, bones, words = compared(text)
    long = len(letters) >= _LONG
    for other_letters, other_bones, other_words in others:
        if letters == other_letters or (long and bones == other_bones) or words <= other_words or other_words <= words:
            return False
    return True


def contains_words(text: str, words: str) -> bool:
    """Whether the folded `words` stand in the folded `text`, as whole words side by side."""
    inner = fold(words)
    if text.isascii() and inner.partition(" ")[0] not in text.lower():
        return False  # most texts do not contain most words: the first one shows it without folding
    return bool(inner) and f" {inner} " in f" {fold(text)} "


def first_word(words: str) -> str:
    """The first of the folded words."""
    return fold(words).partition(" ")[0]


def may_contain(text: str, firsts: Iterable[str]) -> bool:
    """Whether a text may contain words of which one of those is the first, as `contains_words` sees at once."""
    if not text.isascii():
        return True
    lowered = text.lower()
    for first in firsts:  # noqa: SIM110 - a loop takes half as long
        if first in lowered:
            return True
    return False
