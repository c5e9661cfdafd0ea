"""Bombs: small files that would take a reader's time or memory, and large ones that hold nothing.

Each is made only when it is run. A bomb is the files of a case, and which of them is hostile.
"""

# ruff: noqa: E501 - one bomb a line: they are a table
from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.inventing import PNG

Bomb = tuple[dict[str, bytes], str]

_HEAD = b"deck: A\nsources: {s: {title: B}}\nfrom: s\nfacts:\n"
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'


def _deck(data: bytes) -> Bomb:
    return {"deck.yaml": data}, "deck.yaml"


def _facts(*facts: str) -> Bomb:
    return _deck(_HEAD + "".join(f"  f{number}: {{{fact}}}\n" for number, fact in enumerate(facts)).encode())


def _picture(name: str, data: bytes) -> Bomb:
    fact = f"  f: {{term: a, meaning: b, media: {name}, alt: c}}\n  g: {{term: d, meaning: e}}\n".encode()
    return {"deck.yaml": _HEAD + fact, name: data}, name


def _kind(prompt: str) -> Bomb:
    kind = f"kind: pact\nfields: {{pact: text, at?: text}}\nask:\n  at: {{prompt: {json.dumps(prompt)}, answer: at}}\n"
    return {"deck.yaml": _HEAD + b"  f: {pact: a, at: b}\n", "kinds/pact.yaml": kind.encode()}, "kinds/pact.yaml"


def _table(data: bytes) -> Bomb:
    deck = b"deck: A\nsources: {s: {title: B}}\nfrom: s\ntables: [{kind: term, file: t.csv}]\n"
    return {"deck.yaml": deck, "t.csv": data}, "t.csv"


def _look(text: str, name: str = "page/page.html") -> Bomb:
    name = f"templates/{name}"
    return {"deck.yaml": _HEAD + b"  f: {term: a, meaning: b}\n", name: text.encode()}, name


def _ledger(data: bytes) -> Bomb:
    return {"deck.yaml": _HEAD + b"  f: {term: a, meaning: b}\n", "deck.ledger.json": data}, "deck.ledger.json"


def _class(name: str, data: bytes) -> Bomb:
    return {"deck.yaml": _HEAD + b"  f: {term: a, meaning: b}\n", name: data}, name


def _zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return buffer.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _png(width: int, height: int, data: bytes, *extra: bytes) -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(extra) + _chunk(b"IDAT", zlib.compress(data, 9)) + _chunk(b"IEND", b"")
    )


def _laughs() -> bytes:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    return "\n".join(lines).encode()


def _merges() -> bytes:
    return "\n".join(
        ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40))]
    ).encode()


def _long(value: str) -> str:
    """A text of as many characters as a deck may hold in one."""
    return json.dumps((value * 20_000)[:20_000], ensure_ascii=False)


# Pieces that, repeated, set a careless regular expression (or a parser of dates, numbers, names) to work for ever.
_PIECES = [
    *("a", " ", "\t", "1", "1,", "1 ", "0.", "-", "/", "..", "~", "(", ")", "[", "{", "}", "{a", "[{a}", "{{", "'", "''", ":", ": "),
    *("#", " #", ";", ",", ", ", "a, ", "a; ", "about ", "at least ", "up to ", "$", "€1", "%", "1-", "1/", "19", "1994/", "1994~"),
    *("1994-01-", "BC ", "the ", "and ", "of ", "or ", "A. ", "I", "IV ", "\u0301", "\u202e", "\u200d", "👩‍👩‍👧", "ß", "İ", "ﬁ", "ﷺ", "張", "ש", "\n", "\n\n"),
    *("<", "&", "&amp;", "\\", "\\(", "::", "{{c1::", "]]>", "=", "\u00ad", "½", "٣", "x y", "a-", "no ", "km ", "e9"),
]  # fmt: skip


def _regexes(fact: str) -> Bomb:
    """One fact for each of the pieces, in the place of X."""
    return _facts(*(fact.replace("X", _long(piece)) for piece in _PIECES))


_TWICE = "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a }}"
_HUNDRED = "{% set x = [" + "1, " * 100 + "] %}"
_LOOPS = _HUNDRED + "{% for a in x %}" * 5 + "{{ a }}" + "{% endfor %}" * 5  # 10^10 rounds
_CALLS = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
_TREE = "{% set a = [1, 1] %}" + "{% set a = [a, a, a] %}" * 40 + "{{ a|join }}"
_JOINS = "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a = [a, a, a, a]|join(a) %}" * 30 + "{{ a }}"
_FULL = "{% set a %}" + "👩" * 1_000 + "{% endset %}" + _HUNDRED + "{% for b in x %}" + "{{ a }}" * 198 + "{% endfor %}"
_ANKI = _FULL.replace("{{", "[[").replace("}}", "]]").replace("{%", "[%").replace("%}", "%]")
_INCLUDES = "{% include 'page/page.html' %}" * 2

BOMBS: dict[str, Callable[[], Bomb]] = {
    "200 KB of [": lambda: _deck(b"[" * 200_000),
    "200 KB of {": lambda: _deck(b"{a: " * 50_000),
    "100,000 levels of -": lambda: _deck(b"- " * 100_000),
    "20,000 levels of keys": lambda: _deck(b"".join(b" " * n + b"a:\n" for n in range(2_000))),
    "deep, and within facts": lambda: _deck(_HEAD + b"  a: " + b"[" * 100_000),
    "aliases": lambda: _deck(_laughs()),
    "merges": lambda: _deck(_merges()),
    "10 MB in a plain text": lambda: _deck(_HEAD + b"  a: {term: b, meaning: " + b"x " * 5_000_000 + b"}\n"),
    "10 MB in quotes": lambda: _deck(_HEAD + b'  a: {term: b, meaning: "' + b"x" * 10_000_000 + b'"}\n'),
    "10 MB in a block": lambda: _deck(_HEAD + b"  a:\n    term: b\n    meaning: |\n" + b"      x\n" * 1_250_000),
    "10 MB in a key": lambda: _deck(b"? " + b"x" * 10_000_000 + b"\n: y\n"),
    "10 MB of spaces": lambda: _deck(b" " * 10_000_000),
    "10 MB of lines": lambda: _deck(b"\n" * 10_000_000),
    "10 MB of #": lambda: _deck(b"a: b" + b" #x" * 3_300_000),
    "10 MB of quotes": lambda: _deck(b"a: " + b"'" * 10_000_000),
    "quotations that are never closed": lambda: _facts(*(f"term: w{n}, meaning: '{'“' * 19_000} {n}'" for n in range(5))),
    "words without end": lambda: _facts(*(f"term: w{n}, meaning: {'1 ' * 9_900}{n}" for n in range(5))),
    "a card of braces that are never closed": lambda: _look("{{" * 200_000, "anki/choice.back.html"),
    "10 MB of controls": lambda: _deck(b"\x01" * 10_000_000),
    "10 MB of no UTF-8": lambda: _deck(b"a: " + b"\xff" * 10_000_000),
    "100 MB": lambda: _deck(b"x" * 100_000_000),
    "100,000 keys of a deck": lambda: _deck(b"".join(b"k%d: v\n" % n for n in range(100_000))),
    "100,000 keys of a fact": lambda: _facts(", ".join(f"k{n}: v" for n in range(100_000))),
    "100,000 times one key": lambda: _deck(b"deck: a\n" * 100_000),
    "100,000 empty facts": lambda: _deck(_HEAD + b"".join(b"  f%d: {}\n" % n for n in range(100_000))),
    "50,000 wrong facts": lambda: _facts(*["event: a, whne: 1994"] * 50_000),
    "100,000 sources": lambda: _deck(b"deck: A\nsources:\n" + b"".join(b"  s%d: {}\n" % n for n in range(100_000))),
    "100,000 tags": lambda: _facts(f"term: a, meaning: b, tags: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 other names": lambda: _facts(f"term: a, meaning: b, also: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 people": lambda: _facts(f"quote: a, by: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 members": lambda: _facts(f"list: a, members: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 likenesses": lambda: _facts(f"term: a, meaning: b, unlike: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 former ids": lambda: _facts(f"term: a, meaning: b, was: [{', '.join(f't{n}' for n in range(100_000))}]"),
    "100,000 tables": lambda: _deck(b"deck: A\ntables:\n" + b"  - {kind: term, file: t.csv}\n" * 100_000),
    "100,000 unknown kinds": lambda: _facts(*["whatever: a"] * 100_000),
    "numbers of 20,000 digits": lambda: _facts(*(f"figure: a, value: {_long(d)}" for d in ("9", "1.", "0", "1e", "-9"))),
    "numbers beyond all bounds": lambda: _facts(*(f"figure: a{n}, value: {v}" for n, v in enumerate(("1e999999999", "9e-999999", f"{'9' * 300} km", "1" + "0" * 400, "1-" + "9" * 300)))),
    "dates beyond all bounds": lambda: _facts(*(f"event: a{n}, when: {v}" for n, v in enumerate(("99999999999", "-99999", "9999/10000", "0000-00-00", "9" * 3000 + " BC", "1/..", "9999-12-31", "99999X")))),
    "texts": lambda: _regexes("term: X, meaning: b"),
    "meanings": lambda: _regexes("term: a, meaning: X"),
    "dates": lambda: _regexes("event: a, when: X"),
    "numbers": lambda: _regexes("figure: a, value: X"),
    "places": lambda: _regexes("event: a, when: 1994, where: X"),
    "names": lambda: _regexes("quote: a, by: X"),
    "alleged names": lambda: _regexes("event: a, when: 1994, status: alleged, by: X, denied-by: X"),
    "other names": lambda: _regexes("term: a, meaning: b, also: [X]"),
    "tags": lambda: _regexes("term: a, meaning: b, tags: [X]"),
    "citations": lambda: _regexes("term: a, meaning: b, from: X"),
    "own words": lambda: _regexes("event: a, when: 1994, ask: {when: X}"),
    "media": lambda: _regexes("term: a, meaning: b, media: X, alt: X"),
    "20,000 holes": lambda: _kind("{pact}" * 3_000),
    "20,000 open holes": lambda: _kind("{" * 20_000),
    "20,000 brackets": lambda: _kind("[" * 9_000 + "{pact}" + "]" * 9_000),
    "20,000 parts": lambda: _kind("[{at}]" * 3_000),
    "a million lines": lambda: _table(b"id,term,meaning\n" + b"".join(b"t%d,a%d,b%d\n" % (n, n, n) for n in range(1_000_000))),
    "a million empty lines": lambda: _table(b"id,term,meaning\n" + b"\n" * 1_000_000),
    "a million wrong lines": lambda: _table(b"id,term,meaning\n" + b"a,b,c,d\n" * 1_000_000),
    "a million columns": lambda: _table(b"id" + b"," * 1_000_000),
    "a million names": lambda: _table(b"id," + b",".join(b"c%d" % n for n in range(200_000))),
    "a cell of 10 MB": lambda: _table(b'id,term,meaning\na,b,"' + b"x" * 10_000_000 + b'"\n'),
    "an open cell of 10 MB": lambda: _table(b'id,term,meaning\na,b,"' + b"x\n" * 5_000_000),
    "a million quotes": lambda: _table(b"id,term,meaning\n" + b'"' * 1_000_001),
    "a PNG of 65,535 x 65,535": lambda: _picture("a.png", _png(65_535, 65_535, b"\0" * 50_000_000)),
    "a PNG with a large text": lambda: _picture("a.png", _png(1, 1, b"\0" * 5, _chunk(b"zTXt", b"k\0\0" + zlib.compress(b"x" * 200_000_000, 9)))),
    "a PNG of 100,000 chunks": lambda: _picture("a.png", _png(1, 1, b"\0" * 5, *[_chunk(b"tEXt", b"a\0b")] * 100_000)),
    "a zip as a picture": lambda: _picture("a.png", _zipped(a=b"\0" * 50_000_000)),
    "a GIF of 65,535 x 65,535": lambda: _picture("a.gif", b"GIF89a\xff\xff\xff\xff\xf0\0\0" + b"\0" * 6 + b"," + b"\0" * 4 + b"\xff\xff\xff\xff\0\x08" + (b"\xff" + b"\0" * 255) * 4_000 + b"\0;"),
    "a drawing with entities": lambda: _picture("a.svg", b'<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"%d" % (n - 1) if n else b"") * 10) for n in range(30)) + b"]>" + _SVG + b"&a29;</svg>"),
    "a deep drawing": lambda: _picture("a.svg", _SVG + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>"),
    "a drawing that repeats itself": lambda: _picture("a.svg", _SVG + b'<g id="a0"><rect width="1" height="1"/></g>' + b"".join(b'<g id="a%d">%s</g>' % (n, b'<use href="#a%d"/>' % (n - 1) * 10) for n in range(1, 30)) + b"</svg>"),
    "a drawing with a long path": lambda: _picture("a.svg", _SVG + b'<path d="M0 0' + b"l1 1" * 1_000_000 + b'"/></svg>'),
    "a drawing of 100,000 attributes": lambda: _picture("a.svg", _SVG + b"<rect " + b" ".join(b'a%d="1"' % n for n in range(100_000)) + b"/></svg>"),
    "10^10 rounds of a loop": lambda: _look(_LOOPS),
    "2^60 calls": lambda: _look(_CALLS),
    "a text doubled 60 times": lambda: _look(_TWICE),
    "a list tripled 40 times": lambda: _look(_TREE),
    "joins of joins": lambda: _look(_JOINS),
    "a look that includes itself": lambda: _look(_INCLUDES),
    "20 million faces on a page": lambda: _look(_FULL),
    "20 million faces on a card": lambda: _look(_ANKI, "anki/recall.back.html"),
    "20 million faces on every card": lambda: _look(_ANKI, "anki/foot.html"),
    "a deep look": lambda: _look("{% if true %}" * 5_000 + "{% endif %}" * 5_000),
    "a deep expression": lambda: _look("{{ " + "(" * 50_000 + "1" + ")" * 50_000 + " }}"),
    "a number of a look": lambda: _look("{{ " + "9" * 100_000 + " }}"),
    "powers": lambda: _look("{{ 9 ** 9 ** 9 }}"),
    "widths": lambda: _look("{{ 'a'.center(1000000000) }}{{ '%1000000000d' % 1 }}{{ 'a' * 1000000000 }}"),
    "a ledger of deep lists": lambda: _ledger(b'{"format": "quizgen-ledger/1", "lines": ' + b"[" * 200_000),
    "a ledger of one number": lambda: _ledger(b'{"format": "quizgen-ledger/1", "slots": {"a/b": ' + b"9" * 1_000_000 + b"}}"),
    "a ledger of 50,000 lines": lambda: _ledger(b'{"format": "quizgen-ledger/1", "lines": {' + b",".join(b'"a/b/c%d": ["x", 5]' % n for n in range(50_000)) + b"}}"),
    "a ledger of 70 MB": lambda: _ledger(b" " * 70_000_000),
    "a ledger that says one thing often": lambda: _ledger(b'{"format": "quizgen-ledger/1", "lines": {' + b",".join([b'"a/b/c": ["x", 5]'] * 200_000) + b"}}"),
    "a package of 150 MB of nothing": lambda: ({"x.apkg": _zipped(collection__anki2=b"\0" * 150_000_000, media=b"{}")}, "x.apkg"),
    "a package of 100,000 members": lambda: ({"x.apkg": _zipped(**{f"m{n}": b"" for n in range(60_000)})}, "x.apkg"),
    "a class list of one line": lambda: _class("7b.txt", b"x" * 1_000_000),
    "a class list of 500,000 lines": lambda: _class("7b.txt", b"x\n" * 500_000),
    "a class list of commas": lambda: _class("7b.csv", b"name" + b"," * 1_000_000),
    "a picture beside": lambda: _picture("a.png", PNG),  # the control: that one is taken
}  # fmt: skip
