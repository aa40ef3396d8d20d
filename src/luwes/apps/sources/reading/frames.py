"""Frames on the pipe from child to parent: one kind byte, four bytes of length, the body."""

import struct
from typing import BinaryIO

COLUMNS = b"C"
ROWS = b"R"
REJECTS = b"J"
SUMMARY = b"S"
ERROR = b"E"

_HEAD = struct.Struct(">cI")
# The child is not trusted: a length beyond anything it would send honestly is a fault, not a reason to allocate.
MAX_BODY = 64 * 1024 * 1024


class BrokenFrame(Exception):
    """The other end stopped in the middle of a frame, or sent something that is none."""


def write(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    """Send one frame."""
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Return the next frame as (kind, body), or None at the end; raises BrokenFrame."""
    head = stream.read(_HEAD.size)
    if not head:
        return None
    if len(head) < _HEAD.size:
        raise BrokenFrame("head")
    kind, length = _HEAD.unpack(head)
    if kind not in (COLUMNS, ROWS, REJECTS, SUMMARY, ERROR) or length > MAX_BODY:
        raise BrokenFrame("kind or length")
    body = stream.read(length)
    if len(body) < length:
        raise BrokenFrame("body")
    return kind, body
