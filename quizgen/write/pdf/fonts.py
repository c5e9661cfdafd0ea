"""Fonts: TrueType faces for reportlab, which of them draws a character, and what each glyph stands for."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from quizgen.problems import Place, error, quoted
from quizgen.templates import Templates, Unusable
from quizgen.write.pdf.look import Faces

Document: TypeAlias = Any
"""reportlab's PDFDocument, of which the stubs know too little."""

MADE_UP = 0xF0000  # glyphs without a character of their own get code points of plane 15
INVISIBLE = frozenset(  # they steer how text is set, and have no shape of their own
    {0xAD, 0x34F, 0x61C, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)}
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0100, 0xE01F0))
)


class Font(TTFont):
    """A face that knows which characters it has, and tells readers of the PDF which text its glyphs stand for."""

    def __init__(self, name: str, data: bytes, face: int = 0) -> None:
        super().__init__(name, io.BytesIO(data), subfontIndex=face)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(data, face))
        self._glyphs: dict[int, int] = self.face.charToGlyph
        self._codes: dict[int, list[int]] = self.face.glyphToChar  # type: ignore[attr-defined]  # not in the stubs
        self._units = float(self.shaper.face.upem)
        self._usual = float(self.face.defaultWidth or 0)
        self._widths: dict[int, float] = self.face.charWidths
        self.covers = frozenset(self._glyphs)
        self._text: dict[int, str] = {}  # made-up code point -> the text of its glyph
        self._made_up: dict[tuple[int, str], int] = {}  # glyph and its text -> made-up code point

    def code(self, glyph: int, text: str) -> int:
        """The code point by which reportlab draws `glyph`, which stands for `text` here."""
        if len(text) == 1 and self._glyphs.get(ord(text)) == glyph:
            return ord(text)
        own = [code for code in self._codes.get(glyph, ()) if code in self.covers and not _is_shape(code)]
        if own and len(text) <= 1:
            return own[0]
        if (glyph, text) not in self._made_up:
            code = MADE_UP + len(self._made_up)
            self._made_up[glyph, text] = code
            self._text[code] = text
            self._glyphs[code] = glyph
            self._widths[code] = self.thousandths(self.shaper.get_glyph_h_advance(glyph))
        return self._made_up[glyph, text]

    def thousandths(self, units: float) -> float:
        """A length in the font's units, in thousandths of its size."""
        return units * 1000 / self._units

    def width(self, code: int) -> float:
        """How far the PDF advances after that code point, in thousandths of the size."""
        return self._widths.get(code, self._usual)

    def addObjects(self, doc: Document) -> None:  # noqa: N802 - as reportlab calls it
        """Add the font to the document, with a right map from glyphs to text in place of reportlab's own."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("latin-1")
            doc.idToObject["toUnicodeCMap:" + name].content = self._to_unicode(name, subset)

    def _to_unicode(self, name: str, subset: Sequence[int]) -> str:
        """A ToUnicode map (PDF 32000-1, 9.10.3): nothing for .notdef, UTF-16, at most 100 entries a block."""
        texts = [(i, self._text.get(code, chr(code))) for i, code in enumerate(subset) if code]
        entries = [f"<{i:02X}> <{text.encode('utf-16-be').hex().upper()}>" for i, text in texts if text]
        lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
        lines += ["/CIDSystemInfo", f"<< /Registry ({name})", f"/Ordering ({name})", "/Supplement 0", ">> def"]
        lines += [f"/CMapName /{name} def", "/CMapType 2 def"]
        lines += ["1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange"]
        for start in range(0, len(entries), 100):
            block = entries[start : start + 100]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@lru_cache(maxsize=32)
def _font(data: bytes, face: int) -> Font:
    """The font in that file. One object serves all documents: reportlab keeps the subsets of each apart."""
    font = Font(f"quizgen-{_font.cache_info().misses}", data, face)
    pdfmetrics.registerFont(font)
    return font


class Fonts:
    """The fonts of a look, in the order in which they are tried: that of a weight, the fallback, the system's."""

    def __init__(self, templates: Templates, faces: Faces, named: Callable[[str], Place]) -> None:
        self._templates = templates
        self._named = named  # where
        self._weights = {"regular": faces.regular, "bold": faces.bold, "heading": faces.heading or faces.bold}
        self._others = (*faces.fallback, *faces.system)
        self._loaded: dict[str, Font | None] = {}
        self.unusable: dict[str, str] = {}  # names of fonts that are there and cannot be used, and why

    def first(self, weight: str) -> Font:
        """The font that sets a weight's text wherever it can."""
        font = self._load(self._weights[weight])
        if font is None:
            name = self._weights[weight]
            says = f"the PDF cannot use the font {quoted(name)}: {self.unusable.get(name, 'there is no such file')}"
            raise Unusable(
                error(self._named(name), says, "Put a TrueType font with that name into templates/pdf/fonts/.")
            )
        return font

    def pick(self, char: str, weight: str, before: Font | None) -> Font | None:
        """The font that draws `char`; None if none does. Marks, spaces, digits stay with their neighbour's font."""
        code = ord(char)
        if before is not None and (code in INVISIBLE or (code in before.covers and _is_neutral(char))):
            return before
        first = self.first(weight)
        if code in first.covers or code in INVISIBLE:
            return first
        for name in self._others:
            font = self._load(name)
            if font is not None and code in font.covers:
                return font
        return None

    def _load(self, name: str) -> Font | None:
        if name not in self._loaded:
            self._loaded[name] = self._read(name)
        return self._loaded[name]

    def _read(self, name: str) -> Font | None:
        path = Path(name) if Path(name).is_absolute() else self._templates.path(f"pdf/fonts/{name}")
        if path is None:
            return None
        try:
            return _font(
                path.read_bytes(), 0
            )  # opened without a look before: a build hangs on a font that is missing too
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except (OSError, TTFError) as failure:  # TTFError is no OSError: not TrueType, or damaged
            self.unusable[name] = str(failure)
            return None


def _is_shape(code: int) -> bool:
    """Whether a code point stands for one shape of a letter, as those of Arabic do; text is told in letters."""
    return 0xFB1D <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC  # noqa: PLR2004 - the presentation forms


def _is_neutral(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "ZPMCS" or category == "Nd"
