"""Small files of days, and a province in which they can be imported."""

from collections.abc import Sequence
from datetime import date, datetime

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.calendars.actions import seed_calendars
from luwes.apps.schedule.models import ExposureDay, PersonDay
from luwes.apps.sources.models import ImportBatch
from tests.apps.staff_files import MARUF, RINA, YOSE, bring, confirm, person, stage
from tests.world import SETUP, Units, plant_units

HEADERS = {
    "leave": "nip;mulai;sampai;bagian",
    "trips": "nip;mulai;sampai;jenis;bagian",
    "flexdays": "nip;tanggal;tempat;cara;bagian;kode_undian",
    "lots": "kode_undian;diundi;strata;calon;terpilih;tanggal;benih",
}
DAY = "02/12/2026"  # a Wednesday
HOME = (YOSE, DAY, "Rumah", "Undian", "Penuh", "U-1")


def build(now: datetime) -> Units:
    """Yosé and Rina in the laboratory, Ma'ruf at public works; calendars as shipped."""
    units = plant_units(now)
    with unit_of_work(SETUP, now):
        seed_calendars()
    bring(
        now,
        person(YOSE, "Yosé Limbong"),
        person(RINA, "Rina D'Arcy"),
        person(MARUF, "Ma’ruf", unor_nama="Dinas Pekerjaan Umum", satuan_kerja_kerja_nama="Dinas Pekerjaan Umum"),
    )
    return units


def staged(kind: str, now: datetime, *rows: Sequence[str], source: str = "BKD") -> ImportBatch:
    payload = "\n".join([HEADERS[kind], *(";".join(row) for row in rows)]).encode()
    return stage(payload, now, kind=kind, source=f"{source} {kind}")


def store(kind: str, now: datetime, *rows: Sequence[str], withdraw: bool = False) -> ImportBatch:
    return confirm(staged(kind, now, *rows), now, withdraw=withdraw)


def held(nip: str, day: date) -> tuple[str, ...]:
    """The state that holds on each claimed half, morning first."""
    rows = PersonDay.objects.filter(employee__nip=nip, day=day, superseded_at=None, yields_to="")
    return tuple(f"{part}:{state}" for part, state in rows.order_by("part").values_list("part", "state"))


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def unit_day(key: str, day: date) -> ExposureDay:
    return ExposureDay.objects.get(unit__key=key, day=day)
