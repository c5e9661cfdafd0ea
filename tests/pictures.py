"""Pictures for the README, made from the shipped decks: `make pictures`.

The sheet is drawn from the PDF, the page is played in a browser, the card is imported and drawn by the real Anki.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from quizgen.build import Asked, Printing, build_deck, build_quiz, composer, read
from quizgen.templates import Templates
from tests.browsing import launched
from tests.learner import learner
from tests.test_anki_choice import reviewer, show

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "pictures"
WIDTH = 900  # pixels of a picture, more than a README shows
HALF = 620  # of those that stand four in a row
PAPERS = (  # name of the picture, recipe, page, look
    ("timeline", "timeline", 0, "plain"),
    ("passage", "cloze-passage", 0, "playful"),
    ("who-said-what", "who-said-what", 0, "plain"),
    ("flashcards", "flashcards", 2, "playful"),
)
COLOURS = 128  # quiet pages need no more, and the repository stays small


def main() -> None:
    """Make all pictures anew."""
    OUT.mkdir(parents=True, exist_ok=True)
    templates = Templates.found()
    asked, _ = read(ROOT / "decks" / "moon-race", templates)
    assert asked is not None
    built = build_deck(
        asked,
        templates,
        to=("anki", "pdf", "page"),
        sheets_of=composer("test", seed=1),
        printing=Printing(),
        now=0,
    )
    for name, recipe, page, look in PAPERS:
        save(name, sheet(printed(asked, recipe, look), page), width=HALF)
    files = built.files
    save("quiz", sheet(files["moon-race-quiz.pdf"], 1))
    save("key", sheet(files["moon-race-key.pdf"], 0))
    with sync_playwright() as playwright:
        browser = launched(playwright)
        save("page", played(browser, files["moon-race.html"]))
        save("anki", card(browser, files["moon-race.apkg"]))
        browser.close()


def save(name: str, picture: Image.Image, width: int = WIDTH) -> None:
    """The picture as a small PNG."""
    height = round(picture.height * width / picture.width)
    small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(OUT / f"{name}.png", optimize=True)


def printed(asked: Asked, recipe: str, look: str) -> bytes:
    """A quiz of the deck by that recipe, as PDF."""
    sheets_of, printing = composer(recipe, seed=1), Printing(look=look)
    made = build_quiz(asked, Templates.found(), to=("pdf",), sheets_of=sheets_of, printing=printing, name="quiz")
    return made.files["quiz-quiz.pdf"]


def sheet(pdf: bytes, number: int) -> Image.Image:
    """One page of a PDF."""
    image: Image.Image = pdfium.PdfDocument(pdf)[number].render(scale=2).to_pil()
    return image


def shot(page: Page) -> Image.Image:
    """What the page shows."""
    return Image.open(BytesIO(page.screenshot()))


def played(browser: Browser, html: bytes) -> Image.Image:
    """The self-check page, after a wrong answer to its first choice."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "page.html")
        file.write_bytes(html)
        context = browser.new_context(viewport={"width": 760, "height": 780}, device_scale_factor=2, offline=True)
        page = context.new_page()
        page.goto(file.as_uri() + "#seed=4&form=choice")
        page.get_by_role("button", name="Start").click()
        page.keyboard.press("1")
        page.get_by_role("button", name="Check").click()
        picture = shot(page)
        context.close()
        return picture


def card(browser: Browser, package: bytes) -> Image.Image:
    """A choice card of the deck, answered, as the real Anki draws it."""
    with tempfile.TemporaryDirectory() as folder, learner(Path(folder)) as someone:
        someone.imports(package)
        found = someone.cards('"note:quizgen choice"')[2]
        front, back = found.question(), found.answer()
    with reviewer(browser, width=760) as page:
        show(page, front)
        page.get_by_role("radio").first.click()
        show(page, back)
        return shot(page)


if __name__ == "__main__":
    main()
