"""What a ledger holds: a line for each thing that was published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIRST = 1_767_225_600
"""When whatever is published for the first time counts as changed, 2026-01-01 00:00 UTC: first builds are the same
bytes on any day, and every later change is newer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One published thing: the digest of its content, and when (seconds since 1970) that last changed.

    `card` says that learners have it as an Anki note. Others are looks, and questions that an earlier quizgen noted.
    """

    digest: str
    changed: int
    card: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Lines by `fact/way/form`; slot numbers of cloze blanks by `fact/field`; why facts were withdrawn, by id.

    `looks` are lines of what a deck's output looks like where its readers ask when that changed: Anki's note types.
    """

    lines: Mapping[str, Line] = field(default_factory=dict)
    slots: Mapping[str, int] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    looks: Mapping[str, Line] = field(default_factory=dict)
