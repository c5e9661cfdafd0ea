"""Reading: from a curator's text to a value."""

from __future__ import annotations

from quizgen.values.many import Value

TYPES = ("text", "date", "quantity", "name", "place")  # `list of` any of these is a type as well


class Unreadable(ValueError):
    """A text that is no value of its type: what is wrong, and how to write one."""

    def __init__(self, says: str, remedy: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy


def read(type_: str, text: str) -> Value:
    """The value that `text` writes. Raises `Unreadable`."""
    raise NotImplementedError
