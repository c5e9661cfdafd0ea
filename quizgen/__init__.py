"""quizgen turns decks of curated facts into Anki packages, printed quizzes and self-check pages."""

__version__ = "0.1.0"  # a constant: asking importlib.metadata costs more than all of `--help`
