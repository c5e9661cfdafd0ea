"""Ids: what may name a fact, a source or a deck, for good and in every place where the name ends up.

Ids go into file names, web pages, Anki's guids and `deck/fact/way`, and people tell them apart by eye. So: letters of
any script with their marks, digits, `-` and `_`; composed (NFC); no two that differ only in case or in width.
"""

from __future__ import annotations

import re
import unicodedata

from quizgen.problems import Place, Problem, error, quoted, visible

LONGEST = 100
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_HOW = "An id is letters, digits, '-' and '_'."
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")  # Windows has no files of these names


def id_problem(text: str, place: Place) -> Problem | None:
    """What keeps `text` from being an id; None where nothing does."""
    if len(text) <= LONGEST and _PLAIN.fullmatch(text):
        return None
    if not text:
        return error(place, "an id is missing", f"Write one before the ':'. {_HOW}")
    if len(text) > LONGEST:
        return error(place, f"the id {quoted(text)} has {len(text):,} characters; at most {LONGEST} are read", _HOW)
    if text.startswith("-"):
        return error(place, f"the id {quoted(text)} begins with '-'", "Begin it with a letter, a digit or '_'.")
    if unicodedata.normalize("NFC", text) != text:
        says = (
            f"the id {quoted(text)} is written with letters and marks apart; it looks like another but is not the same"
        )
        return error(place, says, "Type the accented letters anew, each as one character.")
    wrong = next((char for char in text if not _may_stand(char)), None)
    if wrong is None:
        return None
    named = f"'{wrong}'" if visible(wrong) == wrong != " " else "a space" if wrong == " " else f"U+{ord(wrong):04X}"
    return error(place, f"the id {quoted(text)} has {named} in it", f"{_HOW} {_proposal(text)}".rstrip())


def deck_id_problem(text: str, place: Place) -> Problem | None:
    """What keeps `text` from being the id of a deck, which names the files that are made from it."""
    twin = twins(text)
    if twin == "collection" or twin.startswith("backup-"):
        says = f"the deck id {quoted(text)} is reserved: Anki takes such a package for a whole collection"
        return error(place, says, "Choose another id; importing it would replace everything a learner has.")
    if _DEVICES.fullmatch(twin):
        says = f"the deck id {quoted(text)} is reserved: Windows cannot hold files of that name"
        return error(place, says, "Choose another id.")
    if not text:
        return error(place, "the deck's id is empty", f"Write one, or remove the key. {_HOW}")
    return id_problem(text, place)


def twins(text: str) -> str:
    """What two ids have in common that people would take for one."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _may_stand(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd" or char in "-_"


def _proposal(text: str) -> str:
    """A remedy that names an id like this one, where there is one."""
    near = re.sub(r"[\W]+", "-", unicodedata.normalize("NFKC", text)).strip("-")[:LONGEST]
    return f"Write '{near}', for example." if near and near != text and id_problem(near, Place("")) is None else ""
