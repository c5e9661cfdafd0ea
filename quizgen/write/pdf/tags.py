"""Tags: the structure of a document, by which a screen reader reads it (PDF 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from quizgen.write.pdf.whole import Whole

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

    def write(self, whole: Whole, pages: Sequence[int]) -> int:
        """Add the structure to the file whose pages are the objects of these numbers; the number of its root."""
        [tree, parents] = whole.numbers(2)
        numbers = whole.numbers(len(self._known))
        known = {id(element): number for element, number in zip(self._known.values(), numbers, strict=True)}
        whole.pack(self._objects(known, pages, tree))
        rows = (
            f"{page} [{' '.join(f'{known[id(element)]} 0 R' for element in marks)}]"
            for page, marks in enumerate(self._marks)
        )
        top = f"/K {known[id(self.root)]} 0 R /ParentTree {parents} 0 R /ParentTreeNextKey {len(self._marks)}"
        whole.pack([(tree, f"<</Type /StructTreeRoot {top}>>".encode())])
        whole.pack([(parents, f"<</Nums [{' '.join(rows)}]>>".encode())])
        return tree

    def _objects(self, known: dict[int, int], pages: Sequence[int], tree: int) -> Iterator[tuple[int, bytes]]:
        for element in self._known.values():
            home: int | None = None
            parts: list[str] = []
            for part in element.parts:
                if isinstance(part, Element):
                    parts.append(f"{known[id(part)]} 0 R")
                    continue
                page, mark = part
                home = page if home is None else home
                parts.append(str(mark) if page == home else f"<</Type /MCR /Pg {pages[page]} 0 R /MCID {mark}>>")
            parent = tree if element.parent is None else known[id(element.parent)]
            more = "" if home is None else f" /Pg {pages[home]} 0 R"
            if element.tag == "L":
                more += f" {ORDERED}"
            if element.alt:
                more += f" /Alt <FEFF{element.alt.encode('utf-16-be').hex().upper()}>"
            text = f"<</S /{element.tag} /P {parent} 0 R{more} /K [{' '.join(parts)}]>>"
            yield known[id(element)], text.encode()


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
