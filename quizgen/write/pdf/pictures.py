"""Pictures: which of a deck's pictures the PDF can show, and how large they stand."""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass
from typing import Any

from reportlab.lib.utils import ImageReader

from quizgen.facts import Picture

DRAWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A picture that reportlab can draw."""

    reader: ImageReader
    digest: str
    width: int
    height: int

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """Its size in points: at 150 pixels to the inch or less, no more than that wide and high."""
        scale = min(width / self.width, height / self.height, 72 / 110)
        return self.width * scale, self.height * scale


_ORIENTATION = 0x0112  # of EXIF (3.0, section 4.6.5): how the camera was held
_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # and by which of Pillow's transpositions it stands upright


def _upright(reader: ImageReader) -> ImageReader:
    """The picture turned as browsers show it; all of it has been read."""
    pixels: Any = reader._image  # type: ignore[attr-defined]  # noqa: SLF001 - Pillow's, by which reportlab reads
    try:
        turn = _TURNS.get(pixels.getexif().get(_ORIENTATION))
    except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):  # damaged: browsers ignore it
        return reader
    return reader if turn is None else ImageReader(pixels.transpose(turn))


def read_picture(picture: Picture) -> Image | None:
    """The picture, ready to draw; None where its format cannot be drawn or it is no whole picture."""
    if picture.suffix not in DRAWN:
        return None
    try:
        reader = ImageReader(io.BytesIO(picture.data))
        reader.getRGBData()  # type: ignore[no-untyped-call]  # a hole in the stubs
        reader = _upright(reader)
        width, height = reader.getSize()
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for broken files
        return None
    return Image(reader, hashlib.sha256(picture.data).hexdigest(), width, height)
