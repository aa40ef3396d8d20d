"""Reads data frames from R's own files (XDR, version 2): as much of the format as published tables use."""

import gzip
import lzma
import struct
from pathlib import Path
from typing import Any

import numpy as np

NIL, SYMBOL, PAIRS, CHARS, LOGICAL, INTEGER, REAL, STRINGS, VECTOR, REFERENCE = 254, 1, 2, 9, 10, 13, 14, 16, 19, 255
HAS_ATTRIBUTES, HAS_TAG = 0x200, 0x400


class _Reader:
    def __init__(self, data: bytes) -> None:
        assert data[:7] == b"RDX2\nX\n"
        self.data, self.at = data, 19
        self.symbols: list[str] = []

    def integer(self) -> int:
        self.at += 4
        return int(struct.unpack_from(">i", self.data, self.at - 4)[0])

    def array(self, kind: str, size: int) -> Any:
        count = self.integer()
        self.at += count * size
        return np.frombuffer(self.data, dtype=kind, count=count, offset=self.at - count * size)

    def item(self) -> Any:
        flags = self.integer()
        kind = flags & 0xFF
        if kind == NIL:
            return None
        if kind == SYMBOL:
            self.symbols.append(self.item())
            return self.symbols[-1]
        if kind == REFERENCE:
            return self.symbols[(flags >> 8) - 1]
        if kind == CHARS:
            length = self.integer()
            self.at += max(length, 0)
            return None if length < 0 else self.data[self.at - length : self.at].decode("latin-1")
        if kind == PAIRS:
            return self.pairs(flags)
        value = self.vector(kind)
        attributes = self.item() if flags & HAS_ATTRIBUTES else None
        return (
            value if not attributes or "names" not in attributes else dict(zip(attributes["names"], value, strict=True))
        )

    def pairs(self, flags: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while True:
            if flags & HAS_ATTRIBUTES:
                self.item()
            name = self.item() if flags & HAS_TAG else ""
            found[name] = self.item()
            flags = self.integer()
            if flags & 0xFF == NIL:
                return found

    def vector(self, kind: int) -> Any:
        if kind in (LOGICAL, INTEGER):
            return self.array(">i4", 4)
        if kind == REAL:
            return self.array(">f8", 8)
        assert kind in (STRINGS, VECTOR), kind
        return [self.item() for _ in range(self.integer())]


def frames(path: Path) -> dict[str, dict[str, Any]]:
    """The data frames of a file, columns by name."""
    data = path.read_bytes()
    found: dict[str, dict[str, Any]] = _Reader((gzip if data[:2] == b"\x1f\x8b" else lzma).decompress(data)).item()
    return found
