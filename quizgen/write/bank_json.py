"""The question bank as JSON, format `quizgen-questions/1`: a public form of all questions and of what is not asked.

`quizgen-questions-1.schema.json` beside this module describes it. Within version 1 no member changes its meaning.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from quizgen.facts import Picture
from quizgen.problems import Problem, quoted, warning
from quizgen.questions import (
    Bank,
    Choice,
    Cloze,
    Gap,
    Match,
    Numeric,
    Option,
    Order,
    Question,
    Recall,
    Scale,
    Truth,
    accepted_answers,
    form_of,
)
from quizgen.write import Job, Written

FORMAT = "quizgen-questions/1"

_FURTHEST = Decimal("1e300")  # readers keep numbers as 64-bit floats, which end not much further out


def write(job: Job) -> Written:
    """`{name}.json`: the bank of a deck, the same bytes for the same bank."""
    questions = [question for question in job.bank.questions if not _misreads(question)]
    problems = tuple(_misread(question) for question in job.bank.questions if _misreads(question))
    deck = {"id": job.deck.id, "title": job.deck.title, "language": job.deck.language}
    text = (
        f'{{"format": {_one_line(FORMAT)},\n "deck": {_one_line(deck)},\n'
        f' "questions": {_line_each(map(question_data, questions))},\n'
        f' "skipped": {_line_each(_skipped(job.bank))}}}\n'
    )
    return Written(files={f"{job.name}.json": text.encode()}, problems=problems)


def _one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _line_each(rows: Iterable[object]) -> str:
    """A list with a line for each of its rows: two banks compare line by line."""
    lines = ",\n  ".join(map(_one_line, rows))
    return f"[\n  {lines}]" if lines else "[]"


def question_data(question: Question) -> dict[str, object]:
    """One question as the format has it: common members, then those of its form."""
    about = question.about
    return {
        "id": about.id,
        "fact": about.fact,
        "way": about.way,
        "kind": about.kind,
        "form": form_of(question),
        "prompt": question.prompt,
        "answers": list(accepted_answers(question)),
        **_of_form(question),
        "status": about.status.value,
        "by": about.by,
        "denied_by": about.denied_by,
        "source": about.source,
        "note": about.note,
        "tags": list(about.tags),
        **_picture(about.picture),
    }


def _picture(picture: Picture | None) -> dict[str, object]:
    """What is said of a picture: nothing where it has neither a caption nor a credit."""
    if picture is None or not (picture.caption or picture.credit):
        return {}
    words = {"alt": picture.alt, "caption": picture.caption or None, "credit": picture.credit or None}
    return {"picture": {"file": picture.path.name, **words}}


def _of_form(question: Question) -> dict[str, object]:
    match question:
        case Recall():
            return {}
        case Choice():
            return {"options": [_option_data(option) for option in question.options]}
        case Truth():
            return {
                "statement": question.statement,
                "verdict": question.verdict,
                "correction": question.correction,
                "why": question.why,
            }
        case Cloze():
            return {
                "text": _with_marks(question),
                "gaps": [{"slot": gap.slot, "answers": list(gap.answers)} for gap in question.gaps],
            }
        case Numeric():
            return {
                "value": number(question.value),
                "low": None if question.low is None else number(question.low),
                "high": None if question.high is None else number(question.high),
                "unit": question.unit,
            }
        case Match():
            return {
                "left": list(question.left),
                "right": list(question.right),
                "pairs": [list(pair) for pair in question.pairs],
            }
        case Order():
            return {"items": list(question.items), "scale": _scale(question.scale)}
        case _:
            assert_never(question)


def _option_data(option: Option) -> dict[str, object]:
    if option.right:
        return {"text": option.text, "right": True}
    return {"text": option.text, "right": False, "fact": option.fact, "why": option.why}


def _scale(scale: Scale | None) -> dict[str, object] | None:
    if scale is None:
        return None
    ticks = [{"at": at, "label": label} for at, label in scale.ticks]
    return {"measure": scale.measure, "spans": [list(span) for span in scale.spans], "ticks": ticks}


def number(value: Decimal) -> int | float:
    """The number as JSON can hold it: whole ones exactly, others to the precision of a 64-bit float."""
    held = max(-_FURTHEST, min(_FURTHEST, value))
    return int(held) if held == held.to_integral_value() else float(held)


def _with_marks(question: Cloze) -> str:
    return "".join(f"{{{{{piece.slot}}}}}" if isinstance(piece, Gap) else piece for piece in question.pieces)


def _misreads(question: Question) -> bool:
    """Whether the text of a cloze has of itself what the format reads as one of its blanks."""
    if not isinstance(question, Cloze):
        return False
    return sorted(re.findall(r"\{\{([0-9]+)\}\}", _with_marks(question))) != sorted(str(g.slot) for g in question.gaps)


def _misread(question: Question) -> Problem:
    says = f"{quoted(question.about.fact)} has double braces around a number, which JSON would show as a blank"
    return warning(question.about.place, says, "Its fill-in question is left out of the JSON.", rule="json-blank")


def _skipped(bank: Bank) -> list[dict[str, str]]:
    return [
        {"fact": skipped.fact, "way": skipped.way, "form": skipped.form, "why": skipped.why}
        for skipped in sorted(bank.skipped)
    ]
