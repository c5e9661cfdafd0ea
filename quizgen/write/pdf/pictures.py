"""Pictures: which of a deck's pictures the PDF can show, and how large they stand."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

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


def read_picture(picture: Picture) -> Image | None:
    """The picture, ready to draw; None where its format cannot be drawn or it is no whole picture."""
    if picture.suffix not in DRAWN:
        return None
    try:
        reader = ImageReader(io.BytesIO(picture.data))
        width, height = reader.getSize()
        reader.getRGBData()  # type: ignore[no-untyped-call]  # a hole in the stubs
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for broken files
        return None
    return Image(reader, hashlib.sha256(picture.data).hexdigest(), width, height)
