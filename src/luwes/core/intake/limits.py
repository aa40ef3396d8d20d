"""How much is taken from one poster and network, and when an answer that waited on the phone was given."""

from datetime import datetime, timedelta

# Far above what a counter can serve. Whoever comes after is asked to send again, and the phone does so by itself.
WINDOW = timedelta(hours=1)
PER_POSTER = 1_000
# A network may be a whole office behind one address, so it gets most of what a busy counter needs.
PER_NETWORK = 400
# An answer may wait on a phone for so long; older ones come from a broken clock or from nowhere.
LONGEST_WAIT = timedelta(days=7)


def over_limit(of_poster: int, of_network: int) -> bool:
    """Whether one more answer is too many, given those of the last `WINDOW` at the poster, and of its network there.

    >>> over_limit(999, 0), over_limit(1_000, 0), over_limit(400, 400)
    (False, True, True)
    """
    return of_poster >= PER_POSTER or of_network >= PER_NETWORK


def said_ago(received: datetime, seconds: int | None) -> tuple[datetime, bool]:
    """Give when an answer was said, and whether the phone's word on it could be believed.

    `seconds` is how long it waited by the phone's own clock (None: it came at once). Only that difference is used, so
    a phone whose clock is off by a day does no harm. What cannot be is taken as said now.
    """
    if seconds is None:
        return received, True
    if not 0 <= seconds <= LONGEST_WAIT.total_seconds():
        return received, False
    return received - timedelta(seconds=seconds), True
