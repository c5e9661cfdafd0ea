"""Comparing two packages as Anki compares a package with what a learner has.

Anki takes a note for the one that it has by the guid, brings it up to date only if the package's is newer, never
moves a card to another deck, never deletes anything, and leaves alone what is of a note type with other fields. Read
in Anki's `rslib/src/import_export/package/apkg/import/notes.rs`, and held against it by tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizgen.apkg import Package, PackedNote, PackedType
from quizgen.diff.texts import lines_of
from quizgen.problems import Place, Problem, error, quoted, warning

WITHDRAWN = "quizgen::withdrawn"
"""The tag of cards that were withdrawn."""

_NAMED = 3  # decks, types and notes that a message names


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field of a note that changes: the lines that go, and those that come."""

    field: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A note that changes: what it was and what it is."""

    old: PackedNote
    note: PackedNote
    changes: tuple[Change, ...] = ()
    tags_gone: tuple[str, ...] = ()
    tags_new: tuple[str, ...] = ()
    cards_gone: int = 0  # blanks that are no more: their cards stay, empty
    cards_new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an import does: notes by what becomes of them, and what keeps Anki from doing what was meant.

    `looks` are note types whose look changes; `frames` those whose notes Anki leaves alone, since their fields changed;
    `moves` are decks that got another name, old and new.
    """

    new: tuple[PackedNote, ...]
    updated: tuple[Update, ...]
    retired: tuple[Update, ...]
    refused: tuple[PackedNote, ...]
    left_out: tuple[PackedNote, ...]
    untouched: int
    looks: tuple[str, ...]
    frames: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]

    @property
    def emptied(self) -> int:
        """How many cards of learners have nothing on them any more."""
        return sum(update.cards_gone for update in (*self.updated, *self.retired))


def compare(old: Package, new: Package, place: Place) -> Difference:
    """What an import of `new` does for those who have `old`; problems are put at `place`, where `new` is."""
    known = {note.guid: note for note in old.notes}
    types = {kind.id: kind for kind in old.types}
    reshaped = {kind.id for kind in new.types if kind.id in types and not kind.takes_notes_of(types[kind.id])}
    first: dict[str, PackedNote] = {}
    for note in new.notes:
        first.setdefault(note.guid, note)
    found: dict[str, list[PackedNote]] = {"new": [], "refused": [], "stale": [], "untouched": []}
    updates: list[Update] = []
    for note in first.values():
        before = known.get(note.guid)
        if before is None:
            found["new"].append(note)
        elif note.changed <= before.changed:
            found["stale" if _differs(before, note) else "untouched"].append(note)
        elif note.type.id != before.type.id or note.type.id in reshaped:
            found["refused"].append(note)
        else:
            updates.append(_update(before, note))
    left_out = tuple(note for note in known.values() if note.guid not in first)
    retired = {update.note.guid for update in updates if WITHDRAWN in update.tags_new}
    moves = tuple(sorted(_moves(known, first.values())))
    looks, dead_looks = _looks(types, new.types)
    difference = Difference(
        new=tuple(found["new"]),
        updated=tuple(update for update in updates if update.note.guid not in retired),
        retired=tuple(update for update in updates if update.note.guid in retired),
        refused=(*found["refused"], *found["stale"]),
        left_out=left_out,
        untouched=len(found["untouched"]),
        looks=looks,
        frames=tuple(sorted(kind.name for kind in new.types if kind.id in reshaped)),
        moves=moves,
        problems=(),
    )
    problems = (
        *_twice(new.notes, place),
        *_frames(found["refused"], reshaped, place),
        *_stale(found["stale"], dead_looks, place),
        *_warnings(difference, place),
    )
    return Difference(**{name: getattr(difference, name) for name in Difference.__slots__} | {"problems": problems})


def _differs(one: PackedNote, other: PackedNote) -> bool:
    return one.fields != other.fields or one.tags != other.tags or one.type.id != other.type.id


def _update(old: PackedNote, new: PackedNote) -> Update:
    names = zip(new.type.fields, old.fields, new.fields, strict=True)
    return Update(
        old=old,
        note=new,
        changes=tuple(_change(name, before, after) for name, before, after in names if before != after),
        tags_gone=tuple(sorted(old.tags - new.tags)),
        tags_new=tuple(sorted(new.tags - old.tags)),
        cards_gone=len(old.cards.keys() - new.cards.keys()) if new.type.cloze else 0,
        cards_new=len(new.cards.keys() - old.cards.keys()),
    )


def _change(name: str, old: str, new: str) -> Change:
    before, after = lines_of(old), lines_of(new)
    if before == after:  # only the markup is another one
        return Change(field=name, old=(), new=())
    if len(before) > 1 or len(after) > 1:
        before, after = _without(before, after), _without(after, before)
    return Change(field=name, old=before, new=after)


def _without(lines: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line not in others)


def _moves(known: dict[str, PackedNote], notes: Iterable[PackedNote]) -> set[tuple[str, str]]:
    """Decks in which cards were, and those in which they are."""
    return {
        (was, deck)
        for note in notes
        if note.guid in known
        for number, deck in note.cards.items()
        if (was := known[note.guid].cards.get(number, deck)) != deck
    }


def _looks(old: dict[int, PackedType], new: Iterable[PackedType]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Note types whose look changes, and those whose look is another one without being newer."""
    changed = [kind for kind in new if kind.id in old and kind.look != old[kind.id].look]
    fresh = [kind.name for kind in changed if kind.changed > old[kind.id].changed]
    return tuple(sorted(fresh)), tuple(sorted(kind.name for kind in changed if kind.name not in fresh))


# ---- what keeps Anki from doing what was meant ---------------------------------------------------------------------


def _named(names: Iterable[str]) -> str:
    every = sorted(set(names))
    rest = f" and {len(every) - _NAMED} more" if len(every) > _NAMED else ""
    return ", ".join(map(quoted, every[:_NAMED])) + rest


def _called(notes: Iterable[PackedNote]) -> str:
    return _named(" ".join(lines_of(note.fields[0])) for note in notes)


def _twice(notes: Iterable[PackedNote], place: Place) -> Iterator[Problem]:
    times = Counter(note.guid for note in notes)
    twins = [note for note in notes if times[note.guid] > 1]
    if twins:
        says = f"notes in this package have one identity: {_called(twins)}"
        yield error(place, says, "Anki takes both, and writes every later update into one of them.")


def _frames(refused: list[PackedNote], reshaped: set[int], place: Place) -> Iterator[Problem]:
    remedy = "Learners have to tick 'Merge note types' and choose 'Update notes: Always' when they import it."
    framed = [note for note in refused if note.type.id in reshaped]
    if framed:
        kinds = _named(note.type.name for note in framed)
        yield error(
            place, f"the fields or cards of {kinds} changed, and Anki leaves their notes alone: {len(framed)}", remedy
        )
    other = [note for note in refused if note.type.id not in reshaped]
    if other:
        yield error(place, f"notes have another note type, and Anki leaves them alone: {len(other)}", remedy)


def _stale(stale: list[PackedNote], looks: tuple[str, ...], place: Place) -> Iterator[Problem]:
    remedy = "It was built without the deck's ledger, or from an older copy of it: restore that, and build again."
    if stale:
        says = f"notes changed without being newer, and Anki ignores them ({len(stale)}): {_called(stale)}"
        yield error(place, says, remedy)
    if looks:
        yield error(place, f"the look of {_named(looks)} changed without being newer, and Anki ignores it", remedy)


def _warnings(difference: Difference, place: Place) -> Iterator[Problem]:
    for old, new in difference.moves:
        says = f"the deck {quoted(old)} is {quoted(new)} now: Anki leaves its cards where they are"
        remedy = "New cards go into the new deck. Learners may rename theirs before they import."
        yield warning(place, says, remedy)
    if difference.left_out:
        says = f"notes are left out, and stay with learners as they are ({len(difference.left_out)}): "
        remedy = "Where something in them is wrong, keep the fact with 'retired: why', and learners are told."
        yield warning(place, says + _called(difference.left_out), remedy)
    if difference.emptied:
        says = f"cards have nothing on them any more, and stay: {difference.emptied}"
        yield warning(place, says, "Learners remove them with Tools > Empty Cards.")
