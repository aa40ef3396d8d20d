"""The grid as a workbook: opened by others, filled by hand, and read back against every rule."""

import subprocess
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from luwes.apps.people.models import Employee
from luwes.apps.schedule.rosters import drafts, grid, grid_in
from luwes.apps.schedule.rosters.facts import Month
from luwes.apps.schedule.rosters.grid_in import Fault
from luwes.apps.schedule.rosters.parameters import Parameters
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import NIPS, build, id_of, plan

pytestmark = pytest.mark.django_db


def sheet_of(now: datetime, **rest: object) -> tuple[bytes, Month]:
    units = build(now)
    files.store("leave", now, (NIPS[0], "02/12/2026", "02/12/2026", "Penuh"))
    files.store("flexdays", now, (NIPS[1], "03/12/2026", "Rumah", "Permohonan", "Penuh", ""))
    Employee.objects.filter(nip=NIPS[5]).update(name="=cmd|' /C calc'!A0")
    ready = plan(now, units.section, Parameters(weekdays=(1, 2, 3, 4), quota=60))
    month = drafts.read_month(ready)
    return grid.workbook(ready, month, drafts.plan_of(ready)), month


def changed(payload: bytes, **cells: str | None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(payload))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cleared(payload: bytes) -> bytes:
    book = openpyxl.load_workbook(BytesIO(payload))
    for row in book.worksheets[0].iter_rows(min_row=5, min_col=4):
        for cell in row:
            if cell.value == "F":
                cell.value = None
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_grid_opens_again_and_shows_every_day_and_floor(now: datetime) -> None:
    payload, month = sheet_of(now)
    book = openpyxl.load_workbook(BytesIO(payload))
    sheet, days, said = book.worksheets
    assert [sheet.cell(4, column).value for column in (1, 2, 3, 4, 5)] == [
        "ID",
        "Nama",
        "Unit",
        "Sel 01-12",
        "Rab 02-12",
    ]
    rows = {row[1].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=10)}
    assert rows["Ani"][0] == id_of("Ani")
    assert rows["Ani"][4] == "C"
    assert rows["Budi"][5] == "T"
    assert rows["Citra"][6] == "x"
    assert "=cmd|' /C calc'!A0" in rows
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    marks = [cell for line in rows.values() for cell in line[3:-1]]
    assert sum(line[-1] for line in rows.values()) == marks.count("F") + marks.count("T")
    assert days.max_row == 1 + len(month.days)
    assert days["D2"].value.startswith("Loket 1 (UPT Laboratorium): perlu 3, tinggal")
    texts = [row[0].value for row in said.iter_rows()]
    assert any("Kuota tiap unit: 60 %" in text for text in texts)
    nips = set(NIPS)
    assert not any(str(cell.value) in nips for page in book.worksheets for row in page.iter_rows() for cell in row)


def test_an_office_suite_opens_it_too(now: datetime, tmp_path: Path) -> None:
    payload, _ = sheet_of(now)
    (tmp_path / "jadwal.xlsx").write_bytes(payload)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv"]
    try:
        subprocess.run([*command, "jadwal.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    except FileNotFoundError:
        return
    text = (tmp_path / "jadwal.csv").read_text(encoding="utf-8")
    assert "ID,Nama,Unit,Sel 01-12" in text
    assert f"{id_of('Ani')},Ani,UPT Laboratorium" in text


def test_what_was_printed_comes_back_without_a_fault(now: datetime) -> None:
    payload, month = sheet_of(now)
    sheet = grid_in.read(payload, month)
    assert grid_in.check(sheet, month) == []
    assert sheet.plan.any()


def test_every_fault_of_a_hand_made_roster_names_its_cell(now: datetime) -> None:
    payload, month = sheet_of(now)
    empty = cleared(payload)
    assert not grid_in.read(empty, month).faults
    hand = changed(
        empty, D6="F", D7="F", D8="F", D9="F", E5="f", F5="Q", G7="F", A10="bukan-id", H8="F", I8="F"
    )  # fmt: skip
    found = grid_in.check(grid_in.read(hand, month), month)
    by_cell: dict[str, list[str]] = {}
    for one in found:
        by_cell.setdefault(one.cell, []).append(one.sentence)
    assert by_cell["F5"] == ["Tanda ini tidak dikenal. Tulis F atau kosongkan."]
    assert by_cell["A10"] == ["ID ini bukan pegawai unit ini pada bulan ini. Hapus barisnya."]
    assert "libur, cuti, dinas" in by_cell["E5"][0]
    assert by_cell["G7"][0] == (
        "Citra tidak boleh fleksibel pada Jumat, 4 Desember 2026. "
        "Sebabnya: bukan hari yang dibuka untuk kerja fleksibel."
    )
    assert "memerlukan 3 orang di kantor, tersisa 2" in by_cell["D"][0]
    assert by_cell["A8"] == ["Dewi mendapat 2 hari; batas sepekan mulai 7 Des 2026 hanya 1."]
    assert any("tidak ada di lembar" in sentence for sentence in by_cell[""])


def test_a_person_twice_or_a_missing_day_is_told(now: datetime) -> None:
    payload, month = sheet_of(now)
    twice = changed(payload, A6=id_of("Ani"))
    assert Fault("A6", "Pegawai ini tercantum dua kali. Sisakan satu baris.") in grid_in.read(twice, month).faults
    lacking = changed(payload, D4="Catatan")
    assert Fault("", "Kolom Sel 01-12 tidak ada.") in grid_in.read(lacking, month).faults
    assert month.days[0] == date(2026, 12, 1)
