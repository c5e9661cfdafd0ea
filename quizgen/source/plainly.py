"""The facts of a deck read by lines, where they are written as most are: a key and a plain text on each line.

    bridge-opened:
      event: The bridge opens
      who: [lind, 'A town: Sel']

libyaml makes an object of everything that it comes across, with two marks beside it: two thirds of what it takes to
read such a fact. A regular expression tells what is written so and nothing else, and the texts are cut out of that. In
the text that libyaml is given after all, empty lines stand in place of these facts: it reads all others, and what
stands around them, in their places.

What a file means is said by `quizgen.source` alone. Where there is anything to tell of it, or any doubt about what
surrounds these facts, nothing is read here. Of 10,000 facts with five keys, located text takes 14 microseconds each, by
libyaml alone 27; `tests/test_source_plainly.py` holds that both mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import itemgetter
from sys import intern

from quizgen.source.nodes import LINE, PAIR, Lined, Map, Node, Seq

LONGEST = 20_000  # characters of a fact that is read here

_FACTS = "\nfacts:\n"
_START = re.compile(r"(?: *+(?:#[^\n]*+)?\n)*+( ++)[^\n]")
_CONTENT = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\n)*+( *+)[^ \n]")
_OUTSIDE = re.compile(r"^[^\s#]", re.MULTILINE)
# What hangs on the lines after it: a text that keeps empty ones, and a key ('? key') whose value does not come.
_HANGS = re.compile(r"[|>]\d?\+|^[ \-?:]*\?\s", re.MULTILINE)

_KEY = r"\w[\w-]{0,99}+"
_BARE = r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|-(?=\w))"""  # how a text without quotes may begin
_TEXT = _BARE + r"[^\n\t:#]*+(?:(?::(?!\s)|(?<! )\#)[^\n\t:#]*+)*+(?<! )"
_QUOTED = r"""'[^'\n]*+'|"[^"\\\n]*+\""""
_MEMBER = rf"(?:{_QUOTED}|{_BARE}[^\n\t:#,\[\]{{}}?]*+(?<! ))"
_VALUE = rf"(?:{_TEXT}|{_QUOTED}|\[{_MEMBER}(?:, {_MEMBER})*+\])"
_MEMBERS = re.compile(_MEMBER)
_NOT_BARE = "'\"["


@cache
def _plain_fact(indent: int) -> re.Pattern[str]:
    """What matches a plain fact whose id is indented so, up to a line that is indented no deeper."""
    after = rf"(?=(?: *+(?:#[^\n]*+)?\n)*+(?: {{0,{indent}}}[^ \n]|\Z))"
    line = rf"{_KEY}: {_VALUE}\n"
    return re.compile(rf"^ {{{indent}}}({_KEY}):\n(( {{{indent + 1},}}+){line}(?:\3{line})*+){after}", re.MULTILINE)


def read_plainly(text: str, file: str, read: Callable[[str], Node]) -> Map | None:
    """What a deck's text says, its plain facts read here and the rest by `read`; None where that is not certain.

    `read` gives None where there is anything to tell of the text.
    """
    start = text.find(_FACTS) + len(_FACTS)
    if start < len(_FACTS) or "\r" in text or "\ufeff" in text:
        return None
    found = _Facts(text, file, start)
    if not found.found:
        return None
    root = read(found.rest)
    return root if isinstance(root, Map) and found.put_into(root) else None


class _Facts:
    """The plain facts of a deck, and its text with empty lines in their place (`rest`)."""

    def __init__(self, text: str, file: str, start: int) -> None:
        self.file = file
        self.line = text.count("\n", 0, start)  # of what follows `facts:`, from 0
        self.indent = 0  # of ids
        self.found: list[tuple[int, str, Lined]] = []  # where the id stands, the id, the fact
        self.next: list[int] = []  # where there stands what follows plain facts
        self.sound = True
        self.lists: dict[str, tuple[list[str], list[int]]] = {}  # by how they are written: members, and their columns
        self.rest = self._without_plain_facts(text, start)

    def _without_plain_facts(self, text: str, start: int) -> str:
        first = _START.match(text, start)
        if not first:
            return text
        self.indent = len(first[1])
        rest, line, end = [text[:start]], self.line, start
        for fact in _plain_fact(self.indent).finditer(text, start):
            begin, then = fact.span()
            if begin > end:
                between = text[end:begin]
                if _OUTSIDE.search(between):
                    break
                self._pass(between, line)
                rest.append(between)
                line += between.count("\n")
            lines = self._add(line, *fact.groups())
            rest.append("\n" * lines)
            line, end = line + lines, then
        self._pass(text[end:], line)
        rest.append(text[end:])
        return "".join(rest)

    def _pass(self, text: str, line: int) -> None:
        """Go past what is not read here, and begins on that line."""
        content = _CONTENT.match(text)
        if content and self.found:
            self.next.append((line + text.count("\n", 0, content.end())) * LINE + len(content[1]))
        self.sound &= not _HANGS.search(text)

    def _add(self, line: int, id_: str, body: str, indent: str) -> int:
        """Read a plain fact, whose id stands on that line; how many lines it has."""
        column = len(indent)
        fact = Lined()
        fact.file = self.file
        fact.spot = spot = (line + 1) * LINE + column
        rows = body[column:-1].split("\n" + indent)
        for row in rows:
            key, _, value = row.partition(": ")
            if value[0] in _NOT_BARE:
                fact[intern(key)] = self._list(value, spot + len(key) + 2) if value[0] == "[" else value[1:-1]
            else:
                fact[intern(key)] = value
            spot += LINE
        self.sound &= len(fact) == len(rows) and len(body) <= LONGEST
        self.found.append((line * LINE + self.indent, id_, fact))
        return len(rows) + 1

    def _list(self, written: str, spot: int) -> Seq:
        known = self.lists.get(written)
        if known is None:
            members = [(one[0], one.start()) for one in _MEMBERS.finditer(written, 1)]
            texts = [text[1:-1] if text[0] in _NOT_BARE else text for text, _ in members]
            known = self.lists[written] = texts, [column for _, column in members]
        out = Seq(known[0])
        out.file, out.spot, out.at = self.file, spot, [spot + column for column in known[1]]
        return out

    def put_into(self, root: Map) -> bool:
        """Put these facts beside those of the rest, if all that surrounds them is what it has been taken for."""
        key = root.at.get("facts", -1) >> PAIR
        others = root["facts"] if key == (self.line - 1) * LINE else ""
        if others is None:
            others = Map.of(self.file, 0, ())
        elif not isinstance(others, Map) or others.spot != _first_key(others) or others.spot % LINE != self.indent:
            return False
        keys = {where >> PAIR for where in (*others.at.values(), *root.at.values())}
        if not self.sound or root.spot != _first_key(root) or not keys.issuperset(self.next):
            return False
        entries: list[tuple[int, str, int, Node]] = [(spot, id_, fact.spot, fact) for spot, id_, fact in self.found]
        if others:
            entries += [(others.spot_of_key(id_), id_, others.spot_of(id_), node) for id_, node in others.items()]
            entries.sort(key=itemgetter(0))
        facts = Map()
        facts.file, facts.spot = self.file, entries[0][0]
        facts.at = {id_: spot << PAIR | value for spot, id_, value, _ in entries}
        for _, id_, _, node in entries:
            facts[id_] = node
        root["facts"] = facts
        root.at["facts"] = key << PAIR | facts.spot
        return len(facts) == len(entries)


def _first_key(node: Map) -> int:
    """Where the first key stands; a mapping begins there, unless it is one in brackets."""
    return next(iter(node.at.values()), 0) >> PAIR
