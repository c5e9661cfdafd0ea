"""Twins: decks of one run that would overwrite each other, for they have the same id."""

from __future__ import annotations

from pathlib import Path

from quizgen.problems import Place, Problem, error


class Twins:
    """The ids of the decks of a run."""

    def __init__(self) -> None:
        self._paths: dict[str, Path] = {}

    def of(self, id_: str, path: Path, place: Place) -> tuple[Problem, ...]:
        """An error at `place` where another deck of this run has the id as well."""
        other = self._paths.setdefault(id_.casefold(), path)
        if other == path:
            return ()
        says = f"this deck has the id '{id_}', which is that of {other} as well"
        return (error(place, says, "Give one of them another: `id: ...` below the title."),)
