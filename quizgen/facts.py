"""Facts, their sources, and the deck that holds them: what a curator wrote, read and typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from quizgen.kinds import Kind
from quizgen.problems import Place
from quizgen.values import Date, Name, Value


class Status(StrEnum):
    """How sure a fact is; every status but the first needs somebody who asserts it (`by`)."""

    ESTABLISHED = "established"
    ATTRIBUTED = "attributed"
    ESTIMATED = "estimated"
    ALLEGED = "alleged"
    DENIED = "denied"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts come from."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    date: Date | None = None
    publisher: str | None = None
    url: str | None = None  # http or https
    note: str | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source, and where in it ('' for the whole)."""

    source: Source
    locator: str = ""

    def __str__(self) -> str:
        return f"{self.source.title}, {self.locator}" if self.locator else self.source.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture beside the deck: a whole PNG, JPEG, GIF, WebP or script-free SVG file. `alt` says what it shows.

    `caption` is what there is to say of it, `credit` whose it is, in the words that its licence asks for.
    """

    path: Path
    data: bytes
    suffix: str  # ".png", ".jpg", ".gif", ".webp", ".svg"
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A rule of `quizgen check` that the curator has looked at and set aside, and why."""

    rule: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One curated fact. `values` holds the fields that it has, the headline first."""

    id: str
    kind: Kind
    values: Mapping[str, Value]
    place: Place
    position: int  # in the deck, from 0
    source: Citation | None = None
    status: Status = Status.ESTABLISHED
    by: tuple[Name, ...] = ()
    denied_by: tuple[Name, ...] = ()
    also: tuple[str, ...] = ()  # other right names of the headline
    tags: tuple[str, ...] = ()
    note: str | None = None
    only_ways: frozenset[str] | None = None  # `ask`: None = all ways, empty = never
    wording: Mapping[str, str] = field(default_factory=dict)  # `ask`: way -> the author's own words
    unlike: tuple[str, ...] = ()
    as_of: Date | None = None
    picture: Picture | None = None
    retired: str | None = None  # why it was withdrawn
    was: tuple[str, ...] = ()  # ids that it had before
    silence: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A title, a language, sources and facts. `file` is the YAML file that it was read from."""

    id: str
    title: str
    language: str
    file: Path
    kinds: Mapping[str, Kind]
    facts: tuple[Fact, ...]
    sources: Mapping[str, Source] = field(default_factory=dict)
    about: str | None = None
    license: str | None = None
    topics: str = "tags"  # what an Anki learner has topics as: tags, or subdecks by the first tag
    recall: str = "thought"  # how a learner answers an Anki card that asks to recall: thought, or typed
    order: tuple[str, ...] = ("deck",)  # of new Anki cards: deck, timeline, or tags from the most important on
    silence: tuple[Silence, ...] = ()  # for all facts
