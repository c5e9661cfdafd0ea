"""Made-up dates and numbers, on the key's own grid, for where a deck has too few.

Near ones, and those that come of typical mistakes: two digits changed places, a decade or a century too early or too
late. Never another word for the size (million for billion): beside near numbers with the key's own word it stands
alone, and whoever takes what the options have in common is right too often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from quizgen.values import Date, Quantity, Single
from quizgen.values.dates import Point, make_date
from quizgen.values.quantities import like, read_quantity

_FACTORS = tuple(Decimal(n) / 100 for n in (40, 50, 60, 70, 75, 80, 120, 125, 130, 140, 150, 175, 200, 250))
_STEPS, _SMALL = (-2, -1, 1, 2), 20  # how far from a small number another may lie
_WHOLE, _THOUSAND, _CENTURY = 100, 1000, 100
_LIVED = 1800  # the years since are told apart by more than their century


def invented(key: Single, latest: int | None) -> Sequence[Single]:
    """Dates and numbers like the key; none for texts, names, and numbers that are open on one side.

    `latest` is the last day that a date of the deck may have: nothing is dated in its future.
    """
    if isinstance(key, Date):
        return [date for date in _dates_near(key) if latest is None or (date.last or 0) <= latest]
    if isinstance(key, Quantity) and not key.open and key.upper is None:
        return [*_numbers_near(key)]
    return ()


def _dates_near(key: Date) -> Iterator[Date]:
    if key.start is None or key.end is None:
        return
    step = 10 if key.approximate or key.written[-1:] in "Xx" else 1
    near = (1, 2, 3) if key.start.precision == "day" else (1, 2, 3, 4, 5, 6, 8, 10)
    moves = [years * step for years in near]
    if key.start == key.end and step == 1:
        moves += [*_mistaken(key.start)]
    for years in moves:
        for move in (-years, years) if years > 0 else (years,):
            start, end = _moved(key.start, move), _moved(key.end, move)
            if start and end:
                written = _written(start) if start == end else f"{_written(start)}/{_written(end)}"
                if key.shape.endswith("decade"):
                    written = f"{start.year // 10}X"
                yield make_date(written + ("~" if key.approximate else ""), start, end, approximate=key.approximate)


def _mistaken(point: Point) -> Iterator[int]:
    """How many years a typical mistake is off: the last two digits changed about; a century, where they are far off."""
    tens, ones = point.year // 10 % 10, point.year % 10
    if point.year > _CENTURY and tens != ones:
        yield (ones * 10 + tens) - (tens * 10 + ones)
    if point.precision == "year" and _CENTURY < point.year < _LIVED:
        yield _CENTURY


def _moved(point: Point, years: int) -> Point | None:
    """The point some years later; the 29th of February moves nowhere, nor does a date across the year 0."""
    if (point.month, point.day) == (2, 29) or (point.year > 0) != (point.year + years > 0):
        return None
    return point._replace(year=point.year + years)


def _written(point: Point) -> str:
    return "-".join([f"{point.year:04d}", *(f"{part:02d}" for part in point[1:] if part)])


def _numbers_near(key: Quantity) -> Iterator[Quantity]:
    """Numbers of the key's magnitude, as round as it is: no more digits that count, and as many decimals."""
    decimals = len(key.digits.partition(".")[2])
    unit = Decimal(1).scaleb(-decimals)
    digits = int((key.number / key.scale / unit).to_integral_value())
    counting = max(2, len(str(abs(digits)).rstrip("0")))
    seen = {digits}
    for number in (
        *(_rounded(digits * factor, counting) for factor in _FACTORS),
        *(digits + step for step in _STEPS if digits <= _SMALL),
    ):
        percent = key.dimension == "share" and number * unit > _WHOLE
        another_word = key.scale > 1 and number * unit >= _THOUSAND > digits * unit  # 1,300 million is 1.3 billion
        if number in seen or number <= 0 or percent or another_word or _rounded(number, counting) != number:
            continue
        seen.add(number)
        yield read_quantity(like(key, number * unit * key.scale))


def _rounded(number: Decimal | int, counting: int) -> int:
    """The whole number nearest to it that has so many digits before its zeros."""
    whole = int(number)
    grid = int("1" + "0" * max(0, len(str(abs(whole))) - counting))
    return int((Decimal(number) / grid).to_integral_value()) * grid
