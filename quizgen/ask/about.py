"""About: what a question is about, the same for every form."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.ask.items import Asker, Item
from quizgen.facts import Fact, Status
from quizgen.frozen import quick_maker
from quizgen.kinds import Way
from quizgen.questions import About

_made = quick_maker(About)


def about(asker: Asker, fact: Fact, way: Way | str, facts: tuple[str, ...] = ()) -> About:
    """What a question on that fact is about, asked one way of its kind or as a whole, alone or with other `facts`.

    A picture comes along unless it would tell the answer. Of several facts no picture and no note does, for each is of
    one alone, but the sources of them all.
    """
    name, pictured = (way.name, way.pictured) if isinstance(way, Way) else (way, not facts)
    picture = fact.picture if pictured else None
    told = _of_several(asker, fact, facts) if facts else _of_one(asker, fact)
    # In the order of its attributes. It has no caption yet: of that, all forms have to be known.
    return _made(asker.deck.id, fact.id, name, *told, picture, None, fact.place, fact.position)


_Told = tuple[str, tuple[str, ...], Status, str | None, str | None, str | None, str | None, tuple[str, ...]]
"""The kind, the facts, the status, who asserts and who denies it, the source, the note, the tags."""


def _of_one(asker: Asker, fact: Fact) -> _Told:
    """What is told of a fact alone: worked out once for all ways of asking, which come one after another."""
    if asker.told is None or asker.told[0] is not fact:
        source = fact.source and asker.cited(fact.source)
        asker.told = fact, (fact.kind.name, (fact.id,), *_asserted(asker, fact), source, fact.note, fact.tags)
    return asker.told[1]


def _of_several(asker: Asker, fact: Fact, facts: tuple[str, ...]) -> _Told:
    source = _sources(asker.facts[name] for name in facts)
    return fact.kind.name, facts, *_asserted(asker, fact), source, None, fact.tags


def _asserted(asker: Asker, fact: Fact) -> tuple[Status, str | None, str | None]:
    by = asker.speaker.by(fact) if fact.by else None
    return fact.status, by, asker.speaker.denied_by(fact) if fact.denied_by else None


def about_item(item: Item) -> About:
    """What the questions on that item are about: its forms share it."""
    if item.about is None:
        item.about = about(item.asker, item.fact, item.way)
    return item.about


def _sources(facts: Iterable[Fact]) -> str | None:
    """Where facts come from: each source once, with every place in it."""
    places: dict[str, dict[str, None]] = {}
    for fact in facts:
        if fact.source:
            places.setdefault(fact.source.source.title, {})[fact.source.locator] = None
    return "; ".join([", ".join((title, *filter(None, found))) for title, found in places.items()]) or None


def asks(fact: Fact, way: str) -> bool:
    """Whether the curator lets the fact be asked that way."""
    return fact.retired is None and (fact.only_ways is None or way in fact.only_ways)
