"""Practice asks what is due, judges honestly, and forgets no answer."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import random
import re
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.ask import ask
from quizgen.columns import safe, width_of, wrapped
from quizgen.deck import read_deck
from quizgen.facts import Deck, Picture
from quizgen.grade import Verdict
from quizgen.practice import CannotKeep, Options, Store, Summary, Terminal, bank_for, data_folder, enough, practise
from quizgen.practice.asking import Mark, answer_of, hint, mark, put, takes
from quizgen.practice.cards import cards_of, queue_of
from quizgen.practice.schedule import after, due_of, is_due
from quizgen.practice.store import MIGRATIONS, Memory
from quizgen.questions import Bank, Question, form_of, one_line
from quizgen.templates import Templates
from tests import samples
from tests.banks import bank, year
from tests.benchmarks.made_up import charters
from tests.practising import ENGLISH, MONDAY, Script, day, practised

NOTHING = "There is nothing to ask. Other --tags or --forms may find something."
RIGHT, CLOSE, WRONG = Verdict.RIGHT, Verdict.CLOSE, Verdict.WRONG


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "practice.sqlite"


def one(question: Question, **about: object) -> Bank:
    return Bank(questions=(replace(question, about=replace(question.about, **about)),), skipped=())  # type: ignore[arg-type]  # by name


def reviews(store: Path) -> list[tuple[str, str]]:
    connection = sqlite3.connect(store)
    rows = connection.execute("SELECT id, verdict FROM review ORDER BY number").fetchall()
    connection.close()
    return rows


# ---- answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question, typed, verdict",
    [
        (samples.RECALL, "1994", RIGHT),
        (samples.RECALL, "1996", WRONG),
        (samples.CHOICE, "2", RIGHT),
        (samples.CHOICE, "1996", RIGHT),
        (samples.CHOICE, "1", WRONG),
        (samples.CHOICE, "1994", WRONG),
        (samples.CHOICE, "4", None),
        (samples.CHOICE, "0", None),
        (samples.CHOICE, "1 2", None),
        (samples.CHOICE, "1901", None),
        (samples.SEVERAL, "1 3 4", RIGHT),
        (samples.SEVERAL, "4,3,1", RIGHT),
        (samples.SEVERAL, "134", RIGHT),
        (samples.SEVERAL, "1 3", WRONG),
        (samples.SEVERAL, "1 2 3 4", WRONG),
        (samples.SEVERAL, "stone", None),
        (samples.TRUTH, "2", RIGHT),
        (samples.TRUTH, "F", RIGHT),
        (samples.TRUTH, "no", RIGHT),
        (samples.TRUTH, "True", WRONG),
        (samples.TRUTH, "3", None),
        (samples.TRUTH, "perhaps", None),
        (samples.CLOZE.with_one_gap(2), "may 1994", RIGHT),
        (samples.CLOZE.with_one_gap(2), "May 1995", WRONG),
        (samples.NUMERIC, "4.8", RIGHT),
        (samples.NUMERIC, "5 km", RIGHT),
        (samples.NUMERIC, "6", WRONG),
        (samples.MATCH, "a b c", WRONG),
        (samples.MATCH, "a c b", WRONG),
        (samples.MATCH, "b c a", RIGHT),
        (samples.MATCH, "BCA", RIGHT),
        (samples.MATCH, "1b 2c 3a", RIGHT),
        (samples.MATCH, "1a 2c 3b", WRONG),
        (samples.MATCH, "abd", None),
        (samples.MATCH, "ab", None),
        (samples.MATCH, "2a 1b 3c", None),
        (samples.ORDER, "2 3 1", RIGHT),
        (samples.ORDER, "231", RIGHT),
        (samples.ORDER, "2, 3, 1", RIGHT),
        (samples.ORDER, "1 2 3", WRONG),
        (samples.ORDER, "1 2", None),
        (samples.ORDER, "1 1 2", None),
    ],
)
def test_each_form_is_answered_in_its_own_way(question: Question, typed: str, verdict: Verdict | None) -> None:
    found = mark(question, typed, ENGLISH)
    assert (found.verdict if found else None) == verdict


def test_a_wrong_answer_is_told_why_by_the_options_of_another_form() -> None:
    options = samples.CHOICE.options
    recall = replace(samples.RECALL, answers=("1996",), rivals=("1994", "2001"))
    assert mark(recall, " 2001 ", ENGLISH, options) == Mark(WRONG, "2001", "2001 is when al-Qaeda attacks New York.")


@pytest.mark.parametrize("question", samples.QUESTIONS, ids=form_of)
def test_every_form_is_shown_with_its_answer_kept_back(question: Question) -> None:
    talk = Script(())
    if form_of(question) == "cloze":
        question = samples.CLOZE.with_one_gap(2)
    put(question, talk, ENGLISH)
    said = "\n".join(talk.said)
    assert one_line(question) in said
    if form_of(question) in {"recall", "cloze", "numeric"}:
        assert answer_of(question, ENGLISH) not in said
        assert hint(question, ENGLISH) == ""
    else:
        assert hint(question, ENGLISH)


def test_an_answer_that_looks_like_a_command_is_an_answer() -> None:
    assert takes(replace(samples.RECALL, answers=("?",)), "?")
    assert not takes(samples.RECALL, "?")


# ---- sessions ----------------------------------------------------------------------------------------------------


def test_a_right_answer_is_kept_and_the_card_comes_back_another_day(store: Path) -> None:
    of = one(samples.RECALL)
    summary, said = practised(store, of, ["1994"])
    assert (summary.answered, summary.right) == (1, 1)
    assert "Right: 1994" in said
    assert "  In the south, around Kandahar." in said
    assert "  Source: Moscow wants back in, 46" in said
    summary, said = practised(store, of, ["1994"])
    assert summary.answered == 0
    assert said == ["Nothing is due before 2026-03-04. --cram asks all the same."]
    summary, said = practised(store, of, ["1994"], clock=day(2))
    assert said[0] == "1 due, 0 new."
    assert summary.right == 1


def test_a_wrong_answer_is_told_comes_back_at_once_and_counts_once(store: Path) -> None:
    summary, said = practised(store, one(samples.RECALL), ["1996", "", "1994"])
    assert (summary.wrong, summary.answered) == (1, 1)
    assert "Wrong: 1996. The answer is 1994" in said
    assert said.index("Once more") < said.index("Right: 1994")
    assert f"- {samples.RECALL.prompt} The answer is 1994" in said
    assert reviews(store) == [("taliban-founded/when", "wrong")]


def test_a_misspelt_answer_is_right_and_told(store: Path) -> None:
    of = one(replace(samples.RECALL, answers=("George II",), answer_type="name", rivals=("George III",)))
    summary, said = practised(store, of, ["Gorge II"])
    assert (summary.close, summary.answered) == (1, 1)
    assert "Right, but it is written George II; you wrote Gorge II." in said


def test_the_learner_may_overrule_a_verdict(store: Path) -> None:
    summary, said = practised(store, one(samples.RECALL), ["the nineties", "!"])
    assert (summary.right, summary.wrong) == (1, 0)
    assert "Counted as right." in said
    assert reviews(store) == [("taliban-founded/when", "right")]
    right = after(None, RIGHT, MONDAY)[1]
    with Store(store) as answers:
        assert answers.memories("made")["taliban-founded/when"] == Memory(right, 1)


def test_an_answer_can_be_taken_back_and_is_asked_again(store: Path) -> None:
    of = bank(12)
    _, said = practised(store, of, ["?", ":undo", ":q"], forms=("recall",), count=2)
    assert "Your last answer is taken back." in said
    assert reviews(store) == []
    with Store(store) as answers:
        assert answers.memories("made") == {}, "as if it had never been asked"
    first, between, again = (said[number - 1] for number, line in enumerate(said) if line.startswith("> "))
    assert first == again != between
    summary, _ = practised(store, of, ["?", ":u", "?", "?", ":q"], forms=("recall",), count=2)
    assert (summary.answered, summary.wrong) == (2, 2)
    assert [verdict for _, verdict in reviews(store)] == ["wrong", "wrong"]


def test_a_misspelt_command_is_no_answer(store: Path) -> None:
    summary, said = practised(store, one(samples.RECALL), [":wat", "1994"])
    assert (summary.right, summary.wrong) == (1, 0)
    assert said[said.index("> :wat") + 1] == ENGLISH.say("practice.commands")


def test_a_slip_of_the_finger_is_taken_back_at_once(store: Path) -> None:
    summary, said = practised(store, one(samples.RECALL), ["1995", ":undo", "1994"])
    assert (summary.right, summary.wrong) == (1, 0)
    assert reviews(store) == [("taliban-founded/when", "right")]
    assert "To look at again:" not in said


def test_taking_back_restores_what_was_known_before(store: Path) -> None:
    practised(store, one(samples.RECALL), ["1994"])
    with Store(store) as answers:
        before = answers.memories("made")
    for lines in (["1995", ":undo", ":q"], ["1995", "!", ":q"]):
        practised(store, one(samples.RECALL), lines, clock=day(40))
    with Store(store) as answers:
        assert before["taliban-founded/when"].answers == 1
        assert answers.memories("made")["taliban-founded/when"].answers == 2, "the first of the two was taken back"
    assert [verdict for _, verdict in reviews(store)] == ["right", "right"]


def test_only_an_answer_can_be_taken_back_and_only_once(store: Path) -> None:
    _, said = practised(store, bank(12), [":undo", "?", ":undo", ":undo", ":q"], forms=("recall",), count=3)
    assert said.count("There is no answer to take back.") == 2
    assert said.count("Your last answer is taken back.") == 1


def test_an_answer_that_another_session_followed_is_not_taken_back(store: Path) -> None:
    with Store(store) as answers:
        first = answers.record("made", "f0/when", form="recall", verdict=WRONG, now=MONDAY)
        answers.record("made", "f0/when", form="recall", verdict=RIGHT, now=MONDAY)
        assert not answers.take_back(first)
    assert len(reviews(store)) == 2


def test_a_picture_is_shown_in_words(store: Path) -> None:
    picture = Picture(path=Path("p.png"), data=b"", suffix=".png", alt="a bridge with two arches")
    _, said = practised(store, one(samples.RECALL, picture=picture), [":q"])
    assert "A picture: a bridge with two arches" in said


def test_a_question_mark_shows_the_answer_and_counts_as_not_known(store: Path) -> None:
    summary, said = practised(store, one(samples.RECALL), ["?"])
    assert summary.wrong == 1
    assert "The answer is 1994" in said


def test_what_is_skipped_leaves_no_trace(store: Path) -> None:
    summary, _ = practised(store, one(samples.RECALL), [":s"])
    assert (summary.skipped, summary.answered) == (1, 0)
    assert reviews(store) == []


@pytest.mark.parametrize("line", [":q", ":quit", ":Q", None])
def test_a_session_can_be_left_at_any_time_and_gone_on_with(store: Path, line: str | None) -> None:
    lines = [year(0)] * 3
    before, _ = practised(store, bank(12), [*lines, *([line] if line else [])], forms=("recall",), count=6)
    assert 0 < before.answered <= 3
    _, said = practised(store, bank(12), [":q"], forms=("recall",), count=30)
    assert said[0] == f"0 due, {24 - before.answered} new."


def test_a_line_that_cannot_be_an_answer_is_asked_for_again(store: Path) -> None:
    summary, said = practised(store, one(samples.CHOICE), ["", "9", "a word", "1996"])
    assert summary.right == 1
    assert said.count("Type its number.") == 4


def test_due_cards_come_before_new_ones(store: Path) -> None:
    practised(store, bank(12), ["?"] * 3, forms=("numeric",))
    _, said = practised(store, bank(12), [":q"], clock=day(1), count=10)
    assert said[0] == "3 due, 7 new."
    assert said[4].startswith("Stalls at the fair")


def test_new_cards_ask_every_fact_once_before_any_comes_again() -> None:
    queue = queue_of(cards_of(bank(12)), {}, MONDAY, 1)
    assert len({card.fact for card in queue.new[:12]}) == 12
    assert queue.due == ()


def test_the_first_question_of_a_card_is_one_to_recognise() -> None:
    for card in cards_of(bank(12)):
        first = form_of(card.question(0, 1))
        assert first in {"choice", "truth"} or not {"choice", "truth"} & {form_of(q) for q in card.questions}
    (card,) = (card for card in cards_of(bank(12)) if card.id == "f1/when")
    assert {form_of(card.question(answers, 1)) for answers in range(1, 40)} == {"recall", "choice", "truth"}


def test_what_takes_many_words_to_type_is_asked_in_another_form() -> None:
    long = replace(samples.RECALL, about=samples.CHOICE.about, answers=("one two three four five six",))
    (card,) = cards_of(Bank(questions=(long, samples.CHOICE), skipped=()))
    assert {form_of(card.question(answers, 1)) for answers in range(20)} == {"choice"}
    (card,) = cards_of(Bank(questions=(long,), skipped=()))
    assert form_of(card.question(1, 1)) == "recall"


def test_every_blank_of_a_sentence_is_a_card_of_its_own() -> None:
    assert [card.id for card in cards_of(Bank(questions=(samples.CLOZE,), skipped=()))] == [
        "bridge-opened/cloze/2",
        "bridge-opened/cloze/3",
    ]


def test_tags_and_forms_choose_what_is_asked(store: Path) -> None:
    cards = cards_of(bank(12), forms=("recall",), tags=("third",))
    assert {card.fact for card in cards} == {"f0", "f3", "f6", "f9"}
    _, said = practised(store, bank(12), [], tags=("nowhere",))
    assert said == [NOTHING]


def test_a_session_ends_when_its_time_is_up(store: Path) -> None:
    times = iter(MONDAY + timedelta(minutes=minute) for minute in range(100))
    summary, said = practised(store, bank(12), ["?"] * 50, minutes=5, clock=lambda: next(times))
    assert "Time is up." in said
    assert 0 < summary.answered < 5


def test_cramming_asks_what_is_not_due_and_leaves_the_schedule_alone(store: Path) -> None:
    practised(store, one(samples.RECALL), ["1994"])
    summary, _ = practised(store, one(samples.RECALL), ["1996", "", "1994"], cram=True)
    assert summary.wrong == 1
    assert reviews(store) == [("taliban-founded/when", "right")]


def test_a_fact_with_a_new_id_keeps_its_answers(store: Path) -> None:
    practised(store, one(samples.RECALL, fact="old"), ["1994"])
    _, said = practised(store, one(samples.RECALL, fact="new"), [], was={"old": "new"})
    assert said == ["Nothing is due before 2026-03-04. --cram asks all the same."]
    assert reviews(store) == [("new/when", "right")]


def test_the_same_seed_asks_the_same(tmp_path: Path) -> None:
    runs = [practised(tmp_path / f"{n}.sqlite", bank(12), ["?"] * 9, count=9)[1] for n in range(2)]
    assert runs[0] == runs[1]


def test_a_card_that_another_session_has_asked_meanwhile_is_passed_over(store: Path) -> None:
    of = bank(12)
    other: list[object] = []

    class Meddler(Script):
        def ask(self, prompt: str) -> str | None:
            if not other:  # somebody answers everything elsewhere, after our first question stands
                other.append(practised(store, of, [year(0), ""] * 30, count=None, forms=("recall",)))
            return super().ask(prompt)

    from quizgen.practice import Options, practise  # noqa: PLC0415 - the script's own way in

    talk = Meddler(["?", "?", "?"])
    with Store(store) as answers:
        options = Options(deck="made", seed=1, clock=day(0), count=6, forms=("recall",))
        summary = practise(of, answers, talk, options, ENGLISH)
    assert summary.answered == 1


# ---- the schedule ------------------------------------------------------------------------------------------------


def test_each_right_answer_puts_a_card_further_off_and_a_wrong_one_brings_it_back() -> None:
    memory, now, gaps = None, MONDAY, []
    for verdict in (RIGHT, RIGHT, RIGHT, WRONG, RIGHT):
        memory, due = after(memory, verdict, now)
        gaps.append((due - now).days)
        now = due
    assert gaps[0] < gaps[1] < gaps[2]
    assert gaps[3] <= 3 < gaps[2]
    assert memory is not None
    assert due_of(memory) == now


def test_a_misspelt_answer_comes_back_sooner_than_a_right_one() -> None:
    memory, now = after(None, RIGHT, MONDAY)
    assert after(memory, WRONG, now)[1] < after(memory, CLOSE, now)[1] < after(memory, RIGHT, now)[1]


def test_a_clock_that_goes_back_does_no_harm() -> None:
    memory, due = after(None, RIGHT, MONDAY)
    assert after(memory, RIGHT, MONDAY - timedelta(days=400))[1] >= due - timedelta(days=2)


def test_a_card_is_due_for_the_whole_of_its_day_where_the_learner_is() -> None:
    due = datetime(2026, 3, 5, 22, tzinfo=UTC)
    kabul = timezone(timedelta(hours=4, minutes=30))
    assert is_due(due, datetime(2026, 3, 5, 1, tzinfo=UTC))
    assert not is_due(due, datetime(2026, 3, 4, 23, 59, tzinfo=UTC))
    assert not is_due(due, datetime(2026, 3, 5, 23, tzinfo=kabul))  # there it is due on the 6th
    assert is_due(due, datetime(2026, 3, 6, 0, 1, tzinfo=kabul))


# ---- the store ---------------------------------------------------------------------------------------------------


def test_two_sessions_at_once_lose_nothing(store: Path) -> None:
    Store(store).__exit__(None, None, None)

    def session(number: int) -> None:
        with Store(store) as answers:
            for i in range(25):
                answers.record(
                    "made", f"f{i % 5}/when", form="recall", verdict=RIGHT, now=MONDAY + timedelta(days=number)
                )

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(session, range(4)))
    assert len(reviews(store)) == 100
    with Store(store) as answers:
        assert [memory.answers for memory in answers.memories("made").values()] == [20] * 5


def test_several_sessions_may_make_the_store_at_once(store: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda _: practised(store, bank(0), []), range(6))) == [(Summary(), [NOTHING])] * 6


def test_an_answer_that_was_followed_by_another_is_not_amended(store: Path) -> None:
    with Store(store) as answers:
        first = answers.record("made", "f/when", form="recall", verdict=WRONG, now=MONDAY)
        answers.record("made", "f/when", form="recall", verdict=RIGHT, now=MONDAY)
        before = answers.memories("made")
        answers.amend(first, RIGHT)
        assert answers.memories("made") == before


@pytest.mark.parametrize(
    "content, says",
    [
        (b"no database at all, but long enough to be read as one" * 50, "is damaged, or no store of answers"),
        ("CREATE TABLE other (x)", "is a database of another program"),
        (f"PRAGMA user_version = {len(MIGRATIONS) + 1}", "was written by a newer quizgen"),
        (f"PRAGMA user_version = {len(MIGRATIONS)}", "is a database of another program"),
    ],
)
def test_a_file_that_is_no_store_is_left_as_it_is_and_told(tmp_path: Path, content: bytes | str, says: str) -> None:
    path = tmp_path / "practice.sqlite"
    if isinstance(content, str):
        connection = sqlite3.connect(path)
        connection.execute(content)
        connection.commit()
        connection.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(CannotKeep) as raised:
        Store(path)
    assert says in raised.value.problem.says
    assert str(raised.value.problem.place) == str(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CannotKeep, match="cannot be used"):
        Store(tmp_path / "file" / "practice.sqlite")


def test_an_older_store_is_brought_up_to_date(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practised(store, one(samples.RECALL), ["1994"])
    monkeypatch.setattr(
        "quizgen.practice.store.MIGRATIONS", (*MIGRATIONS, ("ALTER TABLE review ADD COLUMN seconds INTEGER",))
    )
    with Store(store) as answers:
        assert list(answers.memories("sample")) == []
        assert list(answers.memories("made")) == ["taliban-founded/when"]
    connection = sqlite3.connect(store)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    assert connection.execute("SELECT seconds FROM review").fetchall() == [(None,)]
    connection.close()


@pytest.mark.parametrize(
    "environment, platform, folder",
    [
        ({}, "linux", "/home/me/.local/share/quizgen"),
        ({"XDG_DATA_HOME": "/data"}, "linux", "/data/quizgen"),
        ({"XDG_DATA_HOME": "data"}, "linux", "/home/me/.local/share/quizgen"),
        ({"XDG_DATA_HOME": ""}, "linux", "/home/me/.local/share/quizgen"),
        ({}, "darwin", "/home/me/Library/Application Support/quizgen"),
        ({"LOCALAPPDATA": "/c/Local"}, "win32", "/c/Local/quizgen"),
        ({}, "win32", "/home/me/AppData/Local/quizgen"),
    ],
)
def test_answers_are_kept_where_each_system_keeps_them(environment: dict[str, str], platform: str, folder: str) -> None:
    assert data_folder(environment, platform, Path("/home/me")) == Path(folder)


# ---- the screen --------------------------------------------------------------------------------------------------


@given(st.text())
def test_nothing_in_a_deck_steers_the_terminal(text: str) -> None:
    shown = safe(text)
    assert shown.replace("\u200c", "").replace("\u200d", "").isprintable()


def test_hostile_text_is_made_visible() -> None:
    assert (
        safe("a\x1b[31mb\u202ec\u2066d\x07e\x9bf\ng\r\th") == "a<U+001B>[31mb<U+202E>c<U+2066>d<U+0007>e<U+009B>f g h"
    )
    assert safe("می‌خواهم") == "می‌خواهم"


@given(st.text(), st.integers(min_value=2, max_value=90))
def test_no_line_is_wider_than_the_screen(text: str, width: int) -> None:
    lines = list(wrapped(safe(text), width))
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(safe(text).split())


def test_wide_and_combining_characters_are_measured_as_they_stand() -> None:
    assert (width_of("abc"), width_of("東京"), width_of("e\u0301"), width_of("")) == (3, 4, 1, 0)


class Tty(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "out, environment, colour",
    [
        (Tty(), {}, True),
        (Tty(), {"NO_COLOR": "1"}, False),
        (Tty(), {"NO_COLOR": ""}, True),
        (Tty(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_only_where_it_shows_and_nobody_minds(
    out: io.StringIO, environment: dict[str, str], *, colour: bool
) -> None:
    talk = Terminal.of(io.StringIO(), out, environment)
    talk.say("Right: 1994", "right")
    assert ("\033[32m" in out.getvalue()) == colour
    assert "Right: 1994" in out.getvalue()


def test_a_long_option_is_indented_under_its_number() -> None:
    out = io.StringIO()
    Terminal(io.StringIO(), out, width=20).say("one two three four five", indent="  ", label="1  ")
    assert out.getvalue() == "  1  one two three\n     four five\n"


def test_a_long_prompt_is_wrapped_and_the_line_is_typed_after_its_end() -> None:
    out = io.StringIO()
    assert Terminal(io.StringIO("x\n"), out, width=20).ask("one two three four five: ") == "x"
    assert out.getvalue() == "one two three four\nfive: x\n"


# ---- the real thing ----------------------------------------------------------------------------------------------


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tests.practising", *arguments]


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"} | more


def test_a_pipe_drives_a_session(store: Path) -> None:
    typed = "?\n?\n:q\n"
    out = subprocess.run(
        command(str(store)), input=typed, text=True, capture_output=True, check=True, env=environment()
    ).stdout
    assert "Answered: 2. Right: 0. Wrong: 2." in out
    assert "\033" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert len(reviews(store)) == 2


def test_a_terminal_without_utf_8_stops_nothing(store: Path) -> None:
    out = subprocess.run(
        command(str(store), "0", "3"),
        input=b"\xff\xfe\n?\n?\n?\n:q\n",
        capture_output=True,
        check=True,
        env=environment(PYTHONUTF8="0", PYTHONIOENCODING="ascii"),
    )
    assert b"Answered: " in out.stdout


class Sitting:
    """A session in a pseudo-terminal."""

    def __init__(self, store: Path, **more: str) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(sys.executable, command(str(store), "0", "9"), environment(TERM="xterm", **more))  # noqa: S606 - ours
        self.seen = ""

    def until(self, words: str) -> str:
        """What is shown up to these words, which must come."""
        limit = time.monotonic() + 60
        while words not in self.seen:
            assert time.monotonic() < limit, self.seen
            if select.select([self.terminal], [], [], 0.2)[0]:
                try:
                    self.seen += os.read(self.terminal, 4096).decode()
                except OSError:  # Linux's way to say that the other side is closed
                    assert words in self.seen, self.seen
        shown, _, self.seen = self.seen.partition(words)
        return shown

    def types(self, line: str) -> None:
        os.write(self.terminal, line.encode())

    def over(self) -> int:
        """The exit status."""
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


def test_a_real_terminal_shows_colour_and_takes_answers(store: Path) -> None:
    sitting = Sitting(store, NO_COLOR="")
    assert "0 due, 9 new." in sitting.until("1 of 9")
    sitting.until("> ")
    sitting.types("?\r")
    assert "\033[31mThe answer is" in sitting.until("2 of 9")
    sitting.until("> ")
    sitting.types(":q\r")
    sitting.until("Answered: 1. Right: 0. Wrong: 1.")
    assert sitting.over() == 0


def test_no_color_is_honoured_in_a_real_terminal(store: Path) -> None:
    sitting = Sitting(store, NO_COLOR="1")
    shown = sitting.until("> ")
    sitting.types("\x04")  # Ctrl-D
    shown += sitting.until("Answered: 0.")
    assert "\033" not in shown
    assert sitting.over() == 0


def test_ctrl_c_ends_a_session_with_its_summary(store: Path) -> None:
    sitting = Sitting(store)
    sitting.until("> ")
    sitting.types("?\r")
    sitting.until("2 of 9")
    sitting.until("> ")
    sitting.types("\x03")
    sitting.until("Answered: 1.")
    assert sitting.over() == 0
    assert len(reviews(store)) == 1


def test_a_killed_session_loses_no_answer(store: Path) -> None:
    sitting = Sitting(store)
    for number in range(2, 6):
        sitting.until("> ")
        sitting.types("?\r")
        sitting.until(f"{number} of 9")
    os.kill(sitting.pid, signal.SIGKILL)
    assert sitting.over() == -signal.SIGKILL
    assert [verdict for _, verdict in reviews(store)] == ["wrong"] * 4
    with Store(store) as answers:
        assert len(answers.memories("made")) == 4
    again = Sitting(store)
    again.until("> ")
    again.types(":q\r")
    again.until("Answered: 0.")
    assert again.over() == 0


def test_a_session_killed_at_any_instant_loses_at_most_the_answer_in_flight(store: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(int(os.environ.get("QUIZGEN_KILLS", "8"))):
        before = len(reviews(store)) if store.exists() else 0
        session = subprocess.Popen(
            command(str(store), "0", "500", "recall"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment(PYTHONUNBUFFERED="1"),
        )
        assert session.stdin is not None and session.stdout is not None
        session.stdin.write("?\n" * 20)  # of 24 that there are
        session.stdin.flush()
        told = 0
        stop_at = chance.randrange(1, 20)
        while told < stop_at:  # and then, in the midst of the answers that follow
            line = session.stdout.readline()
            assert line, "the session ended by itself"
            told += line.startswith("The answer is")
        time.sleep(chance.random() * 0.02)
        session.kill()
        rest = session.stdout.read()
        session.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            session.stdin.close()
        session.wait()
        told += len(re.findall("^The answer is", rest, re.MULTILINE))
        kept = len(reviews(store)) - before
        assert told <= kept, "what was told was kept before"
        with Store(store) as answers:
            assert sum(memory.answers for memory in answers.memories("made").values()) == before + kept
        with contextlib.closing(sqlite3.connect(store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with Store(store) as answers:  # so that all can be asked again
            for number in range(1, before + kept + 1):
                answers.take_back(number)


def test_an_answer_is_kept_before_its_verdict_is_shown(store: Path) -> None:
    sitting = Sitting(store)
    sitting.until("> ")
    sitting.types("?\r")
    sitting.until("The answer is")
    os.kill(sitting.pid, signal.SIGKILL)
    sitting.over()
    assert len(reviews(store)) == 1


def test_the_screen_is_never_wider_than_eighty_columns(store: Path) -> None:
    _, said = practised(store, bank(12), ["?"] * 40, count=40)
    out = io.StringIO()
    talk = Terminal(io.StringIO(), out)
    for line in said:
        talk.say(line)
    assert max(map(len, re.split("\n", out.getvalue()))) <= 80


# ---- very large decks ------------------------------------------------------------------------------------------------


@dataclass
class Asking:
    """A deck that is asked, of so many facts each time (None: of all)."""

    deck: Deck
    of: list[int | None] = field(default_factory=list)

    def __call__(self, facts: Collection[str] | None) -> Bank:
        self.of.append(None if facts is None else len(facts))
        return ask(self.deck, ENGLISH, of=facts)


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """A deck of 300 facts, which are very many."""
    monkeypatch.setattr(enough, "FACTS", 20)
    monkeypatch.setattr(enough, "FOR_EACH", 2)
    (tmp_path / "d.yaml").write_bytes(charters(300))
    deck, _ = read_deck(tmp_path / "d.yaml", Templates.found())
    assert deck is not None
    return Asking(deck)


def options(**more: object) -> Options:
    return Options(**({"deck": "made", "seed": 1, "clock": day(0), "count": 10} | more))  # type: ignore[arg-type]  # by name


def test_a_session_with_a_very_large_deck_asks_a_few_facts(asking: Asking, store: Path) -> None:
    with Store(store) as answers:
        some = bank_for(asking, asking.deck.facts, answers, options())
        other = bank_for(asking, asking.deck.facts, answers, options(seed=2))
        talk = Script([":quit"])
        practise(some, answers, talk, options(), ENGLISH)
    assert asking.of == [20, 20] and talk.said[0] == "0 due, 10 new."
    assert {one.about.fact for one in some.questions} != {one.about.fact for one in other.questions}


def test_what_is_due_is_asked_as_if_all_were(asking: Asking, store: Path) -> None:
    whole = cards_of(ask(asking.deck, ENGLISH))
    with Store(store) as answers:
        for number, card in enumerate(random.Random(1).sample(whole, 90)):  # noqa: S311 - no secret
            answers.record("made", card.id, form="recall", verdict=RIGHT, now=MONDAY + timedelta(days=number % 9))
        for later in (1, 30, 90):
            now = options(clock=day(later))
            memories = answers.memories("made")
            queue = queue_of(cards_of(bank_for(asking, asking.deck.facts, answers, now)), memories, now.clock(), 1)
            every = queue_of(whole, memories, now.clock(), 1)
            assert [card.id for card in queue.due[:10]] == [card.id for card in every.due[:10]]
            assert bool(queue.due) == (later > 1)
    assert None not in asking.of and max(filter(None, asking.of)) <= 40


def test_where_a_few_facts_do_not_fill_a_session_all_are_asked(asking: Asking, store: Path) -> None:
    with Store(store) as answers:
        found = bank_for(asking, asking.deck.facts, answers, options(forms=("match",), count=10))
    assert asking.of == [20, None] and found == ask(asking.deck, ENGLISH)


@pytest.mark.parametrize("more", [{"count": None}, {"count": 40}], ids=["as many as there are", "very many"])
def test_a_long_session_is_of_all(more: dict[str, object], asking: Asking, store: Path) -> None:
    with Store(store) as answers:
        bank_for(asking, asking.deck.facts, answers, options(**more))
    assert asking.of == [None]


def test_cramming_takes_what_is_known_as_soon_as_what_is_new(asking: Asking, store: Path) -> None:
    whole = cards_of(ask(asking.deck, ENGLISH))
    with Store(store) as answers:
        for card in whole:
            answers.record("made", card.id, form="recall", verdict=RIGHT, now=MONDAY)
        some = bank_for(asking, asking.deck.facts, answers, options(cram=True))
    assert asking.of[0] is not None and len(asking.of) == 1
    assert len(cards_of(some)) >= 10


def test_tags_are_looked_for_before_facts_are_chosen(asking: Asking, store: Path) -> None:
    facts = tuple(
        replace(one, tags=("rare",) if number % 10 == 0 else ()) for number, one in enumerate(asking.deck.facts)
    )
    asking.deck = replace(asking.deck, facts=facts)
    with Store(store) as answers:
        some = bank_for(asking, facts, answers, options(tags=("rare",)))
    assert asking.of == [20] and all(one.about.tags == ("rare",) for one in some.questions)
