"""The Anki writer: a deck's questions as an .apkg that updates what a learner has, and never takes progress away."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from quizgen.problems import Place, Problem, error, has_errors, quoted
from quizgen.write import Job, Published, Written
from quizgen.write.anki.deck import description_of, number_of
from quizgen.write.anki.models import NOTE_TYPES, Look, changed, look_digests, read_looks
from quizgen.write.anki.note import Note
from quizgen.write.anki.notes import Notes
from quizgen.write.anki.package import deck_of, model_of, package
from quizgen.write.anki.text import Undrawable

__all__ = ["Part", "bundle", "look_digests", "part_of", "write"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one deck puts into a package.

    `decks` are names and descriptions by number; `looks` are those of the note types, and when each last changed;
    `forms` are those of its notes. `media` has all pictures once somebody has gone through the notes.
    """

    decks: Mapping[int, tuple[str, str]]
    looks: Mapping[str, tuple[Look, int]]
    forms: frozenset[str]
    notes: Notes | tuple[Note, ...]
    media: Mapping[str, bytes]
    preset: bool


def write(job: Job) -> Written:
    """The deck as `<name>.apkg`; no file where something in it cannot be written."""
    data, problems, published = _taken(job, lambda part: bundle([part]))
    return Written(files={} if data is None else {f"{job.name}.apkg": data}, problems=problems, published=published)


def part_of(job: Job) -> tuple[Part | None, tuple[Problem, ...], Published]:
    """What the deck puts into a package, its notes made; None where something in it cannot be written."""
    return _taken(job, lambda part: replace(part, notes=tuple(part.notes)))


def _taken(job: Job, take: Callable[[Part], _T]) -> tuple[_T | None, tuple[Problem, ...], Published]:
    """What `take` makes of the deck's part of a package, in which it goes through the notes; what is wrong with it.

    None where something cannot be written. What can be counts as published all the same: so it is not told of as lost.
    """
    looks, problems = read_looks(job.templates)
    problems += _name_faults(job)
    notes, description, faults = _whole(job)
    problems += faults
    if notes is None:
        return None, problems, Published()
    if has_errors(problems):
        deque(notes, maxlen=0)
        return None, problems + notes.problems, notes.published
    own = number_of(job.deck)
    part = Part(
        decks={number: (name, description if number == own else "") for number, name in notes.decks.items()},
        looks={form: (look, changed(form, look, job.ledger)) for form, look in looks.items()},
        forms=notes.forms,
        notes=notes,
        media=notes.media,
        preset=job.preset,
    )
    taken = take(part)
    problems += notes.problems
    return None if has_errors(problems) else taken, problems, notes.published


def _whole(job: Job) -> tuple[Notes | None, str, tuple[Problem, ...]]:
    """The notes of the deck and its description, and what in either is said of the deck as a whole and cannot be."""
    notes, description, faults = None, "", []
    try:
        description = description_of(job.deck, job.language)
    except Undrawable as cannot:
        faults.append(_fault(job, cannot))
    try:
        notes = Notes(job)
    except Undrawable as cannot:
        faults.append(_fault(job, cannot))
    return notes, description, tuple(faults[:1])


def _fault(job: Job, cannot: Undrawable) -> Problem:
    return error(Place(str(job.deck.file)), f"{cannot} (in what is said about the deck as a whole)")


def bundle(parts: Sequence[Part]) -> bytes:
    """The bytes of one package with these parts, of which there is at least one."""
    used = frozenset[str]().union(*(part.forms for part in parts))
    models = {}
    for form, kind in NOTE_TYPES.items():
        if form in used:
            look, newest = max((part.looks[form] for part in parts), key=lambda known: known[1])
            models[model_of(kind, look)] = newest
    one = parts[0] if len(parts) == 1 else None  # whose notes may be made only now, and its pictures found
    return package(
        [deck_of(number, *known) for part in parts for number, known in part.decks.items()],
        models,
        one.notes if one else [note for part in parts for note in part.notes],
        one.media if one else {name: data for part in parts for name, data in part.media.items()},
        preset=any(part.preset for part in parts),
    )


def _name_faults(job: Job) -> tuple[Problem, ...]:
    """What is wrong with the names of the file and of the deck."""
    place = Place(str(job.deck.file))
    problems: list[Problem] = []
    if job.name.casefold() == "collection" or job.name.casefold().startswith("backup-"):
        says = f"Anki would take {quoted(job.name + '.apkg')} for a copy of the learner's whole collection"
        problems.append(error(place, says, "Give the deck another id."))
    if not job.deck.title.strip():
        problems.append(error(place, "Anki cannot have a deck without a title", "Write one: `deck: ...`."))
    return tuple(problems)
