"""Paper: the sizes of sheets, and where on them text may stand."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.write.pdf.flow import Room
from quizgen.write.pdf.look import MM, Look

A4_WIDTH = 210 * MM
EDGE = 4 * MM  # what printers leave blank


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper; width and height in points."""

    width: float
    height: float

    def room(self, look: Look, *, columns: int = 1) -> Room:
        """Where text stands, inside the margins of the look; paper narrower than A4 gets narrower margins."""
        narrow = min(1.0, self.width / A4_WIDTH)
        side, top, bottom = look.margins.side * narrow, look.margins.top * narrow, look.margins.bottom * narrow
        between = look.distances.columns * narrow
        column = (self.width - 2 * side - (columns - 1) * between) / columns
        return Room(
            left=side, top=top, height=self.height - top - bottom, column=column, columns=columns, between=between
        )

    def footer(self, look: Look, height: float) -> float:
        """How far down the page a footer of that height begins: in the upper half of the bottom margin, if it fits."""
        room = self.room(look)
        below = self.height - room.top - room.height
        return min(self.height - below * 0.62, self.height - height - EDGE)


PAPERS = {
    "a4": Paper(A4_WIDTH, 297 * MM),
    "letter": Paper(612.0, 792.0),
    "legal": Paper(612.0, 1008.0),
    "a5": Paper(148 * MM, 210 * MM),
}
