"""Messages: what stands in them, and what never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizgen.problems import Level, Place, did_you_mean, error, has_errors, render, report, visible, warning


def test_a_message_shows_the_line_a_caret_and_the_remedy() -> None:
    problem = error(Place("d.yaml", 2, 3), "'b' is wrong", "Write 'c'.")
    assert render(problem, ["a:", "  b: 1"]) == "d.yaml:2:3: 'b' is wrong\n   2 |   b: 1\n     |   ^\n  Write 'c'."


def test_a_warning_says_so() -> None:
    assert render(warning(Place("d.yaml", 1, 1), "odd")) == "d.yaml:1:1: warning: odd"


def test_the_caret_stands_under_wide_letters_and_marks() -> None:
    excerpt = render(error(Place("d.yaml", 1, 4), "x"), ["好e\u0301=b"]).split("\n")
    assert excerpt[2].index("^") == len("   1 | ") + 2 + 1, "two columns for the ideograph, one for e with its accent"


def test_of_an_endless_line_the_part_that_matters_is_shown() -> None:
    line = "x" * 5_000 + "WRONG" + "y" * 5_000
    shown = render(error(Place("d.yaml", 1, 5_001), "x"), [line])
    assert "WRONG" in shown
    assert len(shown) < 1_000


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\u200b", "\u00a0", "\x07", "\u2028", "\ud800"])
def test_no_message_holds_what_cannot_be_seen(char: str) -> None:
    told = render(error(Place(f"d{char}.yaml", 1, 1), f"a{char}b", f"c{char}d"), [f"e{char}f"])
    assert char not in told
    assert told.count(f"<U+{ord(char):04X}>") == 4


def test_a_text_is_cut_where_it_is_too_long() -> None:
    assert visible("x" * 100) == "x" * 59 + "…"


def test_problems_come_sorted_and_once_each(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text("a\r\nb\r\n")
    two, one = error(Place(str(path), 2, 1), "two"), error(Place(str(path), 1, 1), "one")
    assert report([two, one, two]) == f"{path}:1:1: one\n   1 | a\n     | ^\n{path}:2:1: two\n   2 | b\n     | ^"


def test_a_file_that_could_not_be_read_is_not_read_again_for_its_excerpt(tmp_path: Path) -> None:
    """It would wait for ever for what comes through this pipe."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert report([error(Place(str(pipe)), "not a file")]) == f"{pipe}: not a file"


def test_warnings_stop_nothing_unless_they_are_to() -> None:
    problems = [warning(Place("d.yaml", 1, 1), "odd")]
    assert not has_errors(problems)
    assert has_errors(problems, strict=True)
    assert problems[0].level is Level.WARNING


@pytest.mark.parametrize(
    "word, remedy",
    [
        ("whne", "Did you mean 'when'?"),
        ("WHERE", "Did you mean 'where'?"),
        ("zzz", "Otherwise."),
        ("x" * 9_999, "Otherwise."),
    ],
)
def test_the_nearest_word_is_offered_if_it_is_near(word: str, remedy: str) -> None:
    assert did_you_mean(word, ["when", "where", "who"], otherwise="Otherwise.") == remedy
