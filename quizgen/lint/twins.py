"""Rules on facts that say the same thing twice, or two things of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from quizgen.facts import Deck, Fact, Status
from quizgen.language import Language
from quizgen.lint.found import Found, living
from quizgen.problems import quoted
from quizgen.questions import Bank
from quizgen.values import Date, Many, Name, Quantity, Text, Value, rules_out, same
from quizgen.values.text import telling_words

_NEAR = 12  # facts of one headline that are compared with one another
_SHARED = 4  # telling words from which on one more makes no difference


def duplicate_fact(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """Two facts that say the same."""
    for one, other in _pairs(deck):
        if _says_no_more(one, other) or _says_no_more(other, one):
            says = f"{quoted(other.id)} says the same as {quoted(one.id)} (line {one.place.line})"
            yield Found(other, says, "Keep one: retire the other (`retired: ...`), or remove it if it is new.")
    for one, other in _neighbours(deck):
        says = f"{quoted(other.id)} says almost the same as {quoted(one.id)} (line {one.place.line})"
        yield Found(other, says, "Keep one, or say what is different.")


def conflict(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """Two facts that contradict each other in one field."""
    told: dict[tuple[str, str], Found] = {}
    for one, other in _pairs(deck):
        if Status.ESTABLISHED is not one.status or Status.ESTABLISHED is not other.status:
            continue
        field = _contradicts(one, other)
        if field is None:
            continue
        for fact, against in ((one, other), (other, one)):
            values = f"{quoted(_written(fact.values[field]))}, not {quoted(_written(against.values[field]))}"
            says = f"'{field}' of {quoted(fact.id)} is {values} as in {quoted(against.id)} (line {against.place.line})"
            remedy = "Say who says so (`status:` and `by:`), or tell the two apart in another field or in the headline."
            told.setdefault((fact.id, field), Found(fact, says, remedy))
    yield from told.values()


def _pairs(deck: Deck) -> Iterator[tuple[Fact, Fact]]:
    """Facts of one kind whose headlines have the same telling words; the earlier of the two first."""
    groups: dict[tuple[str, frozenset[str]], list[Fact]] = defaultdict(list)
    for fact in living(deck):
        headline = fact.values.get(fact.kind.headline)
        if isinstance(headline, Text | Name):
            groups[fact.kind.name, telling_words(headline.text)].append(fact)
    for facts in groups.values():
        for number, fact in enumerate(facts):
            for earlier in facts[max(0, number - _NEAR) : number]:
                yield earlier, fact


def _neighbours(deck: Deck) -> Iterator[tuple[Fact, Fact]]:
    """Facts whose headlines differ in one telling word alone, and which agree in all else, of which there is some.

    Only neighbours in the order of the sorted words are looked at, so that it costs the time of sorting.
    """
    rows = []
    for fact in living(deck):
        headline = fact.values.get(fact.kind.headline)
        if isinstance(headline, Text):
            rows.append((fact.kind.name, sorted(telling_words(headline.text)), fact.position, fact))
    rows.sort(key=lambda row: row[:3])
    for (kind, words, _, fact), (other_kind, other_words, _, other) in pairwise(rows):
        apart = set(words) ^ set(other_words)
        if kind == other_kind and len(apart) == 1 and len(set(words) & set(other_words)) >= _SHARED:
            shared = [name for name in fact.values if name in other.values and name != fact.kind.headline]
            if shared and all(same(fact.values[name], other.values[name]) for name in shared):
                yield min(fact, other, key=_position), max(fact, other, key=_position)


def _position(fact: Fact) -> int:
    return fact.position


def _says_no_more(one: Fact, other: Fact) -> bool:
    """Whether all that the one says, the other says as well."""
    if one.status is not other.status or one.as_of != other.as_of:
        return False
    rest = [name for name in one.values if name != one.kind.headline]
    entities = isinstance(one.values[one.kind.headline], Name)  # two of one name may be two people
    return (bool(rest) or not entities) and all(
        name in other.values and same(one.values[name], other.values[name]) for name in rest
    )


def _contradicts(one: Fact, other: Fact) -> str | None:
    """The field in which alone two facts of one headline differ; None where another tells them apart too."""
    if one.as_of != other.as_of:
        return None
    shared = [name for name in one.values if name in other.values and name != one.kind.headline]
    apart = [name for name in shared if rules_out(one.values[name], other.values[name])]
    if len(apart) != 1 or isinstance(one.values[apart[0]], Many):
        return None
    unshared = (one.values.keys() ^ other.values.keys()) - {apart[0]}
    return None if unshared else apart[0]


def _written(value: Value) -> str:
    match value:
        case Text() | Name():
            return value.text
        case Date() | Quantity():
            return value.written
        case Many():
            return ", ".join(_written(member) for member in value.members)
