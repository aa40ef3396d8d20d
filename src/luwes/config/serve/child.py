"""One supervised child process."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence

from luwes.config.embedded.children import before_exec
from luwes.config.refusals import Refusal

PATIENCE_SECONDS = 10.0


class ChildEnded(Refusal):
    """A part of the running product ended by itself."""

    code = "child_ended"


class Child:
    """A Python module run as a child in a session of its own; it never outlives us."""

    def __init__(self, name: str, module: str, arguments: Sequence[str]) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            # A terminal's Ctrl-C reaches only us, and we stop the children in order.
            start_new_session=True,
            preexec_fn=before_exec(signal.SIGKILL),
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def require_running(self) -> None:
        """Raise `ChildEnded` if the child ended by itself."""
        code = self._process.poll()
        if code is not None:
            raise ChildEnded(name=self.name, exit_code=code if code >= 0 else 128 - code)

    def ask_to_stop(self) -> None:
        """Ask; `wait` waits."""
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait for the end, and enforce it on the child's whole session when patience ends."""
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
