"""Quantities as people type them: `15,000`, `1.5 million`, `at least 15 000 soldiers`, `$2bn`, `forty per cent`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from quizgen.grade.folding import fold, plain
from quizgen.grade.numerals import HUNDRED, in_figures, number_value
from quizgen.language import Language

ABOUT = 0  # the first of the language's qualifiers
_TOLERANCE = Decimal("0.1")  # how far "about" reaches, as a share of the number
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+|[' ][0-9]{3}(?![0-9]))*")
_LONG = 24  # characters that a number may have
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u2019": "'", "\u066a": "%"})  # the Arabic ones; 15’000
_HALVES = (("\u00bd", ".5"), ("\u00bc", ".25"), ("\u00be", ".75"))
_NOUN = re.compile(r"[^\W0-9_][^0-9_*+=<>^:;?!|/\\~()\[\]{}]*")  # what is counted, of a text after a number
_SILENT = re.compile("[ !?\"'().,:;\u201c\u201d\u201e\u00ab\u00bb\u2018\u00bf\u00a1\\[\\]]")  # says nothing of a number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit ('' for none) and its qualifier: its index in the language's list, or None.

    `known` says whether the language lists the unit; `noun`, whether it may be just the name of what is counted.
    """

    number: Decimal
    unit: str
    known: bool
    qualifier: int | None
    noun: bool = False

    def is_near(self, number: Decimal) -> bool:
        """Whether `number` is within a tenth, if this amount is only `about` itself; else whether it is the same."""
        reach = abs(self.number) * _TOLERANCE if self.qualifier == ABOUT else Decimal(0)
        return abs(self.number - number) <= reach


def amounts(text: str, language: Language) -> tuple[Amount, ...]:
    """The quantities that `text` may be: 5m is five metres, or five million; none if it is no single quantity."""
    written, qualifier = _written(text, language)
    found = _NUMBER.search(written)
    number = _number(found[0], language) if found else None
    if found is None or number is None:
        return ()
    sign, before = _sign(written[: found.start()])
    if sign < 0 and number.is_signed():
        return ()
    number, after = _power(sign * number, written[found.end() :])
    if re.search(r"(?:^|[\s,-])[0-9]", after):
        return ()
    return tuple(
        Amount(number * scale, unit, known, qualifier, noun=not before.strip() and _is_noun(rest, language))
        for scale, rest in _scales(before, after, language)
        for unit, known in [_unit(f"{before} {rest}", language)]
    )


def spans(text: str, language: Language) -> Iterator[tuple[Amount, Amount]]:
    """The two ends of `10-15 km`, `from 10 to 15 km`, `between $1 and $2 million`, in every way to cut the text."""
    written, qualifier = _written(text, language)
    first = written.partition(" ")[0]
    if first in language.words.get("grade.fillers", ()):
        written = written[len(first) + 1 :]
    words = [re.escape(word) for name in ("to", "and") for word in language.words.get(f"grade.{name}", ())]
    for cut in re.finditer("|".join(["(?<=[^ -]) ?- ?(?=[^ -])", *(rf" {word} " for word in words)]), written):
        ours, theirs = written[: cut.start()], written[cut.end() :]
        low = ours + re.split("[0-9]", theirs)[-1] if re.search("[0-9]$", ours) else ours  # 10-15 km
        high = re.split("[0-9]", ours)[0] + theirs if re.match("[0-9]", theirs) else theirs  # $10-15
        for begin in amounts(low, language):
            for end in amounts(high, language):
                if begin.number < end.number and begin.unit == end.unit:
                    yield replace(begin, qualifier=qualifier), replace(end, qualifier=qualifier)


def _written(text: str, language: Language) -> tuple[str, int | None]:
    """The text with its numbers in figures, without its qualifier; and that."""
    for half, decimals in _HALVES:
        text = re.sub(rf"(?<=[0-9]) ?{half}", decimals, text).replace(half, f"0{decimals}")
    text, qualifier = _without_qualifier(plain(text.translate(_MARKS)), language)
    for minus in language.words.get("grade.minus", ()):
        text = re.sub(rf"^{re.escape(minus)} ", "-", text)
    return in_figures(text, language, ordinals=False), qualifier


def _without_qualifier(text: str, language: Language) -> tuple[str, int | None]:
    phrases = [
        (phrase, index)
        for index, same in enumerate(language.words.get("grade.qualifiers", ()))
        for phrase in same.split("|")
    ]
    for phrase, index in sorted(phrases, key=lambda pair: -len(pair[0])):
        if re.match(re.escape(phrase) + r"(?![^\W0-9_])", text):
            return text[len(phrase) :].lstrip(". "), index
    return text, None


def _number(text: str, language: Language) -> Decimal | None:
    """The value of a number with its marks.

    Where the decimal mark is a point, `1,000` is a thousand, and `1,5` can only be one and a half.
    """
    digits = re.sub("[' ]", "", text)
    if language.words.get("grade.decimal", (".",))[0] == ",":
        digits = digits.translate({ord("."): ",", ord(","): "."})
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3}(\.[0-9]+)?", digits):  # groups of two are India's
        digits = digits.replace(",", "")
    elif re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}", digits):  # two points can only part thousands
        digits = digits.replace(".", "")
    elif re.fullmatch(r"-?[0-9]+,[0-9]+", digits):
        digits = digits.replace(",", ".")
    if len(digits) > _LONG or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", digits):
        return None
    return Decimal(digits)


def _sign(before: str) -> tuple[int, str]:
    """-1 where a minus stands apart from its number (- 5, -$5), and the rest of what stands before it."""
    if before[:1] == "-":
        return -1, before[1:]
    return 1, before.removeprefix("+")


def _power(number: Decimal, after: str) -> tuple[Decimal, str]:
    """The number times a power of ten, where one follows (1.5e6, 1.5 × 10^6, 10^6), and the rest of the text."""
    if number == 10 and after[:1] == "^":  # noqa: PLR2004 - ten to the power of
        number, after = Decimal(1), f"e{after[1:]}"
    found = re.match(r"(?:e| ?[x\u00d7*] ?10\^)(-?[0-9]{1,2})(?![0-9])", after)
    return (number.scaleb(int(found[1])), after[found.end() :]) if found else (number, after)


def _scales(before: str, after: str, language: Language) -> list[tuple[Decimal, str]]:
    """A hundred, a thousand, ... where the text goes on with its name, and the rest of the text.

    A single letter must touch the number: 15k are fifteen thousand, 300 K is a temperature. Where nothing else is a
    unit it may be one itself (5m); where something is, it is not ($5m).
    """
    for index, names in enumerate(language.words.get("grade.scales", ()), start=1):
        for name in names.split("|"):
            short = len(name) == 1
            pattern = re.escape(name) + (r"(?![^\W_]|/)" if short else r"(?![^\W0-9_])")
            if found := re.match(rf"{'' if short else ' ?'}{pattern}\.? ?", after):
                scaled = (Decimal(1000) ** index, after[found.end() :])
                alone = short and not (before + scaled[1]).strip(" .,-")
                return [scaled, (Decimal(1), after)] if alone else [scaled]
    found = re.match(r" ?([^\W0-9_]+) ?", after)
    if found and number_value(found[1], language, ordinals=False) == HUNDRED:
        return [(Decimal(HUNDRED), after[found.end() :])]
    return [(Decimal(1), after)]


def _unit(text: str, language: Language) -> tuple[str, bool]:
    """The unit by its first name in the language's list, and whether it is there."""
    text = " ".join(text.strip(" .,-").split())
    for names in language.words.get("grade.units", ()):
        same = names.split("|")
        if text in same:
            return same[0], True
    return fold(text) or _SILENT.sub("", text), False  # a sign that is no word (\u20bd, \u2030) is a unit, not nothing


def _is_noun(text: str, language: Language) -> bool:
    """Whether a text after a number can be the name of what is counted, and changes nothing of the number."""
    text = text.strip(" .,-")
    others = language.words.get("grade.no-nouns", ())
    return _NOUN.fullmatch(text) is not None and not any(
        word in others or number_value(word, language) is not None for word in fold(text).split()
    )
