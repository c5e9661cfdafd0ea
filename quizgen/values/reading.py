"""Reading: from a curator's text to a value."""

from __future__ import annotations

from quizgen.values.dates import read_date
from quizgen.values.many import Single
from quizgen.values.names import Name
from quizgen.values.quantities import read_quantity
from quizgen.values.text import Text

TYPES = ("text", "date", "quantity", "name", "place")  # `list of` any of these is a type as well


def read(type_: str, text: str) -> Single:
    """The value that `text` writes, of one of `TYPES`. Raises `Unreadable`; KeyError for a type that there is not."""
    match type_:
        case "text":
            return Text(text.strip())
        case "date":
            return read_date(text)
        case "quantity":
            return read_quantity(text)
        case "name":
            return Name(text.strip())
        case "place":
            return Name(text.strip(), place=True)
        case _:
            raise KeyError(type_)
