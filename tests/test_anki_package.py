"""The file itself: genanki's rows, the same bytes everywhere, and what is refused."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import genanki
import pytest

from quizgen.cards import Carded, on_cards
from quizgen.facts import Picture
from quizgen.kinds import Kind
from quizgen.ledger import FIRST, Ledger, Line
from quizgen.questions import Cloze, Question, form_of
from quizgen.write import Job
from quizgen.write.anki import write
from quizgen.write.anki.deck import description_of, name_of, number_of
from quizgen.write.anki.fields import Pen
from quizgen.write.anki.models import NOTE_TYPES, read_looks
from quizgen.write.anki.note import Note
from quizgen.write.anki.notes import Notes, guid
from quizgen.write.anki.package import collection, deck_of, model_of, package
from quizgen.write.anki.text import inert, inert_attribute, inert_blank, tag
from tests.anki_jobs import KINDS, TEMPLATES, deck, english, fact, job, kind, package_of
from tests.samples import CHOICE, CLOZE, MATCH, NUMERIC, ORDER, QUESTIONS, RECALL, TRUTH


def rows(database: bytes) -> tuple[object, ...]:
    """What two writers must agree on; the ids of notes and cards are their own affair."""
    db = sqlite3.connect(":memory:")
    db.deserialize(database)
    notes = db.execute("SELECT guid,mid,mod,usn,tags,flds,sfld,csum,flags,data FROM notes ORDER BY id").fetchall()
    cards = db.execute(
        "SELECT guid,did,ord,c.mod,c.usn,type,queue,due,ivl,factor,reps,lapses,left,odue,odid,c.flags,c.data "
        "FROM cards c JOIN notes n ON n.id = c.nid ORDER BY n.id, ord"
    ).fetchall()
    col = db.execute("SELECT models, decks FROM col").fetchone()
    schema = db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return notes, cards, [json.loads(text) for text in col], schema


def questions(number: int) -> list[Question]:
    """Many questions, with and without the fields that may be empty."""
    return [
        replace(question, about=replace(question.about, fact=f"fact-{i}", note=None if i % 3 else f"Note {i}"))
        for i in range(number)
        for question in ((RECALL, CHOICE, TRUTH, CLOZE)[i % 4],)
    ]


def plain_job(*asked: Question) -> Job:
    """A job without a ledger."""
    return replace(job(asked), ledger=Ledger())


@pytest.mark.filterwarnings("error")
def test_the_rows_are_those_of_genankis_own_writer() -> None:
    made = list(Notes(plain_job(*questions(200))))
    looks, _ = read_looks(TEMPLATES)
    number = number_of(deck())
    ours = deck_of(number, "A deck", "About it")
    used = {note.type.form for note in made}
    models = {form: model_of(NOTE_TYPES[form], looks[form]) for form in NOTE_TYPES if form in used}
    theirs = genanki.Deck(number, "A deck", "About it")
    for due, note in enumerate(made, 1):
        theirs.add_note(
            genanki.Note(models[note.type.form], list(note.fields), tags=list(note.tags), guid=note.guid, due=due)
        )
    db = sqlite3.connect(":memory:")
    genanki.Package(theirs).write_to_db(db.cursor(), float(FIRST), count(1))
    db.commit()
    database = b"".join(collection([ours], dict.fromkeys(models.values(), FIRST), made))
    assert len(made) == 200
    assert rows(database) == rows(db.serialize())


@pytest.mark.parametrize("parts", [("d", "f", "w"), ("a-b", "x_y", "when"), *((str(i), "f", "w") for i in range(200))])
def test_guids_are_genankis(parts: tuple[str, str, str]) -> None:
    assert guid(*parts, "recall") == guid(*parts, "cloze") == genanki.guid_for("quizgen", *parts)
    assert guid(*parts, "choice") == genanki.guid_for("quizgen", *parts, "choice")
    assert guid(*parts, "truth") == genanki.guid_for("quizgen", *parts, "truth")


def test_the_identities_that_learners_have_never_change() -> None:
    # If one of these fails, learners get every card twice, or none ever again: it must not.
    assert guid("russia", "taliban-founded", "when", "recall") == "jn1tbH]$6$"
    assert guid("russia", "taliban-founded", "when", "choice") == "ih#SH)1YI8"
    frozen = {
        kind.form: (kind.number, kind.name, kind.cloze, kind.field_id(0), kind.template_id, *kind.fields)
        for kind in NOTE_TYPES.values()
    }
    common = ("Status", "Denied", "Note", "Source", "Picture", "Spare5", "Language")
    spare = ("Spare1", "Spare2", "Spare3", "Spare4")
    n = 1_742_190_331
    assert frozen == {
        "recall": (
            n,
            "quizgen recall",
            False,
            n * 100,
            n * 100 + 99,
            "Id",
            "Prompt",
            "Answer",
            "Also",
            *common,
            "Typed",
            *spare[1:],
        ),
        "choice": (
            *(n + 1, "quizgen choice", False, n * 100 + 100, n * 100 + 199),
            *("Id", "Prompt", "Options", "Instruction", "Answer", *common, *spare),
        ),
        "truth": (
            *(n + 2, "quizgen truth", False, n * 100 + 200, n * 100 + 299),
            *("Id", "Prompt", "Statement", "Answer", "Correction", "Why", *common, *spare),
        ),
        "cloze": (
            *(n + 3, "quizgen cloze", True, n * 100 + 300, n * 100 + 399),
            *("Id", "Text", "Prompt", "Also", *common, *spare),
        ),
        "order": (
            *(n + 4, "quizgen order", False, n * 100 + 400, n * 100 + 499),
            *("Id", "Prompt", "Items", "Ordered", *common, "Axis", *spare[1:]),
        ),
    }


def test_a_way_is_asked_on_one_card_in_the_form_that_its_kind_says() -> None:
    def of(kind: Kind, way: str, *asked: Question) -> list[str]:
        questions = [replace(one, about=replace(one.about, fact="f", kind=kind.name, way=way)) for one in asked]
        return [form_of(question) for question in on_cards(questions, {kind.name: kind})]

    plain, said = kind("k", "a"), kind("k", "a", when="choice", where="none", cloze="cloze", truth="truth")
    assert of(plain, "when", CHOICE, RECALL, NUMERIC) == ["recall"]
    assert of(plain, "when", CHOICE, TRUTH) == ["choice"]
    assert of(plain, "when", NUMERIC, TRUTH, MATCH, ORDER) == []
    assert of(plain, "cloze", CLOZE) == []
    assert of(said, "when", CHOICE, RECALL) == ["choice"]
    assert of(said, "when", RECALL) == []
    assert of(said, "where", RECALL, CHOICE) == []
    assert of(said, "cloze", CLOZE) == ["cloze"]
    assert of(said, "truth", RECALL, TRUTH) == ["truth"]


@pytest.mark.parametrize("question", [RECALL, CHOICE, TRUTH, CLOZE, ORDER], ids=form_of)
def test_a_question_gives_its_note_type_each_field_that_it_needs(question: Carded) -> None:
    kind = NOTE_TYPES[form_of(question)]
    own = dict(zip(kind.own, Pen(language=english()).own(question), strict=True))
    assert "" not in {own[name] for name in kind.always - {"Id"}}
    assert own["Prompt"] == inert(question.prompt)


def test_what_has_no_card_makes_no_note() -> None:
    none = Notes(plain_job(MATCH, ORDER, NUMERIC))
    assert list(none) == []
    assert len(none) == 0
    assert none.problems == ()


def test_a_deck_without_any_card_is_still_a_package() -> None:
    assert zipfile.ZipFile(io.BytesIO(package_of(job([MATCH])))).testzip() is None


def test_notes_say_when_they_last_changed_and_note_types_too() -> None:
    ledger = Ledger(
        lines={"taliban-founded/when/recall": Line(digest="x", changed=FIRST + 77)},
    )
    made = Notes(replace(plain_job(RECALL, CHOICE), ledger=ledger))
    assert [note.changed for note in made] == [FIRST + 77, FIRST]


def test_the_number_of_a_deck_hangs_on_its_id_and_is_nobody_elses() -> None:
    assert number_of(deck()) == number_of(deck(title="Another")) != number_of(deck(id="other"))
    assert all(1 < number_of(deck(id=str(i))) < 1 << 49 for i in range(1000))


def test_pictures_are_named_by_their_content_once_each() -> None:
    one = Picture(path=Path("a/map.png"), data=b"one", suffix=".png", alt="one")
    other = replace(one, path=Path("b/map.png"), data=b"other")
    pictured = [
        replace(question, about=replace(question.about, picture=picture))
        for question, picture in ((RECALL, other), (CHOICE, one), (TRUTH, replace(one, alt="again")))
    ]
    archive = zipfile.ZipFile(io.BytesIO(package_of(job(pictured))))
    names = json.loads(archive.read("media"))
    by_content = {
        hashlib.sha1(data, usedforsecurity=False).hexdigest()[:16] + ".png": data for data in (b"one", b"other")
    }
    assert {name: archive.read(number) for number, name in names.items()} == by_content
    assert list(names.values()) == sorted(by_content)


def test_genanki_is_loaded_without_asyncio_and_leaves_no_trace_of_that() -> None:
    told = (
        "import sys, quizgen.write.anki; print(sorted({'asyncio', 'genanki', 'ssl'} & sys.modules.keys()));"
        "import cached_property; print(cached_property.__name__)"
    )
    found = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    assert found.stdout.splitlines() == ["['genanki']", "cached_property"]


# ---- the same bytes --------------------------------------------------------------------------------------------------

_PRINT = (
    "import hashlib, sys; from tests.anki_jobs import *; from tests.samples import QUESTIONS;"
    "print(hashlib.sha256(package_of(job(QUESTIONS))).hexdigest())"
)


@pytest.mark.parametrize("seed, zone", [("0", "UTC"), ("1", "Asia/Kabul"), ("777", "America/St_Johns")])
def test_the_same_deck_gives_the_same_bytes_everywhere(tmp_path: Path, seed: str, zone: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parents[1])}
    found = subprocess.run(
        [sys.executable, "-c", _PRINT], env=environment, cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert found.stdout.strip() == hashlib.sha256(package_of(job(QUESTIONS))).hexdigest()
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_the_clock_or_of_sqlite_is_in_the_file() -> None:
    archive = zipfile.ZipFile(io.BytesIO(package_of(job(QUESTIONS))))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    database = archive.read("collection.anki2")
    assert database[96:100] == (3_040_001).to_bytes(4, "big")
    assert database[92:96] == database[24:28]


@pytest.fixture
def in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of scratch files, where a database of any size is written."""
    monkeypatch.setattr(sys.modules["quizgen.write.anki.package"], "_MANY", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def database_of(notes: Sequence[Note]) -> Iterator[bytes]:
    looks, _ = read_looks(TEMPLATES)
    models = {model_of(kind, looks[form]): FIRST for form, kind in NOTE_TYPES.items()}
    return collection([deck_of(7, "A deck", "About it")], models, notes)


def test_a_database_is_the_same_from_a_file_as_from_memory(in_a_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = list(Notes(plain_job(*questions(3_000))))
    monkeypatch.setattr(sys.modules["quizgen.write.anki.package"], "_in_memory", lambda _: pytest.fail("in memory"))
    found = b"".join(database_of(notes))
    assert list(in_a_file.iterdir()) == []
    monkeypatch.undo()
    assert found == b"".join(database_of(notes))


@pytest.mark.skipif(sys.platform == "win32", reason="has no file without a name")
def test_a_program_that_is_killed_while_it_writes_a_database_leaves_no_file(tmp_path: Path) -> None:
    killed = """
import os, signal, sys
from tests.test_anki_package import *
sys.modules["quizgen.write.anki.package"]._MANY = 0
class Deadly(list):
    def __iter__(self):
        yield from super().__iter__()
        print("written", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
list(database_of(Deadly(Notes(plain_job(*questions(2_000))))))
"""
    done = subprocess.run(
        [sys.executable, "-c", killed],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "written\n"), done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_cards_of_plain_notes_are_the_same_by_a_quick_way(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = [question for question in questions(200) if not isinstance(question, Cloze)]
    notes = list(Notes(plain_job(*plain)))
    assert len(notes) == 150
    quick = b"".join(database_of(notes))
    monkeypatch.setattr(sys.modules["quizgen.write.anki.package"], "_all_plain", lambda _: False)
    assert b"".join(database_of(notes)) == quick


@pytest.mark.parametrize("other", [{"cards": (0, 1)}, {"suspended": True}, {"deck": 8}])
def test_one_note_that_is_not_plain_has_its_own_cards(other: dict[str, object]) -> None:
    one, *more = Notes(plain_job(*questions(3)))
    database = sqlite3.connect(":memory:")
    database.deserialize(b"".join(database_of([*more, replace(one, **other)])))  # type: ignore[arg-type]  # by hand
    cards = database.execute("SELECT did, ord, queue FROM cards ORDER BY id").fetchall()
    usual = [(note.deck, 0, 0) for note in more]
    queue = -1 if "suspended" in other else 0
    assert cards == [*usual, *((other.get("deck", one.deck), ord_, queue) for ord_ in other.get("cards", (0,)))]  # type: ignore[attr-defined]


def test_without_a_place_for_files_a_database_is_written_in_memory(in_a_file: Path) -> None:
    notes = list(Notes(plain_job(*questions(20))))
    there = b"".join(database_of(notes))
    in_a_file.rmdir()
    assert b"".join(database_of(notes)) == there


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit for the size of files")
def test_on_a_full_disk_a_database_is_written_in_memory(in_a_file: Path) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    notes = list(Notes(plain_job(*questions(20))))
    there = b"".join(database_of(notes))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        found = b"".join(database_of(notes))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert found == there
    assert list(in_a_file.iterdir()) == []


def test_the_order_in_which_models_and_media_come_is_not_in_the_file() -> None:
    looks, _ = read_looks(TEMPLATES)
    media = {"b.png": b"b", "a.png": b"a"}
    backwards = dict(reversed(media.items()))
    models = {model_of(NOTE_TYPES["recall"], looks["recall"]): FIRST}
    assert package([deck_of(7, "x", "")], models, (), media) == package([deck_of(7, "x", "")], models, (), backwards)


# ---- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["collection", "Collection", "backup-2026", "BACKUP-x"])
def test_a_name_that_anki_takes_for_a_whole_collection_is_refused(name: str) -> None:
    written = write(job([RECALL], name=name))
    assert written.files == {}
    assert "the learner's whole collection" in written.problems[0].says


def test_a_deck_without_a_title_is_refused() -> None:
    written = write(job([RECALL], of=deck(title=" ")))
    assert written.files == {}
    assert written.problems[0].says == "Anki cannot have a deck without a title"


def test_what_is_said_about_a_deck_is_checked_as_well() -> None:
    written = write(job([RECALL], of=deck(about="a\x1fb")))
    assert [problem.says for problem in written.problems] == [
        "U+001F cannot stand in an Anki field (in what is said about the deck as a whole)"
    ]
    assert write(job([RECALL], of=deck(title="a\x00b"))).files == {}


def test_two_notes_with_one_identity_are_refused() -> None:
    # genanki joins the parts of a guid with two underscores
    twins = [
        replace(RECALL, about=replace(RECALL.about, fact="a__b", way="c")),
        replace(RECALL, about=replace(RECALL.about, fact="a", way="b__c")),
    ]
    (problem,) = write(job(twins)).problems
    assert problem.says == "'sample/a/b__c' and 'sample/a__b/c' would be one card to Anki"


@pytest.mark.parametrize(
    "question",
    [
        replace(RECALL, prompt=""),
        replace(RECALL, prompt=" \n "),
        replace(RECALL, answers=("",)),
        replace(TRUTH, statement="\u3000"),
        replace(CLOZE, pieces=("No blank.",)),
    ],
)
def test_a_note_without_a_card_is_refused(question: Question) -> None:
    written = write(job([question]))
    assert written.files == {}
    assert "there is nothing to stand on the card" in written.problems[0].says
    assert written.problems[0].place == question.about.place


def test_all_problems_come_at_once() -> None:
    bad: list[Question] = [replace(RECALL, prompt="\x00"), replace(CHOICE, prompt="")]
    written = write(job(bad, name="collection", of=deck(fact("x", retired="\x1f"), title="")))
    assert len(written.problems) == 4


# ---- text ----------------------------------------------------------------------------------------------------


def test_text_becomes_html_in_which_nothing_runs() -> None:
    assert inert("plain: text") == "plain: text"
    assert inert("<b>&'\"") == "&lt;b&gt;&amp;&#39;&quot;"
    assert inert("[sound:x] {{c1::y}}") == "&#91;sound:x&#93; &#123;&#123;c1::y&#125;&#125;"
    assert inert("\\(x\\)\n") == "&#92;<span></span>(x&#92;<span></span>)<br>"
    assert inert_blank("std::vector") == "std&#58;&#58;vector"
    assert inert_attribute('\\ "\n') == "&#92; &quot;&#10;"


def test_a_tag_is_one_word() -> None:
    assert [tag(text) for text in ("a b", " a\tb ", "a\u00a0b", '"a"', "a::::b", "::", "", "e\u0301", "a\x00")] == [
        *("a-b", "a-b", "a-b", "a", "a::b", "", "", "é", "a")
    ]


def test_a_title_is_shown_as_it_is_written_and_is_no_path() -> None:
    assert name_of(deck(title="a::b:::c")) == "a:\u2060:b:\u2060::c"


def test_a_deck_without_sources_or_licence_says_less() -> None:
    bare = deck(about=None, sources={}, license=None)
    assert description_of(bare, english()) == '<div dir="auto"><p>Made with quizgen.</p></div>'


def test_every_kind_of_the_samples_is_known() -> None:
    assert {question.about.kind for question in QUESTIONS} <= KINDS.keys()
