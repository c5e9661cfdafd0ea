"""From questions to notes: who a note is for ever, in which deck it is, and when its turn comes."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from quizgen.cards import Carded, numbers, on_cards
from quizgen.facts import Deck, Fact
from quizgen.frozen import quick_maker
from quizgen.ledger import FIRST, Ledger, identities, key_of
from quizgen.problems import Place, Problem, error, quoted
from quizgen.questions import form_of
from quizgen.values import Date
from quizgen.write import Job
from quizgen.write.anki.deck import name_of, number_of, topic_of
from quizgen.write.anki.fields import Pen
from quizgen.write.anki.models import NOTE_TYPES, NoteType
from quizgen.write.anki.note import Note, Notes
from quizgen.write.anki.text import Undrawable, inert_attribute, tag

WITHDRAWN = "quizgen::withdrawn"
"""The tag that finds cards that were withdrawn."""

_ready = quick_maker(Note)


def notes_of(job: Job) -> Notes:
    """The notes of a deck: one for each fact and way that has a card, then those of cards that are no more.

    Raises `Undrawable` for the deck's own title.
    """
    deck = job.deck
    pen = Pen(language=job.language, typed=deck.recall == "typed")
    identity = identities(job.ledger, deck.facts)
    constant = {"Language": inert_attribute(deck.language)}
    decks = {number_of(deck): name_of(deck)}
    maker = _Maker(deck=deck, pen=pen, ledger=job.ledger, identity=identity, constant=constant, decks=decks)
    every = list(on_cards(job.bank.questions, deck.kinds))
    asked = frozenset(key_of(question, identity) for question in every)
    wanted = sorted(filter(job.cards.takes, every), key=_turns(deck))
    notes: list[Note] = []
    problems: list[Problem] = []
    for question in wanted:
        try:
            notes.append(maker.note(question))
        except (Undrawable, _NoCard) as cannot:
            problems.append(error(question.about.place, f"{cannot} (asked {quoted(question.about.way)})"))
    for gone in maker.over({key_of(question, identity) for question in wanted}, asked):
        try:
            notes.extend(map(maker.withdrawn, repeat(gone), gone.keys))
        except Undrawable as cannot:
            remedy = "Take it out of `retired`, in the deck or in its ledger."
            problems.append(error(gone.place, f"{cannot} (why it was withdrawn)", remedy))
    problems.extend(_twice(notes))
    return Notes(notes=tuple(notes), decks=decks, media=pen.media, asked=asked, problems=tuple(problems))


# ---- whose turn it is ----------------------------------------------------------------------------------------------


def _turns(deck: Deck) -> Callable[[Carded], float]:
    """When the turn of a question's new cards comes, as a number to sort by; of equal ones the deck's order decides."""
    if deck.order == ("deck",):
        return lambda _: 0
    if deck.order == ("timeline",):
        when = {fact.id: _first_day(fact) for fact in deck.facts}
        return lambda question: when.get(question.about.fact, math.inf)
    ranks = {name: rank for rank, name in reversed(list(enumerate(deck.order)))}
    return lambda question: min((ranks.get(name, math.inf) for name in question.about.tags), default=math.inf)


def _first_day(fact: Fact) -> float:
    dates = [value for value in fact.values.values() if isinstance(value, Date)]
    days = [day for date in dates for day in (date.first, date.last) if day is not None]
    return days[0] if days else math.inf


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


def _published(ledger: Ledger) -> dict[str, list[str]]:
    """The keys of the notes that learners have, by the first id of their fact."""
    keys: dict[str, list[str]] = {}
    for key, line in sorted(ledger.lines.items()):
        fact, _, form = key.split("/")
        if line.card and form in NOTE_TYPES:
            keys.setdefault(fact, []).append(key)
    return keys


# ---- making them ---------------------------------------------------------------------------------------------------

_EMPTY = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)  # what Anki takes for an empty field
_NEEDED = {kind.form: tuple(map(kind.fields.index, sorted(kind.always))) for kind in NOTE_TYPES.values()}


class _NoCard(ValueError):
    """A note of which Anki would make no card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """Notes that are no more, by their keys; `why` is None where others ask the same."""

    keys: list[str]
    why: str | None
    tags: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """Makes the notes of one deck."""

    deck: Deck
    pen: Pen
    ledger: Ledger
    identity: Mapping[str, str]
    constant: Mapping[str, str]  # fields that all notes of the deck have in common
    decks: dict[int, str]  # names of the decks that notes are in, by number
    homes: dict[str, int] = field(default_factory=dict)  # numbers of these decks, by topic

    def note(self, question: Carded) -> Note:
        """The note of a question. Raises `Undrawable` and `_NoCard`."""
        about = question.about
        kind = NOTE_TYPES[form_of(question)]
        fact = self.identity.get(about.fact, about.fact)
        fields = self._fields(kind, fact, about.way, self.pen.of(question))
        cards = numbers(question)
        if not cards or any(_EMPTY.fullmatch(fields[index]) for index in _NEEDED[kind.form]):
            raise _NoCard("there is nothing to stand on the card")
        return self._note(kind, fact, about.way, fields, about.tags, cards=cards, place=about.place)

    def over(self, wanted: Collection[str], asked: Collection[str]) -> Iterator[_Gone]:
        """Cards that learners have and that are no more: their fact was withdrawn, or their way has another form now.

        `wanted` are the keys of the cards in this package, `asked` those of all that the deck gives.
        """
        published = _published(self.ledger)
        ways = {key.rpartition("/")[0] for key in wanted}
        for fact in self.deck.facts:
            keys = published.pop(self.identity[fact.id], [])
            if fact.retired is None:
                keys = [key for key in keys if key not in asked and key.rpartition("/")[0] in ways]
            if keys:
                yield _Gone(keys=keys, why=fact.retired, tags=fact.tags, place=fact.place)
        for id_, why in sorted(self.ledger.retired.items()):  # and is not even in the deck any more
            if id_ in published:
                yield _Gone(keys=published[id_], why=why, tags=(), place=Place(str(self.deck.file)))

    def withdrawn(self, gone: _Gone, key: str) -> Note:
        """The note that takes the place of one that is no more, and says so.

        What a package leaves out stays in a learner's collection as it was; a note with the same guid replaces it. Its
        cards are suspended: who has them keeps their schedule, and who has not is never shown them if progress is
        imported too, and is shown them last if not.
        """
        id_, way, form = key.split("/")
        kind = NOTE_TYPES[form]
        slots = sorted(slot for name, slot in self.ledger.slots.items() if name.startswith(f"{id_}/"))
        fields = self._fields(kind, id_, way, self.pen.withdrawn(gone.why, slots))
        cards = tuple(slot - 1 for slot in slots) if kind.cloze else (0,)
        return self._note(kind, id_, way, fields, gone.tags, cards=cards, place=gone.place, withdrawn=True)

    def _note(
        self,
        kind: NoteType,
        fact: str,
        way: str,
        fields: tuple[str, ...],
        tags: Sequence[str],
        *,
        cards: tuple[int, ...],
        place: Place,
        withdrawn: bool = False,
    ) -> Note:
        key = f"{fact}/{way}/{kind.form}"
        line = self.ledger.lines.get(key)
        topic = topic_of(self.deck, tags)
        if topic not in self.homes:
            self.homes[topic] = number_of(self.deck, topic)
            self.decks.setdefault(self.homes[topic], name_of(self.deck, topic))
        return _ready(
            key=key,
            guid=guid(self.deck.id, fact, way, kind.form),
            type=kind,
            fields=fields,
            tags=self._tags(tags, *([WITHDRAWN] if withdrawn else [])),
            changed=line.changed if line else FIRST,
            deck=self.homes[topic],
            cards=cards,
            suspended=withdrawn,
            place=place,
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
