"""Reading: the entries of a deck become facts. Every mistake of a fact is told at once, where it stands."""

from __future__ import annotations

from quizgen.deck.common import COMMON, Attributes, distinct, read_status
from quizgen.deck.entries import Entry, named
from quizgen.deck.texts import Texts, a, can_be_seen
from quizgen.deck.typed import Known, read_field
from quizgen.facts import Citation, Fact
from quizgen.frozen import quick_maker
from quizgen.problems import did_you_mean, quoted
from quizgen.source.nodes import Seq, place_of
from quizgen.values import Many, Name, Text, Value

TOLD = 20  # facts without a source that are named one by one
_fact = quick_maker(Fact)


def read_facts(entries: list[Entry], default: Citation | None, known: Known) -> tuple[Fact, ...]:
    """The facts of these entries, in their order; `default` is the source of those that name none."""
    kinds = {entry.kind.name: entry.kind for entry in entries}
    about_names = {name for name, kind in kinds.items() if kind.fields[kind.headline].type in ("name", "place")}
    for entry in entries:
        if entry.kind.name in about_names:
            _add_entity(entry, known)
    facts = tuple(_read_fact(entry, position, default, known) for position, entry in enumerate(entries))
    _tell_unsourced([fact for fact in facts if fact.source is None and not _silent(fact, known)], entries, known.texts)
    return facts


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


def _read_fact(entry: Entry, position: int, default: Citation | None, known: Known) -> Fact:
    node = entry.node
    values = _read_fields(entry, known)
    more: Attributes = {}
    if len(node) > len(values):
        _read_common(entry, known, more)
    if "status" in node or "by" in node or "denied-by" in node:
        read_status(entry, known, more)
        if "by" in values:
            more["by"] = _speakers(values["by"])
    if "from" not in node:
        more["source"] = default
    place = place_of(entry.file, entry.spot)
    return _fact(id=entry.id, kind=entry.kind, values=values, place=place, position=position, **more)


def _read_fields(entry: Entry, known: Known) -> dict[str, Value]:
    """The values of the fields, in the order of the kind; tells of those that are missing."""
    node = entry.node
    values: dict[str, Value] = {}
    missing = False
    for name, wanted in entry.kind.fields.items():
        if name in node:
            value = read_field(entry, wanted, known)
            if value is not None:
                values[name] = value
        elif not wanted.optional:
            missing = True
    if missing:
        _tell_missing(entry, known.texts)
    return values


def _read_common(entry: Entry, known: Known, more: Attributes) -> None:
    """Read the keys that every fact may have; tell of those that none may have."""
    fields = entry.kind.fields
    for key in entry.node:
        if key in fields:
            continue
        if key in COMMON:
            COMMON[key].read(entry, known, more)
        else:
            known.texts.unknown(entry.node, key, named(entry), (*fields, *COMMON))


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
