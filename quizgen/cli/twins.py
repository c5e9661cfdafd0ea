"""Twins: decks of one run that would overwrite each other: by the same id, or in one package by the same title."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quizgen.problems import Place, Problem, error, quoted


class Twins:
    """The ids and the titles of the decks of a run."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] = {}
        self._titled: dict[str, Path] = {}

    def of(self, id_: str, path: Path, place: Place) -> tuple[Problem, ...]:
        """An error at `place` where another deck of this run has the id as well."""
        other = self._paths.setdefault(id_.casefold(), path)
        if other == path:
            return ()
        says = f"this deck has the id '{id_}', which is that of {other} as well"
        return (error(place, says, "Give one of them another: `id: ...` below the title."),)

    def titled(self, titles: Iterable[str], path: Path, place: Place) -> tuple[Problem, ...]:
        """An error at `place` where another deck of this run has one of the titles, and all go into one package."""
        for title in titles:
            other = self._titled.setdefault(title.casefold(), path)
            if other != path:
                says = f"{quoted(title)} is the title of {other} as well: in one package, to Anki they are one deck"
                return (error(place, says, "Give one of them another title."),)
        return ()
