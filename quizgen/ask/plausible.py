"""Plausibility: how much a wrong option looks like the right one, from 0 (nobody takes it) to 1 (just as likely).

A score is the weighted mean of what can be compared; what cannot (the time of something that has none) has no part in
it. Numbers and dates: how near they are for their pool (5), whether they belong to one topic (3), whether they are
equally round or precise (2). Texts and names: topic (3), how near they lie in the time or size that the question shows
(2), length (2), grammar (2: capital, article, number of words), and words in common, or a common beginning of single
words (2). A value of another shape (a day among years, miles among metres) scores half; of another type, nothing. What
the curator calls `unlike` the key's fact scores 1.

That options should be alike in content, length and grammar is the oldest advice there is (Haladyna, Downing and
Rodriguez 2002, 10.1207/s15324818ame1503_5). The weights are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from quizgen.facts import Fact
from quizgen.values import Date, Name, Quantity, Single, Text, Worded
from quizgen.values.text import compared

_ARTICLES = ("a", "an", "the")  # other languages' articles stand before all of their texts, or before none
_BEGINNING = 3  # letters that two words have in common where they are easily taken for one another


Grammar = tuple[int, bool, str]  # how many words, whether the first has a capital, and which article it is


class Look(NamedTuple):
    """What a reader sees of a text before understanding it."""

    length: int
    grammar: Grammar
    start: str
    telling: frozenset[str]


@lru_cache(maxsize=1 << 16)
def _look(text: str) -> Look:
    words = text.split()
    first = words[0].casefold() if words else ""
    article = first if first in _ARTICLES else ""
    start = text[:_BEGINNING].casefold()
    return Look(max(len(text), 1), (max(len(words), 1), text[:1].isupper(), article), start, compared(text)[2])


def forget_looks() -> None:
    """Give back the memory of what is remembered of texts."""
    _look.cache_clear()


class Seen(NamedTuple):
    """A value as it is seen beside others: how near it is to them, whether it is of their topic, and how it looks.

    None stands for what is not known; only texts and names have a look of their own. What nearness and topic add to the
    score of a text, and the weight of all in it, stands there ready to add (all weights are halved), and the look piece
    by piece: a value is seen beside as many keys as there are facts of one date.
    """

    value: Single
    near: float | None
    topic: float | None
    for_near: float
    for_topic: float
    weight: float
    length: int
    grammar: Grammar
    start: str
    telling: frozenset[str]


def see(value: Single, *, near: float | None, topic: float | None) -> Seen:
    """The value as it is seen."""
    look = _look(value.text if isinstance(value, Worded) else "")
    weight = 3 + (0 if topic is None else 1.5) + (0 if near is None else 1)
    return Seen(value, near, topic, near or 0, 1.5 * (topic or 0), weight, *look)


def plausibility(value: Single, key: Single, *, near: float | None, topic: float | None) -> float:
    """How plausible `value` is beside the right answer `key`, from 0 to 1; `near` and `topic` are None if unknown."""
    match value, key:
        case ((Text() | Name()), (Text() | Name())):
            (score,) = _beside(key.text, (see(value, near=near, topic=topic),))
        case (Date(), Date()) | (Quantity(), Quantity()):
            score = _of_numbers(value, key, near, topic)
        case _:
            return 0.0
    return score if shape(value) == shape(key) else score / 2


def plausible_beside(key: Single, seen: Sequence[Seen], words: frozenset[str] = frozenset()) -> list[float]:
    """How plausible each of some values is, which have the shape of the right answer and, all of them, those words."""
    if isinstance(key, Text):
        return _beside(key.text, seen, words)
    return [plausibility(one.value, key, near=one.near, topic=one.topic) for one in seen]


def _beside(key: str, seen: Iterable[Seen], known: frozenset[str] = frozenset()) -> list[float]:
    """How plausible texts are beside that one: all of a question in one loop, for they are a dozen for each.

    Where all are put alike ('The council adopts ...'), a look at the words known of them all saves one at each.
    """
    length, grammar, start, telling = _look(key)
    wordy = grammar[0] > 1
    common = 1.0 if wordy and not known.isdisjoint(telling) else None
    return [
        (
            (its_length / length if its_length < length else length / its_length)
            + (1.0 if its_grammar == grammar else _alike(its_grammar, grammar))
            + (
                common
                or (
                    (0.0 if its_telling.isdisjoint(telling) else 1.0)
                    if wordy or its_grammar[0] > 1
                    else beginning(its_start, start)
                )
            )
            + for_topic
            + for_near
        )
        / weight
        for _, _, _, for_near, for_topic, weight, its_length, its_grammar, its_start, its_telling in seen
    ]


@lru_cache(maxsize=1 << 12)
def _alike(one: Grammar, other: Grammar) -> float:
    """How far two texts are put alike."""
    words, capital, article = one
    its_words, its_capital, its_article = other
    as_many = its_words / words if its_words < words else words / its_words
    return (as_many + (its_capital == capital) + (its_article == article)) / 3


def beginning(one: str, other: str) -> float:
    """How far two words begin alike: 1 for three letters, or for the first one of a symbol."""
    needed = 1 if max(len(one), len(other)) < _BEGINNING else _BEGINNING
    alike = 0
    for a, b in zip(one, other, strict=False):
        if a != b or alike == needed:
            break
        alike += 1
    return alike / needed


def _of_numbers(value: Single, key: Single, near: float | None, topic: float | None) -> float:
    total, weight = 2 * _as_round(value, key), 2
    if near is not None:
        total, weight = total + 5 * near, weight + 5
    if topic is not None:
        total, weight = total + 3 * topic, weight + 3
    return total / weight


def _as_round(value: Single, key: Single) -> float:
    """1 where two numbers have as many digits that count, and less for each more or fewer; dates have their shape."""
    if isinstance(value, Quantity) and isinstance(key, Quantity):
        return 1 / (1 + abs(_counting(value) - _counting(key)))
    return 1.0


def _counting(value: Quantity) -> int:
    return len(value.number.normalize().as_tuple().digits)


def topic(one: Fact, other: Fact) -> float | None:
    """1 where two facts share a tag, 0 where both have tags and share none; None where one has none."""
    if not one.tags or not other.tags:
        return None
    for tag in one.tags:
        if tag in other.tags:
            return 1.0
    return 0.0


def nearness(distance: float, spread: float) -> float:
    """1 for no distance, 1/2 for half of the spread (the middle half of the pool), less beyond."""
    if distance <= 0:
        return 1.0
    return spread / (spread + 2 * distance) if spread > 0 else 0.0


def shape(value: Single) -> str:
    """What all options of a question have in common."""
    return "" if isinstance(value, Text) else value.shape
