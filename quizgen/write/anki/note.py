"""A note as it goes into a package."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.ledger import Line
from quizgen.write.anki.models import NoteType

BETWEEN = "\x1f"  # what Anki parts the fields of a note with


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note, ready to be written: fields are HTML, `cards` the numbers of its cards, from 0, `deck` where they go.

    `key` and `line` are what the ledger has of it: `fact/way/form`, and a digest of all that an update of the note
    brings. `text` is its fields as Anki has them, a U+001F between each two.
    """

    key: str
    guid: str
    type: NoteType
    text: str
    tags: tuple[str, ...]
    line: Line
    deck: int
    cards: tuple[int, ...] = (0,)
    suspended: bool = False

    @property
    def fields(self) -> list[str]:
        """Its fields, in the order of its type; no field has a U+001F in it."""
        return self.text.split(BETWEEN)

    @property
    def changed(self) -> int:
        """When it last changed, in seconds since 1970."""
        return self.line.changed
