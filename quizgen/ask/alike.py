"""Answers that are spelled alike: what a lenient grader might take for one another, over the facts of a kind.

Only those of which it may are looked at: texts of as many words, all but one of them the same, and that one a slip or
two away (`grade.spelling`). Two such words begin alike, or do so when a letter or two is taken out of either: what is
left of their first letters then is a trace (symmetric deletes on a prefix, as in Garbe's SymSpell). A deck of 100,000
terms has millions of traces, so each is kept as one whole number, in order, with the number of its text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby
from zlib import crc32

from quizgen.ask.agree import singles
from quizgen.ask.memo import Memo
from quizgen.facts import Fact
from quizgen.grade import fold
from quizgen.language import Language
from quizgen.values import Single, Worded
from quizgen.values.show import spellings

_MOST_WORDS = 6  # of an answer that anybody types
_SLIP, _TWO_SLIPS = 4, 9  # letters: a shorter word has no slips; two are forgiven from here on
_FIRST = 8  # letters of which traces are taken
_MOST = 100  # texts that share a trace; more are a series of some sort, and are not compared one by one
_NUMBER = 24  # bits of the number of a text
_MASK = (1 << _NUMBER) - 1
_FEW = 4  # letters that one text may have and the other not, after two slips
_LETTERS = 64
_NONE: frozenset[int] = frozenset()


class Alike:
    """The values of one field over the facts of a kind, by the traces of their spellings."""

    def __init__(self, facts: Iterable[Fact], field: str, language: Language) -> None:
        self._articles = frozenset(language.words.get("grade.articles", ()))
        self._values: dict[str, Single] = {}
        for fact in facts:
            for value in singles(fact.values[field]) if field in fact.values else ():
                if isinstance(value, Worded):
                    for text in spellings(value, language):
                        self._values.setdefault(text, value)
        self._texts = tuple(self._values)
        self._looks = [_look(fold(text)) for text in self._texts]
        rows = [trace << _NUMBER | number for number, text in enumerate(self._texts) for trace in self._traces(text)]
        rows.sort()
        self._rows = array("Q", rows)
        self._neighbours = self._all_neighbours()
        self._others: Memo[str, frozenset[int]] = Memo()  # of texts that are no value

    def to(self, answers: Sequence[str]) -> dict[str, Single]:
        """Other answers, with their values, that may be slips of these."""
        found: set[int] = set()
        for answer in answers:
            found |= self._neighbours.get(answer, _NONE) if answer in self._values else self._known(answer)
        texts = [self._texts[number] for number in sorted(found)]
        return {text: self._values[text] for text in texts if text not in answers}

    def _all_neighbours(self) -> dict[str, set[int]]:
        """For each text that has any, the numbers of those that may be slips of it."""
        found: dict[str, set[int]] = {}
        for _, run in groupby(self._rows, key=_trace_of):
            numbers = [row & _MASK for row in run]
            if 1 < len(numbers) <= _MOST:
                for one, other in combinations(numbers, 2):
                    if _near(self._looks[one], self._looks[other]):
                        found.setdefault(self._texts[one], set()).add(other)
                        found.setdefault(self._texts[other], set()).add(one)
        return found

    def _known(self, answer: str) -> frozenset[int]:
        """The same for a text that is no value of the field: another right name, or a list."""
        if answer not in self._others:
            self._others.keep(answer, frozenset(self._near(answer)) or _NONE)
        return self._others[answer]

    def _near(self, answer: str) -> set[int]:
        look, found = _look(fold(answer)), set()
        for trace in self._traces(answer):
            first = bisect_left(self._rows, trace << _NUMBER)
            last = bisect_left(self._rows, (trace + 1) << _NUMBER, first)
            if last - first <= _MOST:
                found |= {row & _MASK for row in self._rows[first:last] if _near(look, self._looks[row & _MASK])}
        return found

    def _traces(self, text: str) -> Iterator[int]:
        """The traces of each word of a text that may have slips, together with the other words as they are."""
        words = fold(text).split()
        if words and words[0] in self._articles:
            del words[0]
        for i, word in enumerate(words if len(words) <= _MOST_WORDS else ()):
            if len(word) >= _SLIP and word.isalpha():
                others = crc32("\0".join((*words[:i], "", *words[i + 1 :])).encode())
                for rest in _rests(word):
                    yield crc32(rest.encode(), others)


def _rests(word: str) -> Iterator[str]:
    """What is left of a word's first letters without one of them, or without two where it is long; the first stays."""
    first = word[:_FIRST]
    yield first
    for slips in range(1, 3 if len(word) >= _TWO_SLIPS else 2):
        for left_out in combinations(range(1, len(first)), slips):
            yield "".join([letter for i, letter in enumerate(first) if i not in left_out])


def _trace_of(row: int) -> int:
    return row >> _NUMBER


def _look(text: str) -> tuple[int, int]:
    """How long a text is, and which letters it has, as bits: two slips change little of it."""
    letters = 0
    for letter in text:
        letters |= 1 << ord(letter) % _LETTERS
    return len(text), letters


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) <= _FEW and (one[1] ^ other[1]).bit_count() <= _FEW
