"""Reads for lists and pages: versions with their state, what stands against a draft, decisions in words' raw form."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch

from luwes.apps.policy import drafts, queries
from luwes.apps.policy.layers import reported, rulebook_of
from luwes.apps.policy.models import Enactment, Judgement, NeedStatement, Restriction, RulebookVersion, Suspension
from luwes.apps.policy.queries import known
from luwes.core.policy.findings import Finding
from luwes.core.policy.rulebook import Rulebook
from luwes.core.workdays.periods import DAY, Period


class Standing(StrEnum):
    """How a version stands on a day."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    ANNULLED = "annulled"
    COMING = "coming"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an instrument; `first` and `last` inside; enacted fields are empty for a draft.

    `partly` are the tags for which it rests on the day though it stands for the others.
    """

    id: str
    instrument: str
    version: int
    title: str
    number: str
    issuer: str
    level: int
    issued: date | None
    first: date | None
    last: date | None
    sha256: str
    origin: str
    proposed_by: str
    proposed_at: datetime
    standing: Standing
    partly: tuple[str, ...]
    enactment: str
    enacted_by: str
    enacted_at: datetime | None
    adopted: frozenset[str]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Something that stands against a draft, and its answer where there is one."""

    finding: Finding
    reason: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is shown before it is enacted; `reported` are the clauses that wait for adoption."""

    rulebook: Rulebook
    findings: Sequence[FindingRow]
    reported: frozenset[str]


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A recorded decision, both days inside."""

    id: str
    rule: str
    subject: str
    first: date
    last: date | None
    allow: bool
    value: int | None
    decided_by: str
    reason: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A statement of need, both days inside."""

    unit_key: str
    answer: str
    reason: str
    conditions: str
    first: date
    last: date | None
    decided_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """A restriction with the figure behind it; `rule` is the clause it follows, "" where it stands on its own."""

    id: str
    unit_key: str
    effect: str
    flex_max: int | None
    rule: str
    basis: str
    first: date
    last: date | None
    figure: queries.Figure | None


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """Days on which an instrument does not hold, both inside."""

    id: str
    instrument: str
    kind: str
    area: str
    first: date
    last: date | None
    reason: str


def versions(on: date, known_at: datetime, *, instrument: str = "") -> Sequence[VersionRow]:
    """Every version proposed by then, with how it stands on the day; the highest level first. Raises Tampered."""
    current = known(Enactment, known_at).prefetch_related("adoptions")
    rows = RulebookVersion.objects.filter(proposed_at__lte=known_at).select_related("instrument")
    if instrument:
        rows = rows.filter(instrument__key=instrument)
    rows = rows.prefetch_related(Prefetch("enactments", current, to_attr="current"), "enactments")
    rules = queries.rules(on, known_at)
    standing = {(one.rulebook.head.id, one.rulebook.head.version) for one in rules.in_force(on)}
    rests = suspensions(on, on, known_at)
    found = rows.order_by("level", "instrument__key", "version", "pk")
    return [_version(row, on, known_at, standing, rests) for row in found]


def draft(version_id: str, known_at: datetime) -> Draft | None:
    """What has to be read and answered before this draft is enacted; None where there is no such draft."""
    row = RulebookVersion.objects.filter(public_id=version_id, discarded_at=None).first()
    if row is None or row.enactments.filter(superseded_at=None).exists():
        return None
    answered = drafts.answers(row)
    found = []
    for one in drafts.findings_of(row, known_at):
        answer = answered.get(one.key)
        found.append(FindingRow(one, answer.reason if answer else "", answer.answered_by if answer else ""))
    rulebook = rulebook_of(row)
    return Draft(rulebook, found, reported(rulebook))


def rulebook(version_id: str) -> Rulebook | None:
    """The rulebook of a version, its hash checked; None where there is none. Raises Tampered."""
    row = RulebookVersion.objects.filter(public_id=version_id).first()
    return rulebook_of(row) if row else None


def text(version_id: str) -> str:
    """The file as it was proposed, its hash checked; "" for an unknown version. Raises Tampered."""
    row = RulebookVersion.objects.filter(public_id=version_id).first()
    if row is None:
        return ""
    rulebook_of(row)
    return bytes(row.body).decode("utf-8")


def judgements(first: date, last: date, known_at: datetime, *, rule: str = "") -> Sequence[JudgementRow]:
    """Decisions of any day of a span, oldest first."""
    rows = known(Judgement, known_at).filter(period__overlap=_days(first, last))
    if rule:
        rows = rows.filter(rule=rule)
    return [
        JudgementRow(
            row.public_id, row.rule, row.subject, row.period.lower, queries.last_of(row.period), row.allow, row.value,
            row.decided_by, row.reason, row.recorded_by, row.recorded_at,
        )
        for row in rows.order_by("recorded_at", "pk")
    ]  # fmt: skip


def needs(unit_keys: Collection[str], first: date, last: date, known_at: datetime) -> Sequence[NeedRow]:
    """Statements of need of some units for any day of a span, by unit and time."""
    rows = known(NeedStatement, known_at).filter(period__overlap=_days(first, last), unit__key__in=list(unit_keys))
    return [
        NeedRow(
            row.unit.key, row.answer, row.reason, row.conditions, row.period.lower, queries.last_of(row.period),
            row.decided_by, row.recorded_at,
        )
        for row in rows.select_related("unit").order_by("unit__key", "period", "pk")
    ]  # fmt: skip


def restrictions(first: date, last: date, known_at: datetime) -> Sequence[RestrictionRow]:
    """Restrictions of any day of a span, those of everybody first, then by unit."""
    rows = known(Restriction, known_at).filter(period__overlap=_days(first, last)).select_related("unit", "figure")
    found = [
        RestrictionRow(
            row.public_id, row.unit.key if row.unit else "", row.effect, row.flex_max, row.rule, row.basis,
            row.period.lower, queries.last_of(row.period), queries.figure(row.figure) if row.figure else None,
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.unit_key, one.first, one.rule))


def suspensions(first: date, last: date, known_at: datetime) -> Sequence[SuspensionRow]:
    """Suspensions and withdrawals of any day of a span, oldest first."""
    rows = known(Suspension, known_at).filter(period__overlap=_days(first, last)).select_related("instrument")
    return [
        SuspensionRow(
            row.public_id, row.instrument.key, row.kind, row.area, row.period.lower, queries.last_of(row.period),
            row.reason,
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip


def _version(
    row: RulebookVersion,
    on: date,
    known_at: datetime,
    standing: set[tuple[str, int]],
    rests: Sequence[SuspensionRow],
) -> VersionRow:
    current: list[Enactment] = row.current  # type: ignore[attr-defined] # prefetched in `versions`
    enacted = current[0] if current else None
    own = [one for one in rests if one.instrument == row.instrument.key]
    stands = (row.instrument.key, row.version) in standing
    return VersionRow(
        id=row.public_id,
        instrument=row.instrument.key,
        version=row.version,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        level=row.level,
        issued=row.issued,
        first=row.first,
        last=row.last,
        sha256=row.sha256,
        origin=row.origin,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        standing=Standing.IN_FORCE if enacted and stands else _standing(row, enacted, on, known_at, own),
        partly=tuple(one.area for one in own if one.area) if stands else (),
        enactment=enacted.public_id if enacted else "",
        enacted_by=enacted.enacted_by if enacted else "",
        enacted_at=enacted.recorded_at if enacted else None,
        adopted=frozenset(one.clause for one in enacted.adoptions.all() if one.recorded_at <= known_at)
        if enacted
        else frozenset(),
    )


def _standing(
    row: RulebookVersion, enacted: Enactment | None, on: date, known_at: datetime, own: Sequence[SuspensionRow]
) -> Standing:
    """How a version stands that does not hold on the day."""
    if enacted is None:
        if row.discarded_at is not None and row.discarded_at <= known_at:
            return Standing.DISCARDED
        annulled = any(one.recorded_at <= known_at for one in row.enactments.all())
        return Standing.ANNULLED if annulled else Standing.DRAFT
    if row.first is not None and on < row.first:
        return Standing.COMING
    whole = {one.kind for one in own if not one.area}
    for kind in (Standing.WITHDRAWN, Standing.SUSPENDED):
        if kind.value in whole:
            return kind
    return Standing.EXPIRED if row.last is not None and row.last < on else Standing.SUPERSEDED


def _days(first: date, last: date) -> DateRange:
    days = Period(first, last + DAY)
    return DateRange(days.start, days.end, "[)")
