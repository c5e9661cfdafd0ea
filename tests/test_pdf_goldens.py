"""Printed pages look as they did when somebody looked at them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from tests.pdf_goldens import GOLDENS, MOST, RECIPES, cases, difference, drawn


@pytest.mark.parametrize("case", cases())
def test_a_page_looks_as_its_golden_does(case: str) -> None:
    """`make goldens` makes them anew, where a page is to look otherwise."""
    pages = dict(drawn(case))
    assert set(pages) == {path.name for path in GOLDENS.glob("*.png") if path.stem.rpartition("-")[0] == case}
    for name, page in pages.items():
        golden = Image.open(GOLDENS / name).convert("L")
        assert difference(page, golden) <= MOST, f"{name} looks otherwise; if that is meant, `make goldens` and look"


def test_every_golden_is_of_a_case_and_every_recipe_has_one() -> None:
    names = {path.stem.rpartition("-")[0] for path in GOLDENS.glob("*.png")}
    assert names == set(cases()) > set(RECIPES)
    assert sum(path.stat().st_size for path in GOLDENS.glob("*.png")) < 600_000


def test_a_line_that_is_moved_or_gone_is_a_difference() -> None:
    """On the page with the least on it."""
    [page] = dict(drawn("exit-ticket")).values()
    wide, high = page.size
    bands = [(0, y, wide, y + 8) for y in range(high // 5, high // 2)]  # a question's line, with the most ink
    line = max(bands, key=lambda band: sum(page.crop(band).histogram()[:128]))
    moved = page.copy()
    moved.paste(ImageChops.offset(page.crop(line), 2, 0), line)
    gone = page.copy()
    gone.paste(255, line)
    assert difference(page, moved) > MOST
    assert difference(page, gone) > MOST
    assert difference(page, page) == 0
    assert difference(page, page.crop((0, 0, wide, high - 1))) == 1
