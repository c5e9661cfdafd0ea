"""What it costs to start: whole processes in turns."""

from tests.benchmarks.measuring import PYTHON, QUIZGEN, as_processes
from tests.benchmarks.table import record

BARE = [PYTHON, "-c", "pass"]
GROUP = """
import click
@click.group()
def group(): "Nothing."
@group.command()
def build(): "Build."
group(["--help"], standalone_mode=False)
"""
ROUNDS = 31


def test_help_costs_what_a_bare_click_group_costs() -> None:
    found = as_processes({"--help": [QUIZGEN, "--help"], "click": [PYTHON, "-c", GROUP]}, rounds=ROUNDS)
    record("help", found["--help"].cpu / found["click"].cpu)


def test_the_version_costs_what_python_costs() -> None:
    # What pip puts between (a script that imports `re`, from older ones) is told, but is not ours.
    ask = "import sys; sys.argv[1:] = ['--version']; from quizgen.__main__ import main; main()"
    commands = {"--version": [PYTHON, "-c", ask], "Python": BARE, "by pip's script": [QUIZGEN, "--version"]}
    found = as_processes(commands, rounds=ROUNDS)
    record("version", found["--version"].cpu / found["Python"].cpu)
