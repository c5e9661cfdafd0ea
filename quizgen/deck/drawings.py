"""Drawings (SVG): read by what is allowed, so that nothing in one runs, loads or leads elsewhere."""

from __future__ import annotations

import re
from xml.parsers import expat  # entities need a DOCTYPE, and that is refused

from quizgen.deck.rasters import Torn
from quizgen.problems import quoted

_SVG = "http://www.w3.org/2000/svg"
_INERT = (  # notes that drawing programs leave for themselves; no browser looks at them
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
)
_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "metadata",
        "switch",
        "style",
        "view",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "marker",
        "clipPath",
        "mask",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
    ]
)
_LEADS_OUT = re.compile(
    r"(?:javascript|vbscript|data|file|https?|ftp|blob):|url\((?!['\"]?#)|@import|\\|expression\(|(?:image-set|cross-fade|image|src)\(",
    re.IGNORECASE,
)


class NoDrawing(ValueError):
    """A file that is no SVG."""


class Harmful(ValueError):
    """A drawing with something in it that may run, load or lead elsewhere."""


def check_drawing(data: bytes) -> None:
    """Nothing, where the file is a whole and harmless SVG. Raises `NoDrawing`, `Torn` and `Harmful`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    check = _Check()
    parser.StartElementHandler = check.start
    parser.EndElementHandler = check.end
    parser.CharacterDataHandler = check.text
    parser.StartDoctypeDeclHandler = check.doctype
    parser.ProcessingInstructionHandler = check.instruction
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no keywords
    except expat.ExpatError as failure:
        raise Torn from failure
    check.copies.count()


class _Check:
    """Looks at the parts of a drawing as they come."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.style: list[str] = []
        self.copies = _Copies()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self.path and (space, element) != (_SVG, "svg"):
            raise NoDrawing
        self.path.append(name)
        if space in _INERT:
            return
        if space != _SVG or element not in _ELEMENTS:
            raise Harmful(f"the element {quoted(element)}")
        for key, value in attributes.items():
            self.attribute(key, value)
        self.copies.begin(attributes.get("id"), _target(attributes) if element == "use" else None)

    def attribute(self, name: str, value: str) -> None:
        space, _, attribute = name.rpartition(" ")
        if space in _INERT:
            return
        if attribute.lower().startswith("on"):
            raise Harmful(f"the script of {quoted(attribute)}")
        leads = attribute in ("href", "src") and not value.strip().startswith("#")
        if leads or _LEADS_OUT.search(re.sub(r"\s", "", value)):
            raise Harmful(f"a reference to the outside ({quoted(value)})")

    def text(self, text: str) -> None:
        if self.path[-1] == f"{_SVG} style":
            self.style.append(text)

    def end(self, name: str) -> None:
        self.path.pop()
        if name.startswith(f"{_SVG} "):
            self.copies.end()
        if name == f"{_SVG} style":
            style = "".join(self.style)
            if _LEADS_OUT.search(re.sub(r"\s", "", style)):
                raise Harmful("a style that refers to the outside")
            self.style.clear()

    def doctype(self, *_: object) -> None:
        raise Harmful("a DOCTYPE")

    def instruction(self, *_: object) -> None:
        raise Harmful("an instruction to the program that shows it")


MOST_SHAPES = 100_000  # that a drawing may come to, with all copies of its parts: no reader draws more in a second
_DEEPEST = 50  # copies within copies


class _Copies:
    """How many elements a drawing comes to: a `use` draws a part again, and with it each `use` in that part."""

    def __init__(self) -> None:
        self._elements = 0
        self._used: list[str] = []  # what is drawn again, in order
        self._open: list[tuple[str | None, int, int]] = []  # ids of what is open, what there was before it
        self._parts: dict[str, tuple[int, int, int]] = {}  # by id: how many elements, and what of `_used` is in it
        self._known: dict[str, int] = {}

    def begin(self, identity: str | None, target: str | None) -> None:
        """An element begins; `target` is the id of what it draws again."""
        self._open.append((identity, self._elements, len(self._used)))
        self._elements += 1
        if target is not None:
            self._used.append(target)

    def end(self) -> None:
        """The last that began ends."""
        identity, elements, used = self._open.pop()
        if identity is not None:
            self._parts.setdefault(identity, (self._elements - elements, used, len(self._used)))

    def count(self) -> None:
        """Raise `Harmful` where there is too much of it."""
        self._sum(self._elements, 0, len(self._used), 0)

    def _sum(self, elements: int, first: int, last: int, depth: int) -> int:
        if depth > _DEEPEST:
            raise Harmful("parts that draw each other again without end")
        total = elements
        for target in self._used[first:last]:
            if target not in self._known and target in self._parts:
                self._known[target] = self._sum(*self._parts[target], depth + 1)
            total += self._known.get(target, 0)
            if total > MOST_SHAPES:
                raise Harmful(f"more than {MOST_SHAPES:,} shapes, counting copies,")
        return total


def _target(attributes: dict[str, str]) -> str | None:
    found = (value.strip() for name, value in attributes.items() if name.rpartition(" ")[2] == "href")
    return next((value[1:] for value in found if value.startswith("#")), None)
