"""Typed: from the texts of an entry to values of its fields, names joined with the deck's people, groups and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from quizgen.entities import Entities
from quizgen.entries import Entry
from quizgen.facts import Citation, Picture, Source
from quizgen.kinds import Field
from quizgen.nodes import Seq, place_of
from quizgen.problems import quoted
from quizgen.texts import Texts
from quizgen.values import Many, Name, Single, Text, Unreadable, Value, read


@dataclass(slots=True, kw_only=True)
class Known:
    """What is known of the whole deck while one of its facts is read, and what has been read before."""

    texts: Texts
    ids: Mapping[str, object]
    sources: Mapping[str, Source]
    folder: Path
    entities: Entities = field(default_factory=Entities)
    values: dict[tuple[str, str], Single | None] = field(default_factory=dict)  # dates and quantities, by type and text
    citations: dict[str, Citation] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    former: dict[str, str] = field(default_factory=dict)  # former id -> the fact that had it


def read_field(entry: Entry, wanted: Field, known: Known) -> Value | None:
    """The value of a field that the entry has; None with the problem told."""
    node, name = entry.node, wanted.name
    if wanted.many:
        return _many(entry, wanted, known)
    if wanted.number == 1:
        entity = known.entities.of(entry.id)
        if entity:
            return entity
    text = known.texts.one(node, name, wanted.type)
    return None if text is None else _single(wanted.type, text, node.file, node.spot_of(name), known)


def read_names(entry: Entry, key: str, known: Known) -> tuple[Name, ...]:
    """The names of a common key such as `denied-by`."""
    file = entry.node.file
    return tuple(_name(text, file, spot, known) for text, spot in known.texts.some(entry.node, key))


def _many(entry: Entry, wanted: Field, known: Known) -> Many | None:
    node, name = entry.node, wanted.name
    found = known.texts.some(node, name)
    members: dict[Single, None] = {}
    for text, spot in found:
        value = _single(wanted.type, text, node.file, spot, known)
        if value in members:
            known.texts.warn(
                place_of(node.file, spot), f"{quoted(text)} stands twice in '{name}'", "Remove one of them."
            )
        elif value is not None:
            members[value] = None
    written = node[name]
    if isinstance(written, Seq) and not written:
        known.texts.wrong(
            node.place(name), f"'{name}' is an empty list", "Write what belongs to it, or remove the key."
        )
    return Many(tuple(members)) if members else None


def _single(type_: str, text: str, file: str, spot: int, known: Known) -> Single | None:
    if type_ == "text":
        return Text(text)
    if type_ in ("name", "place"):
        return _name(text, file, spot, known)
    value = known.values.get((type_, text))
    if value is None:
        try:
            value = read(type_, text)
        except Unreadable as unreadable:
            known.texts.wrong(place_of(file, spot), unreadable.says, unreadable.remedy)
        known.values[type_, text] = value
    return value


def _name(text: str, file: str, spot: int, known: Known) -> Name:
    name = known.entities.name(text)
    if name.id is None:
        ids = known.entities.ambiguous(text)
        if ids:
            says = f"{quoted(text)} may be {' or '.join(quoted(id_) for id_ in ids)}, and is read as neither"
            known.texts.warn(place_of(file, spot), says, "Write the id of the one that is meant.")
    return name
