"""Wrong options: values that are proved wrong for a question, the most plausible ones first.

A value is a wrong option only if every value that may be right rules it out. Most come from other facts of the deck
and name the fact; where the deck has too few dates or numbers, some are made up on the key's own grid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from quizgen.ask.agree import singles
from quizgen.ask.plausible import Seen, plausible_beside, see, shape, topic
from quizgen.ask.pool import Gathered, Near, Pool, middle, text_of, what
from quizgen.ask.proof import Proof, Wrong
from quizgen.dice import Dice
from quizgen.facts import Fact
from quizgen.frozen import quick_maker
from quizgen.values import Quantity, Single, Text, Worded, rules_out
from quizgen.values.text import telling_words

_wrong = quick_maker(Wrong)

WANTED = 3  # wrong options of a choice; two suffice (Tarrant, Ware and Mohammed 2009, 10.1186/1472-6920-9-40)
FEWEST = 2
_GATHERED = 12  # neighbours proved wrong that are gathered
_ABSURD = 20  # times the key, or a twentieth of it: a number that nobody takes for right
_LONGER = 1.25  # a right option this much longer than the others, and of four words or more, gives itself away
_WORDY = 4
_MORE = re.compile(" (?:of|that|which|who|whom|whose) ")  # what is told of those on a list after what they are


def from_deck(
    key: Single, fact: Fact, field: str, *, pool: Pool, facts: Mapping[str, Fact], is_wrong: Proof
) -> tuple[Wrong, ...]:
    """Wrong values of the deck: those of facts that `fact` is `unlike`, then the most plausible neighbours.

    They are the same for all facts that have one key, one proof, one place in the pool and the same tags (its own
    value is never proved wrong): unless a fact names others, or lends members to a list.
    """
    if fact.unlike or _lends(fact, field):
        named = _named(key, fact, field, facts=facts, is_wrong=is_wrong)
        near = gathered(key, fact, field, pool=pool, is_wrong=is_wrong, but=named)
        return (*named.values(), *ranked(key, near, by_topic=bool(fact.tags)))
    if isinstance(key, Text):  # which hardly ever come again
        return _ranked_near(key, fact, field, pool=pool, is_wrong=is_wrong)
    follows = key, pool.shown(fact), is_wrong, fact.tags
    known = pool.ranked.get(follows)
    if known is None:
        known = pool.ranked.keep(follows, _ranked_near(key, fact, field, pool=pool, is_wrong=is_wrong))
    return known


def _ranked_near(key: Single, fact: Fact, field: str, *, pool: Pool, is_wrong: Proof) -> tuple[Wrong, ...]:
    measured = pool.measure(key, fact), pool.seat(key, fact), is_wrong, fact.tags, isinstance(key, Quantity) and key
    near = pool.gathered.get(measured) or pool.gathered.keep(
        measured, gathered(key, fact, field, pool=pool, is_wrong=is_wrong, but=())
    )
    return ranked(key, near, by_topic=bool(fact.tags))


def _named(key: Single, fact: Fact, field: str, *, facts: Mapping[str, Fact], is_wrong: Proof) -> dict[Hashable, Wrong]:
    """Values of the facts that `fact` is `unlike`, by what they say."""
    found: dict[Hashable, Wrong] = {}
    for id_ in fact.unlike:
        other = facts.get(id_)
        if other and other.kind is fact.kind and field in other.values and other.retired is None:
            for value in singles(other.values[field]):
                if shape(value) == shape(key) and is_wrong(value):
                    found.setdefault(what(value), Wrong(value=value, fact=other, unlike=True))
    return found


def gathered(key: Single, fact: Fact, field: str, *, pool: Pool, is_wrong: Proof, but: Iterable[Hashable]) -> Gathered:
    """The first of those near in the pool that are proved wrong and say something else than those that are named."""
    near: Sequence[Near] = pool.near(key, fact)
    if fact.tags and isinstance(key, Worded):  # numbers stay as they come, for they have to lie on both sides
        near = sorted(near, key=lambda held: topic(fact, held.fact) == 0)  # texts of other topics after all others
    sized, lends = isinstance(key, Quantity), _lends(fact, field)
    nearness = pool.nearness(key, fact)
    known = {*but}
    found: list[Wrong] = []
    seen: list[Seen] = []
    for value, other, says in near:
        if says in known or (sized and absurd(value, key)) or not is_wrong(value):
            continue
        if lends and not _alike(fact, other, field):
            continue
        known.add(says)
        found.append(_wrong(value=value, fact=other))
        seen.append(see(value, near=nearness(value, other), topic=topic(fact, other)))
        if len(found) == _GATHERED:
            break
    words = frozenset[str].intersection(*[one.telling for one in seen]) if seen else frozenset()
    return Gathered(tuple(found), tuple(seen), words)


def ranked(key: Single, near: Gathered, *, by_topic: bool) -> tuple[Wrong, ...]:
    """The most plausible first, the nearest of equals first; `by_topic`: those of the fact's own before others."""
    wrong, seen, words = near
    scores = plausible_beside(key, seen, words)
    order = sorted(range(len(wrong)), key=scores.__getitem__, reverse=True)
    if by_topic:
        order.sort(key=lambda i: seen[i].topic == 0)
    return tuple(map(wrong.__getitem__, order))


def absurd(value: Single, key: Single) -> bool:
    """Whether a number is so much larger or smaller than the key that nobody would take it for right."""
    if not isinstance(value, Quantity) or not isinstance(key, Quantity):
        return False
    one, other = abs(value.number), abs(key.number)
    return bool(max(one, other) > _ABSURD * max(min(one, other), Decimal(1)))


def _lends(fact: Fact, field: str) -> bool:
    """Whether the field is a list of texts, whose members have to be of one sort."""
    known = fact.kind.fields[field]
    return known.many and known.type == "text"


def _alike(fact: Fact, other: Fact, field: str) -> bool:
    """Whether members of one list are plausible in the other: both lists are of 'countries', of names or of words."""
    heads = (telling_words(_MORE.split(_headline(one), maxsplit=1)[0]) for one in (fact, other))
    members = (text_of(singles(one.values[field])[0])[:1].isupper() for one in (fact, other))
    return bool(next(heads) & next(heads)) and next(members) == next(members)


def _headline(fact: Fact) -> str:
    value = singles(fact.values[fact.kind.headline])[0]
    return text_of(value)


def made_up(invented: Callable[[], Sequence[Single]], dice: Dice, is_wrong: Proof) -> Iterator[Wrong]:
    """Invented dates and numbers that are proved wrong, in the order of the dice."""
    for value in dice.drawn(invented()):
        if is_wrong(value):
            yield Wrong(value=value, fact=None)


def chosen(key: Single, found: Sequence[Wrong], made: Iterable[Wrong], dice: Dice) -> tuple[Wrong, ...]:
    """The wrong options of one choice: plausible ones, in any order, at most `WANTED`; () where there are too few.

    Those that the curator named are always among them. Options rule one another out too: no two of them may be one
    thing. `made` is asked where `found` does not do.
    """
    texts = isinstance(key, Worded)
    picked = _worded(key, found, dice) if texts else _around(key, found, made, dice)
    return picked if len(picked) >= FEWEST else ()


def _worded(key: Single, found: Sequence[Wrong], dice: Dice) -> tuple[Wrong, ...]:
    """Texts or names among which the right one does not stand out by its length: those named, then the most plausible.

    Where all would be shorter, one that is not takes the last place.
    """
    named = [wrong for wrong in found if wrong.unlike]
    others = [wrong for wrong in found if not wrong.unlike] if named else found
    plausible = dice.shuffled(others[: WANTED + 2])
    picked = _apart([*named, *plausible])
    if not _stands_out(key, picked):
        return picked
    long = next((wrong for wrong in others if not _stands_out(key, (wrong,))), None)
    if long is None:
        return ()
    return _apart([long, *named, *(wrong for wrong in plausible if wrong is not long)])


def _stands_out(key: Single, others: Sequence[Wrong]) -> bool:
    text = text_of(key)
    length = len(text)
    for wrong in others:
        if length <= _LONGER * len(text_of(wrong.value)):
            return False
    return len(text.split()) >= _WORDY


def _apart(wrongs: Iterable[Wrong]) -> tuple[Wrong, ...]:
    """The first `WANTED` that rule one another out."""
    picked: list[Wrong] = []
    for wrong in wrongs:
        for other in picked:
            if not rules_out(wrong.value, other.value):
                break
        else:
            picked.append(wrong)
            if len(picked) == WANTED:
                break
    return tuple(picked)


def _around(key: Single, found: Sequence[Wrong], made: Iterable[Wrong], dice: Dice) -> tuple[Wrong, ...]:
    """Options on both sides of the key; the dice say how many lie below, for whoever reads numbers sorts them.

    Options that the curator named come first on their side. Those on one side alone are all there, and where the dice
    leave no room for them they fall the other way round: then over facts that name each other, the key still has every
    rank as often. Named ones on both sides would put the key in the middle for good; the dice say which of them stay.
    """
    here = middle(key)  # type: ignore[arg-type]  # a date or a number
    below: list[Wrong] = []
    above: list[Wrong] = []

    def take(wrong: Wrong) -> None:
        side = below if middle(wrong.value) < here else above  # type: ignore[arg-type]  # as the key
        if all(rules_out(wrong.value, other.value) for other in (*below, *above)):
            side.append(wrong)

    for wrong in found:
        if wrong.unlike:
            take(wrong)
    want = _wanted_below(dice.below(WANTED + 1), len(below), len(above))
    for wrong in found:
        if not wrong.unlike and not _enough(want, below, above):
            take(wrong)
    if len(below) + len(above) < WANTED:  # made up only where the deck has too few: a group 30 of the periodic table
        for wrong in made:
            if _enough(want, below, above):
                break
            take(wrong)
    low = min(max(want, WANTED - len(above)), len(below))
    return tuple(below[:low] + above[: WANTED - low])


def _enough(want: int, below: Sequence[Wrong], above: Sequence[Wrong]) -> bool:
    """Whether so many can lie below, and the rest above."""
    return len(below) >= want and len(above) >= WANTED - want


def _wanted_below(want: int, below: int, above: int) -> int:
    """How many options shall lie below the key, where so many are named on each side."""
    if below and not above:
        return max(want if want >= below else WANTED - want, min(below, WANTED))
    if above and not below:
        return WANTED - _wanted_below(WANTED - want, above, 0)
    return want
