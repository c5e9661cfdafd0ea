"""The kit: what every part of a printed quiz is set with - the look, the setter of text, the words, the styles."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.facts import Picture
from quizgen.language import Language
from quizgen.problems import Place, Problem, warning
from quizgen.write.pdf.blocks import ARTIFACT, Builder, box, circle
from quizgen.write.pdf.lines import Align, Setter, Style, baseline
from quizgen.write.pdf.look import Look
from quizgen.write.pdf.pictures import Image, read_picture


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
        lead = look.leading
        text = look.text
        return cls(
            text=Style(text, text * lead, ink=look.ink),
            strong=Style(text, text * lead, "bold", look.ink),
            small=Style(look.small, look.small * lead, ink=look.ink),
            quiet=Style(look.small, look.small * lead, ink=look.quiet),
            tiny=Style(look.tiny, look.tiny * lead, ink=look.quiet),
            tiny_right=Style(look.tiny, look.tiny * lead, ink=look.quiet, align=Align.RIGHT),
            title=Style(look.title, look.title * 1.2, "bold", look.ink),
            heading=Style(look.heading, look.heading * 1.25, "bold", look.ink),
            letter=Style(look.letter, look.marker, "bold", look.ink, Align.CENTRE),
            version=Style(look.title * 1.1, look.title * 1.25, "bold", look.ink, Align.CENTRE),
            label=Style(look.tiny, look.tiny * lead, ink=look.quiet, align=Align.CENTRE),
            marks=Style(look.small, text * lead, ink=look.quiet, align=Align.RIGHT),
        )


class Kit:
    """Look, setter, language and styles; and the few shapes that several parts draw."""

    def __init__(self, look: Look, setter: Setter, language: Language) -> None:
        self.look = look
        self.setter = setter
        self.language = language
        self.styles = Styles.of(look)
        self.problems: dict[Problem, None] = {}
        self._pictures: dict[int, Image | None] = {}

    def say(self, name: str, **holes: str) -> str:
        """A label of printed quizzes, in the deck's language."""
        return self.language.say(f"pdf.{name}", **holes)

    def marker(self, build: Builder, letter: str, role: str, *, x: float, y: float, square: bool = False) -> None:
        """A circle or a box with a letter in it, on the line of text whose top is at `y`."""
        size, look = self.look.marker, self.look
        top = y + (self.styles.text.leading - size) / 2
        shape = box(size, size, look.hairline, look.rule) if square else circle(size, look.hairline, look.rule)
        inside = self.setter.paragraph(letter, self.styles.letter, size)
        code = f"{shape}\nq 1 0 0 1 {inside.indent:.2f} 0 cm\n{inside.code}\nQ" if letter else shape
        build.shape(x, top, size, size, code, role if letter else ARTIFACT)

    def write_on(self, build: Builder, *, x: float, width: float, y: float) -> None:
        """A rule to write on."""
        build.rule(x, y, width, thickness=self.look.hairline, grey=self.look.rule)

    def blank_baseline(self) -> float:
        """How far below the top of a line of text a rule to write on lies."""
        return baseline(self.styles.text) + self.look.text * 0.22

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
