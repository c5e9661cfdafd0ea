"""What stands in a field, as lines of plain text: what a reader would see, without its markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"br", "div", "p", "li", "ul", "ol", "hr", "tr", "table", "blockquote", "h1", "h2", "h3", "pre"})
_UNSAID = frozenset({"verdict", "mine"})  # labels of quizgen's options: a sign in front says the same
_SILENT = frozenset({"style", "script"})
_INSIDE = r"(?:(?!::|\}\}|\{\{c\d).)*+"  # looks no further than the next blank
_BLANK = re.compile(rf"\{{\{{c\d+::({_INSIDE})(?:::(?:(?!\}}\}}|\{{\{{c\d).)*+)?\}}\}}", re.DOTALL)
LONGEST = 2_000  # characters of a field that are told


def lines_of(field: str) -> tuple[str, ...]:
    """The lines of a field. A right option begins with ✓, a wrong one with ✗; a blank stands in brackets."""
    if "<" not in field and "&" not in field and "{{" not in field:
        return _lines(field)
    text = _Text()
    text.feed(_BLANK.sub(r"[\1]", field))
    text.close()
    return _lines("".join(text.parts))


def _lines(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST:
        text = text[:LONGEST] + "…"
    return tuple(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


class _Text(HTMLParser):
    """Gathers the text of a field."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._why = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block; name a picture; pass over what is not said."""
        named = dict(attrs)
        kind = named.get("class") or ""
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag == "li" and kind in {"right", "wrong"}:
            self.parts.append("✓ " if kind == "right" else "✗ ")
        if tag == "img":
            self.parts.append(f"[picture {named.get('src') or ''}: {named.get('alt') or ''}]")
        if tag in _SILENT or (tag == "span" and (self._silent or kind in _UNSAID)):
            self._silent += 1
        elif tag == "span" and (self._why or kind == "why"):
            self.parts.append("" if self._why else " (")
            self._why += 1

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag in _BLOCKS - {"br"}:
            self.parts.append("\n")
        if self._silent and (tag in _SILENT or tag == "span"):
            self._silent -= 1
        elif tag == "span" and self._why:
            self._why -= 1
            self.parts.append("" if self._why else ")")

    def handle_data(self, data: str) -> None:
        """Text, whose own line ends mean nothing."""
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
