"""The schedule: when a card is due again, by FSRS. The only module that names the library.

A card's memory is FSRS's own JSON, so that other versions of it can read what this one wrote. There are no steps of
minutes: what was missed comes back at the end of the session, and counts again on another day.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler

from quizgen.grade import Verdict

_SCHEDULER = Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
_RATINGS = {Verdict.RIGHT: Rating.Good, Verdict.CLOSE: Rating.Hard, Verdict.WRONG: Rating.Again}
_NOBODY = 1  # FSRS numbers its cards; ours have names of their own


def after(memory: str | None, verdict: Verdict, now: datetime) -> tuple[str, datetime]:
    """The memory of a card after an answer, and when it is due; `memory` is None for a new one.

    `now` is aware of its time zone. An answer that is dated before the last one counts as given with it: clocks go
    back.
    """
    now = now.astimezone(UTC)
    card = _card(memory, now)
    if card.last_review is not None:
        now = max(now, card.last_review)
    card, _ = _SCHEDULER.review_card(card, _RATINGS[verdict], review_datetime=now)
    return card.to_json(), card.due


def _card(memory: str | None, now: datetime) -> Card:
    return Card(card_id=_NOBODY, due=now) if memory is None else Card.from_json(memory)


def due_of(memory: str) -> datetime:
    """When a card with that memory is due."""
    return datetime.fromisoformat(json.loads(memory)["due"])


def is_due(due: datetime, now: datetime) -> bool:
    """Whether a card is due on the day of `now`, at whatever hour: a lesson is not put off by ten minutes."""
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return due < tomorrow
