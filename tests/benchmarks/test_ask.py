"""Asking, beside reading: CPU time in one run, medians, as ratios. QUIZGEN_LONG=1 asks 100,000 facts too."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from quizgen.ask import ask
from quizgen.facts import Deck
from quizgen.language import read_language
from quizgen.templates import Templates
from tests.benchmarks.test_reading import made_up
from tests.reading import read

SIZES = (1_000, 10_000, 100_000) if os.environ.get("QUIZGEN_LONG") else (1_000, 10_000)
ROUNDS = {1_000: 5, 10_000: 3, 100_000: 1}
ENGLISH, _ = read_language(Templates.found(), "en")


def seconds(way: Callable[[], object], rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        way()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def test_ten_times_the_facts_are_asked_in_about_ten_times_the_time(tmp_path: Path) -> None:
    reading, asking = {}, {}
    for facts in SIZES:
        path = tmp_path / f"d{facts}.yaml"
        path.write_bytes(made_up(facts))
        deck, problems = read(path)
        assert deck is not None and not problems

        def ask_all(deck: Deck = deck) -> object:
            return ask(deck, ENGLISH)

        assert len(ask(deck, ENGLISH).questions) > 5 * facts
        reading[facts] = seconds(lambda path=path: read(path), ROUNDS[facts])  # type: ignore[misc]
        asking[facts] = seconds(ask_all, ROUNDS[facts])
    for small, large in pairwise(SIZES):
        ratio = asking[large] / asking[small]
        print(f"\nasking {large:,} facts takes {ratio:.1f} times as long as {small:,};", end="")
        print(f" beside reading them: {asking[large] / reading[large]:.1f} ({asking[small] / reading[small]:.1f})")
        assert ratio <= 12
