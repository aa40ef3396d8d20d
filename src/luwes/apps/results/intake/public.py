"""What a citizen's page needs to know; it tells nothing about persons, units within, or other posters."""

from dataclasses import dataclass
from datetime import date

from luwes.apps.people import queries as units
from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.services import queries as services
from luwes.apps.results.intake.rounds import taking
from luwes.apps.results.models import RoundKind, SurveyPoster


@dataclass(frozen=True, slots=True)
class PosterPage:
    """A poster as a citizen meets it: `taking` is False where it was taken down or no round runs."""

    code: str
    service: str
    agency: str
    point: str
    taking: bool
    retired: bool
    official: bool


def poster_page(code: str, day: date) -> PosterPage | None:
    """The poster with this code, or None."""
    found = SurveyPoster.objects.filter(code=code).select_related("point__service").first()
    if found is None:
        return None
    service = found.point.service
    version = ServiceVersion.objects.filter(service=service, superseded_at=None, period__contains=day)
    named = version.select_related("owner").first()
    point = services.point(found.point.key, day)
    owner = units.unit_on(named.owner.key, day) if named else None
    rounds = taking(service.pk, day) if found.retired_at is None and named and point else []
    return PosterPage(
        code=code,
        service=named.name if named else "",
        agency=owner.name if owner else "",
        point=point.name if point else "",
        taking=bool(rounds),
        retired=found.retired_at is not None,
        official=bool(rounds) and rounds[0].kind == RoundKind.OFFICIAL,
    )
