"""The record of a quiz: which questions stand on which form and for whom, so that later a change can be told.

It is written beside the sheets, and read when a sheet is made again and comes out otherwise than it was printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import assert_never

from quizgen.compose import Sheet, id_of
from quizgen.ledger.content import digest
from quizgen.questions import Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth
from quizgen.write import Job

FORMAT = "quizgen-forms/1"


def record_name(name: str) -> str:
    """The name of the record of the quiz of that name."""
    return f"{name}-forms.json"


def record(job: Job) -> bytes:
    """The record of all versions as JSON: form ids, for whom they are, the ids of the questions on each in order."""
    first = job.sheets[0]
    questions = {id_of(entry.question): entry.question for sheet in reversed(job.sheets) for entry in sheet.entries}
    data = {
        "format": FORMAT,
        "deck": {"id": job.deck.id, "title": job.deck.title, "version": first.deck_version},
        "recipe": first.recipe,
        "seed": first.seed,
        "questions": {one: _digest(question) for one, question in sorted(questions.items())},
        "forms": [_form(sheet) for sheet in job.sheets],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def differences(data: bytes, form: str, now: Sheet) -> str:
    """What is known of how a sheet differs from the one of that form, from a record; '' where it does not know it."""
    try:
        known = json.loads(data)
        [before] = [one["questions"] for one in known["forms"] if one["form"] == form]
        digests: Mapping[str, str] = known["questions"]
        asked = {id_of(entry.question): _digest(entry.question) for entry in now.entries}
        gone = [str(number) for number, one in enumerate(before, 1) if one not in asked]
        changed = [str(n) for n, one in enumerate(before, 1) if one in asked and asked[one] != digests[one]]
    except (ValueError, KeyError, TypeError):  # no record of ours, or one that somebody has edited
        return ""
    told = []
    if gone:
        told.append(f"not on it any more: {', '.join(gone)}")
    if changed:
        told.append(f"reading otherwise: {', '.join(changed)}")
    if not told:
        return "Its questions are the same; their order, a heading or the marks are not."
    return f"Of its {len(before)} questions, by their printed numbers, {'; '.join(told)}."


def _form(sheet: Sheet) -> dict[str, object]:
    name = {"name": sheet.pupil.name} if sheet.pupil else {}
    asked = [id_of(entry.question) for entry in sheet.entries]
    return {"form": sheet.form, "version": sheet.version, **name, "questions": asked}


def _digest(question: Question) -> str:
    """A digest of what a question says, in whatever order a version has it."""
    return digest("\n".join(sorted(_texts(question))))[:12]


def _texts(question: Question) -> Iterator[str]:
    yield question.prompt
    match question:
        case Choice():
            yield from (f"{option.text} {option.right}" for option in question.options)
        case Truth():
            yield f"{question.statement} {question.verdict}"
        case Recall() | Numeric():
            yield from question.answers
        case Cloze():
            yield "".join("___" if isinstance(piece, Gap) else piece for piece in question.pieces)
            yield from (answer for gap in question.gaps for answer in gap.answers)
        case Match():
            yield from (f"{question.left[left]}\n{question.right[right]}" for left, right in question.pairs)
        case Order():
            yield "\n".join(question.items)
        case _:
            assert_never(question)
