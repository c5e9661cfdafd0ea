"""Items: a fact asked one way, with its key, and with wrong options that are proved wrong.

What makes an item sound, for a fact asked for field A with fields S shown:

- the **key** is every value of A that a fact of the kind gives which agrees in all of S. Where two such values differ,
  another field is shown to tell the facts apart, or else more than one answer is right;
- a **wrong option** is ruled out by every value of A of every fact that agrees, *or may agree*, in S;
- what others may be too, though the deck does not say it (a role of one word, or of several people), proves nothing;
- a prompt never contains its answer. What cannot be asked soundly is skipped, and says why.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from quizgen.ask.agree import Agreeing, Agreement, singles
from quizgen.ask.invented import invented
from quizgen.ask.memo import Memo
from quizgen.ask.pool import SYMBOL, Gathered, Pool
from quizgen.ask.proof import Proof, Wrong
from quizgen.ask.speaking import Speaker
from quizgen.ask.wrong import chosen, from_deck, gathered, made_up, ranked
from quizgen.dice import Dice, dice_of
from quizgen.facts import Citation, Deck, Fact, Status
from quizgen.kinds import Kind, Way
from quizgen.language import Language
from quizgen.questions import About, Option
from quizgen.values import Date, Many, Name, Quantity, Single, Sized, Text, Value, Worded, contains_words, same
from quizgen.values.text import first_word, fold, may_contain
from quizgen.wording import Pieces, Shown, Template, plain

if TYPE_CHECKING:
    from quizgen.ask.alike import Alike

_text = attrgetter("text")
MOST_AGREEING = 200  # facts that agree; more say that the question tells nothing
_STATED = 4  # candidates, the most plausible ones, of which a false statement takes one
MOST_RIGHT = 4  # right options of one choice


class Unsound(Exception):
    """Why something is not asked."""


class Posed(NamedTuple):
    """How a fact is asked: the prompt, what it tells besides, the fields that it shows, and the facts that agree.

    `axis` is the shown field that says which facts are near. Where that is a date or a number, `near` holds by tags
    what is wrong and near for all facts that are asked so.
    """

    prompt: str
    details: tuple[str, ...]
    shown: tuple[str, ...]
    axis: str | None
    agreeing: Agreeing
    near: dict[tuple[str, ...], Gathered] | None


@dataclass(slots=True, kw_only=True)
class Item:
    """A fact asked one way. `key` holds every right value, the fact's own first; `agreeing` proves the wrong ones.

    What it takes to find wrong ones is worked out when it is first asked for: a card without options needs none.
    """

    asker: Asker
    fact: Fact
    way: Way
    prompt: str
    details: tuple[str, ...]
    shown: tuple[str, ...]  # the fields that the prompt shows
    axis: str | None  # the one of them that says which facts are near
    key: tuple[Value, ...]
    agreeing: Agreeing
    near: dict[tuple[str, ...], Gathered] | None
    about: About | None = None
    _proof: Proof | None = None
    _candidates: tuple[Wrong, ...] | None = None

    @property
    def own(self) -> Value:
        """The fact's own answer."""
        return self.key[0]

    @property
    def proof(self) -> Proof:
        """What says what is wrong for it, the same at every call."""
        if self._proof is None:
            self._proof = self.asker.proof(self.agreeing, self.fact, self.way.answer)
        return self._proof

    @property
    def pool(self) -> Pool:
        """The values that the field has in the deck, right and wrong."""
        return self.asker.pool(self.fact.kind, self.way.answer, self.axis)

    @property
    def candidates(self) -> tuple[Wrong, ...]:
        """Those of the pool that are proved wrong, the most plausible first."""
        if self._candidates is None:
            key, near = singles(self.own)[0], self._near()
            if near is None:
                found = from_deck(
                    key,
                    self.fact,
                    self.way.answer,
                    pool=self.pool,
                    facts=self.asker.facts,
                    is_wrong=self.proof,
                )
            else:
                found = ranked(key, near, by_topic=bool(self.fact.tags))
            self._candidates = found
        return self._candidates

    def _near(self) -> Gathered | None:
        """Texts near in time or size that are proved wrong: the same for all facts that are asked so and have the tags.

        None where that is not so, as with other values, and where a fact names others or has other names.
        """
        fact = self.fact
        if self.near is None or fact.unlike or fact.also or not isinstance(self.own, Text):
            return None
        near = self.near.get(fact.tags)
        if near is None:
            near = self.near[fact.tags] = gathered(
                self.own, fact, self.way.answer, pool=self.pool, is_wrong=self.proof, but=()
            )
        return near


class Asker:
    """Makes the items of one deck. Indexes each kind's facts once; asking is then linear in the facts.

    With `only_cards`, it is asked for what becomes Anki cards, which have no rivals.
    """

    def __init__(self, deck: Deck, language: Language, *, only_cards: bool = False) -> None:
        self.deck = deck
        self.only_cards = only_cards
        self.speaker = Speaker(language)
        self.language = language
        self.facts = {fact.id: fact for fact in deck.facts}
        self.by_kind: dict[str, list[Fact]] = defaultdict(list)
        for fact in deck.facts:
            if fact.retired is None:
                self.by_kind[fact.kind.name].append(fact)
        self._cited: dict[int, str] = {}
        self._dice: dict[tuple[str, str], Callable[[str], Dice]] = {}  # by way and what of it they decide
        self._agreements: dict[str, Agreement] = {}
        self._pools: dict[tuple[str, str, str | None], Pool] = {}
        self._alike: dict[tuple[str, str], Alike] = {}
        self._shared: dict[tuple[str, str], frozenset[str]] = {}
        self._latest: tuple[int | None] | None = None  # worked out when something is to be made up
        self._known: Memo[tuple[int | str | Value | None, ...], Posed] = Memo()  # by the way and all that it shows
        self._clues: Memo[Value, tuple[str, ...]] = Memo()
        self._proofs: Memo[tuple[str, str, tuple[Single, ...]], Proof] = Memo()
        self.told: tuple[Fact, tuple[Any, ...]] | None = None  # of the last fact, what all questions on it have
        self.forms: dict[tuple[str, str], tuple[str, ...]] = {}  # to try, by kind and way
        self.options: dict[Hashable, Option] = {}  # all of them live on in questions
        self._rivals: Memo[int, tuple[tuple[Wrong, ...], tuple[str, ...]]] = Memo()  # by the identity of candidates
        self._invented: Memo[Single, tuple[Single, ...]] = Memo()

    def cited(self, citation: Citation) -> str:
        """A source and the place in it, one text for all facts that are from there."""
        return self._cited.get(id(citation)) or self._cited.setdefault(id(citation), str(citation))  # the facts hold it

    def agreement(self, kind: Kind) -> Agreement:
        """The index of that kind's facts."""
        if kind.name not in self._agreements:
            self._agreements[kind.name] = Agreement(self.by_kind[kind.name], kind.headline)
        return self._agreements[kind.name]

    def pool(self, kind: Kind, field: str, axis: str | None) -> Pool:
        """The values of that field over the kind's facts."""
        name = (kind.name, field, axis)
        if name not in self._pools:
            self._pools[name] = Pool(self.by_kind[kind.name], field, axis)
        return self._pools[name]

    def shared(self, kind: Kind, field: str) -> frozenset[str]:
        """What that field says which others may have too, folded: one word, or what several facts of the kind say."""
        if field not in kind.shared:
            return frozenset()
        if (kind.name, field) not in self._shared:
            facts = (fact for fact in self.by_kind[kind.name] if field in fact.values)
            said = Counter(text for fact in facts for text in _folded(fact.values[field]))
            many = (text for text, times in said.items() if times > 1 or len(text.split()) == 1)
            self._shared[kind.name, field] = frozenset(many)
        return self._shared[kind.name, field]

    def is_shared(self, fact: Fact, field: str) -> bool:
        """Whether what the fact says in that field may be true of others, of whom the deck does not say it."""
        return not self.shared(fact.kind, field).isdisjoint(_folded(fact.values[field]))

    def dice(self, fact: Fact, way: str, what: str) -> Dice:
        """The dice of one question: the deck's, fact's and way's own."""
        dice = self._dice.get((way, what))
        if dice is None:
            dice = self._dice[way, what] = dice_of((self.deck.id,), (way, what))
        return dice(fact.id)

    def item(self, fact: Fact, way: Way) -> Item | None:
        """The fact asked that way; None where it lacks a field for it. Raises `Unsound`."""
        if way.answer not in fact.values:
            return None
        posed = self._posed(fact, way)
        if posed is None:
            return None
        self._no_leak(fact, way, posed.prompt, posed.shown)
        key = distinct(fact, posed.agreeing, way.answer)
        self._one_kind(key)
        return Item(
            asker=self,
            fact=fact,
            way=way,
            prompt=posed.prompt,
            details=posed.details,
            shown=posed.shown,
            axis=posed.axis,
            key=key,
            agreeing=posed.agreeing,
            near=posed.near,
        )

    def _posed(self, fact: Fact, way: Way) -> Posed | None:
        """How a fact is asked: as all are that show the same, unless that is a headline or tells of this one alone."""
        tells = way.prompt.fields
        if fact.kind.headline in tells or _has_words_of_its_own(fact):
            return self._pose(fact, way)
        shows = id(way), *fact.values, *[fact.values.get(name) for name in tells]  # the fact's kind holds its ways
        known = self._known.get(shows)
        if known is None and (known := self._pose(fact, way)) is not None:
            self._known.keep(shows, known)
        return known

    def _pose(self, fact: Fact, way: Way) -> Posed | None:
        details = self.as_of(fact)
        pieces = self.speaker.text(way.prompt, fact, details=details)
        if pieces is None:
            return None
        shown = shown_fields(way.prompt, pieces, fact, way.answer)
        self._tells_one(fact, shown)
        agreeing, more = self._told_apart(fact, way, shown)
        details = (*details, *more)
        if more:
            pieces = self.speaker.text(way.prompt, fact, details=details) or pieces
        axis = _axis(fact, way, shown)
        sized = axis is not None and isinstance(singles(fact.values[axis])[0], Sized)
        return Posed(self._prompt(fact, way, pieces), details, shown, axis, agreeing, {} if sized else None)

    def _tells_one(self, fact: Fact, shown: tuple[str, ...]) -> None:
        """Raises where all that is shown may be true of others, as in "Who was this? Composer."."""
        if shown and fact.kind.headline not in shown and all(self.is_shared(fact, name) for name in shown):
            says = self.speaker.show(fact.values[shown[0]])
            raise Unsound(f"'{says}' may be true of others too: say what is true of this one alone")

    def _one_kind(self, key: tuple[Value, ...]) -> None:
        """'How many kilometres?' has no second right answer in crowns: then the facts want telling apart."""
        own = key[0]
        if not isinstance(own, Quantity):
            return
        for other in key[1:]:
            if isinstance(other, Quantity) and own.dimension != other.dimension:
                raise Unsound(f"the deck gives '{other.written}' for the same, which is of another kind")

    def as_of(self, fact: Fact) -> tuple[str, ...]:
        """'as of 2018', for a fact whose answer may have changed since."""
        if fact.as_of is None:
            return ()
        return (self.language.say("question.as-of", date=self.speaker.show(fact.as_of)),)

    def _told_apart(self, fact: Fact, way: Way, shown: tuple[str, ...]) -> tuple[Agreeing, tuple[str, ...]]:
        """The facts that agree in what is shown, and one more field where it takes that to tell their answers apart."""
        agreeing = self._agreeing(fact, shown)
        if "recall" not in way.forms or len(distinct(fact, agreeing, way.answer)) == 1:
            return agreeing, ()
        if fact.kind.headline in shown and way.name not in fact.wording:
            for name, value in fact.values.items():
                if name in shown or name == way.answer:
                    continue
                closer = self._agreeing(fact, (*shown, name))
                if len(distinct(fact, closer, way.answer)) == 1:
                    return closer, (self.speaker.show(value),)
        return agreeing, ()

    def _agreeing(self, fact: Fact, shown: Iterable[str]) -> Agreeing:
        agreeing = self.agreement(fact.kind).of(fact, shown)
        if len(agreeing.all) > MOST_AGREEING:
            raise Unsound(f"more than {MOST_AGREEING} facts fit what the question shows")
        return agreeing

    def _prompt(self, fact: Fact, way: Way, pieces: Pieces) -> str:
        own = fact.wording.get(way.name)
        if own is not None:
            said = any(contains_words(own, name.text) for name in fact.by)
            pieces = (own,)
            if said:
                return own
        if way.answer == "by":
            return plain(pieces)
        return plain(self.speaker.attributed_question(way.prompt, pieces, fact))

    def _no_leak(self, fact: Fact, way: Way, prompt: str, shown: tuple[str, ...]) -> None:
        for single in singles(fact.values[way.answer]):
            leak = leaked(single, prompt, self.speaker)
            if leak:
                raise Unsound(f"the question contains its answer, '{leak}'")
        if way.answer != fact.kind.headline:
            return
        answer = self.speaker.show(fact.values[way.answer])
        for name in shown:
            leak = self._repeated(fact.values[name], answer)
            if leak:
                raise Unsound(f"the answer repeats '{leak}' of the question")

    def _repeated(self, shown: Value, answer: str) -> str | None:
        """What of a date or number that a question shows stands in its answer; few have as much as a clue of it."""
        if not isinstance(shown, Sized):
            return None
        known = self._clues.get(shown) or self._clues.keep(shown, clues(shown, self.speaker))
        return leaked(shown, answer, self.speaker) if may_contain(answer, known) else None

    def proof(self, agreeing: Agreeing, fact: Fact, field: str) -> Proof:
        """What says whether a value is proved wrong for that field of a fact with which those agree."""
        if fact.also and isinstance(like := singles(fact.values[field])[0], Worded):
            # another right name is never used against the fact, whatever is asked
            also = [Name(text) if isinstance(like, Name) else Text(text) for text in fact.also]
            return Proof((*_right(agreeing, field), *also), self.shared(fact.kind, field))
        if field not in agreeing.proofs:
            agreeing.proofs[field] = self._proof_of(fact.kind, field, _right(agreeing, field))
        return agreeing.proofs[field]

    def _proof_of(self, kind: Kind, field: str, right: tuple[Single, ...]) -> Proof:
        """The same for the same, so that what it has proved is proved once."""
        of = kind.name, field, right
        return self._proofs.get(of) or self._proofs.keep(of, Proof(right, self.shared(kind, field)))

    def rivals(self, item: Item, answers: Sequence[str]) -> tuple[str, ...]:
        """Wrong answers that no leniency may accept: the plausible ones, and all of the deck that are spelled alike.

        `answers` are the right ones.
        """
        if self.only_cards:
            return ()
        candidates = item.candidates
        known = self._rivals.get(id(candidates))  # which is nobody else's while they are kept
        if known is None:
            shown = [self.speaker.show(wrong.value) for wrong in candidates]
            known = self._rivals.keep(id(candidates), (candidates, tuple(dict.fromkeys(shown))))
        if not isinstance(singles(item.own)[0], Worded):
            return known[1]
        more = [text for text in self._taken_for(item, answers) if text not in known[1]]
        return (*known[1], *more) if more else known[1]

    def _taken_for(self, item: Item, answers: Sequence[str]) -> Iterator[str]:
        """Answers of the deck that are proved wrong, but would pass for slips of the right one."""
        kind, field = item.fact.kind, item.way.answer
        found = self._spelled_alike(kind, field).to(answers)
        if not found:  # as with most, of which each import takes 0.7 microseconds
            return
        from quizgen.grade import grade  # noqa: PLC0415 - as in `_spelled_alike`

        for text, value in found.items():
            type_ = kind.fields[field].type
            wrong = item.proof(value) or any(_are_two(value, right) for right in singles(item.own))
            if wrong and grade(text, answers, answer_type=type_, language=self.language).right:
                yield text

    def _spelled_alike(self, kind: Kind, field: str) -> Alike:
        """The answers of the deck in that field, by their spelling."""
        if (kind.name, field) not in self._alike:
            from quizgen.ask.alike import Alike  # noqa: PLC0415 - what grades loads slowly, and cards need none of it

            self._alike[kind.name, field] = Alike(self.by_kind[kind.name], field, self.language)
        return self._alike[kind.name, field]

    def invented(self, key: Single) -> tuple[Single, ...]:
        """Dates and numbers like the key, none of them later than what the deck speaks of."""
        if key not in self._invented:
            self._invented.keep(key, tuple(invented(key, self.latest)))
        return self._invented[key]

    @property
    def latest(self) -> int | None:
        """The last day that the deck speaks of."""
        if self._latest is None:
            self._latest = (_latest_day(self.deck),)
        return self._latest[0]

    def wrong_options(self, item: Item) -> tuple[Wrong, ...]:
        """The wrong options of a choice, () where there are too few; the same every time."""
        key = singles(item.own)[0]
        if isinstance(key, Quantity) and key.open:
            raise Unsound(f"'{key.written}' leaves one side open: a larger or smaller figure is not proved wrong")
        dice = self.dice(item.fact, item.way.name, "choice")
        return chosen(key, item.candidates, made_up(partial(self.invented, key), dice, item.proof), dice)

    def one_wrong(self, item: Item, agreeing: Agreeing, dice: Dice) -> Wrong | None:
        """One wrong value for a statement about the item's fact; None where none is proved.

        `agreeing` are the facts that agree in what the statement shows, which may be more than the question does.
        """
        proof = self.proof(agreeing, item.fact, item.way.answer)
        proved = item.candidates if proof is item.proof else (w for w in item.candidates if proof(w.value))
        best = [*islice(proved, _STATED)]
        if best:
            return best[dice.below(len(best))]
        return next(made_up(partial(self.invented, singles(item.own)[0]), dice, proof), None)

    def agreeing_in(self, fact: Fact, fields: Iterable[str]) -> Agreeing:
        """The facts that agree, or may, in those fields. Raises `Unsound` where they are too many."""
        return self._agreeing(fact, fields)


def _has_words_of_its_own(fact: Fact) -> bool:
    """Whether what is said of a fact tells more than its values."""
    said = fact.wording or fact.as_of or fact.by or fact.denied_by
    return bool(said) or fact.status is not Status.ESTABLISHED


def _right(agreeing: Agreeing, field: str) -> tuple[Single, ...]:
    """All that may be right in a field where those facts agree, each once."""
    return tuple(
        dict.fromkeys(
            [single for other in agreeing.all if field in other.values for single in singles(other.values[field])]
        )
    )


def _folded(value: Value) -> tuple[str, ...]:
    """The texts of a value, as they are compared."""
    return tuple(fold(single.text) for single in singles(value) if isinstance(single, Text))


def _are_two(one: Single, other: Single) -> bool:
    """Whether two names are of facts of their own, and no other names of one: curium is not cerium, however near."""
    if not isinstance(one, Name) or not isinstance(other, Name) or None in {one.id, other.id}:
        return False
    return one.id != other.id and not same(one, other)


def _axis(fact: Fact, way: Way, shown: Iterable[str]) -> str | None:
    """The shown field that says which facts are near: a date, a number, or a symbol; only where the fact is wanted."""
    if way.answer != fact.kind.headline:
        return None
    values = [(name, singles(fact.values[name])[0]) for name in shown]
    sized = next((name for name, value in values if isinstance(value, Sized)), None)
    return sized or next(
        (name for name, value in values if isinstance(value, Text) and len(value.text) <= SYMBOL), None
    )


def distinct(fact: Fact, agreeing: Agreeing, field: str) -> tuple[Value, ...]:
    """The different values of a field that facts give which agree, the fact's own first."""
    return agreeing.distinct(fact.values[field], field)


def shown_fields(template: Template, pieces: Pieces, fact: Fact, answer: str) -> tuple[str, ...]:
    """The fields of the fact whose values a finished text shows, but for the answer."""
    there = {piece.field for piece in pieces if isinstance(piece, Shown)}
    for hole in template.holes:
        if hole.style == "in":  # 'between 1979 and 1989' is one text
            there.add(hole.field)
    return tuple([name for name in fact.values if name in there and name != answer])


def leaked(value: Single, text: str, speaker: Speaker) -> str | None:
    """What of an answer stands in a text, as whole words: any of its spellings, a date's year, a number's digits."""
    if isinstance(value, Text):
        return value.text if contains_words(text, value.text) else None
    for word in _telling(value, speaker):
        if contains_words(text, word):
            return word
    return None


def clues(value: Value, speaker: Speaker) -> tuple[str, ...]:
    """Of which one stands in every text that `leaked` finds an answer in (`may_contain`)."""
    return tuple(first_word(word) for single in singles(value) for word in _telling(single, speaker))


def _telling(value: Single, speaker: Speaker) -> tuple[str, ...]:
    return (value.written, value.digits) if isinstance(value, Quantity) else speaker.spellings(value)


def answers_of(item: Item, speaker: Speaker, right: Sequence[str] = ()) -> tuple[str, ...]:
    """All accepted answers of an item, the canonical one first, each once; before them what is shown as `right`."""
    reverse = item.way.answer == item.fact.kind.headline
    if len(item.key) == 1 and not reverse and not right:
        return accepted(item.own, item.prompt, speaker)
    if isinstance(item.own, Text):  # as all are then, of which there are as many as facts of one date
        found = [*right, *map(_text, item.key)]
    else:
        found = [*right, *[text for value in item.key for text in accepted(value, item.prompt, speaker)]]
    if reverse:
        found += item.fact.also
    return tuple(dict.fromkeys(found))


def accepted(value: Value, asked: str, speaker: Speaker) -> tuple[str, ...]:
    """The spellings of a right answer: without its unit only where the text that asks for it names the unit."""
    every = speaker.spellings(value)
    if not isinstance(value, Quantity) or value.money or not value.unit:
        return every
    name = speaker.show(value, "asks").removeprefix(speaker.language.say("quantity.how-many")).strip()
    if any(word and contains_words(asked, word) for word in (value.unit, name)):
        return every
    return tuple(text for text in every if text.endswith(value.unit))


def _latest_day(deck: Deck) -> int | None:
    """The last day that the deck speaks of."""
    days = [
        value.last
        for fact in deck.facts
        for field in fact.values.values()
        for value in singles(field)
        if isinstance(value, Date) and value.last is not None
    ]
    return max(days, default=None)


def is_list(value: Value) -> bool:
    """Whether a value holds several: its members are then all to be named."""
    return isinstance(value, Many) and len(value.members) > 1
