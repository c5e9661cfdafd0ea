"""The sheet: one version of a quiz as the pages that a learner gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, pairwise

from quizgen.compose import Section, Sheet
from quizgen.compose.header import Header
from quizgen.problems import Place
from quizgen.write.pdf.blocks import ARTIFACT, Block, Builder, Field, Part, box, panel
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.forms import USUAL, Forms, shared_prompt
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Paragraph
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.passage import bank_block, passage_blocks

WEIGHTS = {"name": 2.4, "class": 1.0, "date": 1.0, "marks": 0.6}  # shares of a row, by field
USUAL_WEIGHT = 1.6
SCALED = ("timeline", "bars")  # how a section may be drawn that has orders on their scales
_ANY_WAY = 8  # fields that are put into rows in every way that there is
SHORTEST = 6.0  # a field's rule, in sizes of text, at a weight of 1


def sheet_pages(kit: Kit, paper: Paper, sheet: Sheet, *, title: str) -> list[Page]:
    """The pages of one version. `title` is the deck's."""
    room = paper.room(kit.look, columns=paper.columns(kit.look, sheet.layout.columns))
    base = kit.section()
    head = list(head_blocks(kit, sheet, room.width, base, title=title))
    forms = Forms(kit, room.column, lines=sheet.layout.lines, last=sheet.last)
    body: list[Block] = []
    for number, section in enumerate(sheet.sections):
        if not section.on_cards:
            body.extend(_section(kit, forms, section, room.column, f"{base}/Sect:{number}"))
    pages = fill(head, body, room) if body else []
    number_pages(kit, paper, pages, sheet)
    return pages


def number_pages(kit: Kit, paper: Paper, pages: list[Page], sheet: Sheet, *, what: str = "") -> None:
    """Put the footer on each page of one version, or of its key."""
    told = [text for text in (what, pupil_of(kit, sheet), kit.say("version", version=sheet.version)) if text]
    pages[:] = footers(kit, paper, pages, sheet, form=sheet.form, told=told, count=len(pages))


def footers(
    kit: Kit, paper: Paper, pages: Iterable[Page], sheet: Sheet, *, form: str, told: Sequence[str], count: int
) -> Iterator[Page]:
    """These pages with their footers: which form this is, its seed and deck, what is told of it, page x of y."""
    room, size, setter = paper.room(kit.look), kit.look.sizes.text, kit.setter
    start, end = kit.styles.tiny, kit.styles.tiny_right
    which = [form, kit.say("seed", seed=str(sheet.seed))]
    if sheet.deck_version:
        which.append(kit.say("deck-version", version=sheet.deck_version))
    left, right = " · ".join(which), " · ".join(told) + " ·"
    space = setter.natural_width("\u00a0", end)
    widest = setter.paragraph(kit.say("page", page=str(count), pages=str(count)), end, room.width).width
    natural = setter.natural_width(left, start) + size + setter.natural_width(right, end) + widest + 2 * space
    for number, page in enumerate(pages, 1):
        which_page = kit.say("page", page=str(number), pages=str(count))
        if natural <= room.width:
            last = setter.paragraph(which_page, end, room.width)
            first, second = (
                setter.paragraph(left, start, room.width),
                setter.paragraph(right, end, room.width - last.width - space),
            )
            build = kit.alike("footer", _footer, first, second, last)
            build.y = first.height
        else:
            first, second = _on_one_line(kit, left, room.width), _on_one_line(kit, f"{right} {which_page}", room.width)
            build = kit.alike(("footer", first.height), partial(_footer_below, first.height), first, second)
            build.y = first.height + second.height
        page.placed.append(Placed(room.left, paper.footer(kit.look, build.y), build.block()))
        yield page


def _on_one_line(kit: Kit, text: str, width: float) -> Paragraph:
    """A line of a footer, smaller where it would not fit."""
    lines = [kit.setter.paragraph(text, style, width) for style in kit.footers]
    return next((words for words in lines if len(words.lines) == 1), lines[-1])


def _footer(build: Builder) -> None:
    """Room for what stands at the left and at the right."""
    for _ in range(3):
        build.slot(ARTIFACT)


def _footer_below(height: float, build: Builder) -> None:
    """Room for what stands on two lines, on narrow paper."""
    build.slot(ARTIFACT)
    build.slot(ARTIFACT, y=height)


def pupil_of(kit: Kit, sheet: Sheet) -> str:
    """Whose sheet it is ('' if nobody's), about to be set: what no font can draw of it is told where it was read."""
    if sheet.pupil is None:
        return ""
    if sheet.pupil.place.file:
        kit.setter.place = sheet.pupil.place
    return sheet.pupil.name


def head_blocks(kit: Kit, sheet: Sheet, width: float, base: str, *, title: str) -> Iterator[Block]:
    """The head of a sheet: school, title, version, fields, what is to be done. `title` stands below its own."""
    look, styles = kit.look, kit.styles
    bookmark = (0, kit.say("version", version=sheet.version))
    yield from _school(kit, sheet.header, width, base)
    side = max(
        look.sizes.title * 2.1, kit.setter.natural_width(kit.say("version-label"), styles.label) + look.sizes.tiny * 1.6
    )
    big = kit.setter.paragraph(sheet.version, styles.version, side)

    def over(build: Builder) -> None:
        _title(kit, build, sheet.title, title, width, side=side, tall=big.height)

    build = kit.alike(("title", sheet.title, title, width, big.height), over, big)
    yield build.block(base=base, bookmark=bookmark)
    pupil_of(kit, sheet)
    yield from _fields(kit, sheet, width, base)
    yield kit.alike(("rule", width), lambda build: _rule(kit, build, width)).block(gap=look.sizes.text * 1.1, base=base)
    if sheet.intro:
        yield said(kit, sheet.intro, "P:intro", width).block(gap=look.sizes.text, base=base)


def _title(kit: Kit, build: Builder, text: str, deck: str, width: float, *, side: float, tall: float) -> None:
    """The title, and below it the deck's; beside it a box for the version, which is that high."""
    look, styles = kit.look, kit.styles
    words = title_in(kit, text, width - side - look.sizes.title)
    build.y += build.text(words, "H1")
    if deck not in text:
        build.y += build.text(kit.setter.paragraph(deck, styles.quiet, width - side - look.sizes.title), "P:deck")
    left = width - side
    build.shape(box(side, side, 1.0, look.colours.accent, corner=look.shapes.corner), x=left, y=0)
    label = kit.setter.paragraph(kit.say("version-label"), styles.label, side)
    top = (side - label.height - tall) / 2
    build.text(label, "P:version", x=left, y=top)
    build.slot("P:version", x=left, y=top + label.height)
    build.y = max(build.y, side)


def _rule(kit: Kit, build: Builder, width: float) -> None:
    """The rule below the head."""
    build.rule(0, 0.5, width, thickness=0.8, colour=kit.look.colours.accent)
    build.y = 1.0


def said(kit: Kit, text: str, role: str, width: float) -> Builder:
    """A text for the learner, over the whole width."""

    def make(build: Builder) -> None:
        build.y += build.text(kit.setter.paragraph(text, kit.styles.text, width), role)

    return kit.alike(("said", text, role, width), make)


def title_in(kit: Kit, text: str, width: float) -> Paragraph:
    """The title on one line, if that can be without making it much smaller."""
    for style in kit.titles:
        words = kit.setter.paragraph(text, style, width)
        if len(words.lines) == 1:
            return words
    return kit.setter.paragraph(text, kit.styles.title, width)


def _school(kit: Kit, header: Header, width: float, base: str) -> Iterator[Block]:
    """The school's logo and name, side by side."""
    image = kit.picture(header.logo, Place(str(header.logo.path))) if header.logo else None
    if image is None and not header.school:
        return
    size = kit.look.sizes.text
    build = kit.builder()
    x = 0.0
    if image is not None and header.logo is not None:
        wide, high = image.fitted(width * 0.3, size * 3.6)
        build.picture(image, "Figure:logo", x=0.0, width=wide, height=high, alt=header.logo.alt)
        x, build.y = wide + size, high
    words = kit.setter.paragraph(header.school, kit.styles.strong, width - x)
    build.text(words, "P:school", x=x, y=max(0.0, (build.y - words.height) / 2))
    build.y = max(build.y, words.height) + size * 0.9
    yield build.block(base=base)


@dataclass(frozen=True, slots=True)
class _Field:
    """A label, a rule with what is printed on it, and what stands after it; `need` is the least width of all three."""

    label: Paragraph
    end: Paragraph
    filled: str
    weight: float
    need: float
    name: str
    told: str


def _fields(kit: Kit, sheet: Sheet, width: float, base: str) -> Iterator[Block]:
    """Rows of fields to fill in, in columns."""
    size = kit.look.sizes.text
    how = ("fields", sheet.layout.fields, sheet.header.filled, sheet.marks, width)
    for number, part in enumerate(kit.once(None, how, lambda: list(_field_rows(kit, sheet, width)))):
        build = kit.builder()
        build.y += build.put(part, own=False)
        yield build.block(gap=size * (1.2 if number else 1.8), base=base)


def _field_rows(kit: Kit, sheet: Sheet, width: float) -> Iterator[Part]:
    """Each row of fields."""
    size = kit.look.sizes.text
    between = size * 1.6
    filled = dict(sheet.header.filled)
    fields = [_field(kit, name, filled.get(name, ""), sheet.marks, width) for name in sheet.layout.fields]
    number = 0
    for row in _rows(fields, width, between):
        build = kit.builder()
        build.y = kit.styles.text.leading
        x = 0.0
        for field, wide in row:
            build.text(field.label, f"P:field{number}", x=x, y=0.0)
            end = x + wide - field.end.width
            rule = x + field.label.width + size * 0.5
            if field.filled:
                words = kit.setter.paragraph(field.filled, kit.styles.strong, end - rule)
                build.y = max(build.y, build.text(words, f"P:field{number}", x=rule, y=0.0))
            else:
                kit.write_on(build, x=rule, width=end - rule, y=kit.styles.text.under)
                given = Field("text", field.name, field.told)
                kit.write_in(build, given, f"Form:field{number}", x=rule, width=end - rule, y=kit.styles.text.under)
            if field.end.width:
                build.text(field.end, f"P:field{number}", x=end, y=0.0)
            x += wide + between
            number += 1
        yield build.part()


def _field(kit: Kit, name: str, filled: str, marks: int, width: float) -> _Field:
    """A field by the name of its label, or under the author's own words; `filled` is printed in it."""
    style, size = kit.styles.text, kit.look.sizes.text
    told = kit.labels.get(name, name)
    label = kit.setter.paragraph(told, style, width / 2)
    end = kit.setter.paragraph(f"\u00a0/ {marks}" if name == "marks" else "", style, width)
    weight = WEIGHTS.get(name, USUAL_WEIGHT)
    written = (size + USUAL) / 2  # by whoever reads large print: handwriting grows less
    space = max(written * SHORTEST * weight, kit.setter.natural_width(filled, kit.styles.strong) + 1 if filled else 0.0)
    return _Field(label, end, filled, weight, label.width + end.width + size * 0.5 + space, name, told)


def _rows(fields: Sequence[_Field], width: float, between: float) -> Iterator[list[tuple[_Field, float]]]:
    """The fields in as few rows as hold them, each with its width; rows of one length have their columns in line."""
    for count in range(1, len(fields) + 1):
        for lengths in _lengths(len(fields), count):
            starts = [sum(lengths[:i]) for i in range(count)]
            rows = [fields[start : start + length] for start, length in zip(starts, lengths, strict=True)]
            if max(lengths) == min(lengths):  # a grid
                rows = [list(column) for column in zip(*rows, strict=True)]
                needs = [max(field.need for field in column) for column in rows]
                weights = [max(field.weight for field in column) for column in rows]
                widths = _widths(needs, weights, width, between)
                if widths or count == len(fields):
                    yield from (list(zip(row, widths or [width], strict=True)) for row in zip(*rows, strict=True))
                    return
                continue
            wide = [_widths([f.need for f in row], [f.weight for f in row], width, between) for row in rows]
            if all(wide):
                yield from (list(zip(row, own, strict=True)) for row, own in zip(rows, wide, strict=True))
                return


def _lengths(fields: int, rows: int) -> Iterator[Sequence[int]]:
    """How many fields may stand in each row: as even as can be, the short one first or last; then in any other way."""
    long = -(-fields // rows)
    short = fields - long * (rows - 1)
    if short >= 1:
        yield from ([short] + [long] * (rows - 1), [long] * (rows - 1) + [short])
    if fields <= _ANY_WAY:
        ends = combinations(range(1, fields), rows - 1)
        ways = [[end - start for start, end in pairwise((0, *inner, fields))] for inner in ends]
        yield from sorted(ways, key=lambda lengths: (max(lengths) - min(lengths), lengths))


def _widths(needs: Sequence[float], weights: Sequence[float], width: float, between: float) -> list[float]:
    """Widths that fill a row, none less than is needed; nothing where there is no room for that."""
    free = width - sum(needs) - between * (len(needs) - 1)
    if free < 0:
        return []
    return [need + free * weight / sum(weights) for need, weight in zip(needs, weights, strict=True)]


def _section(kit: Kit, forms: Forms, section: Section, width: float, base: str) -> Iterator[Block]:
    look = kit.look
    gap = look.distances.sections
    if section.heading:
        yield _heading(kit, section.heading, width, base)
        gap = look.distances.heading * 0.4
    prompt = shared_prompt([entry.question for entry in section.entries])
    heard = prompt == section.heading or section.draw == "passage"  # "True or false?" stands above already
    told = " ".join(text for text in (section.instruction, "" if heard else prompt) if text)
    if told:
        yield said(kit, told, "P", width).block(gap=gap, keeps_with_next=True, base=base)
    if section.bank:
        yield bank_block(kit, section.bank, width, base)
    if section.draw == "passage":
        yield from passage_blocks(kit, section, width, base)
        return
    for entry in section.entries:
        item = f"{base}/L/LI:{entry.number}"
        yield forms.block(entry, item, without_prompt=prompt, drawn=section.draw in SCALED)


def _heading(kit: Kit, text: str, width: float, base: str) -> Block:
    """The heading of a section, on a band of tint where the look has one."""
    look = kit.look

    def make(build: Builder) -> None:
        band = build.y = look.shapes.band
        words = kit.setter.paragraph(text, kit.styles.heading, width - 2 * band)
        build.y += build.text(words, "H2", x=band * 2 if band else 0.0) + band
        if band:
            build.behind(panel(width, build.y, look.colours.tint, corner=look.shapes.corner))

    build = kit.alike(("heading", text, width), make)
    return build.block(gap=look.distances.sections, keeps_with_next=True, base=base, bookmark=(1, text))
