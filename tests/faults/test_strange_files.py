"""Whatever is uploaded: a calm page, no traceback, nothing stored in between, the server lives on."""

import contextlib
import os
import signal
import threading
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import BatchState, ImportBatch, Source, StagedRow
from luwes.web.frame import once
from tests.apps.budget_files import HEADERS, TWO, csv_bytes, make_units, row, xlsx_bytes
from tests.faults import importing
from tests.web.sources.conftest import signed_in

# Each example starts a reading process, which costs about a tenth of a second.
SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "null", "-", "=1+1", "+62", "\x00", "1e308", "Rp 1.234", "(1.000)", "61,28%", "\u202e", "NaN"]
    ),
    st.integers(-(10**20), 10**20).map(str),
    st.dates().map(str),
)
ROWS = st.lists(st.tuples(*[CELLS] * len(HEADERS)), min_size=1, max_size=4)


@pytest.fixture
def admin(db: None) -> Client:
    with unit_of_work(importing.ME, timezone.now()):
        make_units()
    client = signed_in(Role.ADMIN)
    client.raise_request_exception = False
    return client


def upload(client: Client, payload: bytes, name: str = "rekap.csv", source: str = "Biro") -> HttpResponse:
    form = {"kind": "budget", "source": source, "once": once.new_token()}
    return client.post("/sumber/unggah/", {**form, "file": SimpleUploadedFile(name, payload)})  # type: ignore[return-value]


def confirm(client: Client, batch: ImportBatch) -> HttpResponse:
    form = {"once": once.new_token(), "version": str(batch.version)}
    return client.post(f"/sumber/berkas/{batch.public_id}/simpan/", form)  # type: ignore[return-value]


def test_a_header_with_a_nul_is_no_fault_of_the_server(admin: Client) -> None:
    check_calm(upload(admin, csv_bytes(TWO).replace(b"kode_pd", b"ko\x00de_pd", 1)))
    check_calm(upload(admin, csv_bytes(TWO).replace(b"\n", b";c\x00t\n", 1)))


def check_calm(answer: HttpResponse) -> None:
    assert answer.status_code in (302, 422), answer.content[:2_000]
    assert b"Traceback" not in answer.content


@contextlib.contextmanager
def undone() -> object:
    """One example leaves nothing to the next; marked as a test's own, or no unit of work could open inside."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@given(payload=st.binary(max_size=600))
@SOME
def test_any_bytes(admin: Client, payload: bytes) -> None:
    with undone():
        answer = upload(admin, payload)
        check_calm(answer)
        assert ImportBatch.objects.count() == (1 if answer.status_code == 302 else 0)
        assert not BudgetRow.objects.exists()


@given(noise=st.binary(min_size=1, max_size=40), place=st.floats(0, 1), magic=st.sampled_from(["csv", "xlsx"]))
@SOME
def test_a_good_file_with_bytes_damaged(admin: Client, noise: bytes, place: float, magic: str) -> None:
    whole = csv_bytes(TWO) if magic == "csv" else xlsx_bytes(TWO)
    start = int(place * len(whole))
    with undone():
        check_calm(upload(admin, whole[:start] + noise + whole[start + len(noise) :]))
        assert not BudgetRow.objects.exists()


@given(rows=ROWS)
@SOME
def test_any_cells_are_counted_and_stored_whole_or_not_at_all(admin: Client, rows: Sequence[tuple[str, ...]]) -> None:
    with undone():
        answer = upload(admin, csv_bytes([*TWO, *rows]))
        check_calm(answer)
        if answer.status_code == 422:
            assert not ImportBatch.objects.exists()
            return
        batch = ImportBatch.objects.get()
        counts = batch.counts
        parts = ("new", "changed", "unchanged", "rejected", "unmapped", "skipped")
        assert sum(counts[part] for part in parts) == counts["rows"]
        assert admin.get(answer["Location"]).status_code == 200
        done = confirm(admin, batch)
        check_calm(done)
        stored = BudgetRow.objects.count()
        assert stored == (counts["new"] if done.status_code == 302 else 0)
        assert StagedRow.objects.exists() == (done.status_code != 302)


@given(name=st.text(st.characters(exclude_characters='"\r\n', codec="utf-8"), max_size=60), source=st.text(max_size=60))
@SOME
def test_any_names_of_file_and_source(admin: Client, name: str, source: str) -> None:
    with undone():
        answer = admin.generic(
            "POST", "/sumber/unggah/", by_hand(name, source), content_type="multipart/form-data; boundary=x-x"
        )
        assert answer.status_code in (302, 400, 422)
        if answer.status_code == 302:
            assert admin.get(answer["Location"]).status_code == 200
            assert Source.objects.get().name.isprintable()
            assert ImportBatch.objects.get().file_name.isprintable()


def by_hand(name: str, source: str) -> bytes:
    """The upload as bytes: a browser sends names that Django's test client refuses to."""
    fields = {"kind": "budget", "source": source, "once": once.new_token()}
    parts = [f'--x-x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'--x-x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    text = "\r\n".join(parts).encode("utf-8", "surrogatepass")
    return text + csv_bytes(TWO) + b"\r\n--x-x--\r\n"


@given(version=st.text(max_size=20), choice=st.text(max_size=20))
@SOME
def test_any_words_in_the_forms_about_a_batch(admin: Client, version: str, choice: str) -> None:
    with undone():
        upload(admin, csv_bytes([*TWO, row("9.99", "Lain", 5, 1)]))
        batch = ImportBatch.objects.get()
        form = {"once": once.new_token(), "version": version, "arti_0": choice, "tarik": choice}
        for what in ("arti", "simpan", "buang"):
            answer = admin.post(f"/sumber/berkas/{batch.public_id}/{what}/", {**form, "once": once.new_token()})
            check_calm(answer)  # type: ignore[arg-type]


@given(headers=st.text(max_size=200), column=st.text(max_size=20))
@SOME
def test_any_words_in_the_columns_form(admin: Client, headers: str, column: str) -> None:
    form = {"kind": "budget", "source": "B", "once": once.new_token(), "headers": headers, "kolom_pagu": column}
    with undone():
        answer = admin.post("/sumber/unggah/kolom/", {**form, "file": SimpleUploadedFile("x.csv", csv_bytes(TWO))})
        check_calm(answer)  # type: ignore[arg-type]


def test_the_reading_process_is_killed_while_a_page_waits_for_it(admin: Client) -> None:
    payload = csv_bytes(importing.many_rows())
    killed: list[int] = []

    def kill() -> None:
        importing.until(lambda: bool(importing.children(os.getpid())), "the reading process")
        for pid in importing.children(os.getpid()):
            command = importing.Path(f"/proc/{pid}/cmdline").read_bytes()
            if b"sources.reading.child" in command:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    watcher = threading.Thread(target=_until_killed, args=(kill, killed))
    watcher.start()
    answer = upload(admin, payload)
    watcher.join(30)
    assert killed
    assert answer.status_code == 422
    assert "pembacanya berhenti" in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert upload(admin, csv_bytes(TWO)).status_code == 302


def _until_killed(kill: object, killed: list[int]) -> None:
    while not killed:
        with contextlib.suppress(OSError):
            kill()  # type: ignore[operator]


def test_a_database_that_goes_away_gives_a_calm_page_and_stores_nothing(fresh_database: str) -> None:
    importing.units()
    admin = signed_in(Role.ADMIN)
    admin.raise_request_exception = False
    assert upload(admin, csv_bytes(TWO)).status_code == 302
    batch = ImportBatch.objects.get()

    def cut() -> None:
        with importing.psycopg.connect(importing.address(), autocommit=True) as observer:
            importing.until(lambda: importing.waiting(observer), "the wait for the import lock")
            observer.execute(
                "SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted"
            )

    with importing.psycopg.connect(importing.address()) as holder:
        holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('import:budget', 7))")
        cutter = threading.Thread(target=cut)
        cutter.start()
        answer = confirm(admin, batch)
        cutter.join(30)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Traceback" not in page
    assert "<h1>" in page
    connection.close()
    batch.refresh_from_db()
    assert batch.state == BatchState.STAGED
    assert not BudgetRow.objects.exists()
    assert confirm(admin, batch).status_code == 302
    assert BudgetRow.objects.count() == 2
