"""What Anki shows of a deck: its name, and the text under it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

from quizgen.facts import Deck, Source
from quizgen.language import Language
from quizgen.write.anki.text import drawable, inert

_JOINER = "\u2060"  # a word joiner: seen by nobody, and between two colons no longer Anki's mark of a subdeck


def name_of(deck: Deck, topic: str = "") -> str:
    """The deck's title, and below it the topic. `::` in a title is text, as on paper, and makes no subdeck.

    Anki finds a deck again by this name. Raises `Undrawable`.
    """
    inert(deck.title)  # for what it raises: a name is no HTML
    title = deck.title.replace("::", f":{_JOINER}:")
    return f"{title}::{topic}" if topic else title


def topic_of(deck: Deck, tags: Sequence[str]) -> str:
    """The subdeck of a fact with these tags: its first tag, where the deck has its topics as subdecks; else ''.

    `::` in a tag makes a subdeck of a subdeck, as it makes a tag of a tag.
    """
    if not tags or deck.topics != "subdecks":
        return ""
    steps = (" ".join(drawable(step).split()) for step in unicodedata.normalize("NFC", tags[0]).split("::"))
    return "::".join(step for step in steps if step)


def number_of(deck: Deck, topic: str = "") -> int:
    """An id that hangs on the deck's id (and the topic) alone, and is never 1, the deck that every learner has."""
    whose = f"quizgen/{deck.id}/{topic}" if topic else f"quizgen/{deck.id}"
    return 2 + int.from_bytes(hashlib.sha256(whose.encode()).digest()[:6], "big")


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
