"""YAML as located text: every scalar a plain `str`, every key and value with its place, nothing else of YAML let in.

A deck uses of YAML what a curator sees: mappings, lists, texts, comments. Anchors, aliases, merge keys, tags,
directives, further documents and keys that are no text are problems, found by name. The C parser's events are read
(libyaml), not its loader: no value is typed, no key is lost, and no input hangs or crashes it.
"""

from __future__ import annotations

# ruff: noqa: ANN401 - events, which two parsers make in classes of their own
import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from quizgen.collector import collector_resting
from quizgen.problems import Place, Problem, error, quoted, warning
from quizgen.source.nodes import LINE, PAIR, Map, Node, Seq, place_of
from quizgen.source.plainly import read_plainly
from quizgen.source.textfile import FORBIDDEN, STAND_IN, cannot_stand, decode, load

if TYPE_CHECKING:
    from quizgen.source.broken import Breakage

__all__ = ["Map", "Node", "Seq", "parse_yaml", "read_yaml"]

MAX_DEPTH = 32
MAX_TEXT = 20_000
MAX_KEY = 200
MAX_PROBLEMS = 1_000


class _PureParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """The same events where PyYAML stands without libyaml, a tenth as fast."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


_Scalar, _Alias, _StreamEnd = yaml.ScalarEvent, yaml.AliasEvent, yaml.StreamEndEvent
_SequenceStart, _SequenceEnd, _MappingEnd = yaml.SequenceStartEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent
_Parser: Callable[[str], Any] = yaml.cyaml.CParser if yaml.__with_libyaml__ else _PureParser  # type: ignore[attr-defined]  # not exported


def read_yaml(path: Path, shown: str | None = None) -> tuple[Node, tuple[Problem, ...]]:
    """What a YAML file says, with all that is wrong with it as YAML; None where it cannot be read on.

    `shown` is how messages name the file.
    """
    shown = str(path) if shown is None else shown
    data = load(path, Place(shown))
    return (None, (data,)) if isinstance(data, Problem) else parse_yaml(data, shown)


def parse_yaml(data: bytes, file: str) -> tuple[Node, tuple[Problem, ...]]:
    """What these bytes of a YAML file say, with all that is wrong with them as YAML; None where nothing can be read.

    A value with a problem of its own stays readable: callers go on, so that all problems of a file come at once.
    """
    text, problems = decode(data, file, save_as="UTF-8")
    if text is None:
        return None, tuple(problems)
    conflict = _conflict(text, file)
    if conflict:
        return None, tuple(sorted([*problems, conflict]))
    with collector_resting():
        root: Node = None if problems else read_plainly(text, file, lambda rest: _sound(rest, file))
        if root is None:
            root = _Builder(text, file, problems).root()
    return root, tuple(sorted(problems))


def _sound(text: str, file: str) -> Node:
    """What a text says; None where there is anything to tell of it."""
    problems: list[Problem] = []
    root = _Builder(text, file, problems).root()
    return None if problems else root


class _Refused(Exception):
    """Nothing after this can be read."""


class _Builder:
    """Pulls events and makes nodes. Its recursion is bounded by MAX_DEPTH; the parser is left when that is reached."""

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        self.text = text
        self.file = file
        self.problems = problems
        self.told: set[int] = set()  # spots of errors
        self.pull = _Parser(text).get_event
        # What a look at the whole text can rule out need not be looked for in each scalar.
        self.escaped = "\\" in text and bool(_ESCAPE.search(text))
        self.cut = _glued_hashes(text)
        self.careful = self.escaped or bool(self.cut) or (("&" in text or "!" in text) and bool(_MARK.search(text)))

    def root(self) -> Node:
        """The value of the only document; None where there is none, or where it breaks off."""
        try:
            return self.document()
        except _Refused:
            return None
        except yaml.YAMLError as failure:
            self.explain(failure)
            return None

    def document(self) -> Node:
        directive = _DIRECTIVE.match(self.text)
        if directive:
            says = "lines that begin with '%' (directives) are not read"
            self.refuse(self.text.count("\n", 0, directive.end()) * LINE, says, "Remove the line.")
        self.pull()  # the stream's start
        if type(self.pull()) is _StreamEnd:
            self.refuse_nothing()
            return None
        root = self.value(self.pull(), 0)
        if root is None and not self.told:
            self.refuse_nothing()
        self.pull()  # the document's end
        after = self.pull()
        if type(after) is not _StreamEnd:
            says = "a second document begins here ('---'), and a file holds one"
            self.refuse(_spot(after), says, "Remove the '---', or make two files.")
        return root

    def value(self, event: Any, depth: int) -> Node:
        kind = type(event)
        if kind is _Scalar:
            return self.scalar(event)
        if kind is _Alias:
            says = f"'*{event.anchor}' is an alias, and aliases are not read"
            self.refuse(_spot(event), says, "Write the text out, or put quotes around text that begins with '*'.")
            return STAND_IN
        if event.anchor or event.tag:
            self.refuse_marks(event)
        if depth == MAX_DEPTH:
            says = f"nested deeper than {MAX_DEPTH} levels"
            self.refuse(_spot(event), says, "Put quotes around text with brackets in it.")
            raise _Refused
        return self.sequence(event, depth + 1) if kind is _SequenceStart else self.mapping(event, depth + 1)

    def sequence(self, event: Any, depth: int) -> Seq:
        out = Seq()
        out.file, out.spot = self.file, _spot(event)
        at: list[int] = []
        out.at = at
        pull, scalar, careful = self.pull, self.scalar, self.careful
        event = pull()
        while type(event) is not _SequenceEnd:
            mark = event.start_mark
            at.append(mark.line * LINE + mark.column)
            if type(event) is _Scalar:  # as in `mapping`
                value: Node = event.value
                if careful or not value or len(value) > MAX_TEXT:
                    value = scalar(event)
            else:
                value = self.value(event, depth)
            out.append(value)
            event = pull()
        return out

    def mapping(self, event: Any, depth: int) -> Map:
        out = Map()
        out.file, out.spot = self.file, _spot(event)
        at: dict[str, int] = {}
        out.at = at
        pull, scalar, careful = self.pull, self.scalar, self.careful
        event = pull()
        while type(event) is not _MappingEnd:  # what stands here runs for every key: it makes no call that it can spare
            mark = event.start_mark
            spot = mark.line * LINE + mark.column
            if type(event) is _Scalar:
                key: str | None = event.value
                if careful or not key or len(key) > MAX_KEY:
                    key = scalar(event)
            else:
                key = self.no_key(event, depth)
            event = pull()
            mark = event.start_mark
            if type(event) is _Scalar:
                value: Node = event.value
                if careful or not value or len(value) > MAX_TEXT:
                    value = scalar(event)
            else:
                value = self.value(event, depth)
            if key is None or key in out or len(key) > MAX_KEY or key == "<<":
                self.refuse_key(key, spot, out)
            else:
                out[key] = value
                at[key] = spot << PAIR | mark.line * LINE + mark.column
            event = pull()
        return out

    def scalar(self, event: Any) -> str | None:
        value: str = self.checked(event) if self.careful else event.value
        if len(value) > MAX_TEXT:
            says = f"a text of {len(value):,} characters; at most {MAX_TEXT:,} are read"
            self.refuse(_spot(event), says, "Make it shorter.")
            return value[:MAX_TEXT]
        if not value and event.implicit[0]:  # `key:` with nothing after it, which is not the same as ""
            return None
        return value

    def checked(self, event: Any) -> str:
        """The text of a scalar in a file that has something to look for."""
        value: str = event.value
        if event.anchor or event.tag:
            self.refuse_marks(event)
        forbidden = FORBIDDEN.search(value) if self.escaped else None
        if forbidden:
            self.refuse(_spot(event), cannot_stand(forbidden[0]), "Remove the escape that stands for it.")
            value = FORBIDDEN.sub(STAND_IN, value)
        if "\r" in value:  # from an escape: a line ends with \n, whatever the system
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        if self.cut and event.implicit[0]:
            end = event.end_mark
            column = self.cut.get((end.line, end.column))
            if column is not None:
                place = Place(self.file, end.line + 1, column + 1)
                remedy = "If it belongs to the text, put quotes around the text; if not, write a space after '#'."
                self.problems.append(warning(place, "from '#' on this is a comment", remedy, rule="comment"))
        return value

    def no_key(self, event: Any, depth: int) -> str | None:
        """Read past a key that is no text, and return none."""
        before = len(self.told)
        self.value(event, depth)
        if len(self.told) == before:  # else the reason has been told: an alias, or a key within this key
            remedy = "Put quotes around text with { }, [ ] or '? ' in it."
            self.refuse(_spot(event), "a key must be text, not a mapping or a list", remedy)
        self.told.add(_spot(event))
        return None

    def refuse_key(self, key: str | None, spot: int, parent: Map) -> None:
        if spot in self.told:
            return
        if key is None:
            remedy = "Write one, or put quotes around text that begins with ':'."
            self.refuse(spot, "a key is missing before ':'", remedy)
        elif key in parent:
            says = f"{quoted(key)} stands twice; the first is on line {parent.key_place(key).line}"
            self.refuse(spot, says, "Remove one of them, or give one another name.")
        elif key == "<<":
            self.refuse(spot, "merge keys ('<<') are not read", "Write the keys out.")
        else:
            self.refuse(spot, f"a key of {len(key):,} characters; at most {MAX_KEY} are read", "Make it shorter.")

    def refuse_marks(self, event: Any) -> None:
        remedy = "Remove it, or put quotes around text that begins so."
        if event.anchor:
            self.refuse(_spot(event), f"'&{event.anchor}' is an anchor, and anchors are not read", remedy)
        if event.tag:
            self.refuse(_spot(event), "tags (words that begin with '!') are not read", remedy)

    def refuse_nothing(self) -> None:
        self.refuse(0, "there is nothing in this file", "Is it the right one, and was it saved?")

    def refuse(self, spot: int, says: str, remedy: str = "") -> None:
        self.problems.append(error(place_of(self.file, spot), says, remedy))
        self.told.add(spot)
        if len(self.told) >= MAX_PROBLEMS:
            says = f"after {MAX_PROBLEMS:,} mistakes the rest of the file is not read"
            self.problems.append(error(place_of(self.file, spot), says, "Mend these first."))
            raise _Refused

    def explain(self, failure: yaml.YAMLError) -> None:
        """Say why the parser gave up, unless its cause has been told already."""
        from quizgen.source.broken import explain  # noqa: PLC0415 - few files are broken

        spot, says, remedy = explain(_breakage(self.text, failure))
        if any(told // LINE == spot.line for told in self.told):
            return
        place = Place(self.file, spot.line + 1, spot.column + 1)
        self.problems[:] = [problem for problem in self.problems if problem.place != place]  # the same, as a warning
        self.problems.append(error(place, says, remedy))


def _spot(event: Any) -> int:
    mark = event.start_mark
    spot: int = mark.line * LINE + mark.column
    return spot


_ESCAPE = re.compile(r"\\[0abefvrNLPxuU]")  # those that may stand for a character that cannot stand in a deck
_MARK = re.compile(r"[&!](?<![^\s\[{,][&!])")  # where an anchor or a tag may begin
_DIRECTIVE = re.compile(r"(?:[ \t\r]*+(?:#[^\n]*+)?\n)*+%")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r]|$)", re.MULTILINE)


def _conflict(text: str, file: str) -> Problem | None:
    """Where version control left both sides of a change: told once, at the first mark."""
    found = _CONFLICT.search(text) if any(mark * 7 in text for mark in "<=>|") else None
    if not found:
        return None
    place = Place(file, text.count("\n", 0, found.start()) + 1, 1)
    return error(
        place,
        "version control has left the marks of a merge conflict here",
        "Choose one side of the conflict and remove the marks.",
    )


_HASH = re.compile(r"(?<![ \t])[ \t]+#(?=[^\s#!])")


def _glued_hashes(text: str) -> dict[tuple[int, int], int]:
    """Where `#x` follows a space, by the line and column of that space: `the #1 city` silently ends at `the`."""
    if " #" not in text and "\t#" not in text:
        return {}
    lines = enumerate(re.split("\r\n|\n|\r", text))
    glued = (((number, found.start()), found.end() - 1) for number, line in lines for found in _HASH.finditer(line))
    return dict(islice(glued, 100 * MAX_PROBLEMS))


def _breakage(text: str, failure: yaml.YAMLError) -> Breakage:
    """What the parser says of its failure, with the last thing that it had read before."""
    from quizgen.source.broken import Breakage, Spot  # noqa: PLC0415 - as above

    last = None
    parser = _Parser(text)
    try:
        while event := parser.get_event():
            last = event
    except yaml.YAMLError:
        pass  # the failure that we have
    opened, at = getattr(failure, "context_mark", None), getattr(failure, "problem_mark", None)
    scalar = isinstance(last, _Scalar)
    return Breakage(
        lines=re.split("\r\n|\n|\r", text),
        context=getattr(failure, "context", None) or "",
        problem=getattr(failure, "problem", None) or "",
        began=Spot(opened.line, opened.column) if opened else None,
        at=Spot(at.line, at.column) if at else Spot(0, 0),
        scalar=scalar,
        quote=_quote(text, last) if scalar else "",
        last_start=Spot(last.start_mark.line, last.start_mark.column) if last else Spot(0, 0),
        last_end=Spot(last.end_mark.line, last.end_mark.column) if last else Spot(0, 0),
    )


def _quote(text: str, event: Any) -> str:
    """The quote that a text is written with ('' for none)."""
    char = text[event.start_mark.index : event.start_mark.index + 1]
    return char if char in "'\"" else ""
