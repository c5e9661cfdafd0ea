import os
import shutil
from collections.abc import Callable

import pytest


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
