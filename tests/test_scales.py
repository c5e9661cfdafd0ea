"""Scales of order questions: everything lies on the axis, in its order, under ticks that say the truth."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.ask.scales import MOST_TICKS, scale_of
from quizgen.language import read_language
from quizgen.templates import Templates
from quizgen.values.dates import Point, first_day, last_day, make_date, read_date
from quizgen.values.quantities import read_quantity

ENGLISH, _ = read_language(Templates.found(), "en")
YEARS = st.integers(-3000, 2100)


def timeline(*written: str) -> list[str]:
    scale = scale_of([read_date(text) for text in written], ENGLISH)
    return [label for _, label in scale.ticks] if scale else []


@pytest.mark.parametrize(
    "dates, labels",
    [
        (("1957", "1969-07-20"), ["1956", "1958", "1960", "1962", "1964", "1966", "1968", "1970"]),
        (("1969-07-16", "1969-07-24"), [f"{day} July 1969" for day in range(16, 31, 2)][:6]),
        (("1914-06", "1914-11"), ["June 1914", "July 1914"]),
        (("753 BC", "44 BC", "476"), ["800 BCE", "600 BCE", "400 BCE", "200 BCE", "1", "200", "400", "600"]),
        (("-0002", "0003"), ["3 BCE", "2 BCE", "1 BCE", "1", "2", "3", "4"]),
    ],
)
def test_ticks_are_round_dates_from_before_the_first_to_after_the_last(
    dates: tuple[str, ...], labels: list[str]
) -> None:
    assert timeline(*dates)[: len(labels)] == labels


@given(st.lists(YEARS, min_size=2, max_size=5, unique=True), st.lists(st.integers(1, 12), min_size=5, max_size=5))
def test_dates_lie_in_order_between_ticks_that_are_where_they_say(years: list[int], months: list[int]) -> None:
    points = [Point(year, month) for year, month in zip(sorted(years), months, strict=False)]
    scale = scale_of([make_date("", point, point) for point in points], ENGLISH)
    assert scale is not None
    assert 2 <= len(scale.ticks) <= MOST_TICKS
    assert scale.ticks[0][0] == 0 and scale.ticks[-1][0] == 1
    assert all(one[0] < other[0] for one, other in pairwise(scale.ticks))
    assert all(0 <= begin <= end <= 1 for begin, end in scale.spans)
    assert all(one[1] <= other[0] for one, other in pairwise(scale.spans))
    # What the picture says is what the calendar says: the days between two dates are to scale with the whole axis.
    days = first_day(points[-1]) - first_day(points[0])
    whole = (last_day(points[-1]) + 1 - first_day(points[0])) / (scale.spans[-1][1] - scale.spans[0][0] or 1)
    assert scale.spans[-1][0] - scale.spans[0][0] == pytest.approx(days / whole, abs=3e-4)


@pytest.mark.parametrize(
    "amounts, ends",
    [
        (("5 km", "20 km", "10 mi"), [0.25, 1, 0.8047]),
        (("1 million", "2 million"), [0.5, 1]),
        (("10-20", "30"), [0.5, 1]),
        (("1 km", "1.01 km", "90 km"), None),  # nobody could tell the bars apart
        (("-3", "4"), None),
    ],
)
def test_bars_are_as_long_as_the_amounts_are_large(amounts: tuple[str, ...], ends: list[float] | None) -> None:
    scale = scale_of([read_quantity(text) for text in amounts], ENGLISH)
    if ends is None:
        assert scale is None
    else:
        assert scale is not None
        assert [end for _, end in scale.spans] == pytest.approx(ends, abs=1e-4)
        assert {begin for begin, _ in scale.spans} == {0}


def test_an_open_date_is_on_no_timeline() -> None:
    assert scale_of([read_date("1914"), read_date("2014/..")], ENGLISH) is None
