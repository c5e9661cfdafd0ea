"""What came of a build: files and ledger put on the disk, and how much there is of a deck."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path

import click

from quizgen.ask import counts
from quizgen.build import Asked, Built
from quizgen.cards import ALL, Selection, count_cards
from quizgen.cli.shared import tell
from quizgen.cli.stopping import heed
from quizgen.files import CannotWrite, publish, written_ahead
from quizgen.problems import Place, Problem, warning
from quizgen.questions import Bank


def written(built: Built, out: Path) -> bool:
    """Whether the files were written; prints their paths, or what kept us from it. A lost ledger is only told of.

    The ledger is first on the disk. A run that is killed in between leaves one that knows of a change which learners
    are yet to get: the next build gives it to them under the same time. The other way round, they would have what the
    ledger has never heard of, and a later correction could come with an earlier time, which Anki ignores.
    """
    heed()
    warnings: tuple[Problem, ...] = ()
    try:
        with contextlib.ExitStack() as ahead:
            if built.ledger:
                try:
                    ahead.enter_context(written_ahead(*built.ledger, stays=lambda: _is_out(built, out)))
                except CannotWrite as cannot:
                    warnings = (_without_ledger(cannot),)
            paths = publish(out, built.files, owner=built.owner)
    except CannotWrite as cannot:
        tell((cannot.problem,))
        return False
    for path in paths:
        click.echo(path)
    tell(warnings)
    return True


def _without_ledger(cannot: CannotWrite) -> Problem:
    says = f"the deck's ledger cannot be written: {cannot.reason.removeprefix('cannot be written: ')}"
    remedy = "Without it, later corrections do not reach learners. Build where the deck's folder can be written."
    return warning(Place(str(cannot.path)), says, remedy)


def _is_out(built: Built, out: Path) -> bool:
    """Whether a package of this build is in the folder, or may be: a disk can fail after that as well."""
    try:
        packages = ((out / name, data) for name, data in built.files.items() if name.endswith(".apkg"))
        return any(path.read_bytes() == data for path, data in packages if path.is_file())
    except FileNotFoundError:
        return False
    except OSError as failure:
        return failure.errno != errno.ENAMETOOLONG  # there can be no such file


def summary(asked: Asked, selection: Selection = ALL, *, only_cards: bool = False) -> str:
    """How many facts, questions and Anki cards a deck has; without its questions where it was asked only for cards."""
    bank = asked.bank
    cards = count_cards(bank.questions, asked.deck.kinds, selection)
    tail = f"; {len(bank.skipped)} not asked (`quizgen check --skipped` says why)" if bank.skipped else ""
    return f"      {len(asked.deck.facts)} facts, {'' if only_cards else _questions(bank)}{cards} Anki cards{tail}"


def _questions(bank: Bank) -> str:
    forms = ", ".join(f"{number} {form}" for form, number in counts(bank).items())
    return f"{len(bank.questions)} questions{f' ({forms})' if forms else ''}, "
