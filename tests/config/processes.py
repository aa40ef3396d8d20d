"""Real processes for the tests of `luwes.config`: their environment, and who is left of them."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from luwes.config.embedded.children import processes_in
from luwes.config.embedded.layout import cluster_folder, socket_folder

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def temporary_root() -> Iterator[Path]:
    """A data folder that root's server account can reach, unlike pytest's own folders."""
    folder = Path(tempfile.mkdtemp(prefix="luwes-config-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def environment(root: Path, **extra: str) -> dict[str, str]:
    """The environment of an installation with its data in `root` and no database of the operator's."""
    # MAKE…: these tests may themselves be run by make, and start another one.
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LUWES_", "MAKE", "MFLAGS"))}
    return {**kept, "LUWES_DATA": str(root), "PYTHONWARNINGS": "default", **extra}


def luwes(root: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run `luwes` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "luwes.config.cli", *arguments],
        env=environment(root, **extra),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def left_of(root: Path) -> set[int]:
    """The processes that still belong to the installation in `root`, found by environment or folder."""
    found = set(processes_in(cluster_folder(root)))
    mark = f"LUWES_DATA={root}\0".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if mark in (entry / "environ").read_bytes():
                    found.add(int(entry.name))
            except OSError:
                continue
    return found


def eventually(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Whether `condition` becomes true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def remove_sockets(root: Path) -> None:
    """Remove a socket folder that lies outside `root`."""
    if not socket_folder(root).is_relative_to(root):
        shutil.rmtree(socket_folder(root), ignore_errors=True)
