"""Who may decide about whom: the whole government, or the people and units of one's own scope."""

from datetime import date

from luwes.apps.accounts import access
from luwes.apps.accounts.access import OutsideScope, Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.people import access as people_access
from luwes.apps.people.models import Employee, Posting, Unit
from luwes.core.policy.reading import TAG


class NotAPerson(Refused):
    """Rules are put into force by somebody signed in, not by a program or a link."""

    code = "needs_a_person"


class NotATag(Refused):
    """What the decision is about is written as a tag ("unit:…", "person:…"), or left empty for everybody."""

    code = "not_a_tag"


class NoSuchSubject(Refused):
    """Nobody and nothing of this name is known."""

    code = "no_such_subject"


def require_person(actor: Actor, right: Right) -> None:
    """For what two people answer for: signed in, over the whole government. Raises NotAPerson."""
    access.require_whole(actor, right)
    if actor.kind is not ActorKind.PERSON:
        raise NotAPerson


def require_subject(actor: Actor, right: Right, subject: str, day: date) -> None:
    """The right to decide about a tag on a day; with a scope only about its units and the people posted there.

    Raises NotATag, NoSuchSubject, OutsideScope, Forbidden.
    """
    if subject and TAG.fullmatch(subject) is None:
        raise NotATag(subject)
    kind, _, key = subject.partition(":")
    if kind == "unit" and not Unit.objects.filter(key=key).exists():
        raise NoSuchSubject(subject)
    if kind == "person" and not Employee.objects.filter(public_id=key).exists():
        raise NoSuchSubject(subject)
    if actor.scope:
        units = {"unit": [key], "person": _units_of(key, day)}.get(kind, [])
        if not any(people_access.in_scope(actor, unit, day) for unit in units):
            raise OutsideScope(subject)
    access.require(actor, right)


def _units_of(employee: str, day: date) -> list[str]:
    rows = Posting.objects.filter(employee__public_id=employee, superseded_at=None, period__contains=day)
    return list(rows.values_list("unit__key", flat=True))
