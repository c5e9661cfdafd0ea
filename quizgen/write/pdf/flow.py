"""Flow: blocks go down columns and over pages; no heading alone at a column's end, no block over two pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    pages, used = _fill([Page()], _Rest(_groups(head)), whole, 0.0) if head else ([Page()], 0.0)
    if used > room.height * FULL:
        pages.append(Page())
        used = 0.0
    return _fill(pages, _Rest(_groups(body)), room, used)


def _fill(pages: list[Page], rest: _Rest, room: Room, used: float) -> tuple[list[Page], float]:
    """The pages, the last of them `used` so far from the top, with all that is left; how far the last is used then."""
    bottom = used
    while rest:
        height = room.height - used
        before = rest.copy()
        columns = _take(rest, height, room, below=used > 0)
        if not rest and room.columns > 1:
            columns = _levelled(before, height, room, below=used > 0) or columns
        placed = list(_stand(columns, room, used, spread=bool(rest)))
        pages[-1].placed.extend(placed)
        bottom = max((each.y + each.block.height - room.top for each in placed), default=used)
        if rest:
            pages.append(Page())
            used = 0.0
    return pages, bottom


_Column = list[Block]


class _Group(NamedTuple):
    """Blocks that must stay together, and the height of all of them and of the gaps above each."""

    blocks: tuple[Block, ...]
    height: float

    @classmethod
    def of(cls, blocks: Iterable[Block]) -> _Group:
        """These blocks."""
        held = tuple(blocks)
        return cls(held, sum(block.height + block.gap for block in held))

    def need(self, *, on_top: bool) -> float:
        """The height they take; on top of a column, without the gap above the first."""
        return self.height - self.blocks[0].gap if on_top else self.height


def _groups(body: Sequence[Block]) -> list[_Group]:
    """Headings with what follows them, and all other blocks by themselves."""
    groups: list[_Group] = []
    held: list[Block] = []
    for block in body:
        held.append(block)
        if not block.keeps_with_next:
            groups.append(_Group.of(held))
            held = []
    return [*groups, _Group.of(held)] if held else groups


@dataclass(slots=True)
class _Rest:
    """Groups that have no place yet: those that were cut or parted, then all from one on."""

    groups: Sequence[_Group]
    next: int = 0
    ahead: tuple[_Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ahead) or self.next < len(self.groups)

    @property
    def first(self) -> _Group:
        """The group that comes next."""
        return self.ahead[0] if self.ahead else self.groups[self.next]

    def take(self, *instead: _Group) -> None:
        """The first has found its place, or others come in its stead."""
        if self.ahead:
            self.ahead = (*instead, *self.ahead[1:])
        else:
            self.next += 1
            self.ahead = instead

    def copy(self) -> _Rest:
        """The same, to try something with."""
        return replace(self)


def _take(rest: _Rest, height: float, room: Room, *, below: bool) -> list[_Column]:
    """As many groups as columns of that height hold; `below` tells that something stands above them."""
    return [_take_column(rest, height, whole=room.height, below=below) for _ in range(room.columns)]


def _take_column(rest: _Rest, height: float, *, whole: float, below: bool) -> _Column:
    column: _Column = []
    used = 0.0
    while rest:
        group = rest.first
        on_top = not column and not below
        need = group.need(on_top=on_top)
        if used + need <= height + SLACK:
            column.extend(group.blocks)
            used += need
            rest.take()
        elif group.need(on_top=True) <= whole + SLACK:
            break  # it will stand on the next page
        elif len(group.blocks) > 1:  # more than a page: keep together what can be
            rest.take(*(_Group.of([block]) for block in group.blocks))
        else:
            [block] = group.blocks
            free = height - used - (0.0 if on_top else block.gap)
            column.extend(_cut(block, free, rest, fresh=on_top and height >= whole - SLACK))
            break
    return column


def _cut(block: Block, free: float, rest: _Rest, *, fresh: bool) -> _Column:
    """As much of a block that no page holds as fits into `free`; what does not is left as the first of the rest."""
    parts = block.split(free, fresh=fresh)
    if parts is not None:
        rest.take(_Group.of([parts[1]]))
        return [parts[0]]
    if fresh:  # no cut helps: it stands over the edge
        rest.take()
        return [block]
    return []


def _levelled(rest: _Rest, height: float, room: Room, *, below: bool) -> list[_Column] | None:
    """Columns of about one height that hold all that is left."""
    low, high = 0.0, height
    best: list[_Column] | None = None
    for _ in range(12):
        middle = (low + high) / 2
        tried = rest.copy()
        columns = _take(tried, middle, room, below=below)
        if tried:
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
        free = room.height - used - _Group.of(column).need(on_top=not below)
        gaps = sum(block.gap for block in column[1:])
        wider = 1 + min(SPREAD, max(0.0, free) / gaps) if spread and gaps else 1.0
        y = room.top + used + (column[0].gap if below else 0.0)
        for index, block in enumerate(column):
            if index:
                y += block.gap * wider
            yield Placed(room.x(number), y, block)
            y += block.height
