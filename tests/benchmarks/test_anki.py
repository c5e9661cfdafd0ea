"""An Anki package, measured beside a plain genanki script and beside bare SQLite: the same notes, the same cards."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path

from tests.benchmarks.measuring import LONG, in_turns, stages
from tests.benchmarks.table import hold, record

NOTES, ROUNDS = (100_000, 3) if LONG else (10_000, 5)
WAYS = ("bundled", "with_genanki", "with_sqlite")


def content(package: Path) -> Counter[tuple[str, ...]]:
    """Notes with the numbers of their cards."""
    with zipfile.ZipFile(package) as archive:
        data = archive.read("collection.anki2")
    db = sqlite3.connect(":memory:")
    db.deserialize(data)
    rows = db.execute(
        "SELECT guid, mid, trim(tags), flds, group_concat(ord) FROM notes JOIN cards ON nid = notes.id GROUP BY nid"
    )
    return Counter((*row[:4], ",".join(sorted(row[4].split(",")))) for row in rows)


def test_a_package_is_made_faster_and_smaller_than_genanki_makes_it(tmp_path: Path) -> None:
    paths = {way: tmp_path / f"{way}.apkg" for way in WAYS}
    calls = {way: f"{way}({NOTES}, {json.dumps(str(path))})" for way, path in paths.items()}
    found = in_turns({way: lambda call=call: stages(call)[0] for way, call in calls.items()}, ROUNDS)  # type: ignore[misc]
    same = hashlib.sha256(paths["bundled"].read_bytes()).digest()
    stages(calls["bundled"])
    assert hashlib.sha256(paths["bundled"].read_bytes()).digest() == same
    contents = [content(path) for path in paths.values()]
    assert contents[0] == contents[1] == contents[2] and contents[0].total() == NOTES
    quick, genankis, floor = found.values()
    size = paths["bundled"].stat().st_size / paths["with_genanki"].stat().st_size
    keep = record if LONG else hold
    keep("anki", genankis.cpu / quick.cpu, size)
    keep("anki-floor", quick.cpu / floor.cpu)
