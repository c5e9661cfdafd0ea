"""Wrong options: values that are proved wrong for a question, the most plausible ones first.

A value is a wrong option only if every value that may be right rules it out. Most come from other facts of the deck
and name the fact; where the deck has too few dates or numbers, some are made up on the key's own grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from quizgen.ask.agree import singles
from quizgen.dice import Dice, lot
from quizgen.facts import Fact
from quizgen.values import Date, Name, Quantity, Single, Text, rules_out
from quizgen.values.dates import Point, make_date
from quizgen.values.quantities import like, read_quantity
from quizgen.values.text import fold, telling_words

WANTED = 3  # wrong options of a choice; two suffice (Tarrant, Ware and Mohammed 2009, 10.1186/1472-6920-9-40)
FEWEST = 2
_VISITED = 48  # neighbours that are looked at for a question: what keeps asking linear
_GATHERED = 12  # of these, how many proved wrong are gathered
_KEPT = 9  # and of these, the plausible ones among which the dice choose
_SHORT = 3  # letters of a symbol or a code
_LONGER = 1.25  # a right option this much longer than the others, and of four words or more, gives itself away
_WORDY = 4

_FACTORS = tuple(Decimal(n) / 100 for n in (40, 50, 60, 70, 75, 80, 120, 125, 130, 140, 150, 175, 200, 250))
_STEPS, _SMALL = (-2, -1, 1, 2), 20  # how far from a small number another may lie
_WHOLE, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A value proved wrong, and the fact that it comes from (None: made up)."""

    value: Single
    fact: Fact | None


Proof = Callable[[Single], bool]


class Pool:
    """The values of one field over the facts of a kind, by shape, each shape sorted along one axis.

    The axis is the value itself where it is a date or a number. For texts and names it is a date or number that the
    question shows (events near in time are plausible for one another), or else their length.
    """

    def __init__(self, facts: Sequence[Fact], field: str, axis: str | None) -> None:
        self._field = field
        self._axis = axis
        rows: dict[str, list[tuple[float, int, int, Single, Fact]]] = defaultdict(list)
        for fact in facts:
            if field in fact.values:
                for value in singles(fact.values[field]):
                    lots = lot("pool", fact.id, _text(value))
                    rows[self._row(value, fact)].append((self._position(value, fact), lots, fact.position, value, fact))
        self._rows = {shape: sorted(found, key=lambda row: row[:3]) for shape, found in rows.items()}
        self._keys = {shape: [row[0] for row in found] for shape, found in self._rows.items()}

    def _row(self, value: Single, fact: Fact) -> str:
        """What all options of a question have in common: the shape, and the unit that the question shows."""
        shown = fact.values.get(self._axis) if self._axis else None
        return f"{_shape(value)}|{shown.dimension} {shown.unit}" if isinstance(shown, Quantity) else _shape(value)

    def _position(self, value: Single, fact: Fact) -> float:
        if isinstance(value, Date | Quantity):
            return _middle(value)
        shown = fact.values.get(self._axis) if self._axis else None
        return _middle(shown) if isinstance(shown, Date | Quantity) else float(len(_text(value)))

    def near(self, value: Single, fact: Fact) -> Iterator[tuple[Single, Fact]]:
        """Values of the same shape, the nearest first, at most a window of them."""
        row = self._row(value, fact)
        rows, keys = self._rows.get(row, []), self._keys.get(row, [])
        here = self._position(value, fact)
        right = bisect_left(keys, here)
        left = right - 1
        for _ in range(_VISITED):
            if left < 0 and right >= len(rows):
                return
            if right >= len(rows) or (left >= 0 and here - keys[left] <= keys[right] - here):
                found, left = rows[left], left - 1
            else:
                found, right = rows[right], right + 1
            if found[4] is not fact:
                yield found[3], found[4]


def _middle(value: Date | Quantity) -> float:
    low, high = (value.first, value.last) if isinstance(value, Date) else (value.low, value.high)
    known = [float(end) for end in (low, high) if end is not None]
    return sum(known) / len(known)


def _shape(value: Single) -> str:
    """What all options of a question have in common."""
    match value:
        case Date() | Quantity() | Name():
            return value.shape
        case Text():
            return ""


def _text(value: Single) -> str:
    return value.text if isinstance(value, Text | Name) else value.written


def from_deck(
    key: Single, fact: Fact, field: str, *, pool: Pool, facts: Mapping[str, Fact], is_wrong: Proof
) -> tuple[Wrong, ...]:
    """Wrong values of the deck: those of facts that `fact` is `unlike`, then the most plausible neighbours."""
    found: dict[Hashable, Wrong] = {}
    for id_ in fact.unlike:
        other = facts.get(id_)
        if other and other.kind is fact.kind and field in other.values and other.retired is None:
            for value in singles(other.values[field]):
                if _shape(value) == _shape(key) and is_wrong(value):
                    found.setdefault(_what(value), Wrong(value=value, fact=other))
    preferred = len(found)
    for value, other in pool.near(key, fact):
        what = _what(value)
        if what not in found and is_wrong(value) and _alike(fact, other, field):
            found[what] = Wrong(value=value, fact=other)
            if len(found) == preferred + _GATHERED:
                break
    best = list(found.values())
    rest = sorted(best[preferred:], key=lambda wrong: _implausible(wrong, key, fact))
    return (*best[:preferred], *rest[:_KEPT])


def _what(value: Single) -> Hashable:
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


def _alike(fact: Fact, other: Fact, field: str) -> bool:
    """Whether members of one list are plausible in the other: both lists are of 'countries', of names or of words."""
    known = fact.kind.fields[field]
    if not known.many or known.type != "text":
        return True
    heads = (telling_words(_headline(one).split(" of ", 1)[0]) for one in (fact, other))
    members = (_text(singles(one.values[field])[0])[:1].isupper() for one in (fact, other))
    return bool(next(heads) & next(heads)) and next(members) == next(members)


def _headline(fact: Fact) -> str:
    value = singles(fact.values[fact.kind.headline])[0]
    return _text(value)


def _implausible(wrong: Wrong, key: Single, fact: Fact) -> int:
    """How little a wrong option looks like the key: stable, so that nearness decides among equals."""
    other = wrong.fact
    shared = bool(other and set(other.tags) & set(fact.tags))
    if not isinstance(key, Text | Name) or not isinstance(wrong.value, Text | Name):
        return 0 if shared else 1
    mine, its = key.text, wrong.value.text
    alike = mine[:1].isupper() == its[:1].isupper()
    longer, shorter = max(len(mine), len(its)), max(1, min(len(mine), len(its)))
    short = longer <= _SHORT  # a symbol, a code: those that begin alike are confused
    common = mine[:1] == its[:1] if short else bool(telling_words(mine) & telling_words(its))
    return (0 if shared else 2) + (0 if alike else 2) + (3 if longer > 2 * shorter else 0) + (0 if common else 1)


def made_up(key: Single, dice: Dice, is_wrong: Proof, latest: int | None) -> Iterator[Wrong]:
    """Dates and numbers on the key's own grid, in the order of the dice; none for texts and names.

    `latest` is the last day that a date of the deck may have: nothing is dated in its future.
    """
    if isinstance(key, Date):
        values: list[Single] = [date for date in _dates_near(key) if latest is None or (date.last or 0) <= latest]
    elif isinstance(key, Quantity) and not key.open and key.upper is None:
        values = [*_numbers_near(key)]
    else:
        return
    for value in dice.shuffled(values):
        if is_wrong(value):
            yield Wrong(value=value, fact=None)


def _dates_near(key: Date) -> Iterator[Date]:
    if key.start is None or key.end is None:
        return
    step = 10 if key.approximate or key.written[-1:] in "Xx" else 1
    for years in (1, 2, 3) if key.start.precision == "day" else (1, 2, 3, 4, 5, 6, 8, 10):
        for move in (-years * step, years * step):
            start, end = _moved(key.start, move), _moved(key.end, move)
            if start and end:
                written = _written(start) if start == end else f"{_written(start)}/{_written(end)}"
                if key.shape.endswith("decade"):
                    written = f"{start.year // 10}X"
                yield make_date(written + ("~" if key.approximate else ""), start, end, approximate=key.approximate)


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


def chosen(key: Single, found: Sequence[Wrong], invented: Iterable[Wrong], dice: Dice) -> tuple[Wrong, ...]:
    """The wrong options of one choice: plausible ones, in any order, at most `WANTED`; () where there are too few.

    Options rule one another out too: no two of them may be one thing. `invented` is asked where `found` does not do.
    """
    if isinstance(key, Date | Quantity):
        picked = _around(key, chain(found, invented), dice)
    else:
        picked = _apart(_long_one_first(key, dice.shuffled(_fair(key, found))))
    return picked if len(picked) >= FEWEST else ()


def _long_one_first(key: Text | Name, wrongs: tuple[Wrong, ...]) -> tuple[Wrong, ...]:
    """The same, beginning with one beside which the right option does not stand out by its length."""
    long = next((wrong for wrong in wrongs if len(key.text) <= _LONGER * len(_text(wrong.value))), None)
    return (long, *(wrong for wrong in wrongs if wrong is not long)) if long else wrongs


def _apart(wrongs: Iterable[Wrong]) -> tuple[Wrong, ...]:
    """The first `WANTED` that rule one another out."""
    picked: list[Wrong] = []
    for wrong in wrongs:
        if len(picked) < WANTED and all(rules_out(wrong.value, other.value) for other in picked):
            picked.append(wrong)
    return tuple(picked)


def _fair(key: Single, found: Sequence[Wrong]) -> Sequence[Wrong]:
    """The candidates among which the right one does not stand out by its length; the plausible half of them."""
    best = list(found[: WANTED + 2])
    text = _text(key)
    if len(text.split()) < _WORDY or any(len(text) <= _LONGER * len(_text(wrong.value)) for wrong in best[:WANTED]):
        return best
    longest = sorted(found, key=lambda wrong: -len(_text(wrong.value)))[:WANTED]
    return longest if longest and len(text) <= _LONGER * len(_text(longest[0].value)) else ()


def _around(key: Date | Quantity, wrongs: Iterable[Wrong], dice: Dice) -> tuple[Wrong, ...]:
    """Options on both sides of the key; the dice say how many lie below, for whoever reads numbers sorts them."""
    here = _middle(key)
    below: list[Wrong] = []
    above: list[Wrong] = []
    want = dice.below(WANTED + 1)
    for wrong in wrongs:
        enough = len(below) + len(above) >= WANTED
        if enough and (wrong.fact is None or (len(below) >= want and len(above) >= WANTED - want)):
            break  # nothing is made up where the deck has enough: that would be a group 30 of the periodic table
        side = below if _middle(wrong.value) < here else above  # type: ignore[arg-type]  # of the key's own type
        if all(rules_out(wrong.value, other.value) for other in (*below, *above)):
            side.append(wrong)
    low = min(max(want, WANTED - len(above)), len(below))
    return tuple(below[:low] + above[: WANTED - low])
