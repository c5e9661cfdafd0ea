"""The Anki writer: a deck's questions as an .apkg that updates what a learner has, and never takes progress away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizgen.problems import Place, Problem, error, has_errors, quoted
from quizgen.write import Job, Written
from quizgen.write.anki.deck import description_of, number_of
from quizgen.write.anki.models import NOTE_TYPES, Look, changed, look_digests, read_looks
from quizgen.write.anki.note import Note, Notes
from quizgen.write.anki.notes import notes_of
from quizgen.write.anki.package import deck_of, model_of, package
from quizgen.write.anki.text import Undrawable

__all__ = ["Notes", "Part", "bundle", "contents", "look_digests", "part_of", "write"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one deck puts into a package.

    `decks` are names and descriptions by number; `looks` are those of the note types, and when each last changed.
    """

    decks: Mapping[int, tuple[str, str]]
    looks: Mapping[str, tuple[Look, int]]
    notes: Sequence[Note]
    media: Mapping[str, bytes]
    preset: bool


def contents(job: Job) -> Notes | None:
    """The notes of a package, for its ledger; None where they cannot be written, of which `part_of` says why."""
    try:
        return notes_of(job)
    except Undrawable:
        return None


def write(job: Job) -> Written:
    """The deck as `<name>.apkg`; no file where something in it cannot be written."""
    part, problems = part_of(job)
    if part is None:
        return Written(files={}, problems=problems)
    return Written(files={f"{job.name}.apkg": bundle([part])}, problems=problems)


def part_of(job: Job) -> tuple[Part | None, tuple[Problem, ...]]:
    """What the deck puts into a package; None where something in it cannot be written."""
    looks, problems = read_looks(job.templates)
    problems += _name_faults(job)
    try:
        description = description_of(job.deck, job.language)
        made = notes_of(job) if job.notes is None else job.notes.as_of(job.ledger)
    except Undrawable as cannot:
        says = f"{cannot} (in what is said about the deck as a whole)"
        return None, (*problems, error(Place(str(job.deck.file)), says))
    problems += made.problems
    if has_errors(problems):
        return None, problems
    own = number_of(job.deck)
    part = Part(
        decks={number: (name, description if number == own else "") for number, name in made.decks.items()},
        looks={form: (look, changed(form, look, job.ledger)) for form, look in looks.items()},
        notes=made.notes,
        media=made.media,
        preset=job.preset,
    )
    return part, problems


def bundle(parts: Sequence[Part]) -> bytes:
    """The bytes of one package with these parts, of which there is at least one."""
    notes = [note for part in parts for note in part.notes]
    used = {note.type.form for note in notes}
    models = {}
    for form, kind in NOTE_TYPES.items():
        if form in used:
            look, newest = max((part.looks[form] for part in parts), key=lambda known: known[1])
            models[model_of(kind, look)] = newest
    return package(
        [deck_of(number, *known) for part in parts for number, known in part.decks.items()],
        models,
        notes,
        {name: data for part in parts for name, data in part.media.items()},
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
