"""The monthly report on its page and as a file: gaps first, within the scope, recorded on the trail."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from luwes.apps.accounts.roles import Role
from luwes.apps.documents.models import IssuedDocument
from luwes.apps.documents.report import CellKind, Column, Table
from luwes.web.monthly import download
from tests.world import Units, bring_figures, client_as, plant_units

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def units(now: datetime) -> Units:
    found = plant_units(now)
    bring_figures(now)
    return found


def test_the_page_says_what_is_missing_before_any_table(now: datetime, units: Units) -> None:
    client = client_as(now, Role.HEAD, units.health)
    page = client.get(reverse("monthly:unit_report", args=[units.health, OCTOBER])).content.decode()
    assert page.index("Yang belum ada") < page.index("Isian laporan") < page.index("Realisasi anggaran")
    assert "600.000.000" in page
    assert "Belum ada rekap pengaduan." in page
    assert reverse("monthly:form", args=[units.health, OCTOBER]) in page


def test_a_unit_below_has_a_report_but_no_form_of_its_own(now: datetime, units: Units) -> None:
    client = client_as(now, Role.HEAD, units.health)
    page = client.get(reverse("monthly:unit_report", args=[units.section, OCTOBER])).content.decode()
    assert "Diisi pada laporan perangkat daerahnya." in page
    assert reverse("monthly:form", args=[units.section, OCTOBER]) not in page


def test_both_files_open_again_and_are_recorded(now: datetime, units: Units) -> None:
    client = client_as(now, Role.LEADER)
    address = reverse("monthly:download", args=[OCTOBER])
    printed = client.post(address, {"format": "pdf"})
    assert printed["Content-Disposition"] == 'attachment; filename="laporan-bulanan-2026-10.pdf"'
    assert "Oktober 2026" in PdfReader(BytesIO(printed.content)).pages[0].extract_text()
    book = load_workbook(BytesIO(client.post(address, {"format": "xlsx"}).content))
    assert "Realisasi anggaran" in book.sheetnames
    assert sorted(IssuedDocument.objects.values_list("kind", "format")) == [("monthly", "pdf"), ("monthly", "xlsx")]


def test_words_head_the_rows_and_long_tables_are_folded(now: datetime, units: Units) -> None:
    page = (
        client_as(now, Role.LEADER).get(reverse("monthly:unit_report", args=[units.health, OCTOBER])).content.decode()
    )
    form = page[page.index("<h2>Isian laporan") : page.index("<h2>Realisasi anggaran")]
    assert '<td class="figure" data-label="Bagian">2</td><th scope="row">Layanan digital</th>' in form
    assert '<td class="prose" data-label="Isi">Belum diisi.</td>' in form
    assert "Lihat 16 baris" in form
    assert "<details" not in page[page.index("<h2>Realisasi anggaran") : page.index("<h2>Lampiran")]


def test_a_table_of_numbers_alone_has_no_heading_in_its_rows() -> None:
    table = Table(title="Pengaduan", columns=[Column("Semua", CellKind.COUNT, 10)], rows=[[10]])
    assert not any(cell.heads for row in download.cells(table)["rows"] for cell in row)  # type: ignore[attr-defined]


def test_other_units_unknown_formats_and_months_to_come_do_not_exist(now: datetime, units: Units) -> None:
    client = client_as(now, Role.HEAD, units.health)
    assert client.get(reverse("monthly:unit_report", args=[units.works, OCTOBER])).status_code == 404
    assert client.post(reverse("monthly:unit_download", args=[units.works, OCTOBER])).status_code == 404
    own = reverse("monthly:unit_download", args=[units.health, OCTOBER])
    assert client.post(own, {"format": "docx"}).status_code == 404
    assert client.get(reverse("monthly:unit_report", args=[units.health, date(2099, 1, 1)])).status_code == 404
    assert not IssuedDocument.objects.exists()


def test_who_may_read_but_not_issue_sees_no_button(now: datetime, units: Units) -> None:
    client = client_as(now, Role.INSPECTOR)
    page = client.get(reverse("monthly:report", args=[OCTOBER])).content.decode()
    assert "Unduh PDF" not in page
    assert client.post(reverse("monthly:download", args=[OCTOBER]), {"format": "pdf"}).status_code == 403
