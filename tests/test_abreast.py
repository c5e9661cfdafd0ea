"""Several processes make what one makes, and behave as one: failing, killed, stopped, or not to be had at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from quizgen.abreast import made
from quizgen.write.pdf import write
from tests.pdf_jobs import job, versions
from tests.test_progress import DECK

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs the signals of POSIX")
Step = Callable[[], None]


def whose(name: str, step: Step) -> tuple[str, int]:
    """A part of three steps, which tells what process has made it."""
    for _ in range(3):
        step()
    return name, os.getpid()


def dies(here: int, step: Step) -> str:
    """A part that any other process than `here` is killed over, in the midst of it."""
    step()
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return "made"


def fails(step: Step) -> tuple[str, int]:
    step()
    raise ValueError("no")


def never(told: Path, step: Step) -> str:
    """A part without an end, which writes down what process is at it."""
    (told / str(os.getpid())).touch()
    while True:
        time.sleep(0.01)
        step()


def interrupted(told: Path, step: Step) -> str:  # noqa: ARG001 - as a part is called
    while not list(told.iterdir()):
        time.sleep(0.01)
    raise KeyboardInterrupt


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


# ---- as one ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs, processes", [(1, 1), (2, 2), (3, 3), (4, 4), (9, 5)])
def test_parts_are_made_in_their_order_by_so_many_processes(jobs: int, processes: int) -> None:
    steps: list[int] = []
    found = made([partial(whose, name) for name in "abcde"], jobs=jobs, told=steps.append)
    assert [name for name, _ in found] == list("abcde")
    assert len({process for _, process in found}) == processes
    assert found[0][1] == os.getpid()
    assert steps == sorted(steps) and steps[-1] == 15


@pytest.mark.parametrize("more", [{}, {"key": "appended"}, {"key_detail": "grid"}, {"key": "none"}])
def test_the_files_are_the_same_however_many_make_them(more: dict[str, Any]) -> None:
    sheets = versions(5, questions=6)
    alone = write(job(*sheets, answer_sheet=True, **more))
    assert len(alone.files) > 2
    for jobs in (2, 3, 8):
        assert write(job(*sheets, answer_sheet=True, jobs=jobs, **more)) == alone


# ---- what may go wrong -----------------------------------------------------------------------------------------------


def test_what_a_killed_process_was_at_is_made_all_the_same() -> None:
    steps: list[int] = []
    here = os.getpid()
    found = made([partial(dies, here), partial(dies, here), partial(dies, here)], jobs=2, told=steps.append)
    assert found == ["made"] * 3
    assert steps[-1] == 3


def test_where_no_process_can_be_started_one_does_it_all() -> None:
    with patch("os.fork", side_effect=OSError("no more")):
        found = made([partial(whose, name) for name in "abc"], jobs=3, told=print)
    assert [process for _, process in found] == [os.getpid()] * 3


def test_an_error_is_the_one_that_one_process_raises(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="no"):
        made([partial(whose, "a"), partial(fails)], jobs=2, told=lambda _: None)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells so who is there")
def test_who_is_stopped_leaves_no_process_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        made([partial(interrupted, tmp_path), *[partial(never, tmp_path)] * 2], jobs=3, told=print)
    started = [int(path.name) for path in tmp_path.iterdir()]
    assert started and not any(map(is_there, started))


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    facts = "".join(f"  e{n}: {{event: Fair number {n} opens, when: {1800 + 7 * n}}}\n" for n in range(60))
    (tmp_path / "fairs.yaml").write_text(DECK + facts, encoding="utf-8")
    return tmp_path


ASKED = ("quiz", "fairs.yaml", "--seed", "1", "--key-detail", "full", "--answer-sheet")
SPAWNED = """
import multiprocessing
multiprocessing.set_start_method("spawn")
from quizgen.write.pdf import document
def refuse(job, sheets, step):
    raise SystemExit("this process has made it, which the other was to do")
for name in ("_key", "_answers"):  # under their names for pickle; the other process has its own
    stand_in = type(refuse)(refuse.__code__, globals(), name)
    stand_in.__module__, stand_in.__qualname__ = document.__name__, name
    setattr(document, name, stand_in)
from quizgen.cli import main
main()
"""


def run(deck: Path, out: str, *more: str, program: tuple[str, ...] = ("-m", "quizgen")) -> dict[str, bytes]:
    asked = [sys.executable, *program, *ASKED, "--versions", "3", "--out", out, *more]
    done = subprocess.run(asked, cwd=deck, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {path.name: path.read_bytes() for path in sorted((deck / out).glob("fairs*"))}


@pytest.mark.parametrize("program", [("-m", "quizgen"), ("-c", SPAWNED)], ids=["as usual", "spawned"])
def test_a_quiz_is_the_same_from_several_processes(deck: Path, program: tuple[str, ...]) -> None:
    alone = run(deck, "alone")
    assert len(alone) == 5
    assert run(deck, "abreast", "--jobs", "2", program=program) == alone


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "1>/dev/full"])
def test_closed_and_full_streams_end_as_with_one_process(deck: Path, closed: str) -> None:
    ends = []
    for jobs in ("1", "3"):
        command = f'exec "$0" -m quizgen "$@" --jobs {jobs} {closed}'
        asked = ["sh", "-c", command, sys.executable, *ASKED, "--versions", "3", "--out", jobs]
        done = subprocess.run(asked, cwd=deck, capture_output=True, check=False)
        told = (done.stdout + done.stderr).replace(f"{jobs}/".encode(), b"out/")
        ends.append((done.returncode, told, sorted(path.name for path in (deck / jobs).iterdir())))
    assert ends[0] == ends[1]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells so who is there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
@pytest.mark.parametrize("everyone", [True, False], ids=["sent to all", "sent to one"])
def test_whoever_stops_a_quiz_stops_all_of_it_and_no_file_is_there(
    deck: Path, number: signal.Signals, *, everyone: bool
) -> None:
    asked = [sys.executable, "-m", "quizgen", *ASKED, "--versions", "1000", "--jobs", "3"]
    with subprocess.Popen(asked, cwd=deck, stderr=subprocess.PIPE, start_new_session=True) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        others: list[int] = []
        while len(others) < 2:
            others = [int(one) for one in children.read_text(encoding="ascii").split()]
            assert process.poll() is None
        (os.killpg if everyone else os.kill)(process.pid, number)
        assert process.stderr is not None
        told = process.stderr.read()  # until the last of them has closed it
        code = process.wait()
    until = time.monotonic() + 5
    while any(map(is_there, others)) and time.monotonic() < until:
        time.sleep(0.01)
    assert not any(map(is_there, others))
    assert code == (-number if number == signal.SIGKILL else 128 + number), told
    assert told == (b"\nStopped.\n" if number == signal.SIGINT else b"")
    assert not (deck / "output").exists()
