"""Samples: files in which something is wrong, what is called with them, and the exact output.

A sample is one text file. Its first lines say what went wrong, in an author's or a teacher's words; then come parts,
each begun by a line with `=== `, in the order in which they happen:

    === decks/bridge.yaml        a file with this content (none: the line break at its end, where the name ends in ` -`)
    === python                   steps that no text file can show: bytes, links, a package that is damaged
    === $ quizgen check          a command; what it prints to stderr stands below (with ` | tail -n 5` its end alone)
    === stdout                   what it prints to stdout, if anything
    === exit 1                   its exit code, if it is not 0

Everything happens in an empty folder. In outputs, `<quizgen>` is the folder of quizgen, `<here>` that of the sample.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from quizgen.cli import main

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
_BEGIN = "=== "
_OUTPUT = ("stdout", "exit")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sample: the rest of its first line, and the lines below it."""

    head: str
    text: str = ""

    @property
    def command(self) -> str | None:
        """The command, if this is one."""
        return self.head.removeprefix("$ ") if self.head.startswith("$ ") else None


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample by its name (`deck/unknown-key`)."""

    name: str
    about: str
    parts: tuple[Part, ...]

    @property
    def area(self) -> str:
        """What it belongs to: the folder that it stands in."""
        return self.name.split("/")[0]

    @property
    def path(self) -> Path:
        """Its file."""
        return FOLDER / f"{self.name}.txt"

    @property
    def told(self) -> str:
        """All that its commands print to stderr."""
        return "".join(part.text for part in self.parts if part.command)

    def written(self) -> str:
        """The text of its file."""
        return self.about + "".join(f"\n{_BEGIN}{part.head}\n{part.text}" for part in self.parts)


def read_samples() -> tuple[Sample, ...]:
    """All samples, by name."""
    paths = sorted(FOLDER.glob("*/*.txt"))
    return tuple(
        parsed(path.relative_to(FOLDER).with_suffix("").as_posix(), path.read_text(encoding="utf-8")) for path in paths
    )


def parsed(name: str, text: str) -> Sample:
    """The sample that a file of this text is."""
    about, *parts = re.split(rf"^{_BEGIN}", text, flags=re.MULTILINE)
    pairs = (part.partition("\n") for part in parts)
    # An empty line parts what stands there from what comes next, and belongs to neither.
    texts = [(head, _without_gap(body)) for head, _, body in pairs]
    return Sample(name, _without_gap(about), tuple(Part(head, body) for head, body in texts))


def _without_gap(body: str) -> str:
    return body[:-1] if body.endswith("\n\n") or body == "\n" else body


def run(sample: Sample, folder: Path) -> Sample:
    """The sample with what its commands print today; its files are made in `folder`, which is empty."""
    parts: list[Part] = []
    names: dict[str, object] = {"Path": Path, "quizgen": _quiet}
    with _inside(folder):
        for part in sample.parts:
            if part.command is not None:
                parts.extend(_called(part, folder))
            elif part.head.split()[0] not in _OUTPUT:
                _made(part, names)
                parts.append(part)
    return replace(sample, parts=tuple(parts))


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """In that folder, at a time that stands still, as the program `quizgen`, with no data but its own."""
    before = dict(os.environ), sys.argv, sys.modules["__main__"]
    os.environ |= {"SOURCE_DATE_EPOCH": "1800000000", "COLUMNS": "100"}
    os.environ |= {"XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache")}
    sys.modules["__main__"] = types.ModuleType("__main__")  # of which click tells the program's name
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        os.environ.clear()
        os.environ |= before[0]
        sys.argv, sys.modules["__main__"] = before[1:]


def _made(part: Part, names: dict[str, object]) -> None:
    if part.head == "python":
        exec(compile(part.text, "a sample", "exec"), names)  # noqa: S102 - our own
        return
    name, unended, _ = part.head.partition(" -")
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((part.text.removesuffix("\n") if unended else part.text).encode())


def _called(part: Part, folder: Path) -> Iterator[Part]:
    """The command with what it printed, and its exit code."""
    line, *cut = re.split(r" \| (head|tail) -n ", part.command or "")
    code, out, told = _run(line)
    if cut:
        lines, number = told.splitlines(keepends=True), int(cut[1])
        told = "".join(lines[:number] if cut[0] == "head" else lines[-number:])

    def tidy(text: str) -> str:
        return text.replace(str(folder), "<here>").replace(str(ROOT), "<quizgen>")

    yield Part(part.head, tidy(told))
    if out:
        yield Part("stdout", tidy(out))
    if code:
        yield Part(f"exit {code}")


def _quiet(line: str) -> None:
    """What a sample does by a command of which nobody wants to see the output."""
    code, out, told = _run(f"quizgen {line}")
    assert code == 0, out + told


def _run(line: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command; `NAME=value` before it changes the environment, `$NAME` is from it."""
    words = shlex.split(os.path.expandvars(line))
    with contextlib.ExitStack() as stack:
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            stack.callback(os.environ.__setitem__, name, os.environ.get(name, ""))
            os.environ[name] = value
        assert words[0] == "quizgen"
        sys.argv = words
        out, told = io.BytesIO(), io.BytesIO()
        streams = [io.TextIOWrapper(stream, encoding="utf-8", write_through=True) for stream in (out, told)]
        stack.enter_context(contextlib.redirect_stdout(streams[0]))
        stack.enter_context(contextlib.redirect_stderr(streams[1]))
        code = _exit_code(main)
    return code, out.getvalue().decode(), told.getvalue().decode()


def _exit_code(program: Callable[[], None]) -> int:
    try:
        program()
    except SystemExit as done:
        return int(done.code or 0)
    return 0
