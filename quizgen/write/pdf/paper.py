"""Paper: the sizes of sheets, and where on them text may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from quizgen.write import Job
from quizgen.write.pdf.blocks import ARTIFACT
from quizgen.write.pdf.flow import Page, Placed, Room
from quizgen.write.pdf.look import MM, Look

A4_WIDTH = 210 * MM
EDGE = 4 * MM  # what printers leave blank
FOOTER = 2.1  # lines of a footer that there is room for
WIDE = 58  # sizes of text: a longer line is hard to read, so wider paper gets two columns


@dataclass(frozen=True, slots=True)
class Paper:
    """A page; width and height in points. With `second`, two pages stand on each sheet: that is where the other is."""

    width: float
    height: float
    second: tuple[float, float] | None = None

    @property
    def sheet(self) -> tuple[float, float]:
        """The size of what goes into the printer."""
        right, down = self.second or (0.0, 0.0)
        return self.width + right, self.height + down

    def room(self, look: Look, *, columns: int = 1) -> Room:
        """Where text stands, inside the margins of the look; paper narrower than A4 gets narrower margins."""
        narrow = min(1.0, min(self.width, self.height) / A4_WIDTH)
        side, top, bottom = look.margins.side * narrow, look.margins.top * narrow, look.margins.bottom * narrow
        bottom = max(bottom, EDGE + FOOTER * look.sizes.tiny * look.sizes.leading)
        between = look.distances.columns * narrow
        column = (self.width - 2 * side - (columns - 1) * between) / columns
        return Room(
            left=side, top=top, height=self.height - top - bottom, column=column, columns=columns, between=between
        )

    def columns(self, look: Look, least: int = 1) -> int:
        """How many columns suit the width of the page, at least so many."""
        return max(least, 2) if self.room(look).width > look.sizes.text * WIDE else least

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


def paper_of(job: Job) -> Paper:
    """The page that a job is laid out for."""
    whole = PAPERS[job.paper]
    if job.two_up and job.landscape:
        return Paper(whole.width, whole.height / 2, (0.0, whole.height / 2))
    if job.two_up:
        return Paper(whole.height / 2, whole.width, (whole.height / 2, 0.0))
    return Paper(whole.height, whole.width) if job.landscape else whole


class Imposing:
    """Puts two pages on each sheet of such paper."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._waiting: Page | None = None
        self._sheets = 0

    def sheets(self, pages: Iterable[Page]) -> Iterator[Page]:
        """The sheets that these pages make full; the last page may wait for another."""
        for page in pages:
            if self._paper.second is None:
                yield page
            elif self._waiting is None:
                self._waiting = page
            else:
                yield self._both(self._waiting, page)
                self._waiting = None

    def last(self, *, twice: bool) -> Iterator[Page]:
        """The sheet that is not full; `twice` puts a page there once more that is alone in its document."""
        if self._waiting is not None:
            alone = twice and self._sheets == 0
            yield self._both(self._waiting, _unheard(self._waiting)) if alone else self._waiting
            self._waiting = None

    def _both(self, first: Page, second: Page) -> Page:
        self._sheets += 1
        right, down = self._paper.second or (0.0, 0.0)
        moved = [Placed(each.x + right, each.y + down, each.block) for each in second.placed]
        return Page([*first.placed, *moved])


def _unheard(page: Page) -> Page:
    """The page once more, which a screen reader passes over."""
    placed = []
    for each in page.placed:
        pieces = tuple(replace(piece, role=ARTIFACT, alt="") for piece in each.block.pieces)
        placed.append(Placed(each.x, each.y, replace(each.block, stands=pieces, bookmark=None)))
    return Page(placed)
