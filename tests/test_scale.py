"""Scale: ten times as much takes about ten times as long, and a deck takes no longer for those beside it.

In each run with little, by steps and by the time of the processor; with QUIZGEN_LONG=1 (`make test-long`) with 100,000
facts, 10,000 decks in a folder and 5,000 questions on a sheet, as whole programs, with the figures printed.
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Self

import pytest
from click.testing import CliRunner

from quizgen.build import Asked, Built, Printing, build_deck, build_quiz, composer, read
from quizgen.cli import group
from quizgen.cli.quiz import MOST
from quizgen.collector import let_go_of_circles
from quizgen.compose import Entry, Sheet
from quizgen.compose.formid import Blueprint, form_id, parse_form
from quizgen.facts import Deck
from quizgen.files import RECORD, owners
from quizgen.lint import lint
from quizgen.templates import Templates
from quizgen.write.pdf import write
from tests.benchmarks.made_up import charters, small
from tests.benchmarks.measuring import QUIZGEN, Spent, alone
from tests.pdf_jobs import job, pages_of, sheet_of
from tests.samples import CHOICE, RECALL

LONG = bool(os.environ.get("QUIZGEN_LONG"))
TIME, MEMORY = 13, 11  # times as much that ten times as much may take
TEMPLATES = Templates.found(project=Path("no-such-folder"))
NUMBER = {
    "quiz": re.compile(r"^(\d+)\.(?= |$)", re.MULTILINE),
    "key": re.compile(r"^(\d+)(?= |$)", re.MULTILINE),
}


# ---- very many decks -------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project of its own, with nothing remembered."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "decks").mkdir()
    return tmp_path


def build(decks: range, *options: str) -> None:
    """Build these made-up decks, in this process."""
    paths = [Path(f"decks/deck-{number}.yaml") for number in decks]
    for path, number in zip(paths, decks, strict=True):
        path.write_bytes(small(number))
    done = CliRunner().invoke(group, ["build", *map(str, paths), *options], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def beside(owners: int, out: Path) -> None:
    """An output folder that lists the packages and banks of so many other decks."""
    names = [(f"other-{number}", ending) for number in range(owners) for ending in ("apkg", "json")]
    files = {f"{owner}.{ending}": {"deck": owner, "sha256": "0" * 64} for owner, ending in names}
    out.mkdir()
    (out / RECORD).write_text(json.dumps({"format": "quizgen-build/1", "files": files}), encoding="utf-8")


class Steps:
    """How many functions have been called `with` it, of Python and of C: what a busy machine changes nothing of."""

    def __init__(self) -> None:
        self.taken = 0

    def __enter__(self) -> Self:
        sys.setprofile(self._count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _count(self, _: object, event: str, __: object) -> None:
        self.taken += event in {"call", "c_call"}


def steps_by_deck(make: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many steps each deck of a build takes."""
    steps = Steps()
    told = [0]
    monkeypatch.setattr("quizgen.cli.build.let_go_of_circles", lambda: told.append(steps.taken))
    with steps:
        make()
    return [after - before for before, after in pairwise(told)]


def test_a_deck_takes_as_many_steps_beside_ten_thousand_decks_as_beside_one_thousand(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(range(3), "--to", "anki,json", "--out", "warm")
    found: dict[int, list[int]] = {}
    for owners_there in (1_000, 10_000):
        out = project / f"among-{owners_there}"
        beside(owners_there, out)
        to = ("--to", "anki,json", "--out", str(out))
        new = steps_by_deck(lambda to=to: build(range(3, 6), *to), monkeypatch)  # type: ignore[misc]
        again = steps_by_deck(lambda to=to: build(range(3, 6), *to, "--anew"), monkeypatch)  # type: ignore[misc]
        found[owners_there] = [*new[1:], *again[1:]]  # the first of a build reads the list
        assert len(list(out.glob("deck-*"))) == 6
        for ledger in project.glob("decks/*.json"):
            ledger.unlink()
    few, many = found.values()
    assert len(few) == len(many) == 4
    assert min(few) > 2_000
    assert [round(ten / one, 1) for one, ten in zip(few, many, strict=True)] == [1.0] * 4


def test_nothing_of_a_deck_is_held_once_it_is_built(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def look() -> None:
        gc.collect()
        held.append(sum(isinstance(one, Deck | Built | Asked | Sheet) for one in gc.get_objects()))

    gc.collect()
    before = sum(isinstance(one, Deck | Built | Asked | Sheet) for one in gc.get_objects())
    monkeypatch.setattr("quizgen.cli.build.let_go_of_circles", look)
    build(range(3))
    assert len(list((project / "output").glob("*.apkg"))) == 3
    assert held == [before] * 3


@pytest.mark.parametrize("circles, stay", [(40, True), (120_000, False)])
def test_what_goes_in_circles_is_let_go_of_once_there_is_much_of_it(circles: int, stay: bool) -> None:  # noqa: FBT001
    class Ring:
        def __init__(self) -> None:
            self.itself = self

    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        ring = weakref.ref(Ring())
        for _ in range(circles):
            Ring()
        let_go_of_circles()
        assert (ring() is not None) is stay
    finally:
        if enabled:
            gc.enable()
        gc.collect()


# ---- very many facts -------------------------------------------------------------------------------------------------


def written(asked: Asked, to: str) -> None:
    """Write a deck in a format, or make a quiz of it: of as many questions, for a PDF."""
    if to == "pdf":
        made = build_quiz(
            asked,
            TEMPLATES,
            to=("pdf",),
            sheets_of=composer("test", seed=1, count=len(asked.deck.facts) // 10),
            printing=Printing(),
            name="quiz",
        )
    else:
        made = build_deck(
            asked, TEMPLATES, to=(to,), sheets_of=lambda *_: ((), ()), printing=Printing(), now=1_800_000_000
        )
    assert made.files, made.problems


def steps_of_each(facts: int, folder: Path) -> dict[str, int]:
    """How many steps it takes to do each thing with a whole deck."""
    deck = folder / f"d{facts}.yaml"
    deck.write_bytes(charters(facts, days=True))
    taken = {}
    with Steps() as steps:
        asked, _ = read(deck, TEMPLATES)
    assert asked is not None
    taken["read"] = steps.taken
    whole = asked
    ways: dict[str, Callable[[], object]] = {
        "check": lambda: lint(whole.deck, whole.bank, whole.language),
        **{to: partial(written, whole, to) for to in ("json", "page", "anki", "anki-text", "pdf")},
    }
    for name, way in ways.items():
        with Steps() as steps:
            way()
        taken[name] = steps.taken
    return taken


def test_ten_times_the_facts_and_ten_times_the_questions_take_about_ten_times_as_many_steps(tmp_path: Path) -> None:
    (tmp_path / "warm.yaml").write_bytes(charters(30, days=True))
    warm, _ = read(tmp_path / "warm.yaml", TEMPLATES)
    assert warm is not None
    for to in ("json", "page", "anki", "anki-text", "pdf"):  # what is loaded and compiled once
        written(warm, to)
    few, many = (steps_of_each(facts, tmp_path) for facts in (50, 500))
    ratios = {name: round(many[name] / few[name], 1) for name in few}
    assert list(ratios) == ["read", "check", "json", "page", "anki", "anki-text", "pdf"]
    assert min(ratios.values()) > 2  # else nothing was counted
    assert {name: ratio for name, ratio in ratios.items() if ratio > TIME} == {}, ratios


# ---- very many questions on a sheet ----------------------------------------------------------------------------------


def test_a_form_id_holds_any_number_of_questions_that_can_be_asked_for() -> None:
    for count in (1, 999, 1_000, 5_000, MOST):
        form = form_id("history", Blueprint.of("test", count=count), seed=4711, version="A", shown=["words"])
        found = parse_form(form)
        assert found is not None
        assert (found.count, str(found)) == (count, form)
    one_more = form_id("history", Blueprint.of("test", count=MOST + 1), seed=4711, version="A", shown=["words"])
    assert parse_form(one_more) is None


def test_form_ids_are_what_they_were_when_a_thousand_questions_were_the_most() -> None:
    ids = [
        form_id("history", Blueprint.of("test", count=count, forms=["choice"]), seed=4711, version="B", shown=["words"])
        for count in (999, 1_000)
    ]
    assert ids == ["CGXN-VCN-999C-4711-B", "HXNP-VCN-1000C-4711-B"]


@pytest.mark.parametrize("look", ["plain", "playful"])
def test_numbers_of_four_digits_stand_on_one_line(look: str) -> None:
    numbers = range(997, 1_005)
    entries = tuple(Entry(number=number, question=(RECALL, CHOICE)[number % 2], marks=1) for number in numbers)
    sheet = sheet_of([])
    sheet = replace(sheet, sections=(replace(sheet.sections[0], entries=entries),))
    files = write(job(sheet, look=look, answer_sheet=True)).files
    texts = {name: "\n".join(pages_of(data)) for name, data in files.items() if name.endswith(".pdf")}
    assert sorted(texts) == ["sample-answers.pdf", "sample-key.pdf", "sample-quiz.pdf"]
    for name, text in texts.items():
        bubbled = name == "sample-answers.pdf"
        wanted = [number for number in numbers if number % 2 or not bubbled]
        assert [number for number in wanted if not re.search(rf"\b{number}\b", text)] == [], name


# ---- as whole programs -----------------------------------------------------------------------------------------------


def compared(what: str, few: Spent, many: Spent) -> list[str]:
    """Say what ten times as much takes; what of it is too much."""
    time_, memory = many.cpu / few.cpu, many.memory / few.memory
    figures = f"{few}; ten times as much {many}: {time_:.1f} times the time, {memory:.1f} times the memory"
    print(f"  {what}: {figures}", flush=True)  # noqa: T201 - figures of a long run
    return [what] if time_ > TIME or memory > MEMORY else []


@pytest.mark.skipif(not LONG, reason="takes half an hour: make test-long")
def test_a_hundred_thousand_facts_go_through_every_output(tmp_path: Path) -> None:
    too_much = []
    commands = {
        "build --to json": ["build", "--to", "json"],
        "build --to page": ["build", "--to", "page"],
        "build --to anki-text": ["build", "--to", "anki-text"],
        "build --to anki": ["build", "--to", "anki"],
        "quiz --count 20": ["quiz", "--count", "20", "--seed", "4711"],
        "check": ["check"],
        "show": ["show"],
    }
    decks = [tmp_path / f"d{facts}.yaml" for facts in (10_000, 100_000)]
    for deck, facts in zip(decks, (10_000, 100_000), strict=True):
        deck.write_bytes(charters(facts))
    for name, (command, *options) in commands.items():
        out = [] if command in ("check", "show") else ["--out", str(tmp_path / "out")]
        few, many = (alone([QUIZGEN, command, str(deck), *options, *out]) for deck in decks)
        too_much += compared(name, few, many)
    assert too_much == []


@pytest.mark.skipif(not LONG, reason="takes half an hour: make test-long")
def test_ten_thousand_decks_in_one_folder_are_built(project: Path) -> None:
    spent: dict[str, list[Spent]] = {"the first build": [], "with nothing changed": [], "with one changed": []}
    for decks in (1_000, 10_000):
        folder = project / f"of-{decks}"
        (folder / "decks").mkdir(parents=True)
        for number in range(decks):
            (folder / f"decks/deck-{number}.yaml").write_bytes(small(number))
        os.chdir(folder)
        for how, found in spent.items():
            if how == "with one changed":
                (folder / "decks/deck-500.yaml").write_bytes(small(500).replace(b"Mill", b"Smithy"))
            found.append(alone([QUIZGEN, "build", "--to", "anki,json"]))
        names = {path.name for path in (folder / "output").glob("deck-*")}
        assert names == {f"deck-{number}.{ending}" for number in range(decks) for ending in ("apkg", "json")}
        assert owners(folder / "output") == {f"deck-{number}" for number in range(decks)}
        bank = json.loads((folder / "output/deck-500.json").read_bytes())
        assert any("Smithy" in question["prompt"] for question in bank["questions"])
    too_much = [what for how, (few, many) in spent.items() for what in compared(how, few, many)]
    assert too_much == []
    first, tenfold = spent["the first build"]
    assert tenfold.memory < 3 * first.memory  # the list of files, and words that are remembered


@pytest.mark.skipif(not LONG, reason="takes half an hour: make test-long")
def test_a_quiz_of_five_thousand_questions_is_printed(tmp_path: Path, program: Callable[[str], str]) -> None:
    deck = tmp_path / "made-up.yaml"
    deck.write_bytes(charters(100_000, days=True))
    found = []
    for count in (500, 5_000):
        out = tmp_path / f"{count}"
        quiz = [QUIZGEN, "quiz", str(deck), "--count", f"{count}", "--seed", "4711", "--out", str(out)]
        found.append(alone(quiz))
        for part in ("quiz", "key"):
            file = out / f"made-up-test-4711-{part}.pdf"
            ran = subprocess.run([program("pdftotext"), "-raw", file, "-"], capture_output=True, check=True)
            numbers = [int(number) for number in NUMBER[part].findall(ran.stdout.decode().replace("\f", "\n"))]
            assert numbers[-count:] == [*range(1, count + 1)], part
    assert compared("quiz", *found) == []
