"""The .apkg file: a zip with an SQLite database.

genanki says what a note type, a deck and the schema are; the rows are written in bulk, and are those that its own
writer would write. Same in, same out: no clock, and nothing of this machine.
"""

from __future__ import annotations

import contextlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import BinaryIO, NamedTuple, Protocol

from quizgen.files import nameless, scratch
from quizgen.ledger import FIRST
from quizgen.write.anki.library import APKG_COL, APKG_SCHEMA, Deck, Model
from quizgen.write.anki.models import Look, NoteType
from quizgen.write.anki.note import BETWEEN, Note

_MANY = 5_000  # notes that are written in memory: some three megabytes
_AT_ONCE = 500  # notes: one by one, making and writing get in each other's way in the processor, by a fifth of both
_PIECE = 1 << 18  # bytes that are compressed at once
_FIRST_ID = FIRST * 1000  # ids are milliseconds; Anki gives new ones where a collection has them already
_TABLES, _INDEXES = APKG_SCHEMA.split("CREATE INDEX", 1)


class Several(Protocol):
    """Notes that one can go through, each time anew, and how many there are; they may be made only then."""

    def __len__(self) -> int:
        """How many there are."""

    def __iter__(self) -> Iterator[Note]:
        """Goes through them."""


def model_of(kind: NoteType, look: Look) -> Model:
    """A note type as genanki has it; made anew for each package, since writing changes it."""
    return Model(
        kind.number,
        kind.name,
        fields=[{"name": name, "id": kind.field_id(i)} for i, name in enumerate(kind.fields)],
        templates=[{"name": kind.form.capitalize(), "id": kind.template_id, "qfmt": look.front, "afmt": look.back}],
        css=look.css,
        model_type=Model.CLOZE if kind.cloze else Model.FRONT_BACK,
    )


def package(
    decks: Iterable[Deck],
    models: Mapping[Model, int],
    notes: Several,
    media: Mapping[str, bytes],
    *,
    preset: bool = False,
) -> bytes:
    """The bytes of an .apkg. `models` says when each note type last changed.

    `media` are files by name: those that are there once one has gone through the notes.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in _members(collection(decks, models, notes, preset=preset), media):
            with archive.open(name, "w") as member:  # of 1980, as is all of which zipfile is told no time
                member.writelines(pieces)
        for info in archive.infolist():
            info.create_system = 3  # the same on Windows
            info.external_attr = 0o644 << 16
    return buffer.getvalue()


def _members(database: Iterable[bytes], media: Mapping[str, bytes]) -> Iterator[tuple[str, Iterable[bytes]]]:
    """The files in a package. Media are looked at only when the database has been written."""
    yield "collection.anki2", database
    names = sorted(media)
    yield "media", [json.dumps({str(i): name for i, name in enumerate(names)}).encode()]
    for i, name in enumerate(names):
        yield str(i), [media[name]]


def deck_of(number: int, name: str, description: str) -> Deck:
    """A deck as genanki has it, as yet without notes."""
    return Deck(number, name, description)


def collection(
    decks: Iterable[Deck],
    models: Mapping[Model, int],
    notes: Several,
    *,
    preset: bool = False,
) -> Iterator[bytes]:
    """The bytes of the database in a package, piece by piece.

    SQLite has a large one in a file, of which little is in memory at a time. 40,000 notes come to 26 MB, which else
    would be there twice, beside all that they are made from.
    """
    fill = partial(_fill, decks=list(decks), models=models, notes=notes, preset=preset)
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(scratch()) if len(notes) > _MANY else None
        database = (file and _in_file(file, fill)) or _in_memory(fill)
        yield _normal(database.read(_PIECE))
        while piece := database.read(_PIECE):
            yield piece


def _in_file(file: BinaryIO, fill: Callable[[sqlite3.Connection], None]) -> BinaryIO | None:
    """The database in that file; None where the disk has no room for it."""
    try:
        with contextlib.closing(sqlite3.connect(file.name, isolation_level=None)) as db:
            nameless(file)
            db.execute("PRAGMA synchronous=OFF")  # it need not outlive us
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("PRAGMA cache_size=-256")  # kB: rows come one after another, and 2 MB would be in the way
            fill(db)
    except sqlite3.OperationalError:
        return None
    return file


def _in_memory(fill: Callable[[sqlite3.Connection], None]) -> BinaryIO:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        fill(db)
        return io.BytesIO(db.serialize())


def _fill(
    db: sqlite3.Connection,
    *,
    decks: Sequence[Deck],
    models: Mapping[Model, int],
    notes: Several,
    preset: bool,
) -> None:
    """Write the database of a package."""
    db.execute("PRAGMA journal_mode=OFF")
    db.executescript(f"PRAGMA page_size=4096;{_TABLES}{APKG_COL}")
    db.execute("BEGIN")  # only now: executescript commits what is open
    known, presets = map(json.loads, db.execute("SELECT decks, dconf FROM col").fetchone())
    listed = {str(deck.deck_id): deck.to_json() | ({"conf": _PRESET["id"]} if preset else {}) for deck in decks}
    if preset:
        presets[str(_PRESET["id"])] = presets["1"] | _PRESET | {"new": presets["1"]["new"] | _NEW}
    first = int(next(iter(listed)))
    types = {model.model_id: model.to_json(mod, first) for model, mod in models.items()}
    db.execute(
        "UPDATE col SET decks = ?, models = ?, dconf = ?",
        (json.dumps(known | listed), json.dumps(types), json.dumps(presets)),
    )
    seats: list[_Seat] = []
    rows = _note_rows(notes, seats)
    while batch := list(islice(rows, _AT_ONCE)):
        db.executemany("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')", batch)
    if _all_plain(seats):
        db.execute(_CARDS_OF_NOTES, {"notes": len(seats), "first": _FIRST_ID, "deck": seats[0].deck})
    else:
        times = db.execute("SELECT mod FROM notes ORDER BY id").fetchall()
        cards = _card_rows(seats, [time for (time,) in times])
        db.executemany("INSERT INTO cards VALUES(?,?,?,?,?,-1,0,?,?,0,0,0,0,0,0,0,0,'')", cards)
    for statement in f"CREATE INDEX{_INDEXES}".split(";"):  # after the rows: sorted once, not kept sorted
        db.execute(statement)
    db.execute("COMMIT")


# What an options preset says beside Anki's own default: new cards in our order, some fewer a day, and not two on one
# fact's sentence on the same day. Anki takes it only from those who tick "Import any deck presets".
_PRESET = {"id": 1_742_190_400, "name": "quizgen", "mod": FIRST, "usn": -1}
_NEW = {"perDay": 10, "order": 1, "bury": True}


class _Seat(NamedTuple):
    """Where the cards of a note are: in which deck, their numbers, and whether they are suspended."""

    deck: int
    numbers: tuple[int, ...]
    suspended: bool


def _note_rows(notes: Iterable[Note], seats: list[_Seat]) -> Iterator[tuple[object, ...]]:
    """Rows of notes, which may be made only now; `seats` learns of each where its cards are."""
    known: dict[_Seat, _Seat] = {}  # most notes share one
    for id_, note in enumerate(notes, _FIRST_ID + 1):
        seat = _Seat(note.deck, note.cards, note.suspended)
        seats.append(known.setdefault(seat, seat))
        text, tags = note.text, f" {' '.join(note.tags)} "
        yield id_, note.guid, note.type.number, note.line.changed, tags, text, text[: text.index(BETWEEN)]


def _all_plain(seats: Sequence[_Seat]) -> bool:
    """Whether each note has one card, and all are in one deck: what the cards say, SQLite finds in the notes."""
    return bool(seats) and set(seats) == {_Seat(seats[0].deck, (0,), suspended=False)}


_CARDS_OF_NOTES = """
INSERT INTO cards SELECT id + :notes, id, :deck, 0, mod, -1, 0, 0, id - :first, 0, 0, 0, 0, 0, 0, 0, 0, '' FROM notes
"""  # in half the time of rows from Python, which is a tenth of the package's


def _card_rows(seats: Sequence[_Seat], times: Sequence[int]) -> Iterator[tuple[object, ...]]:
    card = _FIRST_ID + len(seats)
    for due, (seat, changed) in enumerate(zip(seats, times, strict=True), 1):
        queue = -1 if seat.suspended else 0
        for number in seat.numbers:
            card += 1
            yield card, _FIRST_ID + due, seat.deck, number, changed, queue, due


def _normal(head: bytes) -> bytes:
    """The head of the database without what tells how it was written: in its header (sqlite.org/fileformat.html).

    Bytes 24-27 and 92-95 count its changes, which a file and memory count differently; 96-99 are SQLite's number.
    """
    once = (1).to_bytes(4, "big")
    return head[:24] + once + head[28:92] + once + (3_040_001).to_bytes(4, "big") + head[100:]
