"""When a typed answer is right: one rule for the page and the terminal.

The page has the same rule in JavaScript, and both are held to `tests/grade_vectors.json`. The rule, in order:

1. A listed answer is right as it is written, whatever else holds; an answer of another fact (a rival) is wrong.
2. Dates and quantities are compared by what they mean, where both texts can be read so. A date must have the key's
   own precision: for `1994` neither `1990s` nor `May 1994` is right, for `May 1994` not `1994`. Of `10/12/2018` either
   reading may be right, and the date is told, as a slip is. A number may come
   without the key's qualifier, but not with another; without its unit only if an answer without one is listed. `about`
   reaches a tenth either way.
3. A list is right in any order, complete, with nothing beside it.
4. Words are compared without accents, punctuation, and leading articles; numbers in words are figures. A slip in a long
   word is forgiven (`spelling`) and told, unless a rival is as near, or the language knows what was typed as another
   word (nitrite, nitrate). Names may be without their title, first names be initials, unless a rival's are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from quizgen.grade.dates import Reading, readings
from quizgen.grade.folding import fold, plain
from quizgen.grade.quantities import Amount, amounts, spans
from quizgen.grade.spelling import misspelt
from quizgen.grade.verdicts import WRONG, Grade, Verdict, best, worse
from quizgen.grade.words import grade_words, spellings
from quizgen.language import Language

__all__ = ["Grade", "Verdict", "fold", "grade", "grade_number", "plain"]

LONGEST = 1000  # characters of a typed answer that are looked at
_BETWEEN = "[,;/&|\u2022\u060c\u061b\u3001]"  # what stands between the members of a list


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
    return by_meaning or grade_words(typed, written_out, rivals, language, names=answer_type == "name")


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
    if not answers:
        return WRONG
    wanted = amounts(f"1 {unit or ''}", language)[-1:]
    keys = amounts(answers[0], language)
    graded = []
    for given in amounts(typed[:LONGEST], language):
        spelt = _unit_spelt(given, wanted[0], noun_asked=not unit) if given.unit and wanted else Verdict.RIGHT
        qualified = given.qualifier is None or any(given.qualifier == key.qualifier for key in keys)
        inside = (low is None or low <= given.number) and (high is None or given.number <= high)
        graded.append(Grade(spelt, answers[0]) if inside and qualified and spelt is not Verdict.WRONG else WRONG)
    return best(graded)


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
            return Grade(Verdict.RIGHT if len(given) == 1 else Verdict.CLOSE, answer)  # 10/12: which of both was meant?
    return WRONG


def _same_date(given: Reading, key: Reading) -> bool:
    """Whether both mean the same time; `about` may be left out, but not put in."""
    return (given.first, given.last) == (key.first, key.last) and (key.about or not given.about)


def _as_quantity(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade | None:
    """The verdict by value; None where the text, or every answer, cannot be read as a quantity."""
    given = amounts(typed, language)
    keys = [(answer, key) for answer in answers for key in amounts(answer, language)]
    if not given or not keys:
        return _as_span(typed, answers, rivals, language)
    every_key = [key for _, key in keys]
    graded = [Grade(_quantity_spelt(one, key, every_key), answer) for answer, key in keys for one in given]
    for rival in rivals:
        if any(_is_rival(one, other, every_key) for one in given for other in amounts(rival, language)):
            return Grade(Verdict.WRONG, rival=rival)
    return best(graded)


def _is_rival(given: Amount, rival: Amount, keys: Sequence[Amount]) -> bool:
    return (
        given.number == rival.number
        and given.unit in {rival.unit, ""}
        and not any(key.number == given.number for key in keys)
    )


def _as_span(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade | None:
    """The verdict on both ends of `10-15 km`; None where the text, or every answer, is no such span."""
    given = list(spans(typed, language))
    keys = [(answer, key) for answer in answers for key in spans(answer, language)]
    if not given or not keys:
        return None
    graded = [Grade(_span_spelt(one, key), answer) for answer, key in keys for one in given]
    for rival in rivals:
        if any(_span_spelt(one, other) is Verdict.RIGHT for one in given for other in spans(rival, language)):
            return Grade(Verdict.WRONG, rival=rival)
    return best(graded)


def _span_spelt(given: tuple[Amount, Amount], key: tuple[Amount, Amount]) -> Verdict:
    low, high = (_quantity_spelt(mine, theirs, [theirs]) for mine, theirs in zip(given, key, strict=True))
    return worse(low, high)


def _quantity_spelt(given: Amount, key: Amount, keys: Sequence[Amount]) -> Verdict:
    if given.qualifier not in {None, key.qualifier} or not key.is_near(given.number):
        return Verdict.WRONG
    if not given.unit and any(not other.unit and other.number == key.number for other in keys):
        return Verdict.RIGHT
    return _unit_spelt(given, key, noun_asked=not any(other.unit for other in keys))


def _unit_spelt(given: Amount, key: Amount, *, noun_asked: bool) -> Verdict:
    """Whether the unit is the key's. With `noun_asked` it is the question's own: any noun will do that is no unit."""
    if (given.unit, given.known) == (key.unit, key.known) or (noun_asked and given.noun and not given.known):
        return Verdict.RIGHT
    if not given.unit or not key.unit or given.known or key.known:
        return Verdict.WRONG
    edits = misspelt(given.unit, key.unit)
    return Verdict.WRONG if edits is None else Verdict.CLOSE if edits else Verdict.RIGHT


def _as_list(typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language) -> Grade:
    """The verdict member by member, in any order."""
    given = _members(typed, language)
    false = [member for rival in rivals for member in _members(rival, language)]
    graded = []
    for answer in answers:
        members = _members(answer, language)
        true = {spelt for member in members for spelt in spellings(member, language)}
        others = [member for member in false if true.isdisjoint(spellings(member, language))]
        graded.append(Grade(_members_spelt(given, members, others, language), answer))
    return best(graded)


def _members_spelt(given: Sequence[str], members: Sequence[str], false: Sequence[str], language: Language) -> Verdict:
    """Every member found among those given, the well-spelt ones first, and nothing left over."""
    if not members or len(given) != len(members):
        return Verdict.WRONG
    left, missing, spelt = list(given), list(members), Verdict.RIGHT
    for verdict in (Verdict.RIGHT, Verdict.CLOSE):
        for member in tuple(missing):
            found = [one for one in left if grade_words(one, [member], false, language, names=True).verdict is verdict]
            if found:
                left.remove(found[0])
                missing.remove(member)
                spelt = verdict
    return Verdict.WRONG if missing else spelt


def _members(text: str, language: Language) -> list[str]:
    """The parts of a list as it is typed: between commas, semicolons, slashes, bars, lines, and the word for `and`."""
    words = [re.escape(word) for word in language.words.get("grade.and", ())]
    parts = re.split("|".join([_BETWEEN, *(f" {word} " for word in words)]), plain(text.replace("\n", ",")))
    return [part for part in parts if plain(part)]
