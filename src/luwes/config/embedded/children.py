"""Children that never outlive their parent."""

import ctypes
import os
import signal
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int, signum: int) -> None:
    """Ask the kernel to send this process `signum` when the thread that started it ends.

    The thread, not the process: children are therefore started from the main thread.
    """
    if _libc.prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    # The parent may have ended between fork and prctl: then no signal will ever come.
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def before_exec(signum: int) -> Callable[[], None]:
    """The `preexec_fn` of a child that gets `signum` when we end, and ignores nothing we ignored.

    Signals ignored by us (under nohup, or in a shell's background) would be inherited as ignored.
    """
    parent = os.getpid()

    def prepare() -> None:
        for received in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(received, signal.SIG_DFL)
        die_with_parent(parent, signum)

    return prepare


def processes_in(folder: Path) -> list[int]:
    """The processes whose working directory is `folder`: every process of a PostgreSQL cluster.

    A process of another user cannot be one of ours and is passed over.
    """
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == folder:
                    found.append(int(entry.name))
            except OSError:
                continue
    return found
