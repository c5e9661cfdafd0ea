"""Answers that are spelled alike: what a lenient grader might take for one another, over the facts of a kind.

Only those of which it may are looked at: texts of as many words, all but one of them the same, and that one a slip
away (`grade.spelling`: words that are two slips apart have a text in common that takes two letters out of each).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from quizgen.ask.agree import singles
from quizgen.facts import Fact
from quizgen.grade import fold
from quizgen.language import Language
from quizgen.values import Name, Single, Text
from quizgen.values.show import spellings

_MOST_WORDS = 6  # of an answer that anybody types
_LONG, _TWO_SLIPS = 24, 9  # letters: longer words are cut there; two slips are forgiven from here on
_MOST = 100  # answers that share a trace; more are numbered, or otherwise no slips of one another

Key = tuple[tuple[str, ...], int, str]


class Alike:
    """The values of one field over the facts of a kind, by what is left of their spellings after a slip or two."""

    def __init__(self, facts: Iterable[Fact], field: str, language: Language) -> None:
        self._language = language
        self._held: dict[Key, dict[str, Single]] = defaultdict(dict)
        for fact in facts:
            for value in singles(fact.values[field]) if field in fact.values else ():
                if isinstance(value, Text | Name):
                    for text in spellings(value, language):
                        for key in self._keys(text):
                            self._held[key].setdefault(text, value)

    def to(self, answers: Sequence[str]) -> dict[str, Single]:
        """Other answers, with their values, that may be slips of these."""
        keys = dict.fromkeys(key for answer in answers for key in self._keys(answer))
        found = [held for key in keys if len(held := self._held.get(key, {})) <= _MOST]
        return {text: value for held in found for text, value in held.items() if text not in answers}

    def _keys(self, text: str) -> Iterator[Key]:
        words = tuple(fold(text).split())
        if words[:1] and words[0] in self._language.words.get("grade.articles", ()):
            words = words[1:]
        if len(words) <= _MOST_WORDS:
            for i, word in enumerate(words):
                for trace in _traces(word[:_LONG]):
                    yield words[:i] + words[i + 1 :], i, trace


def _traces(word: str) -> Iterator[str]:
    """The word without one letter, or without two where it is long; its first letter always stays."""
    yield word
    for slips in range(1, 3 if len(word) >= _TWO_SLIPS else 2):
        for left_out in combinations(range(1, len(word)), slips):
            yield "".join(letter for i, letter in enumerate(word) if i not in left_out)
