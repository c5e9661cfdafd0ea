"""Answer sheets: a page of bubbles for each version, and where on it each bubble is, for machines that mark.

The bubbles of a question stand in rows as `closed` has them; what is answered in writing has none. Black squares in the
corners, the first of them larger, tell a scanner how the page lies; the squares between them at the top tell in binary
which page it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from quizgen.compose import Entry, Sheet
from quizgen.write.pdf.blocks import ARTIFACT, Block, Piece, Shape, circle
from quizgen.write.pdf.closed import Row, rows_of, to_mark
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Align, Style
from quizgen.write.pdf.look import MM
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.sheet import SCALED, head_blocks, number_pages

BUBBLE = 4.6 * MM  # across; in large print in proportion
STEP = 1.42  # from bubble to bubble, and from row to row, in bubbles
FIRST = 1.8  # from the side to the number of a part, and from there to the first bubble, in bubbles
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


class AnswerSheets:
    """Lays out answer sheets on pages of one paper."""

    def __init__(self, kit: Kit, paper: Paper) -> None:
        self._kit = kit
        self._paper = paper
        self._room = paper.room(kit.look)
        larger = kit.look.sizes.text / 10.5
        self.across = BUBBLE * max(1.0, larger)
        self._letter = Style(kit.look.sizes.letter, self.across, ink=kit.look.colours.quiet, align=Align.CENTRE)
        self._drawn: dict[str, Shape] = {}
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
        most = max((len(row.options) for _, parts in closed.values() for row in parts), default=1)
        room = self._paper.room(kit.look, columns=self._columns(most))
        written = [entry.number for entry, parts in rows.values() if not parts]
        drawn = any(draw in SCALED for _, draw in to_mark(sheet))
        words = [kit.say("fill-bubbles"), *([kit.say("count-boxes")] if drawn else ()), *self._written(written)]
        named = replace(sheet, title=kit.say("answer-sheet"), intro=" ".join(words))
        head = [*head_blocks(kit, named, self._room.width, base, title=sheet.title or title), Block(self.across, ())]
        blocks = [self._block(path, entry, parts, room.column) for path, (entry, parts) in closed.items()]
        pages = fill(head, blocks, room)
        number_pages(kit, self._paper, pages, sheet, what=kit.say("answer-sheet"))
        return [self._page(page, closed, room.column) for page in pages]

    def _columns(self, most: int) -> int:
        """How many columns there is room for, with so many bubbles in a row."""
        need = self.across * (FIRST * 2 + STEP * most)
        between = self._kit.look.distances.columns
        return max(1, min(MOST_COLUMNS, int((self._room.width + between) / (need + between))))

    def _written(self, numbers: Sequence[int]) -> Iterator[str]:
        """Which questions have no bubbles."""
        if numbers:
            yield self._kit.say("write-on-quiz", numbers=", ".join(_ranges(numbers)))

    def _places(self, row: Row, width: float) -> list[tuple[float, float]]:
        """The top left corners of a row's bubbles, from its own; as many lines as they need."""
        step, start = self.across * STEP, self.across * FIRST * 2
        line = max(1, int((width - start) / step))
        return [(start + step * (n % line), step * (n // line)) for n in range(len(row.options))]

    def _block(self, path: str, entry: Entry, rows: Sequence[Row], width: float) -> Block:
        kit, build = self._kit, self._kit.builder()
        down = (self.across - kit.styles.text.leading) / 2
        build.text(kit.setter.paragraph(str(entry.number), kit.styles.strong, width), "Lbl", y=down)
        for part, row in enumerate(rows):
            role = f"LBody/L/LI:{part}"
            if row.label:
                label = kit.setter.paragraph(row.label, kit.styles.text, width)
                build.text(label, f"{role}/Lbl", x=self.across * FIRST, y=build.y + down)
            places = self._places(row, width)
            for option, (x, y) in zip(row.options, places, strict=True):
                build.shape(self._bubble(option), f"{role}/LBody", x=x, y=build.y + y)
            build.y += places[-1][1] + self.across * STEP
        return build.block(gap=self.across * (0.5 if len(rows) > 1 else 0.15), base=path)

    def _bubble(self, option: str) -> Shape:
        known = self._drawn.get(option)
        if known is None:
            ring = circle(self.across, self._kit.look.shapes.hairline, self._kit.look.colours.rule)
            inside = self._kit.setter.paragraph(option, self._letter, self.across)
            code = f"{ring.code}\nq 1 0 0 1 {inside.indent:.2f} 0 cm\n{inside.code}\nQ"
            known = self._drawn[option] = replace(ring, code=code)
        return known

    def _page(self, page: Page, closed: dict[str, tuple[Entry, tuple[Row, ...]]], width: float) -> AnswerPage:
        """The page with its squares, and the centres of all that can be filled in."""
        self._pages += 1
        rows = []
        for placed in page.placed:
            if placed.block.base not in closed:  # the head, the footer
                continue
            entry, parts = closed[placed.block.base]
            y = placed.y
            for row in parts:
                places = self._places(row, width)
                centres = [(placed.x + dx + self.across / 2, y + dy + self.across / 2) for dx, dy in places]
                bubbles = tuple(Bubble(x=self._across(cx), y=cy, option=n) for n, (cx, cy) in enumerate(centres))
                rows.append(Filled(entry=entry, row=row, bubbles=bubbles))
                y += places[-1][1] + self.across * STEP
        black = [square for square, bit in zip(self.code, code_of(self._pages), strict=True) if bit == "1"]
        outlines = [_framed(square) for square in self.code]
        filled = [_black(square) for square in (*self.corners, *black)]
        pieces = tuple(self._upright(piece) for piece in (*outlines, *filled))
        page.placed.append(Placed(0.0, 0.0, Block(self._paper.height, pieces)))
        return AnswerPage(page=page, number=self._pages, rows=tuple(rows))

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
