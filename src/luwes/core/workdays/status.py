"""How sure we are of a rule: read in the text, told by others, or taken for granted."""

from enum import StrEnum


class Status(StrEnum):
    """`seen` in the text itself, `reported` by press or a secondary source, `assumed` until somebody confirms."""

    SEEN = "seen"
    REPORTED = "reported"
    ASSUMED = "assumed"
