"""Following the program that started us, which is `make`.

Killed, it takes us along through the kernel. Interrupted alone (INT or HUP sent to its process only, not
to the terminal's group), make passes nothing on: it waits inside its signal handler for us to end. That is
visible: the kernel holds back the signal being handled.
"""

import os
import signal
from pathlib import Path

from luwes.config.embedded.children import die_with_parent

HELD_WHILE_WAITING = 1 << (signal.SIGINT - 1) | 1 << (signal.SIGHUP - 1)


class Parent:
    """The process that started us, as it was then."""

    def __init__(self) -> None:
        self._pid = os.getppid()
        die_with_parent(self._pid, signal.SIGTERM)
        self._held_at_start = self._held()

    def waits_for_our_end(self) -> bool:
        """Whether it received INT or HUP since then and waits for us to end."""
        return bool(self._held() & ~self._held_at_start)

    def _held(self) -> int:
        status = Path(f"/proc/{self._pid}/status").read_text()
        return int(status.split("SigBlk:")[1].split()[0], 16) & HELD_WHILE_WAITING
