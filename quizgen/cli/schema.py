"""quizgen schema: the JSON Schema of a deck, for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from quizgen.cli.shared import DeckPath, tell, templates_in_force, with_templates
from quizgen.deck import LANGUAGE, deck_file
from quizgen.kindfiles import read_kinds
from quizgen.problems import has_errors, quoted
from quizgen.schema import deck_schema
from quizgen.templates import Unusable


@click.command("schema")
@click.argument("deck", required=False, type=DeckPath(), metavar="[DECK]")
@click.option("--language", default="en", show_default=True, help="The language whose kinds count.")
@with_templates
def command(deck: Path | None, language: str, given: Path | None) -> None:
    """Print the JSON Schema of a deck: with it an editor completes keys and marks mistakes as you type.

    The kinds in force count, your own among them, and those in the folder of DECK.

    \b
      quizgen schema > decks/deck.schema.json

    The first line of a deck then names it: `# yaml-language-server: $schema=deck.schema.json`
    """
    if not LANGUAGE.fullmatch(language):
        raise click.UsageError(f"{quoted(language)} is not the code of a language. Write one of BCP 47: en, de, pt-BR.")
    templates = templates_in_force(given)
    folder = deck_file(deck).parent if deck and deck_file(deck).name == "deck.yaml" else None
    try:
        kinds, problems = read_kinds(templates, language, folder)
    except Unusable as unusable:
        kinds, problems = {}, (unusable.problem,)
    tell(problems)
    if has_errors(problems):
        raise click.exceptions.Exit(1)
    click.echo(json.dumps(deck_schema(kinds), ensure_ascii=False, indent=1))
