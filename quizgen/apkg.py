"""An Anki package as it is read: its notes, note types and decks, whoever made it.

A stranger's file is a zip with a database in it, and may be made to do harm: what is read of it is bounded in space
and in steps, nothing of it runs, and whatever is wrong with it is a problem at its path.
"""

from __future__ import annotations

import io
import json
import sqlite3
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from quizgen.problems import Place, Problem, error, quoted

LARGEST = 1 << 30  # bytes of a package, and of the database in it
_STEPS = 20_000  # how often SQLite may go on, 100,000 steps of its machine each
_MEMBERS = ("collection.anki21", "collection.anki2")  # the first that is there holds the notes
_SCHEMA = 11  # of the database: the one that every Anki reads and that all other tools write


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedType:
    """A note type. Fields and templates are told by their ids where they have some, else by their names."""

    id: int
    name: str
    changed: int
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[str, ...]
    field_ids: tuple[int | None, ...]
    template_ids: tuple[int | None, ...]
    look: tuple[str, ...]  # the style sheet, then the sides of each template

    def takes_notes_of(self, other: PackedType) -> bool:
        """Whether Anki brings notes of the other type up to date with notes of this one, if their ids are the same."""
        return (
            self.cloze == other.cloze
            and _same(self.fields, self.field_ids, other.fields, other.field_ids)
            and _same(self.templates, self.template_ids, other.templates, other.template_ids)
        )


def _same(
    names: tuple[str, ...], ids: tuple[int | None, ...], others: tuple[str, ...], other_ids: tuple[int | None, ...]
) -> bool:
    pairs = zip(names, ids, others, other_ids, strict=False)
    return len(names) == len(others) and all(
        name == other or (id_ is not None and id_ == other_id) for name, id_, other, other_id in pairs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedNote:
    """A note. `changed` (seconds since 1970) decides updates; `cards` are the numbers of its cards by their decks."""

    guid: str
    type: PackedType
    changed: int
    tags: frozenset[str]
    fields: tuple[str, ...]
    cards: Mapping[int, str]

    @property
    def named(self) -> Iterator[tuple[str, str]]:
        """The fields with their names."""
        return zip(self.type.fields, self.fields, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What is in a package, in the order in which new cards are learned."""

    notes: tuple[PackedNote, ...]
    types: tuple[PackedType, ...]


def read_package(path: Path) -> Package | Problem:
    """The package in that file, or what is wrong with it."""
    place = Place(str(path))
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return error(place, "this is no package: it is not a file", "Look for a slip in its name.")
        if about.st_size > LARGEST:
            return error(place, "this file is too large for a package", f"The limit is {LARGEST >> 20:,} MB.")
        data = path.read_bytes()
    except OSError as failure:
        return error(place, f"this package cannot be read: {failure.strerror}", "Look for a slip in its name.")
    return unpacked(data, place)


def unpacked(data: bytes, place: Place) -> Package | Problem:
    """The package in these bytes, or what is wrong with it at that place."""
    try:
        return _package(_database(data))
    except _Foreign as foreign:
        return error(place, foreign.says, foreign.remedy)
    except (sqlite3.Error, UnicodeDecodeError, MemoryError) as failure:
        if str(failure) == "interrupted":
            return error(place, "reading the database in this package takes far too long", _WHOLE)
        # SQLite quotes what is damaged, at times in bytes of which Python makes no text
        why = str(failure) if isinstance(failure, sqlite3.Error) else "it is damaged"
        return error(place, f"the database in this package cannot be read: {why}", _WHOLE)


_WHOLE = "Is it a whole .apkg file? Download or build it again."
_OLDER = "Export it from Anki once more with 'Support older Anki versions' ticked."


class _Foreign(ValueError):
    """Something that no package that we read has."""

    def __init__(self, says: str, remedy: str = _WHOLE) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy


# ---- the zip -------------------------------------------------------------------------------------------------------


def _database(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "collection.anki21b" in names:
                raise _Foreign("this package is of Anki's own newer kind, which quizgen does not read", _OLDER)
            member = next((name for name in _MEMBERS if name in names), None)
            if member is None:
                raise _Foreign("this is no Anki package: there is no collection in it")
            return _bounded(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as failure:
        raise _Foreign("this is no Anki package, or a damaged one") from failure
    except (ValueError, OverflowError) as failure:  # names, dates and offsets that cannot be
        if isinstance(failure, _Foreign):
            raise
        raise _Foreign("this is no Anki package, or a damaged one") from failure


def _bounded(archive: zipfile.ZipFile, member: str) -> bytes:
    """A member of the zip, however much it says or hides that it holds."""
    with archive.open(member) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise _Foreign("the database in this package is too large", f"The limit is {LARGEST >> 20:,} MB.")
    return data


# ---- the database --------------------------------------------------------------------------------------------------


def _package(database: bytes) -> Package:
    if not database.startswith(b"SQLite format 3\0"):
        raise _Foreign("the collection in this package is no database")
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.deserialize(database)
        _careful(db)
        _expect_tables(db)
        types = {kind.id: kind for kind in _types(db)}
        decks = _decks(db)
        cards = _cards(db, decks)
        return Package(notes=tuple(_notes(db, types, cards)), types=tuple(types.values()))
    finally:
        db.close()


def _careful(db: sqlite3.Connection) -> None:
    """Let the database neither write, nor call functions of its schema, nor reckon without end."""
    left = iter(range(_STEPS))
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA cell_size_check = ON")
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 27)
    db.setlimit(sqlite3.SQLITE_LIMIT_VDBE_OP, 1 << 16)
    db.set_progress_handler(lambda: next(left, None) is None, 100_000)
    db.text_factory = lambda text: text.decode("utf-8", "replace")
    reading = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
    db.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in reading else sqlite3.SQLITE_DENY)


def _expect_tables(db: sqlite3.Connection) -> None:
    """Raise where `col`, `notes` and `cards` are not plain tables: a view would be a stranger's program."""
    wanted = {"col": {"ver", "models", "decks"}, "notes": {"id", "guid", "mid", "mod", "tags", "flds"}}
    wanted["cards"] = {"nid", "did", "ord", "due"}
    for name in wanted:
        found = db.execute("SELECT type, rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchall()
        if len(found) != 1 or found[0][0] != "table" or not found[0][1]:
            raise _Foreign(f"the database in this package has no table {quoted(name)}")


def _types(db: sqlite3.Connection) -> Iterator[PackedType]:
    row = db.execute("SELECT ver, models FROM col LIMIT 1").fetchone()
    if row is None or row[0] != _SCHEMA:
        raise _Foreign("the database in this package is of a kind that quizgen does not read", _OLDER)
    for model in _parsed(row[1], "note types").values():
        try:
            yield _type(cast("dict[str, Any]", model))
        except (KeyError, TypeError, ValueError, AttributeError) as failure:
            raise _Foreign("a note type in this package is not whole") from failure


def _type(model: dict[str, Any]) -> PackedType:
    fields, templates = model["flds"], model["tmpls"]
    sides = [str(template[side]) for template in templates for side in ("qfmt", "afmt")]
    return PackedType(
        id=int(model["id"]),
        name=str(model["name"]),
        changed=int(model["mod"]),
        cloze=bool(model["type"]),
        fields=tuple(str(field["name"]) for field in fields),
        templates=tuple(str(template["name"]) for template in templates),
        field_ids=tuple(_id(field.get("id")) for field in fields),
        template_ids=tuple(_id(template.get("id")) for template in templates),
        look=(str(model["css"]), *sides),
    )


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _decks(db: sqlite3.Connection) -> dict[int, str]:
    (written,) = db.execute("SELECT decks FROM col LIMIT 1").fetchone()
    listed = _parsed(written, "decks").values()
    try:
        return {int(deck["id"]): _normal(str(deck["name"])) for deck in listed}
    except (KeyError, TypeError, ValueError) as failure:
        raise _Foreign("a deck in this package is not whole") from failure


def _parsed(text: object, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError) as failure:
        raise _Foreign(f"the {what} in this package cannot be read") from failure
    if not isinstance(found, dict):
        raise _Foreign(f"the {what} in this package cannot be read")
    return found


def _cards(db: sqlite3.Connection, decks: Mapping[int, str]) -> dict[int, dict[int, str]]:
    """The decks of cards by note and number."""
    cards: dict[int, dict[int, str]] = {}
    for note, number, deck in db.execute("SELECT nid, ord, did FROM cards"):
        if not isinstance(number, int):
            raise _Foreign("a card in this package is not whole")
        cards.setdefault(note, {})[number] = decks.get(deck, "")
    return cards


def _notes(
    db: sqlite3.Connection, types: Mapping[int, PackedType], cards: Mapping[int, Mapping[int, str]]
) -> Iterator[PackedNote]:
    for id_, guid, kind, changed, tags, fields in db.execute(
        "SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id"
    ):
        whole = isinstance(changed, int) and all(isinstance(text, str) for text in (guid, tags, fields))
        if not whole or kind not in types:
            raise _Foreign("a note in this package is not whole")
        parts = tuple(_normal(fields).split("\x1f"))
        if len(parts) != len(types[kind].fields):
            raise _Foreign(
                f"a note in this package has a field too many or too few: {len(parts)}, not {len(types[kind].fields)}"
            )
        yield PackedNote(
            guid=guid,
            type=types[kind],
            changed=changed,
            tags=frozenset(_normal(tags).split()),
            fields=parts,
            cards=cards.get(id_, {}),
        )


def _normal(text: str) -> str:
    """The text as Anki stores it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
