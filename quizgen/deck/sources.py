"""Sources: where the facts of a deck come from, and how a fact cites one."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from quizgen.deck.ids import id_problem, twins
from quizgen.deck.texts import Texts
from quizgen.facts import Citation, Source
from quizgen.problems import Place, quoted
from quizgen.source.nodes import Map
from quizgen.values import Date, Unreadable, read

SOURCE_KEYS = {
    "title": "The title of the book, article, site or collection.",
    "authors": "Who wrote it: a list of names.",
    "date": "When it appeared: 2018, 2018-10 or 2018-10-12.",
    "publisher": "Who published it.",
    "url": "Where it stands on the web: http or https.",
    "note": "Anything else about it.",
}


def read_sources(deck: Map, texts: Texts) -> dict[str, Source]:
    """The sources of a deck, by id."""
    node = deck.get("sources")
    if node is None:
        return {}
    if not isinstance(node, Map):
        texts.wrong(
            deck.place("sources"), "'sources' is a mapping of ids to sources", "Write `atlas: {title: An atlas}`."
        )
        return {}
    sources: dict[str, Source] = {}
    seen: dict[str, str] = {}
    for id_ in node:
        problem = id_problem(id_, node.key_place(id_))
        if problem:
            texts.problems.append(problem)
        other = seen.setdefault(twins(id_), id_)
        if other != id_:
            says = f"the source ids {quoted(other)} and {quoted(id_)} look the same"
            texts.wrong(node.key_place(id_), says, "Give one of them another id.")
        source = _source(id_, node, texts)
        if source:
            sources[id_] = source
    return sources


def _source(id_: str, owner: Map, texts: Texts) -> Source | None:
    node = owner[id_]
    if not isinstance(node, Map):
        texts.wrong(owner.place(id_), f"the source {quoted(id_)} is a mapping", f"Write `{id_}: {{title: An atlas}}`.")
        return None
    texts.only(node, SOURCE_KEYS, "a source")
    title = texts.maybe(node, "title")
    if "title" not in node:
        texts.wrong(owner.key_place(id_), f"the source {quoted(id_)} has no 'title'", "Write `title: An atlas`.")
    return Source(
        id=id_,
        title=title or "",
        authors=tuple(text for text, _ in texts.some(node, "authors")) if "authors" in node else (),
        date=read_date(node, "date", texts) if "date" in node else None,
        publisher=texts.maybe(node, "publisher"),
        url=_url(node, texts),
        note=texts.maybe(node, "note"),
        place=owner.key_place(id_),
    )


def read_date(owner: Map, key: str, texts: Texts) -> Date | None:
    """The date of `key`, or None with the problem told."""
    text = texts.one(owner, key)
    try:
        date = read("date", text) if text else None
    except Unreadable as unreadable:
        texts.wrong(owner.place(key), unreadable.says, unreadable.remedy)
        return None
    return date if isinstance(date, Date) else None


def _url(node: Map, texts: Texts) -> str | None:
    text = texts.maybe(node, "url")
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in text
    except ValueError:  # brackets that hold no IPv6 address
        sound = False
    if not sound:
        remedy = "It begins with https:// or http:// and has no spaces; anything else goes to `note`."
        texts.wrong(node.place("url"), f"{quoted(text)} is not the address of a page", remedy)
    return text if sound else None


def read_citation(owner: Map, key: str, sources: Mapping[str, Source], texts: Texts) -> Citation | None:
    """The source that `from` cites: its id, then where in it. None with the problem told."""
    text = texts.one(owner, key)
    if text is None:
        return None
    id_, *rest = text.split(maxsplit=1)
    source = sources.get(id_)
    if source is None:
        tell_unknown_source(owner.place(key), id_, sources, texts)
        return None
    return Citation(source=source, locator=rest[0] if rest else "")


def tell_unknown_source(place: Place, id_: str, sources: Mapping[str, Source], texts: Texts) -> None:
    """Tell of a source that the deck does not have."""
    listed = f"The sources are {', '.join(sources)}." if sources else "The deck has no `sources` yet."
    remedy = texts.nearest(id_, sources, f"{listed} `from` is the id of one, then where in it: `atlas 12`.")
    texts.wrong(place, f"unknown source {quoted(id_)}", remedy)
