"""A PostgreSQL for measurements: the one in LUWES_DATABASE_URL, else an embedded server of our own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from luwes.config.embedded import EmbeddedServer

NAME = "luwes_bench"


@contextmanager
def server_url() -> Iterator[str]:
    """Yield the address of a running server; an embedded one is stopped and its folder removed afterwards."""
    given = os.environ.get("LUWES_DATABASE_URL")
    if given:
        yield given
        return
    root = Path(tempfile.mkdtemp(prefix="luwes-bench-"))
    # Started by root, the server runs under another account, which must be able to pass.
    root.chmod(0o711)
    try:
        server = EmbeddedServer(root / "data")
        try:
            yield server.start()
        finally:
            server.stop()
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def fresh_database() -> Iterator[str]:
    """Yield the conninfo of an empty database that is dropped afterwards."""
    with server_url() as url, psycopg.connect(url, autocommit=True) as admin:
        name = sql.Identifier(NAME)
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield psycopg.conninfo.make_conninfo(url, dbname=NAME)
        finally:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
