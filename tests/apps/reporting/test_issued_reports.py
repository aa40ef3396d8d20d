"""Issued reports opened again: the page's words and numbers, nothing else, recorded by hash."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.test import override_settings
from openpyxl import load_workbook
from pypdf import PdfReader

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.documents.actions import set_letterhead
from luwes.apps.documents.models import IssuedDocument
from luwes.apps.documents.report import Paper
from luwes.apps.reporting.actions import IssuedReport, NothingToIssue, issue_budget_report
from luwes.apps.reporting.answers import leadership_answer
from luwes.apps.reporting.budget import NoFigures, leadership_page
from luwes.apps.results.actions import write_budget_note
from luwes.core.indicators.budget import pace
from tests.apps.budget_files import row
from tests.apps.reporting.figures import JUNE, LEADER, ME, OCTOBER, kalteng, key_of, many_units, province, store_rows

pytestmark = pytest.mark.django_db

AUTUMN = [date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 31)]


def issue(now: datetime, actor: Actor = LEADER, **wanted: object) -> IssuedReport:
    with unit_of_work(actor, now):
        return issue_budget_report(**{"file_format": "pdf", **wanted})  # type: ignore[arg-type]


def words(issued: IssuedReport) -> str:
    pdf = PdfReader(BytesIO(issued.payload))
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ").split())


def table(issued: IssuedReport) -> tuple[list[str], list[Sequence[object]]]:
    sheet = load_workbook(BytesIO(issued.payload)).worksheets[0]
    rows = [list(values) for values in sheet.iter_rows(values_only=True)]
    first = next(index for index, values in enumerate(rows) if values[2] is not None)
    body = [values for values in rows[first + 1 :] if values[2] is not None]
    return [str(value) for value in rows[first]], body


def test_the_pdf_says_what_the_page_says(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    issued = issue(now, as_of=JUNE)
    text = words(issued)
    answer = leadership_answer(leadership_page(JUNE, LEADER, today=now.date()))
    for sentence in (answer.sentence, answer.word, answer.number, *answer.gaps, *answer.notices):
        assert sentence.replace("\u00a0", " ") in text
    assert "PEMERINTAH PROVINSI KALIMANTAN TENGAH" in text
    assert "Badan Penghubung" in text
    assert "2.290.000.000.000" in text
    assert "anggaran-2025-06-30.csv" in text
    assert issued.code in text
    assert f"Kepala jejak audit {issued.audit_head[:16]}" in text
    assert issued.file_name == "realisasi-anggaran-2025-06-30.pdf"


def test_the_workbook_holds_the_judged_numbers_of_every_unit(now: datetime) -> None:
    province(now, AUTUMN)
    headings, body = table(issue(now, file_format="xlsx"))
    page = leadership_page(None, LEADER, today=now.date())
    assert headings[:4] == ["No.", "Perangkat daerah", "Pagu (Rp)", "Realisasi (Rp)"]
    assert len(body) == len(page.lines) + 1
    for values, line in zip(body, page.lines, strict=False):
        judged = pace(line.fact.figure)
        assert list(values[1:5]) == [
            line.name,
            judged.figure.ceiling,
            judged.figure.realised,
            None if judged.pct is None else float(judged.pct),
        ]
        assert values[7] == (None if judged.deviation is None else float(judged.deviation))
    assert page.total is not None
    assert body[-1][2:5] == [
        page.total.headline.figure.ceiling,
        page.total.headline.figure.realised,
        float(page.total.headline.pct or 0),
    ]


def test_page_pdf_and_workbook_of_one_moment_agree(now: datetime) -> None:
    province(now, AUTUMN)
    text = words(issue(now))
    _, body = table(issue(now, file_format="xlsx"))
    for values in body:
        assert f"{values[2]:,}".replace(",", ".") in text
        assert f"{values[4]:.2f}".replace(".", ",") in text


def test_a_unit_report_holds_its_history_on_both_denominators_and_its_notes(now: datetime) -> None:
    kalteng(now, JUNE, OCTOBER)
    key = key_of("62")
    with unit_of_work(ME, now):
        write_budget_note(unit_key=key, year=2025, as_of=OCTOBER, text="Perubahan e-katalog memperlambat lelang.")
    issued = issue(now, unit_key=key)
    text = words(issued)
    assert "Riwayat tahun 2025" in text
    assert "26,71" in text
    assert "21,88" in text
    assert "Realisasi terhadap pagu terbaru" in text
    assert "Perubahan e-katalog memperlambat lelang." in text
    assert issued.file_name == "realisasi-anggaran-62-2025-10-31.pdf"
    headings, body = table(issue(now, unit_key=key, file_format="xlsx"))
    assert headings[-1] == "Terhadap pagu terbaru (%)"
    assert [values[-1] for values in body] == [26.71, 61.28]


def test_notes_of_units_are_printed_with_the_government(now: datetime) -> None:
    province(now, AUTUMN[-1:], 3)
    with unit_of_work(ME, now):
        write_budget_note(unit_key=key_of("PC-01"), year=2026, as_of=AUTUMN[-1], text="Lelang diulang.")
    assert "Lelang diulang." in words(issue(now))


def test_a_single_date_prints_without_a_line(now: datetime) -> None:
    kalteng(now, JUNE)
    assert "Realisasi terhadap pagu" not in words(issue(now, unit_key=key_of("62")))


def test_the_letterhead_that_was_set_stands_on_top(now: datetime) -> None:
    kalteng(now, OCTOBER)
    with unit_of_work(ME, now):
        set_letterhead(unit_key="", lines=["PEMERINTAH PROVINSI", "BIRO ADMINISTRASI"], address="Jalan Contoh 5")
    text = words(issue(now, paper=Paper.F4))
    assert text.startswith("PEMERINTAH PROVINSI BIRO ADMINISTRASI Jalan Contoh 5")


@override_settings(AGENCY_NAME="Pemerintah Kota Rekaan")
def test_without_a_government_the_configured_name_stands_on_top(now: datetime) -> None:
    province(now, AUTUMN[-1:], 2)
    assert "PEMERINTAH KOTA REKAAN" in words(issue(now))
    assert words(issue(now, unit_key=key_of("PC-01"))).startswith("PEMERINTAH KOTA REKAAN ")


def test_what_was_issued_is_recorded_once_with_its_hash(now: datetime) -> None:
    kalteng(now, OCTOBER)
    issued = issue(now)
    record = IssuedDocument.objects.get()
    assert record.sha256 == hashlib.sha256(issued.payload).hexdigest() == issued.sha256
    assert (record.kind, record.subject, record.as_of, record.format) == ("budget", "", OCTOBER, "pdf")
    assert AuditEntry.objects.filter(action="report.issued", subject="").count() == 1


def test_nothing_is_issued_about_nothing(now: datetime) -> None:
    with pytest.raises(NothingToIssue):
        issue(now)
    kalteng(now, JUNE)
    with pytest.raises(NoFigures):
        issue(now, as_of=OCTOBER)
    assert not IssuedDocument.objects.exists()


def test_only_those_who_may_issue_do_and_only_in_their_scope(now: datetime) -> None:
    kalteng(now, JUNE)
    own, other = key_of("KALTENG-DISDIK"), key_of("KALTENG-ADPIM")
    head = Actor(kind=ActorKind.PERSON, id="head", role=Role.HEAD.value, scope=own)
    assert issue(now, head, unit_key=own).payload.startswith(b"%PDF")
    with pytest.raises(OutsideScope):
        issue(now, head, unit_key=other)
    with pytest.raises((Forbidden, OutsideScope)):
        issue(now, head)
    inspector = Actor(kind=ActorKind.PERSON, id="i", role=Role.INSPECTOR.value)
    with pytest.raises(Forbidden):
        issue(now, inspector)
    with pytest.raises(Forbidden):
        issue(now, inspector, unit_key=own)


@pytest.mark.parametrize("name", ['=HYPERLINK("http://contoh.invalid","klik")', '#panic("x")', "<b>&amp;", "Dinas 🙂"])
def test_hostile_unit_names_stay_names(now: datetime, name: str) -> None:
    store_rows([row("1", name, 100, 50), row("2", "Dinas Biasa", 100, 50)], now)
    assert "Dinas Biasa" in words(issue(now))
    _, body = table(issue(now, file_format="xlsx"))
    assert name in {values[1] for values in body}


def test_a_thousand_units_in_a_workbook_and_a_pdf(now: datetime) -> None:
    many_units(now, 1_000)
    store_rows([row(str(number), f"Unit {number}", 100, 50) for number in range(1, 1_001)], now)
    _, body = table(issue(now, file_format="xlsx"))
    assert len(body) == 1_001
    assert "Unit 1000" in words(issue(now))


def test_an_old_report_says_that_it_is_old(now: datetime) -> None:
    kalteng(now, OCTOBER)
    text = words(issue(now + timedelta(days=1)))
    assert "Data lama" in text
    assert "Data terbaru ini berumur 391 hari" in text
