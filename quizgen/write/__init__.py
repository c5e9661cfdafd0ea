"""Writers: from questions or sheets to the bytes of files. The only modules that know an output format.

A writer is a function `(Job) -> Written`. It has no clock, no chance, no environment and no output path inside; it
escapes text for its own format, once. What it cannot draw or express it says as a Problem at the fact's place.
Somebody else's writer comes in by the entry-point group `quizgen.writers`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizgen.cards import ALL, Selection
from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.ledger import FIRST, Ledger, Line
from quizgen.problems import Problem
from quizgen.questions import Bank
from quizgen.templates import Templates

if TYPE_CHECKING:
    from quizgen.compose import Sheet

Progress = Callable[[int, int], None]


def unheeded(done: int, of: int) -> None:
    """The progress of work that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """All that a writer may know. `name` is the safe stem of the files it makes; `progress` hears how far it is."""

    name: str
    deck: Deck
    bank: Bank
    sheets: tuple[Sheet, ...]  # versions of one quiz
    language: Language
    templates: Templates
    ledger: Ledger  # of what was published before, with the looks and blanks of today
    now: int = FIRST  # when what has changed since counts as changed
    paper: str = "a4"  # a4, letter, legal, a5
    landscape: bool = False
    two_up: bool = False  # two pages of half the size on each
    look: str = "plain"
    large_print: bool = False
    easy_reading: bool = False
    fillable: bool = False  # fields to fill in on a screen
    tagged: bool = True  # whether a screen reader finds headings, lists, tables, and words for pictures
    key: str = "separate"  # separate, appended, none
    key_detail: str = "full"  # full: with reasons and sources; short: answers; grid: all versions at a glance, alone
    answer_sheet: bool = False  # whether there are sheets with bubbles to fill in
    cards: Selection = ALL  # which Anki cards are wanted
    preset: bool = False  # whether the Anki package brings an options preset
    progress: Progress = field(default=unheeded, compare=False)
    jobs: int = field(default=1, compare=False)  # processes that a writer may use; what it makes is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What learners get as Anki notes: their lines in the ledger, by key.

    `asked` are the keys of all cards that the deck gives, whether they are wanted here or not.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)
    asked: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Files by name, and what could not be drawn or expressed; `published` if learners take the files into Anki."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = field(default=())
    published: Published | None = None


Writer = Callable[[Job], Written]
