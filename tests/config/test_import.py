"""`luwes import` and `luwes demo` as real commands."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.verify import verify
from luwes.apps.people.models import Employee, UnitVersion
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import ImportBatch
from luwes.config import cli, demo
from luwes.examples.invented.people import invented_people
from luwes.examples.invented.staff_file import write_csv
from tests.apps.budget_files import TWO, csv_bytes, row


@pytest.fixture(autouse=True)
def database(fresh_database: str) -> Iterator[None]:
    yield
    connections.close_all()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "rekap.csv"
    found.write_bytes(csv_bytes([*TWO, row("00", "Pemprov Contoh", 3_000, 1_600)]))
    return found


def test_unknown_units_store_nothing_and_are_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "budget", str(file)]) == 4
    told = capsys.readouterr().out
    assert "1.01 “Dinas Pendidikan” belum dikenal (1 baris)" in told
    assert "Tidak ada yang disimpan" in told
    assert not BudgetRow.objects.exists()


def test_units_are_created_on_request_and_the_second_time_nothing_changes(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["import", "budget", str(file), "--create-units", "--government", "00"]) == 0
    assert "Tersimpan: 3 baru, 0 berubah, 0 tetap." in capsys.readouterr().out
    assert cli.main(["import", "budget", str(file)]) == 0
    told = capsys.readouterr().out
    assert "Berkas yang sama sudah pernah disimpan." in told
    assert "Tersimpan: 0 baru, 0 berubah, 3 tetap." in told
    assert BudgetRow.objects.count() == 3


def test_staff_are_imported_with_the_tree_their_units_make(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = tmp_path / "asn.csv"
    with found.open("wb") as target:
        write_csv(target, invented_people(400), dirty=False)
    assert cli.main(["import", "staff", str(found)]) == 4
    assert not Employee.objects.exists()
    assert cli.main(["import", "staff", str(found), "--create-units"]) == 0
    assert "Tersimpan: 400 baru" in capsys.readouterr().out
    kinds = Counter(UnitVersion.objects.values_list("kind", flat=True))
    assert (kinds["perangkat_daerah"], kinds["unit"] > 250, kinds["instansi"]) == (40, True, 0)


def test_a_dry_run_stores_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "budget", str(file), "--dry-run", "--create-units"]) == 0
    assert "Uji coba: tidak ada yang disimpan." in capsys.readouterr().out
    assert ImportBatch.objects.get().state == "discarded"
    assert not BudgetRow.objects.exists()


def test_refused_rows_are_told_with_row_column_and_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(csv_bytes([TWO[0], row("1.02", "Dinas Kesehatan", "banyak", 5)]))
    assert cli.main(["import", "budget", str(file), "--create-units"]) == 3
    assert "x baris 3, Pagu “banyak”: Bukan angka." in capsys.readouterr().out
    assert BudgetRow.objects.count() == 1


def test_a_recap_without_dates_takes_them_from_the_command(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(csv_bytes([tuple(TWO[0])[2:6]], ("kode", "skpd", "pagu", "realisasi")))
    command = ["import", "budget", str(file), "--create-units"]
    assert cli.main(command) == 1
    assert cli.main([*command, "--year", "2026", "--as-of", "2026-10-31"]) == 0
    assert BudgetRow.objects.get().as_of.isoformat() == "2026-10-31"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["budget", "/tidak/ada.csv"], "tidak dapat dibaca"),
        (["cuti", "FILE"], "Jenis berkas ini tidak dikenal"),
        (["budget", "FILE", "--year", "26"], "Tahun harus empat angka"),
        (["budget", "FILE", "--as-of", "31/10/2026"], "Tanggal harus berbentuk"),
    ],
)
def test_refusals_are_one_line(
    file: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(file) if argument == "FILE" else argument for argument in arguments]
    assert cli.main(["import", *given]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert "Traceback" not in told


def test_the_demo_fills_once_and_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["demo", "--staff", "60", "--facts", "0"]) == 0
    first = capsys.readouterr().out
    assert "Realisasi anggaran" in first
    assert demo.PASSWORD in first
    for account in demo.ACCOUNTS:
        assert account.email in first
    assert {row.role for row in RoleAssignment.objects.all()} == {role.value for role in Role}
    assert not User.objects.filter(must_change_password=True).exists()
    entries, rows = AuditEntry.objects.count(), BudgetRow.objects.count()
    assert rows > 40
    assert Employee.objects.count() == 60
    assert cli.main(["demo", "--staff", "60", "--facts", "0"]) == 0
    assert capsys.readouterr().out == first
    assert (AuditEntry.objects.count(), BudgetRow.objects.count()) == (entries, rows)
    assert verify().holds


@pytest.mark.parametrize("count", ["0", "-1", "50001", "banyak"])
def test_a_demo_of_no_size_is_refused(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["demo", "--staff", count])
    assert stopped.value.code == 2
    assert "50000" in capsys.readouterr().err or count == "-1"


def test_no_demo_in_production(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LUWES_PRODUCTION", "1")
    assert cli.main(["demo"]) == 1
    assert "kata sandi yang diumumkan" in capsys.readouterr().err
    assert not User.objects.exists()
