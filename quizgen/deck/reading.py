"""Reading: the entries of a deck become facts. Every mistake of a fact is told at once, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from quizgen.deck.common import COMMON, Attributes, CommonKey, distinct, read_status
from quizgen.deck.entries import Entry, named
from quizgen.deck.texts import Texts, a, can_be_seen
from quizgen.deck.typed import Known, read_field
from quizgen.facts import Citation, Fact
from quizgen.frozen import quick_maker
from quizgen.kinds import Field
from quizgen.problems import did_you_mean, quoted
from quizgen.source.nodes import Seq
from quizgen.values import Many, Name, Single, Text, Value

TOLD = 20  # facts without a source that are named one by one
_fact = quick_maker(Fact)


def read_facts(entries: list[Entry], default: Citation | None, known: Known) -> tuple[Fact, ...]:
    """The facts of these entries, in their order; `default` is the source of those that name none."""
    kinds = {entry.kind.name: entry.kind for entry in entries}
    about_names = {name for name, kind in kinds.items() if kind.fields[kind.headline].type in ("name", "place")}
    for entry in entries:
        if entry.kind.name in about_names:
            _add_entity(entry, known)
    seen: dict[tuple[str, ...], _Keys] = {}
    facts: list[Fact] = []
    for position, entry in enumerate(entries):
        shape = (entry.kind.name, *entry.node)
        keys = seen.get(shape)
        if keys is None:
            keys = seen[shape] = _keys(entry, known)
        facts.append(_read_fact(entry, keys, position, default, known))
    _tell_unsourced([fact for fact in facts if fact.source is None and not _silent(fact, known)], entries, known.texts)
    return tuple(facts)


def _add_entity(entry: Entry, known: Known) -> None:
    """Make the names of a person, a group or a place known, before any fact that may speak of them is read."""
    headline = entry.kind.fields[entry.kind.headline]
    text = entry.node.get(headline.name)
    if headline.many or not isinstance(text, str) or not can_be_seen(text):
        return
    also = entry.node.get("also")
    written = also if isinstance(also, Seq) else [also]
    others = [name.strip() for name in written if isinstance(name, str) and name.strip()]
    known.entities.add(entry.id, text.strip(), distinct(others), kind=entry.kind.name, place=headline.type == "place")


class _Keys(NamedTuple):
    """What the keys of a fact of some kind say by themselves: most facts of a deck have the same."""

    fields: tuple[tuple[Field, Mapping[str, Single]], ...]  # that it has; what has been read of their type before
    whole: bool  # no field is missing
    common: tuple[CommonKey, ...]  # in the order written
    unknown: tuple[str, ...]
    vouched: bool  # it has a status, or somebody who says or denies it
    sourced: bool


def _keys(entry: Entry, known: Known) -> _Keys:
    node, fields = entry.node, entry.kind.fields
    return _Keys(
        fields=tuple((wanted, known.before(wanted)) for name, wanted in fields.items() if name in node),
        whole=all(wanted.optional or name in node for name, wanted in fields.items()),
        common=tuple(COMMON[key] for key in node if key in COMMON and key not in fields),
        unknown=tuple(key for key in node if key not in COMMON and key not in fields),
        vouched="status" in node or "by" in node or "denied-by" in node,
        sourced="from" in node,
    )


def _read_fact(entry: Entry, keys: _Keys, position: int, default: Citation | None, known: Known) -> Fact:
    node = entry.node
    values: dict[str, Value] = {}
    for wanted, before in keys.fields:
        written = node[wanted.name]
        value: Value | None = before.get(written) if type(written) is str else None
        if value is None:
            value = read_field(entry, wanted, known)
        if value is not None:
            values[wanted.name] = value
    if not keys.whole:
        _tell_missing(entry, known.texts)
    more: Attributes = {} if keys.sourced else {"source": default}
    for key in keys.common:
        key.read(entry, known, more)
    for unknown in keys.unknown:
        known.texts.unknown(entry.node, unknown, named(entry), (*entry.kind.fields, *COMMON))
    if keys.vouched:
        read_status(entry, known, more)
        if "by" in values:
            more["by"] = _speakers(values["by"])
    return _fact(entry.id, entry.kind, values, entry.place, position, **more)


def _speakers(value: Value) -> tuple[Name, ...]:
    """Who says so, where `by` is a field of the kind."""
    members = value.members if isinstance(value, Many) else (value,)
    return tuple(
        member if isinstance(member, Name) else Name(member.text)
        for member in members
        if isinstance(member, Name | Text)
    )


def _tell_missing(entry: Entry, texts: Texts) -> None:
    """Tell of missing fields, but not where an unknown key was meant for one: that is told with the key."""
    fields = entry.kind.fields
    known = (*fields, *COMMON)
    meant = [did_you_mean(key, known) for key in entry.node if key not in known]
    for wanted in fields.values():
        if not wanted.optional and wanted.name not in entry.node and f"Did you mean '{wanted.name}'?" not in meant:
            example = f"[{wanted.type}, {wanted.type}]" if wanted.many else a(wanted.type)
            texts.wrong(
                entry.place, f"'{wanted.name}' is missing in {named(entry)}", f"Write `{wanted.name}:`, {example}."
            )


def _silent(fact: Fact, known: Known) -> bool:
    return any(silence.rule == "source" for silence in (*known.silence, *fact.silence))


def _tell_unsourced(facts: list[Fact], entries: list[Entry], texts: Texts) -> None:
    """Warn of facts that cannot be traced; not of those whose `from` has been told to be wrong."""
    bare = [fact for fact in facts if "from" not in entries[fact.position].node]
    for fact in bare[:TOLD]:
        says = f"the fact {quoted(fact.id)} has no source"
        texts.warn(fact.place, says, "Name one in `from`, for this fact or for the whole deck.", rule="source")
    if len(bare) > TOLD:
        says = f"no source either: {len(bare) - TOLD} more facts, from {quoted(bare[TOLD].id)} on"
        texts.warn(bare[TOLD].place, says, "Name one in `from`, for the whole deck.", rule="source")
