"""The sheet: one version of a quiz as the pages that a learner gets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.compose import Section, Sheet
from quizgen.write.pdf.blocks import ARTIFACT, Block, box
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.forms import Forms, shared_prompt
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Paragraph
from quizgen.write.pdf.paper import Paper

WEIGHTS = {"name": 2.4, "class": 1.0, "date": 1.0, "marks": 0.6}  # shares of a row, by field
USUAL_WEIGHT = 1.6
SHORTEST = 6.0  # a field's rule, in sizes of text, at a weight of 1


def sheet_pages(kit: Kit, paper: Paper, sheet: Sheet, *, title: str) -> list[Page]:
    """The pages of one version. `title` is the deck's."""
    room = paper.room(kit.look, columns=sheet.layout.columns)
    base = kit.section()
    head = list(_head(kit, sheet, room.width, base, title=title))
    forms = Forms(kit, room.column, lines=sheet.layout.lines)
    body: list[Block] = []
    for number, section in enumerate(sheet.sections):
        body.extend(_section(kit, forms, section, room.column, f"{base}/Sect:{number}"))
    pages = fill(head, body, room)
    number_pages(kit, paper, pages, sheet)
    return pages


def number_pages(kit: Kit, paper: Paper, pages: list[Page], sheet: Sheet, *, what: str = "") -> None:
    """Put the footer on each page: which form this is, its seed, what it is, and page x of y."""
    room = paper.room(kit.look)
    styles, most = kit.styles, room.width * 0.6
    space = kit.setter.natural_width("\u00a0", styles.tiny)
    told = " · ".join(text for text in (what, kit.say("version", version=sheet.version)) if text) + " ·"
    left = " · ".join((sheet.form, kit.say("seed", seed=str(sheet.seed))))
    first = kit.setter.paragraph(left, styles.tiny, room.width - most - kit.look.sizes.text)
    for number, page in enumerate(pages, 1):
        count = kit.setter.paragraph(kit.say("page", page=str(number), pages=str(len(pages))), styles.tiny, most)
        second = kit.setter.paragraph(told, styles.tiny_right, most - count.width - space)  # one for all pages
        build = kit.builder()
        build.text(first, ARTIFACT)
        build.text(second, ARTIFACT, x=room.width - most)
        build.text(count, ARTIFACT, x=room.width - count.width)
        build.y += max(first.height, second.height)
        page.placed.append(Placed(room.left, paper.footer(kit.look, build.y), build.block()))


def _head(kit: Kit, sheet: Sheet, width: float, base: str, *, title: str) -> Iterator[Block]:
    look, styles = kit.look, kit.styles
    bookmark = (0, kit.say("version", version=sheet.version))
    build = kit.builder()
    over = kit.say("version-label")
    side = max(look.sizes.title * 2.1, kit.setter.natural_width(over, styles.label) + look.sizes.tiny * 1.6)
    label = kit.setter.paragraph(over, styles.label, side)
    words = kit.setter.paragraph(sheet.title, styles.title, width - side - look.sizes.title)
    build.y += build.text(words, "H1")
    if title != sheet.title:
        build.y += build.text(kit.setter.paragraph(title, styles.quiet, width - side - look.sizes.title), "P:deck")
    left = width - side
    build.shape(box(side, side, 1.0, look.greys.ink), x=left, y=0)
    big = kit.setter.paragraph(sheet.version, styles.version, side)
    top = (side - label.height - big.height) / 2
    build.text(label, "P:version", x=left, y=top)
    build.text(big, "P:version", x=left, y=top + label.height)
    build.y = max(build.y, side)
    yield build.block(base=base, bookmark=bookmark)
    yield from _fields(kit, sheet, width, base)
    rule = kit.builder()
    rule.rule(0, 0.5, width, thickness=0.8, grey=look.greys.ink)
    rule.y = 1.0
    yield rule.block(gap=look.sizes.text * 1.1, base=base)
    if sheet.intro:
        intro = kit.builder()
        intro.y += intro.text(kit.setter.paragraph(sheet.intro, styles.text, width), "P:intro")
        yield intro.block(gap=look.sizes.text, base=base)


@dataclass(frozen=True, slots=True)
class _Field:
    """A label, a rule, and what stands after it; `need` is the least width of all three."""

    label: Paragraph
    end: Paragraph
    weight: float
    need: float


def _fields(kit: Kit, sheet: Sheet, width: float, base: str) -> Iterator[Block]:
    """Rows of fields to fill in, in columns."""
    size = kit.look.sizes.text
    between = size * 1.6
    fields = [_field(kit, name, sheet.marks, width) for name in sheet.layout.fields]
    columns = _columns(fields, width, between)
    for start in range(0, len(fields), len(columns) or 1):
        build = kit.builder()
        x = 0.0
        row = fields[start : start + len(columns)]
        for number, (field, wide) in enumerate(zip(row, columns, strict=False), start):
            build.text(field.label, f"P:field{number}", x=x)
            end = x + wide - field.end.width
            rule = x + field.label.width + size * 0.5
            kit.write_on(build, x=rule, width=end - rule, y=kit.styles.text.under)
            if field.end.width:
                build.text(field.end, f"P:field{number}", x=end)
            x += wide + between
        build.y = kit.styles.text.leading
        yield build.block(gap=size * (1.2 if start else 1.8), base=base)


def _field(kit: Kit, name: str, marks: int, width: float) -> _Field:
    """A field by the name of its label, or under the author's own words."""
    style, size = kit.styles.text, kit.look.sizes.text
    label = kit.setter.paragraph(kit.labels.get(name, name), style, width / 2)
    end = kit.setter.paragraph(f"\u00a0/ {marks}" if name == "marks" else "", style, width)
    weight = WEIGHTS.get(name, USUAL_WEIGHT)
    return _Field(label, end, weight, label.width + end.width + size * (0.5 + SHORTEST * weight))


def _columns(fields: list[_Field], width: float, between: float) -> list[float]:
    """The widths of as many columns as there is room for."""
    for count in range(len(fields), 0, -1):
        if count > 2 and len(fields) % count == 1:  # noqa: PLR2004 - no field alone in the last of several wide rows
            continue
        needs = [max(field.need for field in fields[i::count]) for i in range(count)]
        weights = [max(field.weight for field in fields[i::count]) for i in range(count)]
        free = width - sum(needs) - between * (count - 1)
        if free >= 0 or count == 1:
            return [need + free * weight / sum(weights) for need, weight in zip(needs, weights, strict=True)]
    return []


def _section(kit: Kit, forms: Forms, section: Section, width: float, base: str) -> Iterator[Block]:
    look, styles = kit.look, kit.styles
    gap = look.distances.sections
    if section.heading:
        build = kit.builder()
        build.y += build.text(kit.setter.paragraph(section.heading, styles.heading, width), "H2")
        bookmark = (1, section.heading)
        yield build.block(gap=gap, keeps_with_next=True, base=base, bookmark=bookmark)
        gap = look.distances.heading * 0.4
    prompt = shared_prompt([entry.question for entry in section.entries])
    heard = prompt == section.heading  # "True or false?" stands above already
    said = " ".join(text for text in (section.instruction, "" if heard else prompt) if text)
    if said:
        build = kit.builder()
        build.y += build.text(kit.setter.paragraph(said, styles.text, width), "P")
        yield build.block(gap=gap, keeps_with_next=True, base=base)
    for entry in section.entries:
        block = forms.block(entry, f"{base}/L/LI:{entry.number}", without_prompt=prompt)
        yield block
