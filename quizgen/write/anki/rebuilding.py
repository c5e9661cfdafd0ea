"""Rebuilding a lost ledger from a package that was built with it: what was published, when it changed, which slots."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from quizgen.apkg import Package, PackedNote
from quizgen.ledger import Ledger, Line, identities, with_slots
from quizgen.questions import Cloze
from quizgen.write import Job
from quizgen.write.anki.models import NOTE_TYPES, Look
from quizgen.write.anki.notes import Notes
from quizgen.write.anki.text import inert_blank

_BLANK = re.compile(r"\{\{c(\d+)::((?:(?!\}\}|\{\{c\d).)*+)\}\}", re.DOTALL)  # looks no further than the next one
_FORMS = {kind.number: kind.form for kind in NOTE_TYPES.values()}
_LOST = "lost"  # a digest that nothing has: a note that is not as it was is newer


def rebuilt(package: Package, job: Job) -> Ledger | None:
    """The ledger of the job's deck as far as a package tells it; None where nothing of the deck is in it.

    A note that is still as the package has it keeps its time; every other one counts as changed. Questions without a
    card are forgotten: nobody asks when they changed. Raises `Undrawable`.
    """
    packed = dict(_keyed(package, job.deck.id))
    if not packed:
        return None
    lines = {key: Line(digest=_LOST, changed=note.changed, card=True) for key, note in packed.items()}
    looks = {
        f"anki/{_FORMS[kind.id]}": Line(digest=Look(front=front, back=back, css=css).mark, changed=kind.changed)
        for kind in package.types
        if kind.id in _FORMS and len(kind.look) == 3  # noqa: PLR2004 - a style sheet, and the sides of one template
        for css, front, back in [kind.look]
    }
    ledger = Ledger(lines=lines, looks=looks)
    ledger = replace(ledger, slots=_slots(packed, job, ledger))
    ledger, bank = with_slots(ledger, job.deck, job.bank)
    for note in Notes(replace(job, ledger=ledger, bank=bank)):
        known = packed.get(note.key)
        if known and known.fields == tuple(map(_stored, note.fields)) and known.tags == frozenset(note.tags):
            lines[note.key] = Line(digest=note.line.digest, changed=known.changed, card=True)
    return replace(ledger, lines=lines)


def _stored(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _keyed(package: Package, deck: str) -> Iterator[tuple[str, PackedNote]]:
    """The deck's notes by their keys in the ledger."""
    for note in package.notes:
        whose, *parts = note.fields[0].split("/")
        if whose == deck and len(parts) == 2 and all(parts) and note.type.id in _FORMS:  # noqa: PLR2004 - fact and way
            yield "/".join((*parts, _FORMS[note.type.id])), note


def _slots(packed: Mapping[str, PackedNote], job: Job, ledger: Ledger) -> dict[str, int]:
    """The slots of blanks: those with the same answer, then the others in their order; what is left is spent."""
    identity = identities(ledger, job.deck.facts)
    slots: dict[str, int] = {}
    blanks = {
        key.split("/", 1)[0]: {int(slot): text for slot, text in _BLANK.findall(" ".join(note.fields))}
        for key, note in packed.items()
        if note.type.cloze
    }
    for question in job.bank.questions:
        fact = identity.get(question.about.fact, question.about.fact)
        if isinstance(question, Cloze) and fact in blanks:
            names = {part.number: name for name, part in job.deck.kinds[question.about.kind].fields.items()}
            slots |= {f"{fact}/{names[number]}": slot for number, slot in _matched(question, blanks[fact])}
    spent = {(key.split("/", 1)[0], slot) for key, slot in slots.items()}
    for fact, known in blanks.items():
        slots |= {f"{fact}/{_LOST}-{slot}": slot for slot in known if (fact, slot) not in spent and 0 < slot < 500}  # noqa: PLR2004 - Anki's own bound
    return slots


def _matched(cloze: Cloze, blanks: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Pairs of the number of a blank's field and the slot that it had."""
    free = dict(blanks)
    gaps = {gap.slot: _stored(inert_blank(gap.answers[0])) for gap in cloze.gaps}
    for number, answer in list(gaps.items()):
        slot = next((slot for slot, text in free.items() if text == answer), None)
        if slot is not None:
            yield number, slot
            del free[slot], gaps[number]
    if len(free) == len(gaps):
        yield from zip(gaps, free, strict=True)
