"""Names of people, groups and places, with their other right names."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.values.text import fold, same_text, telling_words


@dataclass(frozen=True, slots=True)
class Name:
    """A name. `id` is the fact that it belongs to, where the deck has one; `also` its other right names.

    A place is written with what it lies in after a comma: 'Kunduz, Afghanistan'.
    """

    text: str
    also: tuple[str, ...] = ()
    id: str | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """Every right name, the canonical one first."""
        return (self.text, *self.also)


def same_name(one: Name, other: Name) -> bool:
    """Whether two names are surely of one and the same."""
    if one.id is not None and one.id == other.id:
        return True
    return any(same_text(a, b) for a in one.all for b in other.all)


def name_rules_out(one: Name, other: Name) -> bool:
    """Whether two names are surely of different ones.

    They are not where one is part of the other ('Omar', 'Mohammad Omar'; 'Afghanistan', 'Kunduz, Afghanistan'), nor
    where initials hide the same name ('A. Lind', 'Ada Lind'). Two entities of the deck are told apart by their ids,
    unless a name of one is a name of the other.
    """
    if same_name(one, other):
        return False
    if one.id is not None and other.id is not None:
        return True
    return not any(_may_be_one(a, b) for a in one.all for b in other.all)


def _may_be_one(one: str, other: str) -> bool:
    a, b = telling_words(one), telling_words(other)
    return a <= b or b <= a or _by_initials(fold(one).split(), fold(other).split())


def _by_initials(one: list[str], other: list[str]) -> bool:
    """Whether the words agree one by one, an initial agreeing with any word that it begins."""
    if len(one) != len(other) or one[-1:] != other[-1:]:
        return False
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True))
