"""A quiz in many versions, measured beside a plain Platypus script and a plain typst file: whole processes in turns.

`QUIZGEN_LONG=1` takes 1,000 versions in place of 100 (minutes), and tells how time and memory grow. quizgen and typst
tag their files, which Platypus cannot.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pypdfium2
import pytest

from quizgen.build import composer, read
from quizgen.compose import Sheet
from quizgen.questions import Choice
from quizgen.templates import Templates
from quizgen.write.pdf.kit import letter
from tests.benchmarks.measuring import LONG, QUIZGEN, alone, as_processes
from tests.benchmarks.table import record

VERSIONS, ROUNDS = (1000, 1) if LONG else (100, 3)
PLATYPUS = Path(__file__).with_name("plain_platypus.py")
TYPST = Path(__file__).with_name("plain_typst.py")
LATEX = Path(__file__).with_name("plain_latex.py")
FONTS = Path(__file__).parents[2] / "templates/pdf/fonts"
AS_ASKED = ("--forms", "choice", "--count", "20", "--seed", "1", "--key-detail", "full")


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
    names = ("title", "version", "form", "seed", "deck_version", "marks", "intro")
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


def ours(folder: Path, versions: int, *more: str) -> list[str]:
    out = str(folder / f"ours{''.join(more)}-{versions}")
    return [QUIZGEN, "quiz", str(folder / "made.yaml"), *AS_ASKED, "--versions", str(versions), "--out", out, *more]


def by(script: Path, folder: Path, versions: int) -> list[str]:
    """The same sheets by the script of a peer, with our fonts where it takes them."""
    out = folder / f"{script.stem}-{versions}"
    out.mkdir(exist_ok=True)
    return [sys.executable, str(script), str(sheets_in(folder, versions)), str(FONTS), str(out)]


def words(file: Path) -> Counter[str]:
    """All words of a PDF but what footers say of pages, and the grid, which the plain script has not."""
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    text = "\n".join(page for page in pages if "versions at a glance" not in page)
    return Counter(re.sub(r"Page \d+( of \d+)?", "", text).split())


def same_words(own: Path, other: Path) -> None:
    """Both say the same; ours has besides, before the keys, all versions at a glance."""
    missing, more = words(other) - words(own), words(own) - words(other)
    assert missing.total() <= 0.01 * words(own).total(), missing
    assert more.total() <= 0.04 * words(own).total(), more


def test_many_versions_are_made_faster_than_platypus_makes_them(tmp_path: Path) -> None:
    made_up(tmp_path)
    alone(by(PLATYPUS, tmp_path, 3)), alone(ours(tmp_path, 3))
    [quiz], [key] = (list((tmp_path / "ours-3").glob(f"*-{part}.pdf")) for part in ("quiz", "key"))
    for own, other in ((quiz, "quiz"), (key, "key")):
        same_words(own, tmp_path / f"{PLATYPUS.stem}-3/{other}.pdf")

    ways = {
        "quizgen": ours(tmp_path, VERSIONS),
        "quizgen without tags": ours(tmp_path, VERSIONS, "--no-tags"),
        "Platypus": by(PLATYPUS, tmp_path, VERSIONS),
    }
    found = as_processes(ways, rounds=ROUNDS)
    told_of(tmp_path, "ours", "ours--no-tags", PLATYPUS.stem)
    quick, bare, plain = found["quizgen"], found["quizgen without tags"], found["Platypus"]
    if LONG:
        record("pdf", plain.cpu / quick.cpu, quick.memory / plain.memory)
        record("pdf-untagged", plain.cpu / bare.cpu, bare.memory / plain.memory)
    else:  # the start and the asking weigh as much as 100 versions
        assert plain.cpu / quick.cpu > 2.5


NO_TYPST = pytest.mark.skipif(find_spec("typst") is None, reason="typst is not installed: pip install typst")
NO_LATEX = pytest.mark.skipif(which("pdflatex") is None, reason="no pdflatex: apt install texlive-latex-base lmodern")


@pytest.mark.parametrize(
    "script, row",
    [pytest.param(TYPST, "pdf-typst", marks=NO_TYPST), pytest.param(LATEX, "pdf-latex", marks=NO_LATEX)],
    ids=["typst", "latex"],
)
def test_many_versions_take_less_than_a_typesetter_takes(tmp_path: Path, script: Path, row: str) -> None:
    made_up(tmp_path)
    alone(by(script, tmp_path, 3)), alone(ours(tmp_path, 3))
    [quiz], [key] = (list((tmp_path / "ours-3").glob(f"*-{part}.pdf")) for part in ("quiz", "key"))
    for own, other in ((quiz, "quiz"), (key, "key")):
        same_words(own, tmp_path / f"{script.stem}-3/{other}.pdf")
    ways = {"quizgen": ours(tmp_path, VERSIONS), script.stem: by(script, tmp_path, VERSIONS)}
    found = as_processes(ways, rounds=ROUNDS)
    told_of(tmp_path, "ours", script.stem)
    faster = found[script.stem].cpu / found["quizgen"].cpu
    if LONG:
        record(row, faster)
    else:
        print(f"  {faster:.1f} times as fast as {script.stem}")


def told_of(folder: Path, *ways: str) -> None:
    for way in ways:
        files = list((folder / f"{way}-{VERSIONS}").glob("*.pdf"))
        pages = sum(len(pypdfium2.PdfDocument(file)) for file in files)
        print(f"  {way}: {pages:,} pages, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB of files")


@pytest.mark.skipif(not LONG, reason="QUIZGEN_LONG=1 measures growth")
def test_time_grows_with_the_versions_and_memory_with_the_file(tmp_path: Path) -> None:
    made_up(tmp_path)
    one, ten = alone(ours(tmp_path, 100)), alone(ours(tmp_path, 1000))
    file = sum(path.stat().st_size for path in (tmp_path / "ours-1000").glob("*.pdf")) / 1e6
    print(
        f"\n  10 times the versions: {ten.cpu / one.cpu:.1f} times the time;"
        f" {ten.memory - one.memory:.0f} MB more memory, for files of {file:.0f} MB"
    )
    assert ten.cpu / one.cpu < 13
    assert ten.memory - one.memory < 2.5 * file
