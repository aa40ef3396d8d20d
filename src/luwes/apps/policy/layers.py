"""From stored rows to the layers `core` decides by."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from luwes.apps.accounts.access import Refused
from luwes.apps.policy.models import Enactment, RulebookVersion
from luwes.core.policy.rulebook import Rulebook, read_rulebook
from luwes.core.policy.stack import Layer, Recorded
from luwes.core.workdays.periods import Period
from luwes.core.workdays.status import Status

Rest = tuple[str, Period]


class Tampered(Refused):
    """The bytes of a rulebook are not those that were proposed and enacted: nothing may be decided by them."""

    code = "rulebook_tampered"


def rulebook_of(version: RulebookVersion, sha256: str = "") -> Rulebook:
    """The rulebook of a version, its bytes checked against its hash and the one enacted. Raises Tampered."""
    body = bytes(version.body)
    found = hashlib.sha256(body).hexdigest()
    if found != version.sha256 or (sha256 and found != sha256):
        raise Tampered(version.public_id)
    return _read(body)


@lru_cache(maxsize=256)
def _read(body: bytes) -> Rulebook:
    return read_rulebook(body.decode("utf-8"))


def reported(rulebook: Rulebook) -> frozenset[str]:
    """The clauses known only from reports, which bind once somebody adopts them."""
    return frozenset(one.id for one in rulebook.clauses if (one.status or rulebook.head.status) is Status.REPORTED)


def layers(enactment: Enactment, adopted: Collection[str], rests: Sequence[Rest]) -> tuple[Layer, ...]:
    """The layers of one enactment: one, or several where it rests in some areas only. Raises Tampered."""
    rulebook = rulebook_of(enactment.version, enactment.sha256)
    whole = Layer(
        rulebook,
        Recorded(enactment.recorded_at),
        not_adopted=reported(rulebook) - frozenset(adopted),
        suspended=tuple(period for area, period in rests if not area),
    )
    return in_areas(whole, [one for one in rests if one[0]])


def in_areas(layer: Layer, rests: Sequence[Rest]) -> tuple[Layer, ...]:
    """Split a layer by time, so that in each part it leaves out those of the areas where it rests then."""
    if not rests:
        return (layer,)
    spans = _spans(rests)
    areas = {span: frozenset(area for area, period in rests if period.overlaps(span)) for span in spans}
    # In order of first appearance, so that the same rows always give the same layers.
    return tuple(
        replace(
            layer,
            rulebook=_without(layer.rulebook, out) if out else layer.rulebook,
            suspended=(*layer.suspended, *(span for span in spans if areas[span] != out)),
        )
        for out in dict.fromkeys(areas.values())
    )


def _spans(rests: Sequence[Rest]) -> list[Period]:
    """All of time, cut wherever a rest begins or ends."""
    cuts = sorted({day for _, period in rests for day in (period.start, period.end) if day is not None} - {date.min})
    starts = [date.min, *cuts]
    return [Period(start, end) for start, end in zip(starts, [*cuts, None], strict=True)]


def _without(rulebook: Rulebook, areas: frozenset[str]) -> Rulebook:
    out = tuple(sorted(areas))
    clauses = tuple(replace(one, who=replace(one.who, none=(*one.who.none, *out))) for one in rulebook.clauses)
    digest = hashlib.sha256(f"{rulebook.digest} without {' '.join(out)}".encode()).hexdigest()
    return Rulebook(rulebook.head, clauses, digest)


def tried(rulebook: Rulebook, at: datetime) -> Layer:
    """A rulebook as if it had been enacted at the moment, for trying it out."""
    return Layer(rulebook, Recorded(at), draft=True)
