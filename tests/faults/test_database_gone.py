"""The database stops, or its disk takes no more: the import is undone, the person is told, the next one works."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from luwes.config.embedded import EmbeddedServer
from tests.apps.budget_files import row
from tests.config.processes import luwes, remove_sockets, temporary_root
from tests.faults import importing

# More than one WAL segment, so that only tables run into the limit.
LARGEST_FILE = 17 * 1024 * 1024


@pytest.fixture
def root() -> Iterator[Path]:
    with temporary_root() as folder:
        yield folder
        remove_sockets(folder)


def prepared(root: Path, url: str) -> None:
    assert luwes(root, "migrate", LUWES_DATABASE_URL=url).returncode == 0
    first = importing.write(root, [row("1.01", "Dinas Pendidikan", 1_000, 1, as_of="1999-01-01", year=2000)])
    # No unit is known yet: the console creates it, although this first row is refused for its date.
    done = luwes(root, "import", "budget", str(first), "--create-units", LUWES_DATABASE_URL=url)
    assert "Tidak ada baris yang dapat disimpan" in done.stderr


def observed(url: str) -> dict[str, int]:
    with psycopg.connect(url, autocommit=True) as connection:
        return importing.counts(connection)


def whole(file: Path, url: str) -> None:
    code, out, err = importing.finish(importing.start(file, url))
    assert (code, err) == (0, ""), out
    assert observed(url)["results_budgetrow"] == importing.MANY


def test_the_database_is_killed_while_rows_are_staged(root: Path) -> None:
    with EmbeddedServer(root) as server:
        prepared(root, server.url)
        before = observed(server.url)
        file = importing.write(root, importing.many_rows())
        with psycopg.connect(server.url, autocommit=True) as observer:
            process = importing.start(file, server.url)
            importing.until(lambda: importing.copying(observer), "COPY")
            assert server.process is not None
            server.process.send_signal(signal.SIGQUIT)
            code, out, err = importing.finish(process)
        assert code == 1
        assert "Tidak ada yang disimpan setengah" in err
        assert "Traceback" not in out + err
        server.process.wait(20)
    with EmbeddedServer(root) as again:
        assert observed(again.url) == before
        whole(file, again.url)


def test_a_disk_that_takes_no_more_undoes_the_import(root: Path) -> None:
    with EmbeddedServer(root) as server:
        prepared(root, server.url)
        with psycopg.connect(server.url, autocommit=True) as connection:
            _fill_staged_rows(connection)
            before = importing.counts(connection)
    file = importing.write(root, importing.many_rows())
    with limited_files(), EmbeddedServer(root) as cramped:
        code, out, err = importing.finish(importing.start(file, cramped.url))
        assert code == 1, out
        assert "Periksa basis data dan ruang disk" in err
        assert "Traceback" not in out + err
        assert observed(cramped.url) == before
    with EmbeddedServer(root) as roomy:
        whole(file, roomy.url)


@contextmanager
def limited_files() -> Iterator[None]:
    """Programs started in this block cannot let a file grow beyond the limit: the system refuses the write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _fill_staged_rows(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Bring the table of staged rows just below the limit."""
    connection.execute(
        "INSERT INTO sources_stagedrow (batch_id, row_number, key, data)"
        " SELECT b.id, n, 'x', to_jsonb(repeat('y', 1500)) FROM sources_importbatch b, generate_series(1, 10500) n"
    )
    size = connection.execute("SELECT pg_relation_size('sources_stagedrow')").fetchone()
    assert size is not None
    assert LARGEST_FILE - 1_500_000 < int(str(size[0])) < LARGEST_FILE
