"""The admin that no page can create: the first one, or one whose password nobody knows any more."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from luwes.apps.accounts import queries, secret
from luwes.apps.accounts.actions import people, role_holding
from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import system
from luwes.apps.audit.unit_of_work import UnitOfWork, unit_of_work
from luwes.config.refusals import Refusal


class NotAnAddress(Refusal):
    """The admin signs in with an e-mail address, and this is none."""

    code = "admin_not_an_address"


class NameNeeded(Refusal):
    """A new account needs a person's name: it stands in the trail."""

    code = "admin_name_needed"


@dataclass(frozen=True, slots=True)
class AdminAccess:
    """An admin's account, and the temporary password shown this once."""

    name: str
    email: str
    password: str
    is_new: bool


def give_admin(*, email: str, name: str) -> AdminAccess:
    """Make the account with this address an active admin with a new temporary password, creating it if needed.

    Everything is recorded as done at the console. Raises NotAnAddress, NameNeeded.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise NotAnAddress(email=email) from None
    password = secret.readable(secret.new_secret())
    found = User.objects.filter(email=email).first()
    if found is None and not name.strip():
        raise NameNeeded(email=email)
    # One step, one unit of work: a stop in between leaves an account that the next run completes.
    if found is None:
        with _at_the_console():
            user = people.create_user(name=name, email=email, nip=None, password=password)
    else:
        user = found
        with _at_the_console():
            people.set_active(user_id=user.public_id, active=True, version=user.version)
        with _at_the_console():
            people.reset_password(user_id=user.public_id, password=password)
    with _at_the_console() as work:
        known = [row for row in queries.roles_of(user, work.today) if row.role == Role.ADMIN.value]
        if not any(row.held for row in known):
            # Up to the next assignment already made, which is left as it is.
            until = min((row.since for row in known if row.since > work.today), default=None)
            role_holding.grant_role(
                user=user, role=Role.ADMIN, scope="", since=work.today, until=until, basis="luwes admin"
            )
    return AdminAccess(user.name, email, password, is_new=found is None)


def _at_the_console() -> AbstractContextManager[UnitOfWork]:
    return unit_of_work(system("luwes admin"), timezone.now())
