"""Found: what a check tells of a deck, and the rule that it checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.problems import Level, Place
from quizgen.questions import Bank


class Found(NamedTuple):
    """What is wrong, of which fact (or at which place, where it is of no single fact), and the remedy."""

    about: Fact | Place
    says: str
    remedy: str


Check = Callable[[Deck, Bank, Language], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of item writing: its name, why it is one, who says so, and the check of a whole deck.

    What is `told_by_reading` is told with the mistakes of the deck, in every command; its check finds the same facts.
    """

    name: str
    reason: str
    reference: str
    check: Check
    level: Level = Level.WARNING
    told_by_reading: bool = False


def whole(deck: Deck) -> Place:
    """Where to tell what is wrong with the deck as a whole."""
    return Place(str(deck.file), 1, 1)


def living(deck: Deck) -> Iterator[Fact]:
    """The facts of the deck that are not withdrawn."""
    return (fact for fact in deck.facts if fact.retired is None)
