"""Quantities: a number with its qualifier and unit, and what it rules out.

Written as people write them: `15,000`, `at least 15,000 soldiers`, `about $1 billion`, `40%`, `up to 3.5 km`,
`10,000-20,000`, `between 4 and 6 m`. Shown as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from quizgen.values.units import CURRENCIES, unit_of
from quizgen.values.unreadable import Unreadable

HOW = "Write a number, with a qualifier and a unit if need be: at least 15,000; about $1 billion; 40%; up to 3.5 km."
_LONGEST = 200  # characters of a written quantity
_NEAR = Decimal("0.1")  # how far from the number 'about' may lie: a tenth

# Spellings of each qualifier. The first two widen, the others open one side.
_QUALIFIERS = {
    "about": ("about", "around", "approximately", "approx.", "roughly", "circa", "c.", "ca.", "~", "≈", "an estimated"),
    "nearly": ("nearly", "almost", "just under", "close to"),
    "at least": ("at least", "no fewer than", "no less than", "not less than", "≥"),
    "more than": ("more than", "over", "above", "well over", ">"),
    "at most": ("at most", "up to", "no more than", "not more than", "a maximum of", "≤"),
    "less than": ("less than", "fewer than", "under", "below", "<"),
}
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "millions": 10**6, "billion": 10**9, "trillion": 10**12,
    "m": 10**6, "bn": 10**9, "k": 10**3,
}  # fmt: skip
_CURRENCY_ONLY = ("m", "bn", "k")  # short scales count only after a currency: '$5m', but '5 m' is a length

_QUALIFIER = {spelling: name for name, spellings in _QUALIFIERS.items() for spelling in spellings}
_STARTS = "|".join(re.escape(spelling) for spelling in sorted(_QUALIFIER, key=len, reverse=True))
_MONEY = "|".join(re.escape(sign) for sign in sorted(CURRENCIES, key=len, reverse=True))
_NUMBER = r"[-−+]?(?:\d{1,3}(?:[,\u00a0\u202f\u2009' ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_QUANTITY = re.compile(
    rf"(?P<qualifier>{_STARTS})?\s*(?P<between>between\s+)?(?P<money>{_MONEY})?\s*(?P<number>{_NUMBER})"
    rf"(?:\s*(?:-|–|—|to|and)\s*(?P=money)?\s*(?P<upper>{_NUMBER}))?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written, and what it says.

    `low` and `high` bound what it may mean, in its base unit (None: open). `number` is the number as written (of a
    range, the lower), `scale` included; `unit` is a unit of measure, a currency, what is counted, or ''.
    """

    written: str
    qualifier: str
    number: Decimal
    upper: Decimal | None
    unit: str
    money: bool
    digits: str  # the number as written, to write another one like it
    scale: int  # 1, or what a word such as 'million' multiplies by
    low: Decimal | None
    high: Decimal | None

    def __hash__(self) -> int:
        return hash(self.written)  # equal quantities are written alike, and most that are not are not

    @property
    def dimension(self) -> str:
        """What may be compared with it: a measure, a currency, or counts ('')."""
        known = unit_of(self.unit)
        return known.dimension if known else f"money {self.unit}" if self.money else ""

    @property
    def open(self) -> bool:
        """Whether it has no bound on one side, as 'at least 15,000'."""
        return self.low is None or self.high is None

    @property
    def shape(self) -> str:
        """What wrong options must share with it: qualifier, unit, scale, whether it is a range and has decimals."""
        decimals = len(self.digits.partition(".")[2])
        return f"{self.qualifier}|{self.unit.casefold()}|{self.scale}|{self.upper is not None}|{min(decimals, 1)}"


def read_quantity(text: str) -> Quantity:
    """The quantity that `text` writes. Raises `Unreadable`."""
    written = " ".join(text.split(" ")).strip()
    found = _QUANTITY.fullmatch(written) if len(written) <= _LONGEST else None
    if not found:
        raise Unreadable(f"'{written[:_LONGEST]}' is not a quantity", HOW)
    scale, unit = _scale_and_unit(found["rest"].strip(), money=bool(found["money"]))
    if not _may_be_unit(unit):
        raise Unreadable(f"'{written}' is not a quantity", HOW)
    qualifier = _QUALIFIER[found["qualifier"].lower()] if found["qualifier"] else ""
    number = _decimal(found["number"]) * scale
    upper = _decimal(found["upper"]) * scale if found["upper"] else None
    if upper is not None and upper < number:
        raise Unreadable(f"'{written}' ends below where it begins", HOW)
    money = found["money"].upper() if found["money"] else ""
    step = Decimal(scale).scaleb(-len(found["number"].partition(".")[2]))
    low, high = _bounds(qualifier, number, upper, money or unit, step=step)
    return Quantity(
        written, qualifier, number, upper, money or unit, bool(money), found["number"].strip(), scale, low, high
    )


def _may_be_unit(unit: str) -> bool:
    """A known unit, or words without digits: `1 or 2` is no quantity of 'or 2'."""
    words = unit.replace("-", "").replace(" ", "")
    return (
        not unit
        or unit_of(unit) is not None
        or (words.isalpha() and unit.split(maxsplit=1)[0] not in ("or", "and", "to"))
    )


def _scale_and_unit(rest: str, *, money: bool) -> tuple[int, str]:
    """`million people` -> 10**6, 'people'."""
    word, _, after = rest.partition(" ")
    scale = _SCALES.get(word.lower())
    if scale is None or (word.lower() in _CURRENCY_ONLY and not money):
        return 1, rest
    return scale, after.strip()


def _decimal(digits: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.\-]", "", digits.replace("−", "-")))


_HALF = Decimal("0.49")  # 5 km and 6 km do not meet
_ONE = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "metre", "kilometre", "mile", "gram")
_WORDS = frozenset((*_ONE, *(word + "s" for word in _ONE)))  # units that are written in one form for 1, in one for more
_COUNTED = ("share", "time", "angle")  # 40%, 17 years: exact as written


Bounds = tuple[Decimal | None, Decimal | None]


def _bounds(qualifier: str, number: Decimal, upper: Decimal | None, unit: str, *, step: Decimal) -> Bounds:
    """What it may mean, in the base unit. `more than` and `less than` include the number: the safe side.

    A measure is rounded to its last digit, which counts `step`; counts, shares and times are exact as written.
    """
    top = number if upper is None else upper
    near = max(abs(number), abs(top)) * _NEAR
    low: Decimal | None
    high: Decimal | None
    match qualifier:
        case "about":
            low, high = number - near, top + near
        case "nearly":
            low, high = number - near, top
        case "at least" | "more than":
            low, high = number, None
        case "at most" | "less than":
            low, high = None, top
        case _:
            low, high = number, top
    known = unit_of(unit)
    if known is None:
        return low, high
    if not qualifier and known.dimension not in _COUNTED:
        low, high = number - step * _HALF, top + step * _HALF
    return (None if low is None else known.in_base(low)), (None if high is None else known.in_base(high))


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities mean the same: 5 km and 5,000 m, 15,000 and 15 thousand."""
    return meant(one) == meant(other)


def meant(value: Quantity) -> tuple[str, str, Decimal, Decimal | None]:
    """What it says, in the base unit of what it measures."""
    unit = unit_of(value.unit)
    number, upper = value.number, value.upper
    if unit is not None:
        number, upper = unit.in_base(number), None if upper is None else unit.in_base(upper)
    return value.dimension, value.qualifier, number, upper


def quantity_rules_out(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities cannot both be true of one thing.

    'at least 15,000' does not rule out 20,000; a measure may be rounded, so that 5 km does not rule out 5.2 km; amounts
    of different currencies never rule each other out. What measures different things does (12 km, 12 kg, 12 soldiers).

    >>> [quantity_rules_out(read_quantity("5 km"), read_quantity(text)) for text in ("5.2 km", "3 mi", "6 km", "5 kg")]
    [False, False, True, True]
    """
    if one.dimension != other.dimension:
        return not (one.money and other.money)
    below = one.high is not None and other.low is not None and one.high < other.low
    above = one.low is not None and other.high is not None and one.low > other.high
    return below or above


def like(model: Quantity, number: Decimal) -> str:
    """Another number, written as `model` is: the same separators, decimals, scale, qualifier and unit."""
    scaled = number / model.scale
    decimals = len(model.digits.partition(".")[2])
    mark = next((char for char in model.digits if char in ",\u00a0\u202f\u2009' "), "")
    plain = f"{scaled:,.{decimals}f}"
    written = model.written.replace(model.digits, plain.replace(",", mark), 1)
    return written.removesuffix(model.unit) + _counted(model.unit, scaled) if model.unit in _WORDS else written


def _counted(unit: str, number: Decimal) -> str:
    """The word of a unit in the number that it takes: '1 hour', '3 hours'."""
    one = unit if unit_of(unit + "s") else unit.removesuffix("s")
    return one if number == 1 else one + "s"


def span_in_own_unit(value: Quantity) -> Bounds:
    """What it may mean, from the lowest to the highest, in the unit that it is written in."""
    return _bounds(value.qualifier, value.number, value.upper, "", step=Decimal(0))
