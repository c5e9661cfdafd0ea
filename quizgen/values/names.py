"""Names of people, groups and places, with their other right names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """A name. `id` is the fact that it belongs to, where the deck has one; `also` its other right names."""

    text: str
    also: tuple[str, ...] = ()
    id: str | None = None
