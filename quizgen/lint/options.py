"""Rules on options: what lets the right one be told by its looks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from quizgen.facts import Deck, Fact
from quizgen.language import Language
from quizgen.lint.curating import impossible, members
from quizgen.lint.found import Found
from quizgen.problems import quoted
from quizgen.questions import Bank, Choice, Option
from quizgen.values import Date, Name, Unreadable, fold
from quizgen.values.quantities import read_quantity
from quizgen.values.units import unit_of

_LONGER = 1.25  # times the longest other
_WORDY = 4
_YEAR = re.compile(r"\b(\d{4})\b")
_REMEDY = "Word the values of the deck alike, or name better wrong ones in `unlike`."


def single_choices(deck: Deck, bank: Bank) -> Iterator[tuple[Fact, Choice, Option, tuple[Option, ...]]]:
    """The choices with one right option: their fact, that option, and the wrong ones."""
    facts = {fact.id: fact for fact in deck.facts}
    for question in bank.questions:
        fact = facts.get(question.about.fact)
        if isinstance(question, Choice) and not question.several and fact is not None:
            wrong = tuple(option for option in question.options if not option.right)
            right = next(option for option in question.options if option.right)
            if wrong:
                yield fact, question, right, wrong


def longest_is_right(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A right option that is much longer than every other."""
    for fact, question, right, wrong in single_choices(deck, bank):
        longest = max(len(option.text) for option in wrong)
        if len(right.text.split()) >= _WORDY and len(right.text) > _LONGER * longest:
            says = f"the right option of {quoted(question.about.id)} is by far the longest"
            yield Found(fact, says, "Shorten it, or say as much of the others.")


def mixed_options(deck: Deck, bank: Bank, language: Language) -> Iterator[Found]:
    """Options of which the right one alone has its unit, the way its date is written, or its capital."""
    for fact, question, right, wrong in single_choices(deck, bank):
        way = fact.kind.ways.get(question.about.way)
        if way is None:
            continue
        what, look = _LOOKS[fact.kind.fields[way.answer].type]
        seen = [look(option.text, language) for option in wrong]
        own = look(right.text, language)
        if own is not None and None not in seen and own not in seen:
            option = f"the right option of {quoted(question.about.id)}, {quoted(right.text)}"
            says = f"{option}, differs from all others in {what}"
            yield Found(fact, says, _REMEDY)


def _unit(text: str, _language: Language) -> str | None:
    try:
        value = read_quantity(text)
    except Unreadable:
        return None
    known = unit_of(value.unit)  # 'hour' and 'hours' are one
    return f"{known.symbol if known else value.unit.casefold()} {value.qualifier}"


def _precision(text: str, _language: Language) -> str | None:
    return str(len(text.split()))


def _beginning(text: str, language: Language) -> str | None:
    """Whether it begins in capitals, of a text whose first word is no name and may begin either way."""
    first = text.split(maxsplit=1)[0]
    return str(first.islower()) if first.lower() in language.words["small-words"] else None


_LOOKS = {  # type of a field -> what its options must have in common, and how to see it
    "text": ("its first letter", _beginning),
    "name": ("its first letter", _beginning),
    "place": ("its first letter", _beginning),
    "date": ("how its date is written", _precision),
    "quantity": ("its unit", _unit),
}


def absurd_option(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """A made-up option that nobody would take for possible."""
    latest = _latest_year(deck)
    for fact, question, right, wrong in single_choices(deck, bank):
        way = fact.kind.ways.get(question.about.way)
        dated = way is not None and fact.kind.fields[way.answer].type == "date"
        for option in wrong:
            if option.fact is not None:
                continue
            why = _late(option.text, latest) if dated else _absurd(option.text, right.text)
            if why:
                says = f"an option of {quoted(question.about.id)} is made up, {quoted(option.text)}: {why}"
                yield Found(fact, says, "Name facts with other values in `unlike`, or add some to the deck.")
                break


def _late(text: str, latest: int | None) -> str | None:
    years = [int(year) for year in _YEAR.findall(text)]
    return "later than anything in the deck" if latest is not None and years and min(years) > latest else None


def _absurd(text: str, right: str) -> str | None:
    try:
        value, own = read_quantity(text), read_quantity(right)
    except Unreadable:
        return None
    return None if impossible(own) else impossible(value)


def _latest_year(deck: Deck) -> int | None:
    """The last year that the deck knows of: of a fact, of a source, or of an `as-of`."""
    dates = [single for fact in deck.facts for value in fact.values.values() for single in members(value)]
    dates += [fact.as_of for fact in deck.facts if fact.as_of]
    dates += [source.date for source in deck.sources.values() if source.date]
    return max((date.end.year for date in dates if isinstance(date, Date) and date.end), default=None)


def place_in_place(deck: Deck, bank: Bank, _language: Language) -> Iterator[Found]:
    """Two places as options of which the deck knows that one lies in the other."""
    around = _around(deck)
    for fact, question, right, wrong in single_choices(deck, bank):
        way = fact.kind.ways.get(question.about.way)
        if way is None or fact.kind.fields[way.answer].type != "place":
            continue
        for option in wrong:
            inner, outer = _nested(option.text, right.text, around) or (None, None)
            if inner and outer:
                says = f"{quoted(question.about.id)} offers {quoted(outer)} beside {quoted(inner)}, which lies in it"
                yield Found(fact, says, "Write places with what they lie in: 'Paris, France'.")
                break


def _around(deck: Deck) -> dict[str, set[str]]:
    """What each place lies in, as the deck's places say: 'Kunduz, Afghanistan'."""
    around: dict[str, set[str]] = defaultdict(set)
    for fact in deck.facts:
        for value in fact.values.values():
            for single in members(value):
                if isinstance(single, Name) and single.place:
                    for text in single.all:
                        parts = [fold(part) for part in text.split(",")]
                        for number, part in enumerate(parts):
                            around[part].update(parts[number + 1 :])
    return around


def _nested(one: str, other: str, around: dict[str, set[str]]) -> tuple[str, str] | None:
    for inner, outer in ((one, other), (other, one)):
        if fold(outer) in around.get(fold(inner.split(",")[0]), ()):
            return inner, outer
    return None
