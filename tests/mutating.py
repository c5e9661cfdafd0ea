"""Damage to files, as disks, editors, merges and strangers do it: from bytes and a dice to other bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

_SCALARS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("corpus").joinpath("scalars/scalars.json").read_bytes()
)
TEXTS = [text.encode("utf-8", "surrogatepass") for group in _SCALARS.values() for text in group]
# What means something to YAML, to fields, to kinds and looks, to tables, to JSON.
TOKENS = [
    *(b": ", b"- ", b"? ", b"{", b"}", b"[", b"]", b"'", b'"', b"|", b">", b"#", b" #x", b"&a ", b"*a"),
    *(b"!!python/name:os", b"<<: ", b"---\n", b"...\n", b"%YAML 1.2\n", b"\t", b"\r", b"\r\n", b"\x00", b"\x85"),
    *(b"\xe2\x80\xa8", b"\xff", b"\xed\xa0\x80", b"null", b"~", b"yes", b"1994", b"1979/1989", b"1994~"),
    *(b"2014/..", b"../1900", b"198X", b"44 BC", b"9999", b"0000", b"-0043", b"10000 BC", b"1e999", b"9" * 400),
    *(b"0." + b"0" * 300 + b"1", b"at least 15,000", b"about ", b"up to 3.5 km", b"$1 billion", b"40%"),
    *(b"\xc2\xbd", b"\xd9\xa1\xd9\xa2", b"5 km", b"1,2,3", b"-5", b"0", b"\xe2\x88\x9e", b"nan", b"inf"),
    *(b"{event}", b"{when:in}", b"{x", b"{}", b"[{who}]", b"[[", b"]]", b"{{ x }}", b"{% for x in y %}"),
    *(b"{% endfor %}", b"[[ title ]]", b"[% if x %]", b"[% endif %]", b"{{ ''.__class__ }}", b"{{ 9 ** 9 }}"),
    *(b'[% include "anki/foot.html" %]', b",", b";", b'""', b"\n", b"status: alleged", b"by: x", b"also: []"),
    *(b"ask: never", b"retired: x", b"was: [a]", b"tags: [a]", b"unlike: [x]", b"media: ../x.png", b"from: x 1"),
    *(b"as-of: 2020", b"silence: {a: b}", b"tables: []", b"true", b"-1", b"1.5", b"{}"),
]  # fmt: skip

Damage = Callable[[bytes, Random, Sequence[bytes]], bytes]


def mutated(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """`data` with one to six damages; a splice takes from `others`. Never longer than a few hundred kilobytes."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 6))):
        data = chance.choice(_DAMAGES)(data, chance, others)
    return data


def _spot(data: bytes, chance: Random) -> int:
    return chance.randint(0, len(data))


def _span(data: bytes, chance: Random) -> tuple[int, int]:
    start = _spot(data, chance)
    return start, min(len(data), start + int(chance.paretovariate(0.7)))


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True) or [b""]


def _flip(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    out = bytearray(data or b"x")
    for _number in range(chance.randint(1, 4)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _put(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    at = _spot(data, chance)
    return data[:at] + bytes(chance.randrange(256) for _number in range(chance.randint(1, 5))) + data[at:]


def _token(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    at = _spot(data, chance)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def _cut(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    start, end = _span(data, chance)
    at = _spot(data, chance)
    return data[:at] + data[start:end] + data[at:]


def _broken_off(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    return data[: _spot(data, chance)]


def _repeated(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A few bytes, up to 20,000 times and 100,000 bytes."""
    start, end = _span(data, chance)
    piece = data[start : min(end, start + 40)] or b"["
    return data[:start] + piece * chance.choice((3, 40, 1_000, min(20_000, 100_000 // len(piece)))) + data[end:]


def _lines_mixed(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A line twice, gone, or in another place."""
    lines = _lines(data)
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            lines.insert(to, lines[at])
        case 1:
            del lines[at : at + chance.choice((1, 1, 1, 4))]
        case _:
            lines[at], lines[to] = lines[to], lines[at]
    return b"".join(lines)


def _indented(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    lines = _lines(data)
    at = chance.randrange(len(lines))
    for number in range(at, min(len(lines), at + chance.choice((1, 1, 2, 5)))):
        bare = lines[number].lstrip(b" ")
        width = max(0, len(lines[number]) - len(bare) + chance.choice((-2, -1, 1, 2, 4)))
        lines[number] = chance.choice((b" ", b" ", b" ", b"\t")) * width + bare
    return b"".join(lines)


def _spliced(data: bytes, chance: Random, others: Sequence[bytes]) -> bytes:
    """The beginning of this file and the end of another, or lines of another within this one."""
    other = chance.choice(others)
    if chance.random() < 0.4:
        return data[: _spot(data, chance)] + other[_spot(other, chance) :]
    lines, theirs = _lines(data), _lines(other)
    at, start = chance.randrange(len(lines)), chance.randrange(len(theirs))
    lines[at:at] = theirs[start : start + chance.randint(1, 5)]
    return b"".join(lines)


_VALUE = re.compile(rb"(?<=[:,\[;] )[^\n,\]};]+|(?<=,)[^\n,\]}]+|(?<=\[\[ )[^\n\]]+")


def _value(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Another value: a token, a hostile text (in quotes or bare), or another value of this file."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    spot, other = chance.choice(found), chance.choice(found)
    text = chance.choice(TEXTS)
    quoted = json.dumps(text.decode("utf-8", "replace"), ensure_ascii=chance.random() < 0.3).encode()
    new = chance.choice((chance.choice(TOKENS), text, quoted, other[0], other[0], b""))
    return data[: spot.start()] + new + data[spot.end() :]


def _number(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Another number in place of one."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    spot = chance.choice(found)
    new = chance.choice(
        (b"0", b"-1", b"1", b"99", b"9" * chance.randint(3, 400), b"1.5", str(chance.getrandbits(40)).encode(), b"")
    )
    return data[: spot.start()] + new + data[spot.end() :]


def _word(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """A slip of the keyboard in one word."""
    found = list(re.finditer(rb"[A-Za-z-]{2,}", data))
    if not found:
        return data
    spot = chance.choice(found)
    word = spot[0]
    at = chance.randrange(len(word))
    new = chance.choice(
        (word[:at] + word[at + 1 :], word[:at] + word[at : at + 1] + word[at:], word.upper(), word[::-1])
    )
    return data[: spot.start()] + new + data[spot.end() :]


def _recoded(data: bytes, chance: Random, _: Sequence[bytes]) -> bytes:
    """Saved by another program: other line ends, another encoding."""
    text = data.decode("utf-8", "replace")
    match chance.randrange(5):
        case 0:
            return data.replace(b"\n", b"\r\n")
        case 1:
            return data.replace(b"\n", b"\r")
        case 2:
            return b"\xef\xbb\xbf" + data
        case 3:
            return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32")), "replace")
        case _:
            return text.encode("latin-1", "replace")


_DAMAGES: tuple[Damage, ...] = (
    *(_flip, _put, _token, _token, _cut, _doubled, _broken_off, _repeated, _lines_mixed, _lines_mixed, _indented),
    *(_spliced, _spliced, _value, _value, _value, _value, _number, _number, _word, _word, _recoded),
)  # fmt: skip
