"""quizgen practice: self-check in the terminal, spaced by FSRS."""

from __future__ import annotations

import gc
import os
import secrets
import sys
from datetime import datetime
from pathlib import Path

import click

from quizgen.build import read_only
from quizgen.cli.shared import DeckPath, Names, Text, known_tags, tell, templates_in_force, with_templates, words_of
from quizgen.practice import STORE, CannotKeep, Options, Store, Terminal, bank_for, data_folder, practise
from quizgen.questions import FORMS


@click.command("practice")
@click.argument("deck", type=DeckPath(), metavar="DECK")
@click.option(
    "--count", type=click.IntRange(1, 10_000), default=20, show_default=True, help="At most so many questions."
)
@click.option("--minutes", type=click.IntRange(1, 600), help="Stop after so many minutes.")
@click.option("--forms", type=Names(lambda: FORMS), help=f"Only these forms: {', '.join(FORMS)}.")
@click.option("--tags", type=Text(listed=True), help="Only facts with one of these tags, parted by commas.")
@click.option("--cram", is_flag=True, help="Ask everything, due or not, and leave the schedule as it is.")
@click.option("--seed", type=int, help="The order of new questions; the same seed gives the same order.")
@with_templates
def command(
    deck: Path,
    *,
    count: int,
    minutes: int | None,
    forms: tuple[str, ...] | None,
    tags: str | None,
    cram: bool,
    seed: int | None,
    given: Path | None,
) -> None:
    """Test yourself: what is due comes first, then what is new; what you miss comes back.

    Every answer is kept at once, in your own data folder, and decides when the question is due again (FSRS). You can
    stop at any time.

    \b
      quizgen practice history
      quizgen practice history --minutes 10 --tags kings
    """
    asked, problems = read_only(deck, templates_in_force(given))
    tell(problems)
    if asked is None:
        raise click.exceptions.Exit(1)
    options = Options(
        deck=asked.deck.id,
        seed=secrets.randbelow(10**6) if seed is None else seed,
        clock=lambda: datetime.now().astimezone(),
        count=count,
        minutes=minutes,
        tags=known_tags(words_of(tags), asked.deck.facts),
        forms=forms or (),
        cram=cram,
        was={old: fact.id for fact in asked.deck.facts for old in fact.was},
    )
    try:
        with Store(data_folder(os.environ, sys.platform, Path.home()) / STORE) as store:
            bank = bank_for(asked.bank_of, asked.deck.facts, store, options)
            gc.enable()  # the one command that goes on for long
            practise(bank, store, Terminal.of(sys.stdin, sys.stdout, os.environ), options, asked.language)
    except CannotKeep as cannot:
        tell((cannot.problem,))
        raise click.exceptions.Exit(1) from cannot
