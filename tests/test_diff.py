"""What `quizgen diff` says that an import will do, held against what the real Anki does; and strangers' files."""

from __future__ import annotations

import io
import json
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.apkg import Package, unpacked
from quizgen.diff import Difference, compare, markdown, plain
from quizgen.diff.texts import lines_of
from quizgen.problems import Level, Place, Problem
from quizgen.questions import Question
from tests.anki_jobs import NOW, deck, fact, job, package_of
from tests.learner import learner
from tests.samples import CHOICE, CLOZE, QUESTIONS, RECALL, TRUTH

HERE = Place("new.apkg")


def told(old: bytes, new: bytes) -> Difference:
    before, after = unpacked(old, HERE), unpacked(new, HERE)
    assert isinstance(before, Package), before
    assert isinstance(after, Package), after
    return compare(before, after, HERE)


def changed(package: bytes, *statements: str, models: Callable[[dict[str, Any]], None] | None = None) -> bytes:
    """The package with something done to its database."""
    archive = zipfile.ZipFile(io.BytesIO(package))
    db = sqlite3.connect(":memory:")
    db.deserialize(archive.read("collection.anki2"))
    for statement in statements:
        db.executescript(statement)
    if models:
        found = json.loads(db.execute("SELECT models FROM col").fetchone()[0])
        for model in found.values():
            models(model)
        db.execute("UPDATE col SET models = ?", (json.dumps(found),))
    db.commit()
    return zipped(db.serialize())


def zipped(database: bytes, name: str = "collection.anki2") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in {name: database, "media": b"{}"}.items():
            archive.writestr(member, data)
    return buffer.getvalue()


def database_of(package: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2")


FIRST = job(QUESTIONS)
OLD = package_of(FIRST)
LATER = "UPDATE notes SET mod = mod + 100;"


def renamed(model: dict[str, Any]) -> None:
    model["flds"][1]["name"] = "Question"
    for side in ("qfmt", "afmt"):
        model["tmpls"][0][side] = model["tmpls"][0][side].replace("{{Prompt}}", "{{Question}}")
    model["tmpls"][0]["qfmt"] = model["tmpls"][0]["qfmt"].replace("Prompt}}", "Question}}")
    model["tmpls"][0]["afmt"] = model["tmpls"][0]["afmt"].replace("Prompt}}", "Question}}")
    model["mod"] += 100


def renamed_without_ids(model: dict[str, Any]) -> None:
    renamed(model)
    model["flds"][1].pop("id")


def another_field(model: dict[str, Any]) -> None:
    model["flds"].append(
        model["flds"][-1] | {"name": "More", "ord": len(model["flds"]), "id": int(model["id"]) * 100 + 77}
    )
    model["mod"] += 100


def another_css(model: dict[str, Any]) -> None:
    model["css"] += "p {}"


MORE = "UPDATE notes SET flds = flds || char(31);"
CHANGES: dict[str, tuple[list[str], Callable[[dict[str, Any]], None] | None]] = {
    "nothing": ([], None),
    "newer": ([LATER, "UPDATE notes SET flds = replace(flds, '1994', '1995');"], None),
    "not newer": (["UPDATE notes SET flds = replace(flds, '1994', '1995');"], None),
    "older": (["UPDATE notes SET mod = mod - 9, flds = replace(flds, '1994', '1995');"], None),
    "tags": ([LATER, "UPDATE notes SET tags = ' x ';"], None),
    "other guids": (["UPDATE notes SET guid = guid || 'x';"], None),
    "left out": (["DELETE FROM cards WHERE nid % 2; DELETE FROM notes WHERE id % 2;"], None),
    "field renamed": ([LATER], renamed),
    "field renamed without ids": ([LATER], renamed_without_ids),
    "field added": ([LATER, MORE], another_field),
    "look": ([], another_css),
    "deck renamed": (["UPDATE col SET decks = replace(decks, 'A sample', 'Another sample');"], None),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_said_is_what_anki_does(tmp_path: Path, name: str) -> None:
    statements, models = CHANGES[name]
    new = changed(OLD, *statements, models=models)
    difference = told(OLD, new)
    with learner(tmp_path) as someone:
        someone.imports(OLD)
        log = someone.imports(new)
        names = {kind.name for kind in someone.collection.models.all_names_and_ids() if "quizgen" in kind.name}
    framed = bool(difference.frames)
    conflicting = 0 if not framed else len(difference.refused)
    stale = len(difference.refused) - conflicting
    said = {
        "new": len(difference.new),
        "updated": len(difference.updated) + len(difference.retired),
        "duplicate": difference.untouched + stale,
        "conflicting": conflicting,
    }
    assert log == {outcome: number for outcome, number in said.items() if number}
    assert any(kind.endswith("+") for kind in names) == framed
    errors = {problem.says.split(" and ")[-1] for problem in difference.problems if problem.level is Level.ERROR}
    assert bool(errors) == (name in {"not newer", "older", "field renamed without ids", "field added", "look"})


def test_notes_with_one_identity_are_told_of() -> None:
    columns = "guid, mid, mod, usn, tags, flds, sfld, csum, flags, data"
    twin = f"INSERT INTO notes SELECT id + 900, {columns} FROM notes LIMIT 1;"  # noqa: S608 - no stranger's words
    (problem,) = told(OLD, changed(OLD, twin)).problems
    assert problem.says == "notes in this package have one identity: 'sample/taliban-founded/when'"


def test_a_deck_that_was_renamed_splits_and_its_learners_are_told_what_to_do() -> None:
    difference = told(OLD, changed(OLD, *CHANGES["deck renamed"][0]))
    assert difference.moves == (("A sample", "Another sample"),)
    assert [problem.level for problem in difference.problems] == [Level.WARNING]
    assert "**Before you import:** the deck “A sample” is now called “Another sample”" in markdown(difference)


def test_another_note_type_is_refused() -> None:
    one, other = package_of(job([RECALL])), package_of(job([TRUTH]))
    guid = "UPDATE notes SET guid = 'same';"
    difference = told(changed(one, guid), changed(other, guid, LATER))
    assert len(difference.refused) == 1
    assert difference.problems[0].says == "notes have another note type, and Anki leaves them alone: 1"


# ---- in words ------------------------------------------------------------------------------------------------------


@pytest.fixture
def everything() -> Difference:
    options = (*CHOICE.options[:2], replace(CHOICE.options[2], text="2002", why="2002 is wrong."))
    gap = CLOZE.gaps[0]
    pieces = ("The bridge opens (", gap, ") in Sel.")
    next_: list[Question] = [
        replace(RECALL, answers=("1995",), about=replace(RECALL.about, tags=("kabul",))),
        replace(CHOICE, options=options),
        replace(CLOZE, pieces=pieces),
        replace(RECALL, about=replace(RECALL.about, fact="new-one"), prompt="When *is* it?"),
    ]
    of = deck(fact("arms", "claim", retired="It was never so."))
    return told(OLD, package_of(job(next_, of=of, ledger=FIRST.ledger, now=NOW + 9)))


def test_a_difference_is_told_in_plain_words(everything: Difference) -> None:
    assert (
        plain(everything)
        == """\
new: 1
  new-one/when: When *is* it?
left out, and stay as they are: 1
  piers/which: Which of these belong here? Materials of the bridge at Sel.
updated: 3
  taliban-founded/when: In which year did this happen? Mohammad Omar establishes the Taliban movement.
      Answer: 1994 -> 1995
      tags: -taliban +kabul
  kabul-captured/when: In which year did this happen? The Taliban capture Kabul.
      Options: ✗ 2001 (2001 is when al-Qaeda attacks New York.) -> ✗ 2002 (2002 is wrong.)
  bridge-opened/cloze: The bridge opens ([May 1994]) in Sel.
      Text: The bridge opens ([May 1994]) in [Sel]. -> The bridge opens ([May 1994]) in Sel.
      1 card with nothing on it any more
retired: 1
  arms/claim: According to senior U.S. officials, Russia has given the Taliban tanks.
      This card was withdrawn. It was never so.
untouched: 0
"""
    )


def test_release_notes_say_what_came_and_how_to_be_rid_of_what_was_withdrawn(everything: Difference) -> None:
    notes = markdown(everything)
    assert notes.startswith("1 new note, 3 corrections, 1 withdrawal. Import the package over what you have")
    assert "## New\n\n- When \\*is\\* it?\n" in notes
    assert "  - Answer: ~~1994~~ 1995\n" in notes
    assert "\n    tag:quizgen::withdrawn\n" in notes
    assert "Toggle Suspend" in notes
    assert "*Tools > Empty Cards*" in notes


def test_a_withdrawn_card_is_told_by_what_it_asked_and_why(everything: Difference) -> None:
    withdrawn = markdown(everything).partition("## Withdrawn")[2]
    assert "Russia has given the Taliban tanks." in withdrawn
    assert "It was never so." in withdrawn


def test_the_search_in_the_release_notes_finds_what_was_withdrawn(tmp_path: Path) -> None:
    last = job(QUESTIONS[1:], of=deck(fact("taliban-founded", retired="A slip.")), ledger=FIRST.ledger, now=NOW + 9)
    with learner(tmp_path) as someone:
        someone.imports(OLD)
        someone.imports(package_of(last))
        assert len(someone.cards("tag:quizgen::withdrawn")) == 1


@pytest.mark.parametrize(
    "field, lines",
    [
        ("plain", ("plain",)),
        ("a &lt;b&gt; &#123;&#123;c1&#125;&#125;", ("a <b> {{c1}}",)),
        ("one<br>two<div>three</div>", ("one", "two", "three")),
        ("{{c2::May::hint}} and {{c1::x}}", ("[May] and [x]",)),
        ('<img src="a.png" alt="A &quot;map&quot;">', ('[picture a.png: A "map"]',)),
        ("<style>x</style><script>alert(1)</script>y", ("y",)),
        ("<b>un<i>closed", ("unclosed",)),
        ("&#92;<span></span>(x", ("\\(x",)),
        ("x" * 5000, ("x" * 2000 + "…",)),
    ],
)
def test_a_field_is_told_as_text(field: str, lines: tuple[str, ...]) -> None:
    assert lines_of(field) == lines


def test_nothing_in_a_strangers_package_steers_the_terminal() -> None:
    evil = "UPDATE notes SET mod = mod + 1, flds = replace(flds, '1994', char(27) || '[2J' || char(8238));"
    assert "\x1b" not in plain(told(OLD, changed(OLD, evil)))
    assert "\u202e" not in plain(told(OLD, changed(OLD, evil)))


# ---- strangers' files ----------------------------------------------------------------------------------------------

VIEW = """DROP TABLE notes; CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
SELECT id, 'g' || id guid, 1 mid, 1 mod, '' tags, '' flds FROM n;"""
BLOWN = """DROP TABLE notes; CREATE TABLE notes(id,guid,mid,mod,tags,flds AS (hex(zeroblob(90000000))));
INSERT INTO notes(id,guid,mid,mod,tags) VALUES(1,'a',1,1,'');"""

STRANGE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "no Anki package"),
    "no zip": (b"PK", "no Anki package"),
    "broken off": (OLD[:-40], "no Anki package"),
    "no collection": (zipped(b"", "x"), "there is no collection"),
    "no database": (zipped(b"SQLite format 2"), "is no database"),
    "nothing": (zipped(b""), "is no database"),
    "newer": (zipped(b"zstd", "collection.anki21b"), "of Anki's own newer kind"),
    "view": (changed(OLD, VIEW), "has no table 'notes'"),
    "no table": (changed(OLD, "DROP TABLE cards;"), "has no table 'cards'"),
    "blown up": (changed(OLD, BLOWN), "cannot be read"),
    "note types": (changed(OLD, "UPDATE col SET models = '[';"), "the note types in this package cannot be read"),
    "deep": (changed(OLD, "UPDATE col SET models = '" + "[" * 50_000 + "';"), "the note types"),
    "list": (changed(OLD, "UPDATE col SET models = '[]';"), "the note types"),
    "note type": (changed(OLD, "UPDATE col SET models = '{\"1\": {}}';"), "a note type in this package is not whole"),
    "decks": (changed(OLD, "UPDATE col SET decks = 7;"), "the decks in this package"),
    "guid": (changed(OLD, "UPDATE notes SET guid = x'ff';"), "a note in this package is not whole"),
    "time": (changed(OLD, "UPDATE notes SET mod = 'now';"), "a note in this package is not whole"),
    "fields": (changed(OLD, "UPDATE notes SET flds = 'one';"), "a field too many or too few: 1, not 1"),
    "card": (changed(OLD, "UPDATE cards SET ord = 'x';"), "a card in this package is not whole"),
    "schema": (changed(OLD, "UPDATE col SET ver = 18;"), "of a kind that quizgen does not read"),
    "empty col": (changed(OLD, "DELETE FROM col;"), "of a kind that quizgen does not read"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_strangers_file_is_a_problem_at_its_path(name: str) -> None:
    data, says = STRANGE[name]
    found = unpacked(data, Place("theirs.apkg"))
    assert isinstance(found, Problem)
    assert says in found.says
    assert found.place == Place("theirs.apkg")
    assert found.remedy


def test_what_is_packed_too_large_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizgen.apkg.LARGEST", 1 << 16)
    found = unpacked(zipped(b"SQLite format 3\0" + bytes(1 << 20)), HERE)
    assert isinstance(found, Problem)
    assert found.says == "the database in this package is too large"


@pytest.mark.slow
@pytest.mark.parametrize("layer", ["zip", "database"])
def test_no_damage_makes_reading_fail(layer: str) -> None:
    whole = OLD if layer == "zip" else database_of(OLD)
    for seed in range(1500):
        dice = random.Random(seed)  # noqa: S311 - not for secrets
        data = bytearray(whole)
        for _ in range(dice.randint(1, 30)):
            data[dice.randrange(dice.choice([100, 5000, len(data)]))] = dice.randrange(256)
        found = unpacked(bytes(data) if layer == "zip" else zipped(bytes(data)), HERE)
        assert isinstance(found, Package | Problem)


# ---- the command ---------------------------------------------------------------------------------------------------


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quizgen", *args]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_a_package_is_compared_with_the_deck_as_it_stands_and_nothing_is_written(tmp_path: Path) -> None:
    run("new", "history", cwd=tmp_path)
    run("build", "--to", "anki", cwd=tmp_path)
    (tmp_path / "old.apkg").write_bytes((tmp_path / "output/history.apkg").read_bytes())
    file = tmp_path / "decks/history.yaml"
    file.write_text(file.read_text().replace("value: 312 m", "value: 321 m"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    done = run("diff", "old.apkg", "history", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[312 m]. -> Length of the bridge: [321 m]." in done.stdout
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    same = run("diff", "history", "history", cwd=tmp_path)
    assert (same.returncode, same.stdout) == (0, "untouched: 61\n")


def test_what_anki_would_ignore_is_an_error(tmp_path: Path) -> None:
    run("new", "history", cwd=tmp_path)
    run("build", "--to", "anki", cwd=tmp_path)
    (tmp_path / "old.apkg").write_bytes((tmp_path / "output/history.apkg").read_bytes())
    for name in ("decks/history.ledger.json", "output/build.json", "output/history.apkg"):
        (tmp_path / name).unlink()
    file = tmp_path / "decks/history.yaml"
    file.write_text(file.read_text().replace("value: 312 m", "value: 321 m"))
    done = run("diff", "old.apkg", "history", cwd=tmp_path)
    assert done.returncode == 1
    assert "changed without being newer, and Anki ignores them" in done.stderr
    assert "not taken by Anki: " in done.stdout


def test_a_file_that_is_none_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "bad.apkg").write_bytes(b"PK")
    done = run("diff", "bad.apkg", "absent.apkg", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "bad.apkg: this is no Anki package, or a damaged one" in done.stderr
    assert "absent.apkg: this package cannot be read: No such file or directory" in done.stderr
