"""Enough: of which facts of a very large deck a quiz is drawn.

To ask 100,000 facts takes two minutes, and for a sheet of twenty questions a thousand of them do as well: each fact is
as likely as another, and what is asked of it is the same, for its wrong options are those of the whole deck. Where the
part turns out too small for the recipe, the quiz is drawn of all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from quizgen.compose.pace import count_in
from quizgen.compose.recipes import Part, Recipe
from quizgen.dice import lots
from quizgen.facts import Deck, Fact
from quizgen.kinds import Kind

FACTS = 1_000  # for a section, at least
FOR_EACH = 50  # for each of its questions


def enough_for(
    recipe: Recipe,
    deck: Deck,
    *,
    seed: int,
    fresh: bool = False,
    count: int | None = None,
    forms: Collection[str] | None = None,
    tags: Collection[str] | None = None,
) -> frozenset[str] | None:
    """Ids of the facts that a quiz by that recipe is drawn of; None where it takes all, or nearly all.

    They follow from the deck, the recipe, the seed and what else was asked for, but not from the number of versions.
    That is why `fresh` versions, of which each next one has other questions, are drawn of all.
    """
    wanted = _wanted(recipe) if count is None else count
    if fresh or wanted is None:
        return None
    number = max(FACTS, FOR_EACH * wanted)
    if len(deck.facts) <= 2 * number:
        return None
    lot = lots("enough", deck.id, recipe.name, seed)
    by_lot = sorted(deck.facts, key=lambda fact: lot(fact.id))
    found: set[str] = set()
    for part in recipe.parts:
        found.update(islice(_may_stand(by_lot, part, _kinds(deck, part, forms), tags), number))
    return frozenset(found) if 2 * len(found) <= len(deck.facts) else None


def _wanted(recipe: Recipe) -> int | None:
    """How many questions the recipe comes to at most; None where a section wants all that there are."""
    if any(part.count is None and part.share is None for part in recipe.parts):
        return None
    whole = count_in(recipe.minutes, recipe.parts) if recipe.minutes else recipe.count or 0
    return whole + sum(part.count or 0 for part in recipe.parts)


def _kinds(deck: Deck, part: Part, forms: Collection[str] | None) -> frozenset[str]:
    """The kinds of the facts that may give a question for that section."""
    return frozenset(
        name
        for name, kind in deck.kinds.items()
        if (not part.kinds or name in part.kinds)
        and any(
            form in part.forms and (forms is None or form in forms) and (not part.ways or way in part.ways)
            for way, form in _questions(kind)
        )
    )


def _may_stand(
    facts: Iterable[Fact], part: Part, kinds: Collection[str], tags: Collection[str] | None
) -> Iterator[str]:
    """The ids of those facts of these kinds that the section may ask."""
    for fact in facts:
        if (
            fact.kind.name in kinds
            and fact.retired is None
            and (not part.tags or not part.tags.isdisjoint(fact.tags))
            and (tags is None or any(tag in tags for tag in fact.tags))
        ):
            yield fact.id


def _questions(kind: Kind) -> Iterator[tuple[str, str]]:
    """The ways and forms in which facts of that kind may be asked."""
    yield from ((name, form) for name, way in kind.ways.items() for form in way.forms)
    several = {"cloze": kind.statement, "match": kind.match, "order": kind.order}
    yield from ((form, form) for form, there in several.items() if there)
