"""Honest intake of citizens' answers: what is flagged, how much is taken, when something was said.

A flag never drops an answer: figures are shown with and without what is flagged.
"""

from luwes.core.intake.flags import Flag, Heard, bursts, outside_hours
from luwes.core.intake.limits import LONGEST_WAIT, PER_NETWORK, PER_POSTER, WINDOW, over_limit, said_ago
from luwes.core.intake.slow import Given, alike, far_above_others, more_than_served

__all__ = [
    "LONGEST_WAIT",
    "PER_NETWORK",
    "PER_POSTER",
    "WINDOW",
    "Flag",
    "Given",
    "Heard",
    "alike",
    "bursts",
    "far_above_others",
    "more_than_served",
    "outside_hours",
    "over_limit",
    "said_ago",
]
