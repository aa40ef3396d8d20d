"""The dated unit tree: versions without overlap, corrections that keep what was known, scope by ancestry."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.ids import new_public_id
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import access, actions, queries
from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.apps.people.names import name_key

TODAY = date(2026, 11, 25)


def create(now: datetime, code: str, parent: Unit | None = None, name: str = "", since: date = actions.ALWAYS) -> Unit:
    with unit_of_work(system("t"), now):
        return actions.create_unit(
            code=code, name=name or f"Dinas {code}", kind=UnitKind.AGENCY, parent=parent, since=since
        )


def change(now: datetime, unit: Unit, since: date, **values: object) -> None:
    fields = {"code": "X", "name": "Baru", "kind": UnitKind.AGENCY, "parent": None} | values
    with unit_of_work(system("t"), now):
        actions.change_unit(unit_key=unit.key, since=since, **fields)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_unit_is_found_by_date(now: datetime) -> None:
    unit = create(now, "1.01", since=date(2026, 1, 1))
    assert queries.unit_on(unit.key, date(2025, 12, 31)) is None
    found = queries.unit_on(unit.key, date(2026, 1, 1))
    assert found is not None
    assert (found.code, found.name, found.parent_key) == ("1.01", "Dinas 1.01", "")


@pytest.mark.django_db
def test_a_change_keeps_the_days_before_it(now: datetime) -> None:
    unit = create(now, "1.01")
    change(now, unit, date(2026, 6, 1), code="1.99", name="Dinas Baru")
    before, after = queries.unit_on(unit.key, date(2026, 5, 31)), queries.unit_on(unit.key, date(2026, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.code, after.code) == ("1.01", "1.99")
    known = UnitVersion.objects.filter(unit=unit)
    assert known.filter(superseded_at=None).count() == 2
    assert known.exclude(superseded_at=None).get().period.upper is None, "what was believed before is still there"


@pytest.mark.django_db
def test_a_change_on_the_first_day_replaces_the_version_whole(now: datetime) -> None:
    unit = create(now, "1.01", since=date(2026, 1, 1))
    change(now, unit, date(2026, 1, 1), code="1.02")
    assert UnitVersion.objects.filter(unit=unit, superseded_at=None).count() == 1


@pytest.mark.django_db
def test_two_versions_on_one_day_cannot_exist(now: datetime) -> None:
    unit = create(now, "1.01")
    with pytest.raises(IntegrityError, match="unit_one_version_a_day"), transaction.atomic():
        UnitVersion.objects.create(
            unit=unit,
            code="2",
            name="Ganda",
            name_key="ganda",
            kind=UnitKind.AGENCY,
            period=DateRange(date(2026, 1, 1), date(2026, 1, 2), "[)"),
            recorded_at=now,
        )


@pytest.mark.django_db
def test_codes_are_not_shared_and_trees_do_not_close_on_themselves(now: datetime) -> None:
    top = create(now, "1")
    child = create(now, "1.1", parent=top)
    with pytest.raises(actions.CodeTaken):
        create(now, "1.1")
    with pytest.raises(actions.CodeTaken):
        change(now, top, TODAY, code="1.1")
    with pytest.raises(actions.ParentBelowItself):
        change(now, top, TODAY, code="1", parent=child)
    with pytest.raises(actions.NoSuchUnit):
        change(now, Unit(key="tidakada"), TODAY)
    assert AuditEntry.objects.filter(action="unit.created").count() == 2
    assert not AuditEntry.objects.filter(action="unit.changed").exists()


@pytest.mark.django_db
def test_a_code_is_free_only_where_nobody_carries_it_on_any_day(now: datetime) -> None:
    later = create(now, "1.5", since=date(2026, 1, 1))
    with pytest.raises(actions.CodeTaken):
        create(now, "1.5")  # from before, but without an end
    other = create(now, "1.6")
    with pytest.raises(actions.CodeTaken):
        change(now, other, date(2025, 1, 1), code="1.5")
    change(now, later, date(2026, 6, 1), code="1.7")
    with pytest.raises(actions.CodeTaken):
        create(now, "1.5", since=date(2026, 5, 31))
    assert create(now, "1.5", since=date(2026, 6, 1)).pk


@pytest.mark.django_db
def test_scope_covers_the_unit_and_what_lies_below(now: datetime) -> None:
    top = create(now, "1")
    mine, other = create(now, "1.1", parent=top), create(now, "1.2", parent=top)
    below = create(now, "1.1.1", parent=mine)
    head = Actor(kind=ActorKind.PERSON, id="h", role="kepala_pd", scope=mine.key)
    assert access.in_scope(head, mine.key, TODAY)
    assert access.in_scope(head, below.key, TODAY)
    assert not access.in_scope(head, top.key, TODAY)
    assert not access.in_scope(head, "tidakada", TODAY)
    access.require_unit(head, Right.SEE_UNIT, below.key, TODAY)
    with pytest.raises(OutsideScope):
        access.require_unit(head, Right.SEE_UNIT, other.key, TODAY)
    with pytest.raises(Forbidden):
        access.require_unit(head, Right.IMPORT, mine.key, TODAY)


@pytest.mark.django_db
def test_the_government_is_the_top_of_the_tree(now: datetime) -> None:
    assert queries.government(TODAY) is None
    create(now, "1")
    with unit_of_work(system("t"), now):
        top = actions.create_unit(code="62", name="Provinsi Contoh", kind=UnitKind.GOVERNMENT, parent=None)
    found = queries.government(TODAY)
    assert found is not None
    assert found.key == top.key


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=1, max_size=5))
def test_any_sequence_of_changes_leaves_no_gap_and_no_overlap(now: datetime, days: list[date]) -> None:
    tag = new_public_id()  # the examples share one database
    unit = create(now, tag, since=date(2019, 1, 1))
    for n, day in enumerate(days):
        change(now, unit, day, code=f"{tag}-{n}")
    current = UnitVersion.objects.filter(unit=unit, superseded_at=None)
    periods = sorted((v.period.lower, v.period.upper) for v in current)
    assert periods[0][0] == date(2019, 1, 1)
    assert periods[-1][1] is None
    assert [upper for _, upper in periods[:-1]] == [lower for lower, _ in periods[1:]]
    # A change holds from its day up to the end of the version it met: the last one made on a day stands there.
    for day, n in {day: n for n, day in enumerate(days)}.items():
        row = queries.unit_on(unit.key, day)
        assert row is not None
        assert row.code == f"{tag}-{n}"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Yosé Limbong", "yose limbong"),
        ("D'Arcy Nahan", "darcy nahan"),
        ("Ma’ruf", "maruf"),
        ("Siti  Aminah ", "siti aminah"),
        ("ÅSE Straße", "ase strasse"),
    ],
)
def test_names_are_found_without_marks(name: str, key: str) -> None:
    assert name_key(name) == key
