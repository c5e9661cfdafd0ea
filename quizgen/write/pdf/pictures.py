"""Pictures: which of a deck's pictures the PDF can show, and how large they stand."""

from __future__ import annotations

import hashlib
import io
import struct
from dataclasses import dataclass

from PIL import ExifTags
from PIL.Image import Image as Pixels
from PIL.Image import Transpose
from PIL.Image import open as open_pixels
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


_TURNS = {  # what EXIF's orientation asks for (Exif 3.0, section 4.6.5)
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def _upright(data: bytes) -> Pixels | None:
    """The picture turned as its camera says it stands, as browsers show it; None where it stands so already."""
    with open_pixels(io.BytesIO(data)) as pixels:
        pixels.load()  # in a PNG this may stand at the end
        try:
            turn = _TURNS.get(pixels.getexif().get(ExifTags.Base.Orientation, 1))
        except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):  # damaged: browsers ignore it
            return None
        return pixels.transpose(turn) if turn else None


def read_picture(picture: Picture) -> Image | None:
    """The picture, ready to draw; None where its format cannot be drawn or it is no whole picture."""
    if picture.suffix not in DRAWN:
        return None
    try:
        reader = ImageReader(io.BytesIO(picture.data))
        width, height = reader.getSize()
        reader.getRGBData()  # type: ignore[no-untyped-call]  # a hole in the stubs
        upright = _upright(picture.data)
        if upright is not None:
            reader = ImageReader(upright)
            width, height = upright.size
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for broken files
        return None
    return Image(reader, hashlib.sha256(picture.data).hexdigest(), width, height)
