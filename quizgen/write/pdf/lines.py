"""Lines: text is broken into lines once for a style and a width, and kept as PDF operators that can stand anywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from quizgen.problems import Place
from quizgen.write.pdf.glyphs import Encoder, Show, Stretch

ENDLESS = 1e6
CAP_MIDDLE = 0.357  # half the height of capitals, in the size: lines are centred on their capitals


class Align(Enum):
    """Where the lines of a paragraph stand in its width."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How text is set. Compared by identity: a look makes each of its styles once."""

    size: float
    leading: float
    weight: str = "regular"
    ink: float = 0.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to write in, in the middle of text. `spoken` is what a reader of the file finds there."""

    width: float
    spoken: str = "____"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a blank's rule goes: which line of the paragraph, how far from its left edge, how long."""

    line: int
    x: float
    width: float


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Wrapped and encoded text, `indent` from the left of the width that it was set for.

    `lines` are operators relative to the start of each line, `starts` how far right of the indent that is.
    """

    lines: tuple[str, ...]
    starts: tuple[float, ...]
    width: float  # of the longest line
    style: Style
    code: str  # shows all lines; the origin is the top left corner
    indent: float = 0.0
    rules: tuple[Rule, ...] = ()

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.style.leading

    @property
    def first_baseline(self) -> float:
        """How far below the top the first line's baseline lies."""
        return baseline(self.style)

    def part(self, first: int, last: int | None = None) -> Paragraph:
        """Some of its lines, as a paragraph without blanks."""
        lines, starts = self.lines[first:last], self.starts[first:last]
        return replace(self, lines=lines, starts=starts, code=_code(lines, starts, self.style), rules=())


def _code(lines: Sequence[str], starts: Sequence[float], style: Style) -> str:
    out = [f"BT {style.ink:g} g"]
    x, down = 0.0, baseline(style)
    for start, line in zip(starts, lines, strict=True):
        out.append(f"{start - x:.4g} {-down:.4g} Td {line}")
        x, down = start, style.leading
    return "\n".join([*out, "ET"])


def baseline(style: Style) -> float:
    """How far below a line's top its baseline lies, so that its capitals stand in the middle."""
    return style.leading / 2 + CAP_MIDDLE * style.size


@dataclass(frozen=True, slots=True)
class _Item:
    """What a line is made of: a word, a blank, or the space before the next word."""

    stretch: Stretch
    width: float  # in points
    blank: Blank | None = None
    space: bool = False
    ends: bool = False  # the line ends after it, whatever follows


class Setter:
    """Sets paragraphs for one document, each once. `place` is where problems of the next text are told."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[Sequence[str | Blank], Style, float], Paragraph] = {}
        self.place = Place("")
        self.missing: dict[str, Place] = {}  # characters that no font draws, where they first stood
        self.leftward: dict[Place, None] = {}  # texts of scripts that run to the left, which are not yet ordered

    def paragraph(self, text: str | tuple[str | Blank, ...], style: Style, width: float) -> Paragraph:
        """The text in lines of at most `width` points; longer words are broken."""
        key = (text, style, width)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._set(text if isinstance(text, tuple) else (text,), style, width)
        return known

    def natural_width(self, text: str, style: Style) -> float:
        """The width of the text on one line."""
        return self.paragraph(text, style, ENDLESS).width

    def _set(self, parts: tuple[str | Blank, ...], style: Style, width: float) -> Paragraph:
        lines = list(_break(self._items(parts, style, width), width)) or [[]]
        used = [sum(item.width for item in line) for line in lines]
        longest = max(used)
        indent = max(0.0, width - longest) * style.align.value
        starts = tuple((longest - own) * style.align.value for own in used)
        rules = [rule for number, line in enumerate(lines) for rule in _rules(line, number, indent + starts[number])]
        operators = tuple(_operators(line, style) for line in lines)
        return Paragraph(operators, starts, longest, style, _code(operators, starts, style), indent, tuple(rules))

    def _items(self, parts: tuple[str | Blank, ...], style: Style, width: float) -> Iterator[_Item]:
        for part in parts:
            if isinstance(part, Blank):
                yield _Item(self._word(" ", style), part.width, blank=part)
                continue
            self._notice(part)
            for word in _words(part):
                if word == "\n":
                    yield _Item(Stretch((), 0.0), 0.0, ends=True)
                    continue
                stretch = self._word(word, style)
                size = stretch.width * style.size / 1000
                if size <= width or len(word) == 1:
                    yield _Item(stretch, size, space=word.isspace())
                else:
                    yield from self._pieces(word, style, width)

    def _pieces(self, word: str, style: Style, width: float) -> Iterator[_Item]:
        """A word too long for a line, in pieces that fit."""
        piece, used = "", 0.0
        for char in word:
            wide = self._word(char, style).width * style.size / 1000
            if piece and used + wide > width * 0.98 and not unicodedata.combining(char):
                stretch = self._word(piece, style)
                yield _Item(stretch, stretch.width * style.size / 1000)
                piece, used = "", 0.0
            piece, used = piece + char, used + wide
        stretch = self._word(piece, style)
        yield _Item(stretch, stretch.width * style.size / 1000)

    def _word(self, word: str, style: Style) -> Stretch:
        stretch = self._encoder.encode(word, style.weight)
        for char in stretch.missing:
            self.missing.setdefault(char, self.place)
        return stretch

    def _notice(self, text: str) -> None:
        if not text.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text):
            self.leftward.setdefault(self.place)


def _words(text: str) -> Iterator[str]:
    """Words and single spaces; a line may end before a word, never before a space. A line break stands alone."""
    word = ""
    for i, char in enumerate(text):
        if char in " \t\n\r\u3000":
            if word:
                yield word
            if char != "\r":
                yield char if char in "\n\u3000" else " "
            word = ""
        else:
            if word and _may_break(text[i - 1], char, word):
                yield word
                word = ""
            word += char
    if word:
        yield word


_NOT_FIRST = frozenset("、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST = frozenset("（「『【〈《〔［｛")


def _may_break(before: str, char: str, word: str) -> bool:
    """Whether a line may end between two characters: beside ideographs, after hyphens and dashes within a word."""
    if before == "\u200b":
        return True
    if before in "-\u2010\u2013\u2014/" and char.isalnum() and len(word) > 2 and word[-2].isalpha():  # noqa: PLR2004
        return True
    if char in _NOT_FIRST or before in _NOT_LAST:
        return False
    return _ideographic(before) or _ideographic(char)


def _ideographic(char: str) -> bool:
    return char >= "\u2e80" and unicodedata.east_asian_width(char) in "WF"


def _break(items: Iterator[_Item], width: float) -> Iterator[list[_Item]]:
    """Greedy lines; spaces at a line's end are dropped."""
    line: list[_Item] = []
    used = 0.0
    started = False
    for item in items:
        started = True
        if item.ends:
            yield _trimmed(line)
            line, used = [], 0.0
            continue
        if line and not item.space and used + item.width > width + 0.01:
            yield _trimmed(line)
            line, used = [], 0.0
        line.append(item)
        used += item.width
    if started:
        yield _trimmed(line)


def _trimmed(line: list[_Item]) -> list[_Item]:
    while line and line[-1].space:
        line.pop()
    return line


def _operators(line: list[_Item], style: Style) -> str:
    """Operators that show a line from where the text position stands."""
    out: list[str] = []
    font, rise = "", 0.0
    array: list[str] = []

    def flush() -> None:
        if array:
            out.append(f"[{''.join(array)}] TJ")
            array.clear()

    def show(piece: Show) -> None:
        nonlocal font, rise
        if piece.font != font:
            flush()
            font = piece.font
            out.append(f"{font} {style.size:g} Tf")
        if piece.rise != rise:
            flush()
            rise = piece.rise
            out.append(f"{rise * style.size / 1000:.4g} Ts")
        array.append(piece.operands)

    for item in line:
        if item.blank is not None:
            for piece in item.stretch.shows:
                show(piece)
            space = array.pop()
            flush()
            spoken = item.blank.spoken.encode("utf-16-be").hex().upper()
            rest = item.blank.width * 1000 / style.size - item.stretch.width
            out.append(f"/Span <</ActualText <FEFF{spoken}>>> BDC [{space}{-rest:.0f}] TJ EMC")
            continue
        for piece in item.stretch.shows:
            show(piece)
    flush()
    if rise:
        out.append("0 Ts")
    return " ".join(out)


def _rules(line: list[_Item], number: int, start: float) -> Iterator[Rule]:
    x = start
    for item in line:
        if item.blank is not None:
            yield Rule(number, x, item.blank.width)
        x += item.width
