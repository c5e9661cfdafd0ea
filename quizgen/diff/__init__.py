"""Diff: what an import of one Anki package does for learners who have another, by Anki's own default options."""

from __future__ import annotations

from quizgen.diff.compare import Change, Difference, Update, compare
from quizgen.diff.telling import markdown, plain

__all__ = ["Change", "Difference", "Update", "compare", "markdown", "plain"]
