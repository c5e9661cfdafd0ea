"""The stages of a build, each measured in a process of its own (`measuring.stages`): it prepares, and then is told."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import genanki
import yaml

from quizgen.ask import ask
from quizgen.build import Asked, Built, Printing, build_deck
from quizgen.deck import read_deck
from quizgen.facts import Deck
from quizgen.language import read_language
from quizgen.questions import Bank, Question
from quizgen.source import parse_yaml
from quizgen.templates import Templates
from quizgen.write.anki import Part, bundle, part_of
from quizgen.write.anki.models import NOTE_TYPES, read_looks
from quizgen.write.anki.note import Note
from tests.anki_jobs import job
from tests.benchmarks.made_up import charters
from tests.benchmarks.measuring import in_process, tell, told
from tests.samples import CHOICE, CLOZE, RECALL, TRUTH

SHIPPED = Templates.found(project=Path("no-such-folder"))

# ---- from a deck of so many facts ----------------------------------------------------------------------------------


def reading(path: str, rounds: int) -> None:
    """Load the file with PyYAML's fast loader; parse it as located text; read it as a deck: in turns."""
    file = Path(path)
    data = file.read_bytes()
    ways: dict[str, Callable[[], object]] = {
        "CSafeLoader": lambda: yaml.load(data, Loader=yaml.CSafeLoader),
        "located text": lambda: parse_yaml(data, "d.yaml"),
        "a whole deck": lambda: read_deck(file, SHIPPED),
    }
    for spent in in_process(ways, rounds=rounds).values():
        tell(spent)


def whole(facts: int) -> None:
    """Read the deck, ask all facts, make an Anki package with its ledger, make a page: told of each in turn."""
    held: list[object] = []  # nothing is let go while something is measured
    decks: list[Deck] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made-up.yaml"
        path.write_bytes(charters(facts))
        told(lambda: decks.extend(filter(None, [read_deck(path, SHIPPED)[0]])))
    english, _ = read_language(SHIPPED, "en")
    banks: list[Bank] = []
    told(lambda: banks.append(ask(decks[0], english)))
    asked = Asked(deck=decks[0], language=english, every=banks[0])
    for to in ("anki", "page"):
        told(lambda to=to: held.append(_built(asked, to)))  # type: ignore[misc]


def _built(asked: Asked, to: str) -> Built:
    built = build_deck(asked, SHIPPED, to=(to,), sheets_of=lambda *_: ((), ()), printing=Printing(), now=1_800_000_000)
    assert built.files, built.problems
    return built


# ---- from notes to a package, three ways ---------------------------------------------------------------------------


def bundled(notes: int, path: str) -> None:
    """As quizgen does it."""
    _packed(notes, path, lambda part, out: out.write_bytes(bundle([part])))


def with_genanki(notes: int, path: str) -> None:
    """As somebody would write it who knows genanki: models, a deck, a note for each row."""
    _packed(notes, path, _by_genanki)


def with_sqlite(notes: int, path: str) -> None:
    """Nothing but the rows: two tables without an index, and a zip. Anki could not read it."""
    _packed(notes, path, _by_sqlite)


def _packed(notes: int, path: str, way: Callable[[Part, Path], object]) -> None:
    part, problems, _ = part_of(job(_questions(notes)))
    assert part is not None, problems
    told(lambda: way(part, Path(path)))


def _questions(number: int) -> list[Question]:
    """That many questions, of each form with a note type as many, with words of their own."""
    out: list[Question] = []
    for i in range(number):
        question = (RECALL, CHOICE, TRUTH, CLOZE)[i % 4]
        about = replace(question.about, fact=f"fact-{i}", note=None if i % 3 else f"Note {i} & more")
        out.append(replace(question, about=about, prompt=f"{question.prompt} ({i})"))
    return out


def _by_genanki(part: Part, path: Path) -> None:
    looks, _ = read_looks(SHIPPED)
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


def _by_sqlite(part: Part, path: Path) -> None:
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
    tags, fields = " ".join(note.tags), "\x1f".join(note.fields)
    return number, note.guid, note.type.number, note.changed, tags, fields, note.fields[0]
