"""From the code on a poster to its service and the rounds that take answers: one query, because every answer asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from luwes.apps.people.models import ServiceVersion
from luwes.apps.people.queries import above
from luwes.apps.results.models import RoundKind

# Written out: building it anew for each answer would cost more than running it.
FIND = """
SELECT poster.id, poster.retired_at, point.id, point.service_id, round.id, round.kind, unit.key
FROM results_surveyposter AS poster
JOIN people_servicepoint AS point ON point.id = poster.point_id
LEFT JOIN results_surveyround AS round
    ON round.since <= %(day)s AND (round.until IS NULL OR round.until > %(day)s)
LEFT JOIN people_unit AS unit ON unit.id = round.unit_id
WHERE poster.code = %(code)s
ORDER BY round.since DESC, round.id DESC
"""


@dataclass(frozen=True, slots=True)
class Taking:
    """A round that takes answers on a day."""

    pk: int
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A poster, and the rounds that take answers about its service on the day: official first, then the newest."""

    pk: int
    retired_at: datetime | None
    point: int
    service: int
    rounds: Sequence[Taking]


def find(code: str, day: date) -> Found | None:
    """The poster with this code as it stands on the day, or None."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"code": code, "day": day})
        rows = cursor.fetchall()
    if not rows:
        return None
    poster, retired_at, point, service = rows[0][:4]
    rounds = [row[4:] for row in rows if row[4] is not None]
    if any(unit for _, _, unit in rounds):
        line = above(_owner(service, day), day)
        rounds = [row for row in rounds if row[2] is None or row[2] in line]
    rounds.sort(key=lambda row: row[1] != RoundKind.OFFICIAL)
    return Found(poster, retired_at, point, service, [Taking(pk, kind) for pk, kind, _ in rounds])


def _owner(service: int, day: date) -> str:
    rows = ServiceVersion.objects.filter(service=service, superseded_at=None, period__contains=day)
    return rows.values_list("owner__key", flat=True).first() or ""
