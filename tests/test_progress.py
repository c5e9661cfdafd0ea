"""Progress is shown to whoever sits at a terminal, in one line that vanishes; a pipe hears nothing of it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pdf_jobs import job, versions

DECK = """
deck: Fairs
sources: {book: {title: The Book of Ombria}}
from: book
facts:
"""
AT_ONCE = "import quizgen.cli.progress as p; p.AFTER = p.EVERY = 0; from quizgen.cli import main; main()"
IN_AN_HOUR = AT_ONCE.replace("p.EVERY = 0", "p.EVERY = 3600")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    facts = "".join(f"  e{n}: {{event: Fair number {n} opens, when: {1800 + 7 * n}}}\n" for n in range(30))
    (tmp_path / "fairs.yaml").write_text(DECK + facts, encoding="utf-8")
    return tmp_path


def run(deck: Path, program: str, *, terminal: bool, more: tuple[str, ...] = ()) -> tuple[str, str]:
    """What the quiz prints to stdout, and to stderr, which is a terminal or a pipe."""
    asked = ("quiz", "fairs.yaml", "--versions", "30", "--seed", "1", *more)
    master, slave = pty.openpty() if terminal else os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", program, *asked], cwd=deck, stdout=subprocess.PIPE, stderr=slave, text=True
    ) as process:
        os.close(slave)
        told = bytearray()
        try:
            while part := os.read(master, 4096):
                told += part
        except OSError:  # how Linux tells that nobody writes to a terminal any more
            pass
        os.close(master)
        assert process.stdout is not None
        printed = process.stdout.read()
    assert process.returncode == 0, told
    return printed, told.decode().replace("\r\n", "\n")


def test_a_terminal_shows_how_far_it_is_in_a_line_that_vanishes(deck: Path) -> None:
    printed, told = run(deck, AT_ONCE, terminal=True, more=("--key-detail", "short", "--answer-sheet"))
    assert re.findall(r"\rx?      Setting: (\d+) of 90", told) == [str(n) for n in range(1, 91)]
    before, _, after = told.rpartition("\r")
    assert before.endswith("\r" + " " * len("      Setting: 90 of 90"))  # written over
    assert "Setting" not in after and "30 versions, A to AD" in after
    assert "Setting" not in printed and printed.count("\n") == 5


def test_what_is_done_before_that_is_not_told(deck: Path) -> None:
    _, told = run(deck, IN_AN_HOUR, terminal=True)
    assert "Setting" not in told and "30 versions" in told


def test_a_pipe_hears_nothing(deck: Path) -> None:
    _, told = run(deck, AT_ONCE, terminal=False)
    assert told == ""


def test_a_writer_tells_of_every_sheet_and_key_once() -> None:
    from quizgen.write.pdf import write  # noqa: PLC0415 - reportlab loads slowly

    for more, of in (
        ({}, 6),
        ({"key": "appended"}, 6),
        ({"key": "none"}, 3),
        ({"key_detail": "grid"}, 3),
        ({"answer_sheet": True}, 9),
    ):
        told: list[tuple[int, int]] = []
        write(
            job(*versions(3, questions=2), progress=lambda done, total, told=told: told.append((done, total)), **more)
        )
        assert told == [(done, of) for done in range(1, of + 1)]
