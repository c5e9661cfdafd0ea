"""Words: what authors wrote, and the telling words that rules look for in it, which are data of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from quizgen.facts import Deck, Fact
from quizgen.kinds import Kind
from quizgen.language import Language
from quizgen.values import Text
from quizgen.wording import Template

Finder = Callable[[str], str | None]

_QUOTED = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|\"[^\"]*\"")  # each looks no further than the next mark
_HOLE = re.compile(r"\{(\w+)(?::\w+)?\}")


def words_of(deck: Deck, language: Language, name: str) -> tuple[str, ...]:
    """A list of the language, `lint.` before its name; empty for a deck in a language that we have no words of."""
    known = deck.language.split("-", 1)[0] == language.code.split("-", 1)[0]
    return language.words.get(f"lint.{name}", ()) if known else ()


def finder(deck: Deck, language: Language, name: str) -> Finder:
    """What finds the first word of that list in a text, as it stands there.

    Not within quotation marks, for who quotes does not choose the words; and not with a capital in mid-sentence, for
    that is a name (`All Saints`) or meant to be seen (`NOT`).
    """
    words = words_of(deck, language, name)
    if not words:
        return lambda _: None
    search = _pattern(words).search
    harmless = words_of(deck, language, "harmless")
    without = _pattern(harmless).sub if harmless else None

    def find(text: str) -> str | None:
        found = search(unquoted(text))
        if found and without:  # seldom: most texts have none of the words
            found = search(without("…", unquoted(text)))
        return found[0] if found else None

    return find


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    every = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    begun = "|".join(re.escape(word[:1].upper() + word[1:]) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w'’-])(?:{every})(?![\w-])|\A\W*(?:{begun})(?![\w-])")


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks."""
    return _QUOTED.sub("…", text)


def authored(fact: Fact) -> Iterator[str]:
    """The texts that the author worded: fields of type text that are no quotations, and own words to ask by."""
    spoken = quotations(fact.kind)
    for name, value in fact.values.items():
        if isinstance(value, Text) and name not in spoken:
            yield value.text
    yield from fact.wording.values()


def quotations(kind: Kind) -> frozenset[str]:
    """The fields that the kind's templates always show in quotation marks: words that somebody else chose."""
    return _quotations(tuple(template.written for template in templates_of(kind)))


@lru_cache(maxsize=256)
def _quotations(written: tuple[str, ...]) -> frozenset[str]:
    bare = {name for text in written for name in _HOLE.findall(unquoted(text))}
    return frozenset(name for text in written for name in _HOLE.findall(text)) - bare


def templates_of(kind: Kind) -> Iterator[Template]:
    """The texts by which a kind is stated and asked."""
    if kind.statement is not None:
        yield kind.statement
    for way in kind.ways.values():
        yield from (template for template in (way.prompt, way.statement) if template is not None)


def own_words(template: Template) -> str:
    """What the template itself says: a hole is a '…', a stretch that may be left out is there."""
    return _HOLE.sub("…", template.written).replace("[", "").replace("]", "")
