"""Wording: the little language of prompts and statements.

A text with `{field}` or `{field:style}` where a value belongs, and `[...]` around a stretch that is left out where a
field in it is absent. `{{`, `}}`, `[[`, `]]` stand for the characters themselves. Nothing else: data never runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{([^{}\[\]]*)\}|[\[\]{}]")
_LITERAL = {"{{": "{", "}}": "}", "[[": "[", "]]": "]"}
_ENDS = (".", "!", "?", "…", "。", "؟")


class Hole(NamedTuple):
    """A place for a field's value, in a style ('' for the plain one)."""

    field: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Maybe:
    """A stretch that is left out where one of its fields is absent."""

    pieces: tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed text."""

    pieces: tuple[str | Hole | Maybe, ...]
    written: str
    holes: tuple[Hole, ...] = field(init=False, compare=False, repr=False)  # in order, with those of a `Maybe`
    fields: frozenset[str] = field(init=False, compare=False, repr=False)  # that it has a hole for

    def __post_init__(self) -> None:
        object.__setattr__(self, "holes", tuple(_holes(self.pieces)))  # once, for every question asks after them
        object.__setattr__(self, "fields", frozenset(hole.field for hole in self.holes))

    def shows(self, field: str) -> bool:
        """Whether it has a hole for that field."""
        return field in self.fields


class Shown(NamedTuple):
    """A value of a field, as it stands in a finished text."""

    field: str
    text: str


Pieces = tuple[str | Shown, ...]


class Malformed(ValueError):
    """A text that is no template: what is wrong with it, and after how many characters."""

    def __init__(self, says: str, at: int) -> None:
        super().__init__(says)
        self.at = at


def _holes(pieces: tuple[str | Hole | Maybe, ...]) -> Iterator[Hole]:
    for piece in pieces:
        if isinstance(piece, Hole):
            yield piece
        elif isinstance(piece, Maybe):
            yield from _holes(piece.pieces)


def parse(written: str) -> Template:
    """The template that `written` is. Raises `Malformed`."""
    outer: list[str | Hole | Maybe] = []
    inner: list[str | Hole] | None = None
    end = opened = 0
    for token in _TOKEN.finditer(written):
        into: list[str | Hole] | list[str | Hole | Maybe] = outer if inner is None else inner
        _add_text(into, written[end : token.start()])
        end = token.end()
        mark = token[0]
        if mark in _LITERAL:
            _add_text(into, _LITERAL[mark])
        elif token[1] is not None:
            name, _, style = token[1].partition(":")
            into.append(Hole(name.strip(), style.strip()))
        elif mark == "[" and inner is None:
            inner, opened = [], token.start()
        elif mark == "]" and inner is not None:
            if not any(isinstance(piece, Hole) for piece in inner):
                raise Malformed("a '[...]' without a {field}: nothing could leave it out", opened)
            outer.append(Maybe(tuple(inner)))
            inner = None
        else:
            raise Malformed(f"a lone '{mark}'; write '{mark * 2}' for the character itself", token.start())
    if inner is not None:
        raise Malformed("a '[' that is not closed; write '[[' for the character itself", opened)
    _add_text(outer, written[end:])
    return Template(tuple(outer), written)


def _add_text(pieces: list[str | Hole] | list[str | Hole | Maybe], text: str) -> None:
    if not text:
        return
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] += text
    else:
        pieces.append(text)


def fill(template: Template, value_of: Callable[[Hole], Pieces | None]) -> Pieces | None:
    """The finished text in pieces; None where a field that must be there is absent.

    A full stop after a value that ends a sentence by itself is left out.
    """
    out = _filled(template.pieces, value_of)
    return None if out is None else tuple(out)


def _filled(
    pieces: tuple[str | Hole | Maybe, ...], value_of: Callable[[Hole], Pieces | None]
) -> list[str | Shown] | None:
    out: list[str | Shown] = []
    for piece in pieces:
        if isinstance(piece, str):
            out.append(without_double_stop(out[-1].text, piece) if out and isinstance(out[-1], Shown) else piece)
        elif isinstance(piece, Hole):
            value = value_of(piece)
            if value is None:
                return None
            out += value
        else:
            out += _filled(piece.pieces, value_of) or ()
    return [piece for piece in out if piece]  # without empty texts


def without_double_stop(value: str, after: str) -> str:
    """What follows a value: without its full stop, where the value ends a sentence by itself."""
    return after[1:] if after[:1] == "." and value.endswith(_ENDS) else after


def plain(pieces: Pieces) -> str:
    """The finished text."""
    return "".join([piece if isinstance(piece, str) else piece.text for piece in pieces])
