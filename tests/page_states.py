"""What the page looks like: its main states, each reached as a learner reaches it. `python -m tests.page_states`.

Run so, it makes the goldens of `tests/goldens/page` anew (look at each!); with a folder, pictures in full size there.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from quizgen.compose import compose
from quizgen.compose.recipes import Part, Recipe
from quizgen.language import Language
from quizgen.questions import Bank, Question
from quizgen.write import Job
from quizgen.write.page import write
from tests.browsing import launched, visit
from tests.page_samples import job
from tests.samples import CHOICE, CLOZE, MATCH, NUMERIC, ORDER, QUESTIONS, RECALL, SEVERAL, TRUTH

GOLDENS = Path(__file__).parent / "goldens" / "page"
SHRUNK = 2  # a golden is half as wide as the screen: enough to see what moved
COLOURS = 16
NOW = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)  # a Thursday

DESK: dict[str, Any] = {"viewport": {"width": 1000, "height": 760}}
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 720}, "is_mobile": True, "has_touch": True}
NIGHT: dict[str, Any] = {"color_scheme": "dark"}


@dataclass(frozen=True, slots=True)
class State:
    """How a state is reached: on which page, with what screen, by which steps."""

    bank: tuple[Question, ...]
    screen: dict[str, Any]
    steps: Callable[[Page], None]
    mode: str = "practise"
    language: str = "en"
    stored: dict[str, object] = field(default_factory=dict)


def start(page: Page) -> None:
    """The first question."""
    page.get_by_role("button", name="Start").click()


def check(page: Page) -> None:
    """What is told of an answer."""
    page.get_by_role("button", name="Check").click()


def typed(text: str) -> Callable[[Page], None]:
    """The first question with this answer, judged."""

    def steps(page: Page) -> None:
        start(page)
        page.keyboard.type(text)
        check(page)

    return steps


def chosen(*numbers: str) -> Callable[[Page], None]:
    """The first question with these options taken, judged."""

    def steps(page: Page) -> None:
        start(page)
        for number in numbers:
            page.keyboard.press(number)
        check(page)

    return steps


def matched(page: Page) -> None:
    """Two pairs right, one wrong."""
    start(page)
    for select, number in zip(page.locator(".pairs select").all(), (1, 2, 2), strict=True):
        select.select_option(index=number)
    check(page)


def ordered(page: Page) -> None:
    """An order judged as it stood."""
    start(page)
    page.get_by_role("button", name="Move down").first.click()
    check(page)


def turned(page: Page) -> None:
    """A card, turned over."""
    start(page)
    page.keyboard.press("Enter")


def handed_in(page: Page) -> None:
    """A test with one right answer."""
    page.on("dialog", lambda dialog: dialog.accept())  # one question has no answer
    start(page)
    page.keyboard.press("1")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Hand in").click()


def unfolded(page: Page) -> None:
    """The first screen with all that can be chosen."""
    page.get_by_text("More choices").click()


def over_time(page: Page) -> None:
    """The progress, by topic and over time."""
    page.get_by_text("Over time").click()
    page.get_by_text("Over time").scroll_into_view_if_needed()


def on_sheet(page: Page) -> None:
    """The first screen, a printed sheet chosen."""
    page.get_by_label("Printed sheet").select_option(index=1)


def nothing(_: Page) -> None:
    """The first screen."""


DAY = 86_400_000


def progress() -> dict[str, object]:
    """Some weeks of learning, as the page keeps them."""
    now = NOW.timestamp() * 1000
    kept: dict[str, object] = {}
    for i, question in enumerate(QUESTIONS):
        memory = {"stability": 2.0 + 3 * i, "difficulty": 5.0, "last": now - i * DAY, "due": now + (i - 3) * DAY}
        name = f"quizgen/1:sample/{question.about.id}"
        kept[name] = {"seen": 3, "right": 1 + i % 3, "streak": i % 3, "memory": memory}
    days = [(NOW - timedelta(days=back)).date().isoformat() for back in range(0, 40, 3)]
    return kept | {"quizgen/1:sample#days": {day: [4 + i % 7, 2 + i % 5] for i, day in enumerate(days)}}


ALL = QUESTIONS
STATES = {
    "start-desktop": State(ALL, DESK, unfolded),
    "start-phone-dark": State(ALL, PHONE | NIGHT, nothing, stored=progress()),
    "choice-asked": State((CHOICE,), DESK, start),
    "choice-wrong-phone": State((CHOICE,), PHONE, chosen("1")),
    "several-wrong-dark": State((SEVERAL,), DESK | NIGHT, chosen("1", "2")),
    "truth-answered-phone-dark": State((TRUTH,), PHONE | NIGHT, chosen("1")),
    "recall-wrong": State((RECALL,), DESK, typed("1996")),
    "cloze-asked-phone": State((CLOZE.with_one_gap(3),), PHONE, start),
    "numeric-right-dark": State((NUMERIC,), DESK | NIGHT, typed("5.2 km")),
    "match-asked-phone": State((MATCH,), PHONE, start),
    "match-answered": State((MATCH,), DESK, matched),
    "order-asked-phone-dark": State((ORDER,), PHONE | NIGHT, start),
    "order-answered": State((ORDER,), DESK, ordered),
    "card-turned-phone": State((RECALL,), PHONE, turned, mode="cards"),
    "results": State((CHOICE, RECALL), DESK, handed_in, mode="test"),
    "progress": State(ALL, DESK, over_time, stored=progress()),
    "sheet-phone": State(ALL, PHONE, on_sheet),
    "right-to-left": State((CHOICE,), PHONE, chosen("1"), language="fa"),
}


def pictured(browser: Browser, state: State, **screen: object) -> Image.Image:
    """What the screen shows in that state."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_bytes(write(_job(state)).files["sample.html"])
        with visit(browser, file, address=f"#seed=1&mode={state.mode}", **(state.screen | screen)) as opened:
            page = opened.page
            page.clock.set_fixed_time(NOW)
            for name, value in state.stored.items():
                page.evaluate("([name, value]) => localStorage.setItem(name, value)", [name, json.dumps(value)])
            page.reload()
            state.steps(page)
            return Image.open(BytesIO(page.screenshot(caret="hide", animations="disabled"))).convert("RGB")


def _job(state: State) -> Job:
    made = job(Bank(questions=state.bank, skipped=()))
    if state.steps is on_sheet:
        recipe = Recipe(name="all", parts=(Part(forms=("choice", "match")),))
        sheets, _ = compose(made.bank, recipe, deck_id="sample", title="A sample", language=made.language, seed=4)
        made = replace(made, sheets=sheets)
    if state.language == "fa":
        language: Language = replace(made.language, code="fa", direction="rtl")
        made = replace(made, language=language, deck=replace(made.deck, language="fa"))
    return made


def shrunk(picture: Image.Image) -> Image.Image:
    """The picture as a golden keeps it."""
    small = picture.resize((picture.width // SHRUNK, picture.height // SHRUNK), Image.Resampling.BOX)
    return small.quantize(COLOURS, dither=Image.Dither.NONE)


def main(folder: str | None = None) -> None:
    """Makes all goldens anew, or all pictures in full size in `folder`."""
    out = Path(folder) if folder else GOLDENS
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        for name, state in STATES.items():
            picture = pictured(browser, state)
            (picture if folder else shrunk(picture)).save(out / f"{name}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
