"""Notes as they go into a package, and all those of a deck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from quizgen.ledger import Ledger, digest
from quizgen.problems import Place, Problem
from quizgen.write.anki.models import NoteType

BETWEEN = "\x1f"  # what Anki parts the fields of a note with


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note, ready to be written: fields are HTML, `cards` the numbers of its cards, from 0, `deck` where they go.

    `key` is its line in the ledger, `fact/way/form`. `text` is its fields as Anki has them, a U+001F between each two.
    """

    key: str
    guid: str
    type: NoteType
    text: str
    tags: tuple[str, ...]
    changed: int
    deck: int
    cards: tuple[int, ...] = (0,)
    suspended: bool = False
    place: Place = Place("")

    @property
    def fields(self) -> list[str]:
        """Its fields, in the order of its type; no field has a U+001F in it."""
        return self.text.split(BETWEEN)

    @property
    def mark(self) -> str:
        """A digest of all that an update of the note brings."""
        return digest(BETWEEN.join((self.type.form, self.text, *self.tags)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes in the order in which they are to be learned, and what could not be written.

    `decks` are the names of their decks by number, the main one first; `media` are pictures by name; `asked` are the
    keys of all cards that the deck gives, whether they are wanted here or not.
    """

    notes: tuple[Note, ...]
    decks: Mapping[int, str]
    media: Mapping[str, bytes]
    asked: frozenset[str]
    problems: tuple[Problem, ...]

    def marks(self) -> dict[str, str]:
        """Digests of the notes, by key."""
        return {note.key: note.mark for note in self.notes}

    def as_of(self, ledger: Ledger) -> Notes:
        """The same notes with the times of that ledger: the one that they were made with, brought up to date."""
        times = ((note, ledger.lines[note.key].changed) for note in self.notes)
        notes = [note if note.changed == time else replace(note, changed=time) for note, time in times]
        return replace(self, notes=tuple(notes))
