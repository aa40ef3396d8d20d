"""Budget figures brought in by the real importer, for the pages and reports made of them."""

from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files

from django.db.backends.postgresql.psycopg_any import DateRange

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.actions import ALWAYS
from luwes.apps.people.models import Unit, UnitKind, UnitVersion
from luwes.apps.sources import actions
from luwes.examples.invented.budget import budget_rows
from tests.apps.budget_files import Row, csv_bytes, row

ME = system("test")
LEADER = Actor(kind=ActorKind.PERSON, id="leader", role=Role.LEADER.value)
GOVERNMENT = "00"
JUNE, OCTOBER = date(2025, 6, 30), date(2025, 10, 31)


def store(payload: bytes, now: datetime, *, file_name: str = "rekap.csv", governments: Sequence[str] = ()) -> str:
    """Import a recap, creating the units it names; `governments` are the codes of total rows. Gives the batch."""
    with unit_of_work(ME, now):
        batch = actions.stage(kind="budget", source_name="Biro AP", file_name=file_name, payload=payload)
    # A few hundred unknown units are listed at a time.
    while unmapped := [one["value"] for one in batch.summary["unmapped"]]:
        # The government first, so that the others are created below it.
        first = {code: "new:instansi" for code in unmapped if code in governments}
        rest = {code: "new:perangkat_daerah" for code in unmapped if code not in governments}
        with unit_of_work(ME, now):
            batch = actions.choose_values(batch_id=batch.public_id, version=batch.version, choices=first | rest)
    with unit_of_work(ME, now):
        actions.confirm(batch_id=batch.public_id, version=batch.version)
    return batch.public_id


def store_rows(rows: Sequence[Row], now: datetime) -> str:
    """Import rows; code "00" is the government's own total."""
    return store(csv_bytes(rows), now, governments=[GOVERNMENT])


def kalteng(now: datetime, *dates: date) -> None:
    """Kalimantan Tengah's public figures of the given dates."""
    for one in dates:
        name = f"anggaran-{one.isoformat()}.csv"
        payload = (files("luwes.examples.kalteng") / name).read_bytes()
        store(payload, now, file_name=name, governments=["62"])


def province(now: datetime, dates: Sequence[date], n_units: int = 40) -> str:
    """The invented province at several dates, in one file."""
    rows = [
        row(
            one.code,
            one.name,
            one.ceiling,
            one.realised,
            as_of=one.as_of.isoformat(),
            year=one.year,
            pct=one.financial_pct if one.financial_pct is not None else "",
            physical=one.physical_pct if one.physical_pct is not None else "",
            target=one.target_pct if one.target_pct is not None else "",
        )
        for as_of in dates
        for one in budget_rows(7, as_of.year, as_of, n_units)
    ]
    return store(csv_bytes(rows), now)


def key_of(code: str) -> str:
    """The opaque key of the unit with this code."""
    return UnitVersion.objects.select_related("unit").get(code=code, superseded_at=None).unit.key


def many_units(now: datetime, count: int) -> None:
    """Perangkat daerah "Unit 1" to "Unit <count>" under the codes 1 to <count>."""
    units = Unit.objects.bulk_create(Unit() for _ in range(count))
    UnitVersion.objects.bulk_create(
        UnitVersion(
            unit=unit,
            code=str(number),
            name=f"Unit {number}",
            name_key=f"unit {number}",
            kind=UnitKind.AGENCY,
            period=DateRange(ALWAYS, None, "[)"),
            recorded_at=now,
        )
        for number, unit in enumerate(units, start=1)
    )
