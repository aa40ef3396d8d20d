"""A picture of the closed door: one per report, clean, bounded, and seen by head, BKD and inspectorate alone."""

from datetime import datetime, timedelta

import pytest

from luwes.apps.accounts.access import Forbidden, OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.models import AuditEntry
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.results.counters import photos, queries
from luwes.apps.results.counters.photos import LARGEST, OF_A_COUNTER, PhotoClosed, add_photo
from luwes.apps.results.models import ClosedReport, ReportPhoto
from luwes.apps.results.spotchecks.photo import PhotoLarge, PhotoWrong
from tests.apps.results.counters.test_reports import CITIZEN, report
from tests.apps.results.services.world import World
from tests.apps.results.spotchecks.test_photo import EXIF, PLAIN, part
from tests.world import acting, add_person

SHOT = PLAIN[:2] + EXIF + PLAIN[2:]


def add(now: datetime, code: str, image: bytes = SHOT) -> None:
    with unit_of_work(CITIZEN, now):
        add_photo(code=code, image=image)


def test_one_picture_without_what_the_camera_wrote(now: datetime, counter: str, world: World) -> None:
    code = report(now, counter)
    assert photos.takes_photo(code, now)
    add(now, code)
    assert bytes(ReportPhoto.objects.get().image) == PLAIN
    assert not photos.takes_photo(code, now)
    with pytest.raises(PhotoClosed):
        add(now, code)
    assert AuditEntry.objects.filter(action="counter.photo_added").count() == 1
    assert [row.photo for row in queries.reports(world.counter, now.date())] == [True]
    assert [row.code for row in photos.photos()] == [code]


def test_what_cannot_be_kept_costs_no_report(now: datetime, counter: str) -> None:
    code = report(now, counter)
    for image, refusal in ((b"", PhotoWrong), (b"GIF89a", PhotoWrong), (b"\xff" * (LARGEST + 1), PhotoLarge)):
        with pytest.raises(refusal):
            add(now, code, image)
    with pytest.raises(PhotoClosed):
        add(now, "tidakada")
    assert ClosedReport.objects.count() == 1
    assert photos.takes_photo(code, now)
    assert not photos.takes_photo(code, now + timedelta(hours=1, seconds=1)), "who stands there takes it now"
    # A phone's own picture fits without any script making it smaller.
    add(now, code, PLAIN[:2] + b"".join(part(0xEF, b"x" * 60_000) for _ in range(70)) + PLAIN[2:])


def test_pictures_of_a_counter_are_few(now: datetime, counter: str) -> None:
    codes = [report(now, counter, f"f{n}", f"203.0.113.{n}") for n in range(OF_A_COUNTER + 1)]
    for code in codes[:-1]:
        add(now, code)
    with pytest.raises(PhotoClosed):
        add(now, codes[-1])
    assert ClosedReport.objects.count() == OF_A_COUNTER + 1


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INSPECTOR])
def test_who_may_look(now: datetime, counter: str, head: User, world: World, role: Role) -> None:
    code = report(now, counter)
    add(now, code)
    assert photos.photo(code, acting(add_person(now, "a@contoh.go.id"), role), now) == PLAIN
    assert photos.photo(code, acting(head, Role.HEAD, world.units.health), now) == PLAIN
    with pytest.raises(OutsideScope):
        photos.photo(code, acting(head, Role.HEAD, world.units.works), now)
    with pytest.raises(OutsideScope):
        photos.photo("tidakada", acting(head, Role.HEAD, world.units.health), now)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ORGANISATION, Role.OPERATOR, Role.EMPLOYEE])
def test_who_may_not(now: datetime, counter: str, role: Role) -> None:
    code = report(now, counter)
    add(now, code)
    with pytest.raises(Forbidden):
        photos.photo(code, acting(add_person(now, "a@contoh.go.id"), role), now)
