"""The grid: the keys of all versions at a glance, to mark from. Rows are questions, columns are versions.

A cell has the letters to find on the sheet. What is answered in writing has a small letter of its own, the same in all
versions, and is told once below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from quizgen.compose import Entry, Sheet, id_of
from quizgen.questions import Question
from quizgen.write.pdf.blocks import Block, Builder, Shape
from quizgen.write.pdf.closed import rows_of, to_mark
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.key import answer
from quizgen.write.pdf.kit import Kit, letter
from quizgen.write.pdf.lines import Paragraph, Style
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.sheet import footers, pupil_of, title_in

TALL = 1.6  # the height of a row, in sizes of text, where a line needs no more
LABEL = 3.4  # the width of the column of numbers
LEAST = 2.1  # the width of a column
PADDING = 0.9  # beside the widest cell of a column
WIDER = 1.8  # how many times as wide as need be a column is, where there is room
LISTS = 42.0  # the width from which lists below the grid have three columns, where no names are in them
NAME = 11.0  # the most room for a name above its column


@dataclass(slots=True, eq=False)
class _Table:
    """What stands in the grid, row by row, and the questions that are answered in writing, by their letters."""

    labels: list[tuple[str, str]] = field(default_factory=list)  # the question's number, and what of it
    cells: list[list[str]] = field(default_factory=list)  # a text for each version
    written: dict[str, tuple[str, Question]] = field(default_factory=dict)  # by the question's id


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above a column."""

    version: str
    name: Shape


def grid_pages(kit: Kit, paper: Paper, sheets: Sequence[Sheet]) -> Iterator[Page]:
    """The grid on as many pages as it takes, each with its headings; at its end, what the letters mean.

    A page is set when it is asked for: of a thousand versions, nobody has to hold all.
    """
    size = kit.look.sizes.text
    room = paper.room(kit.look)
    table = _table(kit, sheets)
    free = room.width - size * LABEL
    need = max(_width(kit, table, sheets, column) for column in range(len(sheets)))
    spans = list(_spans(len(sheets), max(1, int(free / need))))
    wide = need * max(1.0, min(WIDER, free / (need * len(spans[0]))))  # of all columns, on all pages
    over = _title(kit, sheets, room.width, "", again=False).height
    grids: list[tuple[range, range]] = []  # the rows and the columns of each
    for columns in spans:
        tall = max(_head(kit, sheets[column]).name.height for column in columns) + size * 2
        count = max(1, int((room.height - over - tall) / (_tall(kit))) - 1)
        grids.extend((rows, columns) for rows in _pages(table, count))

    def blocks(number: int) -> list[Block]:
        rows, columns = grids[number]
        base = kit.section()
        heads = [_head(kit, sheets[column]) for column in columns]
        title = _title(kit, sheets, room.width, base, again=number > 0)
        return [title, _grid(kit, table, heads, rows=rows, columns=columns, wide=wide, base=base)]

    def page(number: int) -> Page:
        title, grid = blocks(number)
        return Page([Placed(room.left, room.top, title), Placed(room.left, room.top + title.height, grid)])

    narrow = room.width < size * LISTS or any(sheet.pupil for sheet in sheets)
    lists, base = paper.room(kit.look, columns=2 if narrow else 3), kit.section()
    below = [*_written(kit, table, lists.column, base), *_forms(kit, sheets, lists.column, base)]
    last = fill(blocks(len(grids) - 1), below, lists)
    which = sheets[0].form if len(sheets) == 1 else f"{sheets[0].form} … {sheets[-1].version}"
    pages = chain(map(page, range(len(grids) - 1)), last)
    count = len(grids) - 1 + len(last)
    yield from footers(kit, paper, pages, sheets[0], form=which, told=(kit.say("key"),), count=count)


def _pages(table: _Table, most: int) -> Iterator[range]:
    """The rows of each page, at most so many; no question is parted that a page can hold."""
    begins = [row for row, (number, _) in enumerate(table.labels) if number] + [len(table.labels)]
    start = 0
    while start < len(table.labels):
        end = max((row for row in begins if start < row <= start + most), default=min(start + most, begins[-1]))
        yield range(start, end)
        start = end


def _table(kit: Kit, sheets: Sequence[Sheet]) -> _Table:
    table = _Table()
    columns = [{entry.number: (entry, draw) for entry, draw in to_mark(sheet)} for sheet in sheets]
    for number in sorted({number for column in columns for number in column}):
        parts = [_cells(kit, table, column.get(number)) for column in columns]
        for row in range(max(map(len, parts))):
            there = [part[row] if row < len(part) else None for part in parts]
            labels = {cell[0] for cell in there if cell}
            alike = len(labels) == 1
            table.labels.append((str(number) if row == 0 else "", labels.pop() if alike else ""))
            table.cells.append([("" if alike else cell[0]) + cell[1] if cell else "" for cell in there])
    return table


def _cells(kit: Kit, table: _Table, asked: tuple[Entry, str] | None) -> list[tuple[str, str]]:
    """The cells of a question in one version: what each is of, and what is right."""
    if asked is None:
        return []
    entry, draw = asked
    question = entry.question
    rows = kit.once(question, ("of", draw), lambda: [(row.label, row.key) for row in rows_of(kit, question, draw=draw)])
    if rows:
        return rows
    one = id_of(entry.question)
    known = table.written.setdefault(one, (letter(len(table.written)).lower(), entry.question))
    return [("", known[0])]


def _width(kit: Kit, table: _Table, sheets: Sequence[Sheet], column: int) -> float:
    size, style = kit.look.sizes.text, kit.styles.strong
    texts = {row[column] for row in table.cells} | {sheets[column].version}
    widest = max(kit.setter.natural_width(text, style) for text in texts if text)
    return max(size * LEAST, widest + size * PADDING)


def _spans(columns: int, most: int) -> Iterator[range]:
    """As many columns at a time as there may be at most, about the same number each time."""
    even = -(-columns // -(-columns // most))
    yield from (range(at, min(at + even, columns)) for at in range(0, columns, even))


def _title(kit: Kit, sheets: Sequence[Sheet], width: float, base: str, *, again: bool) -> Block:
    look, styles = kit.look, kit.styles
    build = kit.builder()
    words = f"{kit.say('key')} · {kit.say('grid')}"
    set_ = kit.setter.paragraph(words, styles.strong, width) if again else title_in(kit, words, width)
    build.y += build.text(set_, "P:again" if again else "H1")
    if not again:
        build.y += build.text(kit.setter.paragraph(sheets[0].title, styles.quiet, width), "P:sheet")
    build.y += look.sizes.text
    return build.block(base=base, bookmark=None if again else (0, words))


def _head(kit: Kit, sheet: Sheet) -> _Head:
    """The version, and the name above it, turned to read upwards."""
    name = pupil_of(kit, sheet)
    if not name:
        return _Head(sheet.version, Shape(0.0, 0.0, ""))
    words = _shortened(kit, name, kit.look.sizes.text * NAME)
    turned = f"q 0 1 -1 0 0 {-words.width:.2f} cm\n{words.code}\nQ"
    return _Head(sheet.version, Shape(words.height, words.width, turned))


def _shortened(kit: Kit, text: str, width: float) -> Paragraph:
    """The text on one line of that width; what does not fit is left out."""
    style, whole = kit.styles.small, text
    while kit.setter.natural_width(whole, style) > width and len(text) > 1:
        text = text[:-1].rstrip()
        whole = f"{text}…"
    return kit.setter.paragraph(whole, style, width + 1)


def _grid(
    kit: Kit, table: _Table, heads: Sequence[_Head], *, rows: range, columns: range, wide: float, base: str
) -> Block:
    """One page's part of the grid: its headings, and its rows for these versions, each that wide."""
    size = kit.look.sizes.text
    build = kit.builder()
    total = size * LABEL + len(columns) * wide
    build.y = max(head.name.height for head in heads) + size * 0.4
    x = size * LABEL
    _middle(kit, build, kit.say("question"), "Table/TR:head/TH:number", kit.styles.small, x=0.0)
    for head in heads:
        role = f"Table/TR:head/TH:{head.version}"
        if head.name.width:
            build.shape(head.name, role, x=x + (wide - head.name.width) / 2, y=build.y - head.name.height - size * 0.4)
        _middle(kit, build, head.version, role, kit.styles.strong, x=x, width=wide)
        x += wide
    build.y += _tall(kit)
    top = build.y
    for row in rows:
        strong = row == rows[0] or bool(table.labels[row][0])
        how = ("row", len(columns), wide, strong)
        part = kit.part(None, how, partial(_row, kit, count=len(columns), wide=wide, strong=strong))
        build.y += build.put(part, *_row_of(kit, table, row, columns, wide), base=f"Table/TR:{row}")
    _line(kit, build, total, strong=True)
    for column in range(len(columns) + 1):
        x = size * LABEL + column * wide
        build.line(x, top, x, build.y, thickness=kit.look.shapes.hairline, colour=kit.look.colours.rule)
    build.y += size
    return build.block(base=base)


def _middle(kit: Kit, build: Builder, text: str, role: str, style: Style, *, x: float, width: float = 0.0) -> None:
    """Put a text in the middle of a row's height, and of a width, if one is given."""
    words = kit.setter.paragraph(text, style, width or kit.look.sizes.text * LABEL)
    down = (_tall(kit) - words.height) / 2
    build.text(words, role, x=x + (width - words.width) / 2 if width else x, y=build.y + down)


def _row(kit: Kit, build: Builder, *, count: int, wide: float, strong: bool) -> None:
    """A row, with room for its number, what it is of, and its cells."""
    size = kit.look.sizes.text
    _line(kit, build, size * LABEL + count * wide, strong=strong)
    down = (_tall(kit) - kit.styles.text.leading) / 2
    build.slot("TH:row", y=down)
    build.slot("TH:row", x=size * 2, y=down)
    for column in range(count):
        build.slot(f"TD:{column}", x=size * LABEL + column * wide, y=down)
    build.y += _tall(kit)


def _row_of(kit: Kit, table: _Table, row: int, columns: range, wide: float) -> Iterator[Paragraph]:
    """What stands in a row.

    Letters of the sheet are bold, our own for what is written not, and a dash is where there is nothing.
    """
    styles, setter = kit.styles, kit.setter
    for text, style in zip(table.labels[row], (styles.text, styles.of_row), strict=True):
        yield setter.paragraph(text, style, kit.look.sizes.text * LABEL)
    for column in columns:
        text = table.cells[row][column]
        style = styles.quiet_cell if not text else styles.cell if text.islower() else styles.boxed
        yield setter.paragraph(text or "\u2013", style, wide)


def _tall(kit: Kit) -> float:
    """The height of a row."""
    return max(kit.look.sizes.text * TALL, kit.styles.text.leading)


def _line(kit: Kit, build: Builder, width: float, *, strong: bool) -> None:
    """A rule between rows: strong between questions, faint between parts of one."""
    thick = kit.look.shapes.hairline
    build.rule(0, build.y, width, thickness=thick if strong else thick / 3, colour=kit.look.colours.rule)


def _forms(kit: Kit, sheets: Sequence[Sheet], width: float, base: str) -> Iterator[Block]:
    """Whose the versions are, and their form ids."""
    yield _heading(kit, kit.say("versions"), width, base)
    for number, sheet in enumerate(sheets):
        words = " · ".join(text for text in (sheet.form, pupil_of(kit, sheet)) if text)
        yield _item(kit, sheet.version, words, width, f"{base}/L:forms/LI:{number}")


def _written(kit: Kit, table: _Table, width: float, base: str) -> Iterator[Block]:
    """The answers to what is answered in writing."""
    if not table.written:
        return
    yield _heading(kit, kit.say("written"), width, base)
    for number, (label, question) in enumerate(table.written.values()):
        kit.setter.place = question.about.place
        words = " · ".join(text for text in answer(kit, question) if text)
        yield _item(kit, label, words, width, f"{base}/L:written/LI:{number}")


def _heading(kit: Kit, text: str, width: float, base: str) -> Block:
    build = kit.builder()
    build.y += build.text(kit.setter.paragraph(text, kit.styles.heading, width), "H2")
    return build.block(gap=kit.look.sizes.text * 1.5, keeps_with_next=True, base=base)


def _item(kit: Kit, label: str, text: str, width: float, base: str) -> Block:
    build = kit.builder()
    indent = kit.look.sizes.text * 2.4
    build.text(kit.setter.paragraph(label, kit.styles.strong, indent), "Lbl")
    build.y += build.text(kit.setter.paragraph(text, kit.styles.text, width - indent), "LBody", x=indent)
    return build.block(gap=kit.look.sizes.text * 0.35, base=base)
