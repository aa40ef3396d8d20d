"""Opaque identifiers for URLs and the audit chain."""

import secrets
import string

ALPHABET = string.ascii_lowercase + string.digits
LENGTH = 16


def new_public_id() -> str:
    """A random identifier of 16 lower-case letters and digits (82 bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
