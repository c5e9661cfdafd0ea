"""What Anki shows of a deck: its name, and the text under it."""

from __future__ import annotations

import hashlib

from quizgen.facts import Deck, Source
from quizgen.language import Language
from quizgen.write.anki.text import inert

_JOINER = "\u2060"  # a word joiner: seen by nobody, and between two colons no longer Anki's mark of a subdeck


def name_of(deck: Deck) -> str:
    """The deck's title. `::` in it is text, as on paper, and makes no subdeck; Anki finds a deck again by this name."""
    return deck.title.replace("::", f":{_JOINER}:")


def number_of(deck: Deck) -> int:
    """An id that hangs on the deck's id alone, and is never 1, the deck that every learner has."""
    return 2 + int.from_bytes(hashlib.sha256(f"quizgen/{deck.id}".encode()).digest()[:6], "big")


def description_of(deck: Deck, language: Language) -> str:
    """What the deck is about, its sources, its licence. Raises `Undrawable`."""
    labels = language.labels("anki")
    parts = [f"<p>{inert(deck.about)}</p>"] if deck.about else []
    if deck.sources:
        sources = "".join(f"<li>{inert(_cited(source))}</li>" for source in deck.sources.values())
        parts.append(f"<p>{inert(labels['sources'])}</p><ul>{sources}</ul>")
    if deck.license:
        parts.append(f"<p>{inert(language.say('anki.license', license=deck.license))}</p>")
    parts.append(f"<p>{inert(labels['made-with'])}</p>")
    return f'<div dir="auto">{"".join(parts)}</div>'


def _cited(source: Source) -> str:
    date = source.date.written if source.date else None
    return ", ".join(part for part in (*source.authors, source.title, source.publisher, date, source.url) if part)
