"""A real browser for tests of the page: Chromium, started once, offline, with every message an error."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

_ARGUMENTS = [  # as root there is no sandbox; and nothing of the browser's own goes out
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1000, "height": 900}


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium. One that is missing is a failure, never a reason to leave tests out."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path is not None, "the page is tested in Chromium, which is not installed (apt install chromium)"
    return playwright.chromium.launch(executable_path=path, headless=True, args=_ARGUMENTS)


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that is open, and all that went wrong in it: messages, errors, requests to anywhere."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def axe(self) -> list[str]:
        """What axe holds against the page as it now stands, by WCAG 2.2 AA and good practice."""
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@contextmanager
def visit(browser: Browser, file: Path, *, address: str = "", **context: object) -> Iterator[Visit]:
    """The file opened in a browser of its own, without a network. At the end nothing may have gone wrong."""
    settings = {"offline": True, "viewport": DESKTOP, "reduced_motion": "reduce"} | context
    opened = browser.new_context(**settings)  # type: ignore[arg-type]  # as playwright spells them
    try:
        page = opened.new_page()
        page.set_default_timeout(10_000)
        seen = Visit(page)
        page.on("console", lambda message: seen.wrong.append(message.text))
        page.on("pageerror", lambda error: seen.wrong.append(str(error)))
        page.on("request", lambda request: _judge(request.url, seen.wrong))
        page.goto(file.absolute().as_uri() + address)
        yield seen
        assert seen.wrong == []
    finally:
        opened.close()


def _judge(url: str, wrong: list[str]) -> None:
    if not url.startswith(("file:", "data:", "blob:")):
        wrong.append(f"asks for {url}")
