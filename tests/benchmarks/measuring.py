"""Measuring: ways to do one thing, in turns and in one run; what each takes, as medians.

Seconds say nothing on another machine, so what counts are ratios between ways of one run (`table`). Time is that of the
processor, which waits for nobody; the clock is told beside it.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONG = os.environ.get("QUIZGEN_LONG") == "1"  # with 100,000 facts, 100,000 notes and 1,000 versions too
PYTHON = sys.executable
QUIZGEN = str(Path(sys.executable).with_name("quizgen"))

_ALONE = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
clock = time.perf_counter() - start
if status:
    sys.exit(1)
print(json.dumps([used.ru_utime + used.ru_stime, clock, used.ru_maxrss / 1000]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one way takes: seconds of the processor, seconds by the clock, megabytes at the peak (0: not measured)."""

    cpu: float
    clock: float
    memory: float = 0.0

    def __str__(self) -> str:
        held = f", {self.memory:.0f} MB" if self.memory else ""
        return f"{self.cpu:.3f} s of the processor, {self.clock:.3f} s by the clock{held}"


def in_process(ways: Mapping[str, Callable[[], object]], *, rounds: int = 5) -> dict[str, Spent]:
    """What each way takes within this process, which collects garbage as Python does by itself."""
    assert gc.isenabled()
    return in_turns({name: lambda way=way: _once(way) for name, way in ways.items()}, rounds)  # type: ignore[misc]


def as_processes(
    commands: Mapping[str, Sequence[str]], *, rounds: int = 5, before: Callable[[], object] = lambda: None
) -> dict[str, Spent]:
    """What each command takes as a whole process, its start included; `before` runs, unmeasured, before each."""

    def run(command: Sequence[str]) -> Spent:
        before()
        return alone(command)

    return in_turns({name: lambda it=it: run(it) for name, it in commands.items()}, rounds)  # type: ignore[misc]


def stages(call: str) -> list[Spent]:
    """What each stage takes that a call in `tests.benchmarks.stages` goes through, in a process of its own.

    Memory is what it takes at its peak beyond what stood before.
    """
    code = f"from tests.benchmarks.stages import *; {call}"
    done = subprocess.run(
        [PYTHON, "-c", code],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    return [Spent(**json.loads(line)) for line in done.stdout.splitlines()]


def alone(command: Sequence[str]) -> Spent:
    """What a command takes.

    Started from a small process: Linux counts the memory of whoever starts a program as that program's.
    """
    done = subprocess.run([PYTHON, "-S", "-c", _ALONE, *command], check=True, stdout=subprocess.PIPE, text=True)
    cpu, clock, memory = json.loads(done.stdout)
    return Spent(cpu=cpu, clock=clock, memory=memory)


def median(every: Sequence[Spent]) -> Spent:
    """The median of each that was spent."""
    return Spent(
        cpu=statistics.median(one.cpu for one in every),
        clock=statistics.median(one.clock for one in every),
        memory=statistics.median(one.memory for one in every),
    )


def tell(spent: Spent) -> None:
    """Print, for `stages`, what was spent."""
    print(json.dumps(asdict(spent)))


def told(way: Callable[[], object]) -> None:
    """Print, for `stages`, what a way takes in this process."""
    gc.collect()
    held = _resident("VmRSS") if _forget_peak() else 0.0
    spent = _once(way)
    tell(Spent(cpu=spent.cpu, clock=spent.clock, memory=_resident("VmHWM") - held))


def _once(way: Callable[[], object]) -> Spent:
    gc.collect()
    began, clock = time.process_time(), time.perf_counter()
    way()
    return Spent(cpu=time.process_time() - began, clock=time.perf_counter() - clock)


def in_turns(ways: Mapping[str, Callable[[], Spent]], rounds: int) -> dict[str, Spent]:
    """What each way says that it took, as medians of so many rounds."""
    taken: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(way())
    found = {name: median(every) for name, every in taken.items()}
    print(file=sys.stderr)
    for name, spent in found.items():
        print(f"  {name}: {spent}", file=sys.stderr)
    return found


def _forget_peak() -> bool:
    """Let the peak of this process's memory begin anew (Linux)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def _resident(name: str) -> float:
    """A line of what Linux says of this process's memory, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000
