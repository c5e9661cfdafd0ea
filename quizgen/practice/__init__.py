"""Practice: the terminal exercise, spaced over days. `practise` asks; a `Store` remembers; a `Terminal` talks.

`figures_of` reckons how a learner stands, `tell_standing` says it.
"""

from __future__ import annotations

from quizgen.places import data_folder
from quizgen.practice.cards import cards_of
from quizgen.practice.enough import bank_for
from quizgen.practice.figures import figures_of
from quizgen.practice.screen import Talk, Terminal
from quizgen.practice.session import Options, Summary, practise
from quizgen.practice.standing import tell_decks, tell_standing
from quizgen.practice.store import CannotKeep, Store

STORE = "practice.sqlite"  # the name of the store in the data folder

__all__ = [
    "STORE",
    "CannotKeep",
    "Options",
    "Store",
    "Summary",
    "Talk",
    "Terminal",
    "bank_for",
    "cards_of",
    "data_folder",
    "figures_of",
    "practise",
    "tell_decks",
    "tell_standing",
]
