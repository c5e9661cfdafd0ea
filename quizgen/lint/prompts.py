"""Rules on the templates of kinds."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.facts import Deck
from quizgen.language import Language
from quizgen.lint.found import Found
from quizgen.problems import quoted
from quizgen.questions import Bank

_ASKS = ("?", "؟", "？", ";")  # the last is the Greek one
_ENDS = (".", ":", "!", "…", "。", "：", "_")
_CLOSING = "”“\"'»«)’ "


def prompt_end(deck: Deck, _bank: Bank, _language: Language) -> Iterator[Found]:
    """A prompt that neither asks nor ends as a sentence does."""
    for kind in deck.kinds.values():
        for way in kind.ways.values():
            written = way.prompt.written
            if not any(mark in written for mark in _ASKS) and not written.rstrip(_CLOSING).endswith(_ENDS):
                says = f"the prompt '{way.name}' of the kind {quoted(kind.name)} has no question mark and no end"
                yield Found(way.place, says, "End it with '?', ':' or '.'.")
