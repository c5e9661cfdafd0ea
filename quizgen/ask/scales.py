"""Scales: where the items of an order lie on an axis, to draw a timeline of dates or bars of amounts.

A timeline runs from one round date to another, with at most `MOST_TICKS` labelled ticks between. Bars begin at
nothing; they are only drawn where every bar can be told from the next by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizgen.language import Language
from quizgen.questions import Scale
from quizgen.values import Date, Quantity, Single
from quizgen.values.dates import Point, day_number, days_in, first_day, make_date
from quizgen.values.show import show_date
from quizgen.values.units import unit_of

MOST_TICKS = 8
_APART = 0.02  # of the longest bar: what an eye can tell
_PLACES = 4  # decimals of a place on the axis: a fiftieth of a millimetre on paper

_DAYS = (1, 2, 5, 10)
_MONTHS = (1, 3, 6)
_YEARS = tuple(digit * 10**power for power in range(6) for digit in (1, 2, 5))
_A_YEAR = 12


def scale_of(values: Sequence[Single], language: Language) -> Scale | None:
    """The axis on which these dates or quantities lie, in their order; None where they cannot be drawn to scale."""
    dates = [value for value in values if isinstance(value, Date)]
    if len(dates) == len(values):
        return _timeline(dates, language)
    amounts = [value for value in values if isinstance(value, Quantity)]
    return _bars(amounts) if len(amounts) == len(values) else None


def _timeline(dates: Sequence[Date], language: Language) -> Scale | None:
    spans = [(date.first, date.last + 1) for date in dates if date.first is not None and date.last is not None]
    if len(spans) < len(dates):  # an open date has no end that could be drawn
        return None
    ticks = _ticks(min(first for first, _ in spans), max(end for _, end in spans))
    if not ticks:
        return None
    days = [first_day(tick) for tick in ticks]
    begin, long = days[0], days[-1] - days[0]

    def at(day: int) -> float:
        return round((day - begin) / long, _PLACES)

    return Scale(
        measure="time",
        spans=tuple((at(first), at(end)) for first, end in spans),
        ticks=tuple(
            (at(day), show_date(make_date("", tick, tick), language)) for day, tick in zip(days, ticks, strict=True)
        ),
    )


def _ticks(first: int, end: int) -> list[Point]:
    """The round dates of the finest grid on which few enough of them reach from one day to another."""
    for grid, longest in _grids(first):
        if (MOST_TICKS - 1) * longest < end - first:
            continue  # they cannot reach so far: most grids are too fine
        ticks: list[Point] = []
        for point in grid:
            if ticks and first_day(point) <= first:
                ticks = []
            ticks.append(point)
            if first_day(point) >= end or len(ticks) > MOST_TICKS:
                break
        if len(ticks) <= MOST_TICKS:
            return ticks
    return []


def _grids(first: int) -> Iterator[tuple[Iterator[Point], int]]:
    """Grids of round dates, the finest first, each from a date that is not after that day; the most days of a step."""
    start = _point_of(first)
    for step in _DAYS:
        yield _each_day(start, step), step
    for step in _MONTHS:
        yield _each_month(start.year, step), 31 * step
    for step in _YEARS:
        yield _each_year(start.year, step), 366 * step


def _each_day(start: Point, step: int) -> Iterator[Point]:
    year, month, day = start
    while True:
        yield Point(year, month, day)
        day += step
        while day > days_in(year, month):
            day -= days_in(year, month)
            year, month = (year, month + 1) if month < _A_YEAR else (year + 1, 1)


def _each_month(year: int, step: int) -> Iterator[Point]:
    while True:
        yield from (Point(year, month) for month in range(1, _A_YEAR + 1, step))
        year += 1


def _each_year(year: int, step: int) -> Iterator[Point]:
    """Years that are round as people count them: 100 BCE, 1 (for there is no year 0), 100."""
    counted = year if year > 0 else year - 1
    counted -= counted % step
    while True:
        if counted or step > 1:
            yield Point(counted if counted > 0 else counted + 1)
        counted += step


def _point_of(day: int) -> Point:
    """The day of that number."""
    year = min(day // 366, day // 365) - 1
    while day_number(year + 1, 1, 1) <= day:
        year += 1
    month = next(month for month in range(_A_YEAR, 0, -1) if day_number(year, month, 1) <= day)
    return Point(year, month, day - day_number(year, month, 1) + 1)


def _bars(amounts: Sequence[Quantity]) -> Scale | None:
    lengths = [_length(amount) for amount in amounts]
    longest = max(lengths)
    if longest <= 0 or any(later - former < longest * _APART for former, later in pairwise([0.0, *sorted(lengths)])):
        return None
    return Scale(measure="amount", spans=tuple((0.0, round(length / longest, _PLACES)) for length in lengths))


def _length(amount: Quantity) -> float:
    """The amount in the base unit of what it measures: the middle of a range."""
    middle = amount.number if amount.upper is None else (amount.number + amount.upper) / 2
    unit = unit_of(amount.unit)
    return float(middle if unit is None else unit.in_base(middle))
