"""Pages of the monthly form: filled in step by step, refused beside the row, signed, reopened, and seen as a board."""

import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luwes.apps.accounts.actions.job_links import LinkClosed
from luwes.apps.accounts.roles import Role
from luwes.apps.reporting.form_fields import FIELDS, SECTIONS
from luwes.apps.reporting.form_values import written
from luwes.apps.reporting.models import MonthlyForm, MonthlySignature
from luwes.core.workdays.months import month_before
from luwes.web.monthly import board, months, sheet
from luwes.web.monthly.form import MonthlyFormForm
from luwes.web.monthly.signing import SignForm
from tests.apps.reporting.monthly_forms import ANSWERS, save, sign, state_of
from tests.web.forms import hidden_fields, send
from tests.world import Units, client_as, plant_units

pytestmark = pytest.mark.django_db
POSTED = {row.code: written(row, ANSWERS[row.code]) for row in FIELDS if row.code in ANSWERS}


@pytest.fixture
def units(present: datetime) -> Units:
    return plant_units(present)


@pytest.fixture
def month(present: datetime) -> date:
    return month_before(timezone.localdate(present))


@pytest.fixture
def head(present: datetime, units: Units) -> Client:
    return client_as(present, Role.HEAD, units.health)


@pytest.fixture
def path(units: Units, month: date) -> str:
    return f"/laporan/{units.health}/{months.text(month)}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_everybody_finds_the_way_in(present: datetime, units: Units, month: date, head: Client) -> None:
    own = f"/laporan/{units.health}/{months.text(month)}/isian/"
    assert head.get("/laporan/")["Location"] == own
    assert head.get("/laporan/?bulan=2026-02")["Location"] == f"/laporan/{units.health}/2026-02/isian/"
    assert head.get("/laporan/?bulan=2026-13")["Location"] == own
    leader = client_as(present, Role.LEADER)
    assert leader.get("/laporan/")["Location"] == f"/laporan/{months.text(month)}/"
    assert client_as(present, Role.OPERATOR).get("/laporan/")["Location"] == "/"


def test_all_fourteen_sections_are_there_and_the_first_empty_one_is_open(head: Client, path: str) -> None:
    page = text(head, f"{path}/isian/")
    for number, title in SECTIONS.items():
        assert f"{number}. {title}" in page
    assert page.count("<details") - page.count('class="menu') <= len(SECTIONS) + 1
    assert page.count('<details class="disclosure" open>') == 1
    assert page.index("open>") < page.index("2. Layanan digital")
    assert "Belum ada yang tersimpan." in page


def test_a_draft_is_saved_and_what_is_left_is_told(head: Client, path: str, units: Units, month: date) -> None:
    answer = send(head, f"{path}/isian/", **POSTED | {"kendaraan_dinas": "", "comment": "Ada banjir"})
    assert answer["Location"] == f"{path}/isian/"
    page = text(head, f"{path}/isian/")
    assert "Isian tersimpan. 1 butir wajib masih kosong." in page
    assert "7. Kendaraan dinas: 1 butir kosong" in page
    assert "Terakhir disimpan Rangga Wirya" in page
    row = MonthlyForm.objects.get()
    assert row.values == {code: value for code, value in ANSWERS.items() if code != "kendaraan_dinas"}
    assert (row.comment, row.month) == ("Ada banjir", month)


def test_an_answer_that_cannot_be_read_is_told_beside_its_row_and_keeps_the_rest(head: Client, path: str) -> None:
    answer = send(head, f"{path}/isian/", **POSTED | {"kendaraan_dinas": "lumayan", "lain_luar": "9999"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Bukan persentase. Tulis angkanya saja, misalnya 12,5.") == 2, "above and beside"
    assert "lebih banyak daripada yang bertugas" in page
    assert 'value="lumayan"' in page
    assert "Jalan Rawa" in page
    assert not MonthlyForm.objects.exists()


def test_a_stale_tab_is_told_what_changed_and_may_decide(
    present: datetime, head: Client, path: str, units: Units, month: date
) -> None:
    stale = hidden_fields(text(head, f"{path}/isian/"), f"{path}/isian/")
    save(present, units.health, month, {"rapat_jumlah": 7})
    answer = head.post(f"{path}/isian/", stale | {"rapat_jumlah": "9"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "baru saja disimpan orang lain" in page
    assert "Yang berubah: Banyaknya rapat hibrida atau daring." in page
    again = head.post(f"{path}/isian/", hidden_fields(page, f"{path}/isian/") | {"rapat_jumlah": "9"})
    assert again.status_code == 302
    assert state_of(present, units.health, month).form.values == {"rapat_jumlah": 9}


def test_a_link_closed_while_the_form_was_open_is_no_fault_of_the_form(
    present: datetime, units: Units, month: date
) -> None:
    def closed(act: Callable[[], str]) -> str:
        raise LinkClosed

    save(present, units.health, month)
    state = state_of(present, units.health, month)
    data = QueryDict(mutable=True)
    data["version"] = str(state.form.version)
    form = MonthlyFormForm(data, state=state)
    with pytest.raises(LinkClosed):
        sheet.save(sheet.Sheet(state, form, {}), closed)
    with pytest.raises(LinkClosed):
        sheet.sign(SignForm(data, state=state, asks_capacity=False), closed)


def test_last_months_answers_are_offered_and_marked(
    present: datetime, head: Client, path: str, units: Units, month: date
) -> None:
    save(present, units.health, month_before(month))
    page = text(head, f"{path}/isian/")
    assert "Dari bulan lalu, periksa." in page
    assert "Jaringan gedung B putus\nTiga laptop rusak" in page
    assert "2. Layanan digital</summary>" in page, "what is offered is not empty"
    send(head, f"{path}/isian/", **POSTED)
    page = text(head, f"{path}/isian/")
    assert "Sama dengan bulan lalu." in page
    assert "Dari bulan lalu, periksa." not in page


def test_signing_asks_a_reason_for_every_gap(
    present: datetime, head: Client, path: str, units: Units, month: date
) -> None:
    assert "Isi dan simpan lebih dulu" in text(head, f"{path}/tanda-tangan/")
    save(present, units.health, month, {code: v for code, v in ANSWERS.items() if code != "sepeda"})
    page = text(head, f"{path}/tanda-tangan/")
    assert "7. Sepeda dipakai: alasan belum ada" in page
    assert "Mutu layanan terhadap standar" in page, "what files do not say is told too"
    assert send(head, f"{path}/tanda-tangan/").status_code == 422
    answer = send(head, f"{path}/tanda-tangan/", **{"alasan-sepeda": "Belum didata"})
    assert answer["Location"] == f"{path}/isian/"
    assert MonthlySignature.objects.get().gaps == {"sepeda": "Belum didata"}
    page = text(head, f"{path}/isian/")
    assert "ditandatangani." in page
    assert "belum ada: Belum didata" in page
    assert "Simpan isian" not in page


def test_a_signed_month_is_reopened_with_a_reason(
    present: datetime, head: Client, path: str, units: Units, month: date
) -> None:
    save(present, units.health, month)
    sign(present, units.health, month)
    late = head.post(f"{path}/isian/", hidden_fields(text(head, f"{path}/tanda-tangan/"), f"{path}/buka-lagi/"))
    assert late.status_code == 422
    assert "sudah ditandatangani" in late.content.decode()
    for reason, to in (("", f"{path}/tanda-tangan/"), ("Angka keliru", f"{path}/isian/")):
        hidden = hidden_fields(text(head, f"{path}/tanda-tangan/"), f"{path}/buka-lagi/")
        assert head.post(f"{path}/buka-lagi/", hidden | {"reason": reason})["Location"] == to
    page = text(head, f"{path}/isian/")
    assert "dibatalkan" in page
    assert "Angka keliru" in page
    assert "Simpan isian" in page


def test_a_month_that_runs_is_filled_in_but_not_signed(present: datetime, head: Client, units: Units) -> None:
    running = timezone.localdate(present).replace(day=1)
    own = f"/laporan/{units.health}/{months.text(running)}"
    save(present, units.health, running)
    assert "Bulan ini belum selesai" in text(head, f"{own}/tanda-tangan/")
    assert "Periksa dan tanda tangani" not in text(head, f"{own}/isian/")
    ahead = (running.replace(day=28) + timezone.timedelta(days=7)).replace(day=1)
    for page in ("isian", "tanda-tangan"):
        assert head.get(f"/laporan/{units.health}/{months.text(ahead)}/{page}/").status_code == 404


def test_a_smaller_unit_leads_to_the_form_it_belongs_to(head: Client, units: Units, month: date, path: str) -> None:
    below = f"/laporan/{units.section}/{months.text(month)}"
    for page in ("isian/", "tanda-tangan/", "isian.xlsx"):
        assert head.get(f"{below}/{page}")["Location"] == f"{path}/{page}"
    assert head.post(f"{below}/buka-lagi/").status_code == 404


def test_who_only_looks_sees_answers_and_no_form(present: datetime, path: str, units: Units, month: date) -> None:
    save(present, units.health, month)
    inspector = client_as(present, Role.INSPECTOR)
    page = text(inspector, f"{path}/isian/")
    assert "Simpan isian" not in page
    assert "Belum optimal" not in page
    assert "52,50 %" in page
    assert "Sedang disusun" in page
    assert inspector.post(f"{path}/isian/").status_code == 403
    assert inspector.get(f"/laporan/{units.government}/{months.text(month)}/isian/").status_code == 404


def test_the_workbook_of_one_and_of_all(present: datetime, head: Client, path: str, month: date) -> None:
    answer = head.get(f"{path}/isian.xlsx")
    assert f"isian-1.02-{months.text(month)}.xlsx" in answer["Content-Disposition"]
    names = {row[1] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(2, values_only=True)}
    assert names == {"Dinas Kesehatan"}
    whole = client_as(present, Role.ORGANISATION).get(f"/laporan/{months.text(month)}/isian.xlsx")
    rows = openpyxl.load_workbook(io.BytesIO(whole.content)).active
    assert {row[1] for row in rows.iter_rows(2, values_only=True)} == {"Dinas Kesehatan", "Dinas Pekerjaan Umum"}
    assert head.get(f"/laporan/{months.text(month)}/isian.xlsx").status_code == 404


def test_the_board_says_who_is_where_and_offers_the_next_step(
    present: datetime, units: Units, month: date, path: str
) -> None:
    save(present, units.health, month, {"rapat_hibrida": "ya"})
    save(present, units.works, month)
    sign(present, units.works, month)
    page = text(client_as(present, Role.ADMIN), f"/laporan/{months.text(month)}/")
    assert "1 dari 2 perangkat daerah sudah menandatangani." in page
    assert f'href="{path}/isian/"' in page
    assert "dan 24 lainnya" in page
    assert f"unit={units.health}&amp;tugas=isian_bulanan" in page
    assert f"unit={units.works}&amp;tugas" not in page, "what is signed needs no link"
    assert f"http://testserver/laporan/?bulan={months.text(month)} (perlu masuk)" in page
    assert "jenis=isian" in page
    leader = text(client_as(present, Role.LEADER), f"/laporan/{months.text(month)}/")
    assert "Terbitkan tautan" not in leader
    assert "Unggah isian" not in leader


def test_the_board_is_searched_by_name_and_folds_what_is_done(
    present: datetime, units: Units, month: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(present, units.works, month)
    sign(present, units.works, month)
    monkeypatch.setattr(board, "OPEN", 0)
    admin, here = client_as(present, Role.ADMIN), f"/laporan/{months.text(month)}/"
    page = text(admin, here)
    assert page.index("Dinas Kesehatan") < page.index("Lihat 1 perangkat daerah") < page.index("Dinas Pekerjaan")
    found = text(admin, f"{here}?cari=pekerjaan")
    assert "Lihat 1 perangkat daerah" not in found, "what was looked for is open"
    assert 'isian/">Dinas Pekerjaan' in found
    assert 'isian/">Dinas Kesehatan' not in found
    none = text(admin, f"{here}?cari=perikanan")
    assert "Tidak ada perangkat daerah yang cocok" in none
    assert "1 dari 2 perangkat daerah sudah menandatangani." in none


def test_a_board_without_units_says_what_is_missing(present: datetime) -> None:
    page = text(client_as(present, Role.ADMIN), "/laporan/2026-01/")
    assert "Belum ada perangkat daerah" in page


def test_the_link_form_opens_with_the_job_and_unit_of_the_board(present: datetime, units: Units) -> None:
    admin = client_as(present, Role.ADMIN)
    page = text(admin, f"{reverse('accounts:link_issue')}?unit={units.health}&tugas=isian_bulanan")
    assert '<option value="isian_bulanan" selected>' in page
    assert f'<option value="{units.health}" selected>' in page


@pytest.mark.parametrize("wrong", ["2026-00", "1999-01", "2026-1", "bulan-ini"])
def test_an_address_that_names_no_month_does_not_exist(present: datetime, units: Units, wrong: str) -> None:
    assert client_as(present, Role.ADMIN).get(f"/laporan/{wrong}/").status_code == 404


def test_months_go_both_ways_and_end_with_the_one_that_runs() -> None:
    around = months.neighbours("monthly:board", date(2026, 10, 1), date(2026, 11, 1))
    assert around.before == ("September 2026", "/laporan/2026-09/")
    assert around.after == ("November 2026", "/laporan/2026-11/")
    assert months.neighbours("monthly:board", date(2026, 10, 1), date(2026, 10, 31)).after is None
    assert month_before(date(2026, 1, 15)) == date(2025, 12, 1)
