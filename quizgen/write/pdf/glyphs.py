"""Glyphs: text becomes positioned glyphs, encoded for one document. Widths are in thousandths of the size."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import uharfbuzz

from quizgen.write.pdf.fonts import INVISIBLE, Document, Font, Fonts
from quizgen.write.pdf.look import Spacing
from quizgen.write.pdf.recent import Recent

STRETCHES = 16384  # that are kept to be used again
FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False}
_JOINERS = "\u200c\u200d"  # they matter to the shaper; other invisible characters do not
_ESCAPED = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {40: r"\(", 41: r"\)", 92: r"\\"}
_BYTES = [_ESCAPED.get(code, chr(code)) for code in range(256)]


@dataclass(frozen=True, slots=True)
class Show:
    """Operands of one TJ operator, to be shown in one font's subset, `rise` above the baseline."""

    font: str  # the name of the subset among the document's resources
    rise: float
    operands: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Encoded glyphs and their width; `missing` are the characters that no font draws."""

    shows: tuple[Show, ...]
    width: float
    missing: str = ""


def stand_in(char: str) -> str:
    """What is printed for a character that no font draws."""
    return f"[U+{ord(char):04X}]"


class Encoder:
    """Encodes text for one document, each stretch once; which code a glyph gets depends on what came before."""

    def __init__(self, fonts: Fonts, document: Document, spacing: Spacing | None = None) -> None:
        self._fonts = fonts
        self._document = document
        self._letters = spacing.letters * 1000 if spacing else 0.0
        self._words = spacing.words * 1000 if spacing else 0.0
        self._known: Recent[tuple[str, str, bool], Stretch] = Recent(STRETCHES)
        self._bytes: dict[tuple[Font, int], tuple[int, str]] = {}  # subset, and the byte as it stands in a string

    def encode(self, text: str, weight: str, *, leftward: bool = False) -> Stretch:
        """The text, without spaces to break at, as glyphs from left to right."""
        key = (text, weight, leftward)
        known = self._known.get(key)
        if known is None:
            known = self._encode(text, weight, leftward)
            self._known.put(key, known)
        return known

    def byte(self, font: Font, code: int) -> tuple[int, str]:
        """The subset of the font that has that code point, and its byte there, as it stands in a string."""
        known = self._bytes.get((font, code))
        if known is None:
            [(subset, encoded)] = font.splitString(chr(code), self._document)
            known = self._bytes[font, code] = (subset, _BYTES[encoded[0]])
        return known

    def name(self, font: Font, subset: int) -> str:
        """The name of a subset among the document's resources."""
        name: str = font.getSubsetInternalName(subset, self._document)
        return name

    def _encode(self, text: str, weight: str, leftward: bool) -> Stretch:  # noqa: FBT001 - private
        missing: list[str] = []
        runs = list(self._runs(text, weight, missing))
        if leftward:
            runs.reverse()
        shows: list[Show] = []
        width = 0.0
        for font, part in runs:
            advance = self._shape(font, part, shows, leftward)
            width += advance
        return Stretch(tuple(shows), width, "".join(missing))

    def _runs(self, text: str, weight: str, missing: list[str]) -> Iterator[tuple[Font, str]]:
        """The text in pieces of one font each, invisible characters left out."""
        font: Font | None = None
        part = ""
        for char in text:
            if ord(char) in INVISIBLE and char not in _JOINERS:
                continue
            found = self._fonts.pick(char, weight, font)
            shown = char
            if found is None:
                missing.append(char)
                found, shown = self._fonts.first(weight), stand_in(char)
            if font is not None and found is not font:
                yield font, part
                part = ""
            font, part = found, part + shown
        if font is not None and part:
            yield font, part

    def _shape(self, font: Font, text: str, shows: list[Show], leftward: bool) -> float:  # noqa: FBT001 - private
        """Add the glyphs of a run to `shows`; return how far they advance."""
        buffer = uharfbuzz.Buffer()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = uharfbuzz.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftward else "ltr"
        uharfbuzz.shape(font.shaper, buffer, FEATURES)
        infos = buffer.glyph_infos  # made anew whenever they are asked for
        clusters = [glyph.cluster for glyph in infos]
        after = dict(pairwise(sorted({*clusters, len(text)})))
        total = 0.0
        run = _Run(font, self, shows)
        told: set[int] = set()
        wider = self._wider(text, clusters)
        for glyph, position, more, start in zip(infos, buffer.glyph_positions, wider, clusters, strict=True):
            stands_for = "" if start in told else text[start : after[start]]
            told.add(start)
            advance = font.thousandths(position.x_advance) + more
            run.add(
                font.code(glyph.codepoint, stands_for),
                advance=advance,
                right=font.thousandths(position.x_offset),
                rise=font.thousandths(position.y_offset),
            )
            total += advance
        run.close()
        return total

    def _wider(self, text: str, clusters: Sequence[int]) -> list[float]:
        """What is added after each glyph: nothing inside a letter and its marks, nor where letters join."""
        if not self._letters and not self._words:
            return [0.0] * len(clusters)
        if any(_joins(char) for char in text):
            return [0.0] * len(clusters)
        leftward = len(clusters) > 1 and clusters[0] > clusters[-1]
        out = []
        for number, start in enumerate(clusters):
            if text[start] == " ":
                out.append(self._letters + self._words)
                continue
            last = number + 1 == len(clusters)
            near = start if leftward or last else clusters[number + 1]  # a mark stands before its letter, or after it
            inside = unicodedata.combining(text[near]) and (leftward or not last)
            out.append(0.0 if inside else self._letters)
        return out


def _joins(char: str) -> bool:
    """Whether a letter joins its neighbours: those of Arabic script do, and Syriac's, N'Ko's and Mongolian's."""
    return "\u0600" <= char <= "\u08ff" or "\u1800" <= char <= "\u18af" or "\ufb50" <= char <= "\ufefc"


class _Run:
    """Glyphs of one font on their way into operands."""

    def __init__(self, font: Font, encoder: Encoder, shows: list[Show]) -> None:
        self._font = font
        self._encoder = encoder
        self._shows = shows
        self._where: tuple[int, float] | None = None  # subset and rise of what is collected
        self._operands = ""
        self._open = False  # inside a string

    def add(self, code: int, *, advance: float, right: float, rise: float) -> None:
        """Add one glyph that stands `right` and `rise` from where the last advance led."""
        font = self._font
        subset, byte = self._encoder.byte(font, code)
        if (subset, rise) != self._where:
            self.close()
            self._where = (subset, rise)
        self._move(right)
        if not self._open:
            self._operands += "("
            self._open = True
        self._operands += byte
        self._move(advance - right - font.width(code))

    def close(self) -> None:
        """Hand over what is collected."""
        if self._where is not None and self._operands:
            subset, rise = self._where
            name = self._encoder.name(self._font, subset)
            self._shows.append(Show(name, rise, self._operands + (")" if self._open else "")))
        self._where, self._operands, self._open = None, "", False

    def _move(self, right: float) -> None:
        if abs(right) < 0.5:  # noqa: PLR2004 - half a thousandth is rounding
            return
        if self._open:
            self._operands += ")"
            self._open = False
        self._operands += f" {-right:.0f}"  # a space: a number may stand before it
