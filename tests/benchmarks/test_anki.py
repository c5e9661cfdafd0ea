"""An Anki package, measured beside a plain genanki script and beside bare SQLite: the same notes, the same cards.

Each way runs in a process of its own, in turns; what is printed are ratios of medians. `QUIZGEN_NOTES=100000` takes
more notes.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import genanki

from quizgen.questions import Question
from quizgen.write.anki import Part, bundle, part_of, write
from quizgen.write.anki.models import NOTE_TYPES, read_looks
from quizgen.write.anki.notes import Note
from tests.anki_jobs import TEMPLATES, job
from tests.samples import CHOICE, CLOZE, RECALL, TRUTH

NOTES = int(os.environ.get("QUIZGEN_NOTES", "10000"))
ROUNDS = 5


def questions(number: int) -> list[Question]:
    """That many questions, of each form with a note type as many, with words of their own."""
    out: list[Question] = []
    for i in range(number):
        question = (RECALL, CHOICE, TRUTH, CLOZE)[i % 4]
        about = replace(question.about, fact=f"fact-{i}", note=None if i % 3 else f"Note {i} & more")
        out.append(replace(question, about=about, prompt=f"{question.prompt} ({i})"))
    return out


# ---- a plain genanki script ----------------------------------------------------------------------------------------


def with_genanki(part: Part, path: Path) -> None:
    """What somebody would write who knows genanki: models, a deck, a note for each row."""
    looks, _ = read_looks(TEMPLATES)
    models = {
        kind.form: genanki.Model(
            kind.number,
            kind.name,
            fields=[{"name": name} for name in kind.fields],
            templates=[{"name": "Card", "qfmt": looks[kind.form].front, "afmt": looks[kind.form].back}],
            css=looks[kind.form].css,
            model_type=genanki.Model.CLOZE if kind.cloze else genanki.Model.FRONT_BACK,
        )
        for kind in NOTE_TYPES.values()
    }
    deck = genanki.Deck(7, "A deck", "About it")
    for due, note in enumerate(part.notes):
        deck.add_note(
            genanki.Note(models[note.type.form], list(note.fields), tags=list(note.tags), guid=note.guid, due=due)
        )
    genanki.Package(deck).write_to_file(path)


# ---- the floor -------------------------------------------------------------------------------------------------------


def with_bare_sqlite(part: Part, path: Path) -> None:
    """Nothing but the rows: two tables without an index, and a zip."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("BEGIN")
    db.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)")
    db.execute(
        "CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, "
        "lapses, left, odue, odid, flags, data)"
    )
    db.executemany("INSERT INTO notes VALUES(?,?,?,?,-1,?,?,?,0,0,'')", (_row(i, n) for i, n in enumerate(part.notes)))
    cards = enumerate(chain.from_iterable(((i, number) for number in n.cards) for i, n in enumerate(part.notes)))
    db.executemany(
        "INSERT INTO cards VALUES(?,?,7,?,0,-1,0,0,?,0,0,0,0,0,0,0,0,'')", ((i, nid, o, nid) for i, (nid, o) in cards)
    )
    db.execute("COMMIT")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", db.serialize(), zipfile.ZIP_DEFLATED, 1)


def _row(number: int, note: Note) -> tuple[object, ...]:
    return (
        number,
        note.guid,
        note.type.number,
        note.changed,
        " ".join(note.tags),
        "\x1f".join(note.fields),
        note.fields[0],
    )


def ours(part: Part, path: Path) -> None:
    """quizgen, from the notes on."""
    path.write_bytes(bundle([part]))


WAYS: dict[str, Callable[[Part, Path], None]] = {"quizgen": ours, "genanki": with_genanki, "sqlite": with_bare_sqlite}


# ---- measuring -------------------------------------------------------------------------------------------------------


def measure(way: str, number: int) -> None:
    """Print seconds of the processor, bytes of the file, and how much memory it took beyond the notes (in KB)."""
    asked = job(questions(number))
    part, problems = part_of(asked)
    assert part is not None, problems
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.apkg"
        gc.collect()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.process_time()
        WAYS[way](part, path)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps([spent, path.stat().st_size, peak - before, peak]))


def whole(number: int) -> None:
    """Print seconds of the processor for all that the writer does: from questions to bytes."""
    asked = job(questions(number))
    start = time.process_time()
    written = write(asked)
    print(json.dumps([time.process_time() - start, len(written.files["sample.apkg"]), 0, 0]))


def figures(call: str) -> list[float]:
    code = f"from tests.benchmarks.test_anki import measure, whole; {call}"
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        env=os.environ | {"PYTHONPATH": root},
    )
    found: list[float] = json.loads(done.stdout)
    return found


def medians(rows: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def test_a_package_is_faster_and_smaller_than_a_genanki_script_makes_it() -> None:
    rounds: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for _ in range(ROUNDS):
        for way in WAYS:
            rounds[way].append(figures(f"measure({way!r}, {NOTES})"))
    found = {way: medians(rows) for way, rows in rounds.items()}
    all_of_it = figures(f"whole({NOTES})")[0]
    print(f"\n{NOTES:,} notes, {NOTES * 5 // 4:,} cards; processor time, file, memory beyond the notes, at its peak:")
    for way, (seconds, size, more, peak) in found.items():
        print(f"  {way:8} {seconds:6.2f} s  {size / 1e6:6.1f} MB  {more / 1e3:6.0f} MB  {peak / 1e3:6.0f} MB")
    quick, genankis, floor = (found[way] for way in ("quizgen", "genanki", "sqlite"))
    print(
        f"  {genankis[0] / quick[0]:.1f} times as fast as genanki; {quick[0] / floor[0]:.1f} times as long as SQLite;"
    )
    print(f"  {quick[1] / genankis[1]:.2f} of genanki's file (which it does not compress)")
    print(f"  from questions on: {all_of_it:.2f} s")
    assert genankis[0] / quick[0] > 2.4
    assert quick[0] / floor[0] < 2.6
    assert quick[1] < genankis[1]
    assert quick[3] < 600_000
