"""Wording: the little language of prompts and statements, `text {field} {field:style} [left out if absent]`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hole:
    """A place for a field's value, in a style ('' for the plain one)."""

    field: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Optional:
    """A stretch that is left out where one of its fields is absent."""

    pieces: tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text."""

    pieces: tuple[str | Hole | Optional, ...]
    written: str
