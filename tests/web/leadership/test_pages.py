"""The leader's pages over HTTP: what they say, to whom, how heavy they are."""

import gzip
import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents.models import IssuedDocument
from luwes.apps.people.actions import create_unit
from luwes.apps.people.models import UnitKind
from luwes.apps.results.actions import write_budget_note
from luwes.apps.results.queries import BudgetDate
from luwes.apps.sources.breaks import Changed, declare_break
from luwes.core.workdays.months import month_before
from luwes.web.leadership import dates
from tests.apps.budget_files import row
from tests.apps.reporting.figures import JUNE, ME, OCTOBER, kalteng, key_of, province, store_rows
from tests.apps.reporting.monthly_forms import save, sign
from tests.world import SETUP, client_as, plant_service, plant_units

pytestmark = pytest.mark.django_db

Visitor = Callable[..., Client]
MONTHS = [date(year, month, 28) for year in (2025, 2026) for month in range(1, 12)] + [
    date(2025, 12, 28),
    date(2026, 11, 20),
]


def text(response: HttpResponse) -> str:
    """The words of a page without its markup."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(words.replace("\u00a0", " ").replace("&nbsp;", " ").split())


def test_the_sentence_comes_with_verdict_number_denominator_and_date(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE, OCTOBER)
    page = visitor(Role.LEADER).get("/pimpinan/?per=2025-06-30")
    assert page.status_code == 200
    said = text(page)
    assert (
        "Realisasi anggaran belum sesuai target: 21,88 % dari pagu Rp10,22 triliun per Senin, 30 Juni 2025; "
        "target 50 %, kurang 28,12 poin."
    ) in said
    for part in ("Belum sesuai target", "dari pagu Rp10,22 triliun", "Data per Senin, 30 Juni 2025", "Biro AP"):
        assert part in said
    assert "2 dari 3 perangkat daerah yang melapor per Senin, 30 Juni 2025." in said
    assert "SHA-256" in said


def test_the_page_speaks_english(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE, OCTOBER)
    client = visitor(Role.LEADER)
    client.cookies["luwes_bahasa"] = "en"
    for path, about in (
        ("/pimpinan/?per=2025-06-30", "Budget realisation"),
        (f"/pimpinan/pd/{key_of('62')}/?per=2025-06-30", "Budget realisation of Pemerintah Provinsi Kalimantan Tengah"),
    ):
        said = text(client.get(path))
        assert (
            f"{about} is below target: 21.88% of the Rp10.22 trillion ceiling as of Monday, 30 June 2025; "
            "target 50%, short by 28.12 points."
        ) in said
        for left in ("perangkat daerah", "Pagu", "anggaran sesuai", "Unduh", "belum"):
            assert left not in said


def test_what_is_missing_stands_before_the_sentence(now: datetime, visitor: Visitor) -> None:
    store_rows([row("1", "A", 100, 50), row("2", "B", 100, 50)], now)
    store_rows([row("1", "A", 100, 90, as_of="2026-11-20")], now)
    said = text(visitor(Role.LEADER).get("/pimpinan/?per=2026-11-20"))
    assert said.index("1 dari 2 perangkat daerah belum melapor") < said.index("Realisasi anggaran 1 perangkat daerah")


def test_the_other_three_questions_have_no_verdict(now: datetime, visitor: Visitor) -> None:
    said = text(visitor(Role.LEADER).get("/pimpinan/"))
    for question in ("Apakah layanan publik terganggu?", "Apakah pegawai hadir", "Apakah produktivitas terjaga?"):
        assert question in said
    assert said.count("Belum ada data") >= 4
    assert "Sesuai target" not in said


def test_an_empty_database_says_what_to_do_and_to_whom(now: datetime, visitor: Visitor) -> None:
    leader, admin = visitor(Role.LEADER).get("/pimpinan/"), visitor(Role.ADMIN).get("/pimpinan/")
    assert "Admin mengimpor rekap realisasi anggaran" in text(leader)
    assert "Impor rekap anggaran" in text(admin)
    assert b'href="/sumber/"' in admin.content
    assert b"Unduh PDF" not in leader.content


def test_units_link_to_their_pages_at_the_same_date(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE, OCTOBER)
    client = visitor(Role.LEADER)
    key = key_of("KALTENG-PENGHUBUNG")
    assert f'href="/pimpinan/pd/{key}/?per=2025-06-30"' in client.get("/pimpinan/?per=2025-06-30").content.decode()
    said = text(client.get(f"/pimpinan/pd/{key}/?per=2025-06-30"))
    assert "Realisasi anggaran Badan Penghubung belum sesuai target: 40,71 %" in said
    assert "Badan Penghubung belum melapor per Jumat, 31 Oktober 2025" in said


def test_a_unit_page_tells_both_denominators_and_links_to_the_row(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE, OCTOBER)
    key = key_of("62")
    admin = visitor(Role.ADMIN).get(f"/pimpinan/pd/{key}/")
    said = text(admin)
    for part in ("Terhadap pagu terbaru", "26,71 %", "21,88 %", "−18,30 %", "baris 2", "Riwayat tahun 2025"):
        assert part in said
    assert admin.content.decode().count('href="/sumber/berkas/') >= 2
    assert b'href="/sumber/berkas/' not in visitor(Role.LEADER).get(f"/pimpinan/pd/{key}/").content


def test_notes_are_shown_with_name_and_date_and_escaped(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE)
    key = key_of("KALTENG-PENGHUBUNG")
    with unit_of_work(ME, now):
        write_budget_note(unit_key=key, year=2025, as_of=JUNE, text="<script>alert(1)</script> Lelang diulang.")
    client = visitor(Role.LEADER)
    for path in (f"/pimpinan/pd/{key}/", "/pimpinan/"):
        content = client.get(path).content.decode()
        assert "Lelang diulang." in content
        assert "<script>alert" not in content
    assert "untuk data per Senin, 30 Juni 2025" in text(client.get(f"/pimpinan/pd/{key}/"))


def test_shared_text_names_no_person(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE)
    with unit_of_work(ME, now):
        write_budget_note(unit_key=key_of("62"), year=2025, as_of=JUNE, text="Catatan rahasia")
    content = visitor(Role.LEADER).get(f"/pimpinan/pd/{key_of('62')}/").content.decode()
    shared = re.search(r'data-text="([^"]*)"', content)
    assert shared is not None
    assert "21,88" in shared[1]
    assert "rahasia" not in shared[1]
    assert "test" not in shared[1]


def test_before_the_first_milestone_the_pages_show_no_target(now: datetime, visitor: Visitor) -> None:
    store_rows([row("1", "Dinas A", 100, 9, as_of="2026-02-28"), row("2", "Dinas B", 0, 0, as_of="2026-02-28")], now)
    client = visitor(Role.LEADER)
    for path in ("/pimpinan/", "/pimpinan/cetak/", f"/pimpinan/pd/{key_of('1')}/", f"/pimpinan/pd/{key_of('2')}/"):
        assert client.get(path).status_code == 200
    assert "belum ada" in text(client.get("/pimpinan/"))
    assert "Belum ada target yang jatuh tempo" in text(client.get(f"/pimpinan/pd/{key_of('1')}/"))
    assert client.post("/pimpinan/unduh/", {"format": "pdf"}).content.startswith(b"%PDF-")
    assert client.post("/pimpinan/unduh/", {"format": "xlsx"}).content.startswith(b"PK")


def test_a_unit_that_never_reported_has_a_calm_page(now: datetime, visitor: Visitor) -> None:
    with unit_of_work(ME, now):
        key = create_unit(code="9", name="Badan Baru", kind=UnitKind.AGENCY, parent=None).key
    assert "Badan Baru belum pernah melaporkan" in text(visitor(Role.LEADER).get(f"/pimpinan/pd/{key}/"))


def test_print_views_hold_the_sentence_and_the_text_to_share(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE, OCTOBER)
    client = visitor(Role.LEADER)
    for path in ("/pimpinan/cetak/?per=2025-06-30", f"/pimpinan/pd/{key_of('62')}/cetak/?per=2025-06-30"):
        said = text(client.get(path))
        assert "21,88 % dari pagu Rp10,22 triliun" in said
        assert "Teks untuk dibagikan" in said
    assert "Belum ada data realisasi anggaran" not in said


def test_an_empty_print_view_opens(now: datetime, visitor: Visitor) -> None:
    assert "Belum ada data realisasi anggaran" in text(visitor(Role.LEADER).get("/pimpinan/cetak/"))


@pytest.mark.parametrize("per", ["2025-07-01", "kemarin", "2025-06-30~x", "2025-06-30~2024", "\x00", "9" * 500])
def test_dates_that_do_not_exist_answer_404(now: datetime, visitor: Visitor, per: str) -> None:
    kalteng(now, JUNE)
    client = visitor(Role.LEADER)
    assert client.get("/pimpinan/", {"per": per}).status_code == 404
    assert client.get(f"/pimpinan/pd/{key_of('62')}/", {"per": per}).status_code == 404
    assert client.post("/pimpinan/unduh/", {"per": per, "format": "pdf"}).status_code in (302, 404)
    assert not IssuedDocument.objects.exists()


def test_a_closing_recap_is_offered_under_its_year() -> None:
    closing = BudgetDate(2025, date(2026, 1, 15), 40)
    assert dates.encode(closing) == "2026-01-15~2025"
    assert dates.decode("2026-01-15~2025") == dates.Moment(date(2026, 1, 15), 2025)
    assert dates.label(closing) == "Kamis, 15 Januari 2026 (tahun anggaran 2025)"
    plain = BudgetDate(2025, JUNE, 40)
    assert dates.decode(dates.encode(plain)) == dates.Moment(JUNE, 2025)
    assert dates.decode("") == dates.Moment()


def test_a_head_sees_the_own_unit_only(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE)
    own, other = key_of("KALTENG-DISDIK"), key_of("KALTENG-ADPIM")
    head = visitor(Role.HEAD, scope=own)
    assert head.get(f"/pimpinan/pd/{own}/").status_code == 200
    assert head.get(f"/pimpinan/pd/{other}/").status_code == 404
    assert head.get("/pimpinan/").status_code in (403, 404)
    assert head.get(f"/pimpinan/pd/{other}/cetak/").status_code == 404
    assert head.post(f"/pimpinan/pd/{other}/unduh/", {"format": "pdf"}).status_code == 404
    assert head.post("/pimpinan/unduh/", {"format": "pdf"}).status_code in (403, 404)


def test_an_employee_is_refused_with_the_reason(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE)
    employee = visitor(Role.EMPLOYEE)
    assert employee.get("/pimpinan/").status_code == 403
    assert employee.get(f"/pimpinan/pd/{key_of('62')}/").status_code == 403


@pytest.mark.parametrize(("file_format", "start"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_files_are_issued_on_post_and_recorded(now: datetime, visitor: Visitor, file_format: str, start: bytes) -> None:
    kalteng(now, JUNE, OCTOBER)
    client = visitor(Role.LEADER)
    assert client.get("/pimpinan/unduh/").status_code == 405
    response = client.post("/pimpinan/unduh/", {"format": file_format, "per": "2025-06-30"})
    assert response.content.startswith(start)
    name = f"realisasi-anggaran-2025-06-30.{file_format}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Cache-Control"] == "no-store"
    unit = client.post(f"/pimpinan/pd/{key_of('62')}/unduh/", {"format": file_format})
    assert unit.content.startswith(start)
    assert IssuedDocument.objects.count() == 2


def test_a_download_without_figures_says_why(now: datetime, visitor: Visitor) -> None:
    client = visitor(Role.LEADER)
    said = text(client.post("/pimpinan/unduh/", {"format": "pdf"}, follow=True))
    assert "Belum ada angka anggaran yang dapat dilaporkan" in said
    assert client.post("/pimpinan/unduh/", {"format": "exe"}).status_code == 404
    assert not IssuedDocument.objects.exists()


def test_an_inspector_reads_but_does_not_issue(now: datetime, visitor: Visitor) -> None:
    kalteng(now, JUNE)
    inspector = visitor(Role.INSPECTOR)
    assert b"Unduh PDF" not in inspector.get("/pimpinan/").content
    assert inspector.post("/pimpinan/unduh/", {"format": "pdf"}).status_code == 403


def test_forty_units_over_two_years_stay_light(now: datetime, visitor: Visitor) -> None:
    province(now, MONTHS)
    client = visitor(Role.LEADER)
    for path in ("/pimpinan/", f"/pimpinan/pd/{key_of('PC-01')}/"):
        page = client.get(path)
        assert len(gzip.compress(page.content, 6)) <= 15_000


def test_a_head_finds_what_waits_and_where_it_is_done(present: datetime) -> None:
    units = plant_units(present)
    _service, point = plant_service(present, units.section, name="Pengujian sampel")
    head = client_as(present, Role.HEAD, units.health)
    page = head.get(f"/pimpinan/pd/{units.health}/")
    month = month_before(timezone.localdate(present))
    said = text(page)
    assert "Menunggu Anda" in said
    assert "belum mulai" in said
    for path in (
        reverse("monthly:form", args=[units.health, month]),
        reverse("services:floor", args=[point]),
        reverse("monthly:unit_report", args=[units.health, month]),
    ):
        assert f'href="{path}"' in page.content.decode(), path
        assert head.get(path).status_code == 200
    save(present, units.health, month)
    assert "lengkap, tinggal ditandatangani" in text(head.get(f"/pimpinan/pd/{units.health}/"))
    sign(present, units.health, month)
    assert "/isian/" not in head.get(f"/pimpinan/pd/{units.health}/").content.decode()
    # A leader reads; nothing waits for who may not do it.
    leader = client_as(present, Role.LEADER)
    assert "Menunggu Anda" not in text(leader.get(f"/pimpinan/pd/{units.works}/"))


def test_the_page_of_a_unit_names_what_parts_its_figures(now: datetime) -> None:
    units = plant_units(now)
    with unit_of_work(SETUP, now):
        for unit, kind, day, words in (
            (units.health, "punches", date(2026, 9, 1), "Aplikasi presensi baru"),
            ("", "outputs", date(2026, 11, 2), "Laporan harian wajib"),
            (units.works, "punches", date(2026, 9, 7), "Mesin baru di dinas lain"),
            (units.section, "tickets", date(2026, 9, 8), "Nomor perkara baru di laboratorium"),
            ("", "punches", date(2024, 1, 1), "Sudah lama"),
            ("", "punches", date(2027, 1, 1), "Belum terjadi"),
        ):
            declare_break(kind=kind, unit_key=unit, on=day, what=Changed.SYSTEM, description=words)
    said = text(client_as(now, Role.LEADER).get(reverse("leadership:unit", args=[units.health])))
    assert "Perubahan cara mencatat Angka sebelum dan sesudah tanggal ini tidak sebanding." in said
    # The newest first, those of the unit and of all; of the sections below too, whose figures are in its own.
    listed = ["Laporan harian wajib", "Nomor perkara baru di laboratorium", "Aplikasi presensi baru"]
    assert sorted(listed, key=said.index) == listed
    assert "Senin, 2 November 2026" in said
    for absent in ("Mesin baru", "Sudah lama", "Belum terjadi"):
        assert absent not in said
