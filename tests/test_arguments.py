"""Arguments of every command, right, wrong, in any combination: exit code 0, 1 or 2, one clear message, nothing else.

Sixty calls are made each time; `make test-long` makes 6,000, with `QUIZGEN_SEED` others.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from quizgen import cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork, pipes with names, and bytes as names")
LONG = bool(os.environ.get("QUIZGEN_LONG"))
SEED = int(os.environ.get("QUIZGEN_SEED", "1"))


def test_whatever_is_given_the_answer_is_an_exit_code_and_one_clear_message(tmp_path: Path) -> None:
    from tests.arguing import tried  # noqa: PLC0415 - forks, which Windows cannot

    calls = 6_000 if LONG else 60
    figures = tried(SEED, 0, calls, tmp_path)
    print(f"\n{figures}")  # noqa: T201 - the figures of a long run

    assert figures.faults == [], "\n\n".join(figures.faults[:5])
    assert figures.codes.total() == calls
    assert min(figures.codes[code] for code in (0, 1, 2)) > calls // 12, "they are not all refused alike"


def test_many_calls_hold_every_option() -> None:
    from tests.arguing import call  # noqa: PLC0415 - as above

    calls = [call(SEED, number, "A") for number in range(3_000)]
    given = {(args[0], one.partition("=")[0]) for args in calls for one in args}
    for name in cli.COMMANDS:
        command = cli.group.get_command(click.Context(cli.group), name)
        assert command is not None
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option for option in options if not any((name, one) in given for one in option.opts)] == []


def quizgen(folder: Path, *args: str | bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "quizgen", *args], cwd=folder, capture_output=True, check=False, timeout=60
    )


DECK = "deck: D\nsources: {s: {title: T}}\nfrom: s\nfacts: {weir: {term: weir, meaning: a low dam}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks/bridge.yaml").write_text(DECK)
    return tmp_path


def test_a_link_in_a_circle_is_no_folder_for_outputs_and_does_no_harm_in_one(project: Path) -> None:
    (project / "loop").symlink_to("loop")
    into = quizgen(project, "build", "--to", "json", "--out", "loop")
    assert (into.returncode, into.stdout) == (1, b"")
    assert into.stderr.startswith(b"loop: ")
    assert b"Traceback" not in into.stderr
    beside = quizgen(project, "build", "--to", "json", "--out", ".")
    assert (beside.returncode, beside.stdout) == (0, b"bridge.json\n"), beside.stderr


def test_a_deck_that_is_named_twice_is_built_once(project: Path) -> None:
    paths = ("bridge", "decks/bridge.yaml", "./decks/../decks/bridge.yaml")
    assert quizgen(project, "build", "bridge", "--to", "anki", "--one-package", "all").returncode == 0
    once = (project / "output/all.apkg").read_bytes()
    done = quizgen(project, "build", *paths, "--to", "anki", "--one-package", "all", "--anew")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"output/all.apkg\n", b"")
    assert (project / "output/all.apkg").read_bytes() == once


@pytest.mark.parametrize("name", ["build.json", "build-more.jsonl", "bridge.json", "bridge.apkg"])
def test_what_never_ends_is_not_read_as_an_output(project: Path, name: str) -> None:
    (project / "output").mkdir()
    os.mkfifo(project / "output" / name)
    done = quizgen(project, "build", "--to", "json,anki")
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"output/{name}: ".encode() in done.stderr, done.stderr


@pytest.mark.parametrize("target", [None, "/dev/zero"])
def test_what_never_ends_is_neither_a_ledger_nor_a_package(project: Path, target: str | None) -> None:
    for name in ("decks/bridge.ledger.json", "old.apkg"):
        if target:
            (project / name).symlink_to(target)
        else:
            os.mkfifo(project / name)
    built = quizgen(project, "build", "--to", "anki")
    assert built.returncode == 1
    assert built.stderr.startswith(b"decks/bridge.ledger.json: this ledger is not a file\n")
    compared = quizgen(project, "diff", "old.apkg", "decks/bridge.yaml")
    assert compared.returncode == 1
    assert b"\nold.apkg: this is no package: it is not a file\n" in compared.stderr


def is_safe(said: str) -> bool:
    """Whether it neither steers a terminal nor has no end."""
    lines = said.split("\n")
    return all(line.isprintable() and len(line) < 1_200 for line in lines) and "Traceback" not in said


@pytest.mark.parametrize("command", ["build", "check"])
def test_no_name_of_a_deck_steers_the_terminal(project: Path, command: str) -> None:
    done = quizgen(project, command, b"no\x1b[31mdeck", b"no\ndeck", "no\u202edeck".encode(), b"\xff", b"no/" * 1_000)
    assert done.returncode == 1
    assert is_safe(done.stderr.decode()), done.stderr


@pytest.mark.parametrize("name", ["x" * 5_000, "no/" * 3_000], ids=["long", "deep"])
def test_a_name_that_no_disk_can_have_is_wrong_usage(project: Path, name: str) -> None:
    done = quizgen(project, "quiz", name)
    assert done.returncode == 2
    assert is_safe(done.stderr.decode()), done.stderr


def test_nothing_is_noted_of_what_cannot_be_published(project: Path) -> None:
    done = quizgen(project, "build", "--to", "anki", "--out", "a" * 300)

    assert done.returncode == 1
    assert b"the path is too long" in done.stderr
    assert [path.name for path in (project / "decks").iterdir()] == ["bridge.yaml"]
