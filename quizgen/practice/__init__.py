"""Practice: the terminal exercise, spaced over days. `practise` asks; a `Store` remembers; a `Terminal` talks."""

from __future__ import annotations

from quizgen.practice.places import data_folder
from quizgen.practice.screen import Talk, Terminal
from quizgen.practice.session import Options, Summary, practise
from quizgen.practice.store import CannotKeep, Store

STORE = "practice.sqlite"  # the name of the store in the data folder

__all__ = ["STORE", "CannotKeep", "Options", "Store", "Summary", "Talk", "Terminal", "data_folder", "practise"]
