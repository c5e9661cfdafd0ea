"""About: what a question is about, the same for every form."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

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
    return _made(
        deck=asker.deck.id,
        fact=fact.id,
        way=way.name if isinstance(way, Way) else way,
        kind=fact.kind.name,
        facts=facts or _alone(fact.id),
        status=fact.status,
        by=asker.speaker.by(fact) if fact.by else None,
        denied_by=asker.speaker.denied_by(fact) if fact.denied_by else None,
        source=_sources(asker.facts[name] for name in facts) if facts else fact.source and asker.cited(fact.source),
        note=None if facts else fact.note,
        tags=fact.tags,
        picture=fact.picture if pictured else None,
        place=fact.place,
        position=fact.position,
    )


@lru_cache(maxsize=1)
def _alone(fact: str) -> tuple[str, ...]:
    """The fact by itself, one for all ways of asking it, which come one after another: 1.4 MB less for 40,000."""
    return (fact,)


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
