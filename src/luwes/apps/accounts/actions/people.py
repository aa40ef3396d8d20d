"""Accounts: creating them, their passwords, switching them on and off."""

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.actions.last_admin import ADMINS, keep_one_admin
from luwes.apps.accounts.models import PersonalToken, RoleAssignment, User
from luwes.apps.accounts.roles import Right, Role
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.core.names import name_key


class LoginTaken(Refused):
    """Another account has this e-mail or NIP."""

    code = "login_taken"


class WrongPassword(Refused):
    """The present password given is not the person's."""

    code = "wrong_password"


class SamePassword(Refused):
    """The new password is the present one, which for a temporary one somebody else knows."""

    code = "same_password"


class StaleVersion(Refused):
    """Somebody changed the account since the page was opened."""

    code = "stale_version"


class OwnAccount(Refused):
    """Nobody resets their own password: it is changed with the present one."""

    code = "own_account"


class NoSuchUser(Refused):
    """No account has this id."""

    code = "no_such_user"


def create_user(*, name: str, email: str | None, nip: str | None, password: str) -> User:
    """Create an account whose first sign-in must change the password.

    Raises LoginTaken; django.core.exceptions.ValidationError for a weak password.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    email = email.strip().lower() if email else None
    nip = "".join(nip.split()) if nip else None
    locking.lock_rows({}, names=[f"login:{login}" for login in (email, nip) if login])
    if (email and User.objects.filter(email=email).exists()) or (nip and User.objects.filter(nip=nip).exists()):
        raise LoginTaken
    user = User(
        name=name.strip(),
        name_key=name_key(name),
        email=email,
        nip=nip,
        created_at=work.now,
        must_change_password=True,
    )
    validate_password(password, user)
    user.password = make_password(password)
    user.save(force_insert=True)
    record(action="account.created", subject=user.public_id, detail={"name": user.name})
    return user


def change_password(*, user: User, present: str, password: str) -> None:
    """The person's own new password.

    Raises WrongPassword, SamePassword; ValidationError where the new one is weak.
    """
    access.require_self(current().actor, user.public_id)
    if not check_password(present, user.password):
        raise WrongPassword
    if password == present:
        raise SamePassword
    validate_password(password, user)
    user.password = make_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(action="account.password_changed", subject=user.public_id)


def reset_password(*, user_id: str, password: str) -> None:
    """Give a temporary password that must be changed at the next sign-in; open sessions and personal tokens end.

    Nobody resets their own: that is `change_password`. Raises NoSuchUser, OwnAccount, ValidationError.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    user = _locked_user(user_id)
    if user.public_id == work.actor.id:
        raise OwnAccount
    validate_password(password, user)
    user.password = make_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    revoked = PersonalToken.objects.filter(user=user, revoked_at=None).update(revoked_at=work.now)
    record(action="account.password_reset", subject=user.public_id, facts={"tokens_revoked": revoked})


def set_active(*, user_id: str, active: bool, version: int) -> None:
    """Switch an account on or off; it is never deleted, so that the trail stays readable.

    Raises NoSuchUser, StaleVersion, LastAdmin.
    """
    work = current()
    access.require_whole(work.actor, Right.MANAGE_ACCOUNTS)
    user = _locked_user(user_id, names=[ADMINS])
    if user.version != version:
        raise StaleVersion
    if user.is_active == active:
        return
    if not active:
        held = RoleAssignment.objects.filter(user=user, role=Role.ADMIN.value, superseded_at=None)
        keep_one_admin(ending=list(held), on=work.today)
    user.is_active = active
    user.version += 1
    user.save(update_fields=["is_active", "version"])
    record(action="account.activated" if active else "account.deactivated", subject=user.public_id)


def _locked_user(user_id: str, *, names: list[str] | None = None) -> User:
    found = User.objects.filter(public_id=user_id).first()
    if found is None:
        raise NoSuchUser
    row = locking.lock_rows({User: [found.pk]}, names=names or [])[User].get(found.pk)
    if not isinstance(row, User):
        raise NoSuchUser
    return row
