"""Typed: from the texts of an entry to values of its fields, names joined with the deck's people, groups and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from quizgen.deck.entities import Entities
from quizgen.deck.entries import Entry
from quizgen.deck.texts import Texts
from quizgen.facts import Citation, Silence, Source
from quizgen.kinds import Field
from quizgen.problems import quoted
from quizgen.source.nodes import Node, Seq, place_of
from quizgen.values import TYPES, Many, Name, Single, Text, Unreadable, Value, read

_SHOWN = 3  # ids that a doubtful name may mean


@dataclass(slots=True, kw_only=True)
class Known:
    """What is known of the whole deck while one of its facts is read, and what has been read before."""

    texts: Texts
    ids: Mapping[str, object]
    sources: Mapping[str, Source]
    folder: Path
    silence: tuple[Silence, ...] = ()  # of the whole deck
    entities: Entities = field(default_factory=Entities)
    values: dict[str, dict[str, Single]] = field(default_factory=lambda: {type_: {} for type_ in TYPES})  # by text
    citations: dict[str, Citation] = field(default_factory=dict)
    lists: dict[str, dict[tuple[Node, ...], Many]] = field(default_factory=lambda: {type_: {} for type_ in TYPES})
    former: dict[str, str] = field(default_factory=dict)  # former id -> the fact that had it

    def before(self, wanted: Field) -> dict[str, Single]:
        """What has been read before of a field's type by text, where the text alone tells what a field's value is.

        Most dates and names come again. Only sound ones are kept: of others there is something to tell each time.
        """
        return {} if wanted.many or wanted.number == 1 else self.values[wanted.type]


def read_field(entry: Entry, wanted: Field, known: Known) -> Value | None:
    """The value of a field that the entry has; None with the problem told."""
    node, name, type_ = entry.node, wanted.name, wanted.type
    if wanted.many:
        return _many(entry, wanted, known)
    if wanted.number == 1:
        entity = known.entities.of(entry.id)
        if entity is not None:
            return entity
    text = known.texts.one(node, name, type_, headline=wanted.number == 1)
    if text is None:
        return None
    if type_ == "text":
        return Text(text)
    return known.values[type_].get(text) or _read(type_, text, node.file, node.spot_of(name), known)


def read_names(entry: Entry, key: str, known: Known) -> tuple[Name, ...]:
    """The names of a common key such as `denied-by`."""
    file = entry.node.file
    return tuple(_name("name", text, file, spot, known) for text, spot in known.texts.some(entry.node, key))


def _many(entry: Entry, wanted: Field, known: Known) -> Many | None:
    written = entry.node[wanted.name]
    lists = known.lists[wanted.type]
    try:
        found = lists.get(tuple(written)) if type(written) is Seq else None
    except TypeError:  # a member that is no text
        found = None
    if found is not None:
        return found
    told = len(known.texts.problems)
    many = _members(entry, wanted, known)
    if many is not None and type(written) is Seq and len(known.texts.problems) == told:
        lists[tuple(written)] = many
    return many


def _members(entry: Entry, wanted: Field, known: Known) -> Many | None:
    node, name, type_ = entry.node, wanted.name, wanted.type
    before = known.values[type_]
    members: dict[str, Single] = {}
    for text, spot in known.texts.some(node, name):
        value = before.get(text) or _read(type_, text, node.file, spot, known)
        if value is None:
            continue
        same = (value.id or text) if type(value) is Name else text
        if same in members:
            known.texts.warn(
                place_of(node.file, spot), f"{quoted(text)} stands twice in '{name}'", "Remove one of them."
            )
        else:
            members[same] = value
    written = node[name]
    if isinstance(written, Seq) and not written:
        known.texts.wrong(
            node.place(name), f"'{name}' is an empty list", "Write what belongs to it, or remove the key."
        )
    return Many(tuple(members.values())) if members else None


def _read(type_: str, text: str, file: str, spot: int, known: Known) -> Single | None:
    """A value that has not been read before; kept, unless there is something to tell of it each time."""
    if type_ in ("name", "place"):
        return _name(type_, text, file, spot, known)
    try:
        value = known.values[type_][text] = read(type_, text)
    except Unreadable as unreadable:
        known.texts.wrong(place_of(file, spot), unreadable.says, unreadable.remedy)
        return None
    return value


def _name(type_: str, text: str, file: str, spot: int, known: Known) -> Name:
    name, others = known.entities.name(text)
    if name.id is None and type_ == "place":
        name = replace(name, place=True)
    if others:
        shown = [quoted(id_) for id_ in others[:_SHOWN]] + ["another"] * (len(others) > _SHOWN)
        says = f"{quoted(text)} may be {' or '.join(shown)}, and is read as none of them"
        known.texts.warn(place_of(file, spot), says, "Write the id of the one meant.")
    else:
        known.values[type_][text] = name
    return name
