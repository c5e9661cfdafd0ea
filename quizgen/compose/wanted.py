"""Wanted: how many questions a recipe's sections are to have, and of which."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from quizgen.compose.leaks import Candidate
from quizgen.compose.pace import count_in
from quizgen.compose.picking import Pool, Pools
from quizgen.compose.recipes import Part, Recipe
from quizgen.questions import Order, Question, form_of

_MEASURES = {"timeline": "time", "bars": "amount"}


def pools_of(
    recipe: Recipe,
    every: Sequence[Candidate],
    seed: tuple[str, str, int],
    *,
    forms: Collection[str] | None,
    tags: Collection[str] | None,
) -> Pools:
    """The questions that each section may choose from; sections that `forms` leaves nothing of are left out."""
    pools = {}
    for number, part in enumerate(recipe.parts):
        wanted = {form for form in part.forms if forms is None or form in forms}
        if wanted:
            members = [one for one in every if _may_stand(one.question, part, wanted, tags)]
            pools[number] = Pool(members, *seed, bank=part.bank)
    return pools


def _may_stand(question: Question, part: Part, forms: Collection[str], tags: Collection[str] | None) -> bool:
    about = question.about
    return (
        form_of(question) in forms
        and (not part.ways or about.way in part.ways)
        and (not part.kinds or about.kind in part.kinds)
        and (not part.tags or not part.tags.isdisjoint(about.tags))
        and _can_be_drawn(question, part.draw)
        and (tags is None or any(tag in tags for tag in about.tags))
    )


def _can_be_drawn(question: Question, draw: str) -> bool:
    """Whether an order lies on the scale that is to be drawn; all else can be drawn in any way that its form can."""
    if draw not in _MEASURES:
        return True
    return isinstance(question, Order) and question.scale is not None and question.scale.measure == _MEASURES[draw]


def wanted_of(recipe: Recipe, pools: Pools, count: int | None) -> dict[int, int]:
    """How many questions each section is to have."""
    shares = [part.share or 0 for part in recipe.parts]
    whole = count_in(recipe.minutes, recipe.parts) if recipe.minutes else recipe.count or 0
    of_count = _apportioned(whole * min(sum(shares), 100) // 100, shares)
    wanted = {}
    for number, part in enumerate(recipe.parts):
        everything = len(pools[number].members) if number in pools else 0
        wanted[number] = of_count[number] if part.share else everything if part.count is None else part.count
    total = sum(wanted.values()) if count is None else count
    there = [number for number in wanted if number in pools]
    if count is None and len(there) == len(wanted):
        return wanted
    return dict(zip(there, _apportioned(total, [wanted[number] for number in there]), strict=True))


def _apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts that are to each other as the weights: largest remainders rounded up (Hamilton)."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
