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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quizgen.ask.agree import Agreeing, Agreement, singles
from quizgen.ask.alike import Alike
from quizgen.ask.pool import SYMBOL, Pool
from quizgen.ask.speaking import Speaker
from quizgen.ask.wrong import Wrong, chosen, from_deck, made_up
from quizgen.dice import Dice
from quizgen.facts import Deck, Fact
from quizgen.grade import grade
from quizgen.kinds import Kind, Way
from quizgen.language import Language
from quizgen.values import Date, Many, Name, Quantity, Single, Text, Value, contains_words, rules_out, same
from quizgen.values.show import show, spellings
from quizgen.values.text import fold
from quizgen.wording import Pieces, Shown, Template, plain

MOST_AGREEING = 200  # facts that agree; more say that the question tells nothing
_STATED = 4  # candidates, the most plausible ones, of which a false statement takes one
MOST_RIGHT = 4  # right options of one choice


class Unsound(Exception):
    """Why something is not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A fact asked one way. `key` holds every right value, the fact's own first; `agreeing` proves the wrong ones."""

    fact: Fact
    way: Way
    prompt: str
    details: tuple[str, ...]
    key: tuple[Value, ...]
    agreeing: Agreeing
    pool: Pool  # the values that the field has in the deck, right and wrong
    candidates: tuple[Wrong, ...] = ()  # of the pool, proved wrong, the most plausible first

    @property
    def own(self) -> Value:
        """The fact's own answer."""
        return self.key[0]


class Asker:
    """Makes the items of one deck. Indexes each kind's facts once; asking is then linear in the facts."""

    def __init__(self, deck: Deck, language: Language) -> None:
        self.deck = deck
        self.speaker = Speaker(language=language)
        self.language = language
        self.facts = {fact.id: fact for fact in deck.facts}
        self.by_kind: dict[str, list[Fact]] = defaultdict(list)
        for fact in deck.facts:
            if fact.retired is None:
                self.by_kind[fact.kind.name].append(fact)
        self._agreements: dict[str, Agreement] = {}
        self._pools: dict[tuple[str, str, str | None], Pool] = {}
        self._alike: dict[tuple[str, str], Alike] = {}
        self._shared: dict[tuple[str, str], frozenset[str]] = {}
        self.latest = _latest_day(deck)

    def agreement(self, kind: Kind) -> Agreement:
        """The index of that kind's facts."""
        if kind.name not in self._agreements:
            self._agreements[kind.name] = Agreement(self.by_kind[kind.name])
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
        return Dice(self.deck.id, fact.id, way, what)

    def item(self, fact: Fact, way: Way) -> Item | None:
        """The fact asked that way; None where it lacks a field for it. Raises `Unsound`."""
        if way.answer not in fact.values:
            return None
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
        prompt = self._prompt(fact, way, pieces)
        self._no_leak(fact, way, prompt, shown)
        key = distinct(fact, agreeing.sure, way.answer)
        self._one_kind(key)
        pool = self.pool(fact.kind, way.answer, _axis(fact, way, shown))
        item = Item(fact=fact, way=way, prompt=prompt, details=details, key=key, agreeing=agreeing, pool=pool)
        return replace(item, candidates=self._candidates(item))

    def _tells_one(self, fact: Fact, shown: tuple[str, ...]) -> None:
        """Raises where all that is shown may be true of others, as in "Who was this? Composer."."""
        if shown and fact.kind.headline not in shown and all(self.is_shared(fact, name) for name in shown):
            says = show(fact.values[shown[0]], self.language)
            raise Unsound(f"'{says}' may be true of others too: say what is true of this one alone")

    def _one_kind(self, key: tuple[Value, ...]) -> None:
        """'How many kilometres?' has no second right answer in crowns: then the facts want telling apart."""
        for other in key[1:]:
            if isinstance(key[0], Quantity) and isinstance(other, Quantity) and key[0].dimension != other.dimension:
                raise Unsound(f"the deck gives '{other.written}' for the same, which is of another kind")

    def as_of(self, fact: Fact) -> tuple[str, ...]:
        """'as of 2018', for a fact whose answer may have changed since."""
        if fact.as_of is None:
            return ()
        return (self.language.say("question.as-of", date=show(fact.as_of, self.language)),)

    def _told_apart(self, fact: Fact, way: Way, shown: tuple[str, ...]) -> tuple[Agreeing, tuple[str, ...]]:
        """The facts that agree in what is shown, and one more field where it takes that to tell their answers apart."""
        agreeing = self._agreeing(fact, shown)
        if len(distinct(fact, agreeing.sure, way.answer)) == 1 or "recall" not in way.forms:
            return agreeing, ()
        if fact.kind.headline in shown and way.name not in fact.wording:
            for name, value in fact.values.items():
                if name in shown or name == way.answer:
                    continue
                closer = self._agreeing(fact, (*shown, name))
                if len(distinct(fact, closer.sure, way.answer)) == 1:
                    return closer, (show(value, self.language),)
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
            leak = leaked(single, prompt, self.language)
            if leak:
                raise Unsound(f"the question contains its answer, '{leak}'")
        if way.answer != fact.kind.headline:
            return
        for name in shown:
            value = fact.values[name]
            if isinstance(value, Date | Quantity):
                leak = leaked(value, show(fact.values[way.answer], self.language), self.language)
                if leak:
                    raise Unsound(f"the answer repeats '{leak}' of the question")

    def _candidates(self, item: Item) -> tuple[Wrong, ...]:
        """Wrong values of the deck for the item's own answer."""
        key = singles(item.own)[0]
        proof = self.proof(item)
        return from_deck(key, item.fact, item.way.answer, pool=item.pool, facts=self.facts, is_wrong=proof)

    def rivals(self, item: Item) -> tuple[str, ...]:
        """Wrong answers that no leniency may accept: the plausible ones, and all of the deck that are spelled alike."""
        found = [show(wrong.value, self.language) for wrong in item.candidates]
        if isinstance(singles(item.own)[0], Text | Name):
            found += self._taken_for(item)
        return tuple(dict.fromkeys(found))

    def _taken_for(self, item: Item) -> Iterator[str]:
        """Answers of the deck that are proved wrong, but would pass for slips of the right one."""
        kind, field, proof = item.fact.kind, item.way.answer, self.proof(item)
        if (kind.name, field) not in self._alike:
            self._alike[kind.name, field] = Alike(self.by_kind[kind.name], field, self.language)
        answers = answers_of(item, self.language)
        for text, value in self._alike[kind.name, field].to(answers).items():
            type_ = kind.fields[field].type
            wrong = proof(value) or any(_are_two(value, right) for right in singles(item.own))
            if wrong and grade(text, answers, answer_type=type_, language=self.language).right:
                yield text

    def proof(self, item: Item) -> Proof:
        """What says whether a value is proved wrong for the item."""
        return self._proof(item.agreeing, item.fact, item.way.answer)

    def _proof(self, agreeing: Agreeing, fact: Fact, field: str) -> Proof:
        return Proof(agreeing, fact, field, self.shared(fact.kind, field))

    def wrong_options(self, item: Item) -> tuple[Wrong, ...]:
        """The wrong options of a choice, () where there are too few; the same every time."""
        key = singles(item.own)[0]
        if isinstance(key, Quantity) and key.open:
            raise Unsound(f"'{key.written}' leaves one side open: a larger or smaller figure is not proved wrong")
        dice = self.dice(item.fact, item.way.name, "choice")
        return chosen(key, item.candidates, made_up(key, dice, self.proof(item), self.latest), dice)

    def one_wrong(self, item: Item, agreeing: Agreeing, dice: Dice) -> Wrong | None:
        """One wrong value for a statement about the item's fact; None where none is proved.

        `agreeing` are the facts that agree in what the statement shows, which may be more than the question does.
        """
        proof = self._proof(agreeing, item.fact, item.way.answer)
        best = [wrong for wrong in item.candidates if proof(wrong.value)][:_STATED]
        if best:
            return best[dice.below(len(best))]
        return next(made_up(singles(item.own)[0], dice, proof, self.latest), None)

    def agreeing_in(self, fact: Fact, fields: Iterable[str]) -> Agreeing:
        """The facts that agree, or may, in those fields. Raises `Unsound` where they are too many."""
        return self._agreeing(fact, fields)


class Proof:
    """Says whether a value is proved wrong: ruled out by everything that may be right, and nothing that many may be.

    `shared` are folded texts that prove nothing: 'pianist' is not wrong of a composer.
    """

    def __init__(self, agreeing: Agreeing, fact: Fact, field: str, shared: frozenset[str] = frozenset()) -> None:
        self._shared = shared
        values = [single for other in agreeing.all if field in other.values for single in singles(other.values[field])]
        like = singles(fact.values[field])[0]
        if isinstance(like, Text | Name):  # another right name is never used against the fact, whatever is asked
            values += [Name(text) if isinstance(like, Name) else Text(text) for text in fact.also]
        self._right: list[Single] = values

    def __call__(self, value: Single) -> bool:
        """Whether `value` is proved wrong."""
        if self._shared and isinstance(value, Text) and fold(value.text) in self._shared:
            return False
        return all(rules_out(value, right) for right in self._right)


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
    sized = next((name for name, value in values if isinstance(value, Date | Quantity)), None)
    return sized or next(
        (name for name, value in values if isinstance(value, Text) and len(value.text) <= SYMBOL), None
    )


def distinct(fact: Fact, sure: Sequence[Fact], field: str) -> tuple[Value, ...]:
    """The different values of a field that facts give, the fact's own first."""
    found: list[Value] = [fact.values[field]]
    for other in sure:
        value = other.values.get(field)
        if value is not None and not any(same(value, known) for known in found):
            found.append(value)
    return tuple(found)


def shown_fields(template: Template, pieces: Pieces, fact: Fact, answer: str) -> tuple[str, ...]:
    """The fields of the fact whose values a finished text shows, but for the answer."""
    there = {piece.field for piece in pieces if isinstance(piece, Shown)}
    there |= {hole.field for hole in template.holes if hole.style == "in"}  # 'between 1979 and 1989' is one text
    return tuple(name for name in fact.values if name in there and name != answer)


def leaked(value: Single, text: str, language: Language) -> str | None:
    """What of an answer stands in a text, as whole words: any of its spellings, a date's year, a number's digits."""
    words = (value.written, value.digits) if isinstance(value, Quantity) else spellings(value, language)
    return next((word for word in words if contains_words(text, word)), None)


def answers_of(item: Item, language: Language) -> tuple[str, ...]:
    """All accepted answers of an item, the canonical one first, each once."""
    found = [text for value in item.key for text in accepted(value, item.prompt, language)]
    if item.way.answer == item.fact.kind.headline:
        found += item.fact.also
    return tuple(dict.fromkeys(found))


def accepted(value: Value, asked: str, language: Language) -> tuple[str, ...]:
    """The spellings of a right answer: without its unit only where the text that asks for it names the unit."""
    every = spellings(value, language)
    if not isinstance(value, Quantity) or value.money or not value.unit:
        return every
    name = show(value, language, "asks").removeprefix(language.say("quantity.how-many")).strip()
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
