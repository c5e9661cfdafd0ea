"""Scaled: an order drawn to scale, as a timeline or as bars, with boxes for the letters of its items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quizgen.questions import Order, Scale
from quizgen.write.pdf.blocks import Builder, Field, Shape, box, disc, panel
from quizgen.write.pdf.colours import Colour
from quizgen.write.pdf.kit import Kit, letter

BOX = 1.9  # a box to write a letter in, in sizes of the text


def draw_scaled(
    kit: Kit, build: Builder, question: Order, *, x: float, width: float, role: str, told: str = ""
) -> None:
    """Put the scale of an order at the builder's height, with fields in its boxes of which `told` tells.

    Where nothing is told, it is solved: the letters stand in the boxes. These
    stand in the right order: from where reading starts on a timeline, from the top beside bars.
    """
    if question.scale is None:
        return
    letters = tuple(letter(question.shown.index(item)) for item in range(len(question.items)))
    values = question.values
    wanted = _Wanted(question.scale, () if told else letters, () if told else values, x, width, role, told)
    if question.scale.measure == "time":
        _timeline(kit, build, wanted)
    else:
        _bars(kit, build, wanted)


def told_of(kit: Kit, scale: Scale) -> str:
    """What stands over a drawing, in place of a prompt to put things in order."""
    if scale.measure == "time":
        return kit.say("timeline-stem", first=scale.ticks[0][1], last=scale.ticks[-1][1])
    return kit.say("bars-stem")


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places at least `apart` from each other, between `low` and `high`, as near to those given as they can be.

    They come in their order. Where they touch, the group of them lies about the middle of where its members would
    (pool-adjacent-violators, the least sum of squares).
    """
    pools: list[tuple[float, int]] = []  # the sum of places, each less its share of the gaps, and how many they are
    for number, place in enumerate(places):
        pools.append((place - number * apart, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            (total, count), (more, others) = pools[-2:]
            pools[-2:] = [(total + more, count + others)]
    most = high - (len(places) - 1) * apart
    free = [min(max(total / count, low), max(most, low)) for total, count in pools for _ in range(count)]
    return [place + number * apart for number, place in enumerate(free)]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be drawn, where in its block, and as which element of the structure."""

    scale: Scale
    letters: tuple[str, ...]  # in the boxes; none where they are to be written
    values: tuple[str, ...]
    x: float
    width: float
    role: str
    told: str  # of the fields in the boxes


class _Sketch:
    """A drawing in the making; `x` counts from where reading starts, `y` goes down."""

    def __init__(self, kit: Kit, width: float) -> None:
        self._kit = kit
        self._width = width
        self._code: list[str] = []

    def line(self, start: tuple[float, float], end: tuple[float, float], thickness: float, colour: Colour) -> None:
        """A straight line."""
        (x, y), (to, down) = start, end
        path = f"{self._across(x):.2f} {-y:.2f} m {self._across(to):.2f} {-down:.2f} l S"
        self._code.append(f"{colour.stroke} {thickness:g} w {path}")

    def put(self, drawn: Shape, x: float, y: float) -> None:
        """A shape whose top edge is at `y`, and whose edge nearest to where reading starts is at `x`."""
        self._place(self._across(x) - (drawn.width if self._kit.leftward else 0.0), y, drawn.code)

    def box(self, x: float, y: float, side: float, inside: str) -> None:
        """A box to write a letter in, or with one in it."""
        shapes, colours = self._kit.look.shapes, self._kit.look.colours
        frame = box(side, side, shapes.hairline, colours.rule, tint=colours.page, corner=shapes.corner)
        self.put(frame, x, y)
        if inside:
            words = self._kit.setter.paragraph(inside, self._kit.styles.boxed, side)
            left = self._across(x) - (side if self._kit.leftward else 0.0)
            self._place(left + (side - words.width) / 2, y + (side - words.height) / 2, words.code)

    def finished(self, width: float, height: float) -> Shape:
        """The drawing."""
        return Shape(width, height, "\n".join(self._code))

    def _across(self, x: float) -> float:
        return self._width - x if self._kit.leftward else x

    def _place(self, left: float, y: float, code: str) -> None:
        self._code.append(f"q 1 0 0 1 {left:.2f} {-y:.2f} cm {code} Q")


def _timeline(kit: Kit, build: Builder, wanted: _Wanted) -> None:
    """Boxes above an axis, each led to its place; below it the dates of the ticks."""
    size, thick, colours = kit.look.sizes.text, kit.look.shapes.hairline, kit.look.colours
    scale, letters, width = wanted.scale, wanted.letters, wanted.width
    side, axis = size * BOX, size * (BOX + 1.2)
    ends = [kit.setter.natural_width(scale.ticks[i][1], kit.styles.small) / 2 for i in (0, -1)]
    left, right = (max(side / 2, min(end, width / 5)) + 1 for end in ends)
    long = width - left - right
    middles = [left + long * (first + last) / 2 for first, last in scale.spans]
    centres = spread(middles, side * 1.2, side / 2 + thick, width - side / 2 - thick)
    sketch = _Sketch(kit, width)
    for first, last in scale.spans:
        stretch = long * (last - first)
        if stretch >= size * 0.5:  # a date that is not known to the day is a stretch of the axis
            high = size * 0.5
            sketch.put(panel(stretch, high, colours.rule, corner=high / 2), left + long * first, axis - high / 2)
    for centre, middle in zip(centres, middles, strict=True):
        sketch.line((centre, side), (middle, axis), thick, colours.rule)
    sketch.line((left, axis), (left + long, axis), thick * 2, colours.ink)
    for at, _ in scale.ticks:
        sketch.line(
            (left + long * at, axis - size * 0.3), (left + long * at, axis + size * 0.4), thick * 1.5, colours.ink
        )
    dot = disc(size * 0.44, colours.ink)
    for number, (centre, middle) in enumerate(zip(centres, middles, strict=True)):
        sketch.put(dot, middle - dot.width / 2, axis - dot.height / 2)
        sketch.box(centre - side / 2, 0.0, side, letters[number] if letters else "")
        _field(build, wanted, number, x=wanted.x + centre - side / 2, y=build.y, side=side)
    height = axis + size * 0.5
    alt = _told_of_timeline(kit, scale, letters)
    build.shape(sketch.finished(width, height), wanted.role, x=wanted.x, y=build.y, alt=alt)
    build.y += height + size * 0.15
    for at, text in _labelled(kit, scale, left, long):
        words = kit.setter.paragraph(text, kit.styles.small, width / 2)
        x = min(max(at - words.width / 2, 0.0), width - words.width)
        build.text(words, wanted.role, x=wanted.x + x)
    build.y += kit.styles.small.leading


def _field(build: Builder, wanted: _Wanted, number: int, *, x: float, y: float, side: float) -> None:
    """What is written into a box on a screen."""
    if wanted.told:
        given = Field("letter", "box", f"{wanted.told} {number + 1}")
        build.field(given, f"{wanted.role.rpartition('/')[0]}/Form:{number}", x=x, y=y, width=side, height=side)


def _labelled(kit: Kit, scale: Scale, left: float, long: float) -> Iterator[tuple[float, str]]:
    """The ticks whose dates have room beside each other: every one, every second, ..."""
    ticks = [(left + long * place, text) for place, text in scale.ticks]
    wide = [kit.setter.natural_width(text, kit.styles.small) + kit.look.sizes.text * 0.8 for _, text in ticks]
    for step in range(1, len(ticks) + 1):
        kept = range(0, len(ticks), step)
        if all(ticks[later][0] - ticks[one][0] >= (wide[one] + wide[later]) / 2 for one, later in pairwise(kept)):
            yield from (ticks[number] for number in kept)
            return


def _told_of_timeline(kit: Kit, scale: Scale, letters: Sequence[str]) -> str:
    """The timeline in words, which tell no more than the eye sees."""
    ticks = scale.ticks
    told = [kit.say("timeline", first=ticks[0][1], last=ticks[-1][1], count=str(len(scale.spans)))]
    for number, (first, last) in enumerate(scale.spans, 1):
        before = max((i for i, (place, _) in enumerate(ticks) if place <= first), default=0)
        after = next((i for i, (place, _) in enumerate(ticks) if place >= last), len(ticks) - 1)
        if letters:
            told.append(kit.say("box-is", number=str(number), letter=letters[number - 1]))
        else:
            told.append(kit.say("box-between", number=str(number), first=ticks[before][1], last=ticks[after][1]))
    return " ".join(told)


def _bars(kit: Kit, build: Builder, wanted: _Wanted) -> None:
    """A bar a row, with its box before it; solved, with its amount after it."""
    size, thick, colours = kit.look.sizes.text, kit.look.shapes.hairline, kit.look.colours
    scale, letters, side = wanted.scale, wanted.letters, size * BOX
    words = [kit.setter.paragraph(value, kit.styles.small, wanted.width / 2) for value in wanted.values]
    after = max((each.width + size for each in words), default=0.0)
    start, bar, step = side + size * 0.7, side * 0.72, side + size * 0.5
    long = wanted.width - start - after
    sketch = _Sketch(kit, wanted.width - after)
    lengths = [max(long * end, thick * 2) for _, end in scale.spans]
    for number, length in enumerate(lengths):
        sketch.box(0.0, number * step, side, letters[number] if letters else "")
        _field(build, wanted, number, x=wanted.x, y=build.y + number * step, side=side)
        drawn = box(length, bar, thick, colours.rule, tint=colours.tint)
        sketch.put(drawn, start, number * step + (side - bar) / 2)
    height = (len(lengths) - 1) * step + side
    sketch.line((start, 0.0), (start, height), thick * 2, colours.ink)
    shape = sketch.finished(wanted.width - after, height)
    build.shape(shape, wanted.role, x=wanted.x, y=build.y, alt=_told_of_bars(kit, scale, letters))
    for number, each in enumerate(words):
        top = build.y + number * step + (side - each.height) / 2
        build.text(each, wanted.role, x=wanted.x + wanted.width - after + size * 0.5, y=top)
    build.y += height


def _told_of_bars(kit: Kit, scale: Scale, letters: Sequence[str]) -> str:
    """The bars in words."""
    told = [kit.say("bars", count=str(len(scale.spans)))]
    for number, (_, end) in enumerate(scale.spans, 1):
        told.append(kit.say("bar", number=str(number), percent=f"{end * 100:.0f}"))
        if letters:
            told.append(kit.say("box-is", number=str(number), letter=letters[number - 1]))
    return " ".join(told)
