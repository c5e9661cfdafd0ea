"""Practice without a person: `python -m tests.practising STORE [DAYS [COUNT [FORMS...]]]`, and a talk by script."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizgen.language import read_language
from quizgen.practice import Options, Store, Summary, Terminal, practise
from quizgen.questions import Bank
from quizgen.templates import Templates
from tests.banks import bank

ENGLISH = read_language(Templates.found(), "en")[0]
MONDAY = datetime(2026, 3, 2, 18, tzinfo=UTC)


@dataclass
class Script:
    """A learner who types these lines, then ends the input; what was said is kept."""

    lines: Iterable[str]
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rest = iter(self.lines)

    def say(self, text: str, style: str = "", *, indent: str = "", label: str = "") -> None:  # noqa: ARG002 - a script has no colours
        self.said.append(indent + label + text)

    def drawn(self, line: str) -> None:
        self.said.append(line)

    def ask(self, prompt: str) -> str | None:
        line = next(self.rest, None)
        self.said.append(prompt + str(line))
        return line


def day(number: int) -> Callable[[], datetime]:
    """A clock that stands still on that day, counted from a Monday."""
    return lambda: MONDAY + timedelta(days=number)


def practised(store: Path, of: Bank, lines: Iterable[str], **more: object) -> tuple[Summary, list[str]]:
    """A session by script; its summary, and what was said."""
    talk = Script(lines)
    known: dict[str, object] = {"deck": "made", "seed": 1, "clock": day(0)}
    with Store(store) as answers:
        summary = practise(of, answers, talk, Options(**(known | more)), ENGLISH)  # type: ignore[arg-type]  # by name
    return summary, talk.said


def main() -> None:
    """A session on the standard streams, with a bank of twelve facts."""
    store, days, count, *forms = (*sys.argv[1:], "0", "5")[: max(3, len(sys.argv) - 1)]
    options = Options(deck="made", seed=1, clock=day(int(days)), count=int(count), forms=tuple(forms))
    talk = Terminal.of(sys.stdin, sys.stdout, os.environ)
    with Store(Path(store)) as answers:
        practise(bank(12), answers, talk, options, ENGLISH)


if __name__ == "__main__":
    main()
