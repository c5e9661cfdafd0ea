"""The field types: how a value is read, shown, compared, and when one rules out another.

Five types of value, a closed union: `Text`, `Date`, `Quantity`, `Name` (a person, a group, a place) and `Many`
(a list of one of them).
"""

from __future__ import annotations

from quizgen.values.compare import rules_out, same
from quizgen.values.dates import Date
from quizgen.values.many import Many, Single, Sized, Value, Worded
from quizgen.values.names import Name
from quizgen.values.quantities import Quantity
from quizgen.values.reading import TYPES, read
from quizgen.values.text import Text, contains_words, fold
from quizgen.values.unreadable import Unreadable

__all__ = [
    "TYPES",
    "Date",
    "Many",
    "Name",
    "Quantity",
    "Single",
    "Sized",
    "Text",
    "Unreadable",
    "Value",
    "Worded",
    "contains_words",
    "fold",
    "read",
    "rules_out",
    "same",
]
