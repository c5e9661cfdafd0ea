"""When a typed answer is right: one rule for the page and the terminal.

The page has the same rule in JavaScript, and both are held to `tests/grade_vectors.json`. The rule, in order:

1. A listed answer is right as it is written, whatever else holds; an answer of another fact (a rival) is wrong.
2. Dates and quantities are compared by what they mean, where both texts can be read so. A date must have the key's
   own precision: for `1994` neither `1990s` nor `May 1994` is right, for `May 1994` not `1994`. A number may come
   without the key's qualifier, but not with another; without its unit only if an answer without one is listed. `about`
   reaches a tenth either way.
3. A list is right in any order, complete, with nothing beside it.
4. Words are compared without accents, punctuation, and leading articles. A slip in a long word is forgiven (`spelling`)
   and told, unless a rival is as near.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from quizgen.grade.dates import Reading, readings
from quizgen.grade.folding import fold, foldings, plain
from quizgen.grade.quantities import Amount, amount
from quizgen.grade.spelling import distance, misspelt
from quizgen.language import Language

__all__ = ["Grade", "Verdict", "fold", "grade", "grade_number", "plain"]

LONGEST = 1000  # characters of a typed answer that are looked at


class Verdict(StrEnum):
    """Right, right but misspelt, or wrong."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Grade:
    """A verdict; the listed answer that was meant, or, if it was wrong, the rival that was typed."""

    verdict: Verdict
    answer: str | None = None
    rival: str | None = None

    @property
    def right(self) -> bool:
        """Whether it counts as right."""
        return self.verdict is not Verdict.WRONG


WRONG = Grade(Verdict.WRONG)


def grade(
    typed: str, answers: Sequence[str], *, answer_type: str, rivals: Sequence[str] = (), language: Language
) -> Grade:
    """How right `typed` is, where `answers` are all right and `rivals` are all wrong."""
    typed = typed[:LONGEST]
    if not plain(typed):
        return WRONG
    exact = _exactly(typed, answers, rivals)
    if exact is not None:
        return exact
    by_meaning: Grade | None = None
    if answer_type == "date":
        by_meaning = _as_date(typed, answers, rivals, language)
    elif answer_type == "quantity":
        by_meaning = _as_quantity(typed, answers, rivals, language)
    elif answer_type.startswith("list"):
        by_meaning = _as_list(typed, answers, rivals, language)
    written_out = [answer for answer in answers if ".." not in answer]  # of `2014/..` the words would say 2014
    return by_meaning or _as_words(typed, written_out, rivals, language)


def grade_number(
    typed: str,
    answers: Sequence[str],
    *,
    low: Decimal | None,
    high: Decimal | None,
    unit: str | None,
    language: Language,
) -> Grade:
    """How right `typed` is as a number from `low` to `high` (None: no bound), its unit left out or right."""
    exact = _exactly(typed[:LONGEST], answers, ())
    if exact is not None:
        return exact
    given = amount(typed[:LONGEST], language)
    if given is None or not answers:
        return WRONG
    wanted = amount(f"1 {unit or ''}", language)
    spelt = _unit_spelt(given, wanted, noun_asked=not unit) if given.unit and wanted else Verdict.RIGHT
    key = amount(answers[0], language)
    qualified = given.qualifier is None or (key is not None and given.qualifier == key.qualifier)
    inside = (low is None or low <= given.number) and (high is None or given.number <= high)
    return Grade(spelt, answers[0]) if inside and qualified and spelt is not Verdict.WRONG else WRONG


def _exactly(typed: str, answers: Sequence[str], rivals: Sequence[str]) -> Grade | None:
    written = plain(typed)
    for answer in answers:
        if plain(answer) == written:
            return Grade(Verdict.RIGHT, answer)
    for rival in rivals:
        if plain(rival) == written:
            return Grade(Verdict.WRONG, rival=rival)
    return None


def _as_date(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade | None:
    """The verdict by meaning; None where the text, or every answer, cannot be read as a date."""
    given = readings(typed, language)
    keys = [(answer, key) for answer in answers for key in readings(answer, language)[:1]]
    if not given or not keys:
        return None
    for rival in rivals:
        if any(_same_date(reading, key) for reading in given for key in readings(rival, language)[:1]):
            return Grade(Verdict.WRONG, rival=rival)
    for answer, key in keys:
        if any(_same_date(reading, key) for reading in given):
            return Grade(Verdict.RIGHT, answer)
    return WRONG


def _same_date(given: Reading, key: Reading) -> bool:
    """Whether both mean the same time; `about` may be left out, but not put in."""
    return (given.first, given.last) == (key.first, key.last) and (key.about or not given.about)


def _as_quantity(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade | None:
    """The verdict by value; None where the text, or every answer, cannot be read as one quantity."""
    given = amount(typed, language)
    read = [(answer, amount(answer, language)) for answer in answers]
    keys = [(answer, key) for answer, key in read if key is not None]
    if given is None or not keys:
        return None
    every_key = [key for _, key in keys]
    graded = [Grade(_quantity_spelt(given, key, every_key), answer) for answer, key in keys]
    equal = [answer for answer, key in keys if key.number == given.number]
    for rival in rivals:
        other = amount(rival, language)
        if other and not equal and other.number == given.number and given.unit in {other.unit, ""}:
            return Grade(Verdict.WRONG, rival=rival)
    return _best(graded)


def _quantity_spelt(given: Amount, key: Amount, keys: Sequence[Amount]) -> Verdict:
    if given.qualifier not in {None, key.qualifier} or not key.is_near(given.number):
        return Verdict.WRONG
    if not given.unit and any(not other.unit and other.number == key.number for other in keys):
        return Verdict.RIGHT
    return _unit_spelt(given, key, noun_asked=not any(other.unit for other in keys))


def _unit_spelt(given: Amount, key: Amount, *, noun_asked: bool) -> Verdict:
    """Whether the unit is the key's. With `noun_asked` it is the question's own noun: any unlisted word will do."""
    if given.unit == key.unit or (noun_asked and given.unit and not given.known):
        return Verdict.RIGHT
    if not given.unit or not key.unit or given.known or key.known:
        return Verdict.WRONG
    return _verdict(misspelt(given.unit, key.unit))


def _as_list(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade:
    """The verdict member by member, in any order."""
    given = _members(typed, language)
    false = [member for rival in rivals for member in _members(rival, language)]
    graded = []
    for answer in answers:
        members = _members(answer, language)
        others = [member for member in false if member not in members]
        graded.append(Grade(_members_spelt(given, members, others, language), answer))
    return _best(graded)


def _members_spelt(given: Sequence[str], members: Sequence[str], false: Sequence[str], language: Language) -> Verdict:
    """Every member found among those given, the well-spelt ones first, and nothing left over."""
    if len(given) != len(members):
        return Verdict.WRONG
    left, missing, spelt = list(given), list(members), Verdict.RIGHT
    for verdict in (Verdict.RIGHT, Verdict.CLOSE):
        for member in tuple(missing):
            found = [one for one in left if _as_words(one, [member], false, language).verdict is verdict]
            if found:
                left.remove(found[0])
                missing.remove(member)
                spelt = verdict
    return Verdict.WRONG if missing else spelt


def _members(text: str, language: Language) -> list[str]:
    """The parts of a list as it is typed: between commas, semicolons, slashes, lines, and the word for `and`."""
    words = [re.escape(word) for word in language.words.get("grade.and", ())]
    parts = re.split("|".join(["[,;/&\n،؛、]", *(rf"\s{word}\s" for word in words)]), text, flags=re.IGNORECASE)
    return [part.strip() for part in parts if part.strip()]


def _as_words(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade:
    given = _spellings(typed, language)
    if not given:
        return WRONG
    wrong = [(rival, _spellings(rival, language)) for rival in rivals]
    graded = []
    for answer in answers:
        edits = _fewest(misspelt(mine, theirs) for mine in given for theirs in _spellings(answer, language))
        if edits is not None:
            graded.append((edits, answer))
    for rival, spellings in wrong:
        if set(given) & set(spellings):
            return Grade(Verdict.WRONG, rival=rival)
    if not graded:
        return WRONG
    edits, answer = min(graded, key=lambda pair: pair[0])
    if edits and any(_nearest(given, spellings) <= edits for _, spellings in wrong):
        return WRONG
    return Grade(_verdict(edits), answer)


def _spellings(text: str, language: Language) -> tuple[str, ...]:
    """The foldings of `text`, each without a leading article too. Nothing if only punctuation is left."""
    conjunction = (*language.words.get("grade.and", ()), "")[0]
    articles = language.words.get("grade.articles", ())
    found = []
    for folded in foldings(text, conjunction=conjunction):
        first, _, rest = folded.partition(" ")
        found.extend([folded, rest] if rest and first in articles else [folded])
    return tuple(folded for folded in found if folded)


def _nearest(given: Iterable[str], spellings: Sequence[str]) -> int:
    return min((distance(mine, theirs) for mine in given for theirs in spellings), default=LONGEST)


def _fewest(edits: Iterable[int | None]) -> int | None:
    return min((count for count in edits if count is not None), default=None)


def _verdict(edits: int | None) -> Verdict:
    if edits is None:
        return Verdict.WRONG
    return Verdict.CLOSE if edits else Verdict.RIGHT


def _best(graded: Sequence[Grade]) -> Grade:
    """The best of these grades, the first of equals; never empty of meaning: WRONG if there is none."""
    for verdict in (Verdict.RIGHT, Verdict.CLOSE):
        for one in graded:
            if one.verdict is verdict:
                return one
    return WRONG
