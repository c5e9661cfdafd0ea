import re
import subprocess
import sys

from quizgen import __version__


def run(*args: str) -> str:
    return subprocess.run([sys.executable, *args], check=True, capture_output=True, text=True).stdout


def test_the_version_is_printed_on_request() -> None:
    assert run("-m", "quizgen", "--version") == f"quizgen {__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_asking_for_the_version_loads_nothing_that_takes_time() -> None:
    ask = "import sys; sys.argv[1:] = ['--version']; from quizgen.__main__ import main"
    look = f"{ask}\ntry: main()\nexcept SystemExit: print(sorted(sys.modules))"
    loaded = run("-c", look)
    assert "'quizgen.__main__'" in loaded
    for heavy in ("click", "importlib.metadata", "dataclasses", "pathlib", "yaml"):
        assert f"'{heavy}'" not in loaded
