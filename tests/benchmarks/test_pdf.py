"""A quiz in many versions, measured beside a plain Platypus script: whole processes in turns, ratios of medians.

`QUIZGEN_LONG=1` takes 1,000 versions in place of 100 (minutes), and tells how time and memory grow. quizgen tags its
files, which Platypus cannot.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from quizgen.build import composer, read
from quizgen.compose import Sheet
from quizgen.questions import Choice
from quizgen.templates import Templates
from quizgen.write.pdf.kit import letter

LONG = os.environ.get("QUIZGEN_LONG") == "1"
VERSIONS, ROUNDS = (1000, 1) if LONG else (100, 3)
QUIZGEN = str(Path(sys.executable).with_name("quizgen"))
PLATYPUS = Path(__file__).with_name("plain_platypus.py")
FONTS = Path(__file__).parents[2] / "templates/pdf/fonts"
AS_ASKED = ("--forms", "choice", "--count", "20", "--seed", "1", "--key-detail", "full")  # not the grid alone


def made_up(folder: Path) -> Path:
    """A deck of 200 facts."""
    dice = random.Random(3)  # noqa: S311 - not for secrets
    rows = ["deck: Charters\nsources: {book: {title: The book of charters}}\nfacts:\n"]
    for number in range(200):
        what = f"The council of region {number % 97} adopts charter number {number + 300}"
        rows.append(
            f"  charter-{number}:\n    event: {what}, which the neighbouring towns confirm in the same year\n"
            f"    when: {1000 + dice.randrange(900)}\n    where: Town {dice.randrange(300)}\n"
            f"    from: book {dice.randrange(700)}\n"
        )
    file = folder / "made.yaml"
    file.write_text("".join(rows), encoding="utf-8")
    return file


def told(sheet: Sheet) -> dict[str, object]:
    """A sheet as the plain script reads it: all texts are ready."""
    sections = []
    for section in sheet.sections:
        entries = []
        for entry in section.entries:
            question = entry.question
            assert isinstance(question, Choice)
            why = " ".join(f"{letter(i)}: {option.why}" for i, option in enumerate(question.options) if option.why)
            entries.append(
                {
                    "number": entry.number,
                    "prompt": question.prompt,
                    "marks": entry.marks,
                    "options": [option.text for option in question.options],
                    "key": " ".join(map(letter, question.key)),
                    "answer": "; ".join(question.options[i].text for i in question.key),
                    "more": f"{why} · Source: {question.about.source}",
                }
            )
        sections.append({"heading": section.heading, "instruction": section.instruction, "entries": entries})
    names = ("title", "version", "form", "seed", "marks", "intro", "deck_version")
    return {name: getattr(sheet, name) for name in names} | {"sections": sections}


def sheets_in(folder: Path, versions: int) -> Path:
    """The sheets of that many versions, for the plain script."""
    templates = Templates.found(project=folder)
    asked, problems = read(folder / "made.yaml", templates)
    assert asked is not None, problems
    sheets, _ = composer("test", seed=1, versions=versions, count=20, forms=("choice",))(asked, templates)
    file = folder / f"sheets-{versions}.json"
    file.write_text(json.dumps([told(sheet) for sheet in sheets]), encoding="utf-8")
    return file


MEASURE = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1000, time.perf_counter() - start]))
"""


def spent(command: list[str]) -> tuple[float, float, float]:
    """Seconds of the processor, megabytes at the peak, and seconds by the clock.

    Started from a small process: Linux counts the memory of whoever starts a program as that program's.
    """
    done = subprocess.run([sys.executable, "-S", "-c", MEASURE, *command], check=True, capture_output=True, text=True)
    cpu, memory, clock = json.loads(done.stdout)
    return cpu, memory, clock


def ours(folder: Path, versions: int) -> list[str]:
    out = str(folder / f"ours-{versions}")
    return [QUIZGEN, "quiz", str(folder / "made.yaml"), *AS_ASKED, "--versions", str(versions), "--out", out]


def theirs(folder: Path, versions: int) -> list[str]:
    out = folder / f"theirs-{versions}"
    out.mkdir(exist_ok=True)
    return [sys.executable, str(PLATYPUS), str(sheets_in(folder, versions)), str(FONTS), str(out)]


def words(file: Path) -> Counter[str]:
    """All words of a PDF but what footers say of pages, and the grid, which the plain script has not."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    text = "\n".join(page for page in pages if "versions at a glance" not in page)
    return Counter(re.sub(r"Page \d+( of \d+)?", "", text).split())


def test_many_versions_are_made_faster_than_platypus_makes_them(tmp_path: Path) -> None:
    made_up(tmp_path)
    few = spent(theirs(tmp_path, 3)), spent(ours(tmp_path, 3))
    assert min(cpu for cpu, _, _ in few) > 0
    [quiz], [key] = (list((tmp_path / "ours-3").glob(f"*-{part}.pdf")) for part in ("quiz", "key"))
    for own, other in ((quiz, "quiz"), (key, "key")):
        missing = words(own) - words(tmp_path / f"theirs-3/{other}.pdf")
        more = words(tmp_path / f"theirs-3/{other}.pdf") - words(own)
        assert missing.total() + more.total() <= 0.01 * words(own).total(), (missing, more)

    commands = {"quizgen": ours(tmp_path, VERSIONS), "Platypus": theirs(tmp_path, VERSIONS)}
    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            rounds[name].append(spent(command))
    found = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in rounds.items()}
    folders = {"quizgen": tmp_path / f"ours-{VERSIONS}", "Platypus": tmp_path / f"theirs-{VERSIONS}"}
    print(f"\n{VERSIONS:,} versions of 20 questions, with keys:")
    for name, (cpu, memory, clock) in found.items():
        files = list(folders[name].glob("*.pdf"))
        pages = sum(len(pypdfium2.PdfDocument(file)) for file in files)
        size = sum(file.stat().st_size for file in files) / 1e6
        print(
            f"  {name:8} {pages:6,} pages, {pages / cpu:6.0f} a second of the processor, {clock:6.1f} s by the clock,"
            f" {memory:5.0f} MB of memory, {size:5.1f} MB of files"
        )
    faster = found["Platypus"][0] / found["quizgen"][0]
    memory = found["quizgen"][1] / found["Platypus"][1]
    print(f"  {faster:.1f} times as fast as Platypus, in {memory:.2f} of its memory")
    assert faster > (10 if LONG else 2.5)  # the start and the asking weigh as much as 100 versions
    if LONG:
        assert memory < 0.45


@pytest.mark.skipif(not LONG, reason="QUIZGEN_LONG=1 measures growth")
def test_time_grows_with_the_versions_and_memory_with_the_file(tmp_path: Path) -> None:
    made_up(tmp_path)
    one, ten = spent(ours(tmp_path, 100)), spent(ours(tmp_path, 1000))
    file = sum(path.stat().st_size for path in (tmp_path / "ours-1000").glob("*.pdf")) / 1e6
    print(
        f"\n10 times the versions: {ten[0] / one[0]:.1f} times the time; {ten[1] - one[1]:.0f} MB more memory,"
        f" for files of {file:.0f} MB"
    )
    assert ten[0] / one[0] < 13
    assert ten[1] - one[1] < 2.5 * file
