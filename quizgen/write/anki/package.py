"""The .apkg file: a zip with an SQLite database. The only module that names genanki.

genanki says what a note type, a deck and the schema are; the rows are written in bulk, in memory, and are those that
its own writer would write. Same in, same out: no clock, and nothing of this machine.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from quizgen.ledger import FIRST
from quizgen.write.anki.models import Look, NoteType
from quizgen.write.anki.note import BETWEEN, Note

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_FIRST_ID = FIRST * 1000  # ids are milliseconds; Anki gives new ones where a collection has them already
_TABLES, _INDEXES = APKG_SCHEMA.split("CREATE INDEX", 1)


def model_of(kind: NoteType, look: Look) -> genanki.Model:
    """A note type as genanki has it; made anew for each package, since writing changes it."""
    return genanki.Model(
        kind.number,
        kind.name,
        fields=[{"name": name, "id": kind.field_id(i)} for i, name in enumerate(kind.fields)],
        templates=[{"name": kind.form.capitalize(), "id": kind.template_id, "qfmt": look.front, "afmt": look.back}],
        css=look.css,
        model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
    )


def package(
    decks: Iterable[genanki.Deck],
    models: Mapping[genanki.Model, int],
    notes: Sequence[Note],
    media: Mapping[str, bytes],
    *,
    preset: bool = False,
) -> bytes:
    """The bytes of an .apkg. `models` says when each note type last changed; `media` are files by name."""
    names = sorted(media)
    members = [
        ("collection.anki2", _normal(collection(decks, models, notes, preset=preset))),
        ("media", json.dumps({str(i): name for i, name in enumerate(names)}).encode()),
        *((str(i), media[name]) for i, name in enumerate(names)),
    ]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.create_system = 3  # the same on Windows
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compress_type=zipfile.ZIP_DEFLATED, compresslevel=1)
    return buffer.getvalue()


def deck_of(number: int, name: str, description: str) -> genanki.Deck:
    """A deck as genanki has it, as yet without notes."""
    return genanki.Deck(number, name, description)


def collection(
    decks: Iterable[genanki.Deck],
    models: Mapping[genanki.Model, int],
    notes: Sequence[Note],
    *,
    preset: bool = False,
) -> bytes:
    """The bytes of the database in a package."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.executescript(f"PRAGMA page_size=4096;{_TABLES}{APKG_COL}")
        db.deserialize(db.serialize())  # into one piece, of which one copy is made in the end; of pages two are
        db.execute("PRAGMA journal_mode=OFF")
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
        db.executemany("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')", _note_rows(notes))
        db.executemany("INSERT INTO cards VALUES(?,?,?,?,?,-1,0,?,?,0,0,0,0,0,0,0,0,'')", _card_rows(notes))
        for statement in f"CREATE INDEX{_INDEXES}".split(";"):  # after the rows: sorted once, not kept sorted
            db.execute(statement)
        db.execute("COMMIT")
        return db.serialize()
    finally:
        db.close()


# What an options preset says beside Anki's own default: new cards in our order, some fewer a day, and not two on one
# fact's sentence on the same day. Anki takes it only from those who tick "Import any deck presets".
_PRESET = {"id": 1_742_190_400, "name": "quizgen", "mod": FIRST, "usn": -1}
_NEW = {"perDay": 10, "order": 1, "bury": True}


def _note_rows(notes: Iterable[Note]) -> Iterator[tuple[object, ...]]:
    for id_, note in enumerate(notes, _FIRST_ID + 1):
        tags = f" {' '.join(note.tags)} "
        yield id_, note.guid, note.type.number, note.changed, tags, note.text, note.text.partition(BETWEEN)[0]


def _card_rows(notes: Sequence[Note]) -> Iterator[tuple[object, ...]]:
    card = _FIRST_ID + len(notes)
    for due, note in enumerate(notes, 1):
        queue = -1 if note.suspended else 0
        for number in note.cards:
            card += 1
            yield card, _FIRST_ID + due, note.deck, number, note.changed, queue, due


def _normal(database: bytes) -> bytes:
    """The database without the number of the SQLite that wrote it (bytes 96-99 of its header, and 92-95 with it)."""
    return database[:92] + database[24:28] + (3_040_001).to_bytes(4, "big") + database[100:]
