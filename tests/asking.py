"""Small decks in YAML for tests: read, asked, and questions found by id."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent
from typing import TypeVar

from quizgen.build import Asked, read
from quizgen.problems import has_errors, report
from quizgen.questions import Question, Skipped
from quizgen.templates import Templates

_Q = TypeVar("_Q")
HEAD = "deck: Invented\nsources: {book: {title: The Book of Ombria}}\nfrom: book\nfacts:\n"


def asked(folder: Path, facts: str) -> Asked:
    """The deck with these facts (YAML), read and asked; it must have no errors."""
    file = folder / "deck-of-test.yaml"
    file.write_text(HEAD + indent(dedent(facts).strip("\n"), "  ") + "\n", encoding="utf-8")
    result, problems = read(file, Templates.found())
    assert result is not None and not has_errors(problems), report(problems)
    return result


def the(result: Asked, id_: str, form: type[_Q]) -> _Q:
    """The question of that id and form; there must be just one."""
    found = [question for question in result.bank.questions if question.about.id == id_ and isinstance(question, form)]
    assert len(found) == 1, (id_, form.__name__, [question.about.id for question in result.bank.questions])
    return found[0]


def all_of(result: Asked, form: type[_Q]) -> list[_Q]:
    """All questions of that form."""
    return [question for question in result.bank.questions if isinstance(question, form)]


def shown_text(question: Question) -> str:
    """Everything that a learner sees before answering, as one text."""
    return repr(question)


def reasons(result: Asked, fact: str) -> list[Skipped]:
    """What of that fact is skipped."""
    return [skipped for skipped in result.bank.skipped if skipped.fact == fact]
