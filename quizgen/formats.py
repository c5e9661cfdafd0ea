"""Formats: what a deck can become, and who writes it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.write import Writer

WRITERS: dict[str, str] = {  # name of a format -> module and function; loaded when it is used
    "anki": "quizgen.write.anki:write",
    "anki-text": "quizgen.write.anki_text:write",
    "pdf": "quizgen.write.pdf:write",
    "page": "quizgen.write.page:write",
    "json": "quizgen.write.bank_json:write",
}
GROUP = "quizgen.writers"  # entry points by which another package adds a format
DEFAULT = ("anki", "pdf", "page")
PACKING = frozenset({"anki", "anki-text"})  # formats that learners take into Anki: what they hold is published


def writer(name: str) -> Writer:
    """The writer of that format, ours or another package's. Raises KeyError for one that there is not."""
    if name in WRITERS:
        module, function = WRITERS[name].split(":")
        found: Writer = getattr(import_module(module), function)
        return found
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom needed

    return {point.name: point.load() for point in entry_points(group=GROUP)}[name]  # type: ignore[no-any-return]


def formats() -> tuple[str, ...]:
    """The names of all formats that can be written."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - as above

    return (*WRITERS, *sorted({point.name for point in entry_points(group=GROUP)} - WRITERS.keys()))
