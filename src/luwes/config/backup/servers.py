"""Asking a server, and addressing the other databases on it."""

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from luwes.config.refusals import Refusal


class DatabaseUnreachable(Refusal):
    """The server does not answer or refuses us."""

    code = "database_unreachable"


def connect(url: str) -> psycopg.Connection:
    """A connection in autocommit mode. Raises `DatabaseUnreachable`."""
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(reason=str(error).strip().splitlines()[0]) from error


def server_major(url: str) -> int:
    """The major version of the server."""
    with connect(url) as connection:
        return connection.info.server_version // 10000


def database_name(url: str) -> str:
    """The database that `url` names."""
    return str(conninfo_to_dict(url).get("dbname") or "luwes")


def on_same_server(url: str, database: str) -> str:
    """The address of another database of the same server and account."""
    return make_conninfo(url, dbname=database)


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """The address for a command line, which everybody on the machine can read, and the environment with the rest."""
    parts = conninfo_to_dict(url)
    password = parts.pop("password", None)
    return make_conninfo("", **parts), {"PGPASSWORD": str(password)} if password else {}


def is_empty(url: str) -> bool:
    """Whether the database has no table of ours or anybody's."""
    with connect(url) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema'"
            " LIMIT 1"
        )
        return found.fetchone() is None
