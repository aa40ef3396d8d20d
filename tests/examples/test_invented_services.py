"""The invented services: the same each time, and read by the real importer into the invented tree."""

import io
from datetime import datetime

import pytest
from django.utils import timezone

from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services import queries
from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.people import invented_people
from luwes.examples.invented.services import HEADERS, STANDARDS_OF, service_rows, write_services
from luwes.examples.invented.staff_file import write_csv
from luwes.examples.invented.units import invented_units
from tests.apps.staff_files import choose_rest, confirm, stage

PEOPLE = invented_people(len(invented_units()))


def sheet(*, dirty: bool = True) -> bytes:
    file = io.BytesIO()
    write_services(file, PEOPLE, dirty=dirty)
    return file.getvalue()


def test_one_province_has_120_services_and_tells_one_story() -> None:
    clean = list(service_rows(PEOPLE, dirty=False))
    assert len(clean) == 3 * len(UNIT_NAMES) == 120
    assert len({row["nama"] for row in clean}) == 120
    assert all(set(row) == set(HEADERS) for row in clean)
    assert sheet() == sheet() != sheet(dirty=False)
    # A promise is in minutes or in working days, never both.
    assert all(bool(row["waktu_menit"]) != bool(row["waktu_hari_kerja"]) for row in clean)
    assert {row["waktu_hari_kerja"] for row in clean} == {"", "2", "3", "5", "7", "14"}
    assert {row["wajib_tepat"] for row in clean} == {"", "80", "95", "85"}
    assert len(list(service_rows(PEOPLE))) == 121


@pytest.mark.parametrize(("staff", "promising"), [(500, 45), (1_500, 80)])
def test_a_standard_promises_no_more_people_than_the_desk_has(staff: int, promising: int) -> None:
    people = invented_people(staff)
    rows = list(service_rows(people, dirty=False))
    for row in rows:
        desk = [
            person
            for person in people
            if person.standing[0] == "01"
            and person.since <= STANDARDS_OF
            and row["unit"] in (person.unit.name, person.unit.office)
            and (row["perangkat_daerah"] or row["unit"]) == person.unit.office
        ]
        assert int(row["pelaksana"] or 0) <= 0.6 * len(desk)
        assert row["pelaksana"] != "0"
    # Where there are people, they are promised.
    assert sum(bool(row["pelaksana"]) for row in rows) > promising


@pytest.mark.django_db
def test_the_importer_reads_it_into_the_invented_tree_and_again_changes_nothing(now: datetime) -> None:
    file = io.BytesIO()
    write_csv(file, PEOPLE)
    confirm(choose_rest(stage(file.getvalue(), now), now, "new:unit"), now)
    done = confirm(stage(sheet(), now, kind="services"), now)
    assert (done.counts["new"], done.counts["rejected"], done.counts["unmapped"]) == (120, 0, 0)
    counting = queries.counting_services(timezone.localdate(now))
    assert 95 < len(counting) < 120, "without a source it stays a proposal"
    assert max(len(one.chain) for one in counting) == 4
    assert {version.days_promised for version in ServiceVersion.objects.all()} == {None, 2, 3, 5, 7, 14}
    assert {version.required_share_pct for version in ServiceVersion.objects.all()} == {80, 85, 90, 95}
    again = confirm(stage(sheet(), now, kind="services"), now)
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)
