"""A learner with the real Anki, without its window: imports packages, reviews cards, sees what is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import anki.collection  # noqa: F401 - first of all, or the parts of Anki import each other in a circle
from anki.cards import Card
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.decks import DeckId
from anki.notes import Note
from anki.scheduler.v3 import CardAnswer, Scheduler

from quizgen.ledger import FIRST

OUTCOMES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")


class Learner:
    """A collection of one's own. `folder` is an empty one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def imports(
        self, package: bytes, *, with_scheduling: bool = False, with_deck_configs: bool = False
    ) -> dict[str, int]:
        """What Anki makes of a package with the options that most people click through: notes by outcome."""
        path = self.folder / "package.apkg"
        path.write_bytes(package)
        options = ImportAnkiPackageOptions(with_scheduling=with_scheduling, with_deck_configs=with_deck_configs)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()  # or note types stay as they were before
        return {name: len(getattr(log, name)) for name in OUTCOMES if len(getattr(log, name))}

    def reviews_everything(self) -> int:
        """How many cards came up when all decks were learned for a long day, each answered "easy"."""
        answered = 0
        for preset in self.collection.decks.all_config():
            preset["new"]["perDay"] = 9999
            self.collection.decks.update_config(preset)
        scheduler = self.collection.sched
        assert isinstance(scheduler, Scheduler)
        for deck in self.collection.decks.all_names_and_ids():
            self.collection.decks.select(DeckId(deck.id))
            while queue := scheduler.get_queued_cards(fetch_limit=1).cards:
                card = self.collection.get_card(queue[0].card.id)
                card.start_timer()
                answer = scheduler.build_answer(card=card, states=queue[0].states, rating=CardAnswer.EASY)
                scheduler.answer_card(answer)
                answered += 1
        return answered

    def schedule(self) -> dict[tuple[str, int], tuple[int, int, int]]:
        """What must survive an update: repetitions, interval and due date by guid and card."""
        return {(card.note().guid, card.ord): (card.reps, card.ivl, card.due) for card in self.cards()}

    def cards(self, search: str = "") -> list[Card]:
        """The cards that a search finds, in the order in which they are new."""
        found = [self.collection.get_card(id_) for id_ in self.collection.find_cards(search)]
        return sorted(found, key=lambda card: (card.due, card.ord))

    def note(self, id_: str) -> Note:
        """The note whose first field is that."""
        (found,) = self.collection.find_notes(f'Id:"{id_}"')
        return self.collection.get_note(found)

    def ages(self) -> None:
        """All that the learner has done to notes was done long ago, before any later build."""
        assert self.collection.db is not None
        self.collection.db.execute("update notes set mod = ?", FIRST)

    def ailments(self) -> list[str]:
        """What Anki's own checks find: in the database, cards without content, missing media."""
        said, _ = self.collection.fix_integrity()
        # Of reviews within a second it now and then adds the time to the card: that is none of ours.
        usual = ("Database rebuilt", "Added last review time")
        faults = [line for line in said.splitlines() if not line.startswith(usual)]
        empty = [f"note {note.note_id} has empty cards" for note in self.collection.get_empty_cards().notes]
        missing = [f"{name} is missing" for name in self.collection.media.check().missing]
        return faults + empty + missing


@contextmanager
def learner(folder: Path) -> Iterator[Learner]:
    """A learner, whose collection is closed afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    someone = Learner(folder)
    try:
        yield someone
    finally:
        someone.collection.close()


class _Texts(HTMLParser):
    """Gathers what a curator wrote (elements with `dir`, and options) by class, and every stretch of text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str]]] = []
        self.open: list[tuple[str, list[str] | None]] = []
        self.stretches: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attrs)
        if tag == "img":
            self.images.append(named)
        if tag == "br":
            self._add("\n")
        if tag in {"br", "img", "hr", "input", "meta", "link"}:
            return
        texts: list[str] | None = None
        if ("dir" in named and tag != "li") or named.get("class") == "option":
            texts = []
            self.found.append((named.get("class") or "", texts))
        self.open.append((tag, texts))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.stretches.append(data)
        self._add(data)

    def _add(self, text: str) -> None:
        for _, texts in self.open:
            if texts is not None:
                texts.append(text)


def parsed(drawn: str) -> _Texts:
    """What stands in a drawn side of a card, without its style sheet and scripts. Unbalanced HTML fails."""
    texts = _Texts()
    texts.feed(_without(_without(drawn, "style"), "script"))
    texts.close()
    assert texts.open == []
    return texts


def _without(drawn: str, tag: str) -> str:
    before, found, rest = drawn.partition(f"<{tag}>")
    return before + _without(rest.partition(f"</{tag}>")[2], tag) if found else drawn


def shown(drawn: str) -> list[tuple[str, str]]:
    """The texts of a drawn side by the class of their element, in order."""
    return [(name, "".join(texts)) for name, texts in parsed(drawn).found]
