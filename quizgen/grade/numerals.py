"""Numbers in words: `fifteen`, `two hundred and five`, `nineteen ninety-four`, `the Second`; written as figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from quizgen.language import Language

HUNDRED = 100
_TEN, _TWENTY = 10, 20


@dataclass(frozen=True, slots=True)
class _Words:
    """The number words of a language, with their values, those of thousands and up apart; and what goes with them."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    ordinals: frozenset[str]
    articles: tuple[str, ...]
    ands: tuple[str, ...]


@dataclass(slots=True)
class _Sum:
    """A number that grows word by word: its thousands and up, and what is below."""

    above: int = 0
    below: int = 0
    scale: int = 0  # the last that was named; 0 for none yet
    ended: bool = False


def number_value(word: str, language: Language, *, ordinals: bool = True) -> int | None:
    """The value of a single word that names a number, cardinal or ordinal; None if it names none."""
    return _words_of(language, ordinals=ordinals).values.get(word)


def in_figures(text: str, language: Language, *, ordinals: bool) -> str:
    """`text` (in small letters) with its numbers in words as figures; with `ordinals`, `the second` and `2nd` too."""
    known = _words_of(language, ordinals=ordinals)
    if ordinals:
        text = _without_endings(text, language)
    pieces = re.split(r"([^\W0-9_]+)", text)  # what stands between, a word, what stands between, ...
    if not any(word in known.values or word in known.scales for word in pieces[1::2]):
        return text
    return "".join(_written(pieces, known))


def _without_endings(text: str, language: Language) -> str:
    """`2` for `2nd` and `the 2nd`."""
    articles, endings = (
        "|".join(map(re.escape, language.words.get(f"grade.{name}", ()))) or "(?!)" for name in ("articles", "ordinals")
    )
    return re.sub(rf"(?<![^\W_])(?:(?:{articles}) )?([0-9]+)(?:{endings})(?![^\W_])", r"\1", text)


def _written(pieces: Sequence[str], known: _Words) -> Iterator[str]:
    """The pieces in order, those that make a number replaced by its figures."""
    place = 0
    while place < len(pieces):
        start = _start(pieces, place, known) if place % 2 else None
        if start is None:
            yield pieces[place]
            place += 1
        else:
            number, place = _run(pieces, start, known)
            yield str(number)


def _start(pieces: Sequence[str], place: int, known: _Words) -> int | None:
    """Where the number that begins at this word has its first number word: here, or after an article; None for neither.

    A hundred counts the figure before it (12 hundred), as a million does: it begins nothing there.
    """
    word = pieces[place]
    if word in known.values:
        counts = known.values[word] == HUNDRED and re.search("[0-9] ?$", pieces[place - 1])
        return None if counts else place
    following = pieces[place + 2] if pieces[place + 1] == " " else ""
    is_number = following in known.values or following in known.scales
    return place + 2 if is_number and word in known.articles else None


def _run(pieces: Sequence[str], place: int, known: _Words) -> tuple[int, int]:
    """The number that these words make from here on, and the place after them."""
    count = _Sum()
    _add(count, pieces[place], known)
    place += 1
    while place + 1 < len(pieces):
        following = place + 1
        if pieces[following] in known.ands and pieces[place] == " " and count.below % HUNDRED == 0:
            following += 2  # two hundred and five
        between, word = pieces[following - 1], pieces[following] if following < len(pieces) else ""
        if between not in {" ", "-"} or not _add(count, word, known):
            break
        place = following + 1
    return count.above + count.below, place


def _add(count: _Sum, word: str, known: _Words) -> bool:
    """Whether the number goes on with this word; if so, it has been added."""
    if count.ended:
        return False
    if word in known.scales:
        return _add_scale(count, known.scales[word])
    value = known.values.get(word)
    below = None if value is None else _below(count, value, is_ordinal=word in known.ordinals)
    if below is None:
        return False
    count.below, count.ended = below, value == 0 or word in known.ordinals
    return True


def _add_scale(count: _Sum, scale: int) -> bool:
    if count.scale and (scale >= count.scale or not count.below):
        return False
    count.above += max(count.below, 1) * scale
    count.below, count.scale = 0, scale
    return True


def _below(count: _Sum, value: int, *, is_ordinal: bool) -> int | None:
    """What is below the thousands with one more word; None if it does not fit."""
    below, rest = count.below, count.below % HUNDRED
    if value == HUNDRED:
        return max(below, 1) * HUNDRED if below < HUNDRED else None
    if rest == 0 and (value or not (below or count.above)):
        return below + value
    if rest >= _TWENTY and rest % _TEN == 0 and 0 < value < _TEN:
        return below + value
    if not count.above and _TEN <= below < HUNDRED and value >= _TEN and not is_ordinal:
        return below * HUNDRED + value  # nineteen ninety-four
    return None


def _words_of(language: Language, *, ordinals: bool) -> _Words:
    names = ("numbers", "ordinal-numbers" if ordinals else "", "scales", "articles", "and")
    return _read(*(tuple(language.words.get(f"grade.{name}", ())) for name in names))


@cache
def _read(
    cardinals: tuple[str, ...],
    ordinals: tuple[str, ...],
    scales: tuple[str, ...],
    articles: tuple[str, ...],
    ands: tuple[str, ...],
) -> _Words:
    """The lists of a language, each line a figure (or its place among the scales) and the words for it."""
    ranks = _values(ordinals)
    powers = {name: 1000**i for i, names in enumerate(scales, start=1) for name in names.split("|") if len(name) > 1}
    return _Words(_values(cardinals) | ranks, powers, frozenset(ranks), articles, ands)


def _values(lines: Sequence[str]) -> dict[str, int]:
    """By each word the figure at the head of its line; a line without a figure says nothing."""
    found = {}
    for line in lines:
        figure, *words = line.split("|")
        if re.fullmatch("[0-9]{1,3}", figure):
            found.update(dict.fromkeys(words, int(figure)))
    return found
