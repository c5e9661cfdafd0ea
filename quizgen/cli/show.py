"""quizgen show: the facts of a deck, as a table, a timeline, or one fact with all its questions."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from quizgen.build import read_only
from quizgen.cli.shared import DeckPath, tell, templates_in_force, with_templates
from quizgen.problems import Problem
from quizgen.show import WIDTH, fact_page, find_fact, table, timeline


@click.command("show")
@click.argument("deck", type=DeckPath(), metavar="DECK")
@click.argument("fact", required=False, metavar="[FACT]")
@click.option(
    "--as", "shape", type=click.Choice(["table", "timeline"]), default="table", show_default=True, help="What to draw."
)
@with_templates
def command(deck: Path, fact: str | None, *, shape: str, given: Path | None) -> None:
    """Show the facts of a deck; or one FACT, by its id, with all its questions and what of it is not asked.

    In a pipe each fact of the table is one line.

    \b
      quizgen show history
      quizgen show history --as timeline
      quizgen show history bridge-opened
    """
    asked, problems = read_only(deck, templates_in_force(given))
    tell(problems)
    if asked is None:
        raise click.exceptions.Exit(1)
    on_screen = sys.stdout.isatty()
    width = shutil.get_terminal_size((WIDTH, 24)).columns if on_screen else WIDTH
    if fact is not None:
        found = find_fact(asked.deck, fact)
        if isinstance(found, Problem):
            raise click.UsageError(f"{found.says}. {found.remedy}".strip())
        click.echo(fact_page(found, asked.bank_of({found.id}), asked.language, width=width), nl=False)
    elif shape == "timeline":
        click.echo(timeline(asked.deck, asked.language, width=width), nl=False)
    else:
        click.echo(table(asked.deck, asked.language, width=width if on_screen else None), nl=False)
