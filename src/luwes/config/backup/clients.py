"""`pg_dump` and `pg_restore` of the version that fits the server."""

import re
import shutil
import subprocess
from pathlib import Path

from luwes.config.embedded import binaries
from luwes.config.refusals import Refusal

DEBIAN = Path("/usr/lib/postgresql")


class ClientMissing(Refusal):
    """No installed client can speak to a server of this version."""

    code = "client_missing"


def client(program: str, server_major: int) -> Path:
    """The path of `program` for the server: the same major version, else the nearest newer one.

    A newer `pg_dump` reads an older server, an older one refuses. Raises `ClientMissing`.
    """
    found = [path for path in _candidates(program) if path.exists()]
    fitting = [(major, path) for path in found if (major := _major(path)) >= server_major]
    if not fitting:
        raise ClientMissing(program=program, major=server_major)
    return min(fitting, key=lambda each: each[0])[1]


def _candidates(program: str) -> list[Path]:
    on_path = shutil.which(program)
    return [
        binaries.programs() / program,
        *DEBIAN.glob(f"*/bin/{program}"),
        *([Path(on_path)] if on_path else []),
    ]


def _major(program: Path) -> int:
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", shown)
    return int(number[1]) if number else 0
