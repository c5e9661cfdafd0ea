"""The whole file: what reportlab wrote, our own objects in compressed streams, and one table of all of them.

The tags of many versions are many small objects. In object streams (PDF 32000-1, 7.5.7), with a cross-reference stream
(7.5.8) in place of reportlab's table, they take a tenth of the room, and never stand in memory all at once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

IN_STREAM = 200  # objects that one object stream holds
_FREE, _PLAIN, _PACKED = 0, 1, 2


class Whole:
    """A file in the making, from the bytes that reportlab wrote and where its objects stand in them, by number."""

    def __init__(self, written: bytes, offsets: dict[int, int]) -> None:
        end = int(written[written.rindex(b"startxref") :].split()[1])  # where reportlab's table begins
        self._parts = [written[:end]]
        self._length = end
        self._entries: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 65535)}
        self._entries.update({number: (_PLAIN, offset, 0) for number, offset in offsets.items()})
        self._next = max(self._entries) + 1

    def numbers(self, count: int) -> range:
        """So many numbers for new objects."""
        start = self._next
        self._next += count
        return range(start, self._next)

    def add(self, number: int, content: bytes) -> None:
        """Add an object by itself, as streams must be."""
        self._entries[number] = (_PLAIN, self._length, 0)
        self._append(b"%d 0 obj\n%s\nendobj\n" % (number, content))

    def pack(self, numbered: Iterable[tuple[int, bytes]]) -> None:
        """Add objects in compressed streams."""
        held: list[tuple[int, bytes]] = []
        for each in numbered:
            held.append(each)
            if len(held) == IN_STREAM:
                self._stream(held)
                held = []
        if held:
            self._stream(held)

    def finished(self, *, root: int, info: int, identity: str) -> bytes:
        """The file, with its catalog and its information at those numbers."""
        [own] = self.numbers(1)
        self._entries[own] = (_PLAIN, self._length, 0)
        rows = bytearray()
        for number in range(own + 1):
            kind, second, third = self._entries.get(number, (_FREE, 0, 65535))
            rows += bytes((kind,)) + second.to_bytes(4, "big") + third.to_bytes(2, "big")
        data = zlib.compress(bytes(rows))
        start = self._length
        head = f"/Type /XRef /Size {own + 1} /W [1 4 2] /Root {root} 0 R /Info {info} 0 R /ID {identity}"
        self.add(own, _compressed(head, data))
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _stream(self, held: list[tuple[int, bytes]]) -> None:
        [number] = self.numbers(1)
        where, body = [], bytearray()
        for index, (own, content) in enumerate(held):
            where.append(f"{own} {len(body)}")
            body += content + b"\n"
            self._entries[own] = (_PACKED, number, index)
        first = " ".join(where).encode() + b"\n"
        data = zlib.compress(first + bytes(body))
        self.add(number, _compressed(f"/Type /ObjStm /N {len(held)} /First {len(first)}", data))

    def _append(self, part: bytes) -> None:
        self._parts.append(part)
        self._length += len(part)


def _compressed(head: str, data: bytes) -> bytes:
    return f"<<{head} /Filter /FlateDecode /Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"
