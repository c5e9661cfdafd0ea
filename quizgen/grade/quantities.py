"""Quantities as people type them: `15,000`, `1.5 million`, `at least 15 000 soldiers`, `$2bn`, `40 per cent`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from quizgen.grade.folding import fold, plain
from quizgen.language import Language

ABOUT = 0  # the first of the language's qualifiers
_TOLERANCE = Decimal("0.1")  # how far "about" reaches, as a share of the number
_NUMBER = re.compile(r"-?[0-9]+(?:[.,][0-9]+|[' ][0-9]{3}(?![0-9]))*")
_LONG = 30  # digits that a number may have


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit ('' for none) and its qualifier: its index in the language's list, or None.

    `known` says whether the language lists the unit.
    """

    number: Decimal
    unit: str
    known: bool
    qualifier: int | None

    def is_near(self, number: Decimal) -> bool:
        """Whether `number` is within a tenth, if this amount is only `about` itself; else whether it is the same."""
        reach = abs(self.number) * _TOLERANCE if self.qualifier == ABOUT else Decimal(0)
        return abs(self.number - number) <= reach


def amount(text: str, language: Language) -> Amount | None:
    """The one quantity that `text` writes; None if there is none, or more than one."""
    text, qualifier = _without_qualifier(plain(text), language)
    found = _NUMBER.search(text)
    if found is None:
        return None
    number = _number(found[0], language)
    before, after = text[: found.start()], text[found.end() :]
    if number is None or re.search(r"(?:^|[\s,-])[0-9]", after):
        return None
    scale, after = _scale(after, language)
    unit, known = _unit(f"{before} {after}", language)
    return Amount(number * scale, unit, known, qualifier)


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


def _scale(after: str, language: Language) -> tuple[int, str]:
    """A thousand, a million, ... where the text goes on with its name, and the rest of the text.

    A single letter must touch the number: 15k are fifteen thousand, 300 K is a temperature.
    """
    for index, names in enumerate(language.words.get("grade.scales", ()), start=1):
        for name in names.split("|"):
            gap = " ?" if len(name) > 1 else ""
            if found := re.match(rf"{gap}{re.escape(name)}(?![^\W0-9_])\.? ?", after):
                return 1000**index, after[found.end() :]
    return 1, after


def _unit(text: str, language: Language) -> tuple[str, bool]:
    """The unit by its first name in the language's list, and whether it is there."""
    text = " ".join(text.strip(" .,-").split())
    for names in language.words.get("grade.units", ()):
        same = names.split("|")
        if text in same:
            return same[0], True
    return fold(text), False
