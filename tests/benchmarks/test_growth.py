"""Ten times the facts take about ten times the time and the memory, stage by stage. Asking, beside reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import LONG, QUIZGEN, as_processes, stages
from tests.benchmarks.table import hold, record

SMALL, LARGE = (10_000, 100_000) if LONG else (1_000, 10_000)
ROUNDS = 1 if LONG else 3
keep = record if LONG else hold


@pytest.mark.parametrize("stage", ["reading", "asking", "packing", "paging"])
def test_a_stage_grows_with_the_facts(stage: str) -> None:
    small, large = stages({"small": f"{stage}({SMALL})", "large": f"{stage}({LARGE})"}, rounds=ROUNDS).values()
    row = {"reading": "read", "asking": "ask", "packing": "anki", "paging": "page"}[stage]
    keep(f"growth-{row}", large.cpu / small.cpu, large.memory / small.memory)


def test_the_whole_program_grows_with_the_facts(tmp_path: Path) -> None:
    commands = {}
    for facts in (SMALL, LARGE):
        deck = tmp_path / f"d{facts}.yaml"
        deck.write_bytes(charters(facts))
        commands[f"{facts:,} facts"] = [QUIZGEN, "build", str(deck), "--to", "anki", "--out", str(tmp_path / "out")]
    small, large = as_processes(commands, rounds=ROUNDS).values()
    keep("growth-build", large.cpu / small.cpu, large.memory / small.memory)


def test_asking_beside_reading() -> None:
    reading, asking = stages({"reading": f"reading({LARGE})", "asking": f"asking({LARGE})"}, rounds=ROUNDS).values()
    keep("ask", asking.cpu / reading.cpu)
