"""quizgen new: a starter deck that builds."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.cli.shared import tell, templates_in_force, with_templates
from quizgen.deck.ids import deck_id_problem
from quizgen.files import CannotWrite, create_file
from quizgen.problems import Place
from quizgen.templates import Unusable


@click.command("new")
@click.argument("name")
@with_templates
def command(name: str, given: Path | None) -> None:
    """Make decks/NAME.yaml: a small deck of every kind of fact, with comments, that builds as it is.

    \b
      quizgen new history
      quizgen build
    """
    problem = deck_id_problem(name, Place("NAME"))
    if problem:
        raise click.UsageError(f"{problem.says}. {problem.remedy}".strip())
    try:
        starter = templates_in_force(given).read("starter/deck.yaml").decode("utf-8")
        title = name.replace("-", " ").replace("_", " ").capitalize()
        path = Path("decks") / f"{name}.yaml"
        create_file(path, starter.replace("TITLE", title).encode())
    except (Unusable, CannotWrite) as cannot:
        tell((cannot.problem,))
        raise click.exceptions.Exit(1) from cannot
    click.echo(path)
    click.echo("Write your facts there, then: quizgen build", err=True)
