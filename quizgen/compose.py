"""Sheets: a recipe, a bank and a seed become the versions of a quiz."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.questions import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A numbered question of a sheet, with its marks. Options, columns and items stand in this version's order."""

    number: int
    question: Question
    marks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a sheet under one heading ('' for none), with one instruction."""

    heading: str
    instruction: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a recipe wants its sheet set: columns of questions, fields of the header, room to write."""

    columns: int = 1
    fields: tuple[str, ...] = ("name", "class", "date", "marks")  # labels of the language, or the author's own text
    lines: bool = True  # lines to write on under questions that are answered in writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One version (A, B, ...) of a composed quiz. `form` identifies it: deck, recipe, seed and version in short."""

    deck: str
    title: str
    language: str
    recipe: str
    version: str
    seed: int
    form: str
    intro: str
    sections: tuple[Section, ...]
    layout: Layout

    @property
    def marks(self) -> int:
        """The marks of all questions together."""
        return sum(entry.marks for section in self.sections for entry in section.entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All questions, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)
