"""How wide text is likely to be, and what to do when it does not fit."""

import re

ELLIPSIS = "…"
_SPACES = re.compile(r"[ \t\r\n]+")
# What XML 1.0 cannot carry, even escaped.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = frozenset("iljtfrI.,:;'|!()[]/ \u00a0")
_WIDE = frozenset("mwMW%@—…")


def clean(text: str) -> str:
    """Give text as one line that XML can carry; forbidden characters become U+FFFD."""
    return _SPACES.sub(" ", _FORBIDDEN.sub("\ufffd", text)).strip(" ")


def text_width(text: str, size: float) -> float:
    """Estimate the width of text in drawing units, on the wide side.

    The reader's font is unknown (system font on the page, Source Sans in the PDF), so the shares
    of an em below are those of a wide sans.
    """
    return size * sum(_share_of_em(character) for character in text)


def _share_of_em(character: str) -> float:
    if character in _NARROW:
        return 0.35
    if character in _WIDE or ord(character) >= 0x1100:
        return 1.0
    return 0.72 if character.isupper() else 0.6


def fit(text: str, size: float, room: float) -> str:
    """Cut text to the room it has, ending in an ellipsis; text that fits is left alone.

    >>> fit("Dinas Pendidikan", 10, 60)
    'Dinas Pe…'
    """
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.") + ELLIPSIS
