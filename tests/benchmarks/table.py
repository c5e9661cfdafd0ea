"""The table of speeds: what is measured against what, what must be, what was found.

`make bench` measures, and then prints it (`python -m tests.benchmarks.table`). With QUIZGEN_LONG=1 every row is
measured, and the table takes its place in the README.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass

from tests.benchmarks.measuring import LONG, ROOT

FOUND = ROOT / ".pytest_cache" / "speeds.jsonl"  # of the last run, a line for each row that was measured
README = ROOT / "README.md"
BEGIN, END = "<!-- speeds: written by `QUIZGEN_LONG=1 make bench` -->", "<!-- /speeds -->"
SLACK = 1.25  # by so much a single run may miss a figure that is met


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A ratio: how it is told, what it must be at least (`most`: at the most), and what it would best be."""

    says: str
    must: float
    aim: float | None = None
    most: bool = False

    def met(self, value: float, *, slack: float = 1.0) -> bool:
        """Whether a measured value is what must be."""
        return value <= self.must * slack if self.most else value >= self.must / slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: what is measured, against what."""

    stage: str
    against: str
    figures: tuple[Figure, ...]
    needs: str = ""  # a program or package that may not be there


def faster(must: float, aim: float | None = None) -> Figure:
    return Figure(says="{} times as fast", must=must, aim=aim)


def at_most(says: str, must: float, aim: float | None = None) -> Figure:
    return Figure(says=says, must=must, aim=aim, most=True)


def grows(stage: str) -> Row:
    figures = (at_most("{} times the time", 13, 10.5), at_most("{} times the memory", 11))
    return Row(stage=stage, against="10,000 facts", figures=figures)


_READ = "PyYAML's CSafeLoader alone, which checks nothing"
_TIME = "{} times its time"

ROWS = {
    "read": Row(
        stage="read and check a deck of 10,000 facts, with the place of every value",
        against=_READ,
        figures=(faster(3, 5),),
    ),
    "read-100k": Row(stage="the same with 100,000 facts", against=_READ, figures=(faster(5, 7),)),
    "deck-to-anki": Row(
        stage="10,000 facts to an Anki package, the whole program",
        against="`yaml.safe_load` and a plain genanki script: the same notes, but wrong options without proof",
        figures=(faster(5, 8), at_most("{} of its memory", 0.8, 0.6)),
    ),
    "anki": Row(
        stage="an Anki package of 100,000 notes, compressed",
        against="plain genanki",
        figures=(faster(2.4, 4), at_most("{} of its size", 0.25)),
    ),
    "anki-floor": Row(
        stage="the same", against="bare SQLite: the same rows, and a zip", figures=(at_most(_TIME, 2.6, 1.5),)
    ),
    "pdf": Row(
        stage="1,000 versions of a quiz of 20 questions as PDF, tagged, with the key",
        against="plain Platypus, which cannot tag",
        figures=(faster(8, 30), at_most("{} of its memory", 0.5)),
    ),
    "pdf-typst": Row(stage="the same", against="typst, tagged", figures=(faster(1, 10),), needs="typst"),
    "pdf-latex": Row(stage="the same", against="pdflatex, which does not tag", figures=(faster(1),), needs="pdflatex"),
    "pdf-untagged": Row(
        stage="the same with `--no-tags`",
        against="plain Platypus, which cannot tag",
        figures=(faster(8, 30), at_most("{} of its memory", 0.5)),
    ),
    "page": Row(stage="the page for 10,000 questions", against="a plain Jinja2 page", figures=(faster(5, 10),)),
    "ask": Row(
        stage="ask 100,000 facts: items, proofs, forms", against="reading them", figures=(at_most(_TIME, 1.5, 0.5),)
    ),
    "quiz": Row(
        stage="a quiz of 20 questions from 100,000 facts, printed, the whole program",
        against="PyYAML's CSafeLoader, which only loads the deck",
        figures=(faster(1),),
    ),
    "again": Row(
        stage="build again with nothing changed, 10,000 facts", against="the first build", figures=(faster(10, 30),)
    ),
    "help": Row(stage="`quizgen --help`", against="a bare click group", figures=(at_most(_TIME, 1.25, 1.1),)),
    "version": Row(stage="`quizgen --version`", against="bare Python", figures=(at_most(_TIME, 1.2, 1.1),)),
    "growth-read": grows("read 100,000 facts"),
    "growth-ask": grows("ask 100,000 facts"),
    "growth-anki": grows("an Anki package of 100,000 facts"),
    "growth-page": grows("a page of 100,000 facts"),
    "growth-build": grows("100,000 facts to an Anki package, the whole program"),
    "growth-quiz": grows("a quiz of 20 questions from 100,000 facts, the whole program"),
}


def record(name: str, *values: float) -> None:
    """Keep the figures of a row for the table, say them, and hold them to what must be."""
    FOUND.parent.mkdir(exist_ok=True)
    with FOUND.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"row": name, "values": values}) + "\n")
    hold(name, *values)


def hold(name: str, *values: float) -> None:
    """Say the figures of a row. An AssertionError where one misses by more than chance what must be."""
    row = ROWS[name]
    pairs = list(zip(row.figures, values, strict=True))
    print(f"  {row.stage} / {row.against}: {_measured(pairs)}")
    missed = _measured([(figure, value) for figure, value in pairs if not figure.met(value, slack=SLACK)])
    assert not missed, f"{row.stage}: {missed}; must be {_cell(row.figures, 'must')}"


def markdown(found: dict[str, list[float]]) -> str:
    """The table, with every row; those that were not measured say so."""
    lines = ["| what | against | must | aim | measured |", "|---|---|---|---|---|"]
    for name, row in ROWS.items():
        pairs = list(zip(row.figures, found[name], strict=True)) if name in found else []
        measured = _measured(pairs) or f"not measured{f': it needs {row.needs}' * bool(row.needs)}"
        cells = (row.stage, row.against, _cell(row.figures, "must"), _cell(row.figures, "aim"), measured)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def last_run() -> dict[str, list[float]]:
    """The figures of the last run by row."""
    lines = FOUND.read_text(encoding="utf-8").splitlines() if FOUND.exists() else []
    return {one["row"]: one["values"] for one in map(json.loads, lines)}


def _cell(figures: tuple[Figure, ...], which: str) -> str:
    bounds = [(figure, getattr(figure, which)) for figure in figures]
    if which == "must":
        return ", ".join(f"{'at most ' * figure.most}{figure.says.format(_short(bound))}" for figure, bound in bounds)
    return ", ".join(_short(bound) for _, bound in bounds if bound is not None)


def _measured(pairs: list[tuple[Figure, float]]) -> str:
    """The figures found; those in bold miss what must be."""
    texts = [(figure.says.format(_rounded(figure, value)), figure.met(value)) for figure, value in pairs]
    return ", ".join(text if met else f"**{text}**" for text, met in texts)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 2 else f"{value:.1f}".removesuffix(".0")


def _rounded(figure: Figure, value: float) -> str:
    """A measured value as it is told: rounded against us, so that 7.99 is never said to be 8."""
    steps = 100 if value < 2 else 10
    return _short((math.ceil if figure.most else math.floor)(value * steps) / steps)


def main() -> None:
    found = last_run()
    table = markdown(found)
    print(table)
    if LONG and all(name in found or row.needs for name, row in ROWS.items()):
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        README.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
        print(f"Written into {README.name}.", file=sys.stderr)


if __name__ == "__main__":
    main()
