"""Posters: hung up at a service point, and taken down."""

import secrets

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.accounts.secret import READABLE
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people import access
from luwes.apps.people.models import ServicePoint
from luwes.apps.people.services import queries
from luwes.apps.results.models import SurveyPoster

# Eight of 31 letters and digits: short enough to type from paper, too many (8.5e11) to try.
CODE_LENGTH = 8
LONGEST_PLACE = 120


class NoSuchPoint(Refused):
    """There is no such service point today."""

    code = "survey_no_such_point"


class NoSuchPoster(Refused):
    """There is no such poster, or it was taken down."""

    code = "survey_no_such_poster"


def make_poster(*, point_key: str, place: str) -> str:
    """Make a poster for a service point; gives its code. Raises NoSuchPoint, OutsideScope, Forbidden."""
    work = current()
    point = queries.point(point_key, work.today)
    if point is None:
        raise NoSuchPoint(point_key)
    access.require_unit(work.actor, Right.MANAGE_SERVICES, point.unit_key, work.today)
    code = "".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH))
    SurveyPoster.objects.create(
        code=code,
        point=ServicePoint.objects.get(key=point_key),
        place=" ".join(place.split())[:LONGEST_PLACE],
        recorded_at=work.now,
    )
    record(action="survey.poster_made", subject=code, facts={"point": point_key})
    return code


def retire_poster(*, code: str) -> None:
    """Take a poster down: what is sent from it later is told so. Raises NoSuchPoster, OutsideScope, Forbidden."""
    work = current()
    found = SurveyPoster.objects.filter(code=code, retired_at=None).select_related("point").first()
    point = queries.point(found.point.key, work.today) if found else None
    if found is None or point is None:
        raise NoSuchPoster(code)
    access.require_unit(work.actor, Right.MANAGE_SERVICES, point.unit_key, work.today)
    locking.lock_rows({SurveyPoster: [found.pk]})
    if SurveyPoster.objects.filter(pk=found.pk, retired_at=None).update(retired_at=work.now):
        record(action="survey.poster_retired", subject=code, facts={})
