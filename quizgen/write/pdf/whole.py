"""The whole file: its objects as they come, in compressed streams where they may be, and one table of all of them.

The tags of many versions are many small objects. In object streams (PDF 32000-1, 7.5.7), with a cross-reference stream
(7.5.8) in place of a table, they take a tenth of the room. Nothing is held but the file itself and seven bytes of the
table for each object.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, chain
from operator import add

IN_STREAM = 250  # objects that one object stream holds
LEVEL = 3  # of compression: twice as fast as 6, for a fifteenth more of pages of text
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FREE, _PLAIN, _PACKED = 0, 1, 2
_ROW = struct.Struct(">BIH")  # type of the entry, where it stands, index or generation
_IN_A_ROW = b"".join(_ROW.pack(_PACKED, 0, index) for index in range(IN_STREAM))
_PLAIN_WORDS = re.compile(r"[\w ,.:;-]*", re.ASCII)


class Whole:
    """A file in the making."""

    def __init__(self) -> None:
        self._out = io.BytesIO()
        self._out.write(_HEAD)
        self._length = len(_HEAD)
        self._rows = bytearray(_ROW.pack(_FREE, 0, 65535))
        self._digest = hashlib.blake2b(digest_size=16)

    def numbers(self, count: int) -> range:
        """So many numbers for new objects."""
        start = len(self._rows) // _ROW.size
        self._rows += bytes(count * _ROW.size)
        return range(start, start + count)

    def number(self) -> int:
        """A number for a new object."""
        return self.numbers(1).start

    def add(self, number: int, content: bytes) -> None:
        """Add an object by itself, as streams must be."""
        _ROW.pack_into(self._rows, number * _ROW.size, _PLAIN, self._length, 0)
        self._append(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def add_stream(self, number: int, data: bytes | bytearray, more: bytes = b"") -> None:
        """Add a stream, which is compressed here; `more` are further entries of its dictionary."""
        small = zlib.compress(data, LEVEL)
        head = b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n" % (more, len(small))
        self.add(number, b"%b%b\nendstream" % (head, small))

    def pack(self, numbers: Sequence[int], contents: Sequence[bytes]) -> None:
        """Add objects in compressed streams; each with its number."""
        for start in range(0, len(contents), IN_STREAM):
            self._pack(numbers[start : start + IN_STREAM], contents[start : start + IN_STREAM])

    def finished(self, *, root: int, info: int) -> bytes:
        """The file, with its catalog and its information at those numbers."""
        own = self.number()
        start = self._length
        _ROW.pack_into(self._rows, own * _ROW.size, _PLAIN, start, 0)
        identity = self._digest.hexdigest().encode()
        head = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R" % (own + 1, root, info)
        self.add_stream(own, self._rows, b"%b/ID[<%b><%b>]" % (head, identity, identity))
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)
        return self._out.getvalue()

    def _pack(self, numbers: Sequence[int], contents: Sequence[bytes]) -> None:
        own, count = self.number(), len(contents)
        self._packed(numbers, own)
        places = accumulate(map(len, contents[:-1]), initial=0)
        pairs = chain.from_iterable(zip(numbers, map(add, places, range(count)), strict=True))  # a line end after each
        first = b"%d %d " * count % tuple(pairs)
        self.add_stream(own, first + b"\n".join(contents), b"/Type/ObjStm/N %d/First %d" % (count, len(first)))

    def _packed(self, numbers: Sequence[int], own: int) -> None:
        """Note that the objects of these numbers stand, in this order, in the stream of that number."""
        rows, size = self._rows, _ROW.size
        if not isinstance(numbers, range):
            for index, number in enumerate(numbers):
                _ROW.pack_into(rows, number * size, _PACKED, own, index)
            return
        start, end = numbers.start * size, numbers.stop * size
        whole = _IN_A_ROW[: end - start]  # of one stream: written at once, which is ten times as fast
        rows[start:end] = whole
        for place, byte in enumerate(own.to_bytes(4, "big"), start + 1):
            rows[place:end:size] = bytes((byte,)) * len(numbers)

    def _append(self, part: bytes) -> None:
        self._out.write(part)
        self._digest.update(part)
        self._length += len(part)


def text(words: str) -> bytes:
    """A text string for readers, in any script (PDF 32000-1, 7.9.2.2)."""
    if _PLAIN_WORDS.fullmatch(words):
        return b"(%b)" % words.encode()
    return hex_text(words)


def hex_text(words: str) -> bytes:
    """The same, in hexadecimal digits."""
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().upper().encode()
