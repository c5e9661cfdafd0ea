"""A user's file as text: UTF-8 of a sane size, without characters that cannot stand in a deck."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from quizgen.problems import Place, Problem, error, quoted

MAX_BYTES = 64 << 20
TOLD = 20  # problems of one sort in one file that are told one by one

# Control characters apart from tab and line breaks, the line breaks of other systems (NEL, U+2028, U+2029), halves of
# characters, and code points that are no characters: XML, Anki and terminals all choke on one or the other.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ORDINARY = bytes([*b"\t\n\r", *range(0x20, 0x7F)])  # looked at first, which costs nothing
STAND_IN = "\ufffd"  # takes the place of a forbidden character, so that reading can go on

_DRIVE = re.compile(r"[A-Za-z]:")

_RIGHT_FILE = "If it is the right file, save its text as"
_NOT_TEXT = (  # how files begin that are no text at all
    (b"\xff\xfe", "is UTF-16"),
    (b"\xfe\xff", "is UTF-16"),
    (b"PK\x03\x04", "is a zip file (or a spreadsheet or document of an office program)"),
    (b"\xd0\xcf\x11\xe0", "is a spreadsheet or document of an office program"),
    (b"\x1f\x8b", "is compressed"),
    (b"%PDF-", "is a PDF"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
)
_NOT_OURS = (  # text, but of another sort
    (re.compile(r"\s*<(!doctype|html|head|body)\b", re.IGNORECASE), "is a web page"),
    (re.compile(r"\s*<\?xml\b"), "is XML"),
    (re.compile(r"\{\\rtf"), "is a document of an office program (RTF)"),
)


def load(path: Path, place: Place, *, limit: int = MAX_BYTES) -> bytes | Problem:
    """The bytes of a file, or, at `place`, what keeps us from them."""
    named = quoted(path.name)
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            return error(place, f"{named} is a folder, not a file", "Name a file in it.")
        if not stat.S_ISREG(about.st_mode):
            return error(place, f"{named} is not a file that can be read", "Name a file with text in it.")
        if about.st_size > limit:
            return error(place, f"{named} is larger than {limit >> 20} MB", "Make it smaller.")
        return path.read_bytes()
    except FileNotFoundError:
        return error(place, f"there is no file {named}", "Look for a slip in its name, or in the folder you are in.")
    except OSError as failure:
        return error(place, f"{named} cannot be read: {failure.strerror}", "See what it is, and who may read it.")


def beside(folder: Path, name: str, place: Place, *, limit: int = MAX_BYTES, what: str = "deck") -> bytes | Problem:
    """The bytes of a file that a deck names: it stands in the deck's folder or below; nothing else is opened.

    `what` is it that names the file, where that is no deck.
    """
    remedy = f"Files stand beside the {what}, in its folder or below; write their path from there, with '/'."
    steps = name.split("/")
    if "://" in name or name.startswith("data:"):
        return error(place, f"{quoted(name)} is an address, and nothing is fetched", remedy)
    if not steps[0] or ".." in steps or "\\" in name or _DRIVE.match(name) or not name.isprintable():
        return error(place, f"{quoted(name)} is outside the {what}'s folder, or no path at all", remedy)
    real = os.path.realpath(folder / name)
    if not Path(real).is_relative_to(os.path.realpath(folder)):
        return error(place, f"{quoted(name)} is a link that leads out of the {what}'s folder", remedy)
    found = load(folder / name, place, limit=limit)
    if isinstance(found, Problem) and found.says.startswith("there is no"):
        return error(place, f"there is no file {quoted(name)} beside the {what}", remedy)
    return found


def decode(data: bytes, file: str, *, save_as: str, kind: str = "deck") -> tuple[str | None, list[Problem]]:
    """The text of a file with every forbidden character replaced, or None, and the problems of both.

    `save_as` completes the remedy for a file that is not UTF-8: what the user's program calls it. `kind` is what the
    file belongs to.
    """
    start = Place(file, 1, 1)
    for signature, what in _NOT_TEXT:
        if data.startswith(signature):
            return None, [error(start, f"the file {what}, not UTF-8 text", f"{_RIGHT_FILE} {save_as}.")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        says = f"the byte 0x{data[failure.start]:02X} is not UTF-8"
        return None, [error(place_of_byte(data, failure.start, file), says, f"Save the file as {save_as}.")]
    for sort, what in _NOT_OURS:
        if sort.match(text):
            return None, [error(start, f"the file {what}", f"{_RIGHT_FILE} {save_as}.")]
    if not data.translate(None, _ORDINARY) or not FORBIDDEN.search(text):
        return text, []
    return FORBIDDEN.sub(STAND_IN, text), _forbidden_in(text, file, kind)


def cannot_stand(char: str, kind: str = "deck") -> str:
    """What is wrong with a forbidden character."""
    return f"the character U+{ord(char):04X} cannot stand in a {kind}"


def _forbidden_in(text: str, file: str, kind: str) -> list[Problem]:
    problems: list[Problem] = []
    for found in FORBIDDEN.finditer(text):
        if len(problems) == TOLD:
            break
        line, column = _line_and_column(text, found.start())
        problems.append(error(Place(file, line, column), cannot_stand(found[0], kind), "Remove it."))
    return problems


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    before = text[:index].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def place_of_byte(data: bytes, index: int, file: str) -> Place:
    """The place of the byte of that number, which is not UTF-8, as all before it are."""
    before = data[:index].decode("utf-8-sig", errors="replace")
    return Place(file, *_line_and_column(before, len(before)))
