"""The sheets of units and services: read through the real importer, a second time nothing changes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest

from luwes.apps.people import queries as tree
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.models import Counting, ServiceVersion, UnitVersion
from luwes.apps.people.services import places, queries, wording
from luwes.apps.people.services.layout import SERVICES, SERVICES_EXAMPLE, UNITS, UNITS_EXAMPLE
from luwes.apps.people.services.queries import ServiceDetail
from luwes.apps.sources.models import ImportBatch, RejectedCell
from tests.apps.people.services.world import TODAY, plant
from tests.apps.staff_files import choose_rest, confirm, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
UNIT_HEAD = "kode;nama;jenis;induk;tempat;zona;sinyal;berlaku"
SERVICE_HEAD = "nama;unit;waktu_menit;biaya;pelaksana;jam_buka;titik;verifikasi;tanda_tangan;ti;sumber"
TREE = (
    "1.02.1;UPT Laboratorium;Unit;1.02;Gedung Muara;WIB;Lemah;",
    "0;Provinsi Contoh;Instansi;;;;;",
    "1.02;Dinas Kesehatan;Perangkat daerah;;;WITA;;",
)
LAB = (
    'Pengujian sampel;UPT Laboratorium;120;0;3;"Senin-Kamis 08.00-15.00; Jumat 08.00-11.00";"Loket 1; Loket 2";'
    "Dinas Kesehatan * 2;;Dinas Pekerjaan Umum;SK 1/2026"
)


def sheet(head: str, *rows: str) -> bytes:
    return "\n".join((head, *rows)).encode()


def dry(now: datetime, kind: str, *rows: str) -> ImportBatch:
    return stage(sheet(UNIT_HEAD if kind == "units" else SERVICE_HEAD, *rows), now, kind=kind)


def bring(now: datetime, kind: str, *rows: str) -> ImportBatch:
    return confirm(dry(now, kind, *rows), now)


def counts(batch: ImportBatch) -> Sequence[int]:
    return [batch.counts[name] for name in ("new", "changed", "unchanged")]


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


def only() -> ServiceDetail:
    (row,) = queries.services(TODAY).rows
    found = queries.service(row.key, TODAY)
    assert found is not None
    return found


def test_a_tree_in_any_order_is_stored_with_its_places(now: datetime) -> None:
    assert counts(bring(now, "units", *TREE)) == [3, 0, 0]
    rows = {row.code: row for row in tree.units_on(ALWAYS)}
    assert rows["1.02.1"].parent_key == rows["1.02"].key
    assert rows["1.02"].parent_key == rows["0"].key, "what names no parent hangs below the government"
    found = [(row.name, row.zone, row.signal) for row in places.workplaces(TODAY)]
    assert found == [("Dinas Kesehatan", "Asia/Makassar", ""), ("Gedung Muara", "Asia/Jakarta", "lemah")]
    assert counts(bring(now, "units", *TREE)) == [0, 0, 3]


def test_a_changed_unit_keeps_its_past(now: datetime) -> None:
    bring(now, "units", *TREE)
    row = "1.02.1;UPT Labkes;Unit;Dinas Kesehatan;Gedung Muara;WIB;Baik;2027-01-01"
    assert counts(bring(now, "units", row)) == [0, 1, 0]
    key = next(one.key for one in tree.units_on(TODAY) if one.code == "1.02.1")
    before, after = tree.unit_on(key, date(2026, 12, 31)), tree.unit_on(key, date(2027, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("UPT Laboratorium", "UPT Labkes")
    assert places.workplaces(date(2027, 1, 1), [key])[0].signal == "baik"


def test_a_unit_that_came_under_another_code_is_the_same(now: datetime, units: Units) -> None:
    done = bring(now, "units", "9.9;upt laboratorium;Unit;Dinas Kesehatan;;;;")
    assert counts(done) == [0, 1, 0]
    row = tree.unit_on(units.section, TODAY)
    assert row is not None
    assert (row.code, row.name) == ("9.9", "upt laboratorium")
    assert UnitVersion.objects.filter(superseded_at=None, period__contains=TODAY).count() == 4


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["5;A;Unit;tidak ada;;;;"], ["parent_unknown"]),
        (["5;A;Unit;6;;;;", "6;B;Unit;5;;;;"], ["parent_closes", "parent_closes"]),
        (["5;A;Unit;1.02;;;;", "5;B;Unit;1.02;;;;"], ["rows_differ"]),
        (["5;A;Unit;1.02;Kantor;;Baik;"], ["zone_missing"]),
        (["5;A;Kelompok;1.02;;;;"], ["not_a_choice"]),
    ],
)
def test_units_that_cannot_be_placed_are_refused(
    now: datetime, units: Units, rows: Sequence[str], codes: Sequence[str]
) -> None:
    dry(now, "units", "7;C;Unit;1.02;;;;", *rows)
    assert [one.code for one in RejectedCell.objects.order_by("row_number")] == codes


def test_a_service_comes_with_standard_points_and_chain(now: datetime, units: Units) -> None:
    assert counts(bring(now, "services", LAB)) == [1, 0, 0]
    one = only()
    assert one.confirmed
    assert (one.standard.minutes, one.standard.cost, one.standard.implementers) == (120, 0, 3)
    assert len(one.standard.windows) == 5
    assert [(link.role, link.unit_key, link.weight) for link in one.links] == [
        ("depan", units.section, 1),
        ("verifikasi", units.health, 2),
        ("ti", units.works, 1),
    ]
    assert [point.name for point in one.points] == ["Loket 1", "Loket 2"]
    assert one.period.start == ALWAYS
    assert counts(bring(now, "services", LAB)) == [0, 0, 1]


def test_a_correction_holds_from_today_and_a_silent_chain_keeps_it(now: datetime, units: Units) -> None:
    bring(now, "services", LAB)
    later = now + timedelta(days=1)
    row = "Pengujian  SAMPEL;UPT Laboratorium;60;0;3;Senin 08.00-15.00;Loket 3;;;;SK 2/2026"
    assert counts(bring(later, "services", row)) == [0, 1, 0]
    old, new = only(), queries.service(only().key, TODAY + timedelta(days=1))
    assert new is not None
    assert (old.standard.minutes, new.standard.minutes) == (120, 60)
    assert len(new.links) == 3
    assert [point.name for point in new.points] == ["Loket 1", "Loket 2", "Loket 3"]


def test_silent_cells_and_unreadable_hours_empty_nothing(now: datetime, units: Units) -> None:
    bring(now, "services", LAB)
    before = only()
    row = "Pengujian sampel;UPT Laboratorium;;;;pada jam kerja;;;;;"
    assert counts(bring(now + timedelta(days=1), "services", row)) == [0, 0, 1]
    assert only() == before


def test_without_a_source_it_is_only_proposed(now: datetime, units: Units) -> None:
    batch = dry(now, "services", "Pengujian;UPT Laboratorium;;;;kapan saja;;;;;")
    told = {finding["code"] for finding in batch.summary["findings"]}
    assert told == {"source_missing", "hours_unread", "implementers_missing"}
    confirm(batch, now)
    assert (only().confirmed, only().standard.hours, only().standard.windows) == (False, "kapan saja", ())


def test_what_the_head_confirmed_stays_confirmed(now: datetime, units: Units) -> None:
    plant(now, units.section)
    bring(now, "services", "Pengujian sampel;UPT Laboratorium;30;;;;;;;;")
    assert ServiceVersion.objects.filter(superseded_at=None, status=Counting.PROPOSED).count() == 0


def test_an_unknown_owner_is_chosen_or_created(now: datetime, units: Units) -> None:
    batch = dry(now, "services", "Akta;Dinas Pencatatan Sipil;;;;;;;;;SK")
    assert batch.counts["unmapped"] == 1
    confirm(choose_rest(batch, now, "new:perangkat_daerah"), now)
    assert only().owner_name == "Dinas Pencatatan Sipil"


def test_an_unknown_owner_can_be_left_out(now: datetime, units: Units) -> None:
    batch = choose_rest(dry(now, "services", "Akta;Dinas X;;;;;;;;;SK", LAB), now, "skip")
    assert (batch.counts["skipped"], counts(batch)) == (1, [1, 0, 0])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Uji;UPT Laboratorium;;;;;;Unit X;;;SK", "chain_unit_unknown"),
        ("Pengujian sampel;UPT Laboratorium;7;;;;;;;;SK", "service_rows_differ"),
        ("Uji;UPT Laboratorium;0;;;;;;;;SK", "below_minimum"),
    ],
)
def test_a_service_that_is_unclear_is_refused(now: datetime, units: Units, row: str, code: str) -> None:
    dry(now, "services", LAB, row)
    assert RejectedCell.objects.get().code == code


def promises(now: datetime, *cells: str) -> ImportBatch:
    head = "nama;unit;waktu_menit;waktu_hari_kerja;wajib_tepat;pelaksana;sumber"
    return confirm(stage(sheet(head, ";".join(("Uji", "UPT Laboratorium", *cells, "SK"))), now, kind="services"), now)


def test_a_promise_in_working_days_and_its_share_are_read_and_a_silent_share_stays(now: datetime, units: Units) -> None:
    promises(now, "", "3", "95", "2")
    said = only().standard
    assert (said.minutes, said.days, said.required_share) == (None, 3, 95)
    assert counts(promises(now, "", "3", "", "2")) == [0, 0, 1]
    later = now + timedelta(days=1)
    assert counts(promises(later, "", "3", "", "4")) == [0, 1, 0]
    new = queries.service(only().key, TODAY + timedelta(days=1))
    assert new is not None
    assert (new.standard.implementers, new.standard.required_share) == (4, 95)


def test_a_promise_in_two_measures_is_refused(now: datetime, units: Units) -> None:
    head = "nama;unit;waktu_menit;waktu_hari_kerja;wajib_tepat"
    stage(sheet(head, "Uji;UPT Laboratorium;60;3;90", "Uji 2;UPT Laboratorium;60;;101"), now, kind="services")
    refused = {(one.code, one.column) for one in RejectedCell.objects.all()}
    assert refused == {
        ("promise_twice", "Waktu penyelesaian (hari kerja)"),
        ("above_maximum", "Wajib tepat waktu (%)"),
    }
    assert "Kosongkan salah satunya" in wording.say("promise_twice", {})


def test_the_examples_name_columns_that_exist() -> None:
    for layout, example in ((UNITS, UNITS_EXAMPLE), (SERVICES, SERVICES_EXAMPLE)):
        names = {column.name for column in layout.columns}
        assert all(set(row) <= names for row in example)
        assert all(row.get(key) for row in example for key in layout.key)


@pytest.mark.parametrize("number", range(1, 8))
def test_days_and_times_are_worded(number: int) -> None:
    assert wording.weekday(number)[0].isupper()
    assert wording.clock(number * 61) == f"{number:02d}.{number:02d}"
