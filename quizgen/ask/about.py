"""About: what a question is about, the same for every form."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.ask.items import Asker, Item
from quizgen.facts import Fact
from quizgen.frozen import quick_maker
from quizgen.kinds import Way
from quizgen.questions import About

_made = quick_maker(About)


def about(asker: Asker, fact: Fact, way: Way | str, facts: tuple[str, ...] = ()) -> About:
    """What a question on that fact is about, asked one way of its kind or as a whole, alone or with other `facts`.

    A picture comes along unless it would tell the answer. Of several facts no picture and no note does, for each is of
    one alone, but the sources of them all.
    """
    pictured = way.pictured if isinstance(way, Way) else not facts
    return _made(  # in the order of its attributes, which takes two thirds of the time
        asker.deck.id,
        fact.id,
        way.name if isinstance(way, Way) else way,
        fact.kind.name,
        facts or (fact.id,),
        fact.status,
        (fact.by and asker.speaker.by(fact)) or None,
        (fact.denied_by and asker.speaker.denied_by(fact)) or None,
        _sources(asker.facts[name] for name in facts) if facts else fact.source and asker.cited(fact.source),
        None if facts else fact.note,
        fact.tags,
        fact.picture if pictured else None,
        None,  # its caption, of which all forms have to be known
        fact.place,
        fact.position,
    )


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
