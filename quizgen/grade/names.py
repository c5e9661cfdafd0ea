"""Names in short: `Sir` left out or put in, `J. S. Bach`, `Martin Luther King` without his Jr."""

from __future__ import annotations

from quizgen.grade.spelling import numeral
from quizgen.language import Language


def as_short(typed: str, answer: str, language: Language) -> tuple[str, str] | None:
    """What is left to compare of two folded names; None where one is no short form of the other.

    A title may stand in one alone, but not another title in the other; `Jr` may be left out, but not put in; a first
    name may be its initial where the surname is written out.
    """
    titles, suffixes = (language.words.get(f"grade.{name}", ()) for name in ("titles", "suffixes"))
    ours, theirs = typed.split(), answer.split()
    our_titles, their_titles = _leading(ours, titles), _leading(theirs, titles)
    if our_titles and their_titles and our_titles != their_titles:
        return None
    ours, theirs = ours[len(our_titles) :], theirs[len(their_titles) :]
    if theirs and theirs[-1] in suffixes and ours[-1:] != theirs[-1:] and not set(ours) & set(suffixes):
        theirs.pop()
    if not ours or not theirs:
        return None
    initials = "".join(word[0] for word in theirs)
    if len(ours) < len(theirs) and initials.startswith(ours[0]) and len(ours[0]) == len(theirs) - len(ours) + 1:
        ours = [*ours[0], *ours[1:]]  # JS Bach
    if len(ours) == len(theirs) and len(ours[-1]) > 1 and numeral(ours[-1]) is None:
        ours = [theirs[i] if len(word) == 1 and theirs[i][0] == word else word for i, word in enumerate(ours)]
    return " ".join(ours), " ".join(theirs)


def _leading(words: list[str], titles: tuple[str, ...]) -> list[str]:
    """The titles that a name begins with; something must be left of it."""
    count = 0
    while count < len(words) - 1 and words[count] in titles:
        count += 1
    return words[:count]
