"""Showing: from a value to text in the deck's language, and the spellings that a typed answer may have."""

from __future__ import annotations

from typing import assert_never

from quizgen.language import Language
from quizgen.values.dates import Date, Point
from quizgen.values.many import Many, Value
from quizgen.values.names import Name
from quizgen.values.quantities import Quantity
from quizgen.values.text import Text
from quizgen.values.units import CURRENCIES, unit_of

STYLES = {  # the styles of each type of value; `start` and `mid` are of all types
    "text": ("start", "mid"),
    "date": ("start", "mid", "in", "asks"),
    "quantity": ("start", "mid", "asks"),
    "name": ("start", "mid"),
    "place": ("start", "mid"),
}


def show(value: Value, language: Language, style: str = "") -> str:
    """The value as text; `style` is '' or one of `STYLES`."""
    match style:
        case "start":
            return capitalised(show(value, language), language)
        case "mid":
            return lowered(show(value, language), language)
        case "in" if isinstance(value, Date):
            return _date_in(value, language)
        case "asks" if isinstance(value, Date):
            return language.say(f"date.asks.{_shape(value)}")
        case "asks" if isinstance(value, Quantity):
            return _quantity_asks(value, language)
        case _:
            return _plain(value, language)


def _plain(value: Value, language: Language) -> str:
    match value:
        case Text() | Name():
            return value.text
        case Quantity():
            return value.written
        case Date():
            return show_date(value, language)
        case Many():
            return joined([_plain(member, language) for member in value.members], language)
        case _:
            assert_never(value)


def joined(texts: list[str], language: Language, last: str = "two") -> str:
    """'a, b and c', in the language's way."""
    if len(texts) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(texts)
    head = texts[0]
    for text in texts[1:-1]:
        head = language.say("list.many", first=head, last=text)
    return language.say(f"list.{last}", first=head, last=texts[-1])


def capitalised(text: str, language: Language) -> str:
    """`text` as it begins a sentence. A word with a capital inside ('pH') stays as it is, as does a letter ('e')."""
    first = text.split(" ", 1)[0]
    is_word = len(first) > 1 or first in language.words["small-words"]
    return text[:1].upper() + text[1:] if is_word and first.islower() else text


def lowered(text: str, language: Language) -> str:
    """`text` as it stands within a sentence: a small word at its start ('The', 'In') loses its capital."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first.lower() in language.words["small-words"] else text


def show_date(date: Date, language: Language) -> str:
    """'1994', 'September 2001', '12 October 2018', '1979–1989', 'about 1994', 'since 2014', '44 BCE'."""
    text = _bare_date(date, language)
    return language.say("date.about", date=text) if date.approximate else text


def _bare_date(date: Date, language: Language) -> str:
    if date.start is None and date.end is not None:
        return language.say("date.until", end=_point(date.end, language))
    if date.start is not None and date.end is None:
        return language.say("date.since", start=_point(date.start, language))
    if date.start is None or date.end is None:  # never: a date has at least one end
        return date.written
    start, end = _point(date.start, language), _point(date.end, language)
    if not date.interval:
        return start
    if _is_decade(date):
        return language.say("date.decade", year=start)
    years = date.start.precision == date.end.precision == "year" and date.start.year > 0
    return language.say("date.interval" if years else "date.span", start=start, end=end)


def _is_decade(date: Date) -> bool:
    return date.written.rstrip("~?%").upper().endswith("X") and not date.written.upper().rstrip("~?%").endswith("XX")


def _point(point: Point, language: Language) -> str:
    year = language.say("date.bce", year=str(1 - point.year)) if point.year <= 0 else str(point.year)
    if point.precision == "year":
        return language.say("date.year", year=year)
    month = language.words["months"][point.month - 1]
    if point.precision == "month":
        return language.say("date.month", month=month, year=year)
    return language.say("date.day", day=str(point.day), month=month, year=year)


def _shape(date: Date) -> str:
    """The name of the phrase that fits a date."""
    if date.start is None or date.end is None:
        return "open"
    if date.approximate:
        return "about"
    if _is_decade(date):
        return "decade"
    return "interval" if date.interval else date.start.precision


def _date_in(date: Date, language: Language) -> str:
    shape = _shape(date)
    if shape == "interval" and date.start is not None and date.end is not None:
        return language.say("date.in.interval", start=_point(date.start, language), end=_point(date.end, language))
    return language.say(f"date.in.{shape}", date=_bare_date(date, language))


def _quantity_asks(value: Quantity, language: Language) -> str:
    """'how many', 'how many kilometres', 'how much money': what is to be given, its unit included."""
    if value.money:
        return language.say("quantity.how-many-of", unit=CURRENCIES[value.unit])
    known = unit_of(value.unit)
    if known is None:
        if not value.unit:
            return language.say("quantity.how-many")
        much = value.unit in language.words["uncountable"]
        return language.say("quantity.how-much-of" if much else "quantity.how-many-of", unit=value.unit)
    if known.dimension == "share":
        return language.say("quantity.what-share")
    name = language.phrases.get(f"unit.{known.symbol}")
    if name is None:
        return language.say("quantity.what-value", unit=value.unit)
    return language.say("quantity.how-many-of", unit=name)


def spellings(value: Value, language: Language) -> tuple[str, ...]:
    """All ways in which a right answer may be typed, the canonical one first, each once."""
    match value:
        case Text() | Many():
            found = [show(value, language)]
        case Name():
            found = [*value.all]
        case Date():
            found = [show(value, language), *_date_spellings(value, language)]
        case Quantity():
            found = [show(value, language), *_quantity_spellings(value)]
        case _:
            assert_never(value)
    return tuple(dict.fromkeys(found))


def _date_spellings(date: Date, language: Language) -> list[str]:
    found = [_bare_date(date, language)]
    if date.interval or date.start is None:
        return found
    point = date.start
    if point.precision == "day" and point.year > 0 and language.code == "en":
        month = language.words["months"][point.month - 1]
        found.append(f"{month} {point.day}, {point.year}")
    if point.year > 0:
        found.append("-".join(f"{part:02d}" for part in point if part))
    return found


def _quantity_spellings(value: Quantity) -> list[str]:
    if value.upper is not None:
        return []
    without = value.written[value.written.index(value.digits) :]
    sign = value.written[: value.written.index(value.digits)].split(" ")[-1] if value.money else ""
    found = [sign + without]
    if not value.money and value.unit:
        found.append(without.removesuffix(value.unit).strip())
    return found
