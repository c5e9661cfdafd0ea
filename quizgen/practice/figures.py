"""Figures: how a learner stands, from the answers in the store. All days are those of the learner's own zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizgen.grade import Verdict
from quizgen.practice.schedule import is_due
from quizgen.practice.store import Memory, Review

AHEAD = 7  # days of the forecast, today the first
BACK = 30  # days over which retention is measured
WEAKEST = 5  # cards named as weak


@dataclass(frozen=True, slots=True, kw_only=True)
class Weak:
    """A card that was missed, and how often it was answered."""

    id: str
    wrong: int
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How a learner stands with a deck.

    `retained` of `tested` answers of the last 30 days were right, of cards that had been asked before. `by_day` are
    answers by day; `ahead` the cards that are due on each of the next days, today (with what is overdue) the first.
    """

    due: int
    known: int
    answers: int
    today: int
    retained: int
    tested: int
    streak: int
    by_day: Mapping[date, int]
    ahead: tuple[int, ...]
    weakest: tuple[Weak, ...]

    @property
    def retention(self) -> int | None:
        """Right answers of cards that came again, in percent; None where none has."""
        return round(100 * self.retained / self.tested) if self.tested else None


def figures_of(reviews: Sequence[Review], memories: Mapping[str, Memory], now: datetime) -> Figures:
    """The figures of these answers and cards at that time, which is aware of its zone."""
    today = now.date()
    by_day = Counter(_day(review.at, now) for review in reviews)
    recent = [one for one in reviews if one.again and today - _day(one.at, now) < timedelta(days=BACK)]
    due = sum(is_due(memory.due, now) for memory in memories.values())
    ahead = Counter((_day(memory.due, now) - today).days for memory in memories.values())
    return Figures(
        due=due,
        known=len(memories),
        answers=len(reviews),
        today=by_day[today],
        retained=sum(review.verdict is not Verdict.WRONG for review in recent),
        tested=len(recent),
        streak=_streak(by_day, today),
        by_day=dict(by_day),
        ahead=(due, *(ahead[day] for day in range(1, AHEAD))),
        weakest=_weakest(reviews, memories),
    )


def _day(when: datetime, now: datetime) -> date:
    return when.astimezone(now.tzinfo).date()


def _streak(by_day: Mapping[date, int], today: date) -> int:
    """Days in a row with an answer, up to today; a today without one as yet does not end it."""
    day = today if by_day.get(today) else today - timedelta(days=1)
    streak = 0
    while by_day.get(day):
        streak, day = streak + 1, day - timedelta(days=1)
    return streak


def _weakest(reviews: Iterable[Review], memories: Mapping[str, Memory]) -> tuple[Weak, ...]:
    """The cards that were missed most often; of equals, those with the fewest right answers."""
    wrong = Counter(review.id for review in reviews if review.verdict is Verdict.WRONG)
    found = [
        Weak(id=id_, wrong=count, answers=memories[id_].answers) for id_, count in wrong.items() if id_ in memories
    ]
    return tuple(sorted(found, key=lambda weak: (-weak.wrong, weak.answers, weak.id))[:WEAKEST])
