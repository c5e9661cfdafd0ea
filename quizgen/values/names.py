"""Names of people, groups and places, with their other right names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from quizgen.values.text import fold, same_text, skeleton, telling_words


@dataclass(frozen=True, slots=True)
class Name:
    """A name. `id` is the fact that it belongs to, where the deck has one, `kind` the kind of that fact.

    `also` holds its other right names. A place is written with what it lies in after a comma: 'Kunduz, Afghanistan'.
    """

    text: str
    also: tuple[str, ...] = ()
    id: str | None = None
    kind: str | None = None
    place: bool = False

    def __hash__(self) -> int:
        return hash(self.text)  # two that share a text and differ are rare

    @property
    def all(self) -> tuple[str, ...]:
        """Every right name, the canonical one first."""
        return (self.text, *self.also)

    @property
    def description(self) -> bool:
        """Whether it describes rather than names: its last word is in small letters ('a former U.S. official')."""
        return _describes(self.text)

    @property
    def shape(self) -> str:
        """What wrong options must share with it: names among names of one kind, descriptions among descriptions."""
        return f"{self.kind or ''}|{_describes(self.text)}"


@lru_cache(maxsize=1 << 14)
def _describes(text: str) -> bool:
    return text.rsplit(maxsplit=1)[-1].islower()


def same_name(one: Name, other: Name) -> bool:
    """Whether two names are surely of one and the same."""
    if one.id is not None and one.id == other.id:
        return True
    if not one.also and not other.also:
        return same_text(one.text, other.text)
    return any(same_text(a, b) for a in one.all for b in other.all)


def name_rules_out(one: Name, other: Name) -> bool:
    """Whether two names are surely of different ones.

    Two facts of one kind are told apart by their ids, unless they share a name or describe one another in more words
    ('U.S. officials', 'senior U.S. officials'). Otherwise a description rules nothing out: 'senior U.S. officials' may
    hold General Nicholson. Nor does a name that is part of another ('Omar', 'Mohammad Omar'; 'Afghanistan', 'Kunduz,
    Afghanistan'), that initials may hide ('A. Lind', 'Ada Lind'), or that is spelled as one spells it in another
    alphabet ('Dmitri Trenin', 'Dmitry Trenin').

    >>> name_rules_out(Name("Ada Lind"), Name("Bo Marr")), name_rules_out(Name("A. Lind"), Name("Ada Lind"))
    (True, False)
    >>> name_rules_out(Name("George II"), Name("George III")), name_rules_out(Name("officials"), Name("Bo Marr"))
    (True, False)
    """
    if same_name(one, other):
        return False
    if one.place and other.place:
        if not one.also and not other.also:
            return _apart(one.text, other.text)
        return all(_apart(a, b) for a in one.all for b in other.all)
    known = one.id is not None and other.id is not None and one.kind == other.kind
    if known and not (one.description or other.description):
        return True
    if not known and (one.description or other.description):
        return False
    return not any(_may_be_one(a, b) for a in one.all for b in other.all)


def _apart(one: str, other: str) -> bool:
    """Whether one place surely lies outside the other: both in the same larger place, or with no word in common.

    'Kabul, Afghanistan' and 'Kunduz, Afghanistan' do; 'Kunduz, Afghanistan' and 'northern Afghanistan' need not.
    """
    (a, _, in_a), (b, _, in_b) = one.partition(","), other.partition(",")
    if in_a and in_b and fold(in_a) == fold(in_b):
        return not (telling_words(a) & telling_words(b))
    return not (telling_words(one) & telling_words(other))


def _may_be_one(one: str, other: str) -> bool:
    a, b = telling_words(one), telling_words(other)
    if a <= b or b <= a or skeleton(one) == skeleton(other):
        return True
    return _by_initials(fold(one).split(), fold(other).split())


def _by_initials(one: list[str], other: list[str]) -> bool:
    """Whether the words agree one by one, an initial agreeing with any word that it begins."""
    if len(one) != len(other) or one[-1:] != other[-1:]:
        return False
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in zip(one, other, strict=True))
