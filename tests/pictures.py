"""Small real pictures for tests."""

from __future__ import annotations

import struct
import zlib

BEGIN = b"\x89PNG\r\n\x1a\n"


def png(shade: int = 0, *, side: int = 24) -> bytes:
    """Return a grey square as PNG; another shade is another picture."""
    rows = b"".join(b"\0" + bytes([shade] * side) for _ in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return BEGIN + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
