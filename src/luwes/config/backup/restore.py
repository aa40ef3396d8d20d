"""Bringing a backup back: into a new database beside the old one, then exchanged in one transaction."""

import os
import shutil
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

# Names of what exists only while a restore runs.
SCRATCH = ".restore-"
BESIDE = "_restore_"
ADVISORY_LOCK = 0x4C757765  # "Luwe"


class RestoreRunning(Refusal):
    """Another restore works on this database."""

    code = "restore_running"


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

    Raises a `Refusal`; then the old database and files are untouched. What a killed restore left behind is
    removed by the next one.
    """
    files.parent.mkdir(parents=True, exist_ok=True)
    with _only_restore(url) as maintenance:
        for left in files.parent.glob(f"{SCRATCH}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=files.parent) as scratch:
            unpacked = Path(scratch)
            manifest = archive.unpack(file, unpacked)
            server = maintenance.info.server_version // 10000
            if manifest.postgresql > server:
                raise BackupTooNew(found=manifest.postgresql, server=server)
            if not force and not servers.is_empty(url):
                raise DatabaseNotEmpty(name=servers.database_name(url))
            with _new_database(maintenance, servers.database_name(url)) as fresh:
                _load(unpacked / archive.DUMP, servers.on_same_server(url, fresh), server)
                _migrate(servers.on_same_server(url, fresh))
                _end_sessions(servers.on_same_server(url, fresh))
                _exchange(maintenance, servers.database_name(url), fresh, unpacked / archive.FILES, files)
    return manifest


@contextmanager
def _only_restore(url: str) -> Iterator[psycopg.Connection]:
    """A connection beside the database; while it lasts no other restore of it runs."""
    with servers.connect(servers.on_same_server(url, "postgres")) as connection:
        keys = [ADVISORY_LOCK, servers.database_name(url)]
        taken = connection.execute("SELECT pg_try_advisory_lock(%s::int, hashtext(%s))", keys).fetchone()
        if taken != (True,):
            raise RestoreRunning()
        yield connection


@contextmanager
def _new_database(maintenance: psycopg.Connection, current: str) -> Iterator[str]:
    """A new empty database beside `current`. All such databases are dropped before and after."""
    fresh = f"{current}{BESIDE}{os.getpid()}"
    # template0 and C.UTF-8: what was sorted and compared in one place is so in the other.
    create = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    _drop_beside(maintenance, current)
    try:
        maintenance.execute(create.format(sql.Identifier(fresh)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise NoRightToCreate(role=maintenance.info.user) from error
    except psycopg.Error as error:
        raise RestoreFailed(reason=str(error).strip()) from error
    try:
        yield fresh
    finally:
        _drop_beside(maintenance, current)


def _drop_beside(maintenance: psycopg.Connection, current: str) -> None:
    names = maintenance.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{current}{BESIDE}"]
    )
    for (name,) in names.fetchall():
        maintenance.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _load(dump: Path, url: str, server: int) -> None:
    options = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]
    address, secret = servers.without_password(url)
    _run([client("pg_restore", server), *options, f"--dbname={address}", dump], secret)


def _migrate(url: str) -> None:
    """In a process of its own: this one's settings name the old database."""
    _run([sys.executable, "-m", "luwes.config.cli", "migrate"], {"LUWES_DATABASE_URL": url})


def _end_sessions(url: str) -> None:
    """Who signed out, or was switched off, since the backup must not be signed in again by it."""
    with servers.connect(url) as connection:
        connection.execute("DELETE FROM django_session")


def _run(command: list[str | Path], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RestoreFailed(reason=done.stderr.strip() or f"{Path(command[0]).name}: {done.returncode}")


def _exchange(maintenance: psycopg.Connection, current: str, fresh: str, new_files: Path, files: Path) -> None:
    """Give the new database the old one's name and the new files the old ones' place.

    Both renames of databases are one transaction; the files are exchanged just before its commit and put
    back if it fails. Whoever is connected is sent away and comes back to the new one.
    """
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    leave = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY(%s)"
    try:
        with ExitStack() as undo:
            with maintenance.transaction():
                maintenance.execute(leave, [[current, fresh]])
                maintenance.execute(rename.format(sql.Identifier(current), sql.Identifier(f"{fresh}_old")))
                maintenance.execute(rename.format(sql.Identifier(fresh), sql.Identifier(current)))
                _exchange_files(new_files, files, undo)
            undo.pop_all()
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
