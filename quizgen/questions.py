"""Questions: an item in one of seven forms, a closed union that every writer handles in full.

All text is plain, as the curator wrote it; a writer escapes it for its own format, once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from quizgen.facts import Picture, Status
from quizgen.problems import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a question is about, the same in every form; what a reader may learn of it after answering.

    `fact` and `way` are its identity within the deck. A question on several facts (match, order) is anchored at one
    of them and lists all in `facts`.
    """

    deck: str
    fact: str
    way: str
    kind: str
    facts: tuple[str, ...]
    status: Status = Status.ESTABLISHED
    by: str | None = None  # who asserts it, ready to show
    denied_by: str | None = None
    source: str | None = None  # title and locator, ready to show
    note: str | None = None
    tags: tuple[str, ...] = ()
    picture: Picture | None = None
    caption: str | None = None  # of the picture, where it may be read before answering
    place: Place = Place("")  # where the fact stands, for problems that a writer finds
    position: int = 0  # of the fact in the deck

    @property
    def id(self) -> str:
        """`fact/way`: with the deck before it, the identity in every output."""
        return f"{self.fact}/{self.way}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """The learner produces the answer: spoken, written or typed.

    `answers` are all accepted, the canonical one first; with `several`, more than one thing is right and one is
    enough. `answer_type` is the type of the field (text, name, place, date, quantity, list), for the grader.
    `rivals` are answers of other facts, which leniency must never accept.
    """

    about: About
    prompt: str
    answers: tuple[str, ...]
    answer_type: str
    rivals: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a choice. A wrong one carries its proof: the fact it comes from (if any) and why it is wrong."""

    text: str
    right: bool
    fact: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One right option to pick, or, where more than one is right, all the right ones."""

    about: About
    prompt: str
    options: tuple[Option, ...]
    answers: tuple[str, ...]  # accepted if typed; the texts of the right options come first
    instruction: str | None = None  # "Pick all that are right." in the deck's language, where several are

    @property
    def several(self) -> bool:
        """Whether more than one option is right."""
        return sum(option.right for option in self.options) > 1

    @property
    def key(self) -> tuple[int, ...]:
        """The numbers of the right options, from 0."""
        return tuple(i for i, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """A statement that is true or false; `correction` is the true statement, `why` what the false value belongs to."""

    about: About
    prompt: str  # "True or false?" in the deck's language
    statement: str
    verdict: bool
    correction: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One blank of a cloze. `slot` numbers it for ever; `answers` are all accepted, the canonical one first."""

    slot: int
    answers: tuple[str, ...]
    answer_type: str
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze:
    """A sentence with blanks. Each blank is sound with all the rest shown: paper and page blank one at a time."""

    about: About
    prompt: str  # "Fill in the blank." in the deck's language
    pieces: tuple[str | Gap, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The blanks, in the order of the sentence."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Gap))

    def with_one_gap(self, slot: int) -> Cloze:
        """The same sentence with only that blank; the others are filled in."""
        return replace(
            self,
            pieces=tuple(
                piece.answers[0] if isinstance(piece, Gap) and piece.slot != slot else piece for piece in self.pieces
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """A number to give: right from `low` to `high`, both included (None: no bound on that side), in `unit`."""

    about: About
    prompt: str
    answers: tuple[str, ...]
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two columns to match one to one; `pairs` are (index in left, index in right). `right` stands shuffled."""

    about: About
    prompt: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """An axis from 0 to 1 on which the items of an order lie: a timeline (`time`), or bars that begin at 0 (`amount`).

    `spans` are the ends of each item on it, item by item: a date without a day spans its month or year. `ticks` are
    places on a timeline with the dates that belong to them, from end to end.
    """

    measure: str
    spans: tuple[tuple[float, float], ...]
    ticks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Things to put in order. `items` stand in the right order, `values` say by what (dates, say), item by item.

    `shown` is the order in which they are put before the learner: numbers of items. `scale` is what the items can be
    drawn on, None where they cannot.
    """

    about: About
    prompt: str
    items: tuple[str, ...]
    values: tuple[str, ...]
    shown: tuple[int, ...]
    scale: Scale | None = None


_BY_NAME = {  # the names of the forms, as templates, commands and JSON spell them
    "recall": Recall,
    "choice": Choice,
    "truth": Truth,
    "cloze": Cloze,
    "numeric": Numeric,
    "match": Match,
    "order": Order,
}

Question = Recall | Choice | Truth | Cloze | Numeric | Match | Order

FORMS: tuple[str, ...] = tuple(_BY_NAME)


def form_of(question: Question) -> str:
    """The name of the question's form."""
    return type(question).__name__.lower()


def accepted_answers(question: Question) -> tuple[str, ...]:
    """Every text that is accepted, the canonical one first; none where nothing is named (truth, match, order)."""
    match question:
        case Recall() | Choice() | Numeric():
            return question.answers
        case Cloze():
            return tuple(answer for gap in question.gaps for answer in gap.answers)
        case Truth() | Match() | Order():
            return ()
        case _:
            assert_never(question)


BLANK = "____"


def one_line(question: Question, gap: Callable[[Gap], str] = lambda _: BLANK) -> str:
    """What a question shows of itself, in one line; `gap` says what stands in a blank."""
    match question:
        case Recall() | Choice() | Numeric() | Match() | Order():
            return question.prompt
        case Truth():
            return f"{question.prompt} {question.statement}"
        case Cloze():
            return "".join(gap(piece) if isinstance(piece, Gap) else piece for piece in question.pieces)
        case _:
            assert_never(question)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Skipped:
    """What is not asked, and why: a fact, one way, one form (`*` for all forms)."""

    fact: str
    way: str
    form: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """All questions that a deck gives, in the deck's order, and all that it cannot ask."""

    questions: tuple[Question, ...]
    skipped: tuple[Skipped, ...]
