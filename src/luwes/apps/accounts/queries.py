"""Reads of accounts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Model, Q

from luwes.apps.accounts.models import FormReceipt, JobLink, PersonalToken, RoleAssignment, SignInAttempt, User
from luwes.apps.accounts.roles import Role
from luwes.apps.audit import retention
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.kept import Retention
from luwes.apps.audit.models import AuditDetail, AuditEntry
from luwes.core.names import name_key

PAGE = 50


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One assignment as shown; `until` is the first day no longer held, None for open."""

    id: str
    user_id: str
    role: str
    scope: str
    capacity: str
    basis: str
    since: date
    until: date | None
    held: bool

    @property
    def last_day(self) -> date | None:
        """The last day held, as people say it."""
        return self.until - timedelta(days=1) if self.until else None


@dataclass(frozen=True, slots=True)
class UserRow:
    """One account in the list, with the assignments known now."""

    id: str
    name: str
    login: str
    is_active: bool
    last_login: datetime | None
    roles: Sequence[RoleRow]


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """A role with its holder; the NIP is for comparing alone."""

    nip: str
    name: str
    row: RoleRow


@dataclass(frozen=True, slots=True)
class UserPage:
    """`next` is the key after which the following page begins, "" on the last one."""

    rows: Sequence[UserRow]
    next: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A personal token; `state` is "open", "revoked" or "expired"."""

    id: str
    name: str
    role: RoleRow
    created_at: datetime
    expires_at: datetime
    last_used_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class JobLinkRow:
    """An issued link; `state` is "open", "used", "revoked" or "expired"."""

    id: str
    job: str
    scope: str
    person_name: str
    person_post: str
    issued_at: datetime
    expires_at: datetime
    used_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class JobLinkOpen:
    """A link as its holder uses it: what for, where, who signs, until when."""

    id: str
    job: str
    scope: str
    person_name: str
    person_post: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class JobLinkPage:
    """`next` is the key after which the following page begins, "" on the last one."""

    rows: Sequence[JobLinkRow]
    next: str


def roles_of(user: User, on: date) -> Sequence[RoleRow]:
    """Every assignment known now, held ones first, then those to come or expired."""
    rows = RoleAssignment.objects.filter(user=user, superseded_at=None).select_related("user")
    return _sorted(_row(row, on) for row in rows)


def assignment(assignment_id: str, on: date) -> RoleRow | None:
    """One assignment that is not superseded, or None."""
    row = RoleAssignment.objects.filter(public_id=assignment_id, superseded_at=None).select_related("user").first()
    return _row(row, on) if row else None


def actor_in(user: User, row: RoleRow | None) -> Actor:
    """The person acting in one of the roles held, or in none."""
    if row is None:
        return Actor(kind=ActorKind.PERSON, id=user.public_id)
    return Actor(kind=ActorKind.PERSON, id=user.public_id, role=row.role, scope=row.scope, capacity=row.capacity)


def signed_in(user: object) -> User:
    """The account behind `request.user`, on pages that only signed-in people reach."""
    if not isinstance(user, User):
        raise TypeError("the page let a visitor through")
    return user


def user_by_id(public_id: str) -> User | None:
    """The account behind an opaque id."""
    return User.objects.filter(public_id=public_id).first()


def users(*, search: str, after: str, on: date, limit: int = PAGE) -> UserPage:
    """Accounts by name, those after the key `after`; `search` is part of a name, an e-mail or a whole NIP."""
    found = User.objects.order_by("name_key", "pk")
    if wanted := search.strip():
        nip = "".join(wanted.split())  # often written in groups
        found = found.filter(Q(name_key__contains=name_key(wanted)) | Q(email__contains=wanted.lower()) | Q(nip=nip))
    if after and (start := User.objects.filter(public_id=after).first()):
        later = Q(name_key=start.name_key, pk__gt=start.pk)
        found = found.filter(Q(name_key__gt=start.name_key) | later)
    accounts = list(found[: limit + 1])
    shown = accounts[:limit]
    roles: dict[int, list[RoleRow]] = {user.pk: [] for user in shown}
    for row in RoleAssignment.objects.filter(user__in=shown, superseded_at=None).select_related("user"):
        roles[row.user_id].append(_row(row, on))
    return UserPage(
        rows=[_user_row(user, _sorted(roles[user.pk])) for user in shown],
        next=shown[-1].public_id if len(accounts) > limit else "",
    )


def offices_held(on: date, *, nips: Collection[str] | None = None) -> Sequence[HeldOffice]:
    """The roles held on the day by people with a NIP (of these, where given), by name; but for everybody's own role."""
    rows = RoleAssignment.objects.filter(superseded_at=None, period__contains=on, user__is_active=True)
    rows = rows.exclude(user__nip=None).exclude(role=Role.EMPLOYEE.value).select_related("user")
    if nips is not None:
        rows = rows.filter(user__nip__in=nips)
    found = [HeldOffice(row.user.nip or "", row.user.name, _row(row, on)) for row in rows]
    return sorted(found, key=lambda one: (name_key(one.name), one.row.role, one.row.scope))


def names(ids: Iterable[str]) -> dict[str, str]:
    """The names behind opaque ids of accounts and job links; unknown ids are missing."""
    wanted = set(ids)
    found = dict(User.objects.filter(public_id__in=wanted).values_list("public_id", "name"))
    links = JobLink.objects.filter(public_id__in=wanted).values_list("public_id", "person_name", "person_post")
    return found | {public_id: f"{name}, {post}" for public_id, name, post in links}


def ids_by_name(search: str, limit: int = 100) -> Sequence[str]:
    """Opaque ids of the accounts and job links whose name contains the words."""
    found = list(User.objects.filter(name_key__contains=name_key(search)).values_list("public_id", flat=True)[:limit])
    links = JobLink.objects.filter(person_name__icontains=search).values_list("public_id", flat=True)[:limit]
    return [*found, *links]


def tokens_of(user: User, now: datetime, on: date) -> Sequence[TokenRow]:
    """The person's tokens, newest first."""
    found = PersonalToken.objects.filter(user=user).select_related("assignment__user").order_by("-created_at")
    return [
        TokenRow(
            id=token.public_id,
            name=token.name,
            role=_row(token.assignment, on),
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_on=token.last_used_on,
            state="revoked" if token.revoked_at else "open" if token.expires_at > now else "expired",
        )
        for token in found
    ]


def job_links(*, after: str, now: datetime, limit: int = PAGE) -> JobLinkPage:
    """Issued links, newest first, those after the key `after`."""
    found = JobLink.objects.order_by("-pk")
    if after and (start := JobLink.objects.filter(public_id=after).first()):
        found = found.filter(pk__lt=start.pk)
    links = list(found[: limit + 1])
    shown = links[:limit]
    return JobLinkPage(
        rows=[_link_row(link, now) for link in shown], next=shown[-1].public_id if len(links) > limit else ""
    )


def stored_about_a_person() -> list[tuple[str, Retention]]:
    """The tables that hold something about a person with an account, and how long each keeps it."""
    tables: list[type[Model]] = [
        User,
        RoleAssignment,
        PersonalToken,
        SignInAttempt,
        FormReceipt,
        Session,
        AuditEntry,
        AuditDetail,
    ]
    kept = [(model._meta.db_table, retention.of(model)) for model in tables]
    return [(table, declared) for table, declared in kept if declared is not None]


def _sorted(rows: Iterable[RoleRow]) -> list[RoleRow]:
    return sorted(rows, key=lambda row: (not row.held, row.role, row.scope, row.since))


def _row(row: RoleAssignment, on: date) -> RoleRow:
    since, until = row.period.lower, row.period.upper
    return RoleRow(
        id=row.public_id,
        user_id=row.user.public_id,
        role=row.role,
        scope=row.scope,
        capacity=row.capacity,
        basis=row.basis,
        since=since,
        until=until,
        held=since <= on and (until is None or on < until),
    )


def _user_row(user: User, roles: Sequence[RoleRow]) -> UserRow:
    # The NIP stays out of lists: the e-mail or the last four digits are enough to tell people apart.
    login = user.email or f"NIP …{(user.nip or '')[-4:]}"
    return UserRow(user.public_id, user.name, login, user.is_active, user.last_login, roles)


def _link_row(link: JobLink, now: datetime) -> JobLinkRow:
    if link.revoked_at is not None:
        state = "revoked"
    elif link.used_at is not None:
        state = "used"
    else:
        state = "open" if link.expires_at > now else "expired"
    return JobLinkRow(
        id=link.public_id,
        job=link.job,
        scope=link.scope,
        person_name=link.person_name,
        person_post=link.person_post,
        issued_at=link.issued_at,
        expires_at=link.expires_at,
        used_at=link.used_at,
        state=state,
    )
