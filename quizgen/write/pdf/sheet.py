"""The sheet: one version of a quiz as the pages that a learner gets."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.compose import Section, Sheet
from quizgen.write.pdf.blocks import Block, Builder, box
from quizgen.write.pdf.flow import Page, Placed, fill
from quizgen.write.pdf.forms import Forms, shared_prompt
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.paper import Paper

WEIGHTS = {"name": 2.4, "class": 1.0, "date": 1.2, "marks": 1.0}  # shares of a row, by field
USUAL_WEIGHT = 1.6
SHORTEST = 9.0  # a field's rule, in sizes of text, at a weight of 1


def sheet_pages(kit: Kit, paper: Paper, sheet: Sheet, *, title: str, versions: int) -> list[Page]:
    """The pages of one version. `title` is the deck's; `versions` tells whether there are others."""
    room = paper.room(kit.look, columns=sheet.layout.columns)
    base = f"Sect:{sheet.version}"
    head = list(_head(kit, sheet, room.width, base, title=title))
    forms = Forms(kit, room.column, lines=sheet.layout.lines)
    body: list[Block] = []
    for number, section in enumerate(sheet.sections):
        body.extend(_section(kit, forms, section, room.column, f"{base}/Sect:{number}", versions=versions))
    pages = fill(head, body, room)
    number_pages(kit, paper, pages, sheet, "", base)
    return pages


def number_pages(kit: Kit, paper: Paper, pages: list[Page], sheet: Sheet, what: str, base: str) -> None:
    """Put the footer on each page: which form this is, its seed, what it is, and page x of y."""
    room = paper.room(kit.look)
    for number, page in enumerate(pages, 1):
        build = Builder()
        left = [sheet.form, kit.say("seed", seed=str(sheet.seed))]
        right = [kit.say("version", version=sheet.version), kit.say("page", page=str(number), pages=str(len(pages)))]
        if what:
            right.insert(0, what)
        half = room.width / 2
        first = kit.setter.paragraph(" · ".join(left), kit.styles.tiny, half)
        second = kit.setter.paragraph(" · ".join(right), kit.styles.tiny_right, half)
        build.text(first, "")
        build.text(second, "", x=half)
        build.y += max(first.height, second.height)
        page.placed.append(Placed(room.left, paper.footer(kit.look), build.block(base=base)))


def _head(kit: Kit, sheet: Sheet, width: float, base: str, *, title: str) -> Iterator[Block]:
    look, styles = kit.look, kit.styles
    bookmark = (0, kit.say("version", version=sheet.version))
    build = Builder()
    label = kit.setter.paragraph(kit.say("version-label"), styles.label, width)
    side = max(look.title * 2.1, label.width + look.tiny * 1.6)
    shown = kit.setter.paragraph(label_text(kit), styles.label, side)
    words = kit.setter.paragraph(sheet.title, styles.title, width - side - look.title)
    build.y += build.text(words, "H1")
    if title != sheet.title:
        build.y += build.text(kit.setter.paragraph(title, styles.quiet, width - side - look.title), "P:deck")
    left = width - side
    frame = box(side, side, 1.0, look.ink)
    build.shape(left, 0, side, side, frame)
    big = kit.setter.paragraph(sheet.version, styles.version, side)
    over = (side - shown.height - big.height) / 2
    build.text(shown, "P:version", x=left, y=over)
    build.text(big, "P:version", x=left, y=over + shown.height)
    build.y = max(build.y, side)
    yield build.block(base=base, bookmark=bookmark)
    yield from _fields(kit, sheet, width, base)
    rule = Builder()
    rule.rule(0, 0.5, width, thickness=0.8, grey=look.ink)
    rule.y = 1.0
    yield rule.block(gap=look.text * 1.1, base=base)
    if sheet.intro:
        intro = Builder()
        intro.y += intro.text(kit.setter.paragraph(sheet.intro, styles.text, width), "P:intro")
        yield intro.block(gap=look.text, base=base)


def label_text(kit: Kit) -> str:
    """The word over the version's letter."""
    return kit.say("version-label")


def _fields(kit: Kit, sheet: Sheet, width: float, base: str) -> Iterator[Block]:
    """Rows of fields to fill in, each with its label and a rule."""
    labels = kit.language.labels("pdf")
    style, size = kit.styles.text, kit.look.text
    known = [(labels.get(name, name), WEIGHTS.get(name, USUAL_WEIGHT), name == "marks") for name in sheet.layout.fields]
    needs = []
    for label, weight, marks in known:
        end = f" / {sheet.marks}" if marks else ""
        taken = kit.setter.natural_width(label, style) + kit.setter.natural_width(end, style) + size * 0.5
        needs.append((label, end, weight, taken, taken + SHORTEST * size * weight * (0.6 if marks else 1.0)))
    for number, row in enumerate(_rows(needs, width, size * 1.6)):
        build = Builder()
        free = width - sum(field[4] for field in row) - size * 1.6 * (len(row) - 1)
        weights = sum(field[2] for field in row)
        x = 0.0
        for label, end, weight, taken, need in row:
            wide = need + free * weight / weights
            words = kit.setter.paragraph(label, style, width)
            build.text(words, f"P:{label}", x=x)
            after = kit.setter.paragraph(end, style, width)
            start = x + words.width + size * 0.5
            kit.write_on(build, x=start, width=wide - taken, y=kit.blank_baseline())
            if end:
                build.text(after, f"P:{label}", x=x + wide - after.width)
            x += wide + size * 1.6
        build.y = style.leading
        yield build.block(gap=size * (1.5 if number else 1.8), base=base)


_Field = tuple[str, str, float, float, float]


def _rows(fields: list[_Field], width: float, between: float) -> Iterator[list[_Field]]:
    row: list[_Field] = []
    used = 0.0
    for field in fields:
        if row and used + between + field[4] > width:
            yield row
            row, used = [], 0.0
        used += field[4] + (between if row else 0.0)
        row.append(field)
    if row:
        yield row


def _section(kit: Kit, forms: Forms, section: Section, width: float, base: str, *, versions: int) -> Iterator[Block]:
    look, styles = kit.look, kit.styles
    gap = look.section_gap
    if section.heading:
        build = Builder()
        build.y += build.text(kit.setter.paragraph(section.heading, styles.heading, width), "H2")
        bookmark = (1, section.heading) if versions else None
        yield build.block(gap=gap, keeps_with_next=True, base=base, bookmark=bookmark)
        gap = look.heading_gap * 0.4
    prompt = shared_prompt([entry.question for entry in section.entries])
    said = " ".join(text for text in (section.instruction, prompt) if text)
    if said:
        build = Builder()
        build.y += build.text(kit.setter.paragraph(said, styles.text, width), "P")
        yield build.block(gap=gap, keeps_with_next=True, base=base)
    for entry in section.entries:
        block = forms.block(entry, f"{base}/L/LI:{entry.number}", without_prompt=prompt)
        yield block
