"""Tags: the structure of a document, by which a screen reader reads it (PDF 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from xml.sax.saxutils import escape

from quizgen.write.pdf.holes import Form, number_hole
from quizgen.write.pdf.whole import Whole, hex_text

_ATTRIBUTES = {  # of elements of a type, or of those of a type and name
    "L": b"/A<</O/List/ListNumbering/Decimal>>",
    "TH": b"/A<</O/Table/Scope/Column>>",
    "TH:row": b"/A<</O/Table/Scope/Row>>",
}
_PARENT, _PAGE, _FIRST = 900_000_000, 900_000_001, 900_000_002  # numbers in a shape that are holes: no file has such
_MARK = 901_000_000
_HOLE = re.compile(rb"\b90[01]\d{6}\b")


@dataclass(slots=True, eq=False)
class Element:
    """One element: its type, its parent, and its parts in reading order (elements, and marks on pages)."""

    tag: str
    parent: Element | None
    alt: str = ""
    attributes: bytes = b""
    parts: list[Element | Growth | Filled | tuple[int, int]] = field(default_factory=list)  # a mark: its page, itself
    number: int = 0  # of its object
    size: ClassVar[int] = 1

    def written(self) -> Sequence[bytes]:
        """Itself as an object."""
        home = 0
        parts: list[bytes] = []
        for part in self.parts:
            if isinstance(part, Element):
                parts.append(b"%d 0 R" % part.number)
            elif isinstance(part, Growth):
                parts.extend(b"%d 0 R" % (part.number + top) for top in part.shape.tops)
            elif isinstance(part, Filled):
                parts.append(b"<</Type/OBJR/Pg %d 0 R/Obj %d 0 R>>" % (part.page, part.number))
            else:
                page, mark = part
                home = home or page
                parts.append(b"%d" % mark if page == home else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mark))
        more = (b"/Pg %d 0 R" % home if home else b"") + self.attributes
        if self.alt:
            more += b"/Alt" + hex_text(self.alt)  # in which no number can be taken for a hole
        parent = self.parent.number if self.parent else 0
        return (b"<</S/%b/P %d 0 R%b/K[%b]>>" % (self.tag.encode(), parent, more, b" ".join(parts)),)

    def references(self) -> bytes:
        """A reference to it, as what one mark belongs to."""
        return b"%d 0 R " % self.number

    def forget(self) -> None:
        """Let go of what it belongs to and of its parts, once it is written, or they would hold each other for ever.

        Whatever still refers to it needs no more than its number.
        """
        self.parent = None
        self.parts = []


@dataclass(frozen=True, slots=True)
class Filled:
    """A field that is filled in on a screen: its object, on the page of that number."""

    page: int
    number: int


class Shape:
    """The elements of a part, which are the same wherever it stands but for their numbers.

    They are written once, as elements of any other piece are, with holes for numbers; to fill those takes a tenth of
    the time. `test_pdf_tags` holds both ways to be equal.
    """

    def __init__(self, roles: Sequence[tuple[str, str]]) -> None:
        """Those that the pieces of a part belong to: their roles, and what is told in their place."""
        base = Element("", None, number=_PARENT)
        known = {"": base}
        elements: list[Element | Growth] = []
        homes = []
        for mark, (role, alt) in enumerate(roles):
            element = _found(known, role, elements)
            element.alt = alt or element.alt
            element.parts.append((_PAGE, _MARK + mark))
            homes.append(element)
        for number, each in enumerate(elements, _FIRST):
            each.number = number
        self.size, self.marks = len(elements), len(homes)
        self.tags = [element.tag for element in homes]
        self.tops = [part.number - _FIRST for part in base.parts if isinstance(part, Element)]
        self.steps = [path for path in known if path and "/" not in path]  # to elements directly below the base
        self._objects = self._form(b"\n".join(content for each in elements for content in each.written()))
        self._references = self._form(b"".join(element.references() for element in homes))
        for each in (base, *elements):
            each.forget()

    def _form(self, written: bytes) -> Form:
        """Objects with holes in place of what changes: see `written` below for the order of what goes into them."""

        def hole(found: re.Match[bytes]) -> bytes:
            number = int(found[0])
            return number_hole(2 + self.size + number - _MARK if number >= _MARK else number - _PARENT)

        return Form(_HOLE.sub(hole, written))

    def written(self, growth: Growth) -> list[bytes]:
        """The elements as objects."""
        numbers = range(growth.number, growth.number + self.size)
        marks = range(growth.first, growth.first + self.marks)
        parent = growth.parent.number if growth.parent else 0
        return self._objects.filled((parent, growth.page, *numbers, *marks)).split(b"\n")

    def references(self, growth: Growth) -> bytes:
        """References to the elements that its marks belong to."""
        return self._references.filled((0, 0, *range(growth.number, growth.number + self.size)))


@dataclass(slots=True, eq=False)
class Growth:
    """The elements of a part where it stands: below that element, on the page of that number, from that mark on."""

    shape: Shape
    parent: Element | None
    page: int
    first: int
    size: int  # how many elements they are
    number: int = 0  # of the first of their objects

    def written(self) -> Sequence[bytes]:
        """Its elements as objects."""
        return self.shape.written(self)

    def references(self) -> bytes:
        """References to what its marks belong to."""
        return self.shape.references(self)

    def forget(self) -> None:
        """Let go of what it belongs to."""
        self.parent = None


@dataclass(slots=True, eq=False)
class _Page:
    """A page whose marks wait to be written: its index and its number, what its marks belong to, how many they are."""

    index: int
    number: int
    marks: list[Element | Growth] = field(default_factory=list)
    count: int = 0


class Structure:
    """The elements of a document, found by path (`Sect:1/L:2/LI:3`), made when they are first asked for.

    What hangs below one element of the first level is written as soon as the next one begins, and then forgotten.
    """

    def __init__(self, whole: Whole) -> None:
        self._whole = whole
        self._tree, self._parents, number = whole.numbers(3)
        self._root = Element("Document", None, number=number)
        self._top = ""  # the first step of the paths that are known
        self._known: dict[str, Element] = {"": self._root}
        self._grown: set[str] = set()  # paths of elements that belong to a part
        self._fresh: list[Element | Growth] = []  # not written yet
        self._pages: list[_Page] = []
        self._leaves: list[int] = []  # of the tree that tells what marks belong to
        self._begun = 0
        self._filled: list[tuple[int, Element]] = []  # fields by their keys

    def begin_page(self, number: int) -> None:
        """Marks count anew on each page; this one is the object of that number."""
        self._pages.append(_Page(self._begun, number))
        self._begun += 1

    def mark(self, path: str, alt: str = "") -> tuple[str, int]:
        """The type of the element at `path` and the number of a new mark on this page that belongs to it."""
        element = self._element(path)
        if alt:
            element.alt = alt
        page = self._pages[-1]
        number = page.count
        element.parts.append((page.number, number))
        page.marks.append(element)
        page.count += 1
        return element.tag, number

    def fill(self, path: str, page: int, number: int, key: int) -> None:
        """Let the field of that number and key, on the page of that number, belong to the element at `path`."""
        element = self._element(path)
        element.parts.append(Filled(page, number))
        self._filled.append((key, element))

    def grow(self, path: str, shape: Shape, *own: str) -> int:
        """Add the elements of a part below the one at `path`; the number of the first of its marks on this page.

        `own` are the paths of those directly below it, which must be new.
        """
        parent = self._element(path)
        for each in own:
            if each in self._known or each in self._grown:
                raise ValueError(f"{each} is there already, and so cannot be of a part")
            self._grown.add(each)
        page = self._pages[-1]
        growth = Growth(shape, parent, page.number, page.count, shape.size)
        parent.parts.append(growth)
        page.marks.append(growth)
        page.count += shape.marks
        self._fresh.append(growth)
        return growth.first

    def finish(self) -> int:
        """Write what is not written yet; the number of the structure's root."""
        self._flush()
        self._write_marks(self._pages)
        self._write_filled()
        kids = b" ".join(b"%d 0 R" % leaf for leaf in self._leaves)
        after = self._filled[-1][0] + 1 if self._filled else self._begun
        top = b"/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d" % (self._root.number, self._parents, after)
        self._root.parent = Element("", None, number=self._tree)
        self._whole.pack(
            [self._root.number, self._parents, self._tree],
            [
                *self._root.written(),
                b"<</Kids[%b]>>" % kids if kids else b"<</Nums[]>>",
                b"<</Type/StructTreeRoot%b>>" % top,
            ],
        )
        return self._tree

    def _write_filled(self) -> None:
        """Write what fields belong to."""
        if not self._filled:
            return
        rows = b"".join(b"%d %d 0 R " % (key, element.number) for key, element in self._filled)
        number = self._whole.number()
        self._leaves.append(number)
        limits = (self._filled[0][0], self._filled[-1][0])
        self._whole.pack([number], [b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, rows.rstrip())])

    def _element(self, path: str) -> Element:
        known = self._known.get(path)
        if known is not None:
            return known
        top = path.partition("/")[0]
        if top != self._top:
            self._flush()
            self._top = top
        if path in self._grown:
            raise ValueError(f"{path} is of a part, and can have no other pieces")
        return _found(self._known, path, self._fresh)

    def _flush(self) -> None:
        """Write all elements, and the marks of all pages but the last, which may have more of them to come."""
        numbers = self._whole.numbers(sum(each.size for each in self._fresh))
        number = numbers.start
        for each in self._fresh:
            each.number = number
            number += each.size
        self._whole.pack(numbers, [content for each in self._fresh for content in each.written()])
        for each in self._fresh:
            each.forget()
        self._fresh.clear()
        self._known = {"": self._root}
        self._grown.clear()
        self._write_marks(self._pages[:-1])
        del self._pages[:-1]

    def _write_marks(self, pages: Sequence[_Page]) -> None:
        """Write what the marks of these pages belong to."""
        if not pages:
            return
        rows = b"".join(
            b"%d[%b]" % (page.index, b"".join(each.references() for each in page.marks).rstrip()) for page in pages
        )
        number = self._whole.number()
        self._leaves.append(number)
        self._whole.pack([number], [b"<</Limits[%d %d]/Nums[%b]>>" % (pages[0].index, pages[-1].index, rows)])


def _found(known: dict[str, Element], path: str, fresh: list[Element | Growth]) -> Element:
    """The element at that path; made, as those above it are, if it is not known yet, and told to `fresh`."""
    element = known.get(path)
    if element is None:
        above, _, own = path.rpartition("/")
        parent = _found(known, above, fresh)
        tag = own.partition(":")[0]
        attributes = _ATTRIBUTES.get(own, _ATTRIBUTES.get(tag, b""))
        element = known[path] = Element(tag, parent, attributes=attributes)
        parent.parts.append(element)
        fresh.append(element)
    return element


def metadata(title: str, language: str, *, tagged: bool) -> bytes:
    """XMP as a PDF object, uncompressed so that any reader finds it; it names the standard that tagged files follow."""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"{'<pdfuaid:part>1</pdfuaid:part>' if tagged else ''}\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )
    data = packet.encode("utf-8")
    head = f"<</Type /Metadata /Subtype /XML /Length {len(data)}>>\nstream\n".encode()
    return head + data + b"\nendstream"
