"""Agreement: which facts of a kind say, or may say, the same in the fields that a question shows.

The heart of soundness. For a question that shows fields S of a fact, `Agreement.of` finds every fact of the kind that
is not *provably* different in some field of S. Whatever any of these gives as the answer can be right; a wrong option
must be ruled out by all of it.

Candidates come from indexes (words of texts and names, spans of dates and quantities), never from comparing all pairs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from quizgen.ask.memo import Memo
from quizgen.ask.proof import Proof
from quizgen.facts import Fact
from quizgen.frozen import quick_maker
from quizgen.values import Date, Many, Name, Quantity, Single, Sized, Text, Value, Worded, rules_out, same
from quizgen.values.compare import meaning
from quizgen.values.text import compared, fold


@dataclass(frozen=True, slots=True)
class Agreeing:
    """The facts that agree in all shown fields (`sure`, the fact itself among them), and those that may (`perhaps`)."""

    sure: tuple[Fact, ...]
    perhaps: tuple[Fact, ...]
    all: tuple[Fact, ...] = ()  # both
    proofs: dict[str, Proof] = field(default_factory=dict)  # by field: what these facts rule out in it
    meanings: dict[str, dict[Hashable, Value]] = field(default_factory=dict)  # by field: what the sure ones say in it

    def distinct(self, own: Value, name: str) -> tuple[Value, ...]:
        """The different values that the sure facts give in a field, `own` first."""
        if len(self.sure) == 1:
            return (own,)
        if isinstance(own, Name | Many):  # names may be the same as a third and not as each other: the order counts
            return _unlike(own, [other.values[name] for other in self.sure if name in other.values])
        said = self.meanings.get(name)
        if said is None:
            said = self.meanings[name] = {}
            for other in self.sure:
                if name in other.values:
                    said.setdefault(meaning(other.values[name]), other.values[name])
        others = said.copy()
        others.pop(meaning(own), None)
        return (own, *others.values())


_made = quick_maker(Agreeing)


def _unlike(own: Value, values: Iterable[Value]) -> tuple[Value, ...]:
    """A value, and those of others that are not the same as one before."""
    found = [own]
    for value in values:
        if not any(same(value, known) for known in found):
            found.append(value)
    return tuple(found)


class Agreement:
    """The facts of one kind, indexed by what each field says."""

    def __init__(self, facts: Sequence[Fact], headline: str) -> None:
        self._facts = facts
        self._headline = headline
        self._indexes: dict[str, _Index] = {}
        self._several: Memo[tuple[Hashable, ...], Agreeing] = Memo()
        self._is_alone: Memo[int, bool] = Memo()  # by the fact's position
        self._alone: Memo[int, Agreeing] = Memo()  # the same

    def of(self, fact: Fact, fields: Iterable[str]) -> Agreeing:
        """The facts that say, or may say, the same as `fact` in all of `fields` that it has."""
        values = fact.values
        shown = tuple([name for name in fields if name in values])
        if self._headline in shown and (alone := self.alone(fact)):
            return alone
        said = (shown, *[values[name] for name in shown])  # facts that say the same agree with the same ones
        return self._several.get(said) or self._several.keep(said, self._agreeing(fact, shown))

    def alone(self, fact: Fact) -> Agreeing | None:
        """The fact itself, where no other may have its headline, as with most; None where it is not alone."""
        if not self.is_alone(fact):
            return None
        alone = (fact,)
        return self._alone.get(fact.position) or self._alone.keep(fact.position, _made(alone, (), alone))

    def is_alone(self, fact: Fact) -> bool:
        """Whether no other fact may have its headline."""
        known = self._is_alone.get(fact.position)
        if known is None:
            near = self._index(self._headline).near(fact.values[self._headline])
            known = self._is_alone.keep(fact.position, len(near) == 1 and near[0] is fact)
        return known

    def _agreeing(self, fact: Fact, shown: Sequence[str]) -> Agreeing:
        nearest: list[Fact] | None = None
        if len(shown) > 1:  # texts first
            shown = sorted(shown, key=lambda name: isinstance(fact.values[name], Sized))
        for name in shown:
            found = self._index(name).near(fact.values[name])
            if nearest is None or len(found) < len(nearest):
                nearest = found
            if not isinstance(fact.values[name], Sized):
                break  # a text or a name is selective enough
        sure: list[Fact] = []
        perhaps: list[Fact] = []
        for other in self._facts if nearest is None else nearest:
            if other is fact or _says(other, fact, shown):
                sure.append(other)
            elif not _differs(other, fact, shown):
                perhaps.append(other)
        return _made(tuple(sure), tuple(perhaps), tuple(sure + perhaps) if perhaps else tuple(sure))

    def _index(self, name: str) -> _Index:
        if name not in self._indexes:
            self._indexes[name] = _Index(self._facts, name)
        return self._indexes[name]


def _says(other: Fact, fact: Fact, shown: Iterable[str]) -> bool:
    """Whether one says the same as the other in all those fields; one value that both have is the same as itself."""
    for name in shown:
        its, value = other.values.get(name), fact.values[name]
        if its is not value and (its is None or not same(its, value)):
            return False
    return True


def _differs(other: Fact, fact: Fact, shown: Iterable[str]) -> bool:
    """Whether the two are provably different in one of those fields; a fact that lacks it proves nothing."""
    return any(name in other.values and rules_out(other.values[name], fact.values[name]) for name in shown)


def singles(value: Value) -> tuple[Single, ...]:
    """The members of a list, or the value alone."""
    return value.members if isinstance(value, Many) else (value,)


class _Index:
    """Finds the facts whose value in one field may be the same as a given one, those without a value among them."""

    def __init__(self, facts: Sequence[Fact], name: str) -> None:
        self._without = [fact for fact in facts if name not in fact.values]
        worded: list[tuple[Fact, Worded]] = []
        sized: dict[type[Sized], list[tuple[Fact, Sized]]] = {Date: [], Quantity: []}
        for fact in facts:
            for single in singles(fact.values[name]) if name in fact.values else ():
                if isinstance(single, Worded):
                    worded.append((fact, single))
                else:
                    sized[type(single)].append((fact, single))
        self._words = _WordIndex(worded)
        self._money = [(fact, v.unit) for fact, v in sized[Quantity] if isinstance(v, Quantity) and v.money]
        self._spans = {
            kind: _SpanIndex([(fact, *_span(single)) for fact, single in held]) for kind, held in sized.items()
        }

    def near(self, value: Value) -> list[Fact]:
        """The facts that may say `value`, or part of it, in deck order."""
        found: dict[int, Fact] = {fact.position: fact for fact in self._without}
        for single in singles(value):
            if isinstance(single, Worded):
                facts = self._words.near(single)
            else:
                facts = self._spans[type(single)].overlapping(*_span(single))
                if isinstance(single, Quantity) and single.money:  # no rate of exchange is known
                    facts = facts + [fact for fact, currency in self._money if currency != single.unit]
            found.update([(fact.position, fact) for fact in facts])
        return [found[position] for position in sorted(found)] if len(found) > 1 else [*found.values()]


def _span(value: Single) -> tuple[float | Decimal, float | Decimal]:
    """The ends of a date or quantity; open ends are infinite."""
    low, high = (value.first, value.last) if isinstance(value, Date) else (value.low, value.high)  # type: ignore[union-attr]
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


class _SpanIndex:
    """Spans sorted by their low end."""

    def __init__(self, spans: list[tuple[Fact, float | Decimal, float | Decimal]]) -> None:
        ordered = sorted(spans, key=lambda span: span[1])
        self._facts = [fact for fact, _, _ in ordered]
        self._lows = [low for _, low, _ in ordered]
        self._highs = [high for _, _, high in ordered]
        self._reach: list[float | Decimal] = []  # the highest end so far: where it is below, nothing before overlaps
        for high in self._highs:
            self._reach.append(high if not self._reach or high > self._reach[-1] else self._reach[-1])

    def overlapping(self, low: float | Decimal, high: float | Decimal) -> list[Fact]:
        """The facts whose span meets that one."""
        start = bisect_left(self._reach, low)
        end = bisect_right(self._lows, high)
        return [self._facts[i] for i in range(start, end) if self._highs[i] >= low]


class _WordIndex:
    """Texts and names by their telling words: one is part of another, or differs only in its spaces or initials."""

    def __init__(self, valued: list[tuple[Fact, Text | Name]]) -> None:
        said = [(fact, text, compared(text)) for fact, value in valued for text in _texts(value)]
        self._holding = _by_key((word, fact) for fact, _, (_, _, words) in said for word in words)
        self._squeezed = _by_key((letters, fact) for fact, _, (letters, _, _) in said)
        self._skeletons = _by_key((bones, fact) for fact, _, (_, bones, _) in said)
        self._rarest_words = {text: self._rarest_of(words) for _, text, (_, _, words) in said}
        self._rarest = _by_key((self._rarest_words[text], (words, fact)) for fact, text, (_, _, words) in said)
        names = ((value.id, fact) for fact, value in valued if isinstance(value, Name))
        self._entities = _by_key((id_, fact) for id_, fact in names if id_ is not None)

    def _rarest_of(self, words: frozenset[str]) -> str:
        holding = self._holding
        return min([(len(holding[word]) if word in holding else 0, word) for word in words])[1]

    def near(self, value: Text | Name) -> list[Fact]:
        """The facts one of whose texts may be the same as `value`."""
        found = list(self._entities[value.id]) if isinstance(value, Name) and value.id in self._entities else []
        for text in _texts(value):
            letters, bones, words = compared(text)
            rarest = self._rarest_words.get(text) or self._rarest_of(words)
            found.extend(self._holding.get(rarest, ()))
            for word in words & self._rarest.keys():
                found.extend([fact for part, fact in self._rarest[word] if part <= words])
            found.extend(self._squeezed.get(letters, ()))
            found.extend(self._skeletons.get(bones, ()))
            if isinstance(value, Name):
                found.extend(self._holding.get(fold(text).split()[-1], ()))  # initials: the last word is the same
        return found


_V = TypeVar("_V")


def _by_key(pairs: Iterable[tuple[str, _V]]) -> dict[str, tuple[_V, ...]]:
    """Values by key, in their order. Most have a key of their own: where lists would grow, a tuple is half as large."""
    found: dict[str, tuple[_V, ...] | list[_V]] = {}
    for key, value in pairs:
        known = found.get(key)
        if known is None:
            found[key] = (value,)
        elif isinstance(known, list):
            known.append(value)
        else:
            found[key] = [*known, value]
    return {key: tuple(values) for key, values in found.items()}


def _texts(value: Text | Name) -> tuple[str, ...]:
    return value.all if isinstance(value, Name) else (value.text,)
