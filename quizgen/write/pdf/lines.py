"""Lines: text is broken into lines once for a style and a width, and kept as PDF operators that can stand anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from quizgen.problems import Place
from quizgen.write.pdf.bidi import first_strong, levels, needs_order, visual_order
from quizgen.write.pdf.breaks import SPACES, words
from quizgen.write.pdf.colours import BLACK, Colour
from quizgen.write.pdf.glyphs import Encoder, Show, Stretch
from quizgen.write.pdf.recent import Recent

ENDLESS = 1e6  # points: wider than any text
SHORT_END = 0.14  # of the width: a last line shorter than that looks lost
TIGHTER = (0.97, 0.94, 0.91, 0.88)  # what the width may be multiplied by so that the last line is longer
EVEN = 0.75  # of the width: centred lines look well when the last is as long as that
NARROWER = (0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65)  # what the width of centred lines may be multiplied by
CAP_MIDDLE = 0.357  # half the height of capitals, in the size: lines are centred on their capitals
PARAGRAPHS, WORDS = 1024, 8192  # that are kept to be used again
MEASURED = 16  # texts whose words are kept because they may be set next
_OBJECT = "\ufffc"  # what a blank is to the order of directions


class Align(Enum):
    """Where the lines of a paragraph stand in its width: at the side where reading starts, or elsewhere."""

    START = 0.0
    CENTRE = 0.5
    END = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How text is set. Compared by identity: a look makes each of its styles once."""

    size: float
    leading: float
    weight: str = "regular"
    ink: Colour = BLACK
    align: Align = Align.START

    @property
    def baseline(self) -> float:
        """How far below a line's top its baseline lies, so that its capitals stand in the middle."""
        return self.leading / 2 + CAP_MIDDLE * self.size

    @property
    def under(self) -> float:
        """How far below a line's top a rule to write on lies."""
        return self.baseline + self.size * 0.22


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to write in, in the middle of text. `spoken` is what a reader of the file finds there.

    `label` is drawn small where it begins.
    """

    width: float
    spoken: str = "____"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a blank's rule goes: which line of the paragraph, how far from its box's left edge, how long."""

    line: int
    x: float
    width: float
    label: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """Wrapped and encoded text in a box, `indent` from where the width begins that it was set for.

    `lines` are operators relative to the start of each line, `starts` how far right of the box's edge that is.
    """

    lines: tuple[str, ...]
    starts: tuple[float, ...]
    width: float  # of the longest line
    style: Style
    indent: float = 0.0
    rules: tuple[Rule, ...] = ()

    @property
    def code(self) -> str:
        """Operators that show all lines; the origin is the top left corner."""
        return self.at(0.0, 0.0)

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.style.leading

    def at(self, x: float, y: float) -> str:
        """Operators that show all lines, the top left corner being there."""
        return _code(self.lines, self.starts, self.style, x, y)

    def part(self, first: int, last: int | None = None) -> Paragraph:
        """Some of its lines, as a paragraph without blanks."""
        return replace(self, lines=self.lines[first:last], starts=self.starts[first:last], rules=())


@dataclass(frozen=True, slots=True)
class _Item:
    """What a line is made of: (a part of) a word, a blank, or the space before the next word."""

    stretch: Stretch
    width: float  # in points
    level: int = 0  # of its direction
    blank: Blank | None = None
    space: bool = False
    joined: bool = False  # the line may not end before it
    ends: bool = False  # the line ends after it, whatever follows


_NEW_LINE = _Item(Stretch((), 0.0), 0.0, ends=True)


class Setter:
    """Sets paragraphs for one document, each once. `place` is where problems of the next text are told.

    `one_thing` finds spaces at which no line ends (see `breaks`), wherever there is room for what they join.
    """

    def __init__(self, encoder: Encoder, one_thing: re.Pattern[str], *, leftward: bool = False) -> None:
        self._encoder = encoder
        self._one_thing = one_thing
        self._base = int(leftward)
        self._known: Recent[tuple[str | tuple[str | Blank, ...], Style, float], Paragraph] = Recent(PARAGRAPHS)
        self._widths: Recent[tuple[str, Style], float] = Recent(PARAGRAPHS)
        self._plain: Recent[tuple[str, Style], _Item] = Recent(WORDS)
        self._measured: dict[tuple[str, Style], list[_Item]] = {}  # often it is set soon afterwards
        self.place = Place("")
        self.missing: dict[str, Place] = {}  # characters that no font draws, where they first stood

    def paragraph(self, text: str | tuple[str | Blank, ...], style: Style, width: float) -> Paragraph:
        """The text in lines of at most `width` points; longer words are broken."""
        key = (text, style, width)
        known = self._known.get(key)
        if known is None:
            known = self._set(text if isinstance(text, tuple) else (text,), style, width)
            self._known.put(key, known)
        return known

    def natural_width(self, text: str, style: Style) -> float:
        """The width of the text on one line."""
        known = self._widths.get((text, style))
        if known is None:
            items = list(self._items((text,), style, ENDLESS))
            known = max(sum(item.width for item in line) for line in _break(items, ENDLESS))
            self._widths.put((text, style), known)
            if len(self._measured) == MEASURED:
                self._measured.clear()
            self._measured[text, style] = items
        return known

    def _set(self, parts: tuple[str | Blank, ...], style: Style, width: float) -> Paragraph:
        items = self._measured.pop((parts[0], style), []) if len(parts) == 1 and isinstance(parts[0], str) else []
        if not items or sum(item.width for item in items) > width:
            items = list(self._items(parts, style, width))
        narrower = NARROWER if style.align is Align.CENTRE else TIGHTER
        lines = [visual_order(line) for line in _lines(items, width, narrower)]
        used = [sum(item.width for item in line) for line in lines]
        longest = max(used)
        side = 1.0 - style.align.value if self._base else style.align.value
        starts = tuple((longest - own) * side for own in used)
        rules = [rule for number, line in enumerate(lines) for rule in _rules(line, number, starts[number])]
        operators = tuple(_operators(line, style) for line in lines)
        indent = max(0.0, width - longest) * style.align.value
        return Paragraph(operators, starts, longest, style, indent, tuple(rules))

    def _items(self, parts: tuple[str | Blank, ...], style: Style, width: float) -> Iterator[_Item]:
        blanks = iter([part for part in parts if isinstance(part, Blank)])
        whole = "".join(part if isinstance(part, str) else _OBJECT for part in parts)
        given = "".join(part for part in parts if isinstance(part, str))
        own = _OBJECT not in given  # else the curator's own U+FFFC stands for itself
        for number, line in enumerate(whole.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                yield _NEW_LINE
            base = first_strong(line, self._base)
            depths = levels(line, base) if base or needs_order(line) else None
            if depths is None and _OBJECT not in line:
                yield from self._in_one_direction(line, style, width)
                continue
            inside = self._inside(line)
            for start, end in words(line):
                for first, last in _parts(line, depths, start, end):
                    level = depths[first] if depths else 0
                    joined = first > start or start in inside
                    if own and line[first] == _OBJECT:
                        blank = next(blanks)
                        yield _Item(self._word(" ", style), blank.width, level, blank=blank, joined=joined)
                        continue
                    text = " " if line[first] == "\t" else line[first:last]
                    yield from self._fitted(text, style, width, level, joined=joined)

    def _in_one_direction(self, line: str, style: Style, width: float) -> Iterator[_Item]:
        """The words of a line from left to right without blanks: nearly all lines there are, and so the fast way."""
        inside = self._inside(line)
        for start, end in words(line):
            text = " " if line[start] == "\t" else line[start:end]
            item = self._plain.get((text, style))
            if item is None:
                [item] = self._fitted(text, style, ENDLESS, 0, joined=False)
                self._plain.put((text, style), item)
            if item.width <= width or len(text) == 1:
                yield replace(item, joined=True) if start in inside else item
            else:
                yield from self._fitted(text, style, width, 0, joined=False)

    def _inside(self, line: str) -> set[int]:
        """Where the spaces begin, and the words after them, at which no line ends."""
        return {at for found in self._one_thing.finditer(line) for at in found.span(1)}

    def _fitted(self, text: str, style: Style, width: float, level: int, *, joined: bool) -> Iterator[_Item]:
        """One word, or the pieces of a word that is too long for a line."""
        stretch = self._word(text, style, level)
        size = stretch.width * style.size / 1000
        if size <= width or len(text) == 1:
            yield _Item(stretch, size, level, space=text in SPACES, joined=joined)
            return
        for piece in self._pieces(text, style, width * 0.98):
            stretch = self._word(piece, style, level)
            yield _Item(stretch, stretch.width * style.size / 1000, level)

    def _pieces(self, word: str, style: Style, width: float) -> Iterator[str]:
        piece, used = "", 0.0
        for char in word:
            wide = self._word(char, style).width * style.size / 1000
            if piece and used + wide > width and not unicodedata.combining(char):
                yield piece
                piece, used = "", 0.0
            piece, used = piece + char, used + wide
        yield piece

    def _word(self, word: str, style: Style, level: int = 0) -> Stretch:
        stretch = self._encoder.encode(word, style.weight, leftward=level % 2 == 1)
        for char in stretch.missing:
            self.missing.setdefault(char, self.place)
        return stretch


def _parts(line: str, depths: Sequence[int] | None, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a word that run in one direction; a blank is a part of its own."""
    if depths is None and _OBJECT not in line:
        yield start, end
        return
    first = start
    for i in range(start + 1, end):
        if (depths and depths[i] != depths[first]) or _OBJECT in line[i - 1 : i + 1]:
            yield first, i
            first = i
    yield first, end


def _lines(items: Sequence[_Item], width: float, narrower: Sequence[float]) -> list[list[_Item]]:
    """Lines of at most that width; narrower where the last would else be short, as long as that adds none."""
    if sum(item.width for item in items) <= width and not any(item.ends for item in items):  # most texts
        return [_trimmed(list(items))]
    short = SHORT_END if narrower is TIGHTER else EVEN
    lines = list(_break(items, width))
    for part in narrower:
        if len(lines) == 1 or sum(item.width for item in lines[-1]) >= short * width:
            return lines
        tried = list(_break(items, width * part))
        if len(tried) > len(lines):
            return lines
        lines = tried
    return lines


def _break(items: Sequence[_Item], width: float) -> Iterator[list[_Item]]:
    """Greedy lines; spaces at a line's end are dropped."""
    line: list[_Item] = []
    used = 0.0
    for number, item in enumerate(items):
        if item.ends:
            yield _trimmed(line)
            line, used = [], 0.0
            continue
        need = (
            item.width if item.joined else _whole(items, number)
        )  # what is joined to too long a word breaks all the same
        if line and not item.space and used + need > width + 0.01:
            yield _trimmed(line)
            line, used = [], 0.0
        line.append(item)
        used += item.width
    yield _trimmed(line)


def _whole(items: Sequence[_Item], number: int) -> float:
    """The width of a word with the parts that are joined to it."""
    total = items[number].width
    for other in range(number + 1, len(items)):
        if not items[other].joined:
            break
        total += items[other].width
    return total


def _trimmed(line: list[_Item]) -> list[_Item]:
    while line and line[-1].space:
        line.pop()
    return line


def _rules(line: Sequence[_Item], number: int, start: float) -> Iterator[Rule]:
    x = start
    for item in line:
        if item.blank is not None:
            yield Rule(number, x, item.width, item.blank.label)
        x += item.width


def _code(lines: Sequence[str], starts: Sequence[float], style: Style, left: float = 0.0, top: float = 0.0) -> str:
    """Operators that show lines; their colour and font, but no more, is left as it is."""
    out = [f"BT {style.ink.fill}"]
    x, y = -left, top - style.baseline
    for start, line in zip(starts, lines, strict=True):
        out.append(f"{start - x:.2f} {y:.2f} Td {line}")
        x, y = start, -style.leading
    return "\n".join([*out, "ET"])


def _operators(line: Sequence[_Item], style: Style) -> str:
    """Operators that show a line, in visual order, from where the text position stands."""
    writing = _Operators(style.size)
    for item in line:
        if item.blank is None:
            writing.show(item.stretch.shows)
        else:
            writing.skip(item.blank, item.stretch)
    return writing.finished()


class _Operators:
    """Text operators in the making: operands for the same font and rise are shown together."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._out: list[str] = []
        self._array: list[str] = []
        self._font, self._rise = "", 0.0

    def show(self, shows: Sequence[Show]) -> None:
        """Show glyphs."""
        for piece in shows:
            if piece.font != self._font or piece.rise != self._rise:
                self._flush()
            if piece.font != self._font:
                self._out.append(f"{piece.font} {self._size:g} Tf")
            if piece.rise != self._rise:
                self._out.append(f"{piece.rise * self._size / 1000:.4g} Ts")
            self._font, self._rise = piece.font, piece.rise
            self._array.append(piece.operands)

    def skip(self, blank: Blank, space: Stretch) -> None:
        """Leave a blank: a space as wide, which says in words what it is."""
        self._flush()
        self.show(space.shows)
        operands = "".join(self._array)
        self._array.clear()
        rest = blank.width * 1000 / self._size - space.width
        spoken = blank.spoken.encode("utf-16-be").hex().upper()
        self._out.append(f"/Span <</ActualText <FEFF{spoken}>>> BDC [{operands} {-rest:.0f}] TJ EMC")

    def finished(self) -> str:
        """The operators; the rise is as it was."""
        self._flush()
        if self._rise:
            self._out.append("0 Ts")
        return " ".join(self._out)

    def _flush(self) -> None:
        if self._array:
            self._out.append(f"[{''.join(self._array).replace(')(', '')}] TJ")  # a bracket in a text has a \\ before it
            self._array.clear()
