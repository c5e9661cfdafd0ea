"""Pictures beside a deck: whole files of known formats, in which nothing runs and nothing refers to the outside."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from quizgen.deck.drawings import Harmful, NoDrawing, check_drawing
from quizgen.deck.rasters import SIGNATURES, Torn
from quizgen.facts import Picture
from quizgen.problems import Place, Problem, error, quoted
from quizgen.source.textfile import beside

MAX_BYTES = 5 << 20
MAX_PIXELS = 40_000_000  # 5 MB can hold a picture that fills all memory when it is unpacked

_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")


def read_picture(folder: Path, name: str, alt: str, place: Place, *, what: str = "deck") -> Picture | Problem:
    """The picture `name` of a deck (or `what` else names it) in `folder`, or what is wrong with it, at `place`."""
    data = beside(folder, name, place, limit=MAX_BYTES, what=what)
    if isinstance(data, Problem):
        return data
    try:
        suffix, pixels = _look(data, PurePosixPath(name).suffix.lower())
    except NoDrawing:
        suffix, pixels = "", 0
    except Torn:
        return error(place, f"{quoted(name)} is not whole: the picture breaks off or is damaged", "Save it anew.")
    except Harmful as harm:
        return error(place, f"{quoted(name)} has {harm} in it", "Save it as plain SVG, or as a PNG.")
    if not suffix:
        return error(place, f"{quoted(name)} is not a picture", "A picture is a PNG, JPEG, GIF, WebP or SVG file.")
    if pixels > MAX_PIXELS:
        return error(
            place, f"{quoted(name)} has {pixels:,} pixels; at most {MAX_PIXELS:,} are read", "Make it smaller."
        )
    return Picture(path=folder / name, data=data, suffix=suffix, alt=alt)


def _look(data: bytes, named: str) -> tuple[str, int]:
    """The suffix that belongs to the content ('' if that is no picture), and its number of pixels (0 for a drawing).

    Raises `NoDrawing`, `Torn` and `Harmful`.
    """
    if named not in _SUFFIXES:
        return "", 0
    if named == ".svg":
        check_drawing(data)
        return ".svg", 0
    for signature, suffix, measure in SIGNATURES:
        if data.startswith(signature):
            width, height = measure(data)
            return suffix, width * height
    return "", 0
