"""Passage: cloze sentences that run as one text with numbered blanks, and answers in a box to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.compose import Entry, Section
from quizgen.questions import Cloze, Gap
from quizgen.write.pdf.blocks import Block, Shape, box
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Blank, Style
from quizgen.write.pdf.look import MM

BLANK = 36 * MM  # of each blank, so that none tells how long its answer is
USUAL = 10.5  # the size of text that this is for
SENTENCES = 5  # of a paragraph, at most: a page may end between two
WRITTEN = 0.82  # of the distance between lines to write on: lines of text stand nearly as far apart


def passage_blocks(kit: Kit, section: Section, width: float, base: str) -> Iterator[Block]:
    """All sentences of the section as one text, a few to a paragraph; the number of a blank is that of its question."""
    text = kit.styles.text
    style = Style(text.size, max(text.leading, kit.look.distances.writing * WRITTEN), ink=text.ink)
    blank = min(BLANK * text.size / USUAL, width * 0.5)
    count = -(-len(section.entries) // SENTENCES)
    each = -(-len(section.entries) // max(count, 1))
    for start in range(0, len(section.entries), each or 1):
        parts: list[str | Blank] = []
        for entry in section.entries[start : start + each]:
            parts.extend(_sentence(kit, entry, blank, after=bool(parts)))
        paragraph = kit.setter.paragraph(tuple(parts), style, width)
        build = kit.builder()
        build.y += build.text(paragraph, f"P:passage{start}", blanks=kit.say("field-blank"))
        for rule in paragraph.rules:  # the numbers, small, where the blanks begin; the blanks' own words name them too
            words = kit.setter.paragraph(rule.label, kit.styles.blank, blank)
            x = paragraph.width - rule.x - rule.width if kit.leftward else rule.x
            down = rule.line * style.leading + style.under - words.height
            build.shape(Shape(words.width, words.height, words.code), x=x + text.size * 0.1, y=down)
        yield build.block(gap=kit.look.distances.questions * (0.6 if start else 1.0), base=base)


STOPS = (".", "!", "?", "…", "\u3002", "\uff01", "\uff1f", "\u061f", "\u06d4", ":", ";")
CLOSING = "\"'”’“»›)]\u300d\u300f\uff09"


def _sentence(kit: Kit, entry: Entry, blank: float, *, after: bool) -> Iterator[str | Blank]:
    question = entry.question
    if not isinstance(question, Cloze):  # a recipe wants no others here
        return
    kit.setter.place = question.about.place
    if after:
        yield " "
    for piece in question.pieces:
        if isinstance(piece, Gap):
            yield Blank(blank, spoken=f"({entry.number}) ____", label=str(entry.number))
        else:
            yield piece
    yield stop_after(question.pieces[-1])


def stop_after(last: str | Gap) -> str:
    """What is missing at the end of a sentence, for the next one follows on the same line; '' where it has its stop."""
    text = last.rstrip() if isinstance(last, str) else ""
    if text.rstrip(CLOSING).endswith(STOPS):
        return ""
    return "\u3002" if text and "\u2e80" <= text.rstrip(CLOSING)[-1:] <= "\uffef" else "."


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
