"""The outline: bookmarks, by which a reader finds the versions of a quiz and their sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from quizgen.write.pdf.whole import Whole, text


@dataclass(slots=True, eq=False)
class _Entry:
    level: int
    title: str = ""
    page: int = 0  # the number of its object
    top: float = 0.0
    below: list[_Entry] = field(default_factory=list)
    number: int = 0


class Outline:
    """The bookmarks of a file, in the order of its pages. Those below the first level are folded away."""

    def __init__(self) -> None:
        self._root = _Entry(-1)

    def add(self, level: int, title: str, *, page: int, top: float) -> None:
        """Add a bookmark of that level (0 is the first) to a place on the page with that number."""
        above = self._root
        while above.below and above.level + 1 < level:
            above = above.below[-1]
        above.below.append(_Entry(level, title, page, top))

    def write(self, whole: Whole) -> int | None:
        """Add it to the file; the number of its root, or None where nothing has a bookmark."""
        if not self._root.below:
            return None
        self._number(self._root, whole)
        contents: list[tuple[int, bytes]] = [
            (self._root.number, b"<</Type/Outlines/Count %d%b>>" % (len(self._root.below), _ends(self._root)))
        ]
        self._write_below(self._root, contents)
        whole.pack([number for number, _ in contents], [content for _, content in contents])
        return self._root.number

    def _number(self, entry: _Entry, whole: Whole) -> None:
        entry.number = whole.number()
        for each in entry.below:
            self._number(each, whole)

    def _write_below(self, parent: _Entry, contents: list[tuple[int, bytes]]) -> None:
        for place, entry in enumerate(parent.below):
            more = b"/Prev %d 0 R" % parent.below[place - 1].number if place else b""
            if place + 1 < len(parent.below):
                more += b"/Next %d 0 R" % parent.below[place + 1].number
            if entry.below:
                more += b"/Count %d%b" % (-len(entry.below), _ends(entry))
            where = b"/Dest[%d 0 R/XYZ 0 %.2f 0]" % (entry.page, entry.top)
            own = b"<</Title %b/Parent %d 0 R%b%b>>" % (text(entry.title), parent.number, where, more)
            contents.append((entry.number, own))
            self._write_below(entry, contents)


def _ends(entry: _Entry) -> bytes:
    return b"/First %d 0 R/Last %d 0 R" % (entry.below[0].number, entry.below[-1].number)
