"""Entries: what a deck's file and its tables hold, each with its id and its kind, not yet read as facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from quizgen.deck.ids import id_problem, is_plain_id, twins
from quizgen.deck.texts import Texts, a
from quizgen.kinds import Kind
from quizgen.problems import Place, quoted
from quizgen.source.nodes import Map, Node, place_of


class Entry(NamedTuple):
    """One fact as written: its id, where that stands, its keys, and its kind."""

    id: str
    file: str
    spot: int
    node: Map
    kind: Kind

    @property
    def place(self) -> Place:
        """Where the id stands."""
        return place_of(self.file, self.spot)


class Entries:
    """Collects the entries of a deck; tells of ids that cannot be, and of what is of no kind."""

    def __init__(self, kinds: Mapping[str, Kind], texts: Texts, *, kinds_are_whole: bool = True) -> None:
        self.texts = texts
        self.kinds = kinds
        self.kinds_are_whole = kinds_are_whole  # else a fact without a kind may be one whose kind could not be read
        self.by_headline = {kind.headline: kind for kind in kinds.values()}
        self.places: dict[str, tuple[str, int]] = {}  # of all ids, those of unreadable entries too
        self.twins: dict[str, str] = {}
        self.all: list[Entry] = []

    def add_facts(self, facts: Map) -> None:
        """The facts of the deck's own file."""
        for id_, node in facts.items():
            self.add(id_, node, facts.file, facts.spot_of_key(id_))

    def add(self, id_: str, node: Node, file: str, spot: int, kind: Kind | None = None) -> None:
        """One entry; its kind is told by its headline, unless it is given."""
        if not self._new(id_, file, spot):
            return
        if not isinstance(node, Map):
            remedy = f"Write `{id_}: {{{', '.join(f'{name}: ...' for name in self._example())}}}`, for example."
            says = f"the fact {quoted(id_)} is a mapping of keys to values"
            self.texts.wrong(place_of(file, spot), says, remedy if len(id_) < len(remedy) else "")
            return
        kind = kind or self._kind(id_, node, file, spot)
        if kind:
            self.all.append(Entry(id_, file, spot, node, kind))

    def _example(self) -> Iterable[str]:
        kind = self.kinds.get("term") or next(iter(self.kinds.values()), None)
        return kind.fields if kind else ()

    def _new(self, id_: str, file: str, spot: int) -> bool:
        """Whether the id is the first of its name. One that cannot be an id is told of, and its fact still read."""
        if not is_plain_id(id_):
            problem = id_problem(id_, place_of(file, spot))
            if problem:
                self.texts.problems.append(problem)
        other = self.twins.setdefault(twins(id_), id_)
        if other is id_ and id_ not in self.places:
            self.places[id_] = (file, spot)
            return True
        first = place_of(*self.places[other])
        where = f"on line {first.line}" if first.file == file else f"at {first}"
        if other == id_:
            says = f"{quoted(id_)} stands twice; the first is {where}"
        else:
            says = f"the ids {quoted(other)} ({where}) and {quoted(id_)} look the same"
        self.texts.wrong(place_of(file, spot), says, "Give one of them another id.")
        return False

    def _kind(self, id_: str, node: Map, file: str, spot: int) -> Kind | None:
        headlines = self.by_headline.keys() & node.keys()
        if len(headlines) == 1:
            return self.by_headline[headlines.pop()]
        if not headlines:
            self._no_kind(id_, node, place_of(file, spot))
            return None
        # A kind may have a field that is the headline of another: then the first explains both keys.
        whole = [kind for key in headlines if headlines <= (kind := self.by_headline[key]).fields.keys()]
        if len(whole) == 1:
            return whole[0]
        written = [key for key in node if key in headlines]
        names = " and ".join(quoted(self.by_headline[key].name) for key in written)
        says = f"the fact {quoted(id_)} is of {len(written)} kinds at once: {names}"
        self.texts.wrong(node.key_place(written[1]), says, f"Keep one of {' and '.join(written)}, or make two facts.")
        return None

    def _no_kind(self, id_: str, node: Map, place: Place) -> None:
        if not self.kinds_are_whole:
            return
        known = f"The kinds and their first keys: {', '.join(_named(kind) for kind in self.kinds.values())}."
        for key in node:
            near = self.texts.nearest(key, self.by_headline)
            if near:
                says = f"the fact {quoted(id_)} is of no kind: {quoted(key)} is no kind's first key"
                self.texts.wrong(node.key_place(key), says, near)
                return
        self.texts.wrong(place, f"the fact {quoted(id_)} is of no kind: none of its keys is a kind's first key", known)


def _named(kind: Kind) -> str:
    return kind.name if kind.headline == kind.name else f"{kind.name} ({kind.headline})"


def named(entry: Entry) -> str:
    """What messages call an entry: 'an event'."""
    return a(entry.kind.name)
