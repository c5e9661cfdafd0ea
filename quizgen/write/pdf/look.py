"""Looks of printed quizzes: sizes, distances, margins, colours, fonts. A look is data: `templates/pdf/<name>.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields

from quizgen.problems import Place, Problem, did_you_mean, error, quoted
from quizgen.source import Map, Node, Seq, parse_yaml
from quizgen.templates import Templates, Unusable
from quizgen.write.pdf.colours import BLACK, WHITE, Colour, read_colour

MM = 72 / 25.4
USUAL = "plain"
MOST = 1000.0  # points: no length of a look is greater
LEAST_SIZE = 1.0  # no type is smaller, and no line lower than its type
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mm|pt)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Sizes of type; `leading` is the height of a line, in its size."""

    text: float = 10.5
    small: float = 8.5
    tiny: float = 7.5
    title: float = 20.0
    heading: float = 13.0
    letter: float = 7.8
    leading: float = 1.42


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """What is added after each letter, and to each space between words, in sizes of the type."""

    letters: float = 0.0
    words: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Margins on A4; narrower paper gets narrower ones."""

    side: float = 20 * MM
    top: float = 18 * MM
    bottom: float = 20 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Distances between what stands on a page."""

    columns: float = 10 * MM
    questions: float = 15.0
    options: float = 4.0
    sections: float = 24.0
    heading: float = 9.0
    writing: float = 8.5 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Sizes of what is drawn."""

    marker: float = 13.5
    hairline: float = 0.6
    picture: float = 55 * MM
    corner: float = 0.0  # how round the corners of boxes are
    disc: float = 0.0  # behind the number of a question; 0 for none
    band: float = 0.0  # how far a tint reaches around a section's heading; 0 for none
    card_width: float = 85 * MM  # the least size of a flashcard
    card_height: float = 60 * MM


_QUIET, _RULE, _TINT = Colour((0.33,)), Colour((0.45,)), Colour((0.94,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Greys or colours. What they tell is told by words or shapes too."""

    ink: Colour = BLACK
    quiet: Colour = _QUIET
    rule: Colour = _RULE
    accent: Colour = BLACK  # titles, headings, numbers
    tint: Colour = _TINT  # behind what is boxed
    page: Colour = WHITE  # white paper is left as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Names of font files among the templates; `system` are paths on this computer, tried last."""

    regular: str = "NotoSans-Regular.ttf"
    bold: str = "NotoSans-Bold.ttf"
    heading: str = ""  # of titles and headings; that of bold text if it names none
    fallback: tuple[str, ...] = ("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "DejaVuSans.ttf")
    system: tuple[str, ...] = (
        "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
        "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All lengths are in points."""

    sizes: Sizes = field(default_factory=Sizes)
    spacing: Spacing = field(default_factory=Spacing)
    margins: Margins = field(default_factory=Margins)
    distances: Distances = field(default_factory=Distances)
    shapes: Shapes = field(default_factory=Shapes)
    colours: Colours = field(default_factory=Colours)
    fonts: Faces = field(default_factory=Faces)
    named: Mapping[str, Place] = field(default_factory=dict)  # where the look names each font that sets text


GROUPS = {
    "sizes": Sizes,
    "spacing": Spacing,
    "margins": Margins,
    "distances": Distances,
    "shapes": Shapes,
    "colours": Colours,
    "fonts": Faces,
}
EASY, LARGE = "easy-reading", "large-print"
OVERLAYS = (EASY, LARGE)  # what a look changes for readers who need it; large print has the last word

_Value = float | str | tuple[str, ...] | Colour
_Values = Mapping[str, dict[str, _Value]]


def look_names(templates: Templates) -> tuple[str, ...]:
    """The names of all looks, sorted."""
    return tuple(name.removeprefix("pdf/").removesuffix(".yaml") for name in templates.names("pdf", ".yaml"))


def read_look(
    templates: Templates, name: str = USUAL, *, large_print: bool = False, easy_reading: bool = False
) -> tuple[Look, tuple[Problem, ...]]:
    """The look of that name, with all that is wrong in its file. What it does not say, or says wrong, is as usual.

    Raises `Unusable` where there is no such look.
    """
    path = templates.path(f"pdf/{name}.yaml")
    if path is None:
        known = look_names(templates)
        remedy = did_you_mean(name, known, otherwise=f"There are {', '.join(known)}.")
        raise Unusable(error(Place(f"pdf/{name}.yaml"), f"there is no look {quoted(name)}", remedy))
    node, found = parse_yaml(templates.read(f"pdf/{name}.yaml"), str(path))
    problems = list(found)
    values = _nothing()
    named: dict[str, Place] = {}
    if isinstance(node, Map):
        named |= _named(node)
        _read_groups(node, values, problems, extra=OVERLAYS)
        for overlay, wanted in ((EASY, easy_reading), (LARGE, large_print)):
            changes = node.get(overlay)
            if isinstance(changes, Map):
                _read_groups(changes, values if wanted else _nothing(), problems)
                named |= _named(changes) if wanted else {}
            elif overlay in node:
                says = f"'{overlay}' is a mapping of what it changes"
                problems.append(error(node.place(overlay), says, f"Write `{overlay}: {{sizes: {{text: 18}}}}`."))
    elif not problems:
        remedy = f"`quizgen templates pdf/{USUAL}.yaml` prints one."
        problems.append(error(Place(str(path), 1, 1), "this is no look: a look is a mapping", remedy))
    groups = {name: group(**values[name]) for name, group in GROUPS.items()}
    return Look(**groups, named=named), tuple(sorted(problems))


def _named(node: Map) -> dict[str, Place]:
    """Where fonts are named, by their names."""
    fonts = node.get("fonts")
    if not isinstance(fonts, Map):
        return {}
    return {name: fonts.place(key) for key, name in fonts.items() if isinstance(name, str)}


def _nothing() -> dict[str, dict[str, _Value]]:
    return {name: {} for name in GROUPS}


def _read_groups(node: Map, values: _Values, problems: list[Problem], *, extra: tuple[str, ...] = ()) -> None:
    for name, members in node.items():
        if name in extra:
            continue
        if name not in GROUPS:
            says = f"unknown key {quoted(name)} in a look"
            problems.append(error(node.key_place(name), says, _nearest(name, (*GROUPS, *extra))))
        elif isinstance(members, Map):
            values[name].update(_read_group(name, members, problems))
        else:
            example = fields(GROUPS[name])[0].name
            problems.append(error(node.place(name), f"'{name}' is a mapping", f"Write `{name}: {{{example}: ...}}`."))


def _read_group(group: str, members: Map, problems: list[Problem]) -> Iterator[tuple[str, _Value]]:
    known = {each.name.replace("_", "-"): str(each.type) for each in fields(GROUPS[group])}
    for name, written in members.items():
        if name not in known:
            says = f"unknown key {quoted(name)} in '{group}' of a look"
            problems.append(error(members.key_place(name), says, _nearest(name, known)))
            continue
        value = _read_value(written, known[name])
        if value is None:
            says = f"{quoted(written) if isinstance(written, str) else 'this'} is no value for '{name}'"
            problems.append(error(members.place(name), says, _EXPECTED[known[name]]))
            continue
        if group == "sizes" and isinstance(value, float) and value < LEAST_SIZE:
            problems.append(error(members.place(name), f"'{name}' is too small", f"Write {LEAST_SIZE:g} or more."))
            continue
        yield name.replace("-", "_"), value


def _nearest(name: str, known: Collection[str]) -> str:
    return did_you_mean(name, known, otherwise=f"The keys are {', '.join(known)}.")


_EXPECTED = {
    "float": "Write a number of points, or millimetres such as 20mm.",
    "str": "Write the name of a TrueType file in templates/pdf/fonts/.",
    "tuple[str, ...]": "Write a list of TrueType files.",
    "Colour": 'Write a grey from 0 (black) to 1 (white), or a colour such as "#1f6f8b".',
}


def _read_value(written: Node, kind: str) -> _Value | None:
    if kind == "tuple[str, ...]":
        texts = tuple(text for text in written if isinstance(text, str)) if isinstance(written, Seq) else None
        return texts if isinstance(written, Seq) and texts is not None and len(texts) == len(written) else None
    if not isinstance(written, str):
        return None
    if kind == "str":
        return written
    if kind == "Colour":
        return read_colour(written)
    found = _LENGTH.fullmatch(written.strip())
    if found is None:
        return None
    length = float(found[1]) * (MM if found[2] == "mm" else 1.0)
    return length if length <= MOST else None
