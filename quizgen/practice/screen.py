"""The screen: lines of a plain terminal, safe to show whatever a deck holds; answers as lines of standard input."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, TextIO

from quizgen.columns import safe, width_of, wrapped

WIDTH = 80
NARROWEST = 20
_STYLES = {"": "", "strong": "1", "right": "32", "close": "33", "wrong": "31", "quiet": "2"}


class Talk(Protocol):
    """Somebody to talk to: a terminal, a pipe, a test."""

    def say(self, text: str, style: str = "", *, indent: str = "", label: str = "") -> None:
        """Shows a paragraph; `label` stands before its first line, and the others are indented as far."""

    def drawn(self, line: str) -> None:
        """Shows a line of a picture as it is."""

    def ask(self, prompt: str) -> str | None:
        """The next line that is typed; None where there are no more."""


@dataclass(slots=True)
class Terminal:
    """A terminal, or the pipes in its place."""

    source: TextIO
    out: TextIO
    colour: bool = False
    width: int = WIDTH

    @classmethod
    def of(cls, source: TextIO, out: TextIO, environment: Mapping[str, str]) -> Terminal:
        """The terminal behind these streams: colour only where one shows it and nobody minds (no-color.org)."""
        for stream in (source, out):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")  # a character that the terminal lacks is no reason to stop
        colour = out.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
        columns = shutil.get_terminal_size((WIDTH, 24)).columns if out.isatty() else WIDTH
        return cls(source, out, colour, max(NARROWEST, min(columns, WIDTH)))

    def say(self, text: str, style: str = "", *, indent: str = "", label: str = "") -> None:
        """Shows a paragraph; `label` stands before its first line, and the others are indented as far."""
        first = indent + label
        later = " " * width_of(first)
        for number, line in enumerate(wrapped(safe(text), self.width - width_of(first))):
            self.out.write(self._styled((later if number else first) + line, style) + "\n")

    def drawn(self, line: str) -> None:
        """Shows a line of a picture as it is."""
        self.out.write(line + "\n")

    def ask(self, prompt: str) -> str | None:
        """The next line that is typed; None where there are no more, or at Ctrl-C."""
        *before, last = wrapped(prompt.rstrip(), self.width - 1)
        self.out.write("".join(f"{line}\n" for line in before) + last + " ")
        self.out.flush()
        try:
            line = self.source.readline()
        except KeyboardInterrupt:
            line = ""
        if not line or not self.source.isatty():  # where nobody typed, nobody saw it
            self.out.write(safe(line) + "\n")
        return line.rstrip("\r\n") if line else None

    def _styled(self, line: str, style: str) -> str:
        code = _STYLES[style]
        return f"\033[{code}m{line}\033[0m" if code and self.colour and line.strip() else line
