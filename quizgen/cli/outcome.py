"""What came of a build: files and ledger put on the disk, and how much there is of a deck."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.ask import counts
from quizgen.build import Asked, Built
from quizgen.cards import ALL, Selection, count_cards
from quizgen.cli.shared import tell
from quizgen.files import CannotWrite, publish, write_file
from quizgen.problems import Place, warning


def written(built: Built, out: Path) -> bool:
    """Whether the files were written; prints their paths, or what kept us from it. A lost ledger is only told of."""
    try:
        paths = publish(out, built.files, owner=built.owner)
    except CannotWrite as cannot:
        tell((cannot.problem,))
        return False
    for path in paths:
        click.echo(path)
    if built.ledger and _differs(*built.ledger):
        try:
            write_file(*built.ledger)
        except CannotWrite as cannot:
            remedy = (
                "Without it, later corrections do not reach learners. Build where the deck's folder can be written."
            )
            tell((warning(Place(str(cannot.path)), f"the deck's ledger cannot be written: {cannot.reason}", remedy),))
    return True


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except OSError:
        return True


def summary(asked: Asked, selection: Selection = ALL) -> str:
    """How many facts, questions and Anki cards a deck has."""
    bank = asked.bank
    made = ", ".join(f"{number} {form}" for form, number in counts(bank).items())
    cards = count_cards(bank.questions, asked.deck.kinds, selection)
    tail = f"; {len(bank.skipped)} not asked (`quizgen check --skipped` says why)" if bank.skipped else ""
    return f"      {len(asked.deck.facts)} facts, {len(bank.questions)} questions ({made}), {cards} Anki cards{tail}"
