"""Enough: of which facts of a very large deck a session may ask.

To ask 100,000 facts takes two minutes, which nobody waits for before a session of twenty questions. Whatever is due
soonest is among those few, and of the new ones each is as likely as another.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice

from quizgen.dice import lots
from quizgen.facts import Fact
from quizgen.practice.cards import cards_of, queue_of
from quizgen.practice.session import Options
from quizgen.practice.store import Memory, Store
from quizgen.questions import Bank

FACTS = 200  # at least that are due soonest, and at least that are new
FOR_EACH = 10  # for each question of the session


def bank_for(
    bank_of: Callable[[Collection[str] | None], Bank], facts: Sequence[Fact], store: Store, options: Options
) -> Bank:
    """The questions for a session: of a small deck all, of a very large one those of facts that it may ask.

    `bank_of` gives the questions of the facts with these ids, or (None) all. Raises `CannotKeep`.
    """
    store.rename(options.deck, options.was)
    memories = store.memories(options.deck)
    some = enough_for(facts, memories, options)
    bank = bank_of(some)
    return bank if some is None or _fills(bank, memories, options) else bank_of(None)


def enough_for(facts: Sequence[Fact], memories: Mapping[str, Memory], options: Options) -> frozenset[str] | None:
    """Ids of the facts that a session may ask; None where these are all, or nearly all."""
    number = None if options.count is None else max(FACTS, FOR_EACH * options.count)
    if number is None or len(facts) <= 4 * number:
        return None
    wanted = {fact.id for fact in facts if not options.tags or not set(options.tags).isdisjoint(fact.tags)}
    soonest = sorted(memories, key=lambda id_: memories[id_].due)
    known = dict.fromkeys(id_ for id_ in map(_fact_of, soonest) if id_ in wanted)
    lot = lots("enough", options.seed)
    new = sorted(wanted, key=lambda id_: (id_ in known and not options.cram, lot(id_)))
    return frozenset((*islice(known, number), *new[:number]))


def _fact_of(card: str) -> str:
    return card.partition("/")[0]


def _fills(bank: Bank, memories: Mapping[str, Memory], options: Options) -> bool:
    """Whether there are as many cards to ask as are wanted."""
    cards = cards_of(bank, forms=options.forms, tags=options.tags)
    queue = queue_of(cards, memories, options.clock(), options.seed)
    there = len(cards) if options.cram else len(queue.due) + len(queue.new)
    return there >= (options.count or 0)
