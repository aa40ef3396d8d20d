"""Which service a file means: exact names, the unit beside them, remembered choices, never likeness."""

from datetime import date, datetime

import pytest

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import Counting, Service
from luwes.apps.people.services.actions import write_version
from luwes.apps.people.services.facts import Point, Standard
from luwes.apps.results.models import ServiceCase
from luwes.apps.results.services import vocabulary, wording
from luwes.apps.sources import actions
from luwes.apps.sources.kinds import Unmapped, kind_of
from luwes.apps.sources.models import ImportBatch
from luwes.core.workdays.periods import Period
from tests.apps.results.services import world as w
from tests.apps.results.services.world import COPY, TEST, World
from tests.apps.staff_files import ME, choose_rest, confirm

HEADERS = "kode_layanan;layanan;kode_unit;unit;nomor;dibuka"


def staged(
    now: datetime, name: str, unit: str = "", *, unit_code: str = "", code: str = "", day: str = ""
) -> ImportBatch:
    row = (code, name, unit_code, unit, "X-1", day or "23/11/2026 08.00")
    return w.staged(now, "tickets", HEADERS, row, source="SiLayan")


def meant(batch: ImportBatch, now: datetime) -> int:
    confirm(batch, now)
    return ServiceCase.objects.get(superseded_at=None).service_id


@pytest.mark.parametrize(
    ("unit", "unit_code"),
    [("", ""), ("UPT Laboratorium", ""), ("Dinas Kesehatan", ""), ("", "1.02.1"), ("apa", "1.02")],
)
def test_a_name_alone_or_with_its_owner_or_a_unit_above_is_understood(
    now: datetime, world: World, unit: str, unit_code: str
) -> None:
    assert meant(staged(now, "pengujian  SAMPEL", unit, unit_code=unit_code), now) == world.test


def test_of_two_services_of_one_name_the_unit_tells_which(now: datetime, world: World) -> None:
    assert meant(staged(now, COPY, "Dinas Pekerjaan Umum"), now) == world.copies[1]
    assert staged(now, COPY).counts["unmapped"] == 1


@pytest.mark.parametrize("unit", ["Dinas Pekerjaan Umum", "Dinas Yang Lain"])
def test_a_unit_that_does_not_give_the_service_is_asked_about(now: datetime, world: World, unit: str) -> None:
    batch = staged(now, TEST, unit)
    assert [one["value"] for one in batch.summary["unmapped"]] == [f"{TEST} · {unit}"]


def test_the_unit_of_a_point_is_a_unit_of_the_service(now: datetime, world: World) -> None:
    standard = Standard("Cek mutu", world.units.health, source="SK 5/2026")
    service = w.add_service(now, standard, [Point("Loket PU", world.units.works)])
    assert meant(staged(now, "Cek mutu", "Dinas Pekerjaan Umum"), now) == service


def test_a_likeness_is_offered_and_a_choice_remembered(now: datetime, world: World) -> None:
    batch = staged(now, "Pengujian sampel air minum", "Labkesda")
    asked = batch.summary["unmapped"][0]
    assert asked["nearest"][0] == {"key": world.test_key, "label": f"{TEST} (UPT Laboratorium)"}
    confirm(choose_rest(batch, now, world.test_key), now)
    assert staged(now, "Pengujian sampel air minum", "Labkesda").counts["unchanged"] == 1


def test_a_code_of_theirs_is_remembered_whatever_stands_beside_it(now: datetime, world: World) -> None:
    confirm(choose_rest(staged(now, "Uji", code="L-07"), now, world.test_key), now)
    assert staged(now, "Uji air", "apa saja", code="L-07").counts["unchanged"] == 1


def test_what_is_none_of_ours_can_be_skipped_but_not_created(now: datetime, world: World) -> None:
    skipped = choose_rest(staged(now, "Parkir"), now, "skip")
    assert (skipped.counts["skipped"], skipped.counts["unmapped"]) == (1, 0)
    assert not kind_of("tickets").vocabulary.creatable()
    with pytest.raises(ValueError, match="layanan"):
        vocabulary.create(Unmapped("Parkir", "Parkir", 1, 2), "layanan", now.date())
    batch = staged(now, "Lain")
    with pytest.raises(actions.NoSuchChoice), unit_of_work(ME, now):
        actions.choose_values(batch_id=batch.public_id, version=batch.version, choices={}, rest="new:layanan")


def test_a_name_is_that_of_the_day(now: datetime, world: World) -> None:
    since = date(2026, 11, 1)
    with unit_of_work(ME, now):
        renamed = Standard("Uji laboratorium", world.units.section, minutes=120, source="SK 6/2026")
        service = Service.objects.get(pk=world.test)
        owner = service.versions.get(superseded_at=None).owner
        write_version(service, owner, renamed, Period(since), Counting.CONFIRMED)
    assert meant(staged(now, "Uji laboratorium"), now) == world.test
    assert staged(now, TEST).counts["unmapped"] == 1
    assert staged(now, TEST, day="20/10/2026 08.00").counts["unmapped"] == 0


def test_every_service_is_offered_with_its_owner(now: datetime, world: World) -> None:
    labels = [option.label for option in vocabulary.options(date(2026, 11, 25))]
    assert labels == [
        "Izin praktik (Dinas Kesehatan)",
        "Legalisir (Dinas Kesehatan)",
        "Legalisir (Dinas Pekerjaan Umum)",
        "Pengujian sampel (UPT Laboratorium)",
    ]


@pytest.mark.parametrize("kind", ["tickets", "queue", "survey", "openings", "complaints"])
def test_every_sentence_is_whole(kind: str) -> None:
    tables = {
        "tickets": (wording._ticket_rejects(), wording._ticket_findings()),
        "queue": (wording._queue_rejects(), wording._queue_findings()),
        "survey": (wording._survey_rejects(), wording._survey_findings()),
        "openings": (wording._opening_rejects(), wording._opening_findings()),
        "complaints": (wording._complaint_rejects(), wording._complaint_findings()),
    }
    for code in [*tables[kind][0], *tables[kind][1], *wording._common()]:
        said = kind_of(kind).say(code, {"count": 2})
        assert said.endswith(".")
        assert "%(" not in said
    told = kind_of(kind)
    assert all(said and said[0] for said in (told.label(), told.covers(), told.affects()))
