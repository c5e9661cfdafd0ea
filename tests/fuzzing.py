"""Fuzzing: seeded cases of hostile files through reading, asking, checking and building, in processes with limits.

`python -m tests.fuzzing SORT SEED FIRST COUNT` runs cases and prints one JSON object a line; `run` starts such
processes and gathers what they print. A case is made from its sort, the seed and its number alone, so that each can be
had again: `python -m tests.fuzzing SORT SEED NUMBER 1`, and with `FOLDER --keep` in place of the 1 its files.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from quizgen.apkg import read_package
from quizgen.build import Printing, build_deck, build_quiz, composer, read
from quizgen.classlist import read_class
from quizgen.compose import Header, recipes
from quizgen.language import read_language
from quizgen.lint import lint
from quizgen.problems import Level, Problem, has_errors, report
from quizgen.source import parse_yaml
from quizgen.templates import Templates, shipped
from tests.bombs import BOMBS
from tests.inventing import invented
from tests.mutating import mutated

ROOT = Path(__file__).parent.parent
CORPUS = Path(__file__).parent / "corpus"
FOUND = sorted((Path(__file__).parent / "regressions").iterdir())  # cases that once were faulty
SECONDS = 2.0  # of CPU for one case
MEGABYTES = 300  # of memory for the whole program while it is at one case
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - else disks take most of the time
_NOW = 1_700_000_000
_FORMATS = ("json", "page", "anki-text", "anki", "pdf")

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Files, the one among them that is hostile, and what is to be made of the deck."""

    files: Files
    hostile: str
    to: tuple[str, ...] = ("json",)
    recipe: str = "test"
    printing: Printing = Printing()  # noqa: RUF009 - frozen
    pupils: bool = False


# ---- making cases ---------------------------------------------------------------------------------------------------


@cache
def _shipped_files(what: str, pattern: str) -> tuple[tuple[str, bytes], ...]:
    top = shipped(what)
    return tuple((path.relative_to(top).as_posix(), path.read_bytes()) for path in sorted(top.glob(pattern)))


@cache
def _decks() -> tuple[bytes, ...]:
    """Real decks, and those of the corpus."""
    real = [data for _, data in _shipped_files("decks", "**/*.yaml") if b"\nfacts:" in data]
    starter = [data for name, data in _shipped_files("templates", "starter/*.yaml")]
    files = (path for path in sorted(CORPUS.rglob("*.yaml")) if path.stat().st_size < 20_000)
    assert len(real) == 3
    return (*real, *starter, *(path.read_bytes() for path in files))


def _piece(deck: bytes, chance: Random) -> bytes:
    """The head of a deck and a few of its facts, as they stand."""
    head, found, body = deck.partition(b"\nfacts:\n")
    if not found or chance.random() < 0.01:
        return deck
    facts = re.split(rb"^(?=  [\w-]+:)", body, flags=re.MULTILINE)
    start = chance.randrange(len(facts))
    return head + found + b"".join(facts[start : start + chance.randint(1, 10)])


def _formats(chance: Random, *wanted: str) -> tuple[str, ...]:
    """Formats to build, the slow ones seldom."""
    return tuple(
        format_
        for format_, share in zip(_FORMATS, (0.5, 0.2, 0.1, 0.05, 0.05), strict=True)
        if format_ in wanted or chance.random() < share
    ) or ("json",)


SMALL = (
    b"deck: A\nsources: {s: {title: B}}\nfrom: s\nfacts:\n"
    b"  a: {event: The mill burns, when: 1850, where: Sel}\n  b: {event: The fair opens, when: 1890, where: Vell}\n"
    b"  c: {event: The tower falls, when: 1910-03, who: Ada Lind}\n  d: {figure: arches, value: 14, when: 1894}\n"
    b"  e: {person: Ada Lind, role: engineer}\n  f: {term: weir, meaning: a low dam}\n"
    b"  g: {list: stones, members: [oak, iron]}\n  h: {quote: Never again, by: Cy Tole}\n"
    b"  i: {claim: It was sold, by: two papers, status: alleged, denied-by: the mayor}\n"
)


def _deck(chance: Random) -> Case:
    decks = _decks()
    real = _piece(chance.choice(decks[:4] if chance.random() < 0.6 else decks), chance)
    data = mutated(real, chance, decks)
    return Case(files={"deck.yaml": data}, hostile="deck.yaml", to=_formats(chance))


def _made(chance: Random) -> Case:
    files = invented(chance)
    names = [
        name.removeprefix("quizzes/").removesuffix(".yaml") for name, _ in _shipped_files("templates", "quizzes/*")
    ]
    printing = Printing(
        paper=chance.choice(("a4", "letter", "legal", "a5")),
        landscape=chance.random() < 0.2,
        two_up=chance.random() < 0.2,
        look=chance.choice(("plain", "playful")),
        large_print=chance.random() < 0.2,
        easy_reading=chance.random() < 0.2,
        fillable=chance.random() < 0.3,
        key=chance.choice(("separate", "appended", "none")),
        key_detail=chance.choice(("full", "short", "grid")),
        answer_sheet=chance.random() < 0.3,
    )
    to = _formats(chance)
    return Case(files=files, hostile="deck.yaml", to=to, recipe=chance.choice(names), printing=printing)


def _table(chance: Random) -> Case:
    tables = [data for _, data in _shipped_files("decks", "**/*.csv")]
    tables += [path.read_bytes() for path in sorted(CORPUS.rglob("*.csv"))]
    made = chance.random() < 0.5
    real = b"".join(tables[0].splitlines(keepends=True)[: chance.randint(2, 30)]) if made else chance.choice(tables[1:])
    name = chance.choice(("t.csv", "t.csv", "t.tsv"))
    if name == "t.tsv":
        real = real.replace(b",", b"\t")
    kind = "element" if made else "term"
    table = f"{{kind: {kind}, file: {name}{', id: symbol' if made else ''}}}"
    deck = f"deck: A\nsources: {{rsc: {{title: B}}}}\nfrom: rsc\ntables: [{table}]\n"
    kinds = dict(_shipped_files("decks", "elements/kinds/*.yaml"))
    files = {"deck.yaml": deck.encode(), "kinds/element.yaml": kinds["elements/kinds/element.yaml"]}
    return Case(files=files | {name: mutated(real, chance, tables)}, hostile=name, to=_formats(chance))


def _kind(chance: Random) -> Case:
    """A mutated kind: the deck's own, or the user's in place of a shipped one."""
    kinds = _shipped_files("templates", "kinds/*.yaml")
    name, real = chance.choice(kinds)
    data = mutated(real, chance, [data for _, data in kinds])
    where = name if chance.random() < 0.5 else f"templates/{name}"
    return Case(files={"deck.yaml": SMALL, where: data}, hostile=where, to=_formats(chance))


def _template(chance: Random, *, pattern: str, to: tuple[str, ...] = (), always: str = "") -> Case:
    """A mutated template of the user's in place of a shipped one; `always` is that which is built in any case."""
    found = _shipped_files("templates", pattern)
    name, real = chance.choice(found)
    data = mutated(real, chance, [data for _, data in found])
    recipe = Path(name).stem if name.startswith("quizzes/") else "test"
    look = Path(name).stem if name.startswith("pdf/") else "plain"
    formats = to or _formats(chance, always)
    printing = Printing(look=look, large_print=chance.random() < 0.2, easy_reading=chance.random() < 0.2)
    files = {"deck.yaml": SMALL, f"templates/{name}": data}
    return Case(files=files, hostile=f"templates/{name}", to=formats, recipe=recipe, printing=printing)


def _look(chance: Random) -> Case:
    if chance.random() < 0.6:
        return _template(chance, pattern="anki/*.html", to=("anki",))
    return _template(chance, pattern="page/page.html", to=("page",))


def _ledger(chance: Random) -> Case:
    found = [data for _, data in _shipped_files("decks", "**/*.ledger.json")] + [_small_ledger()] * 3
    real = chance.choice(found)
    lines = real.splitlines(keepends=True)
    start = chance.randrange(3, max(4, len(lines) - 20))
    small = real if real is _small_ledger() else b"".join((*lines[:3], *lines[start : start + 20], *lines[-4:]))
    files = {"deck.yaml": SMALL, "deck.ledger.json": mutated(small, chance, found)}
    return Case(files=files, hostile="deck.ledger.json", to=(chance.choice(("anki", "anki-text", "json")),))


@cache
def _small_ledger() -> bytes:
    with _placed({"deck.yaml": SMALL}):
        return _build(Path("deck.yaml"), ("anki-text",)).ledger[1]  # type: ignore[index]  # there is one


def _package(chance: Random) -> Case:
    """A mutated Anki package, as `diff` and a lost ledger read one; most of them with the zip intact."""
    real = _small_package()
    if chance.random() < 0.2:
        return Case(files={"x.apkg": mutated(real, chance, [real])}, hostile="x.apkg")
    with zipfile.ZipFile(io.BytesIO(real)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    hit = "media" if chance.random() < 0.1 else "collection.anki2"
    members[hit] = mutated(members[hit], chance, [*members.values()])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return Case(files={"x.apkg": buffer.getvalue()}, hostile="x.apkg")


@cache
def _small_package() -> bytes:
    with _placed({"deck.yaml": SMALL}):
        (package,) = _build(Path("deck.yaml"), ("anki",)).files.values()
        return package


def _class(chance: Random) -> Case:
    lists = (
        b'name,born\nAnn Lee,2013\n"Ek, Bo",2012\n',
        b"first name;last name\nAnn;Lee\nBo;Ek\n",
        "Łukasz Żak\n张三\nפלוני\n".encode() * 3,
        b"Last Name\tFirst Name\tx\nLee\tAnn\t1\n" + b"Ek\tBo\t\n" * 30,
    )
    name = chance.choice(("7b.csv", "7b.tsv", "7b.txt"))
    files = {"deck.yaml": SMALL, name: mutated(chance.choice(lists), chance, lists)}
    return Case(files=files, hostile=name, to=("pdf",) if chance.random() < 0.1 else (), pupils=True)


SORTS: Mapping[str, Callable[[Random], Case]] = {
    "deck": _deck,
    "made": _made,
    "table": _table,
    "kind": _kind,
    "look": _look,
    "pdf-look": partial(_template, pattern="pdf/*.yaml", to=("pdf",)),
    "recipe": partial(_template, pattern="quizzes/*.yaml", to=("pdf",)),
    "language": partial(_template, pattern="languages/*.yaml", always="json"),
    "ledger": _ledger,
    "package": _package,
    "class": _class,
}


def case(sort: str, seed: int, number: int) -> Case:
    """The case of that sort, seed and number, always the same."""
    if sort == "every":  # one after the other
        sorts = list(SORTS)
        return case(sorts[number % len(sorts)], seed, number // len(sorts))
    if sort == "bomb":
        files, hostile = list(BOMBS.values())[number]()
        drawn = ("anki",) if "/anki/" in hostile else ("page",)
        to = drawn if hostile.endswith(".html") else ("anki-text", "json", "page", "pdf")
        return Case(files=files, hostile=hostile, to=to, pupils=hostile.startswith("7b"))
    if sort == "found":
        return kept(FOUND[number])
    return SORTS[sort](Random(f"{sort}/{seed}/{number}"))  # noqa: S311 - no secret


def kept(folder: Path) -> Case:
    """A case that was found once: its files, and in `case.json` which is hostile, what is to be made, and how."""
    about = json.loads((folder / "case.json").read_bytes())
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "case.json")
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Case(
        files=files,
        hostile=about["hostile"],
        to=tuple(about["to"]),
        recipe=about.get("recipe", "test"),
        printing=Printing(**about.get("printing", {})),
    )


# ---- running one ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _placed(files: Files) -> Iterator[None]:
    """The files in a folder of their own, which is the working folder: places are relative to it."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="quizgen-fuzz-", dir=_IN_MEMORY) as top:
        folder = Path(top) / "case"  # which is the deck's name, wherever that is
        folder.mkdir()
        os.chdir(folder)
        try:
            for name, data in files.items():
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_bytes(data)
            yield
        finally:
            os.chdir(before)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a case."""

    problems: tuple[Problem, ...]
    files: Mapping[str, bytes]
    ledger: tuple[Path, bytes] | None = None
    valid: bool = False  # whether a deck was read and asked


def _build(deck: Path, to: tuple[str, ...], made: Case | None = None) -> Made:
    templates = Templates.found(Path("templates"), project=Path("no-project"))
    made = made or Case(files={}, hostile="")
    asked, problems = read(deck, templates)
    if asked is None:
        assert has_errors(problems), "no deck, and nothing wrong with it"
        return Made(problems, {})
    problems += lint(asked.deck, asked.bank, asked.language)
    sheets_of = composer(made.recipe, seed=1)
    built = build_deck(asked, templates, to=to, sheets_of=sheets_of, printing=made.printing, now=_NOW)
    assert built.files or built.problems, "no files, and nothing wrong"  # a recipe may find nothing, and says so
    return Made(problems + built.problems, built.files, built.ledger, valid=True)


def _hand_out(list_: Path, made: Case) -> Made:
    templates = Templates.found(project=Path("no-project"))
    english, problems = read_language(templates, "en")
    pupils, found = read_class(list_, english)
    asked, more = read(Path("deck.yaml"), templates) if made.to and pupils else (None, ())
    problems += found + more
    if asked is None:
        return Made(problems, {}, valid=bool(pupils))
    sheets_of = composer("warm-up", seed=1, pupils=pupils, header=Header())
    built = build_quiz(asked, templates, to=made.to, sheets_of=sheets_of, printing=made.printing, name="q")
    return Made(problems + built.problems, built.files, valid=True)


def outcome(made: Case) -> Made:
    """What quizgen makes of a case, whose files are placed."""
    if made.hostile.endswith(".apkg"):
        package = read_package(Path(made.hostile))
        return Made((package,), {}) if isinstance(package, Problem) else Made((), {}, valid=True)
    if made.pupils:
        return _hand_out(Path(made.hostile), made)
    return _build(Path("deck.yaml"), made.to, made)


def misplaced(problems: Iterable[Problem], made: Case) -> list[str]:
    """Problems whose place is not in a file of the case (or of ours), or at no line and column that it has."""
    lines: dict[str, list[str]] = {}
    out = []
    for problem in problems:
        file = problem.place.file
        if file in made.files and file not in lines:
            lines[file] = re.split("\r\n|\n|\r", made.files[file].decode("utf-8-sig", errors="replace"))
        if not _stands(problem, lines.get(file)):
            out.append(f"{problem.place}: {problem.says}")
    return out


_AS_A_WHOLE = {".html", ".css", ".json", ".apkg"}  # files of which something may be wrong on no line of theirs


def _stands(problem: Problem, lines: list[str] | None) -> bool:
    place = problem.place
    if lines is None:
        path = Path(place.file)
        return not place.line or (path.is_file() and path.resolve().is_relative_to(ROOT))
    if not place.line:
        whole = problem.level is Level.WARNING or Path(place.file).suffix in _AS_A_WHOLE
        return place.column == 0 and (whole or "is larger than" in problem.says)  # it was not opened
    return place.line <= len(lines) and 0 <= place.column <= len(lines[place.line - 1]) + 1


class _TooLong(BaseException):
    """A case takes more than twice the time that it may."""


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal's signature
    raise _TooLong


def judged(made: Case) -> dict[str, Any]:
    """What came of a case, in figures, with what is wrong with us."""
    faults: list[str] = []
    result = Made((), {})
    seconds = peak = 0.0
    _forget_the_peak()
    start = time.process_time()
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS)
    with _placed(made.files):
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                result = outcome(made)
                told = report(result.problems)
            signal.setitimer(signal.ITIMER_PROF, 0)
            seconds = time.process_time() - start
            peak = _peak()
            faults += misplaced(result.problems, made)
            faults += [f"a message holds {found[0]!r}" for found in re.finditer(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", told)]
        except _TooLong:
            faults.append("too long: " + traceback.format_exc(limit=-6))
        except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
            faults.append(traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    if seconds > SECONDS and not faults:
        faults.append(f"{seconds:.1f} s")
    if peak > MEGABYTES:
        faults.append(f"{peak:.0f} MB")
    mark = hashlib.sha256()
    for problem in result.problems:
        mark.update(repr(problem).encode("utf-8", "surrogatepass"))
    for name, data in sorted(result.files.items()):  # as it is: to write out 20 MB would take more than a case may have
        mark.update(f"{name}\0{len(data)}\0".encode())
        mark.update(data)
    return {
        "seconds": round(seconds, 3),
        "megabytes": round(peak),
        "problems": len(result.problems),
        "valid": result.valid,
        "built": sorted(made.to) if result.files else [],
        "mark": mark.hexdigest()[:16],
        "faults": faults,
    }


def _forget_the_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Megabytes of memory at most since that was forgotten."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def _size() -> int:
    found = re.search(r"VmSize:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) << 10


def _remembered() -> None:
    """Recipes that are read again, byte for byte, are not: a good part of the time of a case.

    What is kept hangs on all that goes in, so a damaged file is never taken for the shipped one.
    """
    setattr(recipes, "parse_yaml", lru_cache(maxsize=64)(parse_yaml))  # noqa: B010 - the same


def _warmed_up() -> None:
    """Everything is loaded, and from now on no more memory is had than a case may have."""
    _remembered()
    with _placed({"deck.yaml": SMALL}):
        _build(Path("deck.yaml"), _FORMATS)
    _small_ledger()
    _small_package()
    limit = _size() + (MEGABYTES << 20)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


# ---- running many ---------------------------------------------------------------------------------------------------


@dataclass
class Figures:
    """What came of many cases."""

    cases: int = 0
    valid: int = 0
    seconds: float = 0.0  # the slowest
    megabytes: int = 0  # the largest
    slowest: str = ""
    built: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)  # problems, by case
    total: float = 0.0

    def add(self, name: str, found: Mapping[str, Any]) -> None:
        """Count one case."""
        self.cases += 1
        self.valid += found["valid"]
        self.total += found["seconds"]
        if found["seconds"] > self.seconds:
            self.seconds, self.slowest = found["seconds"], name
        self.megabytes = max(self.megabytes, found["megabytes"])
        self.built.update(found["built"])
        self.faults += [f"{name}: {fault}" for fault in found["faults"]]
        self.marks[name] = found["mark"]
        self.told[name] = found["problems"]

    def __str__(self) -> str:
        built = ", ".join(f"{format_} {number:,}" for format_, number in sorted(self.built.items()))
        share = 100 * self.valid / max(1, self.cases)
        mean = 1000 * self.total / max(1, self.cases)
        return (
            f"{self.cases:,} cases, {share:.0f} % valid, {len(self.faults)} faults; slowest {self.seconds:.2f} s "
            f"({self.slowest}), mean {mean:.0f} ms; at most {self.megabytes} MB; built: {built}"
        )


def run(jobs: Sequence[tuple[str, int, int, int]], *, at_once: int = 1, hash_seed: str = "0") -> Figures:
    """The figures of batches (sort, seed, first, count), each in a process of its own, which no input may kill."""
    figures = Figures()
    with ThreadPoolExecutor(at_once) as pool:
        for lines in pool.map(partial(_batch, hash_seed=hash_seed), jobs):
            for name, found in lines:
                figures.add(name, found)
    return figures


def _batch(job: tuple[str, int, int, int], *, hash_seed: str) -> list[tuple[str, dict[str, Any]]]:
    sort, seed, first, count = job
    command = [sys.executable, "-m", "tests.fuzzing", *map(str, job)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    limit = 60 + 2 * SECONDS * count
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=limit, check=False
        )
        printed, code, said = done.stdout, done.returncode, done.stderr
    except subprocess.TimeoutExpired as late:
        printed, code, said = (late.stdout or b"").decode(), -signal.SIGALRM, "no end"
    lines = [json.loads(line) for line in printed.splitlines() if line.endswith("}")]
    out = [(f"{sort} {seed} {first + number}", found) for number, found in enumerate(lines)]
    if code != 0:
        dead = {
            "seconds": 0,
            "megabytes": 0,
            "problems": 0,
            "valid": False,
            "built": [],
            "mark": "",
            "faults": [f"exit {code}: {said[-2000:]}"],
        }
        out.append((f"{sort} {seed} {first + len(lines)}", dead))
        if len(lines) + 1 < count and lines:  # the rest of them
            out += _batch((sort, seed, first + len(lines) + 1, count - len(lines) - 1), hash_seed=hash_seed)
    return out


def batches(sort: str, seed: int, count: int, size: int) -> list[tuple[str, int, int, int]]:
    """So many cases, so many to a process."""
    starts = [*range(0, count, size), count]
    return [(sort, seed, first, after - first) for first, after in pairwise(starts)]


def main(sort: str, seed: str, first: str, count: str) -> None:
    """Run cases and print what came of each."""
    _warmed_up()
    for number in range(int(first), int(first) + int(count)):
        print(json.dumps(judged(case(sort, int(seed), number))), flush=True)  # noqa: T201 - for the process that started us


if __name__ == "__main__":
    if len(sys.argv) == 6 and sys.argv[5] == "--keep":
        shown = case(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
        target = Path(sys.argv[4])
        for name, data in shown.files.items():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(data)
        print(shown.hostile, shown.to, shown.recipe, shown.printing)  # noqa: T201
    else:
        main(*sys.argv[1:])
