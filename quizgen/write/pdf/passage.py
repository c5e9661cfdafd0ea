"""Passage: cloze sentences that run as one text with numbered blanks, and answers in a box to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.compose import Section
from quizgen.questions import Cloze, Gap
from quizgen.write.pdf.blocks import Block, Shape, box
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Blank, Style
from quizgen.write.pdf.look import MM

BLANK = 36 * MM  # of each blank, so that none tells how long its answer is
USUAL = 10.5  # the size of text that this is for
WRITTEN = 0.82  # of the distance between lines to write on: lines of text stand nearly as far apart


def passage_block(kit: Kit, section: Section, width: float, base: str) -> Block:
    """All sentences of the section as one text; the number of a blank is that of its question."""
    text = kit.styles.text
    style = Style(text.size, max(text.leading, kit.look.distances.writing * WRITTEN), ink=text.ink)
    blank = min(BLANK * text.size / USUAL, width * 0.5)
    parts: list[str | Blank] = []
    for entry in section.entries:
        question = entry.question
        if not isinstance(question, Cloze):  # a recipe wants no others here
            continue
        kit.setter.place = question.about.place
        parts.append(" " if parts else "")
        for piece in question.pieces:
            if isinstance(piece, Gap):
                parts.append(Blank(blank, spoken=f"({entry.number}) ____", label=str(entry.number)))
            else:
                parts.append(piece)
    build = kit.builder()
    paragraph = kit.setter.paragraph(tuple(parts), style, width)
    build.y += build.text(paragraph, "P:passage", blanks=kit.say("field-blank"))
    for rule in paragraph.rules:  # the numbers, small, where the blanks begin; the blanks' own words name them too
        words = kit.setter.paragraph(rule.label, kit.styles.blank, blank)
        x = paragraph.width - rule.x - rule.width if kit.leftward else rule.x
        down = rule.line * style.leading + style.under - words.height
        build.shape(Shape(words.width, words.height, words.code), x=x + text.size * 0.1, y=down)
    return build.block(gap=kit.look.distances.questions, base=base)


def bank_block(kit: Kit, words: Sequence[str], width: float, base: str) -> Block:
    """The answers to choose from, in rows in a box."""
    size, style = kit.look.sizes.text, kit.styles.text
    pad, between = size * 0.9, size * 1.8
    room = width - 2 * pad
    rows: list[list[tuple[float, str]]] = [[]]
    x = 0.0
    for word in words:
        wide = min(kit.setter.natural_width(word, style) + 0.5, room)
        if rows[-1] and x + wide > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, word))
        x += wide + between
    build = kit.builder()
    build.y = pad * 0.7
    number = 0
    for row in rows:
        tallest = style.leading
        for x, word in row:
            paragraph = kit.setter.paragraph(word, style, room)
            tallest = max(tallest, build.text(paragraph, f"L:bank/LI:{number}/LBody", x=pad + x))
            number += 1
        build.y += tallest * 1.1
    build.y += pad * 0.6
    shapes, colours = kit.look.shapes, kit.look.colours
    frame = box(width, build.y, shapes.hairline, colours.rule, tint=colours.tint, corner=shapes.corner)
    build.behind(frame)
    return build.block(gap=kit.look.distances.heading, keeps_with_next=True, base=base)
