"""Blocks: what stands together on a page, as pieces with a box, PDF operators and a role in the structure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from quizgen.write.pdf.colours import BLACK, Colour
from quizgen.write.pdf.lines import Paragraph
from quizgen.write.pdf.pictures import Image

FULL = 0.5  # of the room: a block that is cut between texts fills so much of it
LONG = 12  # lines: such a text is cut between them

ARTIFACT = ""
"""The role of what a screen reader passes over: rules, circles, footers."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field to fill in on a screen, and what is told of it: a `text`, `lines`, a `letter`, a `check` or a `radio`.

    Fields of one question have names of their own, but for radio buttons of one `group`, of which one can be on.
    """

    kind: str
    name: str
    told: str
    group: str = ""  # what is told of the group of a radio button


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Operators that draw in a box; their origin is its top left corner, and y goes up, as everywhere in PDF.

    `x` and `y` lead from the block's top left corner to the piece's; y goes down. `role` is the path of its element
    below the block's: `LBody/L/LI:2/Lbl`, where a number tells siblings of one type apart. Pieces come in the order in
    which they are read.
    """

    x: float
    y: float
    width: float
    height: float
    code: str
    role: str = ARTIFACT
    alt: str = ""
    picture: Image | None = None  # drawn to fill the box, in place of `code`
    paragraph: Paragraph | None = None  # in place of `code`: lines of text, and so can be split between them
    field: Field | None = None  # in place of `code`: where it is filled in on a screen
    often: bool = False  # the same operators stand in many places
    slot: bool = False  # of a part: each of its blocks has a text of its own here

    def filled(self, paragraph: Paragraph) -> Piece:
        """The piece that a slot becomes with that text in it."""
        width, height = paragraph.width, paragraph.height
        return replace(self, x=self.x + paragraph.indent, width=width, height=height, paragraph=paragraph, slot=False)


@dataclass(slots=True, eq=False)
class Part:
    """Pieces that stand alike in many blocks of one document, but for the text in some of them: a question, say.

    A drawing encodes them once, and keeps what came of it in `stamp`.
    """

    pieces: tuple[Piece, ...]
    height: float
    stamp: object = field(default=None, repr=False)


class Placing(NamedTuple):
    """A part, where its top left corner is in its block, and what stands in its slots, in their order.

    `base` is the path of the element that its pieces belong to, from the block's. That element has no other pieces;
    or else, where it is not the part's `own`, those have none that stand below it and that the pieces' roles name.
    """

    x: float
    y: float
    part: Part
    base: str = ""
    own: bool = True
    fills: tuple[Paragraph, ...] = ()

    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces, each by itself."""
        fills = iter(self.fills)
        return tuple(self._piece(piece.filled(next(fills)) if piece.slot else piece) for piece in self.part.pieces)

    def _piece(self, piece: Piece) -> Piece:
        role = f"{self.base}/{piece.role}" if self.base and piece.role else piece.role
        return replace(piece, x=self.x + piece.x, y=self.y + piece.y, role=role)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Pieces that stay on one page while a page can hold them. `gap` is the space above, save on top of a page."""

    height: float
    stands: tuple[Piece | Placing, ...]
    gap: float = 0.0
    keeps_with_next: bool = False
    base: str = ""  # the path of the element that the block's pieces belong to
    bookmark: tuple[int, str] | None = None  # level and title of its entry in the outline

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces, those of its parts too."""
        return tuple(
            piece for each in self.stands for piece in (each.pieces() if isinstance(each, Placing) else (each,))
        )

    def split(self, height: float, *, fresh: bool = True) -> tuple[Block, Block] | None:
        """The block in two, the first at most `height` high; None where nothing would fit.

        Only for blocks that are higher than a page: they are cut between texts and shapes, or else between lines, which
        is for long texts, and where it stands on a `fresh` page.
        """
        edges = self._edges(height)
        cut = max((edge for edge in edges if not any(_crosses(piece, edge) for piece in self.pieces)), default=0.0)
        if cut < height * FULL:
            long = any(len(piece.paragraph.lines) >= LONG for piece in self.pieces if piece.paragraph is not None)
            cut = max(edges, default=0.0) if long or fresh else 0.0
        if cut <= 0 or cut >= self.height:
            return None
        above: list[Piece] = []
        below: list[Piece] = []
        for piece in self.pieces:
            first, second = _split(piece, cut)
            if first is not None:
                above.append(first)
            if second is not None:
                below.append(second)
        start = min((piece.y for piece in below), default=cut)  # what cannot be cut may have begun above
        below = [replace(piece, y=piece.y - start) for piece in below]
        rest = max((piece.y + piece.height for piece in below), default=0.0)
        first_part = replace(self, height=cut, stands=tuple(above), keeps_with_next=False)
        return first_part, replace(self, height=rest, stands=tuple(below), gap=0.0, bookmark=None)

    def _edges(self, most: float) -> list[float]:
        """The heights up to `most`, between pieces and lines, where a cut goes through nothing that cannot be cut."""
        pieces = [piece for piece in self.pieces if piece.y <= most]
        edges = {piece.y + piece.height for piece in pieces}
        for piece in pieces:
            if piece.paragraph is not None:
                leading = piece.paragraph.style.leading
                lines = min(len(piece.paragraph.lines), int((most - piece.y) / leading) + 2)
                edges.update(piece.y + leading * n for n in range(1, lines))
        whole = [piece for piece in pieces if piece.paragraph is None]
        return [edge for edge in edges if edge <= most and not any(_crosses(piece, edge) for piece in whole)]


def _crosses(piece: Piece, edge: float) -> bool:
    return piece.y + 0.01 < edge < piece.y + piece.height - 0.01


def _split(piece: Piece, cut: float) -> tuple[Piece | None, Piece | None]:
    if piece.y + piece.height <= cut + 0.01:
        return piece, None
    if piece.paragraph is None or piece.y >= cut - 0.01:
        return None, piece
    leading = piece.paragraph.style.leading
    lines = int((cut - piece.y) / leading + 0.01)
    if lines == 0:
        return None, piece
    first, second = piece.paragraph.part(0, lines), piece.paragraph.part(lines)
    return (
        replace(piece, height=first.height, paragraph=first),
        replace(piece, y=cut, height=second.height, paragraph=second),
    )


class Builder:
    """Collects pieces from the top down; `y` is how far it has come.

    `x` counts from the side where reading starts. A page that is read from the right is mirrored when it is drawn, box
    by box; lines of text are not, and the rules of their blanks must lie where they leave room.
    """

    def __init__(self, *, mirrored: bool = False, fillable: bool = False) -> None:
        self._mirrored = mirrored
        self._fillable = fillable
        self.y = 0.0
        self.pieces: list[Piece | Placing] = []

    def text(
        self, paragraph: Paragraph, role: str, *, x: float = 0.0, y: float | None = None, blanks: str = ""
    ) -> float:
        """Put text at `x` and the current height, or at `y`; return its height. `blanks` is told of its blanks."""
        top = self.y if y is None else y
        left = x + paragraph.indent
        self.pieces.append(Piece(left, top, paragraph.width, paragraph.height, "", role, paragraph=paragraph))
        for number, rule in enumerate(paragraph.rules):
            style = paragraph.style
            across = paragraph.width - rule.x - rule.width if self._mirrored else rule.x
            under = top + rule.line * style.leading + style.under
            self.rule(left + across, under, rule.width)
            if blanks:
                told = Field("text", "blank", f"{blanks} {rule.label}".strip())
                high = min(style.size * 1.5, under)  # and no higher than where the block begins
                self.field(
                    told,
                    f"{role}/Form:{number}",
                    x=left + across,
                    y=under - high,
                    width=rule.width,
                    height=high,
                )
        return paragraph.height

    def field(self, given: Field, role: str, *, x: float, y: float, width: float, height: float) -> None:
        """Put a field to fill in on a screen, if that is wanted; its role ends with an element `Form`."""
        if self._fillable:
            self.pieces.append(Piece(x, y, width, height, "", role, field=given))

    def slot(self, role: str, *, x: float = 0.0, y: float | None = None) -> None:
        """Leave room at `x` and the current height, or at `y`, for a text that is given when the part is put."""
        self.pieces.append(Piece(x, self.y if y is None else y, 0.0, 0.0, "", role, slot=True))

    def rule(self, x: float, y: float, width: float, *, thickness: float = 0.7, colour: Colour = BLACK) -> None:
        """Put a level line from (x, y)."""
        self.pieces.append(Piece(x, y - thickness / 2, width, thickness, _rule(width, thickness, colour)))

    def line(self, x: float, y: float, to: float, down: float, *, thickness: float, colour: Colour) -> None:
        """Put a line that is level or upright."""
        width, height = to - x, down - y
        code = f"{colour.stroke} {thickness:g} w 0 0 m {width:.2f} {-height:.2f} l S"
        self.pieces.append(Piece(x, y, width, height, code))

    def shape(self, drawn: Shape, role: str = ARTIFACT, *, x: float, y: float, alt: str = "") -> None:
        """Put a drawing with its top left corner at (x, y); `alt` says what it shows."""
        self.pieces.append(Piece(x, y, drawn.width, drawn.height, drawn.code, role, alt, often=drawn.often))

    def behind(self, drawn: Shape) -> None:
        """Put a drawing behind all that is there, its top left corner where the block begins."""
        self.pieces.insert(0, Piece(0.0, 0.0, drawn.width, drawn.height, drawn.code))

    def picture(self, image: Image, role: str, *, x: float, width: float, height: float, alt: str) -> None:
        """Put a picture at `x` and the current height."""
        self.pieces.append(Piece(x, self.y, width, height, "", role, alt, picture=image))

    def put(self, part: Part, *fills: Paragraph, base: str = "", own: bool = True) -> float:
        """Put a part at the current height, with these texts in its slots; return its height.

        `base` and `own` are as in a `Placing`.
        """
        placing = Placing(0.0, self.y, part, base, own, fills)
        if self._fillable:  # fields have names and numbers of their own wherever they stand
            self.pieces.extend(placing.pieces())
        else:
            self.pieces.append(placing)
        return part.height

    def part(self) -> Part:
        """What was collected, to be put into several blocks."""
        return Part(Block(self.y, tuple(self.pieces)).pieces, self.y)

    def block(
        self,
        *,
        gap: float = 0.0,
        keeps_with_next: bool = False,
        base: str = "",
        bookmark: tuple[int, str] | None = None,
    ) -> Block:
        """What was collected, as a block as high as the builder has come."""
        return Block(self.y, tuple(self.pieces), gap, keeps_with_next, base, bookmark)


def _rule(width: float, thickness: float, colour: Colour) -> str:
    return f"{colour.stroke} {thickness:g} w 0 {-thickness / 2:g} m {width:.2f} {-thickness / 2:g} l S"


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing that fills a box; the origin of its operators is the top left corner.

    One that is drawn `often` stands in the file once. It may hold no text.
    """

    width: float
    height: float
    code: str
    often: bool = False


def circle(size: float, thickness: float, colour: Colour) -> Shape:
    """A circle as wide as `size`."""
    r, c = (size - thickness) / 2, size / 2
    k = 0.5523 * r  # from a quarter of a circle to the curve nearest to it
    curves = (
        (c + r, -c + k, c + k, -c + r, c, -c + r),
        (c - k, -c + r, c - r, -c + k, c - r, -c),
        (c - r, -c - k, c - k, -c - r, c, -c - r),
        (c + k, -c - r, c + r, -c - k, c + r, -c),
    )
    drawn = " ".join(" ".join(f"{v:.2f}" for v in curve) + " c" for curve in curves)
    return Shape(size, size, f"{colour.stroke} {thickness:g} w {c + r:.2f} {-c:.2f} m {drawn} s", often=True)


def box(
    width: float, height: float, thickness: float, colour: Colour, *, tint: Colour | None = None, corner: float = 0.0
) -> Shape:
    """A rectangle, filled with `tint` if there is one, its corners round by `corner` points."""
    half = thickness / 2
    filled, drawn = ("", "S") if tint is None else (f"{tint.fill} ", "B")
    path = _outline(half, half - height, width - thickness, height - thickness, corner)
    return Shape(width, height, f"{filled}{colour.stroke} {thickness:g} w {path} {drawn}")


def disc(size: float, tint: Colour) -> Shape:
    """A filled circle."""
    return Shape(size, size, f"{tint.fill} {_outline(0.0, -size, size, size, size / 2)} f")


def panel(width: float, height: float, tint: Colour, *, corner: float = 0.0) -> Shape:
    """A filled rectangle without a line around it."""
    return Shape(width, height, f"{tint.fill} {_outline(0.0, -height, width, height, corner)} f")


def _outline(x: float, y: float, width: float, height: float, corner: float) -> str:
    """The path of a rectangle whose lower left corner is at (x, y)."""
    r = min(corner, width / 2, height / 2)
    if r <= 0:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    k = r * (1 - 0.5523)  # from a corner to the control point of the curve nearest to a quarter of a circle
    right, top = x + width, y + height
    sides = (
        ((right - r, y), (right - k, y, right, y + k, right, y + r)),
        ((right, top - r), (right, top - k, right - k, top, right - r, top)),
        ((x + r, top), (x + k, top, x, top - k, x, top - r)),
        ((x, y + r), (x, y + k, x + k, y, x + r, y)),
    )
    path = [f"{x + r:.2f} {y:.2f} m"]
    for line, curve in sides:
        path.append(" ".join(f"{v:.2f}" for v in line) + " l " + " ".join(f"{v:.2f}" for v in curve) + " c")
    return " ".join([*path, "h"])
