"""Cards: what is remembered as one thing (a fact asked one way), and which of them a session asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizgen.dice import Dice, lot
from quizgen.practice.schedule import is_due
from quizgen.practice.store import Memory
from quizgen.questions import Bank, Choice, Cloze, Question, Recall, Truth, form_of

_WORDS = 5  # that are soon typed


@dataclass(frozen=True, slots=True)
class Card:
    """A fact asked one way, in all the forms that there are. `id` is `fact/way`, of a blank `fact/cloze/slot`."""

    id: str
    questions: tuple[Question, ...]

    @property
    def fact(self) -> str:
        """The fact that it is about."""
        return self.questions[0].about.fact

    def question(self, answers: int, seed: int) -> Question:
        """The question to ask after so many answers: at first one to recognise, then any form as the dice fall.

        What takes many words to type is asked only where there is no other form.
        """
        short = [one for one in self.questions if not (isinstance(one, Recall) and _is_long(one.answers[0]))]
        easy = [one for one in self.questions if isinstance(one, Choice | Truth)]
        among = easy if easy and not answers else short or self.questions
        return among[Dice("form", seed, self.id, answers).below(len(among))]


def _is_long(answer: str) -> bool:
    return len(answer.split()) > _WORDS


@dataclass(frozen=True, slots=True)
class Queue:
    """The cards of a session: those due, the longest first, and new ones. `later` is when the next is due."""

    due: tuple[Card, ...]
    new: tuple[Card, ...]
    later: datetime | None


def cards_of(bank: Bank, *, forms: Collection[str] = (), tags: Collection[str] = ()) -> tuple[Card, ...]:
    """The cards of a bank, in its order; only in these forms, and of facts with one of these tags, if any are named."""
    found: dict[str, list[Question]] = {}
    for question in bank.questions:
        if (forms and form_of(question) not in forms) or (tags and not set(tags) & set(question.about.tags)):
            continue
        if isinstance(question, Cloze):
            for gap in question.gaps:
                found.setdefault(f"{question.about.id}/{gap.slot}", []).append(question.with_one_gap(gap.slot))
        else:
            found.setdefault(question.about.id, []).append(question)
    return tuple(Card(id_, tuple(questions)) for id_, questions in found.items())


def queue_of(cards: Sequence[Card], memories: Mapping[str, Memory], now: datetime, seed: int) -> Queue:
    """What a session on the day of `now` asks. New cards come by lot, each fact once before any comes again."""
    known = [(memories[card.id].due, card.id, card) for card in cards if card.id in memories]
    due = sorted(entry for entry in known if is_due(entry[0], now))
    later = min((entry[0] for entry in known if not is_due(entry[0], now)), default=None)
    new = sorted((card for card in cards if card.id not in memories), key=lambda card: lot("new", seed, card.id))
    return Queue(tuple(card for _, _, card in due), _facts_in_turn(new), later)


def all_of(cards: Sequence[Card], seed: int) -> tuple[Card, ...]:
    """All cards by lot, each fact once before any comes again: for cramming."""
    return _facts_in_turn(sorted(cards, key=lambda card: lot("cram", seed, card.id)))


def _facts_in_turn(cards: Sequence[Card]) -> tuple[Card, ...]:
    seen: Counter[str] = Counter()
    turns: list[tuple[int, int, Card]] = []
    for index, card in enumerate(cards):
        turns.append((seen[card.fact], index, card))
        seen[card.fact] += 1
    return tuple(card for _, _, card in sorted(turns, key=lambda turn: turn[:2]))
