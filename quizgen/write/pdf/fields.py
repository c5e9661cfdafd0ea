"""Fields: what can be filled in on a screen (PDF 32000-1, 12.7), each with words for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.write.pdf.blocks import Field
from quizgen.write.pdf.whole import Whole, text

KEYS = 1_000_000_000  # from here on, keys of the tree that tells what fields belong to; pages have those below
_FLAGS = {"text": 0, "letter": 0, "lines": 1 << 12, "check": 0, "radio": (1 << 15) | (1 << 14)}
_LETTER = b"/MaxLen 2/Q 1"
_SIZE = 0.62  # of type, in the height of a field of one line
_MOST = 12.0  # points: larger type looks out of place

Rect = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(slots=True)
class _Group:
    """Radio buttons of which one can be on."""

    number: int
    told: str
    buttons: list[int] = field(default_factory=list)


class Fields:
    """The fields of one file."""

    def __init__(self, whole: Whole, *, tagged: bool) -> None:
        self._whole = whole
        self._tagged = tagged
        self._tops: list[int] = []  # fields that belong to no group, and groups
        self._groups: dict[str, _Group] = {}
        self._names: set[str] = set()
        self._numbers: list[int] = []
        self._contents: list[bytes] = []
        self._key = KEYS

    def add(self, given: Field, base: str, rect: Rect, *, page: int) -> tuple[int, int]:
        """The number of a new field there on the page of that number, and its key in the tree of what belongs where."""
        number, key = self._whole.number(), self._key
        self._key += 1
        name = self._name(base, given)
        belongs = b"/StructParent %d" % key if self._tagged else b""
        where = b"/Rect[%.2f %.2f %.2f %.2f]/P %d 0 R%b/F 4" % (*rect, page, belongs)
        told = text(given.told)
        match given.kind:
            case "radio":
                group = self._group(name, given)
                group.buttons.append(number)
                own = b"/Parent %d 0 R/TU %b%b" % (group.number, told, self._marked(rect, f"o{len(group.buttons)}"))
            case "check":
                own = b"/FT/Btn/T %b/TU %b%b" % (text(name), told, self._marked(rect, "on"))
                self._tops.append(number)
            case _:
                size = min(_MOST, (rect[3] - rect[1]) * _SIZE) if given.kind != "lines" else _MOST * 0.9
                more = _LETTER if given.kind == "letter" else b""
                flags = _FLAGS[given.kind]
                own = b"/FT/Tx/T %b/TU %b/Ff %d/DA(/Helv %.1f Tf 0 g)%b" % (text(name), told, flags, size, more)
                self._tops.append(number)
        self._numbers.append(number)
        self._contents.append(b"<</Type/Annot/Subtype/Widget%b%b/Contents %b>>" % (where, own, told))
        return number, key

    def write(self) -> bytes:
        """Add all of them to the file; their entry in its catalog, nothing where there are none."""
        if not self._numbers:
            return b""
        for name, group in self._groups.items():
            kids = b" ".join(b"%d 0 R" % button for button in group.buttons)
            told = (text(name), text(group.told), _FLAGS["radio"], kids)
            self._numbers.append(group.number)
            self._contents.append(b"<</FT/Btn/T %b/TU %b/Ff %d/V/Off/Kids[%b]>>" % told)
        font = self._whole.number()
        self._numbers.append(font)
        self._contents.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        self._whole.pack(self._numbers, self._contents)
        tops = b" ".join(b"%d 0 R" % top for top in self._tops)
        fonts = b"/DR<</Font<</Helv %d 0 R>>>>" % font
        return b"/AcroForm<</Fields[%b]%b/DA(/Helv 11 Tf 0 g)/NeedAppearances true>>" % (tops, fonts)

    def _group(self, name: str, given: Field) -> _Group:
        known = self._groups.get(name)
        if known is None:
            known = self._groups[name] = _Group(self._whole.number(), given.group)
            self._tops.append(known.number)
        return known

    def _name(self, base: str, given: Field) -> str:
        """A name that no other field of the file has: by the numbers of the elements above it."""
        whole = base.partition("/LBody")[0].split("/")
        above = "-".join(step.partition(":")[2] for step in whole if ":" in step and step[:4] != "Form")
        name = f"{above}-{given.name}" if above else given.name
        if given.kind != "radio":
            own, count = name, 2
            while own in self._names:
                own, count = f"{name}-{count}", count + 1
            name = own
        self._names.add(name)
        return name

    def _marked(self, rect: Rect, state: str) -> bytes:
        """How a button looks that is on: a cross. One that is off is as it was printed."""
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        near, far = 0.2, 0.8
        lines = (
            f"{width * near:.2f} {height * near:.2f} m {width * far:.2f} {height * far:.2f} l "
            f"{width * near:.2f} {height * far:.2f} m {width * far:.2f} {height * near:.2f} l S"
        )
        box = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]" % (width, height)
        on, off = self._whole.numbers(2)
        self._whole.add_stream(on, f"q 1.6 w 1 J 0 G {lines} Q".encode(), box)
        self._whole.add_stream(off, b"", box)
        looks = b"/AP<</N<</%b %d 0 R/Off %d 0 R>>>>" % (state.encode(), on, off)
        return b"/AS/Off/MK<</CA(8)>>%b" % looks
