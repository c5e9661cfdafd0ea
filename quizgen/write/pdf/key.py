"""The key: one version's right answers, told in the letters and numbers that are printed on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from quizgen.compose import Entry, Sheet
from quizgen.questions import Choice, Cloze, Match, Numeric, Order, Question, Recall, Truth
from quizgen.write.pdf.blocks import Block, Builder
from quizgen.write.pdf.flow import Page, fill
from quizgen.write.pdf.kit import Kit, letter
from quizgen.write.pdf.lines import ENDLESS, Paragraph
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.scaled import draw_scaled
from quizgen.write.pdf.sheet import SCALED, number_pages, pupil_of

_SHORT = 12  # words of an answer at a glance, at most


def key_pages(kit: Kit, paper: Paper, sheet: Sheet, *, full: bool = True) -> list[Page]:
    """The pages of one version's key; `full` with reasons and sources."""
    room = paper.room(kit.look, columns=paper.columns(kit.look))
    base = kit.section()
    head = [*_head(kit, sheet, room.width, base), _strip(kit, sheet, room.width, base)]
    indent = kit.indent(sheet.last)
    body = [
        _row(kit, entry, room.column, indent, f"{base}/L/LI:{entry.number}", draw=section.draw, full=full)
        for section in sheet.sections
        if not section.on_cards
        for entry in section.entries
    ]
    pages = fill(head, body, room)
    number_pages(kit, paper, pages, sheet, what=kit.say("key"))
    return pages


def answer(kit: Kit, question: Question, *, draw: str = "") -> tuple[str, str]:
    """The answer to mark by, as short as can be, and what it says in words ('' where that is all)."""
    match question:
        case Choice():
            letters = " ".join(letter(i) for i in question.key)
            return letters, "; ".join(question.options[i].text for i in question.key)
        case Truth():
            return (kit.say("true"), "") if question.verdict else (kit.say("false"), question.correction)
        case Recall():
            return question.answers[0], _also(kit, question.answers)
        case Numeric():
            texts = (_also(kit, question.answers), _accepted(kit, question))
            return question.answers[0], " · ".join(text for text in texts if text)
        case Cloze():
            return _gaps(kit, question)
        case Match():
            pairs = sorted(question.pairs)
            return "  ".join(f"{left + 1}\u2009{letter(right)}" for left, right in pairs), ""
        case Order():
            return _scaled(kit, question, draw) if draw in SCALED else _order(kit, question)
        case _:
            assert_never(question)


def _gaps(kit: Kit, question: Cloze) -> tuple[str, str]:
    gaps = question.gaps
    if len(gaps) == 1:
        return gaps[0].answers[0], _also(kit, gaps[0].answers)
    return "; ".join(f"({i}) {gap.answers[0]}" for i, gap in enumerate(gaps, 1)), ""


def _order(kit: Kit, question: Order) -> tuple[str, str]:
    """The letters in the right order, and the numbers that belong in the boxes, from the top."""
    where = {item: row for row, item in enumerate(question.shown)}
    letters = " ".join(letter(where[item]) for item in range(len(question.items)))
    boxes = " ".join(str(item + 1) for item in question.shown)
    values = _valued((letter(where[item]) for item in range(len(question.items))), question.values)
    return letters, " · ".join(text for text in (kit.say("boxes", numbers=boxes), values) if text)


def _scaled(kit: Kit, question: Order, draw: str) -> tuple[str, str]:
    """The letters for the boxes of a scale, and which these are."""
    letters = [letter(question.shown.index(item)) for item in range(len(question.items))]
    values = _valued(letters, question.values)
    return " ".join(letters), f"{kit.say('boxes-from-start' if draw == 'timeline' else 'boxes-of-bars')} · {values}"


def _valued(letters: Iterable[str], values: Sequence[str]) -> str:
    """What each letter stands for, such as a date, which no end of a line tears apart."""
    kept = [f"{one} {value}".replace(" ", "\u00a0") for one, value in zip(letters, values, strict=True) if value]
    return "; ".join(kept)


def _accepted(kit: Kit, question: Numeric) -> str:
    """Which other numbers are right; '' where only the one is."""
    low, high = question.low, question.high
    if low == high:  # both open, or exact
        return ""
    if high is None:
        return kit.say("at-least", low=_number(low))
    if low is None:
        return kit.say("at-most", high=_number(high))
    return kit.say("within", low=_number(low), high=_number(high))


def _number(number: Decimal | None) -> str:
    """A number in digits, in groups of three with thin spaces from 10 000 on, as SI has it."""
    whole, point, rest = f"{number or 0:f}".partition(".")
    if len(whole.lstrip("-")) > 4:  # noqa: PLR2004 - four digits are read at a glance
        whole = f"{int(whole):,}".replace(",", "\u202f")
    return f"{whole}.{rest.rstrip('0')}" if point and rest.rstrip("0") else whole


def _also(kit: Kit, answers: tuple[str, ...]) -> str:
    return kit.say("also", answers="; ".join(answers[1:])) if answers[1:] else ""


def _explanations(kit: Kit, question: Question) -> Iterator[str]:
    """What may be told after answering: why wrong options are wrong, notes, denials, the source."""
    about = question.about
    match question:
        case Choice():
            wrong = [f"{letter(i)}: {option.why}" for i, option in enumerate(question.options) if option.why]
            yield " ".join(wrong)
        case Truth():
            yield question.why or ""
        case Recall() | Cloze() | Numeric() | Match() | Order():
            pass
        case _:
            assert_never(question)
    yield about.note or ""
    if about.picture and not about.caption:
        yield about.picture.caption
    if about.denied_by:
        yield kit.say("denied", by=about.denied_by)
    if about.source:
        yield kit.say("source", source=about.source)


def _head(kit: Kit, sheet: Sheet, width: float, base: str) -> Iterator[Block]:
    look, styles = kit.look, kit.styles
    title = f"{kit.say('key')} · {kit.say('version', version=sheet.version)}"
    of = " · ".join(text for text in (pupil_of(kit, sheet), sheet.title, sheet.form) if text)
    build = kit.builder()
    build.y += build.text(kit.setter.paragraph(title, styles.title, width), "H1")
    build.y += build.text(kit.setter.paragraph(of, styles.quiet, width), "P:sheet")
    build.y += look.sizes.text * 0.5
    build.rule(0, build.y, width, thickness=0.8, colour=look.colours.ink)
    build.y += look.sizes.text * 0.5
    yield build.block(base=base, bookmark=(0, title))


def _strip(kit: Kit, sheet: Sheet, width: float, base: str) -> Block:
    """All short answers at a glance, in rows to mark by; of fewer columns where more of the answers fit so."""
    size = kit.look.sizes.text
    label, between = kit.indent(sheet.last), size * 1.2
    cell = label + kit.setter.natural_width("M M M M", kit.styles.strong) + between
    most = max(1, int((width + between) / cell))
    wholes = [_short(kit, entry.question) for entry in sheet.entries]

    def dots(columns: int) -> int:
        room = (width + between) / columns - label - between
        return sum(whole.width > room for whole in wholes)

    least = max(min(most, 2), (most + 1) // 2)  # a name fits where a letter does not need the room
    columns = min(range(most, least - 1, -1), key=dots)
    wide = (width + between) / columns
    numbers = tuple(entry.number for entry in sheet.entries)

    def make(own: Builder) -> None:
        for start in range(0, len(numbers), columns):
            for column, number in enumerate(numbers[start : start + columns]):
                words = kit.setter.paragraph(f"{number}", kit.styles.text, label)
                own.text(words, f"LI:{number}/Lbl", x=column * wide)
                own.slot(f"LI:{number}/LBody", x=column * wide + label)
            own.y += kit.styles.text.leading * 1.1

    build = kit.builder()
    shorts = [_short(kit, entry.question, wide - label - between) for entry in sheet.entries]
    build.y += build.put(kit.part(None, ("strip", numbers, width, columns), make), *shorts, base="L:strip")
    build.y += size * 0.3
    build.rule(0, build.y, width, thickness=kit.look.shapes.hairline, colour=kit.look.colours.rule)
    return build.block(gap=size * 0.3, base=base)


def _short(kit: Kit, question: Question, width: float = ENDLESS) -> Paragraph:
    """The answer on one line; dots stand for the words that there is no room for, or for all of some letters."""

    def make() -> Paragraph:
        kit.setter.place = question.about.place
        style = kit.styles.strong
        whole = answer(kit, question)[0]
        words = whole.split(" ")[:_SHORT] if isinstance(question, Recall | Cloze | Numeric) else []
        cut = (" ".join(words[:count]) + " …" for count in range(len(words) - 1, 0, -1))
        fitting = next((text for text in (whole, *cut) if kit.setter.natural_width(text, style) <= width), "…")
        return kit.setter.paragraph(fitting, style, ENDLESS)

    return kit.once(question, ("short", width), make)


def _row(kit: Kit, entry: Entry, width: float, indent: float, base: str, *, draw: str, full: bool) -> Block:
    question, size = entry.question, kit.look.sizes.text
    kit.setter.place = question.about.place
    build = kit.builder()
    number = kit.setter.paragraph(f"{entry.number}", kit.styles.text, indent)
    build.y += build.put(
        kit.part(
            question,
            ("key", width, indent, draw, full),
            lambda own: _told(kit, own, question, width, indent, draw=draw, full=full),
        ),
        number,
    )
    return build.block(gap=size * 0.55, base=base)


def _told(kit: Kit, build: Builder, question: Question, width: float, indent: float, *, draw: str, full: bool) -> None:
    """A row, with room for its number."""
    build.slot("Lbl")
    styles, size = kit.styles, kit.look.sizes.text
    short, words = answer(kit, question, draw=draw)
    room = width - indent
    strong = kit.setter.paragraph(short, styles.strong, room)
    tall = build.text(strong, "LBody/P:answer", x=indent)
    after = strong.width + size
    if words:
        if len(strong.lines) == 1 and after < room * 0.6:
            rest = kit.setter.paragraph(words, styles.text, room - after)
            tall = max(tall, build.text(rest, "LBody/P:words", x=indent + after))
        else:
            rest = kit.setter.paragraph(words, styles.text, room)
            tall += build.text(rest, "LBody/P:words", x=indent, y=tall)
    build.y += tall
    if draw in SCALED and isinstance(question, Order):
        build.y += size * 0.6
        draw_scaled(kit, build, question, x=indent, width=room, role="LBody/Figure")
        build.y += size * 0.4
    more = " · ".join(text for text in _explanations(kit, question) if text) if full else ""
    if more:
        build.y += build.text(kit.setter.paragraph(more, styles.quiet, room), "LBody/P:more", x=indent)
