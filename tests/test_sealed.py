"""A build of hostile decks and templates touches nothing but its project: by strace, not by what we think it calls."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.sealing import CALLS, DRAWINGS, LOOKS, ROOT, TAGGED, TOGETHER, VECTORS, Deed, allowed_to_read, deeds, lay_out

_LEGAL = re.compile(r"[a-z0-9][a-z0-9-]{0,70}\.[a-z0-9]{2,5}|build\.json|[\w-]+\.ledger\.json")


def traced(program: str, log: Path, *command: str) -> tuple[str, list[Deed]]:
    """What the command printed, and what it did."""
    done = subprocess.run(
        [program, "-f", "-qq", "-s", "4096", "-o", log, "-e", f"trace={CALLS}", "-e", "signal=none", *command],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": "/nonexistent",
            "XDG_CACHE_HOME": str(log.parent / "cache"),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, list(deeds(log))


def inside(path: str, folders: Iterable[str], start: Path) -> bool:
    """Whether a path, which may be relative to `start` and have links in it, leads into one of these."""
    real = Path(os.path.realpath(start / path))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


@pytest.fixture(scope="module")
def built(
    tmp_path_factory: pytest.TempPathFactory, program: Callable[[str], str]
) -> tuple[Path, dict[str, str], list[Deed]]:
    """The project after its build, what was told, and what was done."""
    folder = tmp_path_factory.mktemp("sealed")
    lay_out(folder)
    printed, done = traced(program("strace"), folder / "log", sys.executable, "-m", "tests.sealing", str(folder))
    return folder, json.loads(printed), done


def test_nothing_is_fetched_and_nothing_is_run(built: tuple[Path, dict[str, str], list[Deed]]) -> None:
    _, _, done = built
    assert [deed for deed in done if deed.what == "net"] == []
    assert len([deed for deed in done if deed.what == "run"]) == 1  # Python itself


def test_nothing_outside_is_read(built: tuple[Path, dict[str, str], list[Deed]]) -> None:
    folder, _, done = built
    read = {deed.given for deed in done if deed.what == "read"}
    places = allowed_to_read(folder)
    assert len(read) > 200
    assert sorted(path for path in read if not inside(path, places, folder / "project")) == []
    assert [path for path in read if inside(path, [str(folder / "outside")], folder / "project")] == []


def test_nothing_outside_is_changed(built: tuple[Path, dict[str, str], list[Deed]]) -> None:
    folder, _, done = built
    changed = {deed.given for deed in done if deed.what == "change"}
    places = [str(folder / "project"), str(folder / "cache"), "/dev/null"]
    assert len(changed) > 100
    assert sorted(path for path in changed if not inside(path, places, folder / "project")) == []
    assert {path.name for path in folder.iterdir()} == {"outside", "project", "templates", "cache", "log"}


def test_hostile_decks_are_told_or_built(built: tuple[Path, dict[str, str], list[Deed]]) -> None:
    """Or the tests above would hold of a build that gives up at once."""
    folder, told, _ = built
    made = {path.name for path in (folder / "project/output").iterdir()}
    for number in range(0, len(VECTORS), TOGETHER):
        assert f"text-{number}.apkg" in made, told["decks"]
        assert f"text-{number}-quiz.pdf" in made
        assert f"text-{number}.html" in made
    refused = [f"tag-{number}.yaml" for number in range(len(TAGGED))]
    refused += [f"drawing-{number}/deck.yaml" for number in range(len(DRAWINGS))]
    refused += [f"linked-{what}/" for what in ("picture", "folder", "table", "kind")]
    assert [name for name in refused if f"decks/{name}" not in told["decks"]] == []
    assert [number for number in range(len(LOOKS)) if "nothing was made" not in told[f"look {number}"]] == []
    assert not (folder / "project/looks").exists()
    assert not any("Traceback" in text for text in told.values())


def test_what_is_made_has_names_for_every_system(built: tuple[Path, dict[str, str], list[Deed]]) -> None:
    folder, _, _ = built
    names = [path.name for path in (folder / "project/output").iterdir()]
    assert len(names) > 80
    assert [name for name in names if not _LEGAL.fullmatch(name)] == []
    assert [name for name in names if re.match(r"collection\.|backup-|(con|nul|aux|prn|com\d|lpt\d)\.", name)] == []
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)


def test_strace_would_see_it(tmp_path: Path, program: Callable[[str], str]) -> None:
    """A program that does what must not be done is found out, each deed of it."""
    secret = tmp_path / "sécret.txt"
    secret.write_text("x")
    deed = (
        f"import socket, subprocess; open({str(secret)!r}); open({str(tmp_path / 'new')!r}, 'w');"
        "s = socket.socket(); s.settimeout(1); s.connect_ex(('127.0.0.1', 9)); subprocess.run(['true'])"
    )
    _, done = traced(program("strace"), tmp_path / "log", sys.executable, "-c", deed)

    assert Deed("read", str(secret)) in done
    assert Deed("change", str(tmp_path / "new")) in done
    assert any(deed.what == "net" and "127.0.0.1" in deed.given for deed in done)
    assert any(deed.what == "run" and deed.given.endswith("/true") for deed in done)
