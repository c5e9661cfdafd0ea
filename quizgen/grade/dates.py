"""Dates as people type them, read to what they mean; never to more or less than was written.

`1994`; `May 1994`, `1994-05`, `5/1994`; `12 October 2018`, `October 12, 2018`, `12.10.2018`, `2018-10-12`; two of these
as a span; `44 BC`. With slashes day and month may stand either way: such a text has two readings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.grade.folding import fold, plain, strip_marks
from quizgen.grade.numerals import in_figures
from quizgen.language import Language

_LONGEST = 80  # characters that a date may have
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_BARE = 31  # a number above it is a year, not a day
_SHORT_YEAR = re.compile(r"[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Day:
    """A year (44 BC is -43), and a month and a day where they were given (else 0)."""

    year: int
    month: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One meaning of a text: from `first` to `last` (the same, unless it is a span), perhaps only about then."""

    first: Day
    last: Day
    about: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text says of one date; the first of a span borrows what it lacks from the last."""

    year: int | None
    month: int = 0
    day: int = 0
    era: str = ""  # "bc", "ad" or nothing


def readings(text: str, language: Language) -> tuple[Reading, ...]:
    """Everything that `text` may mean as a date; nothing if it is none."""
    text = strip_marks(plain(text))
    text, about = _without_about(text, language)
    text = in_figures(text, language, ordinals=True)
    if len(text) > _LONGEST:
        return ()
    one = [Reading(day, day, about) for day in _days(_single(text, language))]
    return tuple(one) or tuple(_spans(text, language, about=about))


def _without_about(text: str, language: Language) -> tuple[str, bool]:
    """The text without its `about`, `c.` or `~`."""
    shorter = text.strip("~ ")
    abouts = language.words.get("grade.qualifiers", ("",))[0].split("|")
    for word in sorted(abouts, key=len, reverse=True):
        if word and re.match(re.escape(word) + r"[. ]*(?![^\W0-9_])", shorter) and shorter != word:
            return shorter[len(word) :].lstrip(". "), True
    return shorter, shorter != text


def _spans(text: str, language: Language, *, about: bool) -> list[Reading]:
    """The first way to cut the text in two dates, the earlier first."""
    words = [re.escape(word) for name in ("to", "and") for word in language.words.get(f"grade.{name}", ())]
    for cut in re.finditer("|".join(["/", "-", *(rf"(?<= ){word}(?= )" for word in words)]), text):
        ours, theirs = text[: cut.start()].strip(), text[cut.end() :].strip().removeprefix("'")
        for last in _single(theirs, language):
            for first in _single(ours, language):
                begin, end = _filled(first, last, short=_SHORT_YEAR.fullmatch(theirs) is not None)
                span = [Reading(a, b, about) for a in _days([begin]) for b in _days([end]) if _before(a, b)]
                if span:
                    return span
    return []


def _filled(first: _Parts, last: _Parts, *, short: bool) -> tuple[_Parts, _Parts]:
    """Both ends whole: 3-5 May 1945, May-June 1945, 264-146 BC, 1914-18."""
    if first.year is None:
        return _Parts(last.year, first.month, first.day, last.era), last
    if last.year is None:
        return first, last
    bare = not (first.month or first.day or first.era)
    if bare and last.day and first.year <= _BARE:
        return _Parts(last.year, last.month, first.year, last.era), last
    if bare and last.era == "bc" and first.year > last.year:
        return _Parts(first.year, era="bc"), last
    if bare and short and last.year > first.year % 100:
        return first, _Parts(first.year - first.year % 100 + last.year)
    return first, last


def _before(first: Day, last: Day) -> bool:
    return (first.year, first.month, first.day) < (last.year, last.month or 12, last.day or 31)


def _days(found: Sequence[_Parts]) -> list[Day]:
    """Those that are real dates, each once."""
    days = []
    for parts in found:
        if parts.year is None or (parts.era and parts.year < 1):
            continue
        day = Day(1 - parts.year if parts.era == "bc" else parts.year, parts.month, parts.day)
        if day not in days:
            days.append(day)
    return days


def _single(text: str, language: Language) -> list[_Parts]:
    """What one date in figures or in words may say."""
    found = _in_figures(text) or _in_words(_apart(text), language)
    return [parts for parts in found if _possible(parts)]


def _apart(text: str) -> str:
    """`12-oct-2018` and the like with spaces."""
    if re.fullmatch(r"[0-9]{1,4}([-/])[^\W0-9_]+\.?\1[0-9]{1,4}|[^\W0-9_]+\.?([-/])[0-9]{1,2}\2[0-9]{3,4}", text):
        return re.sub("[-/]", " ", text)
    return text


def _possible(parts: _Parts) -> bool:
    if not parts.month:
        return not parts.day
    return parts.month <= len(_DAYS) and parts.day <= _DAYS[parts.month - 1]


def _in_figures(text: str) -> list[_Parts]:
    if found := re.fullmatch(r"(-?)([0-9]{4})-(0?[1-9]|1[0-2])(?:-(0?[1-9]|[12][0-9]|3[01]))?", text):
        year = int(found[2]) * (-1 if found[1] else 1)
        return [_Parts(year, int(found[3]), int(found[4] or 0))]
    if re.fullmatch(r"-[0-9]{4,9}", text):  # as EDTF counts: -0043 is 44 BC
        return [_Parts(int(text))]
    if found := re.fullmatch(r"([0-9]{4})[/.] ?([0-9]{1,2})[/.] ?([0-9]{1,2})\.?", text):
        return [_Parts(int(found[1]), int(found[2]), int(found[3]))]
    if found := re.fullmatch(r"([0-9]{1,2})[./-] ?([0-9]{4})", text):
        return [_Parts(int(found[2]), int(found[1]))]
    if found := re.fullmatch(r"([0-9]{1,2})(\. ?|/|-)([0-9]{1,2})(\. ?|/|-)([0-9]{3,4})", text):
        one, other, year = int(found[1]), int(found[3]), int(found[5])
        either = [_Parts(year, other, one), _Parts(year, one, other)]
        return either if found[2] in "/-" else either[:1]
    return []


def _in_words(text: str, language: Language) -> list[_Parts]:
    """A year, a month in letters, a day, an era, in any usual order; nothing may be left over."""
    if re.search(r"[0-9] *[/-]|[/-] *[0-9]", text):
        return []
    rest = f" {fold(text)} ".replace(".", " ")
    rest, bc = _without(rest, language.words.get("grade.before-christ", ()))
    rest, ad = _without(rest, language.words.get("grade.after-christ", ()))
    rest, month = _without_month(rest, language)
    rest, _ = _without(rest, language.words.get("grade.fillers", ()))
    endings = "|".join(map(re.escape, language.words.get("grade.ordinals", ()))) or "(?!)"
    numbers = [re.sub(f"(?<=[0-9])(?:{endings})$", "", word) for word in rest.split()]
    if not all(re.fullmatch("[0-9]{1,9}", number) for number in numbers) or (bc and ad):
        return []
    return _of_numbers([int(number) for number in numbers], month, "bc" if bc else "ad" if ad else "")


def _of_numbers(numbers: list[int], month: int, era: str) -> list[_Parts]:
    match numbers:
        case []:
            return [_Parts(None, month)] if month and not era else []
        case [year]:
            of_a_month = [_Parts(None, month, year)] if month and not era and 0 < year <= _BARE else []
            return [*of_a_month, _Parts(year, month, 0, era)]  # 3 May, or May of the year 3
        case [one, other] if month:
            day, year = (other, one) if one > _BARE else (one, other)
            return [_Parts(year, month, day, era)] if day else []
    return []


def _without(text: str, phrases: Sequence[str]) -> tuple[str, bool]:
    """The text without these phrases, and whether there was one."""
    shorter = text
    for phrase in sorted(phrases, key=len, reverse=True):
        shorter = shorter.replace(f" {phrase} ", "  ")
    return shorter, shorter != text


def _without_month(text: str, language: Language) -> tuple[str, int]:
    """The text without the name of a month, and its number; 0 if there is none, or more than one."""
    found = 0
    for number, spellings in enumerate(language.words.get("grade.months", ()), start=1):
        shorter, here = _without(text, [fold(spelling) for spelling in spellings.split("|")])
        if here and found:
            return text, 0
        if here:
            text, found = shorter, number
    return text, found
