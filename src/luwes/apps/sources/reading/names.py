"""Comparing names the way people read them: without case, marks, punctuation or spacing."""

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

APOSTROPHES = "'’‘ʼ`´"


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """Return `text` in lower case without marks, apostrophes and punctuation, words parted by one space.

    The percent sign becomes a word, because "Realisasi (%)" and "Realisasi (Rp)" are different headers.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("%", " persen ")
    letters = []
    for character in plain:
        if character.isalnum():
            letters.append(character)
        elif character not in APOSTROPHES and not unicodedata.combining(character):
            letters.append(" ")
    return " ".join("".join(letters).split())


def compact(text: str) -> str:
    """Return the normalised text without spaces: `kode_pd`, `Kode PD` and `KodePD` are one header."""
    return normalise(text).replace(" ", "")


def nearest(value: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `value`, or None when none is near enough to be a useful hint."""
    known: dict[str, str] = {}
    for candidate in candidates:
        known.setdefault(normalise(candidate), candidate)
    close = difflib.get_close_matches(normalise(value)[:200], list(known), n=1, cutoff=0.6)
    return known[close[0]] if close else None


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1, by what `normalise` leaves of them."""
    return difflib.SequenceMatcher(None, normalise(one), normalise(other)).ratio()
