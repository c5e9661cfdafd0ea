"""Text: what a fact says in words, and when two texts say the same."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A text as the curator wrote it, white space at its ends apart."""

    text: str
