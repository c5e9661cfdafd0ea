"""The page looks as it was looked at: its main states beside pictures of them, which `make goldens` makes anew.

Fonts and browsers change: what is compared is blurred, and a little of it may differ. A panel that moves or vanishes is
found; a shift of a few pixels need not be.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser

from tests.page_states import GOLDENS, STATES, pictured, shrunk

BLUR = 4  # pixels of a golden: letters become grey, lines of text stay where they are
FAR = 24  # of 255, between two blurred pixels that differ
MANY = 0.015  # of all pixels may differ


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of a picture that is not as in the other; 1 for pictures of other sizes."""
    if one.size != other.size:
        return 1.0
    blurred = [picture.convert("RGB").filter(ImageFilter.GaussianBlur(BLUR)) for picture in (one, other)]
    apart = ImageChops.difference(*blurred)
    red, green, blue = apart.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    counts = most.histogram()
    return sum(counts[FAR:]) / sum(counts)


def test_there_is_a_golden_for_every_state_and_none_besides() -> None:
    assert {path.stem for path in GOLDENS.glob("*.png")} == set(STATES)
    assert sum(path.stat().st_size for path in GOLDENS.glob("*.png")) < 700_000


@pytest.mark.parametrize("state", STATES)
def test_the_page_looks_as_its_golden(browser: Browser, state: str, tmp_path: Path) -> None:
    seen = shrunk(pictured(browser, STATES[state]))
    share = differing(seen, Image.open(GOLDENS / f"{state}.png"))
    seen.save(tmp_path / f"{state}.png")
    assert share < MANY, f"{share:.1%} differs: look at {tmp_path}/{state}.png, then `make goldens` if it shall be so"


def test_no_two_states_look_alike() -> None:
    """What is compared tells things apart that a learner tells apart."""
    pictures = {name: Image.open(GOLDENS / f"{name}.png") for name in STATES}
    alike = [
        (one, other)
        for one in pictures
        for other in pictures
        if one < other and differing(pictures[one], pictures[other]) < MANY
    ]
    assert alike == []
