"""Whatever staff files arrive: nobody is in two places, no day is lost, what was known stays known."""

import contextlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.people.models import Employee, EmployeeVersion, Posting
from luwes.apps.people.staff import queries
from tests.apps.staff_files import RINA, YOSE, bring, csv_of, person, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
PLACES = ("UPT Laboratorium", "Dinas Kesehatan", "Dinas Pekerjaan Umum")
OFFICES = ("Dinas Kesehatan", "Dinas Kesehatan", "Dinas Pekerjaan Umum")
# What one file says about one person: place, post, grade, and the TMT as days before the file (None: silent).
Said = tuple[int, str, str, int | None]
FILES = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            nip: st.tuples(
                st.integers(0, 2),
                st.sampled_from(["Arsiparis", "Pengolah Data"]),
                st.sampled_from(["III/a", "III/b"]),
                st.none() | st.integers(-20, 60),
            )
            for nip in (YOSE, RINA)
        },
    ).filter(bool),
    min_size=1,
    max_size=4,
)


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """One example leaves nothing to the next; marked as a test's own, or no unit of work could open inside."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def payload(said: dict[str, Said], day: date) -> Sequence[dict[str, object]]:
    return [
        dict(
            person(
                nip,
                f"Orang {nip[-4:]}",
                unor_nama=PLACES[place],
                satuan_kerja_kerja_nama=OFFICES[place],
                jabatan_nama=post,
                gol_akhir_nama=grade,
                tmt_jabatan="" if back is None else (day - timedelta(days=back)).isoformat(),
            )
        )
        for nip, (place, post, grade, back) in said.items()
    ]


def picture(at: datetime) -> set[tuple[object, ...]]:
    """Every posting and version as known at an instant."""
    known = Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))
    postings = Posting.objects.filter(known).values_list("employee__nip", "unit", "post__name", "period")
    versions = EmployeeVersion.objects.filter(known).values_list("employee__nip", "employment", "grade", "period")
    return {*postings, *versions}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_periods_touch_without_gap_or_overlap_and_the_past_stays_readable(
    now: datetime, files: list[dict[str, Said]]
) -> None:
    with undone():
        seen: list[tuple[datetime, set[tuple[object, ...]]]] = []
        for number, said in enumerate(files):
            moment = now + timedelta(days=15 * number)
            rows = payload(said, moment.date())
            bring(moment, *rows)
            again = stage(csv_of(*rows), moment)
            assert (again.counts["new"], again.counts["changed"]) == (0, 0)
            seen.append((moment, picture(moment)))
        for moment, known in seen:
            assert picture(moment) == known
        for one in Employee.objects.all():
            for model in (Posting, EmployeeVersion):
                periods = [
                    row.period for row in model.objects.filter(employee=one, superseded_at=None).order_by("period")
                ]
                assert periods[-1].upper is None
                assert all(before.upper == after.lower for before, after in pairwise(periods))


def test_a_recap_counts_people_where_they_were_then_and_nobody_twice(now: datetime, units: Units) -> None:
    bring(now, person(tmt_jabatan="01-10-2026"), person(RINA, "Rina", tmt_jabatan="01-10-2026"))
    moved = {"unor_nama": PLACES[2], "satuan_kerja_kerja_nama": OFFICES[2], "tmt_jabatan": "01-12-2026"}
    bring(now + timedelta(days=10), person(), person(RINA, "Rina", **moved))
    assert queries.headcounts(date(2026, 11, 30)) == {units.section: 2}
    assert queries.headcounts(date(2026, 12, 1)) == {units.section: 1, units.works: 1}
    assert queries.headcounts(date(2026, 9, 30)) == {}
    then = queries.people(on=date(2026, 11, 30), unit_keys=[units.works])
    later = queries.people(on=date(2026, 12, 1), unit_keys=[units.works])
    assert ([row.name for row in then.rows], [row.name for row in later.rows]) == ([], ["Rina"])
