"""Lists of values, and the union of all types of value."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.values.dates import Date
from quizgen.values.names import Name
from quizgen.values.quantities import Quantity
from quizgen.values.text import Text

Single = Text | Date | Quantity | Name
Sized = Date | Quantity  # what is before or after, less or more; `isinstance` takes a third of the time with its name
Worded = Text | Name


@dataclass(frozen=True, slots=True)
class Many:
    """Several values of one type, in the order written; as an answer, the order does not count."""

    members: tuple[Single, ...]


Value = Text | Date | Quantity | Name | Many
