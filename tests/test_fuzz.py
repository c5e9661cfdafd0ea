"""Any bytes as a deck, a table, a kind, a look, a recipe, a language, a ledger, a package, a class list.

What is told has a place, nothing takes long or much memory, and there is never a traceback. A few hundred cases are run
each time; `make test-long` runs 200,000 mutated files and 20,000 made-up decks, and every bomb; with
`QUIZGEN_LONG_PERCENT=20-40` the second fifth of each sort.
"""

from __future__ import annotations

import os

import pytest

from tests.bombs import BOMBS
from tests.fuzzing import FOUND, MEGABYTES, SECONDS, SORTS, Figures, batches, case, run

LONG = bool(os.environ.get("QUIZGEN_LONG"))
SEED = int(os.environ.get("QUIZGEN_SEED", "1"))
SHARES = {  # of the mutated files; each sort in a share that fits what it can show
    "deck": 0.48,
    "table": 0.12,
    "kind": 0.08,
    "look": 0.06,
    "pdf-look": 0.04,
    "recipe": 0.06,
    "language": 0.05,
    "ledger": 0.04,
    "package": 0.03,
    "class": 0.04,
}
AT_ONCE = os.cpu_count() or 1

Job = tuple[str, int, int, int]  # sort, seed, first, count


def told(what: str, figures: Figures) -> None:
    """The figures of a run, for whoever reads the log; `pytest -s` shows them as they come."""
    print(f"\n{what}: {figures}", flush=True)  # noqa: T201 - they are what a long run is for


def judge(figures: Figures, cases: int) -> None:
    assert figures.faults == [], "\n\n".join(figures.faults[:5])
    assert figures.cases == cases
    assert figures.seconds <= SECONDS
    assert figures.megabytes <= MEGABYTES


def sliced(jobs: list[Job], percent: str) -> list[Job]:
    """The batches of a long run that begin within `from-to` percent of it: slices side by side make the whole."""
    start, _, end = percent.rpartition("-")
    return jobs[len(jobs) * int(start or 0) // 100 : len(jobs) * int(end) // 100]


def test_slices_of_a_long_run_make_the_whole() -> None:
    jobs = batches("deck", SEED, 9_100, 250)
    slices = [sliced(jobs, f"{start}-{start + 7}") for start in range(0, 91, 7)] + [sliced(jobs, "91-100")]
    assert [job for slice_ in slices for job in slice_] == jobs
    assert sliced(jobs, "8") == sliced(jobs, "0-8") == jobs[:2]


def test_every_sort_is_in_a_long_run() -> None:
    assert {*SHARES, "made"} == SORTS.keys()
    assert sum(SHARES.values()) == pytest.approx(1)


def test_damaged_files_of_every_sort_are_told_or_taken_and_the_same_in_every_process() -> None:
    """Made-up decks are among them. A second process has other hashes: what is told and built may not show it."""
    figures = run([("every", SEED, 0, 220)])
    again = run([("every", SEED, 0, 66)], hash_seed="4711")
    told("some of every sort", figures)

    judge(figures, 220)
    assert figures.valid > 0.3 * figures.cases
    assert figures.built.keys() == {"json", "page", "anki-text", "anki", "pdf"}
    assert again.marks.items() <= figures.marks.items()
    assert len(set(figures.marks.values())) > 0.5 * figures.cases  # they are not all refused alike


QUICK = (
    *("200 KB of [", "aliases", "merges", "10 MB of #", "a PNG of 65,535 x 65,535", "a drawing with entities"),
    *("10^10 rounds of a loop", "2^60 calls", "a text doubled 60 times", "a list tripled 40 times", "a deep look"),
    *("a ledger of deep lists", "a package of 150 MB of nothing", "numbers", "a million columns"),
)


def test_bombs_do_not_go_off() -> None:
    names = list(BOMBS)
    chosen = names if LONG else QUICK
    figures = run([("bomb", 0, names.index(name), 1) for name in chosen], at_once=AT_ONCE)
    told("bombs", figures)

    judge(figures, len(chosen))


def test_what_was_found_once_stays_mended() -> None:
    """Each folder of `regressions/` once made a traceback, took too long, or was told at a place that there is not."""
    figures = run([("found", 0, 0, len(FOUND))])

    judge(figures, len(FOUND))
    names = {f"found 0 {number}": folder.name for number, folder in enumerate(FOUND)}
    assert [names[case] for case, told in figures.told.items() if not told] == []


@pytest.mark.skipif(not LONG, reason="takes an hour: make test-long")
@pytest.mark.parametrize("sort", [*SHARES, "made"])
def test_damaged_files_without_end(sort: str) -> None:
    whole = 20_000 if sort == "made" else round(200_000 * SHARES[sort])
    jobs = sliced(batches(sort, SEED, whole, 1_000), os.environ.get("QUIZGEN_LONG_PERCENT", "0-100"))
    figures = run(jobs, at_once=AT_ONCE)
    told(sort, figures)

    judge(figures, sum(count for _, _, _, count in jobs))
    assert sort != "made" or figures.valid >= 0.3 * figures.cases


def test_a_case_is_the_same_whenever_it_is_made() -> None:
    for sort in SORTS:
        assert case(sort, SEED, 3) == case(sort, SEED, 3)
        assert case(sort, SEED, 3) != case(sort, SEED + 1, 3)
