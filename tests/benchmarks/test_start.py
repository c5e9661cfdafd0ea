"""What it costs to start: whole processes in pairs, processor time, medians, as ratios."""

import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

QUIZGEN = str(Path(sys.executable).with_name("quizgen"))
BARE = [sys.executable, "-c", "pass"]
GROUP = """
import click
@click.group()
def group(): "Nothing."
@group.command()
def build(): "Build."
group(["--help"], standalone_mode=False)
"""


def seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(one: Sequence[str], other: Sequence[str], rounds: int = 31) -> float:
    """The processor time of `one` for each second of `other`, run in turns."""
    seconds(one), seconds(other)
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def test_help_costs_what_a_bare_click_group_costs() -> None:
    found = ratio([QUIZGEN, "--help"], [sys.executable, "-c", GROUP])
    print(f"\nquizgen --help / a bare click group: {found:.2f}")
    assert found <= 1.25


def test_the_version_costs_what_python_costs() -> None:
    # What pip puts between (a script that imports `re`, from older ones) is printed, but is not ours.
    ask = "import sys; sys.argv[1:] = ['--version']; from quizgen.__main__ import main; main()"
    found = ratio([sys.executable, "-c", ask], BARE)
    installed = ratio([QUIZGEN, "--version"], BARE)
    print(f"\nquizgen --version / bare Python: {found:.2f}; with pip's script {installed:.2f}")
    assert found <= 1.5
