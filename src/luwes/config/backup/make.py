"""Making a backup."""

import os
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from luwes import __version__
from luwes.config.backup import archive
from luwes.config.backup.clients import client
from luwes.config.backup.servers import server_major, without_password
from luwes.config.refusals import Refusal


class BackupFailed(Refusal):
    """Nothing was written; the reason is the system's or PostgreSQL's."""

    code = "backup_failed"


def make_backup(target: Path, *, url: str, files: Path, now: datetime) -> archive.Manifest:
    """Write the database at `url` and the folder `files` to the new file `target`.

    The database is dumped first: every stored file it names existed before. Raises a `Refusal`; then
    `target` does not exist.
    """
    major = server_major(url)
    try:
        with (
            archive.finished_or_nothing(target) as draft,
            tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch,
        ):
            dump = Path(scratch) / archive.DUMP
            _dump(url, major, dump)
            members = {archive.DUMP: dump, **archive.stored_files(files)}
            digests = {name: archive.digest(path) for name, path in members.items()}
            manifest = archive.Manifest(__version__, major, now.isoformat(), digests)
            archive.write(draft, manifest, members, Path(scratch))
            return manifest
    except OSError as error:
        raise BackupFailed(reason=error.strerror or str(error)) from error


def _dump(url: str, major: int, target: Path) -> None:
    command: list[str | Path] = [client("pg_dump", major), "--format=custom", "--no-owner", "--no-privileges"]
    address, secret = without_password(url)
    made = subprocess.run(
        [*command, f"--file={target}", f"--dbname={address}"],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise BackupFailed(reason=made.stderr.strip() or f"pg_dump: {made.returncode}")
