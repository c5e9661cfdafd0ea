"""Kinds: which sorts of fact there are, and how each may be asked. Kinds are data; no code runs in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quizgen.problems import Place
from quizgen.wording import Template

OF_A_FACT = ("cloze", "order", "match")  # ways that every kind has by itself, from its statement, order and match


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a kind: the type of its value, whether it is a list of that, whether it may be absent.

    `number` is its place among the kind's fields, from 1: the slot of its cloze blank.
    """

    name: str
    type: str
    many: bool
    optional: bool
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to ask a fact: what is shown, which field is wanted, in which forms.

    `pictured` is false where a picture of the fact would tell the answer.
    """

    name: str
    prompt: Template
    answer: str
    forms: frozenset[str]
    statement: Template | None = None  # for truth, where the kind's own will not do
    why: Template | None = None  # why a wrong option is wrong, told of the fact that it comes from
    pictured: bool = True
    place: Place = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """Facts of the kind put in order by one field."""

    prompt: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Facts of the kind matched one to one: one field on the left, one on the right.

    Facts that are not established take part only with `any_status`, where the match itself tells who asserts them.
    """

    prompt: str
    left: str
    right: str
    any_status: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of fact. The first of `fields` is the headline, whose key tells the kind of a fact.

    What a field of `shared` says may be true of others, of whom the deck does not say it: many are composers.
    """

    name: str
    fields: Mapping[str, Field]
    ways: Mapping[str, Way]
    about: str = ""
    statement: Template | None = None
    order: Ordering | None = None
    match: Matching | None = None
    shared: frozenset[str] = frozenset()
    cards: Mapping[str, str] = field(default_factory=dict)  # way (or `cloze`) -> the form of its Anki card, or `none`
    place: Place = Place("")
    headline: str = field(init=False, compare=False, repr=False)  # the name of the headline field

    def __post_init__(self) -> None:
        object.__setattr__(self, "headline", next(iter(self.fields), ""))  # once, for every question asks after it
