"""What an update does to somebody who learns: every kind of change between two builds, with the real Anki."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.diff import Difference, compare
from quizgen.problems import Place
from quizgen.templates import shipped
from tests.authoring import Author, opened
from tests.learner import Learner, learner

DECK, KIND = "decks/bridge/deck.yaml", "decks/bridge/kinds/treaty.yaml"
Change = Callable[[Author], None]


def edit(old: str, new: str, name: str = DECK) -> Change:
    return lambda author: author.edits(name, old, new)


def own(name: str, old: str, new: str) -> Change:
    """A template of the author's own: the shipped one with a change."""

    def change(author: Author) -> None:
        text = (shipped("templates") / name).read_text(encoding="utf-8")
        assert old in text
        author.write(f"templates/{name}", text.replace(old, new))

    return change


def reordered(author: Author) -> None:
    head, mark, facts = author.deck.read_text(encoding="utf-8").partition("facts:\n")
    author.write(DECK, head + mark + "".join(reversed(facts.splitlines(keepends=True))))


def another_picture(author: Author) -> None:
    author.paints("marr.png", "blue")


RETIRED = "{event: The mill burns down, when: 1850, where: Sel, retired: It was a barn.}"

# name -> the change, and what it does at least: new, updated and retired notes. None: whatever is right.
CHANGES: dict[str, tuple[Change, tuple[int | None, int | None, int | None]]] = {
    "nothing": (lambda _: None, (0, 0, 0)),
    "wording": (edit("Trams cross the bridge", "Trams cross the new bridge"), (0, None, 0)),
    "answer": (edit("value: 312 m", "value: 321 m"), (0, None, 0)),
    "headline of a person": (edit("person: Ada Lind", "person: Ada Lindt"), (0, None, 0)),
    "tag": (edit("tags: [river]", "tags: [water]"), (0, 2, 0)),
    "note": (edit("In the rain.", "In the snow."), (0, 3, 0)),
    "note added": (edit("when: 1887}", "when: 1887, note: With a tower.}"), (0, 2, 0)),
    "source of a fact": (edit("when: 1887}", "when: 1887, from: atlas 3}"), (0, 2, 0)),
    "title of a source": (edit("The chronicle of the bridge,", "A chronicle of the bridge,"), (0, None, 0)),
    "author of a source": (edit("[Ada Lind]", "[A. Lind]"), (0, 0, 0)),
    "reordered facts": (reordered, (0, 0, 0)),
    "fact added": (edit("facts:\n", "facts:\n  flood: {event: A flood comes, when: 1700}\n"), (2, None, 0)),
    "field added": (edit("when: 1887}", "when: 1887, where: Brae}"), (1, 0, 0)),
    "field removed": (edit("signed: 1871, place: Orm", "signed: 1871"), (0, None, 0)),
    "fact removed": (edit("  hall: {event: The market hall is built, when: 1887}\n", ""), (0, None, 0)),
    "fact retired": (edit("{event: The mill burns down, when: 1850, where: Sel}", RETIRED), (0, None, 3)),
    "id changed, with was": (edit("  arches: {", "  arch-count: {was: arches, "), (0, 0, 0)),
    "style sheet": (own("anki/style.css", "34rem", "40rem"), (0, 0, 0)),
    "template": (own("anki/recall.front.html", "<p class=", "<p id=x class="), (0, 0, 0)),
    "field of a kind added": (edit("place?: place}", "place?: place, by?: name}", KIND), (0, 0, 0)),
    "fields of a kind reordered": (edit("signed: date, place?: place", "place?: place, signed: date", KIND), (0, 0, 0)),
    "blank added": (edit("signed: 1901}", "signed: 1901, place: Brae}"), (1, None, 0)),
    "answer of a blank": (edit("signed: 1815", "signed: 1816"), (0, None, 0)),
    "prompt of a kind": (edit("signed:asks} was", "signed:asks} then was", KIND), (0, 4, 0)),
    "form of a card": (edit("cards: {signed: choice", "cards: {signed: recall", KIND), (4, 0, 4)),
    "order is no card any more": (edit(", order: order}", "}", KIND), (0, 0, 0)),
    "title of the deck": (edit("deck: The bridge at Sel", "deck: The bridge of Sel"), (0, 0, 0)),
    "picture replaced": (another_picture, (0, None, 0)),
    "what a picture shows": (edit("A man with a hat", "A man with a large hat"), (0, None, 0)),
    "status": (edit("status: alleged", "status: attributed"), (0, None, 0)),
    "denial": (edit("denied-by: the council", "denied-by: the mayor"), (0, None, 0)),
    "alias added": (edit("role: mayor of Sel", "role: mayor of Sel, also: [B. Marr]"), (0, None, 0)),
    "way left out": (edit("where: Vell}", "where: Vell, ask: [when, what]}"), (0, 0, 0)),
    "own words": (edit("where: Vell}", 'where: Vell, ask: {where: "Where do the trams go?"}}'), (0, None, 0)),
    "never asked": (edit("value: 312 m", "value: 312 m, ask: never"), (0, None, 0)),
    "phrase of the language": (own("languages/en.yaml", "mine: Your choice", "mine: You said"), (0, None, 0)),
    "another phrase": (
        own("languages/en.yaml", 'denied: "Denied by {denied}."', 'denied: "Not so: {denied}."'),
        (0, None, 0),
    ),
    "order of new cards": (edit("language: en\n", "language: en\norder: timeline\n"), (0, 0, 0)),
    "topics as subdecks": (edit("language: en\n", "language: en\ntopics: subdecks\n"), (0, 0, 0)),
    "answers to type": (edit("language: en\n", "language: en\nrecall: typed\n"), (0, None, 0)),
    "description": (edit("language: en\n", "language: en\nabout: All of it.\n"), (0, 0, 0)),
}
EMPTIED = {"field removed": 1}  # cards that the change leaves without content, as Anki itself does


def settled(someone: Learner) -> dict[str, tuple[list[str], list[str]]]:
    """Fields and tags of all notes by guid, after the learner has put something of their own into each, long ago."""
    for note in map(someone.collection.get_note, someone.collection.find_notes("")):
        note.tags = [*note.tags, "mine"]
        note["Note"] += " I remember this."
        someone.collection.update_note(note)
    someone.ages()
    return notes(someone)


def notes(someone: Learner) -> dict[str, tuple[list[str], list[str]]]:
    found = map(someone.collection.get_note, someone.collection.find_notes(""))
    return {note.guid: (list(note.fields), sorted(note.tags)) for note in found}


def expect_as_told(told: Difference, log: dict[str, int]) -> None:
    """That Anki did what `quizgen diff` said that it would."""
    said = {"new": len(told.new), "updated": len(told.updated) + len(told.retired), "duplicate": told.untouched}
    assert log == {name: number for name, number in said.items() if number}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_does_the_least_to_whoever_learns(tmp_path: Path, name: str) -> None:
    change, expected = CHANGES[name]
    author = Author(tmp_path)
    with learner(tmp_path / "anki") as someone:
        first = author.packs()
        someone.imports(first)
        assert someone.reviews_everything() > 30
        schedule, before = someone.schedule(), settled(someone)
        change(author)
        second = author.packs()
        told = compare(opened(first), opened(second), Place("bridge.apkg"))
        numbers = (len(told.new), len(told.updated), len(told.retired))
        assert all(wanted in (None, found) for wanted, found in zip(expected, numbers, strict=True)), numbers
        if expected[1] is None:
            assert told.updated or name in {"fact removed", "never asked", "fact retired"}

        expect_as_told(told, someone.imports(second))  # nothing conflicts, nothing is a junk copy
        after = notes(someone)
        assert someone.schedule().items() >= schedule.items()
        assert told.refused == ()
        kept = before.keys() - {update.note.guid for update in (*told.updated, *told.retired)}
        assert {guid: after[guid] for guid in kept} == {guid: before[guid] for guid in kept}
        for note in opened(second).notes:  # nothing is stale
            if note.guid not in kept:
                assert after[note.guid] == (list(note.fields), sorted(note.tags))
        assert len(after) == len(before) + len(told.new)
        names = {kind.name for kind in someone.collection.models.all_names_and_ids() if "quizgen" in kind.name}
        assert names == {kind.name for package in (first, second) for kind in opened(package).types}
        assert len(someone.ailments()) == EMPTIED.get(name, 0)
        assert someone.imports(second).keys() == {"duplicate"}
