"""Ten times the facts take about ten times the time and the memory, stage by stage. Asking, beside reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import LONG, QUIZGEN, as_processes, median, stages
from tests.benchmarks.table import hold, record

SMALL, LARGE = (10_000, 100_000) if LONG else (1_000, 10_000)
ROUNDS = 1 if LONG else 3
keep = record if LONG else hold


def test_each_stage_grows_with_the_facts_and_asking_takes_no_longer_than_reading() -> None:
    rounds = [(stages(f"whole({SMALL})"), stages(f"whole({LARGE})")) for _ in range(ROUNDS)]
    small, large = ([median(stage) for stage in zip(*every, strict=True)] for every in zip(*rounds, strict=True))
    print()
    missed = []
    for name, one, ten in zip(("read", "ask", "anki", "page"), small, large, strict=True):
        print(f"  {name}: {one}; with ten times the facts {ten}")
        try:
            keep(f"growth-{name}", ten.cpu / one.cpu, ten.memory / one.memory)
        except AssertionError as failure:
            missed.append(str(failure))
    keep("ask", large[1].cpu / large[0].cpu)
    assert missed == []


@pytest.mark.parametrize(
    "row, command", [("growth-build", ["build", "--to", "anki"]), ("growth-quiz", ["quiz", "--seed", "4711"])]
)
def test_the_whole_program_grows_with_the_facts(row: str, command: list[str], tmp_path: Path) -> None:
    commands = {}
    for facts in (SMALL, LARGE):
        deck = tmp_path / f"d{facts}.yaml"
        deck.write_bytes(charters(facts))
        commands[f"{facts:,} facts"] = [QUIZGEN, *command, str(deck), "--out", str(tmp_path / "out")]
    small, large = as_processes(commands, rounds=ROUNDS).values()
    keep(row, large.cpu / small.cpu, large.memory / small.memory)
