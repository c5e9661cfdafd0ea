"""Pages as pictures: what every recipe, look and part of a quiz looks like. `make goldens` makes them again.

Look at each of them before you commit it: a golden says how a page shall look, not how it came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pypdfium2
from PIL import Image, ImageChops

from quizgen.build import Printing, build_quiz, composer, read
from quizgen.templates import Templates

DECK = Path(__file__).parent / "goldens" / "deck"
GOLDENS = Path(__file__).parent / "goldens" / "pdf"
DPI = 40
GREYS = 16
FAR = 80  # of 255: greys that differ so much are seen
MOST = 0.0003  # of all points may differ so much: a short line of text that is moved or missing is more
PAGES = 2  # of a document: what comes after looks like the second
TEMPLATES = Templates.found(project=Path("/nonexistent"))
RECIPES = sorted(name.removeprefix("quizzes/").removesuffix(".yaml") for name in TEMPLATES.names("quizzes", ".yaml"))
MORE: dict[str, tuple[str, str, dict[str, Any], Printing]] = {  # recipe, part, what else is wanted
    "key": ("test", "key", {}, Printing()),
    "grid": ("test", "key", {"versions": 12}, Printing(key_detail="grid")),
    "answer-sheet": ("test", "answers", {}, Printing(answer_sheet=True)),
    "answer-sheet-large": ("test", "answers", {}, Printing(answer_sheet=True, large_print=True)),
    "playful": ("test", "quiz", {}, Printing(look="playful")),
    "large-print": ("test", "quiz", {}, Printing(large_print=True)),
    "easy-reading": ("worksheet", "quiz", {}, Printing(easy_reading=True, paper="letter")),
    "two-up": ("test", "quiz", {"versions": 2}, Printing(two_up=True)),
    "landscape": ("dates", "quiz", {}, Printing(landscape=True)),
}


def cases() -> Mapping[str, tuple[str, str, dict[str, Any], Printing]]:
    """All that is looked at, by the name of its pictures."""
    return {name: (name, "quiz", {}, Printing()) for name in RECIPES} | MORE


def drawn(name: str) -> Iterator[tuple[str, Image.Image]]:
    """The first pages of that case, by their names."""
    recipe, part, wanted, printing = cases()[name]
    asked, problems = read(DECK, TEMPLATES)
    assert asked is not None, problems
    sheets_of = composer(recipe, seed=1, **wanted)
    built = build_quiz(asked, TEMPLATES, to=("pdf",), sheets_of=sheets_of, printing=printing, name="sample")
    pdf = pypdfium2.PdfDocument(built.files[f"sample-{part}.pdf"])
    for number in range(min(PAGES, len(pdf))):
        page = pdf[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        step = 255 // (GREYS - 1)
        yield f"{name}-{number + 1}.png", page.point([round(value / step) * step for value in range(256)])


def difference(one: Image.Image, other: Image.Image) -> float:
    """Which part of all points differs so much that it is seen; all of them where the sizes differ."""
    if one.size != other.size:
        return 1.0
    points = ImageChops.difference(one, other).histogram()
    return sum(points[FAR:]) / sum(points)


def main() -> None:
    """Make all pictures again."""
    for old in GOLDENS.glob("*.png"):
        old.unlink()
    for case in cases():
        for name, page in drawn(case):
            page.quantize(GREYS).save(GOLDENS / name, optimize=True)
            click.echo(GOLDENS / name)


if __name__ == "__main__":
    main()
