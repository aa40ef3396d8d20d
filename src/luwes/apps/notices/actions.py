"""Writes of notices: telling, reading, and emptying the outbox."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.models import RoleAssignment, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.notices.mail import Mailer, MailRefused
from luwes.apps.notices.models import Notice, NoticeCopy, OutboxMail

WITHIN = timedelta(minutes=30)
# Minutes until the next attempt; three fall within the half hour, the last comes after a day.
WAITS = (2, 5, 10, 60, 240, 1440)


def tell(
    *, kind: str, subject: str, title: str, text: str, path: str, line: Sequence[str], roles: Iterable[Role]
) -> str | None:
    """Tell the nearest head along `line` (unit keys, nearest first) and the holders of `roles` over the whole.

    Once per kind and subject: gives the notice's id, or None where it was told before. The inbox has it at once;
    mails wait in the outbox where mail is set up, due within half an hour.
    """
    work = current()
    made, new = Notice.objects.get_or_create(
        kind=kind,
        subject=subject,
        defaults={
            "title": title,
            "text": text,
            "path": path,
            "told_at": work.now,
            "due_at": work.now + WITHIN,
        },
    )
    if not new:
        return None
    people = recipients(line, roles)
    NoticeCopy.objects.bulk_create(NoticeCopy(notice=made, user=user) for user in people)
    if settings.MAIL_FROM:
        OutboxMail.objects.bulk_create(
            OutboxMail(notice=made, address=address, queued_at=work.now, next_at=work.now)
            for address in sorted({user.email for user in people if user.email})
        )
    record(action="notice.told", subject=made.public_id, facts={"kind": kind, "people": len(people)})
    return made.public_id


def recipients(line: Sequence[str], roles: Iterable[Role]) -> Sequence[User]:
    """Active people: the heads of the first unit of `line` that has one, and the holders of `roles`; each once.

    Who left, or is off duty, is told nothing, and a unit that has no other head passes it on to the next above.
    """
    day = current().today
    held = RoleAssignment.objects.filter(superseded_at=None, period__contains=day, user__is_active=True)
    held = held.select_related("user").filter(Q(scope__in=line) | Q(scope=""))
    resting = _resting((nip for nip in held.values_list("user__nip", flat=True) if nip), day)
    held = held.exclude(user__nip__in=resting) if resting else held
    found = {row.user_id: row.user for row in held.filter(role__in=[role.value for role in roles], scope="")}
    heads: dict[str, list[User]] = {}
    for row in held.filter(role=Role.HEAD.value, scope__in=line):
        heads.setdefault(row.scope, []).append(row.user)
    nearest = next((heads[key] for key in line if key in heads), [])
    found.update((user.pk, user) for user in nearest)
    return sorted(found.values(), key=lambda user: user.pk)


def _resting(nips: Iterable[str], day: date) -> Collection[str]:
    """Whom the staff data knows as off duty; staff stand above notices, so the settings name who answers."""
    answer: Callable[[Collection[str], date], Collection[str]] = import_string(settings.OFF_DUTY)
    return answer(set(nips), day)


def mark_read(*, notice_id: str) -> None:
    """Note that the signed-in person has read their copy; a second time changes nothing. Raises OutsideScope."""
    work = current()
    copies = NoticeCopy.objects.filter(notice__public_id=notice_id, user__public_id=work.actor.id)
    if not copies.exists():
        raise OutsideScope(notice_id)
    copies.filter(read_at=None).update(read_at=work.now)


def send_due(*, mailer: Mailer, limit: int = 50) -> int:
    """Send the mails whose time has come, at most `limit`; gives how many went out.

    A mail that is refused waits longer each time and is given up after the last wait. A crash between sending and
    noting it sends twice: better than never.
    """
    now = current().now
    waiting = OutboxMail.objects.filter(sent_at=None, gave_up_at=None, next_at__lte=now)
    rows = list(waiting.select_for_update(of=("self",), skip_locked=True).select_related("notice")[:limit])
    sent = 0
    for row in rows:
        try:
            mailer.send(address=row.address, title=row.notice.title, text=row.notice.text, path=row.notice.path)
        except MailRefused:
            _wait(row, now)
        else:
            row.sent_at = now
            sent += 1
        row.attempts += 1
        row.save(update_fields=["sent_at", "attempts", "next_at", "gave_up_at"])
    return sent


def _wait(row: OutboxMail, now: datetime) -> None:
    if row.attempts >= len(WAITS):
        row.gave_up_at = now
    else:
        row.next_at = now + timedelta(minutes=WAITS[row.attempts])
