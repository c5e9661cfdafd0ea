"""Drawing: laid-out pages become the bytes of a PDF file, with outline, metadata and tags."""

from __future__ import annotations

import io
from typing import Any, cast

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas

from quizgen.write.pdf.flow import Page
from quizgen.write.pdf.fonts import Font
from quizgen.write.pdf.pictures import Image
from quizgen.write.pdf.tags import Structure, metadata
from quizgen.write.pdf.whole import Whole

rl_config.useA85 = 0  # streams as bytes, not as letters; reportlab has this for the whole process only
TAGGED = (1, 7)  # the version of PDF that PDF/UA-1 builds on


class Drawing:
    """One PDF file in the making. Text must be encoded for `document` before its pages are added."""

    def __init__(
        self, size: tuple[float, float], *, title: str, subject: str, language: str, font: Font, leftward: bool
    ) -> None:
        self._bytes = io.BytesIO()
        self._width, self._height = size
        self._leftward = leftward
        canvas = Canvas(
            self._bytes,
            pagesize=size,
            pageCompression=1,
            invariant=1,
            pdfVersion=TAGGED,
            lang=language,
            initialFontName=font.fontName,  # type: ignore[arg-type]  # the stubs are wrong
        )
        self._canvas = cast("Any", canvas)  # the stubs lack what we must look into
        self._title, self._language = title, language
        self._canvas.setTitle(title)
        self._canvas.setSubject(subject)
        self._canvas.setAuthor("")
        self._canvas.setCreator("quizgen")
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._structure = Structure()
        self._bookmarks = 0
        self._pictures: dict[str, str] = {}
        self.document = self._canvas._doc  # noqa: SLF001 - fonts are encoded per document

    def add(self, page: Page) -> None:
        """Draw one page."""
        canvas, structure, height = self._canvas, self._structure, self._height
        structure.begin_page()
        code: list[str] = []
        for placed in page.placed:
            block = placed.block
            if block.bookmark is not None:
                self._bookmark(*block.bookmark, top=height - placed.y)
            for piece in block.pieces:
                if piece.role:
                    path = f"{block.base}/{piece.role}" if block.base else piece.role
                    tag, mark = structure.mark(path, piece.alt)
                    code.append(f"/{tag} <</MCID {mark}>> BDC")
                else:
                    code.append("/Artifact BMC")
                x, y = placed.x + piece.x, height - placed.y - piece.y
                if self._leftward:
                    x = self._width - x - piece.width
                if piece.picture is None:
                    code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm\n{piece.code}\nQ EMC")
                    continue
                code.append(f"q {piece.width:.2f} 0 0 {piece.height:.2f} {x:.2f} {y - piece.height:.2f} cm")
                canvas.addLiteral("\n".join(code))
                self._show(piece.picture)
                code = ["Q EMC"]
        canvas.addLiteral("\n".join(code))
        canvas.showPage()

    def finish(self) -> bytes:
        """The file."""
        document = self.document
        for number, page in enumerate(document.Pages.pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # reportlab writes what this names
            page.StructParents, page.Tabs = number, PDFName("S")
        self._canvas.save()
        written = self._bytes.getvalue()
        numbers = {name: number for name, (number, _) in document.idToObjectNumberAndVersion.items()}
        offsets = {numbers[name]: offset for name, offset in document.idToOffset.items()}
        whole = Whole(written, offsets)
        tree = self._structure.write(whole, [_number(page, numbers) for page in document.Pages.pages])
        [told, root] = whole.numbers(2)
        whole.add(told, metadata(self._title, self._language))
        start = offsets[_number(document.Catalog, numbers)]
        catalog = written[written.index(b"<<", start) + 2 : written.index(b"endobj", start)]
        more = f"<</StructTreeRoot {tree} 0 R /MarkInfo <</Marked true>> /Metadata {told} 0 R".encode()
        whole.add(root, more + catalog.rstrip())
        identity = document.ID().decode("latin-1").partition("%")[0].strip()
        return whole.finished(root=root, info=_number(document.info, numbers), identity=identity)

    def _show(self, image: Image) -> None:
        """Draw the picture in the unit square. It stands in the file once."""
        name = self._pictures.get(image.digest)
        if name is None:
            self._canvas.drawImage(image.reader, 0, 0, 1, 1, mask="auto")
            self._pictures[image.digest] = self._canvas._formsinuse[-1]  # noqa: SLF001 - drawImage tells no name
        else:
            self._canvas.doForm(name)

    def _bookmark(self, level: int, title: str, *, top: float) -> None:
        self._bookmarks += 1
        key = f"b{self._bookmarks}"
        self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=top, zoom=0)
        self._canvas.addOutlineEntry(title, key, level, closed=level == 0)


def _number(drawn: Any, numbers: dict[str, int]) -> int:  # noqa: ANN401 - an object of reportlab's
    """The number that an object has in the file."""
    return numbers[drawn.__InternalName__]
