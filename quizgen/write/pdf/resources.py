"""Resources: fonts, pictures and shapes that pages name. Subsets of fonts and pictures are made by reportlab for us."""

from __future__ import annotations

from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFImageXObject
from reportlab.pdfbase.pdfdoc import format as formatted

from quizgen.write.pdf.blocks import Piece
from quizgen.write.pdf.pictures import Image
from quizgen.write.pdf.whole import Whole

rl_config.useA85 = 0  # streams as bytes, not as letters; reportlab has this for the whole process only


class _Numbers(dict[str, tuple[int, int]]):
    """The numbers of reportlab's objects: each has one of our file's as soon as something refers to it."""

    def __init__(self, whole: Whole) -> None:
        super().__init__()
        self._whole = whole
        self.waiting: list[str] = []

    def __missing__(self, name: str) -> tuple[int, int]:
        found = (self._whole.number(), 0)
        super().__setitem__(name, found)
        self.waiting.append(name)
        return found

    def __setitem__(self, name: str, number: tuple[int, int]) -> None:
        """The number that reportlab would give."""


class Resources:
    """The fonts, pictures and shapes of one file. Text is encoded for `document`."""

    def __init__(self) -> None:
        self.document = cast("Any", PDFDocument(dummyoutline=1, compression=1, invariant=1))  # the stubs know little
        self._pictures: dict[str, tuple[str, Any]] = {}
        self._shapes: dict[str, tuple[str, Piece]] = {}

    def picture(self, image: Image) -> str:
        """The name of the picture among the resources. It stands in the file once."""
        known = self._pictures.get(image.digest)
        if known is None:
            drawn: Any = PDFImageXObject(image.digest, image.reader, mask="auto")
            mask = getattr(drawn, "_smask", None)
            if mask is not None:
                drawn.smask = self.document.Reference(mask, f"mask-{image.digest}")
            self.document.Reference(drawn, f"picture-{image.digest}")
            known = self._pictures[image.digest] = (f"P{len(self._pictures)}", drawn)
        return known[0]

    def shape(self, piece: Piece) -> str:
        """The name of a drawing that stands in the file once, and many times on pages."""
        known = self._shapes.get(piece.code)
        if known is None:
            known = self._shapes[piece.code] = (f"S{len(self._shapes)}", piece)
        return known[0]

    def write(self, whole: Whole) -> bytes:
        """Add all of it to the file; the dictionary of resources."""
        document = self.document
        for font in document.delayedFonts:
            font.addObjects(document)
        numbers = document.idToObjectNumberAndVersion = _Numbers(whole)
        fonts = formatted(document.idToObject["BasicFonts"], document, toplevel=1)
        pictures = b"".join(
            b"/%b %b" % (name.encode(), formatted(document.Reference(drawn), document))
            for name, drawn in self._pictures.values()
        )
        while numbers.waiting:  # what is written may refer to more
            name = numbers.waiting.pop()
            whole.add(numbers[name][0], formatted(document.idToObject[name], document, toplevel=1).strip())
        return b"<</Font %b/XObject<<%b%b>>>>" % (fonts, pictures, self._written_shapes(whole))

    def _written_shapes(self, whole: Whole) -> bytes:
        named = []
        for name, piece in self._shapes.values():
            number = whole.number()
            box = b"0 %.2f %.2f 0" % (-piece.height, piece.width)
            whole.add_stream(number, piece.code.encode("latin-1"), b"/Type/XObject/Subtype/Form/BBox[%b]" % box)
            named.append(b"/%b %d 0 R" % (name.encode(), number))
        return b"".join(named)
