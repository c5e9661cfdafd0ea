"""Pools: the values that a field has over the facts of a kind, to find those near a given one without looking at all.

A pool keeps values of one shape together, each shape sorted along one axis. The axis is the value itself where it is a
date or a number. For texts and names it is a date or a number that the question shows (events near in time are
plausible for one another), or else their length. Single words are sorted by their letters too, or by those of a
symbol that the question shows: whoever does not know `Mg` looks for a name among those with an M.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import log
from operator import itemgetter
from typing import NamedTuple

from quizgen.ask.agree import singles
from quizgen.ask.memo import Memo
from quizgen.ask.plausible import Seen, beginning, nearness, plausibility, shape, topic
from quizgen.ask.proof import Wrong
from quizgen.dice import lots
from quizgen.facts import Fact
from quizgen.values import Date, Name, Quantity, Single, Sized, Text, Worded
from quizgen.values.text import fold

SYMBOL = 3  # letters of a symbol or a code, at most
_VISITED = 48  # neighbours that are looked at for a question: what keeps asking linear
_SPELLED = 12  # of these, at most, neighbours in the alphabet

_FOUR_TIMES, _TEN_YEARS = log(4), 3652.5  # the spread of a pool with but one value: of numbers, of days


class Near(NamedTuple):
    """A value that a fact has, and what it says in any spelling."""

    value: Single
    fact: Fact
    says: Hashable


class Gathered(NamedTuple):
    """Values near in a pool that are proved wrong, and of each what says how plausible it is."""

    wrong: tuple[Wrong, ...]
    seen: tuple[Seen, ...]
    words: frozenset[str]  # telling ones, that all of them have


_Place = tuple[float, int, int, Near, str | None]  # on the axis, by lot, in the deck; the value, and its letters
_by_place = itemgetter(0, 1, 2)
Seat = tuple[str, str | None, float]  # where a value has its place: its row, its letters, its position on the axis


def what(value: Single) -> Hashable:
    """What a value says, to know it again in another spelling."""
    match value:
        case Date():
            return value.first, value.last
        case Quantity():
            return value.low, value.high
        case Name():
            return value.id or fold(value.text)
        case Text():
            return fold(value.text)


@dataclass(frozen=True, slots=True)
class _Row:
    """The values of one shape, along the axis and in the order of the alphabet (only single words)."""

    held: list[Near]
    keys: list[float]
    spelled: list[Near]
    letters: list[str]
    by_ratio: bool  # all are numbers above 0, compared by their ratio
    spread: float  # of the middle half; of the logarithms where they are compared by their ratio


class Pool:
    """The values of one field over the facts of a kind."""

    def __init__(self, facts: Sequence[Fact], field: str, axis: str | None) -> None:
        self._axis = axis
        self.gathered: Memo[Hashable, Gathered] = Memo()  # by all that they follow from
        self.ranked: Memo[Hashable, tuple[Wrong, ...]] = Memo()  # the same
        self._windows: Memo[Seat, tuple[Near, ...]] = Memo()
        rows: dict[str, list[_Place]] = defaultdict(list)
        known: dict[int, tuple[str, float, Hashable, str | None]] = {}  # by the identity of values, which facts hold
        lot_of = lots("pool")
        for fact in facts:
            value, shown = fact.values.get(field), self.shown(fact)
            for single in () if value is None else singles(value):
                told = known.get(id(single))
                if told is None:
                    told = _row(single, shown), _position(single, shown), what(single), _letters(single, shown)
                    if axis is None:  # where facts show nothing that sets the same value elsewhere
                        known[id(single)] = told
                row, position, meant, letters = told
                drawn = lot_of(fact.id, text_of(single))
                rows[row].append((position, drawn, fact.position, Near(single, fact, meant), letters))
        self._rows = {name: self._made(found) for name, found in rows.items()}

    def _made(self, found: list[_Place]) -> _Row:
        found.sort(key=_by_place)
        keys = [row[0] for row in found]
        words = sorted(
            [(letters, drawn, position, near) for _, drawn, position, near, letters in found if letters is not None],
            key=_by_place,
        )
        by_ratio = keys[0] > 0 and isinstance(self.measure(*found[0][3][:2]), Quantity)
        return _Row(
            held=[row[3] for row in found],
            keys=keys,
            spelled=[row[3] for row in words],
            letters=[row[0] for row in words],
            by_ratio=by_ratio,
            spread=_spread(keys, by_ratio=by_ratio),
        )

    def measure(self, value: Single, fact: Fact) -> Single | None:
        """What says how near two answers are: they themselves, or what the question shows."""
        return value if isinstance(value, Sized) else self.shown(fact)

    def shown(self, fact: Fact) -> Single | None:
        """What the question shows that says how near two answers are."""
        value = fact.values.get(self._axis) if self._axis else None
        return None if value is None else singles(value)[0]

    def near(self, value: Single, fact: Fact) -> tuple[Near, ...]:
        """Values of the same shape, at most a window of them: the nearest first, of single words those spelled alike.

        The value itself is among them. Numbers and dates come from both sides in turn, so that the key may be any of
        them by size.
        """
        seat = self.seat(value, fact)
        window = self._windows.get(seat)
        if window is None:
            seen = self._seen_from(seat, numbers=isinstance(value, Sized))
            window = self._windows.keep(seat, tuple(seen))
        return window

    def seat(self, value: Single, fact: Fact) -> Seat:
        """Where the value of a fact has its place."""
        shown = self.shown(fact)
        return _row(value, shown), _letters(value, shown), _position(value, shown)

    def _seen_from(self, seat: Seat, *, numbers: bool) -> Iterator[Near]:
        """All that is looked at from one place."""
        name, letters, here = seat
        row = self._rows.get(name)
        if row is None:
            return
        if letters is not None:
            yield from islice(_outwards(row.spelled, bisect_left(row.letters, letters)), _SPELLED)
        start = bisect_left(row.keys, here)
        yield from islice(
            _outwards(row.held, start) if numbers else _nearest(row.held, row.keys, here, start), _VISITED
        )

    def beside(self, value: Single, fact: Fact, *, below: bool) -> Iterator[Near]:
        """All values of the same shape on one side of a number or date, the nearest first."""
        shown = self.shown(fact)
        row = self._rows.get(_row(value, shown))
        if row is not None:
            start = bisect_left(row.keys, _position(value, shown))
            yield from reversed(row.held[:start]) if below else row.held[start:]

    def score(self, value: Single, other: Fact | None, key: Single, fact: Fact) -> float:
        """How plausible `value` (of `other`, or made up) is beside `key` of `fact`, from 0 to 1."""
        if other is not None and other.id in fact.unlike:
            return 1.0
        near = self.nearness(key, fact)(value, other)
        return plausibility(value, key, near=near, topic=None if other is None else topic(fact, other))

    def nearness(self, key: Single, fact: Fact) -> Callable[[Single, Fact | None], float | None]:
        """What says how near values are to the key, or what the question shows of them; None where it shows nothing.

        Positive numbers are compared by their ratio: 1 and 2 metres are as far apart as 1 and 2 kilometres.
        """
        mine = self.measure(key, fact)
        if not isinstance(mine, Sized):
            return partial(self._begin_alike, mine)
        here, measures, row = middle(mine), _measures(mine), self._rows[_row(key, self.shown(fact))]
        known: dict[int, float] = {}  # by the identity of what is shown, which facts hold and of one date have alike

        def of(its: Single | None) -> float:
            if not isinstance(its, Sized) or _measures(its) != measures:
                return 0.0
            there = middle(its)
            by_ratio = row.by_ratio and there > 0
            return nearness(abs(log(here / there)) if by_ratio else abs(here - there), row.spread)

        def near(value: Single, other: Fact | None) -> float:
            if mine is key:
                return of(value)
            its = None if other is None else self.shown(other)
            if id(its) not in known:
                known[id(its)] = of(its)
            return known[id(its)]

        return near

    def _begin_alike(self, mine: Single | None, _: Single, other: Fact | None) -> float | None:
        """How far the symbols begin alike that the question shows."""
        its = None if other is None else self.shown(other)
        if isinstance(mine, Text) and isinstance(its, Text) and len(mine.text) <= SYMBOL:
            return beginning(fold(mine.text), fold(its.text))
        return None


def _row(value: Single, shown: Single | None) -> str:
    """What all options of a question have in common: the shape, and the unit that the question shows."""
    return f"{shape(value)}|{shown.dimension} {shown.unit}" if isinstance(shown, Quantity) else shape(value)


def _letters(value: Single, shown: Single | None) -> str | None:
    """The letters by which a single word is looked for; None for what is no single word."""
    if not isinstance(value, Worded):
        return None
    if isinstance(shown, Text) and len(shown.text) <= SYMBOL:
        return fold(shown.text)
    return None if shown is not None or " " in value.text else fold(value.text)


def _position(value: Single, shown: Single | None) -> float:
    measure = value if isinstance(value, Sized) else shown
    return middle(measure) if isinstance(measure, Sized) else float(len(text_of(value)))


def _measures(value: Date | Quantity) -> str:
    """What a number measures, to compare like with like."""
    return "time" if isinstance(value, Date) else f"{value.dimension} of {value.unit if not value.dimension else ''}"


def middle(value: Date | Quantity) -> float:
    """The middle of a date or a number, or its one end."""
    low, high = (value.first, value.last) if isinstance(value, Date) else (value.low, value.high)
    if low is None or high is None:
        return float(high if low is None else low)  # type: ignore[arg-type]  # one end is known
    return (float(low) + float(high)) / 2


def text_of(value: Single) -> str:
    """A value as written."""
    return value.text if isinstance(value, Worded) else value.written


def _nearest(held: Sequence[Near], keys: Sequence[float], here: float, start: int) -> Iterator[Near]:
    """All that are held, by their distance from `here`, which lies just before `start`."""
    left, right = start - 1, start
    while left >= 0 or right < len(held):
        if right >= len(held) or (left >= 0 and here - keys[left] <= keys[right] - here):
            yield held[left]
            left -= 1
        else:
            yield held[right]
            right += 1


def _outwards(held: Sequence[Near], start: int) -> Iterator[Near]:
    """All that are held, from `start` on both sides in turn."""
    for step in range(max(start, len(held) - start)):
        if start + step < len(held):
            yield held[start + step]
        if start - step > 0:
            yield held[start - step - 1]


def _spread(keys: Sequence[float], *, by_ratio: bool) -> float:
    """How far the middle half of sorted numbers reaches, or all of them where that is nothing."""
    ordered = [log(key) for key in keys] if by_ratio else keys
    half = ordered[(3 * len(ordered)) // 4] - ordered[len(ordered) // 4]
    return half or ordered[-1] - ordered[0] or (_FOUR_TIMES if by_ratio else _TEN_YEARS)
