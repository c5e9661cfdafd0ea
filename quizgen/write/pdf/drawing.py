"""Drawing: laid-out pages become the bytes of a PDF file, with outline, metadata and tags.

A page is written when it is added: of what came before, only the tags of the version that is being drawn are held.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.write.pdf.blocks import Part, Piece, Placing
from quizgen.write.pdf.borrowed import Borrowed
from quizgen.write.pdf.flow import Page
from quizgen.write.pdf.holes import HOLE, Form
from quizgen.write.pdf.outline import Outline
from quizgen.write.pdf.tags import Shape, Structure, metadata
from quizgen.write.pdf.whole import Whole, text

IN_NODE = 64  # pages that one node of the tree of pages has below it


@dataclass(frozen=True, slots=True)
class Stamp:
    """A part as operators with holes for the numbers of its marks; and its elements, if any piece has one."""

    code: Form
    shape: Shape | None


class Drawing:
    """One PDF file in the making. Text must be encoded for `document` before its pages are added."""

    def __init__(self, size: tuple[float, float], *, title: str, subject: str, language: str, leftward: bool) -> None:
        self._width, self._height = size
        self._leftward = leftward
        self._title, self._subject, self._language = title, subject, language
        self._whole = Whole()
        self._structure = Structure(self._whole)
        self._outline = Outline()
        self._borrowed = Borrowed()
        self._pages = 0
        self._root, self._node = self._whole.numbers(2)
        self._nodes: list[int] = []
        self._waiting: list[tuple[int, bytes]] = []  # pages whose node is not full yet
        self.document = self._borrowed.document

    def add(self, page: Page) -> None:
        """Draw one page."""
        height = self._height
        number, content = self._whole.numbers(2)
        self._structure.begin_page(number)
        code: list[bytes] = []
        for placed in page.placed:
            block = placed.block
            if block.bookmark is not None:
                level, title = block.bookmark
                self._outline.add(level, title, page=number, top=height - placed.y)
            for each in block.stands:
                if isinstance(each, Placing):
                    code.append(self._placed(each, placed.x, placed.y, block.base))
                else:
                    code.append(self._alone(each, placed.x, placed.y, block.base))
        self._whole.add_stream(content, b"\n".join(code))
        self._add_page(number, content)

    def _alone(self, piece: Piece, left: float, top: float, base: str) -> bytes:
        """A piece of a block whose top left corner is there."""
        x, y = left + piece.x, self._height - top - piece.y
        if self._leftward:
            x = self._width - x - piece.width
        if not piece.role:
            return f"/Artifact BMC {self._drawn(piece, x, y)} EMC".encode("latin-1")
        tag, mark = self._structure.mark(f"{base}/{piece.role}" if base else piece.role, piece.alt)
        return f"/{tag}<</MCID {mark}>>BDC {self._drawn(piece, x, y)} EMC".encode("latin-1")

    def _placed(self, placing: Placing, left: float, top: float, base: str) -> bytes:
        """A part of a block whose top left corner is there."""
        part = placing.part
        stamp = part.stamp
        if not isinstance(stamp, Stamp):
            stamp = part.stamp = self._stamp(part)
        x, y = left + placing.x, self._height - top - placing.y
        if self._leftward:
            x = self._width - x
        if stamp.shape is None:
            drawn = stamp.code.filled(())
        else:
            path = f"{base}/{placing.base}" if base and placing.base else base or placing.base
            first = self._structure.grow(path, stamp.shape)
            drawn = stamp.code.filled(range(first, first + stamp.shape.marks))
        return b"q 1 0 0 1 %.2f %.2f cm\n%b\nQ" % (x, y, drawn)

    def _stamp(self, part: Part) -> Stamp:
        """What a part is, wherever it stands."""
        told = [piece for piece in part.pieces if piece.role]
        shape = Shape([(piece.role, piece.alt) for piece in told]) if told else None
        tags = iter(shape.tags if shape else ())
        code: list[str] = []
        for piece in part.pieces:
            x = -piece.x - piece.width if self._leftward else piece.x
            begun = "/Artifact BMC"
            if piece.role:
                begun = f"/{next(tags)}<</MCID {HOLE}>>BDC"
            code.append(f"{begun} {self._drawn(piece, x, -piece.y)} EMC")
        return Stamp(Form("\n".join(code).encode("latin-1")), shape)

    def _drawn(self, piece: Piece, x: float, y: float) -> str:
        """The operators of a piece whose top left corner is there, y going up."""
        if piece.picture is not None:
            name = self._borrowed.picture(piece.picture)
            return f"q {piece.width:.2f} 0 0 {piece.height:.2f} {x:.2f} {y - piece.height:.2f} cm /{name} Do Q"
        if piece.paragraph is not None:
            return piece.paragraph.at(x, y)
        return f"q 1 0 0 1 {x:.2f} {y:.2f} cm {piece.code} Q"

    def finish(self) -> bytes:
        """The file."""
        whole = self._whole
        tree = self._structure.finish()
        self._close_node()
        resources = self._borrowed.write(whole)
        outline = self._outline.write(whole)
        told, info, root = whole.numbers(3)
        whole.add(told, metadata(self._title, self._language))
        kids = b" ".join(b"%d 0 R" % node for node in self._nodes)
        box = b"/MediaBox[0 0 %.2f %.2f]" % (self._width, self._height)
        pages = b"<</Type/Pages/Count %d/Kids[%b]%b/Resources %b>>" % (self._pages, kids, box, resources)
        titles = b"<</Title %b/Subject %b/Creator(quizgen)>>" % (text(self._title), text(self._subject))
        more = b"/Outlines %d 0 R" % outline if outline is not None else b""
        catalog = (
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Metadata %d 0 R/Lang %b"
            b"/ViewerPreferences<</DisplayDocTitle true>>%b>>"
        ) % (self._root, tree, told, text(self._language), more)
        whole.pack([self._root, info, root], [pages, titles, catalog])
        return whole.finished(root=root, info=info)

    def _add_page(self, number: int, content: int) -> None:
        """Hang a page into the tree of pages."""
        own = b"<</Type/Page/Parent %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S>>"
        self._waiting.append((number, own % (self._node, content, self._pages)))
        self._pages += 1
        if len(self._waiting) == IN_NODE:
            self._close_node()
            self._node = self._whole.number()

    def _close_node(self) -> None:
        if not self._waiting:
            return
        numbers, contents = zip(*self._waiting, strict=True)
        kids = b" ".join(b"%d 0 R" % number for number in numbers)
        node = b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self._root, len(numbers), kids)
        self._whole.pack([*numbers, self._node], [*contents, node])
        self._nodes.append(self._node)
        self._waiting.clear()
