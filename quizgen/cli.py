"""The commands: parse what was asked, call, print."""

import click


@click.group()
def main() -> None:
    """Turn decks of curated facts into Anki packages, printed quizzes and self-check pages."""
