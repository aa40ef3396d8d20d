"""The monthly report opened again: what is missing first, what is known with its files, and no cause claimed."""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.attendance.models import PresenceDay
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents.models import IssuedDocument
from luwes.apps.people.models import Service, Unit
from luwes.apps.people.queries import UnitRow, unit_on
from luwes.apps.reporting.actions import IssuedReport
from luwes.apps.reporting.form_actions import reopen, save_form, sign_month
from luwes.apps.reporting.form_queries import form_of
from luwes.apps.reporting.four import unit_presence_answer
from luwes.apps.reporting.monthly import Monthly, monthly, monthly_report
from luwes.apps.reporting.monthly_actions import MonthAhead, issue_monthly_report
from luwes.apps.reporting.monthly_content import Since
from luwes.apps.results.measures import CaseSums
from luwes.apps.results.models import Bill, ComplaintMonth, OutputRow, ServiceFigure
from luwes.apps.schedule.models import ExposureDay
from luwes.apps.sources.models import ImportBatch
from luwes.core.worktime.tally import NUMBERS
from tests.apps.reporting.monthly_forms import save, sign
from tests.world import SETUP, Units, acting, add_person, bring_figures, plant_service, plant_units

pytestmark = pytest.mark.django_db
OCTOBER, LAST_OCTOBER = date(2026, 10, 1), date(2025, 10, 1)
TODAY = date(2026, 11, 20)
DAYS = [OCTOBER + timedelta(days=n) for n in range(31) if (OCTOBER + timedelta(days=n)).weekday() < 5]


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def batch(now: datetime, units: Units) -> ImportBatch:
    """The budget recap of both perangkat daerah; other facts hang on it too."""
    return ImportBatch.objects.get(public_id=bring_figures(now))


def pk(key: str) -> int:
    return Unit.objects.get(key=key).pk


def presence(
    now: datetime,
    key: str,
    required: int = 20,
    present: int = 19,
    elsewhere: int = 6,
    planned: tuple[int, int] = (16, 40),
) -> None:
    """A month of weekdays; on Fridays `elsewhere` of them are away and `planned` half days of so many are flexible."""
    zero = dict.fromkeys(NUMBERS, 0)
    flexible, on_duty = planned
    for day in DAYS:
        friday = day.weekday() == 4
        away = elsewhere if friday else 0
        numbers = {**zero, "required": required, "present": present, "absent": required - present, "staff": required}
        numbers |= {"elsewhere": away, "at_office": present - away}
        PresenceDay.objects.create(unit_id=pk(key), day=day, source="punches", sums={}, computed_at=now, **numbers)
        ExposureDay.objects.create(
            unit_id=pk(key),
            day=day,
            flexible=flexible if friday else 0,
            on_duty=on_duty,
            exposure=Decimal("0.4") if friday else Decimal(0),
            largest=Decimal("0.4"),
            silent_links=0,
            kind="flexible" if friday else "other",
            threshold=Decimal("0.1"),
            computed_at=now,
        )


def bill(now: datetime, batch: ImportBatch, key: str, month: date, kwh: int) -> None:
    Bill.objects.create(
        unit_id=pk(key),
        utility="listrik",
        meter="M1",
        since=month,
        until=(month + timedelta(days=31)),
        quantity_milli=kwh * 1000,
        rupiah=kwh * 1500,
        batch=batch,
        row_number=7,
        recorded_at=now,
    )


def complaints(now: datetime, batch: ImportBatch, key: str, done: int) -> None:
    ComplaintMonth.objects.create(
        unit_id=pk(key), month=OCTOBER, done=done, in_process=1, batch=batch, row_number=3, recorded_at=now
    )


def outputs(now: datetime, batch: ImportBatch, key: str) -> None:
    OutputRow.objects.create(
        unit_id=pk(key),
        since=OCTOBER,
        until=OCTOBER + timedelta(days=31),
        label="Surat",
        count=90,
        target=100,
        batch=batch,
        row_number=2,
        recorded_at=now,
    )


def full(now: datetime, units: Units, batch: ImportBatch) -> None:
    key, _point = plant_service(now, units.section)
    ServiceFigure.objects.bulk_create(
        ServiceFigure(
            service=Service.objects.get(key=key),
            day=day,
            measure="within_time",
            kept=20,
            of=20,
            sums=CaseSums().to_json(),
            computed_at=now,
        )
        for day in DAYS
    )
    presence(now, units.health)
    outputs(now, batch, units.section)
    complaints(now, batch, units.health, 9)
    bill(now, batch, units.health, OCTOBER, 800)
    bill(now, batch, units.health, LAST_OCTOBER, 1000)


def health(units: Units) -> Monthly:
    return monthly(units.health, OCTOBER, TODAY)


def issue(now: datetime, actor: Actor = SETUP, **wanted: object) -> IssuedReport:
    with unit_of_work(actor, now):
        return issue_monthly_report(**{"file_format": "pdf", "month": OCTOBER, **wanted})  # type: ignore[arg-type]


def words(issued: IssuedReport) -> str:
    pdf = PdfReader(BytesIO(issued.payload))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ").split())


def table(one: Monthly, title: str) -> list[list[object]]:
    return next(([list(row) for row in found.rows] for found in monthly_report(one).tables if found.title == title), [])


def test_an_empty_month_says_what_is_missing_and_shows_no_numbers(units: Units) -> None:
    one = health(units)
    told = " ".join(one.gaps)
    for what in ("layanan", "presensi", "hasil kerja", "survei", "pengaduan", "anggaran", "tagihan"):
        assert what in told
    assert [found.title for found in monthly_report(one).tables] == ["Isian laporan"]
    assert {line.section for line in one.lines} == set(range(1, 15))
    assert not any(line.filled for line in one.lines if line.section in (2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14))


def test_quality_and_savings_are_not_concluded_even_where_numbers_fell(
    now: datetime, units: Units, batch: ImportBatch
) -> None:
    full(now, units, batch)
    said = {line.label: line.text for line in health(units).lines}
    assert said["Mutu layanan naik, sama, atau turun"].startswith("Belum dapat disimpulkan: belum ada evaluasi")
    assert said["Listrik (kWh)"].startswith("Belum dapat disimpulkan: pemakaian berubah −20,00")
    assert "melebihi yang wajar" in said["Listrik (kWh)"], "a fifth less with a fifth of the days is too much"


def test_numbers_of_the_unit_and_what_lies_below_it(now: datetime, units: Units, batch: ImportBatch) -> None:
    full(now, units, batch)
    outputs(now, batch, units.works)
    one = health(units)
    assert table(one, "Hasil kerja") == [["Surat", 90, 90, 100, Decimal(90), 20]], "90 in 440 planned days"
    assert table(one, "Pengaduan") == [[10, 0, 0, 1, 9, Decimal(100)]]
    flexible, other = table(one, "Kehadiran")[:2]
    assert flexible[:5] == ["Hari fleksibel", 100, 95, 5, 0]
    assert [row[:4] for row in table(one, "Rencana dan kenyataan hari fleksibel")][1] == [
        "Dinas Kesehatan",
        "Hari fleksibel",
        Decimal(40),
        Decimal("31.58"),
    ]
    assert other[:3] == ["Hari lain", 340, 323]
    assert table(one, "Listrik, air, data, dan bahan bakar") == [
        ["Listrik (kWh)", 800, 1_200_000, 1, 0, 1, Decimal(-20)]
    ]
    assert [row[0] for row in table(one, "Realisasi anggaran")] == ["Dinas Kesehatan"]
    whole = monthly("", OCTOBER, TODAY)
    assert table(whole, "Hasil kerja")[0][1] == 180
    assert table(whole, "Hasil kerja")[0][5] is None, "an office without any file would count as idle"
    assert len(table(whole, "Realisasi anggaran")) == 2


def test_the_government_has_a_row_per_service_and_a_unit_one_per_kind_of_day(
    now: datetime, units: Units, batch: ImportBatch
) -> None:
    full(now, units, batch)
    service = Service.objects.get()
    for day in ExposureDay.objects.filter(unit_id=pk(units.health)):
        day.pk, day.unit_id, day.service = None, None, service
        day.save()
    own = table(health(units), "Layanan terhadap standarnya")
    (whole,) = table(monthly("", OCTOBER, TODAY), "Layanan terhadap standarnya")
    assert [row[1] for row in own] == ["Semua hari kerja", "Hari fleksibel", "Hari lain"]
    assert health(units).answer.gaps == ["1 layanan belum dapat dinilai karena datanya tidak cukup."], "data are there"
    assert whole[:4] == ["Pengujian sampel", *(row[3] for row in own)]
    timely, hours, people = (str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in whole[4:])
    said = str(own[0][4]).replace("\N{NO-BREAK SPACE}", " ")
    assert timely == "100,0 % dari 440 perkara; kisaran 99,2 %–100,0 %, wajib 90,0 %"
    assert said.startswith("Ketepatan waktu: 100,0 % dari 440 perkara selesai pada waktunya; kisaran 99,2 %–100,0 %")
    assert (hours, people) == ("belum ada data", "belum ada data")


def test_every_figure_has_its_file_in_the_annex(now: datetime, units: Units, batch: ImportBatch) -> None:
    full(now, units, batch)
    rows = table(health(units), "Lampiran: berkas sumber")
    assert [row[0] for row in rows] == ["Anggaran", "Hasil kerja", "Pengaduan", "Tagihan"]
    for row in rows:
        assert row[1:3] == [batch.file_name, batch.file_sha256[:12]]
    assert rows[3][4:] == [1, 7, 7]


def test_fewer_than_five_complaints_are_hidden(now: datetime, units: Units, batch: ImportBatch) -> None:
    complaints(now, batch, units.health, 3)
    one = health(units)
    assert table(one, "Pengaduan") == []
    assert "Pengaduan tidak ditampilkan: kurang dari lima, atau angka sekecil itu akan terbaca darinya." in one.gaps


def test_a_month_of_four_people_is_hidden_everywhere(now: datetime, units: Units, batch: ImportBatch) -> None:
    presence(now, units.section, required=4, present=4, elsewhere=2, planned=(4, 8))
    one = monthly(units.section, OCTOBER, TODAY)
    # 88 person-days, and yet about four people.
    assert table(one, "Kehadiran") == [["Hari fleksibel", *[None] * 7], ["Hari lain", *[None] * 7]]
    assert [row[2:4] for row in table(one, "Rencana dan kenyataan hari fleksibel")] == [[None, None]] * 3
    assert not any("direncanakan" in line.text for line in one.lines)
    assert (
        unit_presence_answer(units.section, OCTOBER, TODAY).sentence
        == "Presensi tidak ditampilkan: kurang dari lima orang, atau angka sekecil itu akan terbaca darinya."
    )


def test_a_hidden_kind_of_day_is_not_found_by_subtraction(now: datetime, units: Units) -> None:
    presence(now, units.section, required=5, present=5, elsewhere=0, planned=(0, 10))
    PresenceDay.objects.filter(unit_id=pk(units.section), day__iso_week_day=5).update(
        required=3, present=3, at_office=3, staff=3
    )
    assert table(monthly(units.section, OCTOBER, TODAY), "Kehadiran") == [
        ["Hari fleksibel", *[None] * 7],
        ["Hari lain", *[None] * 7],
    ]


def test_the_government_compares_plan_and_reality_of_the_same_people(now: datetime, units: Units) -> None:
    presence(now, units.health)
    ExposureDay.objects.filter(unit_id=pk(units.health)).update(unit_id=pk(units.government))
    PresenceDay.objects.filter(unit_id=pk(units.health)).update(unit_id=pk(units.government))
    presence(now, units.health, planned=(10, 40))
    duty = next(line for line in monthly("", OCTOBER, TODAY).lines if "direncanakan" in line.text)
    # Five Fridays of 22 days: planned 16 of 40 for all, 10 of 40 in the office with evidence, where 6 of 19 came true.
    assert duty.text.replace("\u00a0", " ") == (
        "5 hari fleksibel; direncanakan 9,1 % dari setengah hari tugas. Di 1 perangkat daerah yang ada buktinya "
        "direncanakan 5,7 %, nyatanya 7,2 % di luar kantor."
    )


def test_the_pdf_opens_again_and_says_the_gaps_first(now: datetime, units: Units, batch: ImportBatch) -> None:
    full(now, units, batch)
    issued = issue(now, unit_key=units.health)
    text = words(issued)
    one = monthly(units.health, OCTOBER, now.date())
    for said in (one.answer.sentence, *one.gaps, "Oktober 2026", "Belum dapat disimpulkan", batch.file_sha256[:12]):
        assert said.replace("\u00a0", " ") in text
    assert text.index(one.gaps[0]) < text.index("Isian laporan")
    assert f"Kepala jejak audit {issued.audit_head[:16]}" in text
    assert "Belum ditandatangani" in text
    assert "/StructTreeRoot" in PdfReader(BytesIO(issued.payload)).trailer["/Root"]  # type: ignore[operator]
    assert issued.file_name == "laporan-bulanan-1-02-2026-10.pdf"


def test_the_workbook_holds_numbers_and_dates(now: datetime, units: Units, batch: ImportBatch) -> None:
    full(now, units, batch)
    book = load_workbook(BytesIO(issue(now, unit_key=units.health, file_format="xlsx").payload))
    names = book.sheetnames
    assert names[0] == "Isian laporan"
    assert "Lampiran berkas sumber" in {name.replace(":", "").replace("  ", " ") for name in names}
    money = next(row for row in book["Realisasi anggaran"].iter_rows(values_only=True) if row[0] == "Dinas Kesehatan")
    assert isinstance(money[1], datetime)
    assert (money[1].date(), *money[2:4]) == (date(2026, 10, 31), 1_000_000_000, 600_000_000)
    assert money[4] == 60


def test_what_leaves_is_recorded_and_changes_with_the_data(now: datetime, units: Units, batch: ImportBatch) -> None:
    before = issue(now, unit_key=units.health, file_format="xlsx")
    outputs(now, batch, units.health)
    after = issue(now, unit_key=units.health, file_format="xlsx")
    assert before.sha256 != after.sha256
    stored = IssuedDocument.objects.get(public_id=after.code)
    assert (stored.kind, stored.subject, stored.as_of) == ("monthly", units.health, date(2026, 10, 31))
    assert stored.sha256 == hashlib.sha256(after.payload).hexdigest()


def test_a_running_month_is_said_to_run_and_a_coming_one_is_refused(now: datetime, units: Units) -> None:
    assert "Bulan ini belum berakhir" in monthly(units.health, OCTOBER, date(2026, 10, 9)).gaps[0]
    with pytest.raises(MonthAhead):
        issue(now, month=date(2099, 1, 1))
    assert not IssuedDocument.objects.exists()


def test_a_head_issues_only_what_is_his(now: datetime, units: Units) -> None:
    head = acting(add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    assert issue(now, head, unit_key=units.section).payload
    with pytest.raises(OutsideScope):
        issue(now, head, unit_key=units.works)
    with pytest.raises((Forbidden, OutsideScope)):
        issue(now, head)


def test_what_the_unit_wrote_stands_in_its_report_and_what_it_left_empty_is_a_gap(now: datetime, units: Units) -> None:
    with unit_of_work(SETUP, now):
        save_form(unit_key=units.health, month=OCTOBER, values={"e_office": "sudah"}, comment="", version=0)
    one = health(units)
    said = {line.label: line for line in one.lines}
    assert (said["Persuratan elektronik (e-office)"].text, said["Persuratan elektronik (e-office)"].filled) == (
        "Sudah",
        True,
    )
    assert not said["Tanda tangan elektronik"].filled
    assert "2. Tanda tangan elektronik" in one.gaps[-1]
    assert "e-office" not in one.gaps[-1]


def test_a_signed_month_prints_who_signed_and_notes_the_first_file(now: datetime, units: Units) -> None:
    head = acting(add_person(now, "kepala@contoh.go.id"), Role.HEAD, units.health)
    with unit_of_work(head, now):
        version = save_form(unit_key=units.health, month=OCTOBER, values={"e_office": "sudah"}, comment="", version=0)
    stated = dict.fromkeys(form_of(unit(units), OCTOBER).missing, "belum dihitung")
    with unit_of_work(head, now):
        sign_month(unit_key=units.health, month=OCTOBER, version=version, gaps=stated)
    first = issue(now, unit_key=units.health)
    signature = form_of(unit(units), OCTOBER).signature
    assert signature is not None
    assert signature.report_sha256 == first.sha256
    again = words(issue(now, unit_key=units.health))
    assert "Ditandatangani Rabu, 25 November 2026." in again
    assert first.sha256[:12] in again
    assert "Belum diisi: belum dihitung" in again
    assert "Belum ditandatangani" not in again
    assert "Isinya sama dengan yang ditandatangani." in again
    with translation.override("en"):
        assert health(units).since == Since(), "a reader's language changes no figure"


def test_figures_that_changed_after_the_signature_are_named(now: datetime, units: Units, batch: ImportBatch) -> None:
    outputs(now, batch, units.section)
    save(now, units.health)
    sign(now, units.health)
    assert health(units).since == Since()
    later = now + timedelta(days=3)
    presence(later, units.health, present=18)
    outputs(later, batch, units.health)
    one = health(units)
    # Rows of the form that files fill have changed as well.
    assert one.since.changed == ("Isian laporan", "Kehadiran", "Rencana dan kenyataan hari fleksibel", "Hasil kerja")
    said = words(issue(later, unit_key=units.health))
    assert "Isinya berbeda dari yang ditandatangani: Isian laporan; Kehadiran; Rencana" in said
    # Taken back and signed anew, the report is what was signed.
    with unit_of_work(SETUP, later):
        reopen(unit_key=units.health, month=OCTOBER, reason="angka baru")
    sign(later, units.health)
    assert health(units).since == Since()


def unit(units: Units) -> UnitRow:
    found = unit_on(units.health, TODAY)
    assert found is not None
    return found
