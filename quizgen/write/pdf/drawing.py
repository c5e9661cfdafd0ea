"""Drawing: laid-out pages become the bytes of a PDF file, with outline, metadata and tags.

A page is written when it is added: of what came before, only the tags of the version that is being drawn are held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.write.pdf.blocks import Part, Piece, Placing
from quizgen.write.pdf.colours import WHITE, Colour
from quizgen.write.pdf.fields import Fields
from quizgen.write.pdf.flow import Page
from quizgen.write.pdf.holes import Form, number_hole, text_hole
from quizgen.write.pdf.lines import Paragraph
from quizgen.write.pdf.outline import Outline
from quizgen.write.pdf.recent import Recent
from quizgen.write.pdf.resources import Resources
from quizgen.write.pdf.tags import Shape, Structure, metadata
from quizgen.write.pdf.whole import Whole, text

FILLS = 1024  # texts in slots that are kept to be used again
SHAPES = 256  # structures of parts, as above
IN_NODE = 64  # pages that one node of the tree of pages has below it


@dataclass(frozen=True, slots=True)
class Stamp:
    """A part as operators, with holes for the numbers of its marks and the texts in its slots; and its elements.

    `tag` is the type of the element of its own that they are below, '' for none.
    """

    tag: str
    code: Form
    shape: Shape | None  # None where all of it is decoration
    slots: Sequence[Piece]


class Drawing:
    """One PDF file in the making. Text must be encoded for `document` before its pages are added."""

    def __init__(
        self,
        size: tuple[float, float],
        *,
        title: str,
        subject: str,
        language: str,
        leftward: bool,
        background: Colour = WHITE,
        tagged: bool = True,
    ) -> None:
        self._width, self._height = size
        self._leftward = leftward
        self._background = background
        self._title, self._subject, self._language = title, subject, language
        self._whole = Whole()
        self._structure = Structure(self._whole) if tagged else None
        self._outline = Outline()
        self._resources = Resources()
        self._fills: Recent[tuple[Paragraph, float, float], bytes] = Recent(FILLS)
        self._shapes: Recent[tuple[tuple[str, str], ...], Shape] = Recent(SHAPES)
        self._fields = Fields(self._whole, tagged=tagged)
        self._on_page: list[int] = []  # fields of the page that is being drawn
        self._pages = 0
        self._root, self._node = self._whole.numbers(2)
        self._nodes: list[int] = []
        self._waiting: list[tuple[int, bytes]] = []  # pages whose node is not full yet
        self.document = self._resources.document

    def add(self, page: Page) -> None:
        """Draw one page."""
        height = self._height
        number, content = self._whole.numbers(2)
        if self._structure:
            self._structure.begin_page(number)
        self._number = number
        code: list[bytes] = []
        if self._background != WHITE:
            whole = f"0 0 {self._width:g} {self._height:g} re f"
            code.append(f"/Artifact BMC q {self._background.fill} {whole} Q EMC".encode())
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
        if piece.field is not None:
            path = f"{base}/{piece.role}" if base else piece.role
            rect = (x, y - piece.height, x + piece.width, y)
            field, key = self._fields.add(piece.field, path, rect, page=self._number)
            if self._structure:
                self._structure.fill(path, self._number, field, key)
            self._on_page.append(field)
            return b""
        if not self._structure:
            return self._drawn(piece, x, y).encode("latin-1")
        if not piece.role:
            return f"/Artifact BMC {self._drawn(piece, x, y)} EMC".encode("latin-1")
        tag, mark = self._structure.mark(f"{base}/{piece.role}" if base else piece.role, piece.alt)
        return f"/{tag}<</MCID {mark}>>BDC {self._drawn(piece, x, y)} EMC".encode("latin-1")

    def _placed(self, placing: Placing, left: float, top: float, base: str) -> bytes:
        """A part of a block whose top left corner is there."""
        part = placing.part
        path = f"{base}/{placing.base}" if base and placing.base else base or placing.base
        above, _, last = path.rpartition("/") if placing.own else (path, "", "")
        tag = last.partition(":")[0]
        stamp = part.stamp
        if not isinstance(stamp, Stamp) or stamp.tag != tag:
            stamp = part.stamp = self._stamp(part, tag)
        x, y = left + placing.x, self._height - top - placing.y
        if self._leftward:
            x = self._width - x
        things: list[object] = []
        if self._structure and stamp.shape is not None:
            taken = (path,) if tag else [f"{path}/{step}" if path else step for step in stamp.shape.steps]
            first = self._structure.grow(above, stamp.shape, *taken)
            things.extend(range(first, first + stamp.shape.marks))
        for fill, slot in zip(placing.fills, stamp.slots, strict=True):
            things.append(self._filled(fill, slot))
        return b"q 1 0 0 1 %.2f %.2f cm\n%b\nQ" % (x, y, stamp.code.filled(things))

    def _filled(self, fill: Paragraph, slot: Piece) -> bytes:
        """The operators of the text that stands in a slot of a part."""
        key = (fill, slot.x, slot.y)
        known = self._fills.get(key)
        if known is None:
            x = slot.x + fill.indent
            known = fill.at(-x - fill.width if self._leftward else x, -slot.y).encode("latin-1")
            self._fills.put(key, known)
        return known

    def _stamp(self, part: Part, tag: str) -> Stamp:
        """What a part is, wherever it stands: below an element of its own of that type, or of no such element."""
        told = [piece for piece in part.pieces if piece.role and self._structure]
        under = f"{tag}/" if tag else ""
        shape = self._shape(tuple((under + piece.role, piece.alt) for piece in told)) if told else None
        slots = [piece for piece in part.pieces if piece.slot]
        gaps = (text_hole(len(told) + number) for number in range(len(slots)))
        mark = 0
        code: list[bytes] = []
        for piece in part.pieces:
            begun = b"/Artifact BMC"
            if shape and piece.role:
                begun = b"/%b<</MCID %b>>BDC" % (shape.tags[mark].encode(), number_hole(mark))
                mark += 1
            x = -piece.x - piece.width if self._leftward else piece.x
            drawn = next(gaps) if piece.slot else self._drawn(piece, x, -piece.y).encode("latin-1")
            code.append(b"%b %b EMC" % (begun, drawn) if self._structure else drawn)
        return Stamp(tag, Form(b"\n".join(code)), shape, slots)

    def _shape(self, roles: tuple[tuple[str, str], ...]) -> Shape:
        """The elements of pieces with these roles: most questions of one form have the same."""
        known = self._shapes.get(roles)
        if known is None:
            known = Shape(roles)
            self._shapes.put(roles, known)
        return known

    def _drawn(self, piece: Piece, x: float, y: float) -> str:
        """The operators of a piece whose top left corner is there, y going up."""
        if piece.picture is not None:
            name = self._resources.picture(piece.picture)
            return f"q {piece.width:.2f} 0 0 {piece.height:.2f} {x:.2f} {y - piece.height:.2f} cm /{name} Do Q"
        if piece.paragraph is not None:
            return piece.paragraph.at(x, y)
        code = f"/{self._resources.shape(piece)} Do" if piece.often else piece.code
        return f"q 1 0 0 1 {x:.2f} {y:.2f} cm {code} Q"

    def finish(self) -> bytes:
        """The file."""
        whole = self._whole
        tree = self._structure.finish() if self._structure else 0
        self._close_node()
        resources = self._resources.write(whole)
        outline = self._outline.write(whole)
        told, info, root = whole.numbers(3)
        whole.add(told, metadata(self._title, self._language, tagged=bool(tree)))
        kids = b" ".join(b"%d 0 R" % node for node in self._nodes)
        box = b"/MediaBox[0 0 %.2f %.2f]" % (self._width, self._height)
        pages = b"<</Type/Pages/Count %d/Kids[%b]%b/Resources %b>>" % (self._pages, kids, box, resources)
        titles = b"<</Title %b/Subject %b/Creator(quizgen)>>" % (text(self._title), text(self._subject))
        more = b"/Outlines %d 0 R" % outline if outline is not None else b""
        more += b"/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>" % tree if tree else b""
        more += self._fields.write()
        catalog = (
            b"<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/Lang %b/ViewerPreferences<</DisplayDocTitle true>>%b>>"
        ) % (self._root, told, text(self._language), more)
        whole.pack([self._root, info, root], [pages, titles, catalog])
        return whole.finished(root=root, info=info)

    def _add_page(self, number: int, content: int) -> None:
        """Hang a page into the tree of pages."""
        more = b"/Annots[%b]" % b" ".join(b"%d 0 R" % field for field in self._on_page) if self._on_page else b""
        self._on_page.clear()
        if self._structure:
            more += b"/StructParents %d/Tabs/S" % self._pages
        own = b"<</Type/Page/Parent %d 0 R/Contents %d 0 R%b>>" % (self._node, content, more)
        self._waiting.append((number, own))
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
