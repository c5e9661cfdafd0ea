import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import launched


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """The path of an outside program; where it is not installed the test is skipped at home, and fails in CI."""

    def path_of(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            absent = f"{name} is not installed"
            if os.environ.get("CI"):
                pytest.fail(absent)
            pytest.skip(absent)
        return found

    return path_of


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for all tests of the page."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium
        chromium.close()


settings.register_profile("quizgen", deadline=None)  # a busy machine is no failure; speed is measured elsewhere
settings.load_profile("quizgen")
