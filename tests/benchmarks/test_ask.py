"""Asking, beside reading: CPU time and memory, a process for each size, as ratios. QUIZGEN_LONG=1 asks 100,000 too."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from quizgen.ask import ask
from quizgen.language import read_language
from quizgen.templates import Templates
from tests.benchmarks.test_reading import made_up
from tests.reading import read

SIZES = (1_000, 10_000, 100_000) if os.environ.get("QUIZGEN_LONG") else (1_000, 10_000)
ROUNDS = {1_000: 5, 10_000: 3, 100_000: 1}
ROOT = Path(__file__).parent.parent.parent


def spent(path: Path, rounds: int) -> dict[str, float]:
    """Seconds of reading and of asking in turns, medians; megabytes before asking, and what asking takes at most."""
    language, _ = read_language(Templates.found(), "en")
    reading, asking = [], []
    before, questions = 0.0, 0
    for number in range(rounds):
        gc.collect()
        start = time.process_time()
        deck, problems = read(path)
        reading.append(time.process_time() - start)
        assert deck is not None and not problems
        gc.collect()
        if number == 0:
            before = megabytes()
        start = time.process_time()
        bank = ask(deck, language)
        asking.append(time.process_time() - start)
        questions = len(bank.questions)
        del bank
    return {
        "reading": statistics.median(reading),
        "asking": statistics.median(asking),
        "before": before,
        "grown": megabytes() - before,
        "questions": questions,
    }


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def test_ten_times_the_facts_are_asked_in_about_ten_times_the_time_and_memory(tmp_path: Path) -> None:
    of: dict[int, dict[str, float]] = {}
    for facts in SIZES:
        path = tmp_path / f"d{facts}.yaml"
        path.write_bytes(made_up(facts))
        command = [sys.executable, "-m", "tests.benchmarks.test_ask", str(path), str(ROUNDS[facts])]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        of[facts] = one = json.loads(done.stdout)
        assert one["questions"] > 5 * facts
        print(
            f"\nasking {facts:,} facts takes {one['asking'] / one['reading']:.1f} times as long as reading them", end=""
        )
        print(f" ({one['asking'] / facts * 1e6:,.0f} and {one['reading'] / facts * 1e6:.0f} µs a fact),", end="")
        print(f" and {one['grown']:,.0f} MB beside {one['before']:,.0f}", end="")
    for small, large in pairwise(SIZES):
        longer, more = (of[large][what] / of[small][what] for what in ("asking", "grown"))
        print(
            f"\n{large:,} facts take {longer:.1f} times as long as {small:,}, and {more:.1f} times as much memory",
            end="",
        )
        assert longer <= 12
        assert more <= 11 or small < 10_000, "what fewer take is lost in what Python holds"


if __name__ == "__main__":
    print(json.dumps(spent(Path(sys.argv[1]), int(sys.argv[2]))))
