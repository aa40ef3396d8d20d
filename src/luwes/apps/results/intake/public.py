"""What a citizen's page needs to know; it tells nothing about persons, units within, or other posters."""

from dataclasses import dataclass
from datetime import date

from luwes.apps.people.models import ServicePointVersion, ServiceVersion
from luwes.apps.results.counters.queries import agency_of
from luwes.apps.results.intake.lookup import find
from luwes.apps.results.models import RoundKind


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
    """The poster with this code, or None. Where service or point stand no longer, nothing is taken."""
    found = find(code, day)
    if found is None:
        return None
    versions = ServiceVersion.objects.filter(service=found.service, superseded_at=None, period__contains=day)
    service = versions.values_list("name", "owner__key").first()
    points = ServicePointVersion.objects.filter(point=found.point, superseded_at=None, period__contains=day)
    point = points.values_list("name", flat=True).first()
    owner = service[1] if service else None
    agency = agency_of(owner, day) if owner else None
    stands = found.retired_at is None and service is not None and point is not None
    return PosterPage(
        code=code,
        service=service[0] if service else "",
        agency=agency.name if agency else "",
        point=point or "",
        taking=stands and bool(found.rounds),
        retired=found.retired_at is not None,
        official=bool(found.rounds) and found.rounds[0].kind == RoundKind.OFFICIAL,
    )
