"""A build that something stops: the package and the ledger that tells of it stay in step, and nothing is left behind.

What must never be is a ledger behind its package: a later correction could then come with an earlier time, and Anki
ignores what is older than what it has. `QUIZGEN_LONG=1` kills, stops and repeats more often, and makes the kernel fail.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import pytest

from quizgen.apkg import Package, read_package
from quizgen.build import Built
from quizgen.cli.outcome import written
from quizgen.files import CannotWrite, one_at_a_time, publish, sets
from quizgen.ledger import read_ledger
from tests.authoring import Author
from tests.test_files import TOUCHING, Fault, content_of_files, is_as_recorded, stages

DECK = "decks/bridge/deck.yaml"
LONG = bool(os.environ.get("QUIZGEN_LONG"))
QUIZGEN = [sys.executable, "-m", "quizgen"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and the signals of POSIX")

State = tuple[dict[str, bytes], bytes | None]


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """Somebody who has published the deck, and has corrected a note since."""
    author = Author(tmp_path / "published")
    author.builds("anki", "json")
    author.edits(DECK, "In the rain.", "In the snow.")
    return author


def state(folder: Path) -> State:
    """What the output folder and the ledger hold."""
    out, ledger = folder / "output", folder / "decks/bridge/deck.ledger.json"
    files = {path.name: path.read_bytes() for path in sorted(out.iterdir())} if out.exists() else {}
    return files, ledger.read_bytes() if ledger.exists() else None


def copied(author: Author, to: Path) -> Author:
    shutil.copytree(author.folder, to)
    return Author(to, author.clock)


def package_in(folder: Path) -> Package:
    package = read_package(folder / "output/bridge.apkg")
    assert isinstance(package, Package)
    return package


def changes(folder: Path) -> dict[str, int]:
    """When each note of the package in the output folder changed, by its key in the ledger."""
    notes = package_in(folder).notes
    return {f"{note.fields[0].removeprefix('bridge/')}": note.changed for note in notes}


def is_not_behind(folder: Path) -> bool:
    """Whether the ledger knows all that the package in the output folder tells learners, in content and in time."""
    ledger, problems = read_ledger(folder / "decks/bridge/deck.ledger.json")
    known: dict[str, int] = {}
    for key, line in ledger.lines.items():
        name = key.rpartition("/")[0]
        known[name] = max(known.get(name, 0), line.changed)
    return not problems and all(changed <= known.get(name, 0) for name, changed in changes(folder).items())


def moved(author: Author, made: Built, to: Author) -> Built:
    """What was made of one author's deck, for a copy of it elsewhere."""
    assert made.ledger is not None
    return replace(made, ledger=(to.folder / made.ledger[0].relative_to(author.folder), made.ledger[1]))


# ---- killed ----------------------------------------------------------------------------------------------------------


def killed_at(nth: int, run: Callable[[], object]) -> bool:
    """Whether a child process was killed at the n-th call by which `run` touches the disk; False where it ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = nth

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal left
            left -= 1
            if not left:
                os._exit(9)
            return real(*args, **kwargs)

        return call

    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - it ends with the process
    for name in TOUCHING:
        setattr(os, name, dying(getattr(os, name)))
    setattr(sets, "exchange", dying(getattr(sets, "exchange")))  # noqa: B009, B010 - from there alone
    run()
    os._exit(0)


def test_wherever_a_build_is_killed_the_ledger_is_not_behind_and_the_next_correction_arrives(
    author: Author, tmp_path: Path
) -> None:
    old = state(author.folder)
    before = changes(author.folder)
    made = author.makes("anki", "json")
    seen: dict[State, Author] = {}
    for nth in range(1, 1000):
        copy = copied(author, tmp_path / str(nth))
        ours = moved(author, made, copy)
        if not killed_at(nth, lambda ours=ours, copy=copy: written(ours, copy.folder / "output")):  # type: ignore[misc]
            break
        files, ledger = state(copy.folder)
        assert is_as_recorded(copy.folder / "output")
        assert is_not_behind(copy.folder)
        seen[tuple(sorted(files.items())), ledger] = copy  # type: ignore[index]
    else:
        raise AssertionError("there is no end of calls")
    assert nth > 30
    new = state(copy.folder)
    assert new[0] != old[0]
    assert len(seen) == 3, "both are old; the ledger is new; both are new"
    for copy in seen.values():
        has = changes(copy.folder)
        copy.clock -= 900 * 86_400  # the clock was put right, or wrong
        copy.edits(DECK, "In the snow.", "In the fog.")
        copy.builds("anki", "json")
        assert stages(copy.folder / "output") == stages(copy.folder / "decks/bridge") == []
        newer = {name for name, changed in changes(copy.folder).items() if changed > has[name]}
        assert newer == {name for name in before if name.startswith("bridge/")}
        assert is_not_behind(copy.folder)


def test_a_build_that_was_killed_is_made_up_for_by_the_next(author: Author, tmp_path: Path) -> None:
    made = author.makes("anki", "json")
    copy = copied(author, tmp_path / "copy")
    ours = moved(author, made, copy)
    assert killed_at(25, lambda: written(ours, copy.folder / "output"))
    copy.clock += 86_400
    copy.builds("anki", "json")
    written(made, author.folder / "output")
    assert state(copy.folder) == state(author.folder), "as if it had not been killed: the correction has its first time"


# ---- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_whatever_is_refused_in_a_build_its_files_are_the_old_or_the_new_ones_and_one_line_says_so(
    author: Author, tmp_path: Path, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    old = state(author.folder)
    made = author.makes("anki", "json")
    outcomes = set()
    for nth in range(1, 1000):
        copy = copied(author, tmp_path / str(nth))
        ours = moved(author, made, copy)
        fault = Fault(nth, OSError(code, os.strerror(code)))
        done: list[bool] = []
        fault.around(lambda ours=ours, copy=copy, done=done: done.append(written(ours, copy.folder / "output")))  # type: ignore[misc]
        if not fault.failed_in:
            break
        said = capsys.readouterr().err
        files, ledger = state(copy.folder)
        assert files in (old[0], {**ours.files, "build.json": files["build.json"]})
        assert is_as_recorded(copy.folder / "output")
        lost = "the deck's ledger cannot be written" in said
        assert len(re.findall(r"^/", said, re.MULTILINE)) == (lost or not done[0]), said
        assert lost or is_not_behind(copy.folder)
        if files == old[0]:
            assert ledger == old[1], "nothing was published, and nothing says that it was"
        outcomes.add((done[0], lost))
    assert nth > 30
    assert outcomes == {(True, False), (True, True), (False, False)}


def test_a_build_that_is_stopped_between_ledger_and_files_puts_the_ledger_back(author: Author) -> None:
    old = state(author.folder)
    made = author.makes("anki", "json")
    with (
        patch("quizgen.cli.outcome.publish", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        written(made, author.folder / "output")
    assert state(author.folder) == old
    author.ledger.unlink()
    with patch("quizgen.cli.outcome.publish", side_effect=CannotWrite(Path("x"), "no")):
        assert not written(made, author.folder / "output")
    assert not author.ledger.exists()


# ---- among very many files -------------------------------------------------------------------------------------------


@pytest.fixture
def crowded(author: Author, monkeypatch: pytest.MonkeyPatch) -> Author:
    """The same author, who publishes into a folder of very many files, which in a long run there are."""
    if LONG:
        publish(author.folder / "output", {f"{n}.txt": b"%d" % n for n in range(sets._MANY + 1)}, owner="others")
    else:
        monkeypatch.setattr(sets, "_MANY", 3)
        publish(author.folder / "output", {f"{n}.txt": b"%d" % n for n in range(5)}, owner="others")
    return author


def told_of(code: int) -> Callable[[int, Callable[[], object]], bool]:
    """Lets the n-th call fail so; whether there was one."""

    def failing(nth: int, run: Callable[[], object]) -> bool:
        fault = Fault(nth, OSError(code, os.strerror(code)))
        fault.around(run)
        return bool(fault.failed_in)

    return failing


def _published(made: Built, out: Path, done: list[bool]) -> None:
    done.append(written(made, out))


FATES: dict[str, Callable[[int, Callable[[], object]], bool]] = {
    "killed": killed_at,
    **{errno.errorcode[code]: told_of(code) for code in (errno.ENOSPC, errno.EIO, errno.EACCES)},
}


@pytest.mark.parametrize("settles", [False, True])
@pytest.mark.parametrize("fate", FATES)
def test_among_very_many_files_too_the_next_build_makes_up_for_whatever_stopped_one(
    crowded: Author, tmp_path: Path, fate: str, *, settles: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was added to the list is written into it where it `settles`: then there are so many lines."""
    out = crowded.folder / "output"
    crowded.builds("anki", "json")
    old_ledger = crowded.ledger.read_bytes()
    crowded.edits(DECK, "In the snow.", "In the fog.")
    made = crowded.makes("anki", "json")
    if settles:
        lines = max(sets._MANY, len(content_of_files(out)) // 2) + 1
        with (out / "build-more.jsonl").open("a") as more:
            more.writelines(json.dumps({"deck": f"gone-{n}", "files": {}}) + "\n" for n in range(lines))
    assert (out / "build-more.jsonl").exists(), "this is the way of very many files"
    old = content_of_files(out)
    new = old | dict(made.files)
    mixed = 0
    for nth in range(1, 1000, 1 if LONG else 4):
        done: list[bool] = []
        copy = copied(crowded, tmp_path / "copy")
        ours = moved(crowded, made, copy)
        publishing = partial(_published, ours, copy.folder / "output", done)
        stopped = FATES[fate](nth, publishing)
        said = capsys.readouterr().err
        if not stopped:
            break
        is_lost = "the deck's ledger cannot be written" in said
        now = content_of_files(copy.folder / "output")
        if now not in (old, new):
            mixed += 1
            assert fate == "killed"
            assert not is_as_recorded(copy.folder / "output"), "the list tells that something is amiss"
        elif fate != "killed":
            assert is_as_recorded(copy.folder / "output"), said
            assert len(re.findall(r"^/", said, re.MULTILINE)) == (is_lost or not done[0]), said
            assert now == new or copy.ledger.read_bytes() == old_ledger
        assert is_lost or is_not_behind(copy.folder)
        assert written(ours, copy.folder / "output")
        assert content_of_files(copy.folder / "output") == new
        assert is_as_recorded(copy.folder / "output")
        assert is_not_behind(copy.folder)
        assert stages(copy.folder / "output") == stages(copy.deck.parent) == []
        capsys.readouterr()
        shutil.rmtree(copy.folder)
    else:
        raise AssertionError("there is no end of calls")
    assert nth > 30
    assert (mixed > 0) == (fate == "killed") or not LONG
    which = "each" if LONG else "every fourth"
    print(f"\n{fate} at {which} of {nth} calls among {len(old):,} files; {mixed} mixed sets, all known to be")  # noqa: T201 - as above


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with next to no room on it."""
    place = tmp_path / "tiny"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24k", "none", str(place)], check=False)
    if made.returncode:
        pytest.skip("mounting a disk is not permitted")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_fills_up_keeps_what_it_had(author: Author, tiny: Path) -> None:
    old = state(author.folder)
    done = run(author.folder, "--out", str(tiny / "out"))
    assert done.returncode == 1
    assert re.search(r"tiny/out: the disk is full\n", done.stderr), done.stderr
    assert "Make room" in done.stderr
    assert list(tiny.iterdir()) == []
    assert state(author.folder) == old
    # the ledger's disk is full instead: told of, and the package is made
    shutil.copytree(author.folder / "decks", tiny / "decks")
    with pytest.raises(OSError, match="No space"), (tiny / "filler").open("wb", buffering=0) as filler:
        while True:
            filler.write(bytes(1024))
    done = run(tiny, "--out", str(author.folder / "output"))
    assert done.returncode == 0
    assert "the deck's ledger cannot be written: the disk is full" in done.stderr
    assert (tiny / "decks/bridge/deck.ledger.json").read_bytes() == old[1]


# ---- the program itself ----------------------------------------------------------------------------------------------


def run(project: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*QUIZGEN, "build", "--anew", "--to", "anki,json", *args],
        cwd=project, capture_output=True, text=True, check=False, env={**os.environ, **env},
    )  # fmt: skip


def test_builds_at_once_in_one_folder_leave_one_whole_set(author: Author) -> None:
    rounds = 60 if LONG else 2
    for number in range(rounds):
        author.write(DECK, re.sub(r"note: [^,]*,", f"note: In round {number}.,", author.deck.read_text()))
        command = [*QUIZGEN, "build", "--anew", "--to", "anki,json"]
        environment = [{**os.environ, "SOURCE_DATE_EPOCH": str(2_000_000_000 - number * 10 + n)} for n in range(4)]
        builds = [
            subprocess.Popen(command, cwd=author.folder, env=env, stdout=subprocess.DEVNULL) for env in environment
        ]
        assert [build.wait() for build in builds] == [0, 0, 0, 0]
        assert is_as_recorded(author.folder / "output")
        assert is_not_behind(author.folder)
        before = state(author.folder)
        assert run(author.folder).returncode == 0
        assert state(author.folder) == before, "the last one wrote what any of them would have"


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who waits for a lock")
def test_a_build_reads_the_ledger_only_when_no_other_build_is_about_to_write_it(author: Author) -> None:
    made = author.makes("anki", "json")
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(author.clock - 40_000)}
    with one_at_a_time(author.deck):
        command = [*QUIZGEN, "build", "--anew", "--to", "anki,json"]
        build = subprocess.Popen(command, cwd=author.folder, env=environment, stdout=subprocess.DEVNULL)
        while not re.search(rf"-> FLOCK.* {build.pid} ", Path("/proc/locks").read_text()):
            assert build.poll() is None, "it did not wait"
            time.sleep(0.01)
        assert written(made, author.folder / "output")
        wanted = state(author.folder)
    assert build.wait() == 0
    assert state(author.folder) == wanted, "the correction came with the other build, and it has that one's time"


def test_random_kills_leave_an_old_or_a_new_set_and_a_ledger_that_is_not_behind(author: Author) -> None:
    started = time.monotonic()
    run(author.folder, "--out", "elsewhere")
    lasts = time.monotonic() - started
    kills = 200 if LONG else 6
    ended = 0
    for number in range(kills):
        before = state(author.folder)
        author.write(DECK, re.sub(r"note: [^,]*,", f"note: In round {number}.,", author.deck.read_text()))
        epoch = str(2_000_000_000 - number)
        with subprocess.Popen(
            [*QUIZGEN, "build", "--anew", "--to", "anki,json"],
            cwd=author.folder, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
        ) as build:  # fmt: skip
            time.sleep(lasts * (0.5 + 0.6 * (number * 0.6180339887 % 1)))  # where it writes, over and over
            build.kill()
        assert is_as_recorded(author.folder / "output")
        assert is_not_behind(author.folder)
        ended += state(author.folder) != before
    assert run(author.folder).returncode == 0
    assert stages(author.folder / "output") == stages(author.deck.parent) == []
    print(f"\n{kills} kills, {ended} after something was written")  # noqa: T201 - figures of a long run


CLOCKS = ["0", "-1", "garbage", "99999999999999999999", "1e9", "२०००००००००"]


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_time_that_is_none_is_refused(author: Author, clock: str) -> None:
    old = state(author.folder)
    done = run(author.folder, SOURCE_DATE_EPOCH=clock)
    assert done.returncode == 2
    assert "it must be a time in seconds since 1970" in done.stderr
    assert state(author.folder) == old


def test_corrections_arrive_whatever_the_clock_says(author: Author) -> None:
    times = ["2147483648", "9999999999", "1000000000", "2147483646"]
    name = next(name for name in changes(author.folder) if name.startswith("bridge/"))
    seen = [changes(author.folder)[name]]
    for number, clock in enumerate(times):
        author.write(DECK, re.sub(r"note: [^,]*,", f"note: In round {number}.,", author.deck.read_text()))
        assert run(author.folder, SOURCE_DATE_EPOCH=clock).returncode == 0
        seen.append(changes(author.folder)[name])
    assert all(earlier < later for earlier, later in pairwise(seen)), seen
    assert seen[-1] < 1 << 34, "a time that every Anki can hold"


@pytest.mark.parametrize("missing", ["TMPDIR", "HOME", "stdin", "stdout", "stderr"])
def test_a_build_needs_no_home_no_place_for_scratch_and_no_terminal(author: Author, missing: str) -> None:
    closing = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-"}.get(missing, "")
    nowhere = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), "/nonexistent")
    wanted = author.makes("anki", "json").files
    shell = ["/bin/sh", "-c", f'exec "$@" {closing}', "sh"]
    done = subprocess.run(
        [*shell, *QUIZGEN, "build", "--anew", "--to", "anki,json"],
        cwd=author.folder, capture_output=True, text=True, check=False,
        env={**os.environ, **({} if closing else nowhere), "SOURCE_DATE_EPOCH": str(author.clock)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert state(author.folder)[0].items() >= wanted.items()


# ---- interrupted -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not LONG, reason="twelve moments are tried of each signal in every run, elsewhere")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_hundred_interrupts_end_a_build_at_once(author: Author, number: signal.Signals) -> None:
    started = time.monotonic()
    run(author.folder, "--out", "elsewhere")
    lasts = time.monotonic() - started
    waits, codes = [], []
    for moment in range(100):
        before = state(author.folder)
        with subprocess.Popen(
            [*QUIZGEN, "build", "--anew", "--to", "anki,json,page,pdf"],
            cwd=author.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        ) as build:  # fmt: skip
            time.sleep(0.1 + lasts * moment / 100)
            build.send_signal(number)
            sent = time.monotonic()
            out, said = build.communicate()
            waits.append(time.monotonic() - sent)
        codes.append(build.returncode)
        after = state(author.folder)
        named = {Path(line).name for line in out.splitlines()}
        assert named <= after[0].keys()
        assert after == before or named or build.returncode, "what was finished is named"
        assert is_as_recorded(author.folder / "output")
        assert is_not_behind(author.folder)
        assert build.returncode in {0, 128 + number, -number, 1}
        assert "quizgen/" not in said or "Traceback" not in said
    print(f"\n{number.name}: {codes.count(128 + number)} of 100 stopped, the slowest in {max(waits):.2f} s")  # noqa: T201 - as above
    assert codes.count(128 + number) > 50


# ---- the kernel fails ------------------------------------------------------------------------------------------------

CALLS = "mkdir,openat,write,fsync,close,rename,renameat2,unlink,rmdir,link,linkat,chmod,flock"


def traced(project: Path, trace: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    """A build under strace, which writes the calls of the kernel to `trace` and may let some of them fail."""
    return subprocess.run(
        ["strace", "-f", "-qq", "-y", "-e", f"trace={CALLS}", *asked, "-o", str(trace),
         *QUIZGEN, "build", "--anew", "--to", "anki,json"],
        cwd=project, capture_output=True, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "2000000000", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def calls_that_write(trace: str) -> list[tuple[str, int]]:
    """Which call of its kind each one is between the first file that is put in place and the last."""
    lines = re.findall(r"^\d+ +(\w+)\((.*)", trace, re.MULTILINE)
    ours = [number for number, (_, rest) in enumerate(lines) if ".quizgen-stage-" in rest]
    counted: dict[str, int] = {}
    found = []
    for number, (name, _) in enumerate(lines):
        counted[name] = counted.get(name, 0) + 1
        if ours[0] <= number <= ours[-1] + 1:
            found.append((name, counted[name]))
    return found


@pytest.mark.skipif(not LONG, reason="takes minutes; the same calls fail in every run, above, without the kernel")
def test_whichever_call_of_the_kernel_fails_or_kills(
    author: Author, tmp_path: Path, program: Callable[[str], str]
) -> None:
    program("strace")
    trace = tmp_path / "trace"
    old = state(author.folder)
    whole = copied(author, tmp_path / "whole")
    assert traced(whole.folder, trace).returncode == 0
    new = state(whole.folder)
    calls = calls_that_write(trace.read_text())
    assert len(calls) > 40
    tried = 0
    for name, nth in calls:
        for fate in ("error=ENOSPC", "error=EIO", "error=EINTR", "signal=KILL"):
            copy = copied(author, tmp_path / "copy")
            done = traced(copy.folder, trace, "-e", f"inject={name}:{fate}:when={nth}")
            what = f"{name} {nth} {fate}: {done.stderr}"
            files, ledger = state(copy.folder)
            told = "the deck's ledger cannot be written" in done.stderr
            assert "Traceback" not in done.stderr, what
            assert done.returncode in ({0, 1} if "error" in fate else {-signal.SIGKILL}), what
            assert files in (old[0], new[0]), what
            assert ledger in (old[1], new[1]), what
            assert told or is_not_behind(copy.folder), what
            assert len(re.findall(r"^\S.*: ", done.stderr, re.MULTILINE)) == (told or done.returncode == 1), what
            assert run(copy.folder, SOURCE_DATE_EPOCH="2000000000").returncode == 0
            assert state(copy.folder) == new, what
            assert stages(copy.folder / "output") == stages(copy.deck.parent) == [], what
            shutil.rmtree(copy.folder)
            tried += 1
    print(f"\n{tried} faults of the kernel, at {len(calls)} calls")  # noqa: T201 - as above
