"""From questions to notes: which questions get one, and who a note is for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat

from quizgen.facts import Deck, Fact
from quizgen.kinds import Kind
from quizgen.language import Language
from quizgen.ledger import FIRST, Ledger, identities
from quizgen.problems import Place, Problem, error, quoted
from quizgen.questions import Bank, Choice, Cloze, Question, Recall, Truth, form_of
from quizgen.write.anki.fields import Carded, Pen
from quizgen.write.anki.models import NOTE_TYPES, NoteType
from quizgen.write.anki.text import Undrawable, inert, inert_attribute, tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note, ready to be written: fields are HTML, `cards` the numbers of its cards, from 0."""

    guid: str
    type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    changed: int
    cards: tuple[int, ...] = (0,)
    suspended: bool = False
    place: Place = Place("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes in the order in which they are to be learned, their pictures by name, and what could not be written."""

    notes: tuple[Note, ...]
    media: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def notes_of(deck: Deck, bank: Bank, language: Language, ledger: Ledger) -> Notes:
    """The notes of a deck: one for each fact and way that has a card, then one for each that was withdrawn.

    Raises `Undrawable` for the deck's own title.
    """
    pen = Pen(language=language)
    constant = {"DeckTitle": inert(deck.title), "Language": inert_attribute(deck.language)}
    identity = identities(ledger, deck.facts)
    maker = _Maker(deck=deck, pen=pen, ledger=ledger, identity=identity, constant=constant)
    retired = [fact for fact in deck.facts if fact.retired is not None]
    published = _published(ledger) if retired else {}
    notes: list[Note] = []
    problems: list[Problem] = []
    for question in on_cards(bank.questions, deck.kinds):
        try:
            notes.append(maker.note(question))
        except (Undrawable, _NoCard) as cannot:
            problems.append(error(question.about.place, f"{cannot} (asked {quoted(question.about.way)})"))
    for fact in retired:
        try:
            notes.extend(maker.withdrawn(fact, published.get(maker.identity[fact.id], {})))
        except Undrawable as cannot:
            problems.append(error(fact.place, f"{cannot} (why it was withdrawn)"))
    problems.extend(_twice(notes))
    return Notes(notes=tuple(notes), media=pen.media, problems=tuple(problems))


# ---- which questions -----------------------------------------------------------------------------------------------


def card_form(kind: Kind, way: str, forms: Iterable[str]) -> str | None:
    """The form in which a way of asking becomes a card, of those that there are; None for no card.

    What the kind says under `cards` holds. Else it is `recall`, or `choice` where there is no recall. A cloze is a card
    only if the kind says so, for it asks again what the ways ask.
    """
    there = frozenset(forms) & NOTE_TYPES.keys()
    said = kind.cards.get(way)
    if said is not None:
        return said if said in there else None
    return next((form for form in ("recall", "choice") if form in there), None)


def on_cards(questions: Iterable[Question], kinds: Mapping[str, Kind]) -> Iterator[Carded]:
    """The questions that become notes, one for each fact and way, in their order."""
    by_way: dict[tuple[str, str], list[Carded]] = {}
    for question in questions:
        if isinstance(question, Recall | Choice | Truth | Cloze):
            by_way.setdefault((question.about.fact, question.about.way), []).append(question)
    for forms in by_way.values():
        about = forms[0].about
        wanted = card_form(kinds[about.kind], about.way, map(form_of, forms))
        yield from (question for question in forms if form_of(question) == wanted)


# ---- who a note is -------------------------------------------------------------------------------------------------

_DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_`{|}~"
_PAIRS = tuple(high + low for high in _DIGITS for low in _DIGITS)
_BASE = len(_PAIRS)


def guid(deck: str, fact: str, way: str, form: str) -> str:
    """The note's identity in every collection: of deck, fact and way, never of wording.

    A choice or a truth has its form in it too: if a way of asking becomes another form one day, its note is another
    one, for Anki cannot move a note to another note type. It is exactly `genanki.guid_for`, in a fifth of its time.
    """
    parts = ("quizgen", deck, fact, way) if form in {"recall", "cloze"} else ("quizgen", deck, fact, way, form)
    number = int.from_bytes(hashlib.sha256("__".join(parts).encode()).digest()[:8], "big")
    number, fifth = divmod(number, _BASE)
    number, fourth = divmod(number, _BASE)
    number, third = divmod(number, _BASE)
    first, second = divmod(number, _BASE)
    return (_PAIRS[first] + _PAIRS[second] + _PAIRS[third] + _PAIRS[fourth] + _PAIRS[fifth]).lstrip("a")


def _twice(notes: Iterable[Note]) -> Iterator[Problem]:
    """Notes with one guid: Anki would take both, and at the next update write both into one."""
    seen: dict[str, Note] = {}
    for note in notes:
        other = seen.setdefault(note.guid, note)
        if other is not note:
            says = f"{quoted(note.fields[0])} and {quoted(other.fields[0])} would be one card to Anki"
            yield error(note.place, says, "Give one of the two facts another id.")


def _published(ledger: Ledger) -> dict[str, dict[str, list[str]]]:
    """The forms in which each fact was ever asked, by its first id and by way."""
    forms: dict[str, dict[str, list[str]]] = {}
    for key in ledger.lines:
        fact, way, form = key.split("/")
        forms.setdefault(fact, {}).setdefault(way, []).append(form)
    return forms


# ---- making them ---------------------------------------------------------------------------------------------------

_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)  # what Anki takes for an empty field
_NEEDED = {kind.form: tuple(map(kind.fields.index, sorted(kind.always))) for kind in NOTE_TYPES.values()}


class _NoCard(ValueError):
    """A note of which Anki would make no card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the notes of one deck."""

    deck: Deck
    pen: Pen
    ledger: Ledger
    identity: Mapping[str, str]
    constant: Mapping[str, str]  # fields that all notes of the deck have in common

    def note(self, question: Carded) -> Note:
        """The note of a question. Raises `Undrawable` and `_NoCard`."""
        about = question.about
        kind = NOTE_TYPES[form_of(question)]
        fact = self.identity.get(about.fact, about.fact)
        fields = self._fields(kind, fact, about.way, self.pen.of(question))
        cards = tuple(sorted({gap.slot - 1 for gap in question.gaps})) if isinstance(question, Cloze) else (0,)
        if not cards or any(_EMPTY.fullmatch(fields[index]) for index in _NEEDED[kind.form]):
            raise _NoCard("there is nothing to stand on the card")
        line = self.ledger.lines.get(f"{fact}/{about.way}/{kind.form}")
        return Note(
            guid=guid(self.deck.id, fact, about.way, kind.form),
            type=kind,
            fields=fields,
            tags=self._tags(about.tags),
            changed=line.changed if line else FIRST,
            cards=cards,
            place=about.place,
        )

    def withdrawn(self, fact: Fact, published: Mapping[str, list[str]]) -> Iterator[Note]:
        """Notes that say that a fact was withdrawn, in the place of all its cards that were ever published.

        What a package leaves out stays in a learner's collection as it was; a note with the same guid replaces it. Its
        cards are suspended: who has them keeps their schedule, and who has not is never shown them if progress is
        imported too, and is shown them last if not.
        """
        id_ = self.identity[fact.id]
        if not published:
            return
        slots = sorted(slot for key, slot in self.ledger.slots.items() if key.startswith(f"{id_}/"))
        filled = self.pen.withdrawn(fact.retired or "", slots)
        for way, forms in sorted(published.items()):
            kind = NOTE_TYPES.get(card_form(fact.kind, way, forms) or "")
            if kind is None or (kind.cloze and not slots):
                continue
            yield Note(
                guid=guid(self.deck.id, id_, way, kind.form),
                type=kind,
                fields=self._fields(kind, id_, way, filled),
                tags=self._tags(fact.tags, "quizgen::withdrawn"),
                changed=self.ledger.lines[f"{id_}/{way}/{kind.form}"].changed,
                cards=tuple(slot - 1 for slot in slots) if kind.cloze else (0,),
                suspended=True,
                place=fact.place,
            )

    def _fields(self, kind: NoteType, fact: str, way: str, filled: Mapping[str, str]) -> tuple[str, ...]:
        """The fields in their order. The first is unique, plain, and what Anki sorts by."""
        known = {"Id": f"{self.deck.id}/{fact}/{way}", **self.constant, **filled}
        return tuple(map(known.get, kind.fields, repeat("")))

    def _tags(self, tags: Iterable[str], *more: str) -> tuple[str, ...]:
        """The author's tags, and one that finds the deck's cards wherever a learner has moved them."""
        words = dict.fromkeys([*map(tag, tags), f"quizgen::{tag(self.deck.id)}", *more])
        words.pop("", None)
        return tuple(words)
