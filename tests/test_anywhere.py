"""The same bytes anywhere: other folders, zones, locales, orders of files, rights, hash seeds, and other Pythons.

`QUIZGEN_LONG=1` tries all Pythons from 3.11 on that are on this machine, each in an environment of its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.authoring import Author

ROOT = Path(__file__).parent.parent
FORMATS = "anki,pdf,page,json,anki-text"
QUIZGEN = [sys.executable, "-m", "quizgen"]


def digests(folder: Path) -> dict[str, str]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def set_out(project: Path, place: Path, *, backwards: bool) -> None:
    """The project in another place, its files made in another order."""
    for path in sorted(project.rglob("*"), reverse=backwards):
        if path.is_file():
            there = place / path.relative_to(project)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(path.read_bytes())


KIND = """\
kind: bell
fields: {bell: text, cast: date}
statement: "{bell} was cast {cast:in}."
ask: {cast: {prompt: "{cast:asks} was {bell} cast?", answer: cast}}
"""

WORLDS = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "umask": "022"},
    {"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "umask": "077"},
    {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LANG": "de_DE.UTF-8", "PYTHONUTF8": "0", "umask": "000"},
    {"PYTHONHASHSEED": "4", "TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8", "PYTHONOPTIMIZE": "2", "umask": "027"},
]


def test_the_same_decks_give_the_same_bytes_anywhere_and_any_day(tmp_path: Path) -> None:
    author = Author(tmp_path / "mine")
    author.write("decks/bridge/kinds/bell.yaml", KIND)
    author.write("templates/kinds/road.yaml", KIND.replace("bell", "road"))
    subprocess.run([*QUIZGEN, "new", "history"], cwd=author.folder, check=True, capture_output=True)
    seen = []
    for number, world in enumerate(WORLDS):
        here = tmp_path / f"{'deep/' * number}plàce {number}"
        set_out(author.folder, here, backwards=number % 2 == 1)
        built = subprocess.run(
            ["/bin/sh", "-c", f'umask {world["umask"]}; exec "$@"', "sh", *QUIZGEN, "build", "--to", FORMATS],
            cwd=here, env=os.environ | world, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert built.returncode == 0, built.stderr
        seen.append((digests(here), built.stdout, built.stderr))
    assert len(seen[0][0]) > 15
    assert all(one == seen[0] for one in seen)


def pythons() -> dict[str, str]:
    """Pythons on this machine that quizgen supports, other than the one that runs this, by version."""
    folders = [*os.get_exec_path(), *map(str, Path.home().glob(".pyenv/versions/*/bin"))]
    found: dict[str, str] = {}
    ask = "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2])"
    for folder in folders:
        for minor in range(11, 20):
            path = shutil.which(f"python3.{minor}", path=folder)
            told = (
                path and subprocess.run([path, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
            )
            if path and told == f"3.{minor}" and minor != sys.version_info.minor:
                found.setdefault(told, path)
    return found


@pytest.mark.skipif(not os.environ.get("QUIZGEN_LONG"), reason="installs quizgen for every Python; takes minutes")
def test_every_python_gives_the_same_bytes(tmp_path: Path) -> None:
    def built(python: str, name: str) -> dict[str, str]:
        here = tmp_path / name
        shutil.copytree(ROOT / "decks", here / "decks")
        environment = os.environ | {"PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1800000000"}
        command = [python, "-m", "quizgen", "build", "--to", FORMATS]
        subprocess.run(command, cwd=here, env=environment, check=True, capture_output=True)
        return digests(here)

    wanted = built(sys.executable, "ours")
    others = pythons()
    if not others:
        pytest.skip("there is no other Python here")
    for version, python in others.items():
        home = tmp_path / f"venv-{version}"
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        pip = [str(home / "bin/pip"), "--quiet", "install", "--require-hashes", "-r", str(ROOT / "requirements.txt")]
        subprocess.run(pip, check=True)
        assert built(str(home / "bin/python"), version) == wanted, version
    print(f"\nthe same {len(wanted)} files by Python {', '.join(others)}")  # noqa: T201 - figures of a long run
