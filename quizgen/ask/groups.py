"""Questions on several facts of a kind: matching, one to one, and putting in order.

Each is anchored at one fact; about a quarter of the facts are anchors, by lot, so that a new fact leaves most
questions as they were. Only established facts take part, for who asserts what cannot be said within a column: unless
just that is what is to be matched.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from quizgen.ask.about import about, asks
from quizgen.ask.agree import singles
from quizgen.ask.forms import Asked
from quizgen.ask.items import Asker, Unsound, is_list, leaked
from quizgen.ask.scales import scale_of
from quizgen.cards import card_forms
from quizgen.dice import lots
from quizgen.facts import Fact, Status
from quizgen.kinds import Kind
from quizgen.questions import About, Match, Order, Skipped
from quizgen.values import Date, Quantity, Single, contains_words, rules_out
from quizgen.values.dates import date_rules_out
from quizgen.values.quantities import quantity_rules_out

FEWEST = 3
MOST = 5
_LOOKED_AT = 40
_ANCHORS = 4  # one fact in so many begins a question


def ask_groups(asker: Asker, kind: Kind, of: Collection[str] | None = None) -> Asked:
    """The matching and ordering questions of one kind; with `of`, those anchored at facts with these ids."""
    out = Asked()
    if of is not None and not any(fact.id in of for fact in asker.by_kind[kind.name]):
        return out
    if kind.match and not asker.only_cards:
        out.questions.extend(_matches(asker, kind, out.skipped, of))
    if kind.order and (not asker.only_cards or "order" in card_forms(kind, "order")):
        out.questions.extend(_orders(asker, kind, out.skipped, of))
    return out


def _able(asker: Asker, kind: Kind, way: str, fields: tuple[str, ...], *, any_status: bool = False) -> list[Fact]:
    """The facts that may take part, in the order of their lots."""
    able = [
        fact
        for fact in asker.by_kind[kind.name]
        if asks(fact, way)
        and (fact.status is Status.ESTABLISHED or any_status)
        and all(name in fact.values and not is_list(fact.values[name]) for name in fields)
    ]
    lot_of = lots(asker.deck.id, way)
    return sorted(able, key=lambda fact: lot_of(fact.id))


class _Ring:
    """The facts that may take part and are `clean`, in the order of their lots, the first after the last."""

    def __init__(self, able: list[Fact], clean: Callable[[Fact], bool]) -> None:
        self._able = able
        self._clean = clean
        self._known: dict[int, bool] = {}  # by place: to look closely takes long, and not all are wanted

    def anchors(self, begins: Callable[[Fact], bool], of: Collection[str] | None) -> Iterator[tuple[int, Fact]]:
        """The places of the first fact and of all that begin a question; with `of`, of facts with these ids alone."""
        first = next((place for place in range(len(self._able)) if self._is_clean(place)), None)
        for place, fact in enumerate(self._able):
            if (of is None or fact.id in of) and (place == first or begins(fact)) and self._is_clean(place):
                yield place, fact

    def after(self, start: int) -> Iterator[Fact]:
        """The facts after that place, until it comes again."""
        size = len(self._able)
        for step in range(1, size):
            place = (start + step) % size
            if self._is_clean(place):
                yield self._able[place]

    def _is_clean(self, place: int) -> bool:
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._clean(self._able[place])
        return known


def _groups(
    asker: Asker, ring: _Ring, way: str, fits: Callable[[Fact, list[Fact]], bool], of: Collection[str] | None
) -> Iterator[list[Fact]]:
    """An anchor, and the next facts by lot that fit with all before them."""
    lot_of = lots(asker.deck.id, way, "anchor")

    def begins(fact: Fact) -> bool:
        return lot_of(fact.id) % _ANCHORS == 0

    for start, anchor in ring.anchors(begins, of):
        group = [anchor]
        for other in islice(ring.after(start), _LOOKED_AT - 1):
            if fits(other, group):
                group.append(other)
            if len(group) == MOST:
                break
        yield group


def _one(fact: Fact, name: str) -> Single:
    return singles(fact.values[name])[0]


def _matches(asker: Asker, kind: Kind, skipped: list[Skipped], of: Collection[str] | None) -> Iterator[Match]:
    matching = kind.match
    if matching is None:
        return
    left, right = matching.left, matching.right

    def clean(fact: Fact) -> bool:
        one, other = asker.speaker.show(_one(fact, left)), asker.speaker.show(_one(fact, right))
        return (
            not any(asker.is_shared(fact, name) for name in (left, right))
            and not contains_words(one, other)
            and not contains_words(other, one)
            and not leaked(_one(fact, right), one, asker.speaker)
        )

    def fits(fact: Fact, group: list[Fact]) -> bool:
        if _shape(_one(fact, right)) != _shape(_one(group[0], right)):
            return False
        apart = all(rules_out(_one(fact, name), _one(other, name)) for other in group for name in (left, right))
        return apart and all(_not_right(asker, fact, other, left, right) for other in group)

    ring = _Ring(_able(asker, kind, "match", (left, right), any_status=matching.any_status), clean)
    for group in _groups(asker, ring, "match", fits, of):
        if len(group) < FEWEST:
            skipped.append(
                Skipped(fact=group[0].id, way="match", form="match", why="too few facts match one to one with it")
            )
            continue
        dice = asker.dice(group[0], "match", "group")
        lefts = dice.shuffled(group)
        rights = dice.shuffled(group)
        yield Match(
            about=_of_all(asker, group[0], lefts, left),
            prompt=matching.prompt,
            left=tuple(asker.speaker.show(_one(fact, left)) for fact in lefts),
            right=tuple(asker.speaker.show(_one(fact, right)) for fact in rights),
            pairs=tuple((i, rights.index(fact)) for i, fact in enumerate(lefts)),
        )


def _of_all(asker: Asker, anchor: Fact, facts: Sequence[Fact], left: str) -> About:
    """What a matching question is about: no status of its own, and after answering who denies which of its facts."""
    told = about(asker, anchor, "match", tuple(fact.id for fact in facts))
    denials = [
        f"{asker.speaker.show(_one(fact, left))}: {asker.language.say('question.denied-by', denied=denied)}"
        for fact in facts
        if (denied := asker.speaker.denied_by(fact))
    ]
    note = " ".join(text for text in (told.note, *denials) if text) or None
    return replace(told, status=Status.ESTABLISHED, by=None, denied_by=None, note=note)


def _not_right(asker: Asker, one: Fact, other: Fact, left: str, right: str) -> bool:
    """Whether neither fact's right side may belong to the other's left side, by any fact of the deck.

    Where a left side fits very many facts, as one that is a part of them does, that is not known.
    """
    for fact, value in ((one, _one(other, right)), (other, _one(one, right))):
        try:
            agreeing = asker.agreeing_in(fact, (left,))
        except Unsound:
            return False
        for near in agreeing.all:
            if right in near.values and not all(rules_out(value, single) for single in singles(near.values[right])):
                return False
    return True


def _shape(value: Single) -> str:
    return value.shape if isinstance(value, Date | Quantity) else ""


def _orders(asker: Asker, kind: Kind, skipped: list[Skipped], of: Collection[str] | None) -> Iterator[Order]:
    ordering = kind.order
    if ordering is None:
        return
    by, language = ordering.by, asker.language

    def clean(fact: Fact) -> bool:
        value = _one(fact, by)
        bounded = isinstance(value, Date | Quantity) and _low(value) is not None
        return bounded and not leaked(value, asker.speaker.show(fact.values[kind.headline]), asker.speaker)

    def fits(fact: Fact, group: list[Fact]) -> bool:
        return all(_apart(_one(fact, by), _one(other, by)) for other in group) and all(
            rules_out(_one(fact, kind.headline), _one(other, kind.headline)) for other in group
        )

    ring = _Ring(_able(asker, kind, "order", (kind.headline, by)), clean)
    for group in _groups(asker, ring, "order", fits, of):
        if len(group) < FEWEST:
            skipped.append(
                Skipped(fact=group[0].id, way="order", form="order", why="too few facts are provably in order with it")
            )
            continue
        ordered = sorted(group, key=lambda fact: _low(_one(fact, by)) or 0)
        dice = asker.dice(group[0], "order", "group")
        right = tuple(range(len(ordered)))
        shown = dice.shuffled(right)
        while shown == right:
            shown = dice.shuffled(right)
        yield Order(
            about=about(asker, group[0], "order", tuple(fact.id for fact in ordered)),
            prompt=ordering.prompt,
            items=tuple(asker.speaker.show(fact.values[kind.headline]) for fact in ordered),
            values=tuple(asker.speaker.show(_one(fact, by)) for fact in ordered),
            shown=shown,
            scale=scale_of([_one(fact, by) for fact in ordered], language),
        )


def _low(value: Single) -> float | None:
    if isinstance(value, Date):
        return value.first
    return float(value.low) if isinstance(value, Quantity) and value.low is not None else None


def _apart(one: Single, other: Single) -> bool:
    """Whether one surely comes before the other."""
    if isinstance(one, Date) and isinstance(other, Date):
        return date_rules_out(one, other)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.dimension == other.dimension and quantity_rules_out(one, other)
    return False
