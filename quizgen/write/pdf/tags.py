"""Tags: the structure of a document, by which a screen reader reads it (PDF 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    PDFDictionary,
    PDFName,
    PDFObject,
)

from quizgen.write.pdf.fonts import Document

ORDERED = "/A <</O /List /ListNumbering /Decimal>>"


@dataclass(slots=True, eq=False)
class Element:
    """One element: its type, its parent, and its parts in reading order (elements, and marks on pages)."""

    tag: str
    parent: Element | None
    alt: str = ""
    parts: list[Element | tuple[int, int]] = field(default_factory=list)  # (page, number of the mark on it)


class Structure:
    """The elements of a document, found by path (`Sect:1/L:2/LI:3`), made when they are first asked for."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self._known: dict[str, Element] = {"": self.root}
        self._marks: list[list[Element]] = []  # page -> mark -> element

    def begin_page(self) -> None:
        """Marks count anew on each page."""
        self._marks.append([])

    def mark(self, path: str, alt: str = "") -> tuple[str, int]:
        """The type of the element at `path` and the number of a new mark on this page that belongs to it."""
        element = self._element(path)
        if alt:
            element.alt = alt
        marks = self._marks[-1]
        number = len(marks)
        element.parts.append((len(self._marks) - 1, number))
        marks.append(element)
        return element.tag, number

    def _element(self, path: str) -> Element:
        known = self._known.get(path)
        if known is None:
            above, _, own = path.rpartition("/")
            parent = self._element(above)
            known = self._known[path] = Element(own.partition(":")[0], parent)
            parent.parts.append(known)
        return known

    def write(self, document: Document, *, title: str, language: str) -> None:
        """Put the structure into the document, with all that PDF/UA-1 asks of its catalog and pages."""
        pages = document.Pages.pages
        for number, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]  # reportlab writes what this names
            page.StructParents, page.Tabs = number, PDFName("S")
        writing = _Writing(document, [document.Reference(page) for page in pages])
        tree = _Ready(document)
        top = writing.number(self.root, tree.own)
        parents = " ".join(
            f"{page} [{' '.join(f'{writing.known[id(element)]} 0 R' for element in marks)}]"
            for page, marks in enumerate(self._marks)
        )
        tree.text = (
            f"<</Type /StructTreeRoot /K {top} 0 R /ParentTreeNextKey {len(self._marks)}"
            f" /ParentTree <</Nums [{parents}]>>>>"
        ).encode()
        catalog = document.Catalog
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = _Ready(document, _metadata(title, language))


class _Ready(PDFObject):
    """An object that we write ourselves. `own` is its number."""

    def __init__(self, document: Document, text: bytes = b"") -> None:
        self.text = text
        document.Reference(self)
        self.own: int = document.objectcounter

    def format(self, document: Document) -> bytes:  # noqa: ARG002 - as reportlab calls it
        """The object as it stands in the file."""
        return self.text


class _Writing:
    def __init__(self, document: Document, pages: list[Any]) -> None:
        self.document = document
        self.pages = [page.format(document).decode() for page in pages]
        self.known: dict[int, int] = {}

    def number(self, element: Element, parent: int) -> int:
        """Write the element and all below it; its object number."""
        ready = _Ready(self.document)
        self.known[id(element)] = ready.own
        home: int | None = None
        parts: list[str] = []
        for part in element.parts:
            if isinstance(part, Element):
                parts.append(f"{self.number(part, ready.own)} 0 R")
                continue
            page, mark = part
            home = page if home is None else home
            inside = str(mark)
            parts.append(inside if page == home else f"<</Type /MCR /Pg {self.pages[page]} /MCID {mark}>>")
        more = f" /Pg {self.pages[home]}" if home is not None else ""
        if element.tag == "L":
            more += f" {ORDERED}"
        if element.alt:
            more += f" /Alt <FEFF{element.alt.encode('utf-16-be').hex().upper()}>"
        ready.text = f"<</S /{element.tag} /P {parent} 0 R{more} /K [{' '.join(parts)}]>>".encode()
        return ready.own


def _metadata(title: str, language: str) -> bytes:
    """XMP as a PDF object, uncompressed so that any reader finds it."""
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
