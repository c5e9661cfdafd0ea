"""Leaks: what one question on a sheet tells of another's answer.

The rule: A gives B away where an answer of B stands, as whole words side by side, in what A shows: its prompt, its
statement and the correction of it, the sentence around a blank, or a cell of a column or an option that says more than
that answer alone. An option or a cell that is nothing but the answer gives nothing away: it stands among others of its
type. Numbers of one or two digits are no answers by themselves: they stand everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from quizgen.grade import fold
from quizgen.language import Language
from quizgen.questions import Bank, Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth, form_of

Words = tuple[str, ...]
Given = tuple[str, Words, frozenset[Words]]  # the type of an answer, the answer, and answers that are proved wrong
_LONGEST = 12  # words of an answer that are looked for: who reads so many has read it
_SMALL_NUMBER = re.compile(r"-?[0-9]{1,2}")


@dataclass(frozen=True, eq=False)
class Candidate:
    """A question that may stand on a sheet (a cloze with one blank), and all answers that the bank gives for it."""

    question: Question
    answers: tuple[str, ...]
    articles: tuple[str, ...]

    @cached_property
    def id(self) -> str:
        """Its identity within the deck; a blank has its own."""
        return id_of(self.question)

    @property
    def verdict(self) -> bool | None:
        """Whether what it states is true; None if it states nothing."""
        return self.question.verdict if isinstance(self.question, Truth) else None

    @cached_property
    def told(self) -> frozenset[Words]:
        """Its answers as folded words, without a leading article; what is too short to be told is left out."""
        found = {self.words(answer) for answer in self.answers}
        kept = (words[:_LONGEST] for words in found if words and not _SMALL_NUMBER.fullmatch(" ".join(words)))
        return frozenset(kept)

    @cached_property
    def to_give(self) -> tuple[Given, ...]:
        """What is to be written where answers stand to choose from: its type, itself, and what is proved wrong."""
        match self.question:
            case Cloze():
                asked = [(gap.answer_type, gap.answers[0], gap.rivals) for gap in self.question.gaps]
            case Recall():
                asked = [(self.question.answer_type, self.question.answers[0], self.question.rivals)]
            case Choice() | Truth() | Numeric() | Match() | Order():
                asked = []
            case _:
                assert_never(self.question)
        return tuple((kind, self.words(own), frozenset(map(self.words, wrong))) for kind, own, wrong in asked)

    @cached_property
    def texts(self) -> tuple[Words, ...]:
        """What it shows that gives away whatever stands in it."""
        caption = self.question.about.caption
        return tuple(tuple(fold(text).split()) for text in (*_open(self.question), *((caption,) if caption else ())))

    @cached_property
    def cells(self) -> tuple[Words, ...]:
        """What it shows that gives away only what stands in it among other words."""
        return tuple(self.words(text) for text in _closed(self.question))

    @cached_property
    def stem(self) -> str:
        """What two questions on a sheet must not both show."""
        closed = _closed(self.question) if isinstance(self.question, Match | Order) else ()
        return "\n".join([*map(fold, _open(self.question)[:1]), *sorted(map(fold, closed))])

    def words(self, text: str) -> Words:
        """A text as an answer: its folded words, without a leading article."""
        words = fold(text).split()
        return tuple(words[1:] if len(words) > 1 and words[0] in self.articles else words)


def id_of(question: Question) -> str:
    """The identity of a question on a sheet within its deck: fact, way, form, and the blank of a cloze."""
    slots = [str(gap.slot) for gap in question.gaps] if isinstance(question, Cloze) else []
    return "/".join([question.about.id, form_of(question), *slots])


def candidates(bank: Bank, language: Language) -> tuple[Candidate, ...]:
    """All questions of the bank as candidates, in its order; a cloze gives one for each of its blanks."""
    known: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question in bank.questions:
        known[question.about.fact, question.about.way].extend(_answers(question))
    articles = language.words.get("articles", ())
    found = []
    for question in bank.questions:
        if isinstance(question, Cloze):
            ones: Iterable[Question] = [question.with_one_gap(gap.slot) for gap in question.gaps]
        else:
            ones = [question]
        for one in ones:
            siblings = known[question.about.fact, question.about.way] if isinstance(one, Truth) else []
            answers = tuple(dict.fromkeys([*_answers(one), *siblings]))
            found.append(Candidate(one, answers, articles))
    return tuple(found)


class Told:
    """What the questions on a sheet show and ask. Whether one more fits is found in the time of its own words."""

    def __init__(self) -> None:
        self._asked: set[Words] = set()
        self._lengths: set[int] = set()  # of what is asked, in words
        self._shown: set[Words] = set()  # all stretches of words

    def add(self, one: Candidate) -> None:
        """Puts a question on the sheet."""
        self._asked |= one.told
        self._lengths |= {len(answer) for answer in one.told}
        self._shown.update(_stretches(one, range(1, _LONGEST + 1)))

    def leaks(self, one: Candidate) -> bool:
        """Whether the candidate would give away an answer on the sheet, or the sheet gives away the candidate's."""
        if not self._shown.isdisjoint(one.told):
            return True
        return not self._asked.isdisjoint(_stretches(one, sorted(self._lengths)))


def _stretches(one: Candidate, lengths: Iterable[int]) -> Iterator[Words]:
    """All stretches of so many words that the candidate gives away."""
    shown = [(words, False) for words in one.texts] + [(words, True) for words in one.cells]
    for words, part_only in shown:
        for length in lengths:
            if length + part_only <= len(words):
                yield from (words[i : i + length] for i in range(len(words) - length + 1))


def _open(question: Question) -> tuple[str, ...]:
    """What a question shows as running text, its own first."""
    match question:
        case Recall() | Choice() | Numeric() | Match() | Order():
            return (question.prompt,)
        case Truth():
            return (question.statement, question.correction)
        case Cloze():
            return ("".join("…" if isinstance(piece, Gap) else piece for piece in question.pieces),)
        case _:
            assert_never(question)


def _closed(question: Question) -> tuple[str, ...]:
    """What a question shows as options, cells and items."""
    match question:
        case Choice():
            return tuple(option.text for option in question.options)
        case Match():
            return question.left + question.right
        case Order():
            return question.items
        case Recall() | Truth() | Cloze() | Numeric():
            return ()
        case _:
            assert_never(question)


def _answers(question: Question) -> tuple[str, ...]:
    match question:
        case Recall() | Numeric():
            return question.answers
        case Choice():
            return tuple(option.text for option in question.options if option.right) + question.answers
        case Cloze():
            return tuple(answer for gap in question.gaps for answer in gap.answers)
        case Truth():
            return ()
        case Match():
            return question.right
        case Order():
            return question.values
        case _:
            assert_never(question)
