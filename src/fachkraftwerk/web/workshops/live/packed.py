"""Bytes compressed once for all who are sent them, even as the beginning of an answer that ends differently for each.

A deflate stream may be continued at a full flush, and a CRC-32 may be continued from the one before (RFC 1951, 1952);
so the shared piece is compressed once and only the few bytes of a person are compressed for that person.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cached_property

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
WORTH = 1400
"""Below one packet compressing saves nothing."""


@dataclass(frozen=True)
class Packed:
    """Bytes that begin an answer."""

    plain: bytes

    @cached_property
    def _begun(self) -> tuple[bytes, int]:
        engine = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        return engine.compress(self.plain) + engine.flush(zlib.Z_FULL_FLUSH), zlib.crc32(self.plain)

    def prepare(self) -> Packed:
        """Compress now, on a thread that has time; returns itself."""
        if len(self.plain) > WORTH:
            _ = self._begun
        return self

    def ended(self, end: bytes) -> bytes:
        """Return a complete gzip file of these bytes and ``end``."""
        begun, crc = self._begun
        engine = zlib.compressobj(6, zlib.DEFLATED, -12, 3)  # a small window for a small piece
        tail = engine.compress(end) + engine.flush()
        size = (len(self.plain) + len(end)) & 0xFFFFFFFF
        return _HEAD + begun + tail + struct.pack("<II", zlib.crc32(end, crc), size)


def answer(begin: Packed, end: bytes, accepted: bytes) -> tuple[bytes, bool]:
    """Return the body and whether it is compressed; ``accepted`` is what the reader says in Accept-Encoding."""
    if len(begin.plain) > WORTH and b"gzip" in accepted:
        return begin.ended(end), True
    return begin.plain + end, False
