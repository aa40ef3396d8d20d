"""Signing in, with limits that hold across processes and one neutral answer for every failure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import Max

from luwes.apps.accounts import access
from luwes.apps.accounts.models import SignInAttempt, User
from luwes.apps.accounts.secret import keyed
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import current

WINDOW = timedelta(minutes=15)
PER_LOGIN = 5
# An office shares one address, so the limit per address is wide.
PER_ADDRESS = 100


@dataclass(frozen=True, slots=True)
class SignIn:
    """`user` when the password fits; `locked_until` when the limit is reached; else neither."""

    user: User | None = None
    locked_until: datetime | None = None


def sign_in(*, login: str, password: str, address: str) -> SignIn:
    """Check a password. The answer is the same for an unknown login, a wrong password and a closed account.

    Five failures of one login, or a hundred from one address, within 15 minutes close it until the
    oldest of them is 15 minutes old. A success clears the login's failures.
    """
    work = current()
    login = "".join(login.split()).lower()
    subjects = {keyed("login", login): PER_LOGIN, keyed("address", address): PER_ADDRESS}
    if (locked_until := _locked_until(subjects, work.now)) is not None:
        return SignIn(locked_until=locked_until)
    user = _by_login(login)
    fits = _password_fits(user, password)
    # The slow hash is done before the locks, or an office behind one address would queue for it. The limit
    # is asked again inside, so that guesses sent at once do not slip through together.
    locking.lock_rows({}, names=subjects)
    if (locked_until := _locked_until(subjects, work.now)) is not None:
        return SignIn(locked_until=locked_until)
    if user is not None and fits:
        SignInAttempt.objects.filter(subject=keyed("login", login)).delete()
        user.last_login = work.now
        user.save(update_fields=["last_login"])
        work.actor = Actor(kind=ActorKind.PERSON, id=user.public_id)  # from here on it is known who acts
        record(action="account.signed_in", subject=user.public_id)
        return SignIn(user=user)
    SignInAttempt.objects.bulk_create([SignInAttempt(subject=s, at=work.now) for s in subjects])
    locked_until = _locked_until(subjects, work.now)
    if locked_until is not None and user is not None:
        record(action="account.locked", subject=user.public_id, facts={"minutes": 15})
    return SignIn(locked_until=locked_until)


def note_sign_out(*, user: User) -> None:
    """Note that the person left; the session itself belongs to the web."""
    access.require_self(current().actor, user.public_id)
    record(action="account.signed_out", subject=user.public_id)


def _password_fits(user: User | None, password: str) -> bool:
    if user is None or not user.is_active:
        make_password(password)  # the same work as a real check, so that timing tells nothing
        return False
    return check_password(password, user.password)


def _by_login(login: str) -> User | None:
    field = "email" if "@" in login else "nip"
    return User.objects.filter(**{field: login}).first() if login else None


def _locked_until(subjects: dict[str, int], now: datetime) -> datetime | None:
    latest: datetime | None = None
    for subject, limit in subjects.items():
        recent = SignInAttempt.objects.filter(subject=subject, at__gt=now - WINDOW).order_by("-at")
        nth = recent[limit - 1 : limit].aggregate(at=Max("at"))["at"]
        if nth is not None and (latest is None or nth + WINDOW > latest):
            latest = nth + WINDOW
    return latest
