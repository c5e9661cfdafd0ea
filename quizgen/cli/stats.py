"""quizgen stats: how a learner stands with a deck, or with all that were practised."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from quizgen.build import read
from quizgen.cli.shared import DeckPath, tell, templates_in_force, with_templates
from quizgen.language import read_language
from quizgen.practice import (
    STORE,
    CannotKeep,
    Store,
    Terminal,
    cards_of,
    data_folder,
    figures_of,
    tell_decks,
    tell_standing,
)
from quizgen.templates import Templates


@click.command("stats")
@click.argument("deck", type=DeckPath(), metavar="[DECK]", required=False)
@click.option("--plain", is_flag=True, help="Words in place of pictures and colours, for a screen reader.")
@with_templates
def command(deck: Path | None, *, plain: bool, given: Path | None) -> None:
    """Say how you stand: what is due, what you remember, your days, and what you miss most often.

    Without DECK: every deck that you have practised, a line each.

    \b
      quizgen stats
      quizgen stats history
    """
    templates = templates_in_force(given)
    try:
        with Store(data_folder(os.environ, sys.platform, Path.home()) / STORE) as store:
            talk = Terminal.of(sys.stdin, sys.stdout, {**os.environ, "NO_COLOR": "1"} if plain else os.environ)
            if deck is None:
                _every_deck(store, talk, templates)
            else:
                _one_deck(deck, store, talk, templates, plain=plain)
    except CannotKeep as cannot:
        tell((cannot.problem,))
        raise click.exceptions.Exit(1) from cannot


def _every_deck(store: Store, talk: Terminal, templates: Templates) -> None:
    language, problems = read_language(templates, "en")
    tell(problems)
    now = datetime.now().astimezone()
    found = {deck: figures_of(store.reviews(deck), store.memories(deck), now) for deck in store.decks()}
    tell_decks(found, talk, language)


def _one_deck(deck: Path, store: Store, talk: Terminal, templates: Templates, *, plain: bool) -> None:
    asked, problems = read(deck, templates)
    tell(problems)
    if asked is None:
        raise click.exceptions.Exit(1)
    store.rename(asked.deck.id, {old: fact.id for fact in asked.deck.facts for old in fact.was})
    now = datetime.now().astimezone()
    cards = cards_of(asked.bank)
    memories = store.memories(asked.deck.id)
    there = {card.id: memories[card.id] for card in cards if card.id in memories}
    figures = figures_of(store.reviews(asked.deck.id), there, now)
    talk.say(asked.deck.title, "strong")
    tell_standing(figures, cards, now.date(), talk, asked.language, plain=plain)
