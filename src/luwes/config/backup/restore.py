"""Bringing a backup back: into a new database beside the old one, then exchanged in one transaction."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from luwes.config.backup import archive, servers
from luwes.config.backup.clients import client
from luwes.config.refusals import Refusal


class BackupTooNew(Refusal):
    """The dump was made by a newer PostgreSQL than this server."""

    code = "backup_too_new"


class DatabaseNotEmpty(Refusal):
    """There is something to lose."""

    code = "database_not_empty"


class NoRightToCreate(Refusal):
    """The account may not create databases."""

    code = "no_right_to_create"


class RestoreFailed(Refusal):
    """The old state still holds."""

    code = "restore_failed"


def restore_backup(file: Path, *, url: str, files: Path, force: bool) -> archive.Manifest:
    """Replace the database at `url` and the folder `files` by what is in `file`, migrated to this version.

    Raises a `Refusal`; then the old database and files are untouched.
    """
    files.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=files.parent) as scratch:
        unpacked = Path(scratch)
        manifest = archive.unpack(file, unpacked)
        server = servers.server_major(url)
        if manifest.postgresql > server:
            raise BackupTooNew(found=manifest.postgresql, server=server)
        if not force and not servers.is_empty(url):
            raise DatabaseNotEmpty(name=servers.database_name(url))
        with _new_database(url) as fresh:
            _load(unpacked / archive.DUMP, servers.on_same_server(url, fresh), server)
            _migrate(servers.on_same_server(url, fresh))
            _exchange(url, fresh, unpacked, files)
    return manifest


@contextmanager
def _new_database(url: str) -> Iterator[str]:
    """A new empty database, dropped again if the block fails or leaves it unused."""
    name = f"{servers.database_name(url)}_restore_{os.getpid()}"
    with servers.connect(servers.on_same_server(url, "postgres")) as connection:
        try:
            # template0 and C.UTF-8: what was sorted and compared in one place is so in the other.
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'").format(
                    sql.Identifier(name)
                )
            )
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoRightToCreate(role=connection.info.user) from error
        try:
            yield name
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _load(dump: Path, url: str, server: int) -> None:
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    command: list[str | Path] = [client("pg_restore", server), *options, f"--dbname={url}", dump]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RestoreFailed(reason=done.stderr.strip())


def _migrate(url: str) -> None:
    """In a process of its own: this one's settings name the old database."""
    done = subprocess.run(
        [sys.executable, "-m", "luwes.config.cli", "migrate"],
        env={**os.environ, "LUWES_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RestoreFailed(reason=done.stderr.strip())


def _exchange(url: str, fresh: str, unpacked: Path, files: Path) -> None:
    """Give the new database the old one's name and the new files the old ones' place.

    Both renames of databases are one transaction; the files are exchanged just before its commit and put
    back if it fails. Whoever is connected is sent away and comes back to the new one.
    """
    current, old = servers.database_name(url), f"{fresh}_old"
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    leave = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)"
    try:
        with servers.connect(servers.on_same_server(url, "postgres")) as connection:
            with ExitStack() as undo:
                with connection.transaction():
                    connection.execute(leave, [[current, fresh]])
                    connection.execute(rename.format(sql.Identifier(current), sql.Identifier(old)))
                    connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(current)))
                    _exchange_files(unpacked / archive.FILES, files, undo)
                undo.pop_all()
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(old)))
    except (psycopg.Error, OSError) as error:
        raise RestoreFailed(reason=str(error).strip()) from error


def _exchange_files(new: Path, files: Path, undo: ExitStack) -> None:
    new.mkdir(exist_ok=True)
    if files.exists():
        # Inside the scratch folder, so that it goes with it.
        before = new.with_name("files-before")
        files.rename(before)
        undo.callback(before.rename, files)
    new.rename(files)
    undo.callback(files.rename, new)
