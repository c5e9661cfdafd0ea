"""Cards: flashcards to cut out, their fronts and backs on the two sides of a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizgen.compose import Entry, Section, Sheet
from quizgen.problems import warning
from quizgen.questions import Question, Recall
from quizgen.write.pdf.blocks import ARTIFACT, Block
from quizgen.write.pdf.colours import Colour
from quizgen.write.pdf.flow import Page, Placed
from quizgen.write.pdf.key import answer
from quizgen.write.pdf.kit import Kit
from quizgen.write.pdf.lines import Paragraph
from quizgen.write.pdf.look import MM, Look
from quizgen.write.pdf.paper import Paper
from quizgen.write.pdf.pictures import Image

EDGE = 10 * MM  # left, right and above all cards: room for cut marks
FOOT = 15 * MM  # below them: the footer too
AWAY, MARK = 1.2 * MM, 4 * MM  # how far a cut mark is from the cards, and how long
PAD = 6 * MM  # inside a card
SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6)  # what type is multiplied by until a text fits
QUESTION, ANSWER = 1.15, 1.4  # sizes of the text
EXACT = ("date", "quantity")  # types of answers that need no other spelling beside them
LEAST = 0.6  # of the size that a picture has on half a card: smaller, it shows too little
FAINT = Colour((0.7,))  # lines to cut along, which nobody has to read by


@dataclass(frozen=True, slots=True)
class Grid:
    """Cards beside and below each other on a page, each `width` by `height` points."""

    columns: int
    rows: int
    width: float
    height: float

    @classmethod
    def of(cls, paper: Paper, look: Look) -> Grid:
        """As many cards as a page holds that are as large as the look wants them; one at the least."""
        across, down = paper.width - 2 * EDGE, paper.height - EDGE - FOOT
        columns = max(1, int(across / look.shapes.card_width))
        rows = max(1, int(down / look.shapes.card_height))
        return cls(columns, rows, across / columns, down / rows)

    @property
    def count(self) -> int:
        """The cards of a page."""
        return self.columns * self.rows

    def corner(self, number: int, *, back: bool) -> tuple[float, float]:
        """Where a card's top left corner is on its page. Backs stand mirrored, so that each lies behind its front."""
        row, column = divmod(number, self.columns)
        across = self.columns - 1 - column if back else column
        return EDGE + across * self.width, EDGE + row * self.height


def all_card_pages(kit: Kit, paper: Paper, sheet: Sheet) -> list[Page]:
    """The pages of all cards of a sheet, after its other pages."""
    pages = []
    for section in sheet.sections:
        if section.on_cards:
            pages.extend(card_pages(kit, paper, sheet, section, kit.section()))
    return pages


def card_pages(kit: Kit, paper: Paper, sheet: Sheet, section: Section, base: str) -> list[Page]:
    """Fronts and backs in turn. A card whose text does not fit is left out, with a warning."""
    grid = Grid.of(paper, kit.look)
    made = [_Card(kit, grid, entry, f"{base}/L/LI:{entry.number}") for entry in section.entries]
    cards = [card.sides for card in made if card.sides is not None]
    total = -(-len(cards) // grid.count)
    pages = []
    for start in range(0, len(cards), grid.count):
        here = cards[start : start + grid.count]
        for back in (False, True):
            placed = [Placed(0.0, 0.0, _cut_lines(kit, grid, back=back))]
            for number, sides in enumerate(here):
                placed.append(Placed(*grid.corner(number, back=back), sides[back]))
            placed.append(_footer(kit, paper, sheet, f"{start // grid.count + 1}/{total}", back=back))
            pages.append(Page(placed))
    return pages


class _Card:
    """One card; `sides` are its front and its back, None where a text fits in no size."""

    def __init__(self, kit: Kit, grid: Grid, entry: Entry, base: str) -> None:
        self._kit = kit
        self._grid = grid
        self._base = base
        self._room = grid.width - 2 * PAD
        question = entry.question
        kit.setter.place = question.about.place
        front, back = self._front(question), self._back(question)
        self.sides: tuple[Block, Block] | None = None
        if front is None or back is None:
            says = "this question is too long for a flashcard, and is left out"
            kit.problems[warning(question.about.place, says, "Shorten it, or print larger cards.", rule="card")] = None
            return
        self.sides = (front, back)

    def _front(self, question: Question) -> Block | None:
        kit, picture = self._kit, question.about.picture
        image = kit.picture(picture, question.about.place) if picture else None
        told = (
            (
                (question.about.caption, kit.centred(0.8), "P:caption"),
                (picture.credit, kit.styles.card_source, "P:credit"),
            )
            if picture and image
            else ()
        )
        under = [(kit.setter.paragraph(text, style, self._room), role) for text, style, role in told if text]
        lower = sum(each.height + kit.look.sizes.text * 0.5 for each, _ in under)
        for smaller in SMALLER:
            style = kit.centred(QUESTION * smaller)
            words = kit.setter.paragraph(question.prompt, style, self._room)
            width = high = 0.0
            if image is not None:
                free = self._grid.height - 2 * PAD - words.height - style.size * 0.6 - lower
                width, high = image.fitted(self._room, max(free, 0.0))
                if high < image.fitted(self._room, self._grid.height / 2)[1] * LEAST:
                    continue
            if words.height + high + lower <= self._grid.height - 2 * PAD:
                alt = picture.alt if picture else ""
                return self._side(
                    "front", [*under, (words, "P:question")], picture=(image, width, high, alt) if image else None
                )
        return None

    def _back(self, question: Question) -> Block | None:
        kit, about = self._kit, question.about
        short, more = answer(kit, question)
        if isinstance(question, Recall) and question.answer_type in EXACT:
            more = ""
        denied = kit.say("denied", by=about.denied_by) if about.denied_by else ""
        source = kit.setter.paragraph(about.source or "", kit.styles.card_source, self._room) if about.source else None
        foot = source.height if source else 0.0
        held_back = about.picture.caption if about.picture and not about.caption else ""
        whole = " · ".join(text for text in (about.note, held_back) if text)
        for note in (whole, ""):  # where the note is too long for any size, the answer is enough
            for smaller in SMALLER[: None if not note else 3]:
                strong, small = kit.centred(ANSWER * smaller, weight="bold"), kit.centred(smaller * 0.9)
                texts = [(short, strong, "P:answer"), (more, small, "P:also"), (denied, small, "P:denied")]
                texts.append((note, small, "P:note"))
                words = [(kit.setter.paragraph(text, style, self._room), role) for text, style, role in texts if text]
                gaps = kit.look.sizes.text * 0.5 * (len(words) - 1)
                if sum(each.height for each, _ in words) + gaps <= self._grid.height - 2 * PAD - foot:
                    return self._side("back", words, source=source)
        return None

    def _side(
        self,
        name: str,
        words: Sequence[tuple[Paragraph, str]],
        *,
        picture: tuple[Image, float, float, str] | None = None,
        source: Paragraph | None = None,
    ) -> Block:
        """The texts below each other in the middle of the card, under a picture, over a source."""
        kit, size = self._kit, self._kit.look.sizes.text
        role = f"LBody/Div:{name}"
        build = kit.builder()
        high = sum(each.height for each, _ in words) + size * 0.5 * (len(words) - 1)
        high += picture[2] + size * 0.6 if picture else 0.0
        build.y = (self._grid.height - high - (source.height if source else 0.0)) / 2
        if picture is not None:
            image, width, tall, alt = picture
            left = (self._grid.width - width) / 2
            build.picture(image, f"{role}/Figure", x=left, width=width, height=tall, alt=alt)
            build.y += tall + size * 0.6
        for paragraph, own in words:
            build.y += build.text(paragraph, f"{role}/{own}", x=PAD) + size * 0.5
        if source is not None:
            build.text(source, f"{role}/P:source", x=PAD, y=self._grid.height - PAD * 0.6 - source.height)
        build.y = self._grid.height
        return build.block(base=self._base)


def _cut_lines(kit: Kit, grid: Grid, *, back: bool) -> Block:
    """Marks outside all cards where to cut; on the fronts, fine lines between them too."""
    build = kit.builder()
    colour, thick = kit.look.colours.rule, kit.look.shapes.hairline * 0.7
    right, bottom = EDGE + grid.columns * grid.width, EDGE + grid.rows * grid.height
    for column in range(grid.columns + 1):
        x = EDGE + column * grid.width
        for top in (EDGE - AWAY - MARK, bottom + AWAY):
            build.line(x, top, x, top + MARK, thickness=thick, colour=colour)
    for row in range(grid.rows + 1):
        y = EDGE + row * grid.height
        for left in (EDGE - AWAY - MARK, right + AWAY):
            build.line(left, y, left + MARK, y, thickness=thick, colour=colour)
    if not back:
        fine: list[tuple[float, float, float, float]] = []
        fine += [(EDGE + n * grid.width, EDGE, EDGE + n * grid.width, bottom) for n in range(1, grid.columns)]
        fine += [(EDGE, EDGE + n * grid.height, right, EDGE + n * grid.height) for n in range(1, grid.rows)]
        for line in fine:
            build.line(*line, thickness=0.3, colour=FAINT)
    return build.block()


def _footer(kit: Kit, paper: Paper, sheet: Sheet, which: str, *, back: bool) -> Placed:
    """Which form this is, which side, and how to print it."""
    edge = "short" if paper.width > paper.height else "long"
    room = paper.width - 2 * EDGE
    told = " · ".join(_parts(kit, sheet, which, edge, back=back))
    words = next(
        (words for style in kit.footers if len((words := kit.setter.paragraph(told, style, room)).lines) == 1),
        kit.setter.paragraph(sheet.form, kit.styles.tiny, room),
    )
    build = kit.builder()
    build.text(words, ARTIFACT)
    build.y = words.height
    return Placed(EDGE, paper.height - FOOT + AWAY + MARK + 1, build.block())


def _parts(kit: Kit, sheet: Sheet, which: str, edge: str, *, back: bool) -> Iterator[str]:
    yield sheet.form
    yield f"{kit.say('cards-backs' if back else 'cards-fronts')} {which}"
    yield kit.say(f"cards-how-{edge}")
