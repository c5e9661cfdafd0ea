"""The look of printed quizzes: sizes, distances, margins, greys, fonts. Looks are data: `templates/pdf/look.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field

MM = 72 / 25.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All lengths in points; greys from 0 (black) to 1 (white)."""

    # sizes of type
    text: float = 10.5
    small: float = 8.5
    tiny: float = 7.5
    title: float = 20.0
    heading: float = 13.0
    letter: float = 7.8  # in the circle or box of an option
    leading: float = 1.42  # height of a line of text, in its size

    # margins, on A4; narrower paper gets narrower ones
    side: float = 20 * MM
    top: float = 18 * MM
    bottom: float = 20 * MM
    column_gap: float = 10 * MM

    # distances
    question_gap: float = 15.0
    option_gap: float = 3.0
    section_gap: float = 24.0
    heading_gap: float = 9.0
    writing: float = 8.5 * MM  # between lines to write on

    # shapes
    marker: float = 13.5  # the circle or box around an option's letter
    hairline: float = 0.6
    picture: float = 55 * MM  # the greatest height of a picture

    # greys
    ink: float = 0.0
    quiet: float = 0.33
    rule: float = 0.45

    # fonts, in `templates/pdf/fonts/`
    weights: dict[str, str] = field(
        default_factory=lambda: {"regular": "NotoSans-Regular.ttf", "bold": "NotoSans-Bold.ttf"}
    )
    fallback: tuple[str, ...] = ("DejaVuSans.ttf", "NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")
