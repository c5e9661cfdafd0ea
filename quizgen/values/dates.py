"""Dates at their precision: a day, a month, a year, an interval, open or approximate; BCE too.

Written as in EDTF (ISO 8601-2:2019, level 0 and 1) as far as decks need it: `1994`, `2001-09`, `2018-10-12`,
`1979/1989`, `1994~` (about), `1994?` (uncertain, read as about), `2014/..`, `../1914`, `198X`, `19XX`, `-0043`
(44 BCE), and `44 BC`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from quizgen.values.unreadable import Unreadable

_POINT = re.compile(r"(-?\d{1,6})(?:-(\d\d)(?:-(\d\d))?)?")
_BCE = re.compile(r"(\d{1,6})\s*(?:BCE|BC|B\.C\.|B\.C\.E\.)", re.IGNORECASE)
_DECADE = re.compile(r"(\d{3})[Xx]")
_CENTURY = re.compile(r"(\d{2})[Xx]{2}")
_SHORT_RANGE = re.compile(r"(\d{4})\s*[-–—]\s*(\d{2}|\d{4})")

_ABOUT_YEARS = 5  # how far from `1994~` the truth may lie: EDTF leaves it open, so it is ours to say
_MONTHS = 12
_LONG = (1, 3, 5, 7, 8, 10, 12)
_FEBRUARY = 2

HOW = (
    "Write a date as 1994, 2001-09, 2018-10-12, an interval as 1979/1989, about as 1994~, open as 2014/.., "
    "before our era as 44 BC."
)


class Point(NamedTuple):
    """A day, a month (day 0) or a year (month 0). Years are astronomical: 0 is 1 BCE, -43 is 44 BCE."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "day" if self.day else "month" if self.month else "year"


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a span of days.

    `start` and `end` are its ends (equal unless it is an interval; None: open). `first` and `last` are the numbers of
    the earliest and the latest day that it may mean, widened where it is approximate (None: open).
    """

    written: str
    start: Point | None
    end: Point | None
    approximate: bool
    first: int | None
    last: int | None

    def __hash__(self) -> int:
        return hash(self.written)  # equal dates are written alike, and most that are not are not

    @property
    def interval(self) -> bool:
        """Whether it has two ends."""
        return self.start != self.end

    @property
    def shape(self) -> str:
        """What wrong options must share with it: the precision, `interval`, `open`; with `about` where it is that."""
        if self.start is None or self.end is None:
            shape = "open"
        elif self.interval:
            shape = "decade" if self.written.rstrip("~?%")[-1:] in "Xx" else "interval of " + self.start.precision
        else:
            shape = self.start.precision
        return "about " + shape if self.approximate else shape


def days_in(year: int, month: int) -> int:
    """Days of a month in the proleptic Gregorian calendar."""
    if month == _FEBRUARY:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 31 if month in _LONG else 30


def day_number(year: int, month: int, day: int) -> int:
    """Days since 0000-03-01, any year (the civil-day algorithm: years from March, eras of 400 years)."""
    year -= month <= _FEBRUARY
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def first_day(point: Point) -> int:
    """The earliest day that a point may mean."""
    return day_number(point.year, point.month or 1, point.day or 1)


def last_day(point: Point) -> int:
    """The latest day that a point may mean."""
    month = point.month or _MONTHS
    return day_number(point.year, month, point.day or days_in(point.year, month))


def make_date(written: str, start: Point | None, end: Point | None, *, approximate: bool = False) -> Date:
    """A date from its ends."""
    first = None if start is None else first_day(_moved(start, -_ABOUT_YEARS) if approximate else start)
    last = None if end is None else last_day(_moved(end, _ABOUT_YEARS) if approximate else end)
    return Date(written, start, end, approximate, first, last)


def _moved(point: Point, years: int) -> Point:
    return Point(point.year + years) if point.precision == "year" else Point(point.year + (years > 0) - (years < 0))


def read_date(text: str) -> Date:
    """The date that `text` writes. Raises `Unreadable`."""
    written = text.strip()
    approximate = written.endswith(("~", "?", "%"))
    bare = written[:-1].strip() if approximate else written
    if "/" in bare:
        return _interval(written, bare, approximate=approximate)
    if found := _DECADE.fullmatch(bare):
        return make_date(written, Point(int(found[1]) * 10), Point(int(found[1]) * 10 + 9), approximate=approximate)
    if found := _CENTURY.fullmatch(bare):
        return make_date(written, Point(int(found[1]) * 100), Point(int(found[1]) * 100 + 99), approximate=approximate)
    point = _point(bare, written)
    return make_date(written, point, point, approximate=approximate)


def _interval(written: str, bare: str, *, approximate: bool) -> Date:
    parts = bare.split("/")
    if len(parts) != 2:  # noqa: PLR2004 - two ends
        raise _unreadable(written)
    soft = any(part.strip().endswith(("~", "?")) for part in parts)
    ends = [part.strip().rstrip("~?") for part in parts]
    start, end = (None if part in ("..", "") else _point(part, written) for part in ends)
    if start is None and end is None:
        raise _unreadable(written)
    if start is not None and end is not None and first_day(start) > last_day(end):
        raise Unreadable(f"'{written}' ends before it begins", HOW)
    return make_date(written, start, end, approximate=approximate or soft)


def _point(text: str, written: str) -> Point:
    if found := _BCE.fullmatch(text):
        return Point(1 - int(found[1]))
    found = _POINT.fullmatch(text)
    if not found:
        raise _unreadable(written)
    year, month, day = (int(part or 0) for part in found.groups())
    if found[2] is not None and not 1 <= month <= _MONTHS:
        raise _unreadable(written)
    if found[3] is not None and not 1 <= day <= days_in(year, month):
        raise _unreadable(written)
    return Point(year, month, day)


def _unreadable(written: str) -> Unreadable:
    short = _SHORT_RANGE.fullmatch(written)
    if short:
        last = short[2] if len(short[2]) == len(short[1]) else short[1][:2] + short[2]
        return Unreadable(f"'{written}' is not a date", f"An interval is written {short[1]}/{last}. {HOW}")
    return Unreadable(f"'{written}' is not a date", HOW)


def same_date(one: Date, other: Date) -> bool:
    """Whether two dates mean the same span of days."""
    return (one.first, one.last) == (other.first, other.last)


def date_rules_out(one: Date, other: Date) -> bool:
    """Whether two dates cannot both be true of one thing: no day belongs to both.

    1979 does not rule out 1979/1989, nor June 1914 the year 1914.

    >>> [date_rules_out(read_date("1914"), read_date(text)) for text in ("1914-06", "1910/1920", "1918~", "44 BC")]
    [False, False, False, True]
    """
    ends_before = one.last is not None and other.first is not None and one.last < other.first
    begins_after = one.first is not None and other.last is not None and one.first > other.last
    return ends_before or begins_after


def within(inner: Date, outer: Date) -> bool:
    """Whether every day of `inner` belongs to `outer`."""
    after = outer.first is None or (inner.first is not None and inner.first >= outer.first)
    before = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return after and before
