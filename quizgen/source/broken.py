"""Broken YAML: what a curator most likely did, told from what the parser stumbled over.

libyaml reports where it could not go on, in words of its own trade. The cause often stands elsewhere (a quote that
was opened twenty lines above), and a curator needs it in other words. Nothing of libyaml's wording leaves this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from quizgen.problems import quoted

_LOOKS_LIKE_A_KEY = re.compile(r"\s*(?:- +)*[\w-]+ *: |\s*(?:- +)*[\w-]+ *:$|\s*- ")
_ONLY_A_KEY_BEFORE = re.compile(r"""\s*(?:- +)*(?:[^\s:"']+|"[^"]*"|'[^']*')\s*$""")
_LONGEST_KEY = 1024  # characters, by YAML's own rule
_GLUED = re.compile(r"([\w-]+):\S")


class Spot(NamedTuple):
    """A line and a column, both from 0, as the parser counts them."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """Where the parser gave up: its own words, where the thing it was reading began, and the last thing it had read."""

    lines: list[str]
    context: str
    problem: str
    began: Spot | None
    at: Spot
    scalar: bool  # whether the last thing was a text
    quote: str  # ' or " if it was quoted, else ''
    last_start: Spot
    last_end: Spot

    def line(self, number: int) -> str:
        """That line, or '' after the last one."""
        return self.lines[number] if number < len(self.lines) else ""

    @property
    def char(self) -> str:
        """The character where the parser gave up ('' at the end of a line)."""
        return self.line(self.at.line)[self.at.column : self.at.column + 1]


class Told(NamedTuple):
    """Where the cause stands, what is wrong in plain words, and the remedy."""

    spot: Spot
    says: str
    remedy: str


def explain(broken: Breakage) -> Told:
    """Where the cause stands, what is wrong in plain words, and the remedy."""
    for rule in (_unclosed_quote, _escape, _tab, _swallowed_lines, _text_after_quote, _first_character, _cut_by_hash):
        told = rule(broken)
        if told:
            return told
    for words, rule in _BY_WORDS:
        if words in broken.problem or words in broken.context:
            told = rule(broken)
            if told:
                return told
    last = len(broken.lines) - 1  # libyaml may stand on a line after it
    at = broken.at if broken.at.line <= last else Spot(last, len(broken.lines[last]))
    return Told(at, "from here on this cannot be read as YAML", "Compare it with the lines above that can be read.")


def _unclosed_quote(broken: Breakage) -> Told | None:
    unclosed = "end of stream" in broken.problem or "unexpected document" in broken.problem
    if not (unclosed and broken.began and "quoted" in broken.context):
        return None
    return Told(broken.began, "the quote that opens here is never closed", "Close it at the end of the text.")


def _escape(broken: Breakage) -> Told | None:
    if "quoted" not in broken.context or not re.search("escape|hexdec|Unicode", broken.problem):
        return None
    line = broken.line(broken.at.line)
    column = max(line.rfind("\\", 0, broken.at.column + 1), 0)
    escape = re.match(r"\\(?:u[0-9a-fA-F]{0,4}|.?)", line[column:])
    written = quoted(escape[0] if escape else "\\")
    if re.match(r"\\u[dD][89a-fA-F]", line[column:]):
        return Told(
            Spot(broken.at.line, column), f"the escape {written} is half a character", "Write the character itself."
        )
    says = f"a backslash in double quotes begins an escape, and {written} is none"
    return Told(Spot(broken.at.line, column), says, "Use single quotes, or double the backslash.")


def _tab(broken: Breakage) -> Told | None:
    line = broken.line(broken.at.line)
    column = line.find("\t", 0, len(line) - len(line.lstrip()))
    if column < 0:
        return None
    return Told(Spot(broken.at.line, column), "tabs cannot indent", "Use spaces.")


def _swallowed_lines(broken: Breakage) -> Told | None:
    """A quote that ends lines below where it opened, with what looks like keys in between: it was to end before."""
    if not broken.quote or broken.last_start.line == broken.last_end.line:
        return None
    between = broken.lines[broken.last_start.line + 1 : broken.last_end.line + 1]
    if not any(_LOOKS_LIKE_A_KEY.match(line) for line in between):
        return None
    says = f"the quote that opens here is closed only on line {broken.last_end.line + 1}"
    return Told(broken.last_start, says, "Close the quote at the end of the text.")


def _text_after_quote(broken: Breakage) -> Told | None:
    if not broken.quote or broken.last_end.line != broken.at.line or broken.char in "]}:":
        return None
    rest = broken.line(broken.at.line)[broken.at.column :]
    says = f"the text in quotes ends before {quoted(rest)}"
    if broken.quote == "'":
        return Told(
            broken.at, says, "Inside single quotes write an apostrophe as '', or put the text in double quotes."
        )
    return Told(broken.at, says, 'Inside double quotes write a quote as \\", or put the whole text in single quotes.')


def _first_character(broken: Breakage) -> Told | None:
    """A text that begins with a character that YAML keeps for itself."""
    reserved = "cannot start any token" in broken.problem or "undefined tag" in broken.problem
    reserved = reserved or bool(re.search("scanning an? (anchor|alias|tag|block scalar)|parsing a tag", broken.context))
    if not reserved:
        return None
    spot = broken.began or broken.at
    char = broken.line(spot.line)[spot.column : spot.column + 1]
    return Told(spot, f"a text cannot begin with {quoted(char)}", "Put quotes around it.")


def _cut_by_hash(broken: Breakage) -> Told | None:
    """A text over several lines that a `#` cuts: its next line makes no sense to the parser."""
    if not broken.scalar or broken.last_end.line != broken.at.line - 1:
        return None
    line = broken.line(broken.last_end.line)
    hash_at = re.compile(r"\s+(#)").match(line, broken.last_end.column)
    if not hash_at:
        return None
    spot = Spot(broken.last_end.line, hash_at.start(1))
    return Told(spot, "from '#' on this is a comment, so the text ends before it", "Put quotes around the text.")


def _colon(broken: Breakage) -> Told | None:
    line = broken.line(broken.at.line)
    if broken.at.column > _LONGEST_KEY:
        return Told(broken.last_start, "a key this long cannot be read", "A key is a word or two.")
    if not _ONLY_A_KEY_BEFORE.match(line[: broken.at.column]):
        return Told(broken.at, "a text with ': ' in it needs quotes", "Put quotes around the whole text.")
    start = broken.last_start
    glued = _GLUED.match(broken.line(start.line), start.column)
    if glued and start.line < broken.at.line:
        return Told(Spot(start.line, glued.end(1)), "a space is missing after ':'", f"Write '{glued[1]}: ...'.")
    if start.line < broken.at.line:
        spot = Spot(broken.at.line, len(line) - len(line.lstrip()))
        return Told(
            spot, "the indentation makes this line part of the text above", "Indent it like the keys beside it."
        )
    return Told(broken.at, "a ':' stands where no key can", "Put quotes around text with ': ' in it.")


def _list_item(broken: Breakage) -> Told | None:
    says = "a list cannot begin on the line of its key"
    return Told(
        broken.at, says, "Begin each '- ' on a line of its own, or put quotes around text that begins with '-'."
    )


def _question_mark(broken: Breakage) -> Told | None:
    return Told(broken.at, "a text cannot begin with '? '", "Put quotes around it.")


def _stray_line(broken: Breakage) -> Told | None:
    spot = broken.began or broken.at
    line = broken.line(spot.line)[spot.column :]
    if ": " in line[_LONGEST_KEY:]:
        return Told(spot, "a key this long cannot be read", "A key is a word or two.")
    if line.startswith("-"):
        return Told(spot, "a space is missing after '-'", "Write '- ' before each item of a list.")
    remedy = "If it belongs to the text above, indent it deeper than that text's key; a key needs ': ' after it."
    return Told(spot, f"{quoted(line)} is neither 'key: value' nor part of the text above", remedy)


def _misplaced(broken: Breakage) -> Told | None:
    if broken.line(broken.at.line - 1).startswith("%"):
        return _directive_at(Spot(broken.at.line - 1, 0))
    if broken.last_end.line == broken.at.line and broken.last_end.column and broken.char in "]}":
        return Told(
            broken.at, f"the bracket '{broken.char}' was never opened", "Put quotes around text with brackets in it."
        )
    before = broken.line(broken.at.line)[: broken.at.column]
    if before.rstrip().endswith(("]", "}")):
        return Told(broken.at, "text follows a closed bracket", "Put quotes around text that begins with '[' or '{'.")
    if before.strip(" -?"):
        return Told(broken.at, "this cannot follow on one line", "Put quotes around the whole text.")
    if broken.char == ":":
        return _keyless(broken)
    if broken.char == "-":
        says = "a list item stands where a key is wanted; look at the indentation"
        return Told(broken.at, says, "Indent it below the key that the list belongs to.")
    return Told(broken.at, "the indentation fits no line above", "Indent it like the lines that it stands beside.")


def _bracket(broken: Breakage) -> Told | None:
    spot = broken.began or broken.at
    opened = broken.line(spot.line)[spot.column : spot.column + 1]
    closing = _CLOSING.get(opened, "]")
    if spot.line == broken.at.line:
        says = f"',' or '{closing}' is missing at column {broken.at.column + 1}"
        return Told(spot, says, "Put quotes around text with commas or brackets in it.")
    says = f"the '{opened}' that opens here is not closed before line {broken.at.line + 1}"
    return Told(spot, says, _how_to_close(opened))


_CLOSING = {"[": "]", "{": "}"}


def _how_to_close(bracket: str) -> str:
    return f"Close it with '{_CLOSING.get(bracket, ']')}', or put quotes around text that begins with '{bracket}'."


def _keyless(broken: Breakage) -> Told:
    return Told(broken.at, "a key is missing before ':'", "Write one, or put quotes around text that begins with ':'.")


def _no_content(broken: Breakage) -> Told | None:
    opened = _last_opened(broken) if broken.at.line >= len(broken.lines) - 1 and not broken.char else None
    if opened:
        bracket = broken.line(opened.line)[opened.column]
        return Told(opened, f"the '{bracket}' that opens here is never closed", _how_to_close(bracket))
    if broken.char == ":":
        return _keyless(broken)
    if broken.char and broken.char in ",]}-":
        return Told(broken.at, f"a text cannot begin with {quoted(broken.char)}", "Put quotes around it.")
    return None


def _last_opened(broken: Breakage) -> Spot | None:
    """The last bracket that nothing closes."""
    closed = 0
    for number in range(len(broken.lines) - 1, -1, -1):
        line = broken.lines[number]
        for column in range(len(line) - 1, -1, -1):
            closed += (line[column] in "]}") - (line[column] in "[{")
            if closed < 0:
                return Spot(number, column)
    return None


def _directive(broken: Breakage) -> Told | None:
    return _directive_at(broken.began or broken.at)


def _directive_at(spot: Spot) -> Told:
    return Told(spot, "lines that begin with '%' (directives) are not read", "Remove the line.")


def _too_deep(broken: Breakage) -> Told | None:
    return Told(broken.at, "nested too deep to be read", "Put quotes around text with brackets in it.")


_BY_WORDS = (  # pieces of libyaml's and of PyYAML's own messages
    ("mapping values are not allowed", _colon),
    ("sequence entries are not allowed", _list_item),
    ("mapping keys are not allowed", _question_mark),
    ("could not find expected ':'", _stray_line),
    ("expected ',' or", _bracket),
    ("expected node content", _no_content),
    ("expected the node content", _no_content),
    ("did not find expected key", _misplaced),
    ("did not find expected '-'", _misplaced),
    ("<document start>", _misplaced),
    ("expected <block end>", _misplaced),
    ("YAML document", _directive),
    ("directive", _directive),
    ("nesting depth", _too_deep),
)
