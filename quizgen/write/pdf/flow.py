"""Flow: blocks go down columns and over pages; no heading alone at a column's end, no block over two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from quizgen.write.pdf.blocks import Block

FULL = 0.8  # of a page: where a head takes more, the body begins on the next
SLIVER = 0.3  # of a page: a last page with less is saved, if it can be
TIGHTER = (0.9, 0.8, 0.7)  # what gaps may be multiplied by to that end
SLACK = 0.01  # points
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


class Placed(NamedTuple):
    """A block and where its top left corner is, in points from the page's, y going down."""

    x: float
    y: float
    block: Block


@dataclass(slots=True, eq=False)
class Page:
    """What stands on one page."""

    placed: list[Placed] = field(default_factory=list)


def fill(head: Sequence[Block], body: Sequence[Block], room: Room) -> list[Page]:
    """Pages with `head` over their whole width, and below it `body` in columns, on as few pages as that can take.

    Where the last page would hold next to nothing, gaps are made narrower, if that saves the page.
    """
    pages, used = _laid(head, body, room)
    if len(pages) > 1 and used < room.height * SLIVER:
        for gaps in TIGHTER:
            tighter, _ = _laid(head, [replace(block, gap=block.gap * gaps) for block in body], room)
            if len(tighter) < len(pages):
                return tighter
    return pages


def _laid(head: Sequence[Block], body: Sequence[Block], room: Room) -> tuple[list[Page], float]:
    """Pages, and how far the last is used."""
    whole = replace(room, column=room.width, columns=1)
    pages, used = _fill([Page()], _groups(head), whole, 0.0) if head else ([Page()], 0.0)
    if used > room.height * FULL:
        pages.append(Page())
        used = 0.0
    return _fill(pages, _groups(body), room, used)


def _fill(pages: list[Page], groups: list[list[Block]], room: Room, used: float) -> tuple[list[Page], float]:
    """The pages, the last of them `used` so far from the top, with all groups; and how far the last is used then."""
    bottom = used
    while groups:
        height = room.height - used
        columns, rest = _take(groups, height, room, below=used > 0)
        last = not rest
        if last and room.columns > 1:
            columns = _levelled(groups, height, room, below=used > 0) or columns
        placed = list(_stand(columns, room, used, spread=not last))
        pages[-1].placed.extend(placed)
        bottom = max((each.y + each.block.height - room.top for each in placed), default=used)
        groups = rest
        if groups:
            pages.append(Page())
            used = 0.0
    return pages, bottom


_Column = list[Block]


def _groups(body: Sequence[Block]) -> list[list[Block]]:
    """Blocks that must stay together: headings with what follows them."""
    groups: list[list[Block]] = [[]]
    for block in body:
        groups[-1].append(block)
        if not block.keeps_with_next:
            groups.append([])
    return [group for group in groups if group]


def _height(group: Sequence[Block], *, on_top: bool) -> float:
    """The height of blocks; on top of a column, without the gap above the first."""
    total = sum(block.height + block.gap for block in group)
    return total - (group[0].gap if on_top and group else 0.0)


def _take(
    groups: list[list[Block]], height: float, room: Room, *, below: bool
) -> tuple[list[_Column], list[list[Block]]]:
    """As many groups as columns of that height hold, and the rest; `below` tells that something stands above them."""
    columns: list[_Column] = []
    rest = list(groups)
    for _ in range(room.columns):
        column, rest = _take_column(rest, height, whole=room.height, below=below)
        columns.append(column)
    return columns, rest


def _take_column(
    groups: list[list[Block]], height: float, *, whole: float, below: bool
) -> tuple[_Column, list[list[Block]]]:
    column: _Column = []
    used = 0.0
    rest = list(groups)
    while rest:
        group = rest[0]
        on_top = not column and not below
        need = _height(group, on_top=on_top)
        if used + need <= height + SLACK:
            column.extend(group)
            used += need
            rest = rest[1:]
        elif _height(group, on_top=True) <= whole + SLACK:
            break  # it will stand on the next page
        elif len(group) > 1:  # more than a page: keep together what can be
            rest = [[block] for block in group] + rest[1:]
        else:
            free = height - used - (0.0 if on_top else group[0].gap)
            column.extend(_cut(group[0], free, rest, fresh=on_top and height >= whole - SLACK))
            break
    return column, rest


def _cut(block: Block, free: float, rest: list[list[Block]], *, fresh: bool) -> _Column:
    """As much of a block that no page holds as fits into `free`; what does not is left as the first of `rest`."""
    parts = block.split(free)
    if parts is not None:
        rest[0] = [parts[1]]
        return [parts[0]]
    if fresh:  # no cut helps: it stands over the edge
        del rest[0]
        return [block]
    return []


def _levelled(groups: list[list[Block]], height: float, room: Room, *, below: bool) -> list[_Column] | None:
    """Columns of about one height that hold all groups."""
    low, high = 0.0, height
    best: list[_Column] | None = None
    for _ in range(12):
        middle = (low + high) / 2
        columns, rest = _take(groups, middle, room, below=below)
        if rest:
            low = middle
        else:
            best, high = columns, middle
    return best


def _stand(columns: list[_Column], room: Room, used: float, *, spread: bool) -> Iterator[Placed]:
    """Where the blocks of columns stand that begin `used` from the top; spread, their gaps take up what is free."""
    for number, column in enumerate(columns):
        if not column:
            continue
        below = used > 0
        free = room.height - used - _height(column, on_top=not below)
        gaps = sum(block.gap for block in column[1:])
        wider = 1 + min(SPREAD, max(0.0, free) / gaps) if spread and gaps else 1.0
        y = room.top + used + (column[0].gap if below else 0.0)
        for index, block in enumerate(column):
            if index:
                y += block.gap * wider
            yield Placed(room.x(number), y, block)
            y += block.height
