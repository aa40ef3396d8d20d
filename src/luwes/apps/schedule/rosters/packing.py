"""Rosters and their problems as bytes: plain arrays, never code."""

import io
import json
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from luwes.core.roster.problem import Flags, PersonCap, Place, RosterProblem

PLAIN = ("employee_id", "allowed", "present", "points", "carry", "entitlement")


def pack(problem: RosterProblem) -> bytes:
    """A problem of caps, places, promises and pins; one with anchors or modes is no roster of this app."""
    if problem.anchors or problem.modes:
        raise ValueError("anchors and modes are not kept")
    arrays: dict[str, Any] = {name: getattr(problem, name) for name in PLAIN}
    arrays["days"] = problem.days.astype(np.int64)
    rules = {
        "salt": problem.salt,
        "caps": [cap.rule for cap in problem.caps],
        "places": [place.rule for place in problem.places],
        "quotas": [place.quota is not None for place in problem.places],
    }
    for at, cap in enumerate(problem.caps):
        arrays |= {f"cap{at}_days": cap.days, f"cap{at}_limit": cap.limit}
    for at, place in enumerate(problem.places):
        arrays |= {f"place{at}_members": place.members, f"place{at}_floor": place.floor}
        if place.quota is not None:
            arrays[f"place{at}_quota"] = place.quota
    for name in ("promises", "pins"):
        if getattr(problem, name) is not None:
            arrays[name] = getattr(problem, name)
    arrays["rules"] = np.frombuffer(json.dumps(rules).encode(), dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def unpack(data: bytes) -> RosterProblem:
    """The problem again."""
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        found = {name: kept[name] for name in kept.files}
    rules = json.loads(found["rules"].tobytes())
    caps = [PersonCap(rule, found[f"cap{at}_days"], found[f"cap{at}_limit"]) for at, rule in enumerate(rules["caps"])]
    places = [
        Place(rule, found[f"place{at}_members"], found[f"place{at}_floor"], found.get(f"place{at}_quota"))
        for at, rule in enumerate(rules["places"])
    ]
    return RosterProblem(
        **{name: found[name] for name in PLAIN},
        days=found["days"].astype("datetime64[D]"),
        caps=tuple(caps),
        places=tuple(places),
        promises=found.get("promises"),
        pins=found.get("pins"),
        salt=rules["salt"],
    )


def pack_flags(flags: Flags) -> bytes:
    """Cells as bits."""
    return zlib.compress(np.packbits(flags).tobytes())


def unpack_flags(data: bytes, size: tuple[int, int]) -> Flags:
    """Cells again, n x D."""
    bits = np.unpackbits(np.frombuffer(zlib.decompress(data), dtype=np.uint8), count=size[0] * size[1])
    found: Flags = bits.astype(np.bool_).reshape(size)
    return found


def pack_counts(counts: NDArray[Any]) -> bytes:
    """Small whole numbers: one byte each where they fit, else two, compressed."""
    width = np.uint8 if counts.max(initial=0) < 256 else np.dtype("<u2")
    return bytes([np.dtype(width).itemsize]) + zlib.compress(np.ascontiguousarray(counts.astype(width)).tobytes())


def unpack_counts(data: bytes, shape: tuple[int, ...]) -> NDArray[np.uint16]:
    """Small whole numbers again."""
    width = np.uint8 if data[0] == 1 else np.dtype("<u2")
    found: NDArray[np.uint16] = np.frombuffer(zlib.decompress(data[1:]), dtype=width).astype(np.uint16).reshape(shape)
    return found
