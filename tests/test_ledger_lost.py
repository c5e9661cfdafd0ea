"""What is lost: a ledger, that a package of an earlier build gives back; cards that nobody tells learners of."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizgen.build import Built
from quizgen.diff import compare
from quizgen.ledger import FIRST, Ledger, Line, brought_up, read_ledger, updated
from quizgen.problems import Level, Place
from tests.anki_jobs import NOW, deck
from tests.authoring import Author, opened

DECK, KIND = "decks/bridge/deck.yaml", "decks/bridge/kinds/treaty.yaml"
HERE = Place("x.apkg")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def says(built: Built) -> list[str]:
    return [problem.says for problem in built.problems]


def cards_of(author: Author) -> dict[str, object]:
    ledger, problems = read_ledger(author.ledger)
    assert problems == ()
    return {key: line for key, line in ledger.lines.items() if line.card}


# ---- a lost ledger -------------------------------------------------------------------------------------------------


def test_a_lost_ledger_is_rebuilt_from_the_package_of_an_earlier_build(author: Author) -> None:
    author.packs()
    author.edits(DECK, "In the rain.", "In the snow.")
    before, kept = author.packs(), read_ledger(author.ledger)
    author.ledger.unlink()
    built = author.builds()
    assert built.files["bridge.apkg"] == before
    again, _ = read_ledger(author.ledger)
    assert again.slots == kept[0].slots
    assert {name: line.digest for name, line in again.looks.items()} == {
        name: line.digest for name, line in kept[0].looks.items()
    }
    assert all(again.looks[name].changed >= line.changed for name, line in kept[0].looks.items()), "never older"
    assert cards_of(author) == {key: line for key, line in kept[0].lines.items() if line.card}
    (problem,) = built.problems
    assert problem.level is Level.WARNING
    assert problem.place.file == str(author.ledger)
    assert problem.says.startswith("the deck's ledger is lost, and was rebuilt from ")
    assert "version control" in problem.remedy


def test_after_the_loss_of_a_ledger_corrections_still_arrive_and_nothing_else_changes(author: Author) -> None:
    before = author.packs()
    author.ledger.unlink()
    author.edits(DECK, "In the rain.", "In the snow.")
    told = compare(opened(before), opened(author.packs()), HERE)
    assert (len(told.updated), told.refused, told.left_out) == (3, (), ())
    assert told.problems == ()


def test_blanks_keep_their_slots_when_the_ledger_is_lost_and_their_kind_has_another_field(author: Author) -> None:
    before = author.packs()
    author.ledger.unlink()
    author.edits(KIND, "signed: date, place?: place", "place?: place, signed: date")
    told = compare(opened(before), opened(author.packs()), HERE)
    assert (told.updated, told.refused, told.new) == ((), (), ())


def test_the_slot_of_a_blank_that_is_gone_is_never_used_again_though_the_ledger_is_lost(author: Author) -> None:
    author.packs()
    author.ledger.unlink()
    author.edits(KIND, "signed: date, place?: place", "place?: place, signed: date")
    author.edits(DECK, "signed: 1847, place: Vell", "signed: 1847")
    author.builds()
    ledger, _ = read_ledger(author.ledger)
    assert ledger.slots["treaty/signed"] == 2
    assert sorted(slot for key, slot in ledger.slots.items() if key.startswith("pact/")) == [2, 3]


def test_a_renamed_fact_keeps_its_cards_though_the_ledger_is_lost(author: Author) -> None:
    before = author.packs()
    author.ledger.unlink()
    author.edits(DECK, "  arches: {", "  arch-count: {was: arches, ")
    told = compare(opened(before), opened(author.packs()), HERE)
    assert (told.updated, told.new, told.left_out) == ((), (), ())


def test_a_withdrawn_fact_is_still_withdrawn_though_the_ledger_is_lost(author: Author) -> None:
    author.packs()
    author.edits(DECK, "value: 312 m", "value: 312 m, retired: Nobody measured.")
    before = author.packs()
    author.ledger.unlink()
    told = compare(opened(before), opened(author.packs()), HERE)
    assert (told.updated, told.new, told.left_out, told.refused) == ((), (), (), ())


def test_a_deck_that_was_never_built_has_no_ledger_to_lose(author: Author) -> None:
    assert author.builds().problems == ()


@pytest.mark.parametrize("data", [b"", b"PK", b"not ours"])
def test_a_package_that_cannot_be_read_gives_no_ledger(author: Author, data: bytes) -> None:
    author.packs()
    author.ledger.unlink()
    (author.folder / "output/bridge.apkg").write_bytes(data)
    assert author.builds().problems == ()


# ---- what learners keep --------------------------------------------------------------------------------------------


def test_a_way_that_is_not_asked_any_more_is_missed(author: Author) -> None:
    author.packs()
    author.edits(DECK, "where: Vell}", "where: Vell, ask: [when, what]}")
    (problem,) = author.builds().problems
    assert problem.says == "'tram/where' was published as a card and is not asked any more"
    assert problem.remedy.startswith("Learners keep it as it is.")
    assert (problem.level, problem.place.line) == (Level.WARNING, 11)


def test_of_many_cards_that_are_not_asked_any_more_the_first_are_named(author: Author) -> None:
    row = "  e{0}: {{event: The tower number {0} opens, when: 16{0}}}\n"
    more = "".join(row.format(number) for number in range(10, 40))
    author.edits(DECK, "facts:\n", f"facts:\n{more}")
    author.packs()
    for number in range(10, 40):
        author.edits(DECK, f"when: 16{number}}}", f"when: 16{number}, ask: [when]}}")
    told = says(author.builds())
    assert len(told) == 21
    assert "more cards were published and are not asked any more: 10" in told


def test_a_card_whose_way_has_another_form_says_so_to_learners(author: Author) -> None:
    before = author.packs()
    author.edits(KIND, "signed: choice", "signed: recall")
    built = author.builds()
    told = compare(opened(before), opened(built.files["bridge.apkg"]), HERE)
    assert built.problems == ()
    assert {update.note.fields[1] for update in told.retired} == {"This card was replaced: another one asks the same."}
    assert len(told.retired) == len(told.new) == 4
    author.edits(KIND, "signed: recall", "signed: choice")
    back = compare(opened(built.files["bridge.apkg"]), opened(author.packs()), HERE)
    assert (len(back.updated), len(back.retired), back.refused) == (4, 4, ())


def test_a_card_that_nobody_has_is_never_withdrawn(author: Author) -> None:
    author.edits(KIND, "signed: choice", "signed: none")
    author.packs()
    author.edits(DECK, "signed: 1815, place: Sel", "signed: 1815, place: Sel, retired: Never signed.")
    keys = {note.fields[0] for note in opened(author.packs()).notes}
    assert "bridge/treaty/cloze" in keys
    assert "bridge/treaty/signed" not in keys


def test_a_withdrawn_fact_that_is_deleted_later_still_tells_those_who_come_late(author: Author) -> None:
    first = author.packs()
    author.edits(DECK, "value: 312 m", "value: 312 m, retired: Nobody measured.")
    author.packs()
    author.edits(DECK, "  length: {figure: length of the bridge, value: 312 m, retired: Nobody measured.}\n", "")
    built = author.builds()
    told = compare(opened(first), opened(built.files["bridge.apkg"]), HERE)
    assert built.problems == ()
    assert all("Nobody measured." in update.note.fields[2] for update in told.retired)
    assert len(told.retired) == 1
    assert told.left_out == ()


# ---- when a card is newer ------------------------------------------------------------------------------------------


def test_a_card_is_newer_if_its_note_is_another_one_and_only_then() -> None:
    key = "taliban-founded/when/recall"
    line = brought_up(None, "a", NOW, card=True)
    assert line == Line(digest="a", changed=FIRST, card=True)
    assert brought_up(line, "a", NOW, card=True) == line
    assert brought_up(line, "b", NOW, card=True) == Line(digest="b", changed=NOW, card=True)
    first = updated(Ledger(), {key: line}, deck=deck())
    assert first == updated(first, {}, deck=deck()) == Ledger(lines={key: line})


def test_a_question_that_an_earlier_quizgen_noted_becomes_a_card_that_is_no_newer() -> None:
    noted = Line(digest="of the question", changed=NOW)
    assert brought_up(noted, "a", NOW + 9, card=True) == Line(digest="a", changed=NOW, card=True)
