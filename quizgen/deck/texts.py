"""Texts of a mapping: one where one is wanted, several where several may stand, and nothing that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from quizgen.problems import SHOWN, Level, Place, Problem, did_you_mean, error, quoted, warning
from quizgen.source import MAX_PROBLEMS
from quizgen.source.nodes import Map, Node, Seq, place_of

MAX_LIST = 1_000  # texts in one list of a fact
SUGGESTIONS = 100  # of a deck's unknown words: to look for the nearest of 100,000 ids 100,000 times would take hours

# White space, controls of direction and width, and letters without ink (fillers of Hangul, the blank of Braille).
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]*"
)


def can_be_seen(text: str) -> bool:
    """Whether there is anything in it to see."""
    return not _INVISIBLE.fullmatch(text)


class TooMany(Exception):
    """There are so many mistakes that nobody would read on."""


class Told(list[Problem]):
    """What is told of a deck. Raises `TooMany` after 1,000 errors, of which the last says so."""

    errors = 0

    def append(self, problem: Problem) -> None:
        """One more."""
        super().append(problem)
        self.errors += problem.level is Level.ERROR
        if self.errors >= MAX_PROBLEMS:
            says = f"after {MAX_PROBLEMS:,} mistakes the rest of the deck is not read"
            super().append(error(problem.place, says, "Mend these first."))
            raise TooMany

    def extend(self, problems: Iterable[Problem]) -> None:
        """Some more."""
        for problem in problems:
            self.append(problem)


class Texts:
    """Reads texts out of mappings; what is wrong with them goes to `problems`."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.suggested = 0

    def wrong(self, place: Place, says: str, remedy: str = "") -> None:
        """An error."""
        self.problems.append(error(place, says, remedy))

    def warn(self, place: Place, says: str, remedy: str = "", *, rule: str = "") -> None:
        """A warning."""
        self.problems.append(warning(place, says, remedy, rule=rule))

    def one(self, owner: Map, key: str, what: str = "text", *, headline: bool = False) -> str | None:
        """The text of `key` (a `what`), white space at its ends apart; None with a problem where it has none."""
        node = owner[key]
        if type(node) is str:
            text = node.strip()
            if text and (text.isascii() or not _INVISIBLE.fullmatch(text)):
                return text
        place = owner.key_place(key) if node is None else owner.place(key)  # nothing stands nowhere
        self.no_text(node, key, place, what, headline=headline)
        return None

    def maybe(self, owner: Map, key: str) -> str | None:
        """The text of `key`, or None where the key is absent (or its text is none, which is told)."""
        return self.one(owner, key) if key in owner else None

    def some(self, owner: Map, key: str) -> list[tuple[str, int]]:
        """The texts of `key`, a list or a single text, each with its spot."""
        node = owner[key]
        if type(node) is not Seq:
            if isinstance(node, Map):
                says = f"'{key}' is a list of texts, not a mapping"
                self.wrong(owner.place(key), says, f"Write `{key}: [one, another]`.")
                return []
            text = self.one(owner, key)
            return [] if text is None else [(text, owner.spot_of(key))]
        if len(node) > MAX_LIST:
            says = f"'{key}' has {len(node):,} members; at most {MAX_LIST:,} are read"
            self.wrong(owner.key_place(key), says, "Make several facts of it.")
            return []
        found = []
        for member, spot in zip(node, node.at, strict=True):
            text = member.strip() if type(member) is str else ""
            if text and (text.isascii() or not _INVISIBLE.fullmatch(text)):
                found.append((text, spot))
            else:
                self.no_text(member, key, place_of(node.file, spot))
        return found

    def no_text(self, node: Node, key: str, place: Place, what: str = "text", *, headline: bool = False) -> None:
        """Tell why this is no text."""
        if isinstance(node, Seq):
            remedy = "Write one; other right names go to `also`." if headline else "Write one."
            self.wrong(place, f"'{key}' is one {what}, not a list", remedy)
        elif isinstance(node, Map):
            self.wrong(place, f"'{key}' is a {what}, not a mapping", "Put quotes around text with { } or ': ' in it.")
        elif node:
            unseen = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(node[:SHOWN]))
            says = f"the text of '{key}' is empty: what stands there cannot be seen ({unseen})"
            self.wrong(place, says, "Write it, or remove the key.")
        else:
            self.wrong(place, f"the text of '{key}' is empty", "Write it, or remove the key.")

    def unknown(self, owner: Map, key: str, what: str, known: Collection[str]) -> None:
        """Tell of a key that nobody asked for."""
        listed = f"The keys are {', '.join(known)}."
        self.wrong(owner.key_place(key), f"unknown key {quoted(key)} in {what}", self.nearest(key, known, listed))

    def only(self, owner: Map, known: Collection[str], what: str) -> None:
        """Tell of every key that nobody asked for."""
        for key in owner:
            if key not in known:
                self.unknown(owner, key, what, known)

    def nearest(self, word: str, known: Iterable[str], otherwise: str = "") -> str:
        """The remedy for an unknown word: the nearest known one."""
        self.suggested += 1
        return did_you_mean(word, known, otherwise=otherwise) if self.suggested <= SUGGESTIONS else otherwise


def a(noun: str) -> str:
    """The noun with its article: 'an event', 'a figure'."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
