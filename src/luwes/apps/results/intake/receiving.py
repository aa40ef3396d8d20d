"""Taking an answer in: one statement, durable, once for each form however often it is sent.

Nothing is audited and nothing locked here, so that answers of the same second do not wait for each other. Flags and
daily figures follow in `summing`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.utils import timezone

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.secret import keyed
from luwes.apps.audit.unit_of_work import current
from luwes.apps.results.intake.answers import Said
from luwes.apps.results.intake.lookup import find
from luwes.apps.results.models import RoundKind, SurveyComment
from luwes.core.intake import PER_POSTER, WINDOW, Flag, over_limit, said_ago
from luwes.core.intake.limits import PER_NETWORK

# The count stops at the limit: a flood costs no more than a busy hour.
STORE = """
WITH recent AS (
    SELECT network FROM results_qranswer WHERE poster_id = %(poster)s AND received_at > %(since)s LIMIT %(per_poster)s
), busy AS (
    SELECT count(*) AS here, count(*) FILTER (WHERE network = %(network)s) AS same FROM recent
), stored AS (
    INSERT INTO results_qranswer (number, poster_id, round_id, day, said_at, received_at, elements, was_served,
        as_promised, satisfied, device, network, flags)
    SELECT %(number)s, %(poster)s, %(round)s, %(day)s, %(said)s, %(now)s, %(elements)s::smallint[], %(served)s,
        %(promised)s, %(satisfied)s, %(device)s, %(network)s, %(flags)s::varchar[]
    FROM busy WHERE here < %(per_poster)s AND same < %(per_network)s
    ON CONFLICT (number) DO NOTHING
    RETURNING id
)
SELECT (SELECT id FROM stored), here, same,
    EXISTS (SELECT 1 FROM results_qranswer WHERE number = %(number)s)
FROM busy
"""


class UnknownCode(Refused):
    """No poster bears this code."""

    code = "survey_unknown_code"


class PosterRetired(Refused):
    """The poster was taken down."""

    code = "survey_poster_retired"


class RoundClosed(Refused):
    """No round took answers about this service on that day."""

    code = "survey_round_closed"


class TooMany(Refused):
    """More answers than a counter can serve came from this poster within the hour: to be sent again later."""

    code = "survey_too_many"


class Outcome(StrEnum):
    """What became of a form."""

    STORED = "stored"
    DOUBLE = "double"


def receive(*, code: str, said: Said, address: str, agent: str) -> Outcome:
    """Store one answer of a citizen; the same form again changes nothing and is no fault.

    `address` is only kept as a digest keyed by the day, `agent` only as a class of device. Raises UnknownCode,
    PosterRetired, RoundClosed, TooMany.
    """
    now = current().now
    at, believed = said_ago(now, said.waited)
    day = timezone.localdate(at)
    found = find(code, day)
    if found is None:
        raise UnknownCode
    if found.retired_at is not None and at >= found.retired_at:
        raise PosterRetired
    if not found.rounds:
        raise RoundClosed
    asked = RoundKind.OFFICIAL if said.elements else RoundKind.SHORT
    chosen = next((one for one in found.rounds if one.kind == asked), found.rounds[0])
    values: dict[str, Any] = {
        "poster": found.pk,
        "round": chosen.pk,
        "number": said.number,
        "day": day,
        "said": at,
        "now": now,
        "elements": list(said.elements),
        "served": said.served,
        "promised": said.promised,
        "satisfied": said.satisfied,
        "device": device_class(agent),
        "network": network_digest(address, now),
        "flags": [] if believed else [Flag.CLOCK.value],
        "since": now - WINDOW,
        "per_poster": PER_POSTER,
        "per_network": PER_NETWORK,
    }
    return _store(values, said.comment, now)


def _store(values: dict[str, Any], comment: str, now: datetime) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        pk, here, same, known = cursor.fetchone()
    if pk is None:
        if over_limit(here, same) and not known:
            raise TooMany
        return Outcome.DOUBLE
    if comment:
        SurveyComment.objects.create(answer_id=pk, text=comment, received_at=now)
    return Outcome.STORED


def network_digest(address: str, now: datetime) -> str:
    """The network as it is told apart within one day; the next day it is another one."""
    day = timezone.localdate(now).isoformat()
    return keyed("survey-network", f"{day} {_network(address)}")[:16] if address else ""


def _network(address: str) -> str:
    # A phone with IPv6 takes new addresses all day, always within its network's first four groups.
    return ":".join(address.split(":")[:4]) if ":" in address else address


def device_class(agent: str) -> str:
    """A class of device wide enough to name nobody."""
    for word, name in (("Android", "android"), ("iPhone", "ios"), ("iPad", "ios")):
        if word in agent:
            return name
    return "komputer" if any(word in agent for word in ("Windows", "Macintosh", "X11")) else "lain"
