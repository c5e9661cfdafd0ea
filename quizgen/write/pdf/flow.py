"""Flow: blocks go down columns and over pages; no heading alone at a column's end, no block over two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizgen.write.pdf.blocks import Block

SPREAD = 0.45  # how much wider than planned a gap may become to fill a column


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where blocks may stand on a page: from (left, top), in points down from the page's top left corner."""

    left: float
    top: float
    height: float
    column: float  # width of a column
    columns: int = 1
    between: float = 0.0

    @property
    def width(self) -> float:
        """From the first column's left edge to the last one's right edge."""
        return self.columns * self.column + (self.columns - 1) * self.between

    def x(self, column: int) -> float:
        """The left edge of a column."""
        return self.left + column * (self.column + self.between)


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A block and where its top left corner is, in points from the page's, y going down."""

    x: float
    y: float
    block: Block


@dataclass(slots=True, eq=False)
class Page:
    """What stands on one page."""

    placed: list[Placed] = field(default_factory=list)


def fill(head: Sequence[Block], body: Sequence[Block], room: Room) -> list[Page]:
    """Pages with `head` over the whole width of the first and `body` in the columns below it and on the next pages."""
    first = Page()
    y = room.top
    for number, block in enumerate(head):
        y += block.gap if number else 0.0
        first.placed.append(Placed(room.left, y, block))
        y += block.height
    used = y - room.top
    groups = list(_groups(body))
    pages = [first]
    while groups:
        height = room.height - used
        columns, rest = _take(groups, height, room)
        last = not rest
        if last and room.columns > 1:
            columns = _levelled(groups, height, room) or columns
        pages[-1].placed.extend(_stand(columns, room, used, height, spread=not last))
        groups = rest
        if groups:
            pages.append(Page())
            used = 0.0
    return pages


_Column = list[Block]


def _groups(body: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that must stay together: headings with what follows them."""
    group: list[Block] = []
    for block in body:
        group.append(block)
        if not block.keeps_with_next:
            yield group
            group = []
    if group:
        yield group


def _height(group: Sequence[Block], *, on_top: bool) -> float:
    total = sum(block.height + block.gap for block in group)
    return total - (group[0].gap if on_top and group else 0.0)


def _take(groups: list[list[Block]], height: float, room: Room) -> tuple[list[_Column], list[list[Block]]]:
    """As many groups as the columns of a page of that height hold, and the rest."""
    columns: list[_Column] = []
    rest = list(groups)
    for _ in range(room.columns):
        column, rest = _take_column(rest, height, whole=room.height)
        columns.append(column)
    return columns, rest


def _take_column(groups: list[list[Block]], height: float, *, whole: float) -> tuple[_Column, list[list[Block]]]:
    column: _Column = []
    used = 0.0
    rest = list(groups)
    while rest:
        group = rest[0]
        need = _height(group, on_top=not column)
        if used + need > height + 0.01:
            if _height(group, on_top=True) <= whole + 0.01:
                break
            rest = [[block] for block in group] + rest[1:]  # higher than a page: keep together what can be
            if len(group) > 1:
                continue
            parts = group[0].split(height - used - (group[0].gap if column else 0.0))
            if parts is None:
                if not column and height >= whole - 0.01:  # no cut helps: it stands over the edge
                    column.append(group[0])
                    rest = rest[1:]
                break
            column.append(parts[0])
            rest[0] = [parts[1]]
            break
        column.extend(group)
        used += need
        rest = rest[1:]
    return column, rest


def _levelled(groups: list[list[Block]], height: float, room: Room) -> list[_Column] | None:
    """Columns of about one height that hold all groups."""
    low, high = 0.0, height
    best: list[_Column] | None = None
    for _ in range(12):
        middle = (low + high) / 2
        columns, rest = _take(groups, middle, room)
        if rest:
            low = middle
        else:
            best, high = columns, middle
    return best


def _stand(columns: list[_Column], room: Room, used: float, height: float, *, spread: bool) -> Iterator[Placed]:
    for number, column in enumerate(columns):
        gaps = sum(block.gap for block in column[1:])
        free = height - _height(column, on_top=True) if column else 0.0
        wider = 1 + min(SPREAD, max(0.0, free) / gaps) if spread and gaps else 1.0
        y = room.top + used + (column[0].gap if column and used else 0.0)
        if used and column:  # below the head, the first gap is kept and counts
            wider = 1 + min(SPREAD, max(0.0, free - column[0].gap) / gaps) if spread and gaps else 1.0
        for index, block in enumerate(column):
            if index:
                y += block.gap * wider
            yield Placed(room.x(number), y, block)
            y += block.height
