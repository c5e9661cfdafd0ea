"""Decks for tests of reading: from a text to a deck, or to what is told of it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from quizgen.deck import read_deck
from quizgen.facts import Deck, Fact
from quizgen.problems import Level, Problem
from quizgen.templates import Templates

TEMPLATES = Templates.found(project=Path("no-such-folder"))  # the shipped ones alone

HEAD = """\
deck: Ombria
sources: {book: {title: The Book of Ombria}}
from: book
facts:
"""


def write_deck(folder: Path, text: str, name: str = "ombria.yaml") -> Path:
    """A deck's file; `text` may be indented as a whole."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), encoding="utf-8")
    return path


def with_facts(folder: Path, facts: str, name: str = "ombria.yaml") -> Path:
    """A deck's file with these facts; the first of them stands on line 5."""
    body = "".join(f"  {line}\n" for line in dedent(facts).strip("\n").split("\n"))
    return write_deck(folder, HEAD + body, name)


def read(path: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """The deck, with the shipped templates."""
    return read_deck(path, TEMPLATES)


def deck_of(folder: Path, facts: str) -> Deck:
    """The deck with these facts, which are in order."""
    deck, problems = read(with_facts(folder, facts))
    assert [problem for problem in problems if problem.level is Level.ERROR] == []
    assert deck is not None
    return deck


def fact_of(folder: Path, facts: str, id_: str = "x") -> Fact:
    """One fact of such a deck."""
    return next(fact for fact in deck_of(folder, facts).facts if fact.id == id_)


def told(path: Path) -> list[tuple[int, int, str]]:
    """Everything that is told of a deck: line, column, and the message with its remedy."""
    _, problems = read(path)
    return [
        (problem.place.line, problem.place.column, f"{problem.level}: {problem.says}. {problem.remedy}")
        for problem in problems
    ]
