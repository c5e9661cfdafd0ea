import os
import shutil
import signal
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browsing import launched


@pytest.fixture(scope="session", autouse=True)
def signals_as_in_a_terminal() -> None:
    """Programs that tests start heed signals, even where the tests run in the background (nohup, `&`).

    A program inherits that a signal is ignored, and not that it is handled.
    """
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else lambda *_: None)


@pytest.fixture(scope="session", autouse=True)
def what_was_built_before_is_forgotten(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Builds of the tests keep their records apart, and never in the folder of whoever runs them."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


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
