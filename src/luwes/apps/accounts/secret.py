"""Secrets and the digests kept instead of them."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def new_secret() -> str:
    """A secret of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a random secret: its SHA-256. Random secrets need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed(purpose: str, text: str) -> str:
    """Keyed digest of guessable text (a login, an address), useless without the instance's key."""
    key = f"{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def derived(purpose: str, text: str) -> str:
    """A secret of 256 bits that can be made again from the same text, safe in a URL."""
    key = f"{purpose}:{settings.SECRET_KEY}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, text.encode(), "sha256")).decode().rstrip("=")


# Letters and digits that are not mistaken for each other when read aloud or copied by hand.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def readable(text: str) -> str:
    """A temporary password of four groups made from a derived secret (79 bits): "k7mq-…"."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    letters = ""
    for _ in range(16):
        number, index = divmod(number, len(READABLE))
        letters += READABLE[index]
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))
