"""The year page: what is marked, counted and told; who may see and who may change."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars import blackouts, queries
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.people.models import Blackout, CalendarVersion
from luwes.core.workdays.calendar import DayKind, Holiday, HolidayKind, Pattern
from luwes.core.workdays.periods import Period
from luwes.web.calendar.ics import holidays_file
from tests.web.forms import fresh, send
from tests.world import SETUP, Units, client_as, plant_units, scope_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(present: datetime) -> Units:
    with unit_of_work(SETUP, present):
        seed_calendars()
    return plant_units(present)


@pytest.fixture
def admin(units: Units, present: datetime) -> Client:
    return client_as(present, Role.ADMIN)


def close(present: datetime, unit: str, first: date, days: int, name: str) -> str:
    with unit_of_work(SETUP, present):
        period = Period(first, first + timedelta(days=days))
        return blackouts.add_blackout(unit_key=unit, period=period, name=name, basis="SE 1")


def html_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def errors_of(answer: object) -> str:
    content = answer.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", content[content.index('class="errors"') :])


@pytest.mark.parametrize(("year", "days", "fridays"), [(2025, 237, 44), (2026, 240, 46), (2027, 242, 48)])
def test_a_year_is_counted_and_shown_in_twelve_months(admin: Client, year: int, days: int, fridays: int) -> None:
    html = html_of(admin, f"/kalender/?tahun={year}")
    assert f"{days} hari kerja bagi pola lima hari, {fridays} di antaranya Jumat" in html
    assert html.count('<table class="month">') == 12
    marked = re.findall(r'<td class="day-(\w+)', html)
    assert len(marked) == 365
    assert marked.count("working") == days
    assert sum(int(n) for n in re.findall(r"<caption>\w+ <span[^>]*>(\d+) hari kerja", html)) == days


def test_marks_are_said_in_words(admin: Client, units: Units, present: datetime) -> None:
    close(present, "", date(2026, 3, 2), 1, "Rapat kerja")
    html = html_of(admin, "/kalender/?tahun=2026")
    assert '25<span class="hidden-text">, Libur nasional: Hari Raya Natal</span>' in html
    assert '2<span class="hidden-text">, Ramadan; Masa larangan: Rapat kerja</span>' in html
    assert "Sidang isbat" in html
    assert "perkiraan" not in html, "everything of 2026 has been announced"


def test_estimated_dates_of_2027_are_tagged(admin: Client) -> None:
    html = html_of(admin, "/kalender/?tahun=2027")
    row = html[html.index("Rabu, 10 Maret 2027") :][:600]
    assert "perkiraan" in row
    assert "SKB 1205/3/2 Tahun 2026" in html
    assert "ditetapkan lagi dengan Keputusan Menteri Agama" in html


def test_both_decrees_of_2025_stand_with_what_changed(admin: Client) -> None:
    html = html_of(admin, "/kalender/?tahun=2025")
    assert "SKB 933/1/3 Tahun 2025 · ditetapkan Kamis, 7 Agustus 2025" in html
    assert "Ditambah: 18 Agu 2025 Cuti bersama Proklamasi Kemerdekaan." in html
    assert "SKB 1017/2/2 Tahun 2024" in html


def test_a_year_without_a_decree_is_told_and_not_drawn(admin: Client) -> None:
    html = html_of(admin, "/kalender/?tahun=2031")
    assert "Kalender tahun ini belum ada" in html
    assert '<table class="month">' not in html
    assert "Muat kalender bawaan" in html


@pytest.mark.parametrize("asked", ["", "abc", "99999", "²", "-5"])
def test_an_odd_year_shows_this_one(admin: Client, present: datetime, asked: str) -> None:
    assert f"Kalender {timezone.localdate(present).year}" in html_of(admin, f"/kalender/?tahun={asked}")


@pytest.mark.parametrize("role", Role)
def test_everybody_signed_in_sees_it_and_only_the_admin_changes(role: Role, units: Units, present: datetime) -> None:
    client = client_as(present, role, scope_for(role, units.health))
    html = html_of(client, "/kalender/?tahun=2026")
    assert ("Tambah hari libur" in html) == (role is Role.ADMIN)
    assert client.get("/kalender/libur/tambah/").status_code == (200 if role is Role.ADMIN else 403)
    assert "/kalender/" in {item.url for item in client.get("/profil/").context["frame"].person_menu}


def test_overlaps_are_explained_only_where_they_meet(admin: Client, units: Units, present: datetime) -> None:
    close(present, units.health, date(2026, 12, 1), 10, "Imunisasi")
    close(present, units.section, date(2026, 12, 5), 10, "Kalibrasi")
    close(present, units.works, date(2026, 12, 5), 10, "Lelang")
    html = html_of(admin, "/kalender/?tahun=2026")
    told = dict(
        zip(
            ("Imunisasi", "Kalibrasi", "Lelang"),
            [part for part in html.split('class="row-title"') if "SE 1" in part],
            strict=True,
        )
    )
    assert "Bertumpuk dengan Kalibrasi." in told["Imunisasi"]
    assert "Bertumpuk dengan Imunisasi." in told["Kalibrasi"]
    assert "Bertumpuk" not in told["Lelang"].split("Program strategis")[0]


def test_the_shipped_calendars_are_loaded_from_the_page(present: datetime) -> None:
    admin = client_as(present, Role.ADMIN)
    assert admin.post("/kalender/bawaan/", {}).status_code == 302
    assert not CalendarVersion.objects.exists()
    done = admin.post("/kalender/bawaan/", fresh())
    assert (done.status_code, done.headers["Location"]) == (302, "/kalender/")
    assert list(queries.known_years()) == [2025, 2026, 2027]


def test_a_late_holiday_is_added_once_and_a_stale_form_is_refused(admin: Client) -> None:
    path = "/kalender/libur/tambah/?tahun=2026"
    fields = {"day": "2026-12-31", "kind": "joint", "name": "Akhir tahun", "decree": "SKB perubahan"}
    page = admin.get(path)
    version = page.context["form"].initial["version"]
    form = fresh() | fields | {"version": version}
    for _ in range(2):
        done = admin.post(path, form)
        assert (done.status_code, done.headers["Location"]) == (302, "/kalender/?tahun=2026")
    assert queries.calendar(2026).kind(date(2026, 12, 31), Pattern.FIVE) is DayKind.JOINT
    assert AuditEntry.objects.filter(action="calendar.day_added").count() == 1
    stale = admin.post(path, fresh() | fields | {"day": "2026-12-30", "version": version})
    assert stale.status_code == 422
    assert "sudah diubah orang lain" in errors_of(stale)
    again = send(admin, path, **fields)
    assert again.status_code == 422
    assert "sudah libur" in errors_of(again)


def test_a_holiday_in_an_unknown_year_says_what_to_do(admin: Client) -> None:
    answer = send(admin, "/kalender/libur/tambah/", day="2031-01-02", kind="joint", name="x", decree="y")
    assert answer.status_code == 422
    assert "catat keputusan setahun" in errors_of(answer)


def test_a_day_picked_is_the_day_stored_whatever_the_zone(admin: Client) -> None:
    send(admin, "/kalender/libur/tambah/?tahun=2026", day="2026-10-27", kind="national", name="Libur", decree="SKB")
    days = [one.day for one in queries.versions_of(2026)[0].added]
    assert days == [date(2026, 10, 27)]


def test_a_day_is_taken_out_with_its_reason(admin: Client) -> None:
    done = send(admin, "/kalender/libur/2026-12-24/hapus/", reason="Dibatalkan")
    assert done.status_code == 302
    assert queries.calendar(2026).kind(date(2026, 12, 24), Pattern.FIVE) is DayKind.WORKING
    assert "Alasan: Dibatalkan" in html_of(admin, "/kalender/?tahun=2026")
    assert send(admin, "/kalender/libur/2026-12-24/hapus/", reason="Lagi").status_code == 422
    assert admin.get("/kalender/libur/besok/hapus/").status_code == 404


def test_a_whole_year_is_recorded_and_each_bad_line_is_named(admin: Client) -> None:
    path = "/kalender/keputusan/2028/"
    bad = (
        "2028-01-01; nasional; Tahun Baru\n2027-01-01; nasional; x\n\n"
        "kemarin; cuti; y\n2028-02-02; pesta; z\n01/01/2028; cuti; w"
    )
    refused = send(admin, path, decree="SKB 2028", days=bad)
    assert refused.status_code == 422
    told = errors_of(refused)
    for words in (
        "Baris 2: tanggal harus pada tahun 2028",
        "Baris 4: tanggal harus",
        "Baris 5: tulis tanggal; nasional atau cuti; nama.",
        "Baris 6: tanggal ini sudah ada",
    ):
        assert words in told, words
    assert "Baris 1:" not in told
    good = "2028-01-01; nasional; Tahun Baru\n03/01/2028; cuti bersama; Sesudah Tahun Baru"
    done = send(admin, path, decree="SKB 2028", number="9", issued="2027-09-15", days=good)
    assert (done.status_code, done.headers["Location"]) == (302, "/kalender/?tahun=2028")
    assert sorted(queries.calendar(2028).years[2028]) == [date(2028, 1, 1), date(2028, 1, 3)]
    assert "2028-01-03; cuti; Sesudah Tahun Baru" in html_of(admin, path)
    assert admin.get("/kalender/keputusan/1800/").status_code == 404


def test_ramadan_is_moved(admin: Client) -> None:
    backwards = send(admin, "/kalender/ramadan/", hijri="1448", first="2027-02-09", last="2027-02-08", basis="Isbat")
    assert backwards.status_code == 422
    assert "lebih awal daripada hari pertama" in errors_of(backwards)
    done = send(admin, "/kalender/ramadan/", hijri="1448", first="2027-02-09", last="2027-03-09", basis="Isbat")
    assert done.status_code == 302
    assert "1448 Hijriah: Selasa, 9 Februari 2027 sampai Selasa, 9 Maret 2027" in html_of(
        admin, "/kalender/?tahun=2027"
    )


def test_a_blackout_is_set_for_a_unit_and_withdrawn(admin: Client, units: Units) -> None:
    done = send(
        admin,
        "/kalender/larangan/tambah/",
        unit=units.health,
        name="Imunisasi",
        first="2026-12-01",
        last="2026-12-05",
        basis="SK",
    )
    assert done.status_code == 302
    html = html_of(admin, "/kalender/?tahun=2026")
    assert "Dinas Kesehatan · Selasa, 1 Desember 2026 sampai Sabtu, 5 Desember 2026 · SK" in html
    blackout = Blackout.objects.get()
    assert blackout.period.upper == date(2026, 12, 6)
    path = f"/kalender/larangan/{blackout.public_id}/cabut/"
    assert send(admin, path, reason="Salah").status_code == 302
    assert "Tidak ada masa larangan" in html_of(admin, "/kalender/?tahun=2026")
    again = send(admin, path, reason="Salah")
    assert again.status_code == 422
    assert "sudah dicabut" in errors_of(again)


def test_a_holiday_is_exactly_one_day_in_the_calendar_of_a_phone(admin: Client) -> None:
    answer = admin.get("/kalender/2026.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    christmas = next(event for event in text.split("BEGIN:VEVENT")[1:] if "20261225@" in event)
    assert "DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\n" in christmas
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 25
    assert re.search(r"DTSTAMP:\d{8}T\d{6}Z\r\n", christmas)
    assert "SUMMARY:Hari Suci Nyepi\\, Tahun Baru Saka 1948\r\n" in text
    assert "VTIMEZONE" not in text
    assert admin.get("/kalender/2031.ics").status_code == 404


def test_long_lines_of_the_phone_file_are_folded(now: datetime) -> None:
    name = "Hari Raya é; panjang, " * 12 + "\nakhir\\"
    file = holidays_file([Holiday(date(2026, 1, 1), HolidayKind.NATIONAL, name)], name="x", now=now)
    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    whole = file.decode().replace("\r\n ", "")
    summary = whole.split("SUMMARY:")[1].split("\r\n")[0]
    assert re.sub(r"\\([\\;,])", r"\1", summary) == " ".join(name.split())


def test_more_entries_cost_no_more_queries(admin: Client, units: Units, present: datetime) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            html_of(admin, "/kalender/?tahun=2026")
        return len(queries_made)

    close(present, units.health, date(2026, 12, 1), 3, "Satu")
    before = asked()
    for n in range(5):
        close(present, units.section, date(2026, 11, 1 + n), 3, f"Lagi {n}")
    assert asked() == before <= 20
