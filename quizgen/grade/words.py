"""Answers in words: compared without accents, punctuation and articles, numbers as figures, slips forgiven."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from quizgen.grade.folding import foldings
from quizgen.grade.names import as_short
from quizgen.grade.numerals import in_figures, number_value
from quizgen.grade.spelling import distance, misspelt
from quizgen.grade.verdicts import WRONG, Grade, Verdict
from quizgen.language import Language

_Spelt = tuple[str, tuple[str, ...]]  # an answer, and its spellings
_FAR = 1000  # more edits than anything that is typed has


def grade_words(
    typed: str, answers: Sequence[str], rivals: Sequence[str], language: Language, *, names: bool = False
) -> Grade:
    """How right `typed` is by its words. With `names`, titles may be left out and first names be initials."""
    given = spellings(typed, language)
    if not given:
        return WRONG
    right = [(answer, spellings(answer, language)) for answer in answers]
    wrong = [(rival, spellings(rival, language)) for rival in rivals]
    for rival, spelt in wrong:
        if set(given) & set(spelt):
            return Grade(Verdict.WRONG, rival=rival)
    graded = [(edits, answer) for answer, spelt in right if (edits := _edits(given, spelt, language)) is not None]
    if not graded:
        return _as_names(given, right, wrong, language) if names else WRONG
    edits, answer = min(graded, key=lambda pair: pair[0])
    if edits and any(_nearest(given, spelt) <= edits for _, spelt in wrong):
        return WRONG
    return Grade(Verdict.CLOSE if edits else Verdict.RIGHT, answer)


def spellings(text: str, language: Language) -> tuple[str, ...]:
    """The foldings of `text`, without its articles and with numbers in figures too. Nothing of mere punctuation."""
    conjunction = (*language.words.get("grade.and", ()), "")[0]
    articles = language.words.get("grade.articles", ())
    found: dict[str, None] = {}
    for folded in foldings(text, conjunction=conjunction):
        usual = " ".join(_usual(language).get(word, word) for word in folded.split())
        figures = in_figures(usual, language, ordinals=" " in usual)  # a second alone is no 2
        for some in (folded, usual, figures):
            first, _, rest = some.partition(" ")
            found |= dict.fromkeys([some, rest] if rest and first in articles else [some])
    return tuple(folded for folded in found if folded)


def _as_names(given: Sequence[str], right: Sequence[_Spelt], wrong: Sequence[_Spelt], language: Language) -> Grade:
    """The verdict on a name in short, unless it may be that of a rival too."""

    def edits(spelt: Sequence[str]) -> int | None:
        short = [as_short(mine, theirs, language) for mine in given for theirs in spelt]
        return _fewest(_edits([ours], [theirs], language) for ours, theirs in filter(None, short))

    graded = [(count, answer) for answer, spelt in right if (count := edits(spelt)) is not None]
    if not graded or any(edits(spelt) is not None for _, spelt in wrong):
        return WRONG
    count, answer = min(graded, key=lambda pair: pair[0])
    return Grade(Verdict.CLOSE if count else Verdict.RIGHT, answer)


def _edits(given: Iterable[str], spelt: Sequence[str], language: Language) -> int | None:
    """The fewest edits between two texts, each in several spellings; None where they are other words."""
    return _fewest(
        None if edits and _are_others(mine, theirs, language) else edits
        for mine in given
        for theirs in spelt
        for edits in [misspelt(mine, theirs)]
    )


def _are_others(typed: str, answer: str, language: Language) -> bool:
    """Whether some word is no slip for its fellow but another word that the language has: nitrite and nitrate."""
    pairs = zip(typed.split(), answer.split(), strict=False)
    return any(mine != theirs and _is_other(mine, theirs, language) for mine, theirs in pairs)


def _is_other(mine: str, theirs: str, language: Language) -> bool:
    values = number_value(mine, language), number_value(theirs, language)
    if None not in values:
        return values[0] != values[1]
    for line in language.words.get("grade.unlike", ()):
        ours = [some for some in line.split("|") if _fits(mine, some)]
        if ours and any(_fits(theirs, some) and some not in ours for some in line.split("|")):
            return True
    return False


def _fits(word: str, some: str) -> bool:
    """Whether the word is this one of the list, or begins so (`hyper-`)."""
    return word.startswith(some[:-1]) if some.endswith("-") else word == some


def _usual(language: Language) -> dict[str, str]:
    return _first_spellings(tuple(language.words.get("grade.same", ())))


@cache
def _first_spellings(lines: tuple[str, ...]) -> dict[str, str]:
    """By each spelling of a word the first of its line."""
    return {word: line.split("|")[0] for line in lines for word in line.split("|")}


def _nearest(given: Iterable[str], spelt: Sequence[str]) -> int:
    return min((distance(mine, theirs) for mine in given for theirs in spelt), default=_FAR)


def _fewest(edits: Iterable[int | None]) -> int | None:
    return min((count for count in edits if count is not None), default=None)
