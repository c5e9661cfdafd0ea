"""The kit: what every part of a printed quiz is set with - the look, the setter of text, the words, the styles."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from quizgen.facts import Picture
from quizgen.language import Language
from quizgen.problems import Place, Problem, warning
from quizgen.write.pdf.blocks import Builder, Field, Part, Shape, box, circle, disc
from quizgen.write.pdf.lines import Align, Paragraph, Setter, Style
from quizgen.write.pdf.look import Look
from quizgen.write.pdf.pictures import Image, read_picture
from quizgen.write.pdf.recent import Recent

MADE = 8192  # things that are kept for other versions; a sheet of twenty choices has some hundreds
_FOUR_DIGITS = 1_000  # the first number that needs more room than three digits do
_T = TypeVar("_T")


def letter(number: int) -> str:
    """A, B, ..., Z, AA, AB, ...: how options are told apart."""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Styles:
    """The styles of a look."""

    text: Style
    strong: Style
    small: Style
    quiet: Style
    tiny: Style
    tiny_right: Style
    title: Style
    heading: Style
    letter: Style
    card_source: Style
    blank: Style  # the number at the beginning of a blank
    on_disc: Style
    boxed: Style  # a letter that is written in a box
    cell: Style
    quiet_cell: Style
    of_row: Style  # what a row is of, after its number
    version: Style
    label: Style
    marks: Style

    @classmethod
    def of(cls, look: Look) -> Styles:
        """The styles that a look describes."""
        lead = look.sizes.leading
        text = look.sizes.text
        return cls(
            text=Style(text, text * lead, ink=look.colours.ink),
            strong=Style(text, text * lead, "bold", look.colours.ink),
            small=Style(look.sizes.small, look.sizes.small * lead, ink=look.colours.ink),
            quiet=Style(look.sizes.small, look.sizes.small * lead, ink=look.colours.quiet),
            tiny=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.colours.quiet),
            tiny_right=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.colours.quiet, align=Align.END),
            title=Style(look.sizes.title, look.sizes.title * 1.2, "heading", look.colours.accent),
            heading=Style(look.sizes.heading, look.sizes.heading * 1.25, "heading", look.colours.accent),
            letter=Style(look.sizes.letter, look.shapes.marker, "bold", look.colours.ink, Align.CENTRE),
            card_source=Style(look.sizes.tiny, look.sizes.tiny * 1.25, ink=look.colours.quiet, align=Align.CENTRE),
            blank=Style(text * 0.72, text * 0.95, "bold", look.colours.quiet),
            on_disc=Style(text * 0.88, min(look.shapes.disc, text * lead), "bold", look.colours.page, Align.CENTRE),
            boxed=Style(text, text * lead, "bold", look.colours.ink, Align.CENTRE),
            cell=Style(text, text * lead, ink=look.colours.ink, align=Align.CENTRE),
            quiet_cell=Style(look.sizes.small, text * lead, ink=look.colours.quiet, align=Align.CENTRE),
            of_row=Style(look.sizes.small, text * lead, ink=look.colours.quiet),
            version=Style(
                look.sizes.title * 1.1, look.sizes.title * 1.25, "heading", look.colours.accent, Align.CENTRE
            ),
            label=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.colours.quiet, align=Align.CENTRE),
            marks=Style(look.sizes.small, text * lead, ink=look.colours.quiet, align=Align.END),
        )


class Kit:
    """Look, setter, language and styles; and the few shapes that several parts draw."""

    def __init__(self, look: Look, setter: Setter, language: Language, *, fillable: bool = False) -> None:
        self.look = look
        self.fillable = fillable
        self.setter = setter
        self.language = language
        self.leftward = language.direction == "rtl"
        self.styles = Styles.of(look)
        self.titles = [replace(self.styles.title, size=self.styles.title.size * part) for part in (1.0, 0.92, 0.84)]
        self.footers = [replace(self.styles.tiny, size=self.styles.tiny.size * part) for part in (1.0, 0.8, 0.65)]
        self.labels = language.labels("pdf")
        self.problems: dict[Problem, None] = {}
        self._centred: dict[tuple[float, str], Style] = {}
        self._markers: dict[bool, Shape] = {}
        self._pictures: dict[int, Image | None] = {}
        self._sections = 0
        self._made: Recent[tuple[int, Hashable], tuple[object, Any]] = Recent(MADE)

    def centred(self, size: float, *, weight: str = "regular") -> Style:
        """The style of text in the middle of its width, so many times as large as usual."""
        known = self._centred.get((size, weight))
        if known is None:
            text = self.look.sizes.text * size
            leading = text * min(self.look.sizes.leading, 1.42)
            known = self._centred[size, weight] = Style(text, leading, weight, self.look.colours.ink, Align.CENTRE)
        return known

    def builder(self) -> Builder:
        """A builder for this language's direction."""
        return Builder(mirrored=self.leftward, fillable=self.fillable)

    def once(self, thing: object, how: Hashable, make: Callable[[], _T]) -> _T:
        """What `make` makes of a thing in a certain way: made once, for all versions that have it."""
        key = (id(thing), how)
        known = self._made.get(key)
        if known is None:
            known = (thing, make())  # with the thing, so that no other gets its identity
            self._made.put(key, known)
        made: _T = known[1]
        return made

    def part(self, thing: object, how: Hashable, make: Callable[[Builder], None]) -> Part:
        """What `make` builds of a thing in a certain way: built once, to stand in all versions that have it."""

        def built() -> Part:
            build = self.builder()
            make(build)
            return build.part()

        return self.once(thing, how, built)

    def alike(self, how: Hashable, make: Callable[[Builder], None], *fills: Paragraph) -> Builder:
        """A builder with what `make` builds, and these texts in its slots: built once for all that is alike that way.

        Its pieces must have an element of their own each below the block's, or be passed over.
        """
        build = self.builder()
        build.y += build.put(self.part(None, how, make), *fills, own=False)
        return build

    def section(self) -> str:
        """The path of a new section of the document: a sheet, or a key."""
        self._sections += 1
        return f"Sect:{self._sections}"

    def say(self, name: str, **holes: str) -> str:
        """A label of printed quizzes, in the deck's language."""
        return self.language.say(f"pdf.{name}", **holes)

    def marker(self, build: Builder, letter: str, role: str, *, x: float, y: float, square: bool = False) -> None:
        """A circle or a box with a letter in it, on the line of text whose top is at `y`."""
        known = self._markers.get(square)
        if known is None:
            size, thick, colour = self.look.shapes.marker, self.look.shapes.hairline, self.look.colours.rule
            corner = self.look.shapes.corner / 2
            shape = box(size, size, thick, colour, corner=corner) if square else circle(size, thick, colour)
            known = self._markers[square] = shape
        top = y + (self.styles.text.leading - known.height) / 2
        build.shape(known, x=x, y=top)
        if letter:
            build.text(self.setter.paragraph(letter, self.styles.letter, known.width), role, x=x, y=top)

    def indent(self, last: int) -> float:
        """How far from the beginning of their numbers questions stand, up to the number of the last of them."""
        usual = self.look.sizes.text * 2.2
        if last < _FOUR_DIGITS:
            return usual
        widest = self.setter.natural_width("8" * len(str(last)) + ".", self.styles.strong)
        return max(usual, widest + self.look.sizes.text * 0.4)

    def number_slot(self, build: Builder) -> None:
        """Room for the number of a question, on a disc where the look has one."""
        size = min(self.look.shapes.disc, self.styles.text.leading)
        y = (self.styles.text.leading - size) / 2 if size else 0.0
        if size:
            build.shape(disc(size, self.look.colours.accent), x=0.0, y=y)
        build.slot("Lbl", y=y)

    def number(self, number: int, width: float) -> Paragraph:
        """The number of a question, as it stands in that room."""
        size = min(self.look.shapes.disc, self.styles.text.leading)
        if size:
            style = self.styles.on_disc
            wide = self.setter.natural_width(f"{number}", style)
            if wide > size:
                style = replace(style, size=style.size * 0.85 * size / wide)
            return self.setter.paragraph(f"{number}", style, size)
        return self.setter.paragraph(f"{number}.", self.styles.strong, width)

    def write_in(self, build: Builder, given: Field, role: str, *, x: float, width: float, y: float) -> None:
        """A field of one line on a rule at `y`."""
        high = min(self.styles.text.size * 1.5, y)  # and no higher than where the block begins
        build.field(given, role, x=x, y=y - high, width=width, height=high)

    def frame(self, width: float, height: float) -> Shape:
        """A rectangle in the look's lines."""
        shapes = self.look.shapes
        return box(width, height, shapes.hairline, self.look.colours.rule, corner=shapes.corner)

    def write_on(self, build: Builder, *, x: float, width: float, y: float) -> None:
        """A rule to write on."""
        build.rule(x, y, width, thickness=self.look.shapes.hairline, colour=self.look.colours.rule)

    def picture(self, picture: Picture, place: Place) -> Image | None:
        """The picture, ready to draw; None, with a warning at `place`, where it cannot be."""
        key = id(picture.data)
        if key not in self._pictures:
            image = self._pictures[key] = read_picture(picture)
            if image is None:
                says = f"the PDF cannot show the picture '{picture.path.name}'; its description stands in its place"
                remedy = "Save it as PNG or JPEG." if picture.suffix == ".svg" else "Save it again, as PNG or JPEG."
                self.problems[warning(place, says, remedy, rule="picture")] = None
        return self._pictures[key]
