"""Quantities: a number with its qualifier and unit, and what it rules out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as written."""

    written: str
