"""The look of printed quizzes: sizes, distances, margins, greys, fonts. Looks are data: `templates/pdf/look.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from quizgen.problems import Place, Problem, did_you_mean, error, quoted
from quizgen.source import Map, Node, Seq, parse_yaml
from quizgen.templates import Templates

MM = 72 / 25.4
NAME = "pdf/look.yaml"
MOST = 1000.0  # points: no length of a look is greater
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Greys:
    """From 0 (black) to 1 (white)."""

    ink: float = 0.0
    quiet: float = 0.33
    rule: float = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """Names of font files among the templates; `system` are paths on this computer, tried last."""

    regular: str = "NotoSans-Regular.ttf"
    bold: str = "NotoSans-Bold.ttf"
    fallback: tuple[str, ...] = ("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "DejaVuSans.ttf")
    system: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All lengths are in points."""

    sizes: Sizes = field(default_factory=Sizes)
    margins: Margins = field(default_factory=Margins)
    distances: Distances = field(default_factory=Distances)
    shapes: Shapes = field(default_factory=Shapes)
    greys: Greys = field(default_factory=Greys)
    fonts: Faces = field(default_factory=Faces)


GROUPS = {"sizes": Sizes, "margins": Margins, "distances": Distances, "shapes": Shapes, "greys": Greys, "fonts": Faces}
LARGE = "large-print"


def read_look(templates: Templates, *, large_print: bool = False) -> tuple[Look, tuple[Problem, ...]]:
    """The look in force, with all that is wrong in its file. What the file does not say, or says wrong, is as usual."""
    path = templates.path(NAME)
    if path is None:
        return Look(), ()
    node, found = parse_yaml(templates.read(NAME), str(path))
    problems = list(found)
    values: dict[str, dict[str, float | str | tuple[str, ...]]] = {name: {} for name in GROUPS}
    if isinstance(node, Map):
        _read_groups(node, values, problems, extra=(LARGE,))
        large = node.get(LARGE)
        if isinstance(large, Map):
            unused: dict[str, dict[str, float | str | tuple[str, ...]]] = {name: {} for name in GROUPS}
            _read_groups(large, values if large_print else unused, problems)
        elif LARGE in node:
            problems.append(error(node.place(LARGE), f"'{LARGE}' is a mapping of what it changes"))
    elif not problems:
        problems.append(
            error(Place(str(path), 1, 1), "a look is a mapping", "`quizgen templates pdf/look.yaml` prints one.")
        )
    groups = {name: group(**values[name]) for name, group in GROUPS.items()}
    return Look(**groups), tuple(sorted(problems))


_Values = Mapping[str, dict[str, "float | str | tuple[str, ...]"]]


def _read_groups(node: Map, values: _Values, problems: list[Problem], *, extra: tuple[str, ...] = ()) -> None:
    for name, members in node.items():
        if name in extra:
            continue
        if name not in GROUPS:
            says, remedy = f"unknown key {quoted(name)} in a look", did_you_mean(name, (*GROUPS, *extra))
            problems.append(error(node.key_place(name), says, remedy))
        elif isinstance(members, Map):
            values[name].update(_read_group(name, members, problems))
        else:
            problems.append(error(node.place(name), f"'{name}' is a mapping"))


def _read_group(
    group: str, members: Map, problems: list[Problem]
) -> Iterator[tuple[str, float | str | tuple[str, ...]]]:
    known = {each.name: each.type for each in fields(GROUPS[group])}
    for name, written in members.items():
        if name not in known:
            says = f"unknown key {quoted(name)} in '{group}' of a look"
            problems.append(error(members.key_place(name), says, did_you_mean(name, known)))
            continue
        value = _read_value(written, str(known[name]), most=1.0 if group == "greys" else MOST)
        if value is None:
            says = f"{quoted(written) if isinstance(written, str) else 'this'} is no value for '{name}'"
            problems.append(error(members.place(name), says, _EXPECTED[str(known[name])]))
            continue
        yield name, value


_EXPECTED = {
    "float": "Write a number of points, or millimetres such as 20mm.",
    "str": "Write the name of a TrueType file in templates/pdf/fonts/.",
    "tuple[str, ...]": "Write a list of TrueType files.",
}


def _read_value(written: Node, kind: str, *, most: float) -> float | str | tuple[str, ...] | None:
    if kind == "tuple[str, ...]":
        texts = tuple(text for text in written if isinstance(text, str)) if isinstance(written, Seq) else None
        return texts if isinstance(written, Seq) and texts is not None and len(texts) == len(written) else None
    if not isinstance(written, str):
        return None
    if kind == "str":
        return written
    found = _LENGTH.fullmatch(written.strip())
    if found is None:
        return None
    length = float(found[1]) * (MM if found[2] == "mm" else 1.0)
    return length if length <= most else None
