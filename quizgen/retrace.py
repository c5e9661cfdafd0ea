"""Retrace: from the form id that is printed on a sheet back to the deck and the blueprint that made it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from quizgen.compose.formid import Blueprint, FormId, deck_letters
from quizgen.facts import Deck

MOST_TAGS = 3  # that are found again without being named


def blueprints(
    form: FormId, deck: Deck, recipes: Sequence[str], tags: Sequence[str] | None = None
) -> Iterator[Blueprint]:
    """All blueprints by which this deck may have made a sheet of that form; as good as always one, or none.

    Tags are found by trying up to three of the deck's together; where there were more, `tags` must name them.
    """
    for recipe in recipes:
        for these in _tags(form, deck, tags):
            one = Blueprint.of(recipe, count=form.count, forms=form.forms, tags=these, fresh=form.fresh)
            if deck_letters(deck.id, one, form.seed) == form.letters:
                yield one


def _tags(form: FormId, deck: Deck, tags: Sequence[str] | None) -> Iterable[tuple[str, ...]]:
    """The tags that may have been asked for."""
    if not form.tagged:
        yield ()
    elif tags:
        yield tuple(tags)
    else:
        there = sorted({tag for fact in deck.facts for tag in fact.tags})
        for number in range(1, MOST_TAGS + 1):
            yield from combinations(there, number)
