"""The kit: what every part of a printed quiz is set with - the look, the setter of text, the words, the styles."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

from quizgen.facts import Picture
from quizgen.language import Language
from quizgen.problems import Place, Problem, warning
from quizgen.write.pdf.blocks import Builder, Part, Shape, box, circle
from quizgen.write.pdf.lines import Align, Setter, Style
from quizgen.write.pdf.look import Look
from quizgen.write.pdf.pictures import Image, read_picture
from quizgen.write.pdf.recent import Recent

MADE = 8192  # things that are kept for other versions; a sheet of twenty choices has some hundreds
_T = TypeVar("_T")


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
    version: Style
    label: Style
    marks: Style

    @classmethod
    def of(cls, look: Look) -> Styles:
        """The styles that a look describes."""
        lead = look.sizes.leading
        text = look.sizes.text
        return cls(
            text=Style(text, text * lead, ink=look.greys.ink),
            strong=Style(text, text * lead, "bold", look.greys.ink),
            small=Style(look.sizes.small, look.sizes.small * lead, ink=look.greys.ink),
            quiet=Style(look.sizes.small, look.sizes.small * lead, ink=look.greys.quiet),
            tiny=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.greys.quiet),
            tiny_right=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.greys.quiet, align=Align.END),
            title=Style(look.sizes.title, look.sizes.title * 1.2, "bold", look.greys.ink),
            heading=Style(look.sizes.heading, look.sizes.heading * 1.25, "bold", look.greys.ink),
            letter=Style(look.sizes.letter, look.shapes.marker, "bold", look.greys.ink, Align.CENTRE),
            version=Style(look.sizes.title * 1.1, look.sizes.title * 1.25, "bold", look.greys.ink, Align.CENTRE),
            label=Style(look.sizes.tiny, look.sizes.tiny * lead, ink=look.greys.quiet, align=Align.CENTRE),
            marks=Style(look.sizes.small, text * lead, ink=look.greys.quiet, align=Align.END),
        )


class Kit:
    """Look, setter, language and styles; and the few shapes that several parts draw."""

    def __init__(self, look: Look, setter: Setter, language: Language) -> None:
        self.look = look
        self.setter = setter
        self.language = language
        self.leftward = language.direction == "rtl"
        self.styles = Styles.of(look)
        self.labels = language.labels("pdf")
        self.problems: dict[Problem, None] = {}
        self._markers: dict[bool, Shape] = {}
        self._pictures: dict[int, Image | None] = {}
        self._sections = 0
        self._made: Recent[tuple[int, Hashable], tuple[object, Any]] = Recent(MADE)

    def builder(self) -> Builder:
        """A builder for this language's direction."""
        return Builder(mirrored=self.leftward)

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
            size, thick, grey = self.look.shapes.marker, self.look.shapes.hairline, self.look.greys.rule
            known = self._markers[square] = box(size, size, thick, grey) if square else circle(size, thick, grey)
        top = y + (self.styles.text.leading - known.height) / 2
        build.shape(known, x=x, y=top)
        if letter:
            build.text(self.setter.paragraph(letter, self.styles.letter, known.width), role, x=x, y=top)

    def frame(self, width: float, height: float) -> Shape:
        """A rectangle in the look's lines."""
        return box(width, height, self.look.shapes.hairline, self.look.greys.rule)

    def write_on(self, build: Builder, *, x: float, width: float, y: float) -> None:
        """A rule to write on."""
        build.rule(x, y, width, thickness=self.look.shapes.hairline, grey=self.look.greys.rule)

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
