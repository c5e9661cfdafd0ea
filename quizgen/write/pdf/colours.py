"""Colours: a grey or a mixture of red, green and blue, as the operators of PDF that draw in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.ASCII | re.IGNORECASE)
_GREY = re.compile(r"0?\.\d+|[01](\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Colour:
    """One part from 0 (black) to 1 (white), or three: red, green, blue."""

    parts: tuple[float, ...]

    @property
    def fill(self) -> str:
        """Operators after which shapes and text are filled with it."""
        return f"{self._numbers} {'g' if len(self.parts) == 1 else 'rg'}"

    @property
    def stroke(self) -> str:
        """Operators after which lines are drawn in it."""
        return f"{self._numbers} {'G' if len(self.parts) == 1 else 'RG'}"

    @property
    def luminance(self) -> float:
        """How light it is, from 0 to 1 (WCAG 2.2, relative luminance)."""
        red, green, blue = self.parts * 3 if len(self.parts) == 1 else self.parts
        return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)

    @property
    def _numbers(self) -> str:
        return " ".join(f"{part:.4g}" for part in self.parts)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((one.luminance, other.luminance), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def read_colour(written: str) -> Colour | None:
    """The colour that is written as a grey (`0.33`) or as `#1f6f8b`; None for anything else."""
    found = _HEX.fullmatch(written.strip())
    if found:
        return Colour(tuple(round(int(part, 16) / 255, 4) for part in found.groups()))
    if _GREY.fullmatch(written.strip()) and float(written) <= 1:
        return Colour((float(written),))
    return None


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own numbers


BLACK = Colour((0.0,))
WHITE = Colour((1.0,))
