"""Printed sheets in the page: which question stands where, and in which order its options, columns or entries do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from quizgen.compose import Sheet
from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth, form_of


def sheets_data(sheets: Sequence[Sheet], questions: Sequence[Question]) -> list[dict[str, object]]:
    """The sheets of which the page has every question, as numbers of these questions; each under its form."""
    if not sheets:
        return []
    index = {(question.about.id, form_of(question)): number for number, question in enumerate(questions)}
    found: list[dict[str, object]] = []
    for sheet in sheets:
        entries = list(_entries(sheet, index, questions))
        if None not in entries:
            found.append({"form": sheet.form, "entries": entries})
    return found


def _entries(
    sheet: Sheet, index: dict[tuple[str, str], int], questions: Sequence[Question]
) -> Iterator[dict[str, object] | None]:
    for entry in sheet.entries:
        number = index.get((entry.question.about.id, form_of(entry.question)))
        order = None if number is None else _order(entry.question, questions[number])
        yield None if order is None else {"question": number, **order}


def _order(printed: Question, question: Question) -> dict[str, object] | None:
    """How a question stands on paper, told by the numbers of its parts in the page; None where it is another one."""
    try:
        match printed, question:
            case Choice(), Choice():
                return {"options": [question.options.index(option) for option in printed.options]}
            case Match(), Match():
                left = [question.left.index(text) for text in printed.left]
                return {"left": left, "right": [question.right.index(text) for text in printed.right]}
            case Order(), Order():
                return {"shown": list(printed.shown)} if printed.items == question.items else None
            case Cloze(), Cloze():
                answers = [gap.answers for gap in question.gaps]
                return {"slot": question.gaps[answers.index(printed.gaps[0].answers)].slot}
            case ((Recall() | Truth() | Numeric()), _):
                return {}
            case ((Choice() | Match() | Order() | Cloze()), _):
                return None
            case _:
                assert_never(printed)
    except ValueError:
        return None
