"""Rasters: PNG, JPEG, GIF and WebP files are whole when their structure can be walked to its end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable


class Torn(ValueError):
    """A picture that ends too early, or whose parts do not fit together."""


def measure_png(data: bytes) -> tuple[int, int]:
    """Width and height of a whole PNG (ISO/IEC 15948, section 5). Raises `Torn`."""
    at = 8
    size, has_pixels = (0, 0), False
    while True:
        length, name = struct.unpack(">I4s", _take(data, at, 8))
        body = _take(data, at + 8, length)
        (sum_,) = struct.unpack(">I", _take(data, at + 8 + length, 4))
        if zlib.crc32(name + body) != sum_ or (at == 8) != (name == b"IHDR"):  # noqa: PLR2004 - after the signature
            raise Torn
        if name == b"IHDR":
            size = _sides(*struct.unpack(">II", _take(body, 0, 8)))
        has_pixels = has_pixels or name == b"IDAT"
        if name == b"IEND":
            break
        at += 12 + length
    if not has_pixels:
        raise Torn
    return size


_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # frames; the three are tables and extensions


def measure_jpeg(data: bytes) -> tuple[int, int]:
    """Width and height of a whole JPEG (ITU T.81, annex B). Raises `Torn`."""
    at = 2
    size = None
    while True:
        mark = _take(data, at, 2)
        if mark[0] != 0xFF:  # noqa: PLR2004 - every marker begins so
            raise Torn
        code = mark[1]
        if code == 0xFF:  # noqa: PLR2004 - padding
            at += 1
            continue
        if code == 0xD9:  # noqa: PLR2004 - the end of the image
            break
        (length,) = struct.unpack(">H", _take(data, at + 2, 2))
        body = _take(data, at + 4, length - 2)
        if code in _JPEG_SIZES:
            height, width = struct.unpack(">HH", _take(body, 1, 4))
            size = _sides(width, height)
        at += 2 + length
        if code == 0xDA:  # noqa: PLR2004 - coded pixels follow
            at = _after_scan(data, at)
    if size is None:
        raise Torn
    return size


def _after_scan(data: bytes, at: int) -> int:
    """Where the marker after coded pixels stands: 0xFF that is neither stuffed (00) nor a restart (D0-D7)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise Torn
        code = _take(data, at, 2)[1]
        if code != 0 and not 0xD0 <= code <= 0xD7:  # noqa: PLR2004
            return at
        at += 2


def measure_gif(data: bytes) -> tuple[int, int]:
    """Width and height of a whole GIF (89a, sections 17-27). Raises `Torn`."""
    width, height, flags = struct.unpack("<HHB", _take(data, 6, 5))
    at = 13 + _colours(flags)
    pictures = 0
    while True:
        sort = _take(data, at, 1)
        if sort == b";":
            break
        if sort == b"!":
            at = _after_blocks(data, at + 2)
        elif sort == b",":
            flags = _take(data, at + 9, 1)[0]
            at = _after_blocks(data, at + 11 + _colours(flags))
            pictures += 1
        else:
            raise Torn
    if not pictures:
        raise Torn
    return _sides(width, height)


def _colours(flags: int) -> int:
    """Bytes of the table of colours that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while length := _take(data, at, 1)[0]:
        at += 1 + length
    return at + 1


def measure_webp(data: bytes) -> tuple[int, int]:
    """Width and height of a whole WebP (RFC 9649, section 2). Raises `Torn`."""
    length, sort = struct.unpack("<I4s", _take(data, 4, 8))
    if sort != b"WEBP" or length + 8 > len(data):
        raise Torn
    at, end = 12, length + 8
    sizes = []
    while at < end:
        name, length = struct.unpack("<4sI", _take(data, at, 8))
        body = _take(data, at + 8, length)
        if at + 8 + length > end:
            raise Torn
        if name in _WEBP_SIZES:
            sizes.append(_sides(*_WEBP_SIZES[name](body)))
        at += 8 + length + length % 2
    if not sizes:
        raise Torn
    return sizes[0]


def _lossy(body: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", _take(body, 6, 4))
    return width & 0x3FFF, height & 0x3FFF


def _lossless(body: bytes) -> tuple[int, int]:
    (bits,) = struct.unpack("<I", _take(body, 1, 4))
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _extended(body: bytes) -> tuple[int, int]:
    sides = _take(body, 4, 6)
    return int.from_bytes(sides[:3], "little") + 1, int.from_bytes(sides[3:], "little") + 1


_WEBP_SIZES: dict[bytes, Callable[[bytes], tuple[int, int]]] = {
    b"VP8 ": _lossy,
    b"VP8L": _lossless,
    b"VP8X": _extended,
}

SIGNATURES: tuple[tuple[bytes, str, Callable[[bytes], tuple[int, int]]], ...] = (
    (b"\x89PNG\r\n\x1a\n", ".png", measure_png),
    (b"\xff\xd8\xff", ".jpg", measure_jpeg),
    (b"GIF87a", ".gif", measure_gif),
    (b"GIF89a", ".gif", measure_gif),
    (b"RIFF", ".webp", measure_webp),
)


def _take(data: bytes, at: int, length: int) -> bytes:
    """That many bytes. Raises `Torn` where there are fewer."""
    taken = data[at : at + length]
    if length < 0 or len(taken) < length:
        raise Torn
    return taken


def _sides(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise Torn
    return width, height
