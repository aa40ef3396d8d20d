"""The rule that somebody can always grant access."""

from collections.abc import Sequence
from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.models import RoleAssignment
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import ActorKind
from luwes.apps.audit.unit_of_work import current

# The lock under which admins are counted and removed.
ADMINS = "accounts:admins"


class LastAdmin(Refused):
    """The last person who can grant access cannot be left without it."""

    code = "last_admin"


def keep_one_admin(*, ending: Sequence[RoleAssignment], on: date) -> None:
    """Raise LastAdmin unless another active admin holds the role on the day, for as long as these did.

    Called under the lock `ADMINS`. An operator at the console may always end a role: they can appoint.
    """
    if current().actor.kind is not ActorKind.SYSTEM and leaves_no_admin(ending=ending, on=on):
        raise LastAdmin


def leaves_no_admin(*, ending: Sequence[RoleAssignment], on: date) -> bool:
    """Whether no other active admin holds the role on the day, for as long as these did.

    Called under the lock `ADMINS`, or with every admin's role and account locked.
    """
    if not ending:
        return False
    others = RoleAssignment.objects.filter(
        role=Role.ADMIN.value, scope="", superseded_at=None, period__contains=on, user__is_active=True
    ).exclude(pk__in=[row.pk for row in ending])
    if any(row.period.upper is None for row in ending):
        # Leaving only an acting admin would lock everybody out on the day the acting period ends.
        others = others.filter(period__endswith=None)
    return not others.exists()
