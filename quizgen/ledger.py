"""The ledger: identity through time. Which questions a deck has published, and when the content of each last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One published question: the digest of its content, and when (seconds since 1970) that last changed."""

    digest: str
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Lines by `fact/way/form`; slot numbers of cloze blanks by `fact/field`; ids of facts that were withdrawn."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    slots: Mapping[str, int] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
