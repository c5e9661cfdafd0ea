"""When two values of one field are the same answer, and when one surely rules out the other.

Between the two lies doubt: neither the same nor ruled out. In doubt a value is never a wrong option. The rules:

| type | the same | ruled out |
|---|---|---|
| date | one span of days | no day in common ('about' is five years more or less) |
| quantity | one number in one dimension | intervals that do not meet, by qualifier, unit and rounding |
| name | one id, or a name in common | neither alias nor part, initial, spelling or description of the other |
| place | as a name | both in one larger place, or without a word in common |
| text | equal but for case, marks, spaces | neither the other with more words, nor (if long) a misspelling of it |
| list | the same members in any order | neither may hold all of the other |

>>> from quizgen.values.reading import read
>>> one, two, three = read("date", "1979"), read("date", "1979/1989"), read("date", "1990")
>>> same(one, two), rules_out(one, two), rules_out(one, three)
(False, False, True)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import assert_never

from quizgen.values.dates import Date, date_rules_out, same_date
from quizgen.values.many import Many, Value
from quizgen.values.names import Name, name_rules_out, same_name
from quizgen.values.quantities import Quantity, meant, quantity_rules_out, same_quantity
from quizgen.values.text import Text, same_text, squeezed, text_rules_out


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same answer. Values of different types never are."""
    match one, other:
        case Text(), Text():
            return same_text(one.text, other.text)
        case Date(), Date():
            return same_date(one, other)
        case Quantity(), Quantity():
            return same_quantity(one, other)
        case Name(), Name():
            return same_name(one, other)
        case Many(), Many():
            return _covers(one, other) and _covers(other, one)
        case _:
            return False


def _covers(one: Many, other: Many) -> bool:
    return all(any(same(a, b) for b in other.members) for a in one.members)


def meaning(value: Value) -> Hashable:
    """What values that are the same have in common and no others; of a name or a list, which takes `same`, itself."""
    match value:
        case Text():
            return squeezed(value.text)
        case Date():
            return value.first, value.last
        case Quantity():
            return meant(value)
        case Name() | Many():
            return value
        case _:
            assert_never(value)


def rules_out(one: Value, other: Value) -> bool:
    """Whether the two cannot both be a right answer. Lists rule each other out unless one may hold all of the other."""
    kind = type(one)
    return kind is type(other) and _RULES[kind](one, other)


def _many_rules_out(one: Many, other: Many) -> bool:
    return not (_may_hold(one, other) or _may_hold(other, one))


def _may_hold(outer: Many, inner: Many) -> bool:
    return all(any(not rules_out(a, b) for b in outer.members) for a in inner.members)


_RULES: dict[type, Callable[..., bool]] = {  # a table, for it is asked a thousand times a fact
    Text: lambda one, other: text_rules_out(one.text, other.text),
    Date: date_rules_out,
    Quantity: quantity_rules_out,
    Name: name_rules_out,
    Many: _many_rules_out,
}
