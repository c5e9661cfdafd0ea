"""A whole program run: a deck to an Anki package, beside a plain script; and once more with nothing changed."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from pathlib import Path

import pytest

from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import LONG, PYTHON, QUIZGEN, alone, as_processes
from tests.benchmarks.table import record

FACTS = 10_000
SCRIPT = str(Path(__file__).with_name("plain_genanki.py"))
ROUNDS = 3 if LONG else 1
_OPTION = re.compile(r'<li class="(right|wrong)" dir="auto">.*?</li>')


def ways(folder: Path, facts: int) -> dict[str, list[str]]:
    deck = folder / "made-up.yaml"
    deck.write_bytes(charters(facts))
    return {
        "quizgen": [QUIZGEN, "build", str(deck), "--to", "anki", "--out", str(folder)],
        "plain": [PYTHON, SCRIPT, str(deck), str(folder / "plain.apkg")],
    }


def notes(package: Path) -> dict[str, tuple[object, ...]]:
    """Notes by guid; of options the right one, and how many there are."""
    with zipfile.ZipFile(package) as archive:
        data = archive.read("collection.anki2")
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    rows = db.execute(
        "SELECT guid, mid, trim(tags), flds, count(*) FROM notes JOIN cards ON nid = notes.id GROUP BY notes.id"
    )
    found: dict[str, tuple[object, ...]] = {}
    for guid, model, tags, fields, cards in rows:
        options = [(one[1], one[0] if one[1] == "right" else "") for one in _OPTION.finditer(fields)]
        found[guid] = (model, tags, _OPTION.sub("", fields), sorted(options), cards)
    return found


def forget(folder: Path) -> None:
    """Nothing of an earlier build is left: neither what was made, nor the ledger."""
    for made in folder.iterdir():
        if made.is_file() and made.name != "made-up.yaml":
            made.unlink()


def test_a_deck_becomes_a_package_faster_than_by_a_plain_script(tmp_path: Path) -> None:
    for command in ways(tmp_path, 300).values():
        alone(command)
    own, other = notes(tmp_path / "made-up.apkg"), notes(tmp_path / "plain.apkg")
    assert own == other and len(own) == 4 * 300
    found = as_processes(ways(tmp_path, FACTS), rounds=ROUNDS, before=lambda: forget(tmp_path))
    quick, plain = found["quizgen"], found["plain"]
    record("deck-to-anki", plain.cpu / quick.cpu, quick.memory / plain.memory)


def test_with_nothing_changed_a_build_is_soon_done(tmp_path: Path) -> None:
    deck, out = tmp_path / "made-up.yaml", tmp_path / "out"
    deck.write_bytes(charters(FACTS))
    command = [QUIZGEN, "build", str(deck), "--out", str(out)]
    first = alone(command)
    made = {path.name: path.read_bytes() for path in out.iterdir()}
    found = as_processes({"again": command}, rounds=ROUNDS)["again"]
    assert {path.name: path.read_bytes() for path in out.iterdir()} == made
    print(f"  the first: {first}")
    record("again", first.cpu / found.cpu)


@pytest.mark.skipif(not LONG, reason="takes a minute: QUIZGEN_LONG=1 make bench")
def test_a_quiz_from_a_very_large_deck_is_printed_before_pyyaml_has_loaded_it(tmp_path: Path) -> None:
    deck = tmp_path / "made-up.yaml"
    deck.write_bytes(charters(100_000))
    load = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), Loader=yaml.CSafeLoader)"
    ways = {
        "quizgen": [QUIZGEN, "quiz", str(deck), "--seed", "4711", "--out", str(tmp_path / "out")],
        "CSafeLoader": [PYTHON, "-c", load, str(deck)],
    }
    found = as_processes(ways, rounds=1)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 2  # the sheet and its key
    record("quiz", found["CSafeLoader"].cpu / found["quizgen"].cpu)
