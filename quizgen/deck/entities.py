"""Entities: the people, groups and places that a deck has facts about, found by id or by any of their names."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.values import Name, fold


class Entities:
    """Which name belongs to which fact. A name of two entities belongs to neither: only their ids tell them apart."""

    def __init__(self) -> None:
        self._names: dict[str, Name] = {}  # by id
        self._ids: dict[str, set[str]] = {}  # by folded name

    def add(self, id_: str, text: str, also: Iterable[str], *, kind: str, place: bool) -> None:
        """One entity of that kind, with its other right names; `place` says whether it is one."""
        name = Name(text, tuple(also), id_, kind, place)
        self._names[id_] = name
        for one in name.all:
            self._ids.setdefault(fold(one), set()).add(id_)

    def of(self, id_: str) -> Name | None:
        """The name of that fact, where it is about an entity."""
        return self._names.get(id_)

    def name(self, text: str) -> tuple[Name, tuple[str, ...]]:
        """The name that `text`, an id or a name, stands for.

        It is a plain one where no entity of the deck is meant, or where several may be: their ids come with it, sorted.
        """
        ids = [text] if text in self._names else sorted(self._ids.get(fold(text), ()))
        if len(ids) == 1:
            return self._names[ids[0]], ()
        return Name(text), tuple(ids)
