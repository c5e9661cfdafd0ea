"""Asks: what a fact's `ask` says of the ways to ask it: never, only these, or these in the author's own words."""

from __future__ import annotations

from collections.abc import Mapping

from quizgen.deck.entries import Entry, named
from quizgen.deck.texts import Texts
from quizgen.kinds import OF_A_FACT
from quizgen.problems import Place, quoted
from quizgen.source.nodes import Map, Seq, place_of

Asks = tuple[frozenset[str] | None, Mapping[str, str]]

NEVER = "never"
_EVERY_WAY: Asks = (None, {})


def read_ask(entry: Entry, texts: Texts) -> Asks:
    """The only ways to ask a fact (None: all; empty: never), and ways in the author's own words.

    Own words restrict nothing: the fact is asked in its other ways as well.
    """
    node = entry.node["ask"]
    if isinstance(node, Map):
        return None, _own_words(entry, node, texts)
    if isinstance(node, Seq) and not node:
        texts.wrong(entry.node.place("ask"), "'ask' is an empty list", "Write `ask: never`, or name the ways.")
        return _EVERY_WAY
    found = texts.some(entry.node, "ask")
    if [text for text, _ in found] == [NEVER]:
        return frozenset(), {}
    ways = (*entry.kind.ways, *OF_A_FACT)
    for way, spot in found:
        if way not in ways:
            _unknown_way(entry, way, place_of(entry.node.file, spot), (*ways, NEVER), texts)
    return frozenset(way for way, _ in found), {}


def _own_words(entry: Entry, node: Map, texts: Texts) -> dict[str, str]:
    words: dict[str, str] = {}
    for way in node:
        text = texts.one(node, way)
        if way in entry.kind.ways:
            if text is not None:
                words[way] = text
        elif way in OF_A_FACT:
            says = f"'{way}' cannot be asked in words of your own"
            texts.wrong(node.key_place(way), says, "Its words come from the kind's template.")
        else:
            _unknown_way(entry, way, node.key_place(way), entry.kind.ways, texts)
    return words


def _unknown_way(
    entry: Entry, way: str, place: Place, ways: Mapping[str, object] | tuple[str, ...], texts: Texts
) -> None:
    remedy = texts.nearest(way, ways, f"The ways are {', '.join(ways)}.")
    texts.wrong(place, f"{named(entry)} is not asked by {quoted(way)}", remedy)
