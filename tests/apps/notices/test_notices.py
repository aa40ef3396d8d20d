"""Who is told, once; the inbox; the outbox that tries again and says when it gives up."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.notices import queries, tasks
from luwes.apps.notices.actions import WAITS, mark_read, recipients, send_due, tell
from luwes.apps.notices.mail import MailRefused, SmtpMailer, mailer
from luwes.apps.notices.models import OutboxMail
from tests.apps.staff_files import RINA, YOSE, bring, person
from tests.world import SETUP, acting, add_person, give_role, plant_units

LINE = ("seksi", "dinas", "pemda")


class Refusing:
    """A mail server that is down until told otherwise."""

    def __init__(self, *, down: bool = True) -> None:
        self.down = down
        self.sent: list[str] = []

    def send(self, *, address: str, title: str, text: str, path: str) -> None:
        if self.down:
            raise MailRefused("down")
        self.sent.append(address)


@pytest.fixture
def people(db: None, now: datetime) -> dict[str, User]:
    found = {}
    for name, role, scope in (
        ("kepala", Role.HEAD, "dinas"),
        ("atas", Role.HEAD, "pemda"),
        ("lain", Role.HEAD, "dinas-lain"),
        ("bkd", Role.ADMIN, ""),
    ):
        found[name] = add_person(now, f"{name}@contoh.go.id", name=name)
        give_role(now, found[name], role, scope)
    return found


def told(now: datetime, subject: str = "loket:1") -> str | None:
    with unit_of_work(SETUP, now):
        return tell(
            kind="uji", subject=subject, title="Judul", text="Isi", path="/loket/", line=LINE, roles=[Role.ADMIN]
        )


def test_the_nearest_head_and_bkd_are_told_once(now: datetime, people: dict[str, User]) -> None:
    first = told(now)
    assert first
    assert told(now) is None
    assert [row.title for row in queries.inbox(people["kepala"].public_id)] == ["Judul"]
    assert queries.unread(people["bkd"].public_id) == 1
    assert queries.unread(people["atas"].public_id) == queries.unread(people["lain"].public_id) == 0
    with unit_of_work(acting(people["kepala"]), now):
        mark_read(notice_id=first)
    assert queries.unread(people["kepala"].public_id) == 0
    with pytest.raises(OutsideScope), unit_of_work(acting(people["lain"]), now):
        mark_read(notice_id=first)


def test_who_left_is_not_told(now: datetime, people: dict[str, User]) -> None:
    User.objects.filter(pk=people["bkd"].pk).update(is_active=False)
    with unit_of_work(SETUP, now):
        assert recipients(LINE, [Role.ADMIN]) == [people["kepala"]]
        assert recipients([], []) == []


def test_without_a_sender_no_mail_waits(now: datetime, people: dict[str, User]) -> None:
    told(now)
    assert queries.outbox(now + timedelta(hours=1)).waiting == 0


@override_settings(MAIL_FROM="luwes@contoh.go.id")
def test_mails_try_again_within_the_half_hour_and_are_given_up_in_the_end(
    now: datetime, people: dict[str, User]
) -> None:
    told(now)
    server = Refusing()
    at, tries = now, 0
    while queries.outbox(at).waiting and tries < 20:
        with unit_of_work(SETUP, at):
            assert send_due(mailer=server) == 0
        tries += 1
        at += timedelta(minutes=WAITS[min(tries, len(WAITS)) - 1])
    assert tries == len(WAITS) + 1
    assert queries.outbox(at).given_up == 2
    assert sum(WAITS[:3]) < 30


@override_settings(MAIL_FROM="luwes@contoh.go.id")
def test_a_late_mail_is_seen_and_goes_out_once(now: datetime, people: dict[str, User]) -> None:
    told(now)
    assert queries.outbox(now + timedelta(minutes=31)).late == 2
    server = Refusing(down=False)
    for _ in range(2):
        with unit_of_work(SETUP, now + timedelta(minutes=31)):
            send_due(mailer=server)
    assert sorted(server.sent) == ["bkd@contoh.go.id", "kepala@contoh.go.id"]
    assert queries.outbox(now + timedelta(minutes=31)) == queries.Outbox(0, 0, 0)


@override_settings(MAIL_FROM="luwes@contoh.go.id", SITE_URL="https://luwes.contoh.go.id")
def test_the_task_sends_through_the_mail_server(people: dict[str, User]) -> None:
    told(timezone.now())
    with unit_of_work(SETUP, timezone.now()):
        assert send_due(mailer=mailer()) == 2
    assert {tuple(one.to) for one in mail.outbox} == {("bkd@contoh.go.id",), ("kepala@contoh.go.id",)}
    assert mail.outbox[0].body == "Isi\n\nhttps://luwes.contoh.go.id/loket/\n"
    assert OutboxMail.objects.filter(sent_at=None).count() == 0
    tasks.send(0)


@override_settings(
    MAIL_FROM="luwes@contoh.go.id", EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_PORT=1
)
def test_a_mail_server_that_does_not_answer_is_a_refusal() -> None:
    with pytest.raises(MailRefused):
        SmtpMailer().send(address="a@contoh.go.id", title="x", text="y", path="/")


def test_who_left_or_is_off_duty_is_told_nothing_and_the_next_head_above_is(
    now: datetime, people: dict[str, User]
) -> None:
    plant_units(now)
    for user, nip in ((people["kepala"], YOSE), (people["bkd"], RINA)):
        user.nip = nip
        user.save(update_fields=["nip"])
    bring(now, person(), person(RINA, "Rina"))
    with unit_of_work(SETUP, now):
        assert {one.name for one in recipients(LINE, [Role.ADMIN])} == {"kepala", "bkd"}
    later = now + timedelta(days=3)
    bring(
        later,
        person(kedudukan_hukum_id="04", kedudukan_hukum_nama="Pemberhentian Sementara"),
        person(RINA, "Rina", kedudukan_hukum_id="99", kedudukan_hukum_nama="Pensiun"),
    )
    with unit_of_work(SETUP, later):
        assert {one.name for one in recipients(LINE, [Role.ADMIN])} == {"atas"}
