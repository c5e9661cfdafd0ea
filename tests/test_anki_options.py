"""What learners ask for: a part of the cards, topics, the order of new cards, presets, several decks, a text file."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import ImportCsvRequest

from quizgen.build import Packing, build_package
from quizgen.cards import Selection
from tests.authoring import Author, opened
from tests.learner import Learner, learner, shown

DECK = "decks/bridge/deck.yaml"


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


@pytest.fixture
def someone(tmp_path: Path) -> Iterator[Learner]:
    with learner(tmp_path / "anki") as found:
        yield found


def keys(someone: Learner) -> list[str]:
    """What the new cards are about, in their order."""
    return [card.note()["Id"].removeprefix("bridge/") for card in someone.cards()]


# ---- a part of the cards -------------------------------------------------------------------------------------------


def part(author: Author, *, only: set[str] = frozenset(), without: set[str] = frozenset()) -> set[tuple[str, str]]:  # type: ignore[assignment]  # a set that nobody changes
    """Way and form of the notes that are left."""
    packing = Packing(cards=Selection(only=frozenset(only), without=frozenset(without)))
    package = opened(author.builds(packing=packing).files["bridge.apkg"])
    return {(note.fields[0].rpartition("/")[2], note.type.name.removeprefix("quizgen ")) for note in package.notes}


def test_only_some_ways_or_forms_become_cards(author: Author) -> None:
    every = part(author)
    assert {form for _, form in every} == {"recall", "choice", "truth", "cloze", "order"} - {"truth"}
    assert part(author, only={"when"}) == {("when", "recall")}
    assert part(author, only={"choice", "cloze"}) == {pair for pair in every if pair[1] in {"choice", "cloze"}}
    assert part(author, without={"choice", "when"}) == {pair for pair in every if not {"choice", "when"} & set(pair)}


def test_a_part_of_the_cards_is_the_same_cards(author: Author) -> None:
    every = {note.guid: note for note in opened(author.packs()).notes}
    packing = Packing(cards=Selection(only=frozenset({"when"})))
    built = author.builds(packing=packing)
    assert all(every[note.guid] == note for note in opened(built.files["bridge.apkg"]).notes)
    (told,) = [problem for problem in built.problems if "left out of this package" in problem.says]
    assert told.remedy == "Learners keep them as they are."
    assert {note.guid: note for note in opened(author.packs()).notes} == every


def test_a_name_that_no_card_has_is_a_problem(tmp_path: Path) -> None:
    author = Author(tmp_path)
    command = [sys.executable, "-m", "quizgen", "build", "--to", "anki", "--without", "chioce"]
    done = subprocess.run(command, cwd=author.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no card of this deck has the way or form 'chioce'" in done.stderr
    assert "Did you mean 'choice'?" in done.stderr


def test_the_count_of_cards_is_told_before_building(author: Author, someone: Learner) -> None:
    command = [sys.executable, "-m", "quizgen", "check"]
    done = subprocess.run(command, cwd=author.folder, capture_output=True, text=True, check=False)
    someone.imports(author.packs())
    assert f", {len(someone.cards())} Anki cards" in done.stdout


# ---- order and topics ----------------------------------------------------------------------------------------------


def test_new_cards_come_in_the_order_of_the_deck(author: Author, someone: Learner) -> None:
    someone.imports(author.packs())
    facts = list(dict.fromkeys(key.split("/")[0] for key in keys(someone)))
    assert facts[:5] == ["ferry", "mill", "bridge", "tram", "lamps"]


def test_new_cards_come_by_time(author: Author, someone: Learner) -> None:
    author.edits(DECK, "language: en\n", "language: en\norder: timeline\n")
    someone.imports(author.packs())
    facts = list(dict.fromkeys(key.split("/")[0] for key in keys(someone)))
    assert facts[:8] == ["ferry", "treaty", "pact", "mill", "accord", "hall", "bridge", "peace"]


def test_new_cards_come_by_importance(author: Author, someone: Learner) -> None:
    author.edits(DECK, "language: en\n", "language: en\norder: [town, river]\n")
    someone.imports(author.packs())
    facts = list(dict.fromkeys(key.split("/")[0] for key in keys(someone)))
    assert facts[:4] == ["bridge", "ferry", "mill", "tram"]


@pytest.mark.parametrize(
    "written", ["topics: folders", "order: random", "order: {by: time}", "topics: [tags]", "recall: typd"]
)
def test_another_word_is_a_problem(author: Author, written: str) -> None:
    author.edits(DECK, "language: en\n", f"language: en\n{written}\n")
    with pytest.raises(AssertionError, match=r"'(topics|order|recall)'"):
        author.packs()


def test_topics_are_subdecks_by_the_first_tag(author: Author, someone: Learner) -> None:
    author.edits(DECK, "language: en\n", "language: en\ntopics: subdecks\n")
    author.edits(DECK, "tags: [river]", 'tags: ["by-water::the-river", x]')
    someone.imports(author.packs())
    decks = {deck.name for deck in someone.collection.decks.all_names_and_ids()}
    title = "The bridge at Sel"
    assert decks == {
        *("Default", title, f"{title}::bridge", f"{title}::by-water", f"{title}::by-water::the-river"),
    }
    assert len(someone.cards(f'"deck:{title}::bridge"')) == 3
    assert someone.ailments() == []


def test_cards_stay_where_they_are_when_topics_become_subdecks(author: Author, someone: Learner) -> None:
    someone.imports(author.packs())
    before = {card.id: card.did for card in someone.cards()}
    author.edits(DECK, "language: en\n", "language: en\ntopics: subdecks\n")
    someone.imports(author.packs())
    assert {card.id: card.did for card in someone.cards()} == before


# ---- packages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ticked", [False, True])
def test_a_preset_is_taken_by_those_who_tick_it(tmp_path: Path, ticked: bool) -> None:  # noqa: FBT001 - pytest gives it
    package = Author(tmp_path).builds(packing=Packing(preset=True)).files["bridge.apkg"]
    with learner(tmp_path / "anki") as someone:
        someone.imports(package, with_deck_configs=ticked)
        names = {preset["name"] for preset in someone.collection.decks.all_config()}
        assert names == ({"Default", "quizgen"} if ticked else {"Default"})
        deck = someone.collection.decks.by_name("The bridge at Sel")
        assert deck is not None
        new = someone.collection.decks.config_dict_for_deck_id(deck["id"])["new"]
        assert (new["perDay"], new["bury"]) == ((10, True) if ticked else (20, False))
        assert someone.ailments() == []


def test_several_decks_make_one_package(tmp_path: Path) -> None:
    one, other = Author(tmp_path / "one"), Author(tmp_path / "other")
    other.edits(DECK, "deck: The bridge at Sel", "deck: Another bridge\nid: other")
    together = Packing(together=True)
    built = [author.builds(packing=together) for author in (one, other)]
    assert [found.files for found in built] == [{}, {}]
    package = build_package("all", built)
    assert package.problems == ()
    with learner(tmp_path / "anki") as someone:
        log = someone.imports(package.files["all.apkg"])
        for author, title in ((one, "The bridge at Sel"), (other, "Another bridge")):
            (alone,) = author.builds().files.values()
            notes = opened(alone).notes
            assert len({card.nid for card in someone.cards(f'"deck:{title}"')}) == len(notes)
            assert someone.imports(alone) == {"duplicate": len(notes)}
            log["new"] -= len(notes)
        assert log == {"new": 0}
        assert someone.ailments() == []


def test_two_decks_with_one_title_are_not_put_together(tmp_path: Path) -> None:
    one, other = Author(tmp_path / "one"), Author(tmp_path / "other")
    other.edits(DECK, "language: en", "id: other\nlanguage: en")
    package = build_package("all", [author.builds(packing=Packing(together=True)) for author in (one, other)])
    assert package.files == {}
    assert package.problems[0].says == "the decks 'bridge' and 'other' have one title: to Anki they are one"


def test_one_package_of_several_decks_is_built_by_command(tmp_path: Path) -> None:
    def run(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "quizgen", *args]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    run("new", "history")
    run("new", "rivers")
    done = run("build", "--to", "anki,json", "--one-package", "School")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["output/history.json", "output/rivers.json", "output/school.apkg"]
    assert run("build", "--to", "anki").stdout.splitlines() == ["output/history.apkg", "output/rivers.apkg"]


# ---- the text file -------------------------------------------------------------------------------------------------


def test_the_text_file_updates_what_the_package_brought(author: Author, someone: Learner) -> None:
    someone.imports(author.packs())
    someone.reviews_everything()
    before = someone.schedule()
    author.edits(DECK, "value: 312 m", "value: 321 m")
    author.edits(DECK, "note: In the rain.", """note: '# In the "rain" and <wind>'""")
    path = author.folder / "deck.txt"
    path.write_bytes(author.builds("anki-text").files["bridge-anki.txt"])
    metadata = someone.collection.get_csv_metadata(str(path), delimiter=None)
    log = someone.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    found = {name: len(getattr(log, name)) for name in ("new", "updated", "conflicting", "missing_notetype")}
    assert found == {"new": 0, "updated": 4, "conflicting": 0, "missing_notetype": 0}
    assert someone.schedule() == before
    (card,) = someone.note("bridge/length/cloze").cards()
    assert shown(card.answer())[1] == ("prompt", "Length of the bridge: 321 m.")
    (card,) = someone.note("bridge/bridge/when").cards()
    assert ("note", '# In the "rain" and <wind>') in shown(card.answer())
    assert someone.ailments() == []


def test_each_row_of_the_text_file_is_a_note_of_the_package(author: Author) -> None:
    built = author.builds("anki", "anki-text")
    text = built.files["bridge-anki.txt"].decode()
    headers = [line for line in text.splitlines() if line.startswith("#")]
    assert headers[:8] == [
        *("#separator:tab", "#html:true", "#guid column:1", "#notetype column:2", "#deck column:3", "#tags column:4"),
        *("#if matches:update current", "#match scope:notetype"),
    ]
    rows = list(csv.reader(io.StringIO("".join(text.splitlines(keepends=True)[len(headers) :])), delimiter="\t"))
    notes = opened(built.files["bridge.apkg"]).notes
    assert [(row[0], row[1], tuple(row[4 : 4 + len(note.fields)])) for row, note in zip(rows, notes, strict=True)] == [
        (note.guid, note.type.name, note.fields) for note in notes
    ]
    assert [problem.says for problem in built.problems] == ["pictures are not in the text file for Anki: 1"]


# ---- an order ------------------------------------------------------------------------------------------------------


def test_an_order_shows_its_items_and_then_the_right_order(author: Author, someone: Learner) -> None:
    someone.imports(author.packs())
    (card,) = someone.note("bridge/treaty/order").cards()
    assert shown(card.question())[0] == ("prompt", "Put these treaties in order, earliest first.")
    front, back = card.question(), card.answer().partition('<hr id="answer">')[2]
    items = ["The treaty of friendship", "The long pact", "The accord on tolls", "The peace of mills"]
    assert all(item in front for item in items)
    assert "1815" not in front
    places = [back.index(text) for item, year in zip(items, (1815, 1847, 1871, 1901)) for text in (item, str(year))]  # noqa: B905 - as long
    assert places == sorted(places)
