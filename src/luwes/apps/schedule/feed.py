"""Where each reader of the change feed left off: everything above `people` that keeps derived figures reads it here."""

from collections.abc import Sequence

from django.db import connection

from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.changes import Change, changes_after
from luwes.apps.people.models import PeopleChange
from luwes.apps.schedule.models import FollowedChange


def unread(reader: str) -> Sequence[Change]:
    """What the reader has not worked off, oldest first. The caller holds a lock that keeps a second reader out."""
    with connection.cursor() as cursor:
        # An entry may be numbered before and committed after another; waiting for the writers leaves no gap behind.
        cursor.execute(f'LOCK TABLE "{PeopleChange._meta.db_table}" IN SHARE MODE')
    mark = FollowedChange.objects.filter(reader=reader).first()
    number, changes = (mark.number if mark else 0), list[Change]()
    while found := changes_after(number):
        changes.extend(found)
        number = found[-1].number
    return changes


def worked_off(reader: str, changes: Sequence[Change]) -> None:
    """Remember that the reader has done what the last of these entries asks for."""
    if not changes:
        return
    done = {"number": changes[-1].number, "followed_at": current().now}
    FollowedChange.objects.update_or_create(reader=reader, defaults=done)
