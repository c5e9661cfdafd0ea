"""Entities: the people, groups and places that a deck has facts about, found by id or by any of their names."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.values import Name, fold


class Entities:
    """Which name belongs to which fact. A name of two entities belongs to neither: only their ids tell them apart."""

    def __init__(self) -> None:
        self._names: dict[str, Name] = {}  # by id
        self._ids: dict[str, set[str]] = {}  # by folded name
        self._known: dict[str, Name] = {}  # by text as written

    def add(self, id_: str, text: str, also: Iterable[str]) -> None:
        """One entity, with its other right names."""
        name = Name(text, tuple(also), id_)
        self._names[id_] = name
        for one in name.all:
            self._ids.setdefault(fold(one), set()).add(id_)

    def name(self, text: str) -> Name:
        """The name that `text`, an id or a name, stands for; plain where no entity of the deck is meant."""
        known = self._known.get(text)
        if known is None:
            ids = (text,) if text in self._names else tuple(self._ids.get(fold(text), ()))
            known = self._names[ids[0]] if len(ids) == 1 else Name(text)
            self._known[text] = known
        return known

    def of(self, id_: str) -> Name | None:
        """The name of that fact, where it is about an entity."""
        return self._names.get(id_)

    def ambiguous(self, text: str) -> tuple[str, ...]:
        """The ids of the entities that `text` may mean, where there is more than one; sorted."""
        ids = () if text in self._names else self._ids.get(fold(text), ())
        return tuple(sorted(ids)) if len(ids) > 1 else ()
