"""Answer sheets: a page of bubbles for each version, and where on it each bubble is, for machines that mark.

The bubbles of a question stand in rows as `closed` has them; what is answered in writing has none. Black squares in the
corners, the first of them larger, tell a scanner how the page lies; the squares between them at the top tell in binary
which page it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from quizgen.compose import Entry, Sheet
from quizgen.write.pdf.blocks import ARTIFACT, Block, Builder, Piece, circle
from quizgen.write.pdf.closed import Row, rows_of, to_mark
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Align, Style
from quizgen.write.pdf.look import MM
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.sheet import SCALED, head_blocks, number_pages

BUBBLE = 4.6 * MM  # across; in large print in proportion
STEP = 1.42  # from bubble to bubble, and from row to row, in bubbles
FIRST = 1.8  # from the side to the first bubble, or to the number of a part and from there to it, in bubbles
MOST_COLUMNS = 4
BITS = 16  # squares that tell the page: its number in binary, and one that makes the number of black ones even


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One bubble: its centre in points from the page's top left corner, and what filling it says."""

    x: float
    y: float
    option: int  # of the row


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A row of bubbles on a page, with the question that it belongs to."""

    entry: Entry
    row: Row
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A square to find the page by: its centre in points from the page's top left corner, and its side."""

    x: float
    y: float
    side: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """One page of an answer sheet: its number in the file, from 1, and its rows."""

    page: Page
    number: int
    rows: tuple[Filled, ...]


class _Places(NamedTuple):
    """Where bubbles stand in a row: from `start`, a step apart, on as many lines as they need."""

    across: float
    first: float
    start: float
    width: float

    @property
    def step(self) -> float:
        """From a bubble to the next one, and from a line to the next."""
        return self.across * STEP

    def of(self, row: Row) -> list[tuple[float, float]]:
        """The top left corners of a row's bubbles, from its own."""
        line = max(0, int((self.width - self.start - self.across) / self.step + 0.01)) + 1
        return [(self.start + self.step * (n % line), self.step * (n // line)) for n in range(len(row.options))]

    def height(self, row: Row) -> float:
        """The height of a row."""
        return self.of(row)[-1][1] + self.step


class AnswerSheets:
    """Lays out answer sheets on pages of one paper."""

    def __init__(self, kit: Kit, paper: Paper) -> None:
        self._kit = kit
        self._paper = paper
        self._room = paper.room(kit.look)
        larger = kit.look.sizes.text / 10.5
        self.across = BUBBLE * max(1.0, larger)
        self._letter = Style(kit.look.sizes.letter, self.across, ink=kit.look.colours.quiet, align=Align.CENTRE)
        self._ring = circle(self.across, kit.look.shapes.hairline, kit.look.colours.rule)
        self._pages = 0

    @property
    def corners(self) -> tuple[Square, ...]:
        """The squares in the corners: top left, top right, bottom left, bottom right."""
        off, side = self._room.left * 0.6, self._room.left * 0.22
        across, down = (off, self._paper.width - off), (off, self._paper.height - off)
        first = Square(x=off, y=off, side=side * 1.6)
        return (first, *(Square(x=x, y=y, side=side) for y in down for x in across if (x, y) != (off, off)))

    @property
    def code(self) -> tuple[Square, ...]:
        """The squares that tell which page it is, from the left; black is one."""
        side = self._room.left * 0.16
        start = self._paper.width / 2 - side * 1.5 * (BITS - 1) / 2
        return tuple(Square(x=start + side * 1.5 * bit, y=self._room.left * 0.6, side=side) for bit in range(BITS))

    def pages(self, sheet: Sheet, *, title: str) -> list[AnswerPage]:
        """The pages of one version's answer sheet: one, unless there are very many questions. `title` is the deck's."""
        kit = self._kit
        base = kit.section()
        rows = {f"{base}/L/LI:{e.number}": (e, rows_of(kit, e.question, draw=draw)) for e, draw in to_mark(sheet)}
        closed = {path: both for path, both in rows.items() if both[1]}
        all_rows = [row for _, parts in closed.values() for row in parts]
        first = max(self.across * FIRST, kit.indent(sheet.last))
        start = first + self.across * FIRST * any(row.label for row in all_rows)
        most = max((len(row.options) for row in all_rows), default=1)
        room = self._paper.room(kit.look, columns=self._columns(start, most))
        written = [entry.number for entry, parts in rows.values() if not parts]
        drawn = any(draw in SCALED for _, draw in to_mark(sheet))
        words = [kit.say("fill-bubbles"), *([kit.say("count-boxes")] if drawn else ()), *self._written(written)]
        named = replace(sheet, title=kit.say("answer-sheet"), intro=" ".join(words))
        head = [*head_blocks(kit, named, self._room.width, base, title=sheet.title or title), Block(self.across, ())]
        places = _Places(self.across, first, start, room.column)
        blocks = [self._block(path, entry, parts, places) for path, (entry, parts) in closed.items()]
        pages = fill(head, blocks, room)
        number_pages(kit, self._paper, pages, sheet, what=kit.say("answer-sheet"))
        return [self._page(page, closed, places) for page in pages]

    def _columns(self, start: float, most: int) -> int:
        """How many columns there is room for, with so many bubbles in a row."""
        need = start + self.across * (STEP * (most - 1) + 1)
        between = self._kit.look.distances.columns
        return max(1, min(MOST_COLUMNS, int((self._room.width + between) / (need + between))))

    def _written(self, numbers: Sequence[int]) -> Iterator[str]:
        """Which questions have no bubbles."""
        if numbers:
            yield self._kit.say("write-on-quiz", numbers=", ".join(_ranges(numbers)))

    def _block(self, path: str, entry: Entry, rows: Sequence[Row], places: _Places) -> Block:
        kit, build = self._kit, self._kit.builder()
        number = kit.setter.paragraph(str(entry.number), kit.styles.strong, places.width)
        how = ("bubbles", places, *((row.label, row.options) for row in rows))
        build.y += build.put(kit.part(None, how, lambda own: self._question(own, rows, places)), number)
        return build.block(gap=self.across * (0.5 if len(rows) > 1 else 0.15), base=path)

    def _question(self, build: Builder, rows: Sequence[Row], places: _Places) -> None:
        """The bubbles of a question, with room for its number."""
        kit = self._kit
        down = (self.across - kit.styles.text.leading) / 2
        build.slot("Lbl", y=down)
        for part, row in enumerate(rows):
            role = f"LBody/L/LI:{part}"
            if row.label:
                label = kit.setter.paragraph(row.label, kit.styles.text, places.width)
                build.text(label, f"{role}/Lbl", x=places.first, y=build.y + down)
            for option, (x, y) in zip(row.options, places.of(row), strict=True):
                build.shape(self._ring, x=x, y=build.y + y)
                inside = kit.setter.paragraph(option, self._letter, self.across)
                build.text(inside, f"{role}/LBody", x=x, y=build.y + y)
            build.y += places.height(row)

    def _page(self, page: Page, closed: dict[str, tuple[Entry, tuple[Row, ...]]], places: _Places) -> AnswerPage:
        """The page with its squares, and the centres of all that can be filled in."""
        self._pages += 1
        rows = []
        for placed in page.placed:
            if placed.block.base not in closed:  # the head, the footer
                continue
            entry, parts = closed[placed.block.base]
            y = placed.y
            for row in parts:
                centres = [(placed.x + dx + self.across / 2, y + dy + self.across / 2) for dx, dy in places.of(row)]
                bubbles = tuple(Bubble(x=self._across(cx), y=cy, option=n) for n, (cx, cy) in enumerate(centres))
                rows.append(Filled(entry=entry, row=row, bubbles=bubbles))
                y += places.height(row)
        black = [square for square, bit in zip(self.code, code_of(self._pages), strict=True) if bit == "1"]
        build = self._kit.alike("squares", self._squares)
        build.pieces.extend(self._upright(_black(square)) for square in black)
        build.y = self._paper.height
        page.placed.append(Placed(0.0, 0.0, build.block()))
        return AnswerPage(page=page, number=self._pages, rows=tuple(rows))

    def _squares(self, build: Builder) -> None:
        """The squares that are on every page: those in the corners, and the frames of the code."""
        pieces = (*map(_framed, self.code), *map(_black, self.corners))
        build.pieces.extend(map(self._upright, pieces))

    def _across(self, x: float) -> float:
        """Where on the page x is, from the left, when it counts from the side where reading starts."""
        return self._paper.width - x if self._kit.leftward else x

    def _upright(self, piece: Piece) -> Piece:
        """A piece whose x counts from the left, in a document that may be mirrored."""
        return replace(piece, x=self._across(piece.x) - (piece.width if self._kit.leftward else 0.0))


def code_of(page: int) -> str:
    """The number of a page in binary, with one more digit that makes the number of ones even."""
    digits = f"{page:0{BITS - 1}b}"[-(BITS - 1) :]
    return digits + str(digits.count("1") % 2)


def _black(square: Square) -> Piece:
    code = f"0 g 0 {-square.side:.3f} {square.side:.3f} {square.side:.3f} re f"
    return Piece(square.x - square.side / 2, square.y - square.side / 2, square.side, square.side, code, ARTIFACT)


def _framed(square: Square) -> Piece:
    thick = 0.4
    side = square.side - thick
    code = f"0.6 G {thick:g} w {thick / 2:g} {thick / 2 - square.side:.3f} {side:.3f} {side:.3f} re S"
    return Piece(square.x - square.side / 2, square.y - square.side / 2, square.side, square.side, code, ARTIFACT)


def _ranges(numbers: Sequence[int]) -> Iterator[str]:
    """'13-18', '20': runs of numbers that follow each other."""
    start = last = numbers[0]
    for number in (*numbers[1:], 0):
        if number == last + 1:
            last = number
            continue
        yield str(start) if start == last else f"{start}\u2013{last}"
        start = last = number
