"""The field types: how a value is read, shown, compared, and when one rules out another.

Five types of value, a closed union: `Text`, `Date`, `Quantity`, `Name` (a person, a group, a place) and `Many`
(a list of one of them).
"""

from __future__ import annotations

from quizgen.values.dates import Date
from quizgen.values.many import Many, Value
from quizgen.values.names import Name
from quizgen.values.quantities import Quantity
from quizgen.values.reading import TYPES, Unreadable, read
from quizgen.values.text import Text

__all__ = ["TYPES", "Date", "Many", "Name", "Quantity", "Text", "Unreadable", "Value", "read"]
