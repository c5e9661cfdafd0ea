"""Cards: which questions become Anki cards, in which form, and how many that makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from quizgen.facts import Deck
from quizgen.kinds import Kind
from quizgen.problems import Place, Problem, did_you_mean, error, quoted
from quizgen.questions import Choice, Cloze, Order, Question, Recall, Truth, form_of

Carded = Recall | Choice | Truth | Cloze | Order
"""The forms that have a note type. What a match or a number asks, recall and cloze ask on cards."""

_CARDED = (Recall, Choice, Truth, Cloze, Order)  # to ask of each of many questions: a union is slower by half
ON_CARDS = ("recall", "choice", "truth", "cloze", "order")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cards are wanted: names of ways and of forms. It leaves cards out, and never makes others of them."""

    only: frozenset[str] = field(default_factory=frozenset)  # all, where it is empty
    without: frozenset[str] = field(default_factory=frozenset)

    def takes(self, question: Question) -> bool:
        """Whether the question's card is wanted."""
        if not self.only and not self.without:
            return True
        names = {question.about.way, form_of(question)}
        return (not self.only or not names.isdisjoint(self.only)) and names.isdisjoint(self.without)

    def unknown(self, deck: Deck) -> tuple[Problem, ...]:
        """Errors for names that are no way and no form of the deck."""
        kinds = {fact.kind.name: fact.kind for fact in deck.facts}
        known = {*ON_CARDS, *(way for kind in kinds.values() for way in kind.ways)}
        return tuple(
            error(
                Place(str(deck.file)), f"no card of this deck has the way or form {quoted(name)}", _remedy(name, known)
            )
            for name in sorted((self.only | self.without) - known)
        )


def _remedy(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known, otherwise=f"There are {', '.join(sorted(known))}.")


ALL = Selection()


def card_forms(kind: Kind, way: str) -> tuple[str, ...]:
    """The forms in one of which a way of asking becomes a card: the first that there is; none for no card.

    What the kind says under `cards` holds. Else it is `recall`, or `choice` where there is no recall. A cloze or an
    order is a card only if the kind says so, for it asks again what the ways ask.
    """
    said = kind.cards.get(way)
    if said is None:
        return _UNSAID
    return (said,) if said in ON_CARDS else ()


_UNSAID = ("recall", "choice")


def on_cards(questions: Iterable[Question], kinds: Mapping[str, Kind]) -> Iterator[Carded]:
    """The questions that become notes, one for each fact and way, in their order."""
    by_way: dict[tuple[str, str], list[Carded]] = {}
    for question in questions:
        if isinstance(question, _CARDED):
            about = question.about
            by_way.setdefault((about.fact, about.way), []).append(question)
    forms_of = cache(lambda kind, way: card_forms(kinds[kind], way))  # many facts are asked alike
    for (_, way), asked in by_way.items():
        forms = forms_of(asked[0].about.kind, way)
        if len(asked) == 1:
            if form_of(asked[0]) in forms:
                yield asked[0]
            continue
        for form in forms:
            found = [question for question in asked if form_of(question) == form]
            if found:
                yield from found
                break


def numbers(question: Carded) -> tuple[int, ...]:
    """The numbers of the question's cards, from 0: one, or one for each blank."""
    return tuple(sorted({gap.slot - 1 for gap in question.gaps})) if isinstance(question, Cloze) else (0,)


def count_cards(questions: Iterable[Question], kinds: Mapping[str, Kind], selection: Selection = ALL) -> int:
    """How many cards a learner gets."""
    return sum(len(numbers(question)) for question in on_cards(questions, kinds) if selection.takes(question))
