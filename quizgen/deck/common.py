"""The keys that every fact may have, whatever its kind: its source, its status, its picture, how it is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from quizgen.deck.asks import read_ask
from quizgen.deck.entries import Entry
from quizgen.deck.ids import id_problem
from quizgen.deck.media import read_picture
from quizgen.deck.silences import read_silence
from quizgen.deck.sources import read_citation, read_date
from quizgen.deck.typed import Known, read_names
from quizgen.facts import Status
from quizgen.problems import Problem, quoted
from quizgen.source.nodes import place_of

Attributes = dict[str, Any]  # of a fact, as they are found


def distinct(texts: list[str]) -> tuple[str, ...]:
    """The texts without those that differ from an earlier one only in case."""
    return tuple({text.casefold(): text for text in reversed(texts)}.values())[::-1]


def read_status(entry: Entry, known: Known, more: Attributes) -> None:
    """How sure the fact is: every status but the default needs somebody who says so."""
    node, texts = entry.node, known.texts
    text = texts.one(node, "status") if "status" in node else Status.ESTABLISHED
    if text is None:
        return
    status = next((one for one in Status if one == text), None)
    if status is None:
        listed = f"The statuses are {', '.join(Status)}."
        texts.wrong(
            node.place("status"), f"unknown status {quoted(text)}", f"{texts.nearest(text, Status)} {listed}".strip()
        )
    told = "by" in entry.kind.fields and not entry.kind.fields["by"].optional  # as a missing field
    if status is not Status.ESTABLISHED and "by" not in node and not told:
        says = f"{quoted(text)} needs `by`: who says so"
        texts.wrong(entry.place, says, "Write `by: ...`, a name or the id of a fact about a person or a group.")
    if status is Status.ESTABLISHED:
        unused = next((key for key in ("by", "denied-by") if key in node and key not in entry.kind.fields), None)
        if unused:
            says = f"'{unused}' is not shown, for the fact is established: it is put as true, whoever says so"
            texts.warn(node.key_place(unused), says, "Give it a status: attributed, estimated, alleged or disputed.")
    more["status"] = status


def _from(entry: Entry, known: Known, more: Attributes) -> None:
    text = entry.node["from"]
    citation = known.citations.get(text) if isinstance(text, str) else None
    if citation is None:
        citation = read_citation(entry.node, "from", known.sources, known.texts)
        if citation is not None and isinstance(text, str):
            known.citations[text] = citation
    more["source"] = citation


def _tags(entry: Entry, known: Known, more: Attributes) -> None:
    tags = known.texts.some(entry.node, "tags")
    for tag, spot in tags:
        if len(tag.split()) > 1:
            joined = "-".join(tag.replace(",", " ").split())
            remedy = f"Write {quoted(joined)}, or a list: `tags: [one, another]`."
            known.texts.wrong(place_of(entry.node.file, spot), f"the tag {quoted(tag)} is more than one word", remedy)
    more["tags"] = tuple(dict.fromkeys(tag for tag, _ in tags))


def _note(entry: Entry, known: Known, more: Attributes) -> None:
    more["note"] = known.texts.one(entry.node, "note")


def _also(entry: Entry, known: Known, more: Attributes) -> None:
    found = known.texts.some(entry.node, "also")
    more["also"] = distinct([text for text, _ in found])
    if len(more["also"]) < len(found):
        says = "'also' has a name twice"
        known.texts.warn(entry.node.place("also"), says, "Remove one of them; capitals make no difference.")


def _status(entry: Entry, known: Known, more: Attributes) -> None:
    """Read with `by` and `denied-by`, by `read_status`."""


def _by(entry: Entry, known: Known, more: Attributes) -> None:
    more["by"] = read_names(entry, "by", known)


def _denied_by(entry: Entry, known: Known, more: Attributes) -> None:
    more["denied_by"] = read_names(entry, "denied-by", known)


def _ask(entry: Entry, known: Known, more: Attributes) -> None:
    more["only_ways"], more["wording"] = read_ask(entry, known.texts)


def _unlike(entry: Entry, known: Known, more: Attributes) -> None:
    found = known.texts.some(entry.node, "unlike")
    for id_, spot in found:
        place = place_of(entry.node.file, spot)
        if id_ == entry.id:
            known.texts.wrong(place, f"{quoted(id_)} is the fact itself", "Name others that it is confused with.")
        elif id_ not in known.ids:
            remedy = known.texts.nearest(id_, known.ids, "`unlike` names facts by their ids.")
            known.texts.wrong(place, f"there is no fact {quoted(id_)}", remedy)
    more["unlike"] = tuple(dict.fromkeys(id_ for id_, _ in found))


def _as_of(entry: Entry, known: Known, more: Attributes) -> None:
    more["as_of"] = read_date(entry.node, "as-of", known.texts)


def _media(entry: Entry, known: Known, more: Attributes) -> None:
    node, texts = entry.node, known.texts
    name, alt = texts.one(node, "media"), texts.maybe(node, "alt")
    if "alt" not in node:
        says = f"the picture of {quoted(entry.id)} has no `alt`: who cannot see it learns nothing"
        texts.warn(node.key_place("media"), says, "Write in `alt` what it shows, without the answer.")
    if name is None:
        return
    picture = read_picture(known.folder, name, alt or "", node.place("media"))
    if isinstance(picture, Problem):
        texts.problems.append(picture)
    else:
        caption, credit = (
            None if key in entry.kind.fields else texts.maybe(node, key) for key in ("caption", "credit")
        )
        more["picture"] = replace(picture, caption=caption or "", credit=credit or "")


def _alt(entry: Entry, known: Known, more: Attributes) -> None:  # noqa: ARG001 - all of these take the same
    _of_picture(entry, known, "alt", "describes")


def _caption(entry: Entry, known: Known, more: Attributes) -> None:  # noqa: ARG001 - as above
    _of_picture(entry, known, "caption", "stands under")


def _credit(entry: Entry, known: Known, more: Attributes) -> None:  # noqa: ARG001 - as above
    _of_picture(entry, known, "credit", "tells the owner of")


def _of_picture(entry: Entry, known: Known, key: str, does: str) -> None:
    """Warns of a key that belongs to a picture where there is none; with the picture it is read."""
    if "media" not in entry.node:
        says = f"'{key}' {does} a picture, and there is none"
        known.texts.warn(entry.node.key_place(key), says, "Name the picture in `media`.")


def _retired(entry: Entry, known: Known, more: Attributes) -> None:
    more["retired"] = known.texts.one(entry.node, "retired")


def _was(entry: Entry, known: Known, more: Attributes) -> None:
    found = known.texts.some(entry.node, "was")
    for id_, spot in found:
        place = place_of(entry.node.file, spot)
        problem = id_problem(id_, place)
        if problem:
            known.texts.problems.append(problem)
        elif id_ in known.ids:
            known.texts.wrong(place, f"{quoted(id_)} is the id of a fact today", "`was` names ids that are given up.")
        elif known.former.setdefault(id_, entry.id) != entry.id:
            says = f"{quoted(id_)} was the id of {quoted(known.former[id_])} as well"
            known.texts.wrong(place, says, "Keep it at the one that had it.")
    more["was"] = tuple(dict.fromkeys(id_ for id_, _ in found))


def _silence(entry: Entry, known: Known, more: Attributes) -> None:
    more["silence"] = read_silence(entry.node, known.texts)


class CommonKey(NamedTuple):
    """A key that every fact may have: what it is, and what reads it."""

    about: str
    read: Callable[[Entry, Known, Attributes], None]


COMMON = {
    "from": CommonKey("The source: its id, then where in it, as in `atlas 12`.", _from),
    "tags": CommonKey("Words to choose facts by; each is one word.", _tags),
    "note": CommonKey("Shown after answering.", _note),
    "also": CommonKey("Other right names: accepted as answers, never used against one.", _also),
    "status": CommonKey("How sure the fact is. Every status but `established` needs `by`.", _status),
    "by": CommonKey("Who says so: names, or ids of facts about people or groups.", _by),
    "denied-by": CommonKey("Who denies it.", _denied_by),
    "ask": CommonKey("`never`, or the only ways to ask it, or ways in your own words.", _ask),
    "unlike": CommonKey("Ids of facts that it is often confused with.", _unlike),
    "as-of": CommonKey("A date after which the value may have changed.", _as_of),
    "media": CommonKey("A picture beside the deck: PNG, JPEG, GIF, WebP or SVG.", _media),
    "alt": CommonKey("What the picture shows, in words.", _alt),
    "caption": CommonKey("What stands under the picture; before the answer only where it does not tell it.", _caption),
    "credit": CommonKey("Whose picture it is and by what licence; it stands wherever the picture does.", _credit),
    "retired": CommonKey("Why the fact was withdrawn; its learners are told.", _retired),
    "was": CommonKey("Ids that it had before.", _was),
    "silence": CommonKey("Rules of `quizgen check` that do not fit it, each with the reason.", _silence),
}

GIVEN_UP = frozenset({"by", "caption", "credit"})  # to a kind that has a field of that name
LISTS = frozenset({"tags", "also", "by", "denied-by", "ask", "unlike", "was"})  # of these, those that may be lists
