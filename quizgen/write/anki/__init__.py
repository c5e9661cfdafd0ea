"""The Anki writer: a deck's questions as an .apkg that updates what a learner has, and never takes progress away."""

from __future__ import annotations

from quizgen.problems import Place, Problem, error, has_errors, quoted
from quizgen.write import Job, Written
from quizgen.write.anki.deck import description_of, name_of, number_of
from quizgen.write.anki.models import NOTE_TYPES, changed, look_digests, read_looks
from quizgen.write.anki.notes import notes_of
from quizgen.write.anki.package import deck_of, model_of, package
from quizgen.write.anki.text import Undrawable

__all__ = ["look_digests", "write"]


def write(job: Job) -> Written:
    """The deck as `<name>.apkg`; no file where something in it cannot be written."""
    looks, problems = read_looks(job.templates)
    problems += _name_faults(job)
    try:
        description = description_of(job.deck, job.language)
        made = notes_of(job.deck, job.bank, job.language, job.ledger)
    except Undrawable as cannot:
        says = f"{cannot} (in what is said about the deck as a whole)"
        return Written(files={}, problems=(*problems, error(Place(str(job.deck.file)), says)))
    problems += made.problems
    if has_errors(problems):
        return Written(files={}, problems=problems)
    deck = deck_of(number_of(job.deck), name_of(job.deck), description)
    used = {note.type.form for note in made.notes}
    models = {
        model_of(NOTE_TYPES[form], look): changed(form, look, job.ledger)
        for form, look in looks.items()
        if form in used
    }
    return Written(files={f"{job.name}.apkg": package(deck, models, made.notes, made.media)}, problems=problems)


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
