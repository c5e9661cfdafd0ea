"""Tags: the structure of a document, by which a screen reader reads it (PDF 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from quizgen.write.pdf.whole import Whole, text

ORDERED = b"/A<</O/List/ListNumbering/Decimal>>"


@dataclass(slots=True, eq=False)
class Element:
    """One element: its type, its parent, and its parts in reading order (elements, and marks on pages)."""

    tag: str
    parent: Element | None
    alt: str = ""
    parts: list[Element | tuple[int, int]] = field(default_factory=list)  # (number of the page, of the mark on it)
    number: int = 0  # of its object


@dataclass(slots=True, eq=False)
class _Page:
    """A page whose marks wait to be written: its index and its number, and the elements that its marks belong to."""

    index: int
    number: int
    marks: list[Element] = field(default_factory=list)


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
        self._pages: list[_Page] = []
        self._leaves: list[tuple[int, int, int]] = []  # of the tree of marks: number, first page, last page
        self._begun = 0

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
        number = len(page.marks)
        element.parts.append((page.number, number))
        page.marks.append(element)
        return element.tag, number

    def finish(self) -> int:
        """Write what is not written yet; the number of the structure's root."""
        self._flush()
        self._write_marks(self._pages)
        kids = b" ".join(b"%d 0 R" % leaf for leaf, _, _ in self._leaves)
        top = b"/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d" % (self._root.number, self._parents, self._begun)
        self._whole.pack(
            [self._root.number, self._parents, self._tree],
            [
                _written(self._root, self._tree),
                b"<</Kids[%b]>>" % kids if kids else b"<</Nums[]>>",
                b"<</Type/StructTreeRoot%b>>" % top,
            ],
        )
        return self._tree

    def _element(self, path: str) -> Element:
        known = self._known.get(path)
        if known is not None:
            return known
        above, _, own = path.rpartition("/")
        if not above and path != self._top:
            self._flush()
            self._top = path
        parent = self._element(above)
        known = self._known[path] = Element(own.partition(":")[0], parent)
        parent.parts.append(known)
        return known

    def _flush(self) -> None:
        """Write all elements, and the marks of all pages but the last, which may have more of them to come."""
        fresh = list(self._known.values())[1:]
        numbers = self._whole.numbers(len(fresh))
        for element, number in zip(fresh, numbers, strict=True):
            element.number = number
        self._whole.pack(numbers, [_written(element, element.parent.number) for element in fresh if element.parent])
        self._known = {"": self._root}
        self._write_marks(self._pages[:-1])
        del self._pages[:-1]

    def _write_marks(self, pages: list[_Page]) -> None:
        """Write which elements the marks of these pages belong to."""
        if not pages:
            return
        rows = b"".join(
            b"%d[%b]" % (page.index, b" ".join(b"%d 0 R" % element.number for element in page.marks)) for page in pages
        )
        first, last = pages[0].index, pages[-1].index
        number = self._whole.number()
        self._leaves.append((number, first, last))
        self._whole.pack([number], [b"<</Limits[%d %d]/Nums[%b]>>" % (first, last, rows)])


def _written(element: Element, parent: int) -> bytes:
    """The element as an object below the one of that number."""
    home = 0
    parts: list[bytes] = []
    for part in element.parts:
        if isinstance(part, Element):
            parts.append(b"%d 0 R" % part.number)
            continue
        page, mark = part
        home = home or page
        parts.append(b"%d" % mark if page == home else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mark))
    more = b"/Pg %d 0 R" % home if home else b""
    if element.tag == "L":
        more += ORDERED
    if element.alt:
        more += b"/Alt%b" % text(element.alt)
    return b"<</S/%b/P %d 0 R%b/K[%b]>>" % (element.tag.encode(), parent, more, b" ".join(parts))


def metadata(title: str, language: str) -> bytes:
    """XMP as a PDF object, uncompressed so that any reader finds it; it names the standard that we follow."""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>\n"
        "<pdfuaid:part>1</pdfuaid:part>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="w"?>'
    )
    data = packet.encode("utf-8")
    head = f"<</Type /Metadata /Subtype /XML /Length {len(data)}>>\nstream\n".encode()
    return head + data + b"\nendstream"
