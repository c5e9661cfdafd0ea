"""Dates at their precision: a day, a month, a year, an interval, open or approximate; BCE too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Date:
    """A date as a span of days. `first` and `last` are day numbers (None: open)."""

    written: str
    first: int | None
    last: int | None
