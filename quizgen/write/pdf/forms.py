"""Forms: each form of question as a block of a printed sheet."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import assert_never

from quizgen.compose import Entry
from quizgen.facts import Picture
from quizgen.questions import Choice, Cloze, Gap, Match, Numeric, Order, Question, Recall, Truth
from quizgen.write.pdf.blocks import Block, Builder, Field
from quizgen.write.pdf.kit import Kit, letter
from quizgen.write.pdf.lines import Blank, Paragraph
from quizgen.write.pdf.look import MM
from quizgen.write.pdf.scaled import draw_scaled, told_of

BODY = "LBody"
COLUMNS = (4, 2, 1)
COLUMNS_OF = {5: (3, 2, 1), 6: (3, 2, 1), 9: (3, 1)}  # by the number of options: none stands alone in a row
BLANKS = ((6, 26 * MM), (14, 42 * MM), (math.inf, 60 * MM))  # up to how many characters, how wide
USUAL = 10.5  # the size of text that those widths are for
MOST_LINES = 4
BESIDE = 34  # sizes of text: in a wider measure, true and false stand beside the statement
NARROW = 18  # sizes of text: in less, two columns to match stand one below the other
_DIGIT = re.compile(r"\d")


def shared_prompt(questions: Sequence[Question]) -> str:
    """The prompt that several true/false statements or cloze sentences have in common, to be said once; else ''."""
    prompts = {question.prompt if isinstance(question, Truth | Cloze) else "" for question in questions}
    return prompts.pop() if len(prompts) == 1 and len(questions) > 1 else ""


class Forms:
    """Sets the questions of sheets in a column of one width."""

    def __init__(self, kit: Kit, width: float, *, lines: bool, last: int) -> None:
        self._kit = kit
        self._lines = lines
        size = kit.look.sizes.text
        self._indent = kit.indent(last)  # of a question's text, after its number
        self._width = width - self._indent
        self._number_of = ""  # the question, for what is told of its fields
        self._step = kit.look.shapes.marker + size * 0.55  # of an option's text, after its letter

    def block(self, entry: Entry, base: str, *, without_prompt: str = "", drawn: bool = False) -> Block:
        """The question with its number and marks; `without_prompt` was already said above it.

        With `drawn`, an order stands on its scale.
        """
        kit, question = self._kit, entry.question
        kit.setter.place = question.about.place
        build = kit.builder()
        number = kit.number(entry.number, self._indent)
        self._number_of = str(entry.number)
        how = ("sheet", self._width, self._lines, entry.marks, without_prompt, drawn, entry.number * kit.fillable)
        part = kit.part(
            question, how, lambda own: self._question(own, question, entry.marks, without_prompt, drawn=drawn)
        )
        build.y += build.put(part, number)
        return build.block(gap=kit.look.distances.questions, base=base)

    def _question(
        self, build: Builder, question: Question, worth: int, without_prompt: str, *, drawn: bool = False
    ) -> None:
        """The question with room for its number, which is another in each version."""
        kit = self._kit
        kit.number_slot(build)
        marks = kit.setter.paragraph(self._marks(worth), kit.styles.marks, self._width)
        scale = question.scale if drawn and isinstance(question, Order) else None
        stem = question.prompt if scale is None else told_of(kit, scale)
        room = marks.width + kit.look.sizes.text if worth else 0.0
        beside = isinstance(question, Truth) and self._width > BESIDE * kit.look.sizes.text
        wide = self._verdicts_width() if beside else 0.0
        at = self._indent + self._width - room - wide
        room += wide + kit.look.sizes.text * 1.5 if beside else 0.0
        self._stem(build, question, stem, room, without_prompt)
        if beside:
            self._verdicts(build, x=at, y=0.0)
        if worth:
            build.text(marks, f"{BODY}/P:stem", x=self._indent, y=0.0)
        if question.about.picture is not None:
            self._picture(build, question)
        if scale is not None and isinstance(question, Order):
            self._scaled(build, question)
        elif not beside:
            self._answer(build, question)

    def _marks(self, marks: int) -> str:
        return self._kit.say("mark") if marks == 1 else self._kit.say("marks-of", marks=str(marks))

    def _stem(self, build: Builder, question: Question, stem: str, room: float, without_prompt: str) -> None:
        kit = self._kit
        said = stem == without_prompt
        before: tuple[str, ...] = () if said else (stem + " ",)
        parts: tuple[str | Blank, ...]
        match question:
            case Truth():
                parts = (*before, question.statement)
            case Cloze():
                parts = (*before, *self._sentence(question))
            case Recall() | Choice() | Numeric() | Match() | Order():
                parts = (stem,)
            case _:
                assert_never(question)
        paragraph = kit.setter.paragraph(parts, kit.styles.text, self._width - room)
        build.y += build.text(paragraph, f"{BODY}/P:stem", x=self._indent, blanks=self._told("answer"))
        if isinstance(question, Choice) and question.several and question.instruction:
            note = kit.setter.paragraph(question.instruction, kit.styles.quiet, self._width)
            build.y += build.text(note, f"{BODY}/P:note", x=self._indent)

    def _told(self, name: str, **holes: str) -> str:
        """What a screen reader says of a field of the question."""
        return self._kit.say(f"field-{name}", number=self._number_of, **holes)

    def _sentence(self, question: Cloze) -> tuple[str | Blank, ...]:
        """The sentence, with a blank in place of each gap; several blanks are numbered."""
        gaps = question.gaps
        parts: list[str | Blank] = []
        for piece in question.pieces:
            if not isinstance(piece, Gap):
                parts.append(piece)
                continue
            if len(gaps) > 1:
                parts.append(f"({gaps.index(piece) + 1})\u00a0")
            parts.append(Blank(self._blank(len(piece.answers[0]))))
        return tuple(parts)

    def _blank(self, characters: int) -> float:
        """The width of a blank: one of a few, so that it does not give the answer's length away."""
        width = next(width for most, width in BLANKS if characters <= most)
        return min(width * self._kit.look.sizes.text / USUAL, self._width * 0.6)

    def _picture(self, build: Builder, question: Question) -> None:
        kit, picture = self._kit, question.about.picture
        if picture is None:
            return
        build.y += kit.look.distances.options * 2
        image = kit.picture(picture, question.about.place)
        if image is not None:
            width, height = image.fitted(self._width * 0.7, kit.look.shapes.picture)
            build.picture(image, f"{BODY}/Figure", x=self._indent, width=width, height=height, alt=picture.alt)
            build.y += height
        else:
            self._described(build, picture)
        told = ((question.about.caption, kit.styles.small, "caption"), (picture.credit, kit.styles.tiny, "credit"))
        for text, style, role in told:
            if text:
                words = kit.setter.paragraph(text, style, self._width * 0.7)
                build.y += kit.look.sizes.tiny * 0.3
                build.y += build.text(words, f"{BODY}/P:{role}", x=self._indent)
        build.y += kit.look.distances.options

    def _described(self, build: Builder, picture: Picture) -> None:
        """What a picture shows that cannot be drawn, in its place."""
        kit = self._kit
        pad = kit.look.sizes.text * 0.6
        words = kit.setter.paragraph(picture.alt, kit.styles.quiet, self._width * 0.7 - 2 * pad)
        height = words.height + 2 * pad
        build.shape(kit.frame(words.width + 2 * pad, height), x=self._indent, y=build.y)
        build.text(words, f"{BODY}/P:picture", x=self._indent + pad, y=build.y + pad)
        build.y += height

    def _answer(self, build: Builder, question: Question) -> None:
        match question:
            case Choice():
                self._options(build, [option.text for option in question.options], square=question.several, marked=True)
            case Truth():
                build.y += self._kit.look.distances.options
                self._verdicts(build, x=self._indent, y=build.y)
                build.y += self._kit.styles.text.leading
            case Recall():
                self._writing(build, question.answers[0])
            case Numeric():
                self._number(build, question)
            case Match():
                self._match(build, question)
            case Order():
                self._order(build, question)
            case Cloze():
                build.y += self._kit.look.sizes.text * 0.3
            case _:
                assert_never(question)

    def _options(
        self, build: Builder, texts: Sequence[str], *, square: bool, name: str = "L", marked: bool = False
    ) -> None:
        """Options in as many columns as their length allows, row by row; `marked` are those that one picks."""
        kit, size = self._kit, self._kit.look.sizes.text
        need = max(kit.setter.natural_width(text, kit.styles.text) for text in texts) + self._step
        columns = next((n for n in COLUMNS_OF.get(len(texts), COLUMNS) if need + size <= self._width / n), 1)
        wide = self._width / columns
        room = wide - self._step - (size if columns > 1 else 0.0)
        build.y += kit.look.distances.options
        for start in range(0, len(texts), columns):
            tallest = 0.0
            for column, text in enumerate(texts[start : start + columns]):
                x = self._indent + column * wide
                role = f"{BODY}/{name}"
                tall = self._lettered(build, start + column, text, room, role, x=x, square=square)
                tallest = max(tallest, tall)
                if marked:
                    told = self._told("option", text=text)
                    self._mark(build, f"{role}/LI:{start + column}/LBody/Form", told, x=x, y=build.y, several=square)
            build.y += tallest + kit.look.distances.options

    def _mark(self, build: Builder, role: str, told: str, *, x: float, y: float, several: bool = False) -> None:
        """A field over the circle or the box of an option."""
        side = self._kit.look.shapes.marker
        top = y + (self._kit.styles.text.leading - side) / 2
        group = self._told("answer")
        given = Field("check", "option", told) if several else Field("radio", "answer", told, group)
        build.field(given, role, x=x, y=top, width=side, height=side)

    def _verdicts(self, build: Builder, *, x: float, y: float) -> None:
        """What to mark, true or false, on one line."""
        for number, words in enumerate(self._verdict_words()):
            role = f"{BODY}/L/LI:{number}"
            self._kit.marker(build, "", role, x=x, y=y)
            text = self._kit.say("true" if number == 0 else "false")
            self._mark(build, f"{role}/LBody/Form", self._told("option", text=text), x=x, y=y)
            build.text(words, f"{role}/LBody", x=x + self._step, y=y)
            x += self._step + words.width + self._kit.look.sizes.text * 1.5

    def _verdict_words(self) -> list[Paragraph]:
        kit = self._kit
        return [kit.setter.paragraph(kit.say(name), kit.styles.text, self._width) for name in ("true", "false")]

    def _verdicts_width(self) -> float:
        return sum(self._step + words.width for words in self._verdict_words()) + self._kit.look.sizes.text * 1.5

    def _writing(self, build: Builder, answer: str) -> None:
        if not self._lines:
            return
        kit = self._kit
        by_hand = len(answer) * kit.look.sizes.text * 0.75  # handwriting is wider than print
        short = by_hand < self._width * 0.4
        count = 1 if short else min(MOST_LINES, math.ceil(by_hand / self._width))
        width = self._width * (0.5 if short else 1.0)
        top = build.y + kit.look.distances.writing - kit.styles.text.size * 1.5
        for _ in range(count):
            build.y += kit.look.distances.writing
            kit.write_on(build, x=self._indent, width=width, y=build.y)
        given = Field("text" if count == 1 else "lines", "answer", self._told("answer"))
        build.field(given, f"{BODY}/Form", x=self._indent, y=top, width=width, height=build.y - top)
        build.y += kit.look.sizes.text * 0.4

    def _number(self, build: Builder, question: Numeric) -> None:
        """A rule to write a number on, with its unit where the answer has it: `$ ___`, `___ km`."""
        kit = self._kit
        width, space = self._blank(BLANKS[1][0]), kit.look.sizes.text * 0.6
        unit = kit.setter.paragraph(question.unit or "", kit.styles.text, self._width - width)
        before = _DIGIT.split(question.answers[0], maxsplit=1)[0]
        ahead = bool(question.unit) and f" {before}".endswith((f" {question.unit}", f" {question.unit} "))
        start = self._indent + (unit.width + space if ahead else 0.0)
        build.y += kit.look.distances.writing
        kit.write_on(build, x=start, width=width, y=build.y)
        given = Field("text", "answer", self._told("answer"))
        kit.write_in(build, given, f"{BODY}/Form", x=start, width=width, y=build.y)
        if question.unit:
            x = self._indent if ahead else start + width + space
            build.text(unit, f"{BODY}/P:unit", x=x, y=build.y - kit.styles.text.under)
        build.y += kit.look.sizes.text * 0.4

    def _match(self, build: Builder, question: Match) -> None:
        """Two columns side by side; in a narrow measure, one below the other."""
        kit, style, size = self._kit, self._kit.styles.text, self._kit.look.sizes.text
        first = size * 4.3  # a rule to write a letter on, and a number
        between = size * 2
        free = self._width - first - between - self._step
        left = max(kit.setter.natural_width(text, style) for text in question.left) + 1
        right = max(kit.setter.natural_width(text, style) for text in question.right) + 1
        build.y += kit.look.distances.options * 2
        if left + right > free and free < size * NARROW:
            for row, text in enumerate(question.left):
                build.y += self._numbered(build, row, text, self._width - first) + kit.look.distances.options
            self._options(build, question.right, square=False, name="L:right")
            return
        left, right = _shares(left, right, free)
        second = self._indent + first + left + between
        for row in range(max(len(question.left), len(question.right))):
            tall = size * 1.75
            if row < len(question.left):
                tall = max(tall, self._numbered(build, row, question.left[row], left))
            if row < len(question.right):
                text = question.right[row]
                tall = max(tall, self._lettered(build, row, text, right, f"{BODY}/L:right", x=second))
            build.y += tall + kit.look.distances.options

    def _numbered(self, build: Builder, row: int, text: str, width: float) -> float:
        """One thing to match, with a rule for the letter of its partner; returns its height."""
        kit, size = self._kit, self._kit.look.sizes.text
        role = f"{BODY}/L:left/LI:{row}"
        under = build.y + kit.styles.text.under
        kit.write_on(build, x=self._indent, width=size * 2.1, y=under)
        given = Field("letter", "letter", self._told("letter", text=text))
        kit.write_in(build, given, f"{role}/LBody/Form", x=self._indent, width=size * 2.1, y=under)
        build.text(
            kit.setter.paragraph(f"{row + 1}", kit.styles.strong, size * 1.7),
            f"{role}/Lbl",
            x=self._indent + size * 2.6,
        )
        return build.text(
            kit.setter.paragraph(text, kit.styles.text, width), f"{role}/LBody", x=self._indent + size * 4.3
        )

    def _lettered(
        self, build: Builder, number: int, text: str, width: float, name: str, *, x: float, square: bool = False
    ) -> float:
        """One option with its letter; returns its height."""
        kit = self._kit
        role = f"{name}/LI:{number}"
        kit.marker(build, letter(number), f"{role}/Lbl", x=x, y=build.y, square=square)
        return build.text(kit.setter.paragraph(text, kit.styles.text, width), f"{role}/LBody", x=x + self._step)

    def _order(self, build: Builder, question: Order) -> None:
        kit, style = self._kit, self._kit.styles.text
        size = kit.look.sizes.text
        square = size * 1.6
        build.y += kit.look.distances.options * 2
        for row, item in enumerate(question.shown):
            role = f"{BODY}/L/LI:{row}"
            top = build.y + (style.leading - square) / 2
            build.shape(kit.frame(square, square), x=self._indent, y=top)
            given = Field("letter", "place", self._told("place", text=question.items[item]))
            build.field(given, f"{role}/LBody/Form", x=self._indent, y=top, width=square, height=square)
            x = self._indent + square + size * 0.8
            build.text(kit.setter.paragraph(letter(row), kit.styles.strong, size * 1.6), f"{role}/Lbl", x=x)
            words = kit.setter.paragraph(question.items[item], style, self._width - square - size * 2.6)
            tall = build.text(words, f"{role}/LBody", x=x + size * 1.8)
            build.y += max(tall, square) + kit.look.distances.options * 2

    def _scaled(self, build: Builder, question: Order) -> None:
        """The order on its scale, and below it what belongs there, with letters."""
        kit = self._kit
        build.y += kit.look.distances.options * 2
        role = f"{BODY}/Figure"
        draw_scaled(kit, build, question, x=self._indent, width=self._width, role=role, told=self._told("box"))
        build.y += kit.look.distances.options * 2
        self._options(build, [question.items[item] for item in question.shown], square=False)


def _shares(left: float, right: float, free: float) -> tuple[float, float]:
    """Widths for two columns of which one would like `left` and the other `right`, in `free` points together."""
    if left + right <= free:
        return left, right
    smaller = min(left, right, free * 0.5)
    if smaller == left:
        return left, free - left
    if smaller == right:
        return free - right, right
    return free * 0.5, free * 0.5
