"""From questions to notes: who a note is for ever, in which deck it is, and when its turn comes.

Nobody holds all notes of a deck: each is made when it is written, and 40,000 would be 25 MB.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from struct import Struct

from quizgen.cards import Carded, numbers, on_cards
from quizgen.facts import Deck, Fact
from quizgen.frozen import quick_maker
from quizgen.ledger import Ledger, Line, brought_up, digest, identities, key_of
from quizgen.problems import Place, Problem, error, quoted
from quizgen.questions import About, form_of
from quizgen.values import Date
from quizgen.write import Job, Published
from quizgen.write.anki.deck import name_of, number_of, topic_of
from quizgen.write.anki.fields import Pen
from quizgen.write.anki.models import NOTE_TYPES
from quizgen.write.anki.note import BETWEEN, Note
from quizgen.write.anki.text import Undrawable, inert_attribute, tag

WITHDRAWN = "quizgen::withdrawn"
"""The tag that finds cards that were withdrawn."""

_ready = quick_maker(Note)


class Notes:
    """The notes of a deck: one for each fact and way that has a card, then those of cards that are no more.

    They come in the order in which they are to be learned, and are made while one goes through them; who does so again
    makes them again. `decks` are the names of their decks by number, the main one first; `forms` those of their types.
    What came of them is known afterwards: `problems`, `media` (pictures by name) and `published`.
    """

    def __init__(self, job: Job) -> None:
        """Raises `Undrawable` for the deck's own title."""
        self._deck = job.deck
        self.decks = {number_of(job.deck): name_of(job.deck)}
        identity = identities(job.ledger, job.deck.facts)
        self._maker = maker = _Maker(job, identity, self.decks)
        every = [(key_of(question, identity), question) for question in on_cards(job.bank.questions, job.deck.kinds)]
        self._asked = frozenset([key for key, _ in every])
        self._wanted = _in_turn([one for one in every if job.cards.takes(one[1])], job.deck)
        self._gone = list(maker.over([key for key, _ in self._wanted], self._asked))
        for tags in dict.fromkeys([*[one.about.tags for _, one in self._wanted], *[gone.tags for gone in self._gone]]):
            maker.home(tags)
        forms = frozenset(form_of(one) for _, one in self._wanted)
        self.forms = forms.union(key.rpartition("/")[2] for gone in self._gone for key in gone.keys)
        self.media = maker.pen.media
        self._lines: dict[str, Line] = {}
        self._problems: list[Problem] = []
        self._twice: list[Problem] = []

    def __len__(self) -> int:
        """How many there are, if each can be written."""
        return len(self._wanted) + sum(len(gone.keys) for gone in self._gone)

    def __iter__(self) -> Iterator[Note]:
        """Makes them; those that cannot be written are told of in `problems`."""
        self._lines, self._problems, self._twice = {}, [], []
        seen: dict[str, str] = {}  # keys by guid
        for key, question in self._wanted:
            try:
                note = self._maker.note(key, question)
            except (Undrawable, _NoCard) as cannot:
                says = f"{cannot} (asked {quoted(question.about.way)})"
                self._problems.append(error(question.about.place, says))
                continue
            self._noted(note, seen, question.about.place)
            yield note
        for gone in self._gone:
            for key in gone.keys:
                try:
                    note = self._maker.withdrawn(gone, key)
                except Undrawable as cannot:
                    remedy = "Take it out of `retired`, in the deck or in its ledger."
                    self._problems.append(error(gone.place, f"{cannot} (why it was withdrawn)", remedy))
                    break
                self._noted(note, seen, gone.place)
                yield note

    def _noted(self, note: Note, seen: dict[str, str], place: Place) -> None:
        """Note the line of a note, and whether another has its guid: Anki would take both, and update both as one."""
        self._lines[note.key] = note.line
        other = seen.setdefault(note.guid, note.key)
        if other is not note.key:
            one, another = (quoted(named(self._deck, key)) for key in (note.key, other))
            says = f"{one} and {another} would be one card to Anki"
            self._twice.append(error(place, says, "Give one of the two facts another id."))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be written."""
        return (*self._problems, *self._twice)

    @property
    def published(self) -> Published:
        """What learners get."""
        return Published(lines=self._lines, asked=self._asked)


# ---- whose turn it is ----------------------------------------------------------------------------------------------


def _in_turn(wanted: list[tuple[str, Carded]], deck: Deck) -> list[tuple[str, Carded]]:
    """The questions, each after its key, in the order in which their new cards come; else in that of the deck."""
    if deck.order == ("deck",):
        return wanted
    turn = _turns(deck)
    return sorted(wanted, key=lambda one: turn(one[1]))


def _turns(deck: Deck) -> Callable[[Carded], float]:
    """When the turn of a question's new cards comes, as a number to sort by: by its fact's date, or by its tags."""
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
_UNMARKED = frozenset({"recall", "cloze"})
_first_number = Struct(">Q").unpack_from  # of 8 bytes


def guid(deck: str, fact: str, way: str, form: str) -> str:
    """The note's identity in every collection: of deck, fact and way, never of wording.

    A choice or a truth has its form in it too: if a way of asking becomes another form one day, its note is another
    one, for Anki cannot move a note to another note type. It is exactly `genanki.guid_for`, in a fifth of its time.
    """
    whose = f"quizgen__{deck}__{fact}__{way}" if form in _UNMARKED else f"quizgen__{deck}__{fact}__{way}__{form}"
    (number,) = _first_number(hashlib.sha256(whose.encode()).digest())
    number, last = divmod(number, _BASE * _BASE)  # of small numbers, dividing is quick
    first, middle = divmod(number, _BASE * _BASE)
    second, third = divmod(middle, _BASE)
    fourth, fifth = divmod(last, _BASE)
    return f"{_PAIRS[first]}{_PAIRS[second]}{_PAIRS[third]}{_PAIRS[fourth]}{_PAIRS[fifth]}".lstrip("a")


def named(deck: Deck, key: str) -> str:
    """What a note with that key has as its first field: deck, fact and way."""
    return f"{deck.id}/{key.rpartition('/')[0]}"


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
_NEEDED = {
    kind.form: [number for number, name in enumerate(kind.own) if name in kind.always] for kind in NOTE_TYPES.values()
}
_NOTHING_SAID = ("",) * 5


class _NoCard(ValueError):
    """A note of which Anki would make no card."""


def _lacks(own: tuple[str, ...], needed: Iterable[int]) -> bool:
    """Whether one of the fields with these numbers is empty to Anki; a letter at its beginning spares a closer look."""
    for number in needed:  # not `any`, which takes twice the time
        text = own[number]
        if not text[:1].isalnum() and _EMPTY.fullmatch(text):
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gone:
    """Notes that are no more, by their keys; `why` is None where others ask the same."""

    keys: list[str]
    why: str | None
    tags: tuple[str, ...]
    place: Place


class _Maker:
    """Makes the notes of one deck; `decks` learns of the decks that they are in."""

    def __init__(self, job: Job, identity: Mapping[str, str], decks: dict[int, str]) -> None:
        self.pen = Pen(language=job.language, typed=job.deck.recall == "typed")
        self._deck = job.deck
        self._ledger = job.ledger
        self._now = job.now
        self._identity = identity
        self._decks = decks
        self._language = inert_attribute(job.deck.language)
        self._homes: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}  # by the author's tags
        self._about: tuple[object, ...] = ()  # what the note before said of its fact,
        self._said: tuple[str, ...] = ()  # and the fields that say it; three notes in four say the same again

    def note(self, key: str, question: Carded) -> Note:
        """The note of a question with that key. Raises `Undrawable` and `_NoCard`."""
        about = question.about
        own, spare, said = self.pen.own(question), self.pen.spare(question), self._common(about)
        cards = numbers(question)
        if not cards or _lacks(own, _NEEDED[form_of(question)]):
            raise _NoCard("there is nothing to stand on the card")
        home, tags = self.home(about.tags)
        return self._note(key, self._text(key, own, said, spare), tags, home, cards)

    def _common(self, about: About) -> tuple[str, ...]:
        known = (about.status, about.by, about.denied_by, about.note, about.source, about.picture, about.caption)
        if known != self._about:
            self._said = self.pen.common(about)
            self._about = known
        return self._said

    def over(self, wanted: Iterable[str], asked: Collection[str]) -> Iterator[_Gone]:
        """Cards that learners have and that are no more: their fact was withdrawn, or their way has another form now.

        `wanted` are the keys of the cards in this package, `asked` those of all that the deck gives.
        """
        published = _published(self._ledger)
        if not published:
            return
        ways = {key.rpartition("/")[0] for key in wanted}
        for fact in self._deck.facts:
            keys = published.pop(self._identity[fact.id], [])
            if fact.retired is None:
                keys = [key for key in keys if key not in asked and key.rpartition("/")[0] in ways]
            if keys:
                yield _Gone(keys=keys, why=fact.retired, tags=fact.tags, place=fact.place)
        for id_, why in sorted(self._ledger.retired.items()):  # and is not even in the deck any more
            if id_ in published:
                yield _Gone(keys=published[id_], why=why, tags=(), place=Place(str(self._deck.file)))

    def withdrawn(self, gone: _Gone, key: str) -> Note:
        """The note that takes the place of one that is no more, and says so.

        What a package leaves out stays in a learner's collection as it was; a note with the same guid replaces it. Its
        cards are suspended: who has them keeps their schedule, and who has not is never shown them if progress is
        imported too, and is shown them last if not.
        """
        id_, _, form = key.split("/")
        kind = NOTE_TYPES[form]
        slots = sorted(slot for name, slot in self._ledger.slots.items() if name.startswith(f"{id_}/"))
        text = self._text(key, self.pen.withdrawn(kind, gone.why, slots), _NOTHING_SAID)
        cards = tuple(slot - 1 for slot in slots) if kind.cloze else (0,)
        home, tags = self.home(gone.tags)
        return self._note(key, text, tuple(dict.fromkeys((*tags, WITHDRAWN))), home, cards, withdrawn=True)

    def _text(self, key: str, own: Iterable[str], said: Iterable[str], spare: str = "") -> str:
        """The fields in the order of the note types. The first is unique, plain, and what Anki sorts by."""
        return BETWEEN.join((named(self._deck, key), *own, *said, "", self._language, spare, "", "", ""))

    def _note(
        self, key: str, text: str, tags: tuple[str, ...], home: int, cards: tuple[int, ...], *, withdrawn: bool = False
    ) -> Note:
        fact, way, form = key.split("/")
        mark = digest(BETWEEN.join((form, text, *tags)))
        line = brought_up(self._ledger.lines.get(key), mark, self._now, card=True)
        own_guid = guid(self._deck.id, fact, way, form)
        return _ready(key, own_guid, NOTE_TYPES[form], text, tags, line, home, cards, withdrawn)

    def home(self, tags: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """The deck of notes with these tags of the author, and the tags that they bear.

        One of these finds the deck's cards wherever a learner has moved them.
        """
        known = self._homes.get(tags)
        if known is None:
            topic = topic_of(self._deck, tags)
            number = number_of(self._deck, topic)
            self._decks.setdefault(number, name_of(self._deck, topic))
            words = dict.fromkeys([*map(tag, tags), f"quizgen::{tag(self._deck.id)}"])
            words.pop("", None)
            known = self._homes[tags] = number, tuple(words)
        return known
