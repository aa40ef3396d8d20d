"""Being asked to stop: INT, TERM and HUP end the process in an orderly way."""

import signal
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Raised where the program happens to be, so that every `with` and `finally` still runs."""

    def __init__(self, signum: int) -> None:
        self.signum = signum
        super().__init__(signal.Signals(signum).name)


def stop_on_signals() -> None:
    """Raise `StopRequested` on the first of the three signals, even if we inherited them as ignored."""
    for signum in SIGNALS:
        signal.signal(signum, _stop)


def _stop(signum: int, frame: FrameType | None) -> None:
    # A second signal must not cut short the stopping that the first one began.
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise StopRequested(signum)
