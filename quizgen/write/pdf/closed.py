"""Closed questions as rows to mark: what can be picked in each, what it means, and what is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from quizgen.compose import Entry, Sheet
from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth
from quizgen.write.pdf.kit import Kit, letter
from quizgen.write.pdf.sheet import SCALED


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is marked at once: a question, or one thing to match or to place of it.

    `label` is what stands beside that thing on the sheet ('' for a whole question). `options` are as printed, `means`
    what each of them says; `right` are numbers of options, from 0.
    """

    label: str = ""
    options: tuple[str, ...]
    means: tuple[str, ...]
    right: tuple[int, ...]
    several: bool = False  # whether more than one may be picked

    @property
    def key(self) -> str:
        """The right options, as printed."""
        return "".join(self.options[number] for number in self.right)


def to_mark(sheet: Sheet) -> Iterator[tuple[Entry, str]]:
    """The questions of a sheet that are marked, and how the section of each is drawn."""
    for section in sheet.sections:
        if not section.on_cards:
            yield from ((entry, section.draw) for entry in section.entries)


def rows_of(kit: Kit, question: Question, *, draw: str = "") -> tuple[Row, ...]:
    """The rows of a question, set as `draw` says; none for one that is answered in writing."""
    match question:
        case Choice():
            texts = tuple(option.text for option in question.options)
            return (Row(options=_letters(len(texts)), means=texts, right=question.key, several=question.several),)
        case Truth():
            means = (kit.say("true"), kit.say("false"))
            names = (kit.say("true-letter"), kit.say("false-letter"))
            return (Row(options=names, means=means, right=(0 if question.verdict else 1,)),)
        case Match():
            options = _letters(len(question.right))
            return tuple(
                Row(label=str(left + 1), options=options, means=question.right, right=(right,))
                for left, right in sorted(question.pairs)
            )
        case Order() if draw in SCALED:
            items = tuple(question.items[item] for item in question.shown)
            return tuple(
                Row(label=str(box + 1), options=_letters(len(items)), means=items, right=(question.shown.index(box),))
                for box in range(len(items))
            )
        case Order():
            places = tuple(str(place + 1) for place in range(len(question.items)))
            return tuple(
                Row(label=letter(row), options=places, means=places, right=(item,))
                for row, item in enumerate(question.shown)
            )
        case Recall() | Cloze() | Numeric():
            return ()
        case _:
            assert_never(question)


def _letters(count: int) -> tuple[str, ...]:
    return tuple(letter(number) for number in range(count))
