"""Rounds of the survey: begun and closed."""

from datetime import date

from django.db.models import Q

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import Unit
from luwes.apps.results.models import RoundKind, SurveyRound
from luwes.core.workdays.periods import DAY


class RoundNameMissing(Refused):
    """A round needs a name."""

    code = "survey_round_name_missing"


class RoundTooLate(Refused):
    """The last day lies before the first, or before today."""

    code = "survey_round_too_late"


class RoundBegunBefore(Refused):
    """A round begins today or later: nobody can have answered before."""

    code = "survey_round_in_the_past"


class RoundThere(Refused):
    """A round of this kind takes answers for the same units on some of these days."""

    code = "survey_round_there"


class NoSuchRound(Refused):
    """There is no such round, or it is closed."""

    code = "survey_no_such_round"


def begin_round(*, kind: RoundKind, name: str, unit_key: str, since: date, last: date | None) -> str:
    """Begin a round for a unit and all below it ("": everybody); `last` is its last day. Gives its key.

    Raises RoundNameMissing, RoundBegunBefore, RoundTooLate, RoundThere, OutsideScope, Forbidden.
    """
    work = current()
    unit = None
    if unit_key:
        access.require_unit(work.actor, Right.MANAGE_SERVICES, unit_key, work.today)
        unit = Unit.objects.get(key=unit_key)
    else:
        rights.require_whole(work.actor, Right.MANAGE_SERVICES)
    if not name.strip():
        raise RoundNameMissing
    if since < work.today:
        raise RoundBegunBefore
    if last is not None and last < since:
        raise RoundTooLate
    # Two forms at once must not begin the same round twice.
    locking.lock_rows({}, names=["survey:rounds"])
    until = None if last is None else last + DAY
    same = SurveyRound.objects.filter(Q(until=None) | Q(until__gt=since), kind=kind.value, unit=unit)
    if (same if until is None else same.filter(since__lt=until)).exists():
        raise RoundThere
    made = SurveyRound.objects.create(
        kind=kind.value, name=name.strip(), unit=unit, since=since, until=until, recorded_at=work.now
    )
    record(
        action="survey.round_begun",
        subject=made.key,
        facts={"kind": kind.value, "unit": unit_key, "since": since.isoformat()},
    )
    return made.key


def close_round(*, key: str) -> None:
    """Take no answers from tomorrow on; a round that has not begun takes none at all. Raises NoSuchRound."""
    work = current()
    found = SurveyRound.objects.filter(key=key).select_related("unit").first()
    if found is None:
        raise NoSuchRound(key)
    require_round(found.unit.key if found.unit else "", work.today)
    locking.lock_rows({SurveyRound: [found.pk]}, names=["survey:rounds"])
    end = max(found.since, work.today) + DAY
    if SurveyRound.objects.filter(Q(until=None) | Q(until__gt=end), pk=found.pk).update(until=end) == 0:
        raise NoSuchRound(key)
    record(action="survey.round_closed", subject=key, facts={"until": end.isoformat()})


def require_round(unit_key: str, day: date) -> None:
    """Whether the actor runs the surveys of this unit ("": of everybody). Raises OutsideScope, Forbidden."""
    actor = current().actor
    if unit_key:
        access.require_unit(actor, Right.MANAGE_SERVICES, unit_key, day)
    else:
        rights.require_whole(actor, Right.MANAGE_SERVICES)
