"""Twenty people act while a long import runs: they do not wait for it, and the chain stays one."""

import threading
from collections import Counter
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from luwes.apps.audit import actions
from luwes.apps.audit.actor import system
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.audit.verify import verify
from tests.faults import importing

WRITERS = 20
MOST_EACH = 500


@pytest.fixture(autouse=True)
def units(fresh_database: str) -> None:
    importing.units()


def test_twenty_writers_keep_one_chain_while_an_import_runs(now: datetime, tmp_path: Path) -> None:
    file = importing.write(tmp_path, importing.many_rows())
    failures: list[BaseException] = []
    during: Counter[int] = Counter()
    running = importing.start(file, importing.address())
    with psycopg.connect(importing.address(), autocommit=True) as observer:
        importing.until(lambda: importing.copying(observer), "rows being staged")

    def writer(number: int) -> None:
        try:
            for n in range(MOST_EACH):
                if running.poll() is not None:
                    return
                with unit_of_work(system(f"w{number}"), now):
                    actions.record(action="thing.done", subject=f"{number}-{n}")
                during[number] += 1
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    code, _, err = importing.finish(running)
    for thread in threads:
        thread.join(importing.PATIENCE)
    assert (code, failures) == (0, []), err
    assert set(during) == set(range(WRITERS)), "nobody had to wait until the import was over"
    result = verify()
    assert result.holds
    assert AuditEntry.objects.filter(action="thing.done").count() == during.total()
    assert AuditEntry.objects.filter(action="import.confirmed").count() == 1
