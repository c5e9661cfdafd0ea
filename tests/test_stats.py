"""Stats say how a learner stands: figures that can be counted by hand, in words and in a picture."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from quizgen.columns import width_of
from quizgen.grade import Verdict
from quizgen.practice import STORE, Store, figures_of, tell_standing
from quizgen.practice.cards import cards_of
from quizgen.practice.figures import AHEAD
from quizgen.practice.standing import WEEKS
from quizgen.practice.store import Memory, Review
from tests.banks import bank
from tests.practising import ENGLISH, MONDAY, Script

RIGHT, CLOSE, WRONG = Verdict.RIGHT, Verdict.CLOSE, Verdict.WRONG
TODAY = MONDAY.date()


def review(days_ago: float, verdict: Verdict = RIGHT, id_: str = "f1/when", *, again: bool = True) -> Review:
    return Review(id_, MONDAY - timedelta(days=days_ago), verdict, again)


def memory(days_ahead: float, answers: int = 1) -> Memory:
    return Memory(MONDAY + timedelta(days=days_ahead), answers)


def test_retention_is_of_cards_that_came_again_within_a_month() -> None:
    answers = [
        *(review(0), review(3, CLOSE), review(29, WRONG)),
        review(31, WRONG),  # too long ago
        review(1, WRONG, again=False),  # never asked before
    ]
    found = figures_of(answers, {}, MONDAY)
    assert (found.retained, found.tested, found.retention) == (2, 3, 67)
    assert figures_of([review(1, again=False)], {}, MONDAY).retention is None


@pytest.mark.parametrize(
    "days_ago, streak",
    [((), 0), ((0,), 1), ((1,), 1), ((2,), 0), ((0, 1, 2, 4), 3), ((1, 2, 3), 3), ((0, 0, 0), 1)],
)
def test_a_streak_lasts_while_no_day_is_left_out(days_ago: tuple[int, ...], streak: int) -> None:
    assert figures_of([review(days) for days in days_ago], {}, MONDAY).streak == streak


def test_days_are_those_of_the_learners_zone() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    answer = Review("f1/when", late, RIGHT, again=False)
    tokyo = timezone(timedelta(hours=9))
    assert figures_of([answer], {}, late.astimezone(tokyo)).by_day == {(TODAY + timedelta(days=1)): 1}
    assert figures_of([answer], {}, late).by_day == {TODAY: 1}


def test_what_is_overdue_is_due_today_and_the_days_ahead_have_their_own() -> None:
    memories = {str(n): memory(days) for n, days in enumerate((-40, -1, 0, 1, 1, 6, 7, 300))}
    found = figures_of([], memories, MONDAY)
    assert found.due == 3
    assert found.ahead == (3, 2, 0, 0, 0, 0, 1)
    assert len(found.ahead) == AHEAD


def test_the_weakest_are_those_missed_most_often() -> None:
    answers = [
        review(n, WRONG, id_) for id_, times in (("a", 1), ("b", 3), ("c", 3), ("gone", 9)) for n in range(times)
    ]
    memories = {"a": memory(1, 1), "b": memory(1, 9), "c": memory(1, 3), "d": memory(1, 5)}
    weak = figures_of(answers, memories, MONDAY).weakest
    assert [(one.id, one.wrong, one.answers) for one in weak] == [("c", 3, 3), ("b", 3, 9), ("a", 1, 1)]


def said(*, plain: bool) -> list[str]:
    talk = Script([])
    days = [day for day in range(0, 7 * WEEKS - 6, 3) for _ in range(1 + day % 5)]
    of = bank(12)
    card = cards_of(of)[0]
    answers = [review(day, WRONG if day % 4 == 0 else RIGHT, card.id) for day in days]
    figures = figures_of(answers, {card.id: memory(2, len(answers))}, MONDAY)
    tell_standing(figures, cards_of(of), TODAY, talk, ENGLISH, plain=plain)
    return talk.said


def test_the_picture_of_days_has_a_row_for_each_weekday_and_ends_today() -> None:
    lines = said(plain=False)
    start = next(number for number, line in enumerate(lines) if line.startswith("  Mon"))
    rows = lines[start : start + 7]
    assert [row.split()[0] for row in rows] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [len(row.split()) - 1 for row in rows] == [WEEKS] + [WEEKS - 1] * 6, "today is a Monday"
    assert {mark for row in rows for mark in row.split()[1:]} == set("\u00b7\u2591\u2592\u2593\u2588")
    assert max(map(width_of, lines)) <= 80


def test_plain_says_in_words_and_numbers_what_else_is_drawn() -> None:
    lines = said(plain=True)
    assert all(line.isascii() for line in lines)
    weeks = [line for line in lines if line.startswith("  20") and ": " in line]
    assert sum(int(line.split(": ")[1]) for line in weeks) == sum(1 + day % 5 for day in range(0, 7 * WEEKS - 6, 3))
    assert "Missed most often:" in lines


def test_one_who_has_answered_nothing_is_told_how_to_begin() -> None:
    talk = Script([])
    tell_standing(figures_of([], {}, MONDAY), cards_of(bank(12)), TODAY, talk, ENGLISH, plain=False)
    assert len(talk.said) == 2
    assert "`quizgen practice`" in talk.said[1]


def run(home: Path, *arguments: str) -> str:
    environment = os.environ | {"XDG_DATA_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "quizgen", *arguments]
    return subprocess.run(command, text=True, capture_output=True, check=True, env=environment, cwd=home).stdout


DECK = """deck: Towns
sources: {atlas: {title: An atlas}}
from: atlas
facts:
  sel: {event: The bridge of Sel opens, when: 1894}
  orm: {event: The mill of Orm burns, when: 1910, was: mill}
"""


def test_the_command_tells_of_one_deck_or_of_all(tmp_path: Path) -> None:
    (tmp_path / "towns.yaml").write_text(DECK, encoding="utf-8")
    assert "You have practised no deck" in run(tmp_path, "stats")
    now = datetime.now(UTC)
    with Store(tmp_path / "quizgen" / STORE) as store:
        store.record("towns", "mill/when", form="recall", verdict=WRONG, now=now)  # the id that it had then
        store.record("towns", "sel/when", form="recall", verdict=RIGHT, now=now)
    assert "towns: " in run(tmp_path, "stats")
    told = run(tmp_path, "stats", "towns.yaml", "--plain")
    assert told.startswith("Towns\n")
    assert "Answered: 2, of these 2 today." in told
    assert "The mill of Orm burns" in told.partition("Missed most often:")[2]
