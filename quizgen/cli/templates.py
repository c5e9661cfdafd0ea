"""quizgen templates: what is in force and from where; prints one to start from."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from quizgen.cli.shared import tell, templates_in_force, with_templates
from quizgen.problems import did_you_mean, quoted
from quizgen.templates import Unusable


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001 - click's
    names = templates_in_force(None).all_names()
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("templates")
@click.argument("name", required=False, shell_complete=_complete)
@with_templates
def command(name: str | None, given: Path | None) -> None:
    """List all templates in force and where each comes from, or print one to start from.

    A file in ./templates wins over the shipped one of the same name:

    \b
      quizgen templates
      quizgen templates kinds/event.yaml
      quizgen templates quizzes/test.yaml > templates/quizzes/friday.yaml
    """
    templates = templates_in_force(given)
    try:
        if name is None:
            for known in templates.all_names():
                click.echo(f"{known}\t{templates.origin(known)}")
            return
        if templates.path(name) is None:
            remedy = did_you_mean(name, templates.all_names(), otherwise="`quizgen templates` lists them.")
            raise click.UsageError(f"There is no template {quoted(name)}. {remedy}")
        click.echo(templates.read(name), nl=False)
    except Unusable as unusable:
        tell((unusable.problem,))
        raise click.exceptions.Exit(1) from unusable
