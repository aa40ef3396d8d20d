"""The annex: from which files the figures of a month come, by name, hash and rows."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.attendance.models import Punch
from luwes.apps.reporting.annex_told import ANSWERS, CASES, CLOSED, NO_FILE, OUTPUTS, SURVEY, AnnexTold, annex_told
from luwes.apps.reporting.monthly_facts import MonthlyFacts
from luwes.apps.results.models import (
    Bill,
    ClosedReport,
    ComplaintMonth,
    CounterTap,
    OpeningDay,
    OutputRow,
    QrAnswer,
    QueueDay,
    ServiceCase,
    SpotCheck,
    SurveyAnswer,
)
from luwes.apps.sources.models import ImportBatch
from luwes.core.indicators.suppress import Suppressed, hides
from luwes.core.workdays.periods import DAY

# What is told of the rows of a file, and the name under which it is counted.
NUMBERS = {"rows": "n", "first": "a", "last": "z"}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Rows of one file behind one kind of figure; `first` and `last` are its row numbers.

    All three None: each row is a person, and they are fewer than five or would tell of fewer than five. What no file
    brought (taps, citizens, spot checks) has no row numbers; its hash is that of the frozen procedure, "" where there
    is none.
    """

    what: str
    file_name: str
    sha256: str
    arrived: date
    rows: int | None
    first: int | None
    last: int | None


def sources(found: MonthlyFacts) -> list[SourceLine]:
    """Every file behind the figures of the month, by kind of figure and name."""
    told = annex_told(found.month, found.today)
    lines = [line for what, rows in _rows(found) for line in _lines(what, rows)]
    lines += _punches(found, told)
    for kind, what, rows in _rows_of_people(found):
        lines += _lines(what, rows, hidden=_few_of_a_service(rows) | _untold(told, kind, rows, found))
    lines += _outputs(found, told)
    lines += _budget(found)
    lines += _instruments(found, told)
    return sorted(lines, key=lambda line: (line.what, line.file_name, line.sha256))


def _rows(found: MonthlyFacts) -> Iterator[tuple[str, QuerySet[Any]]]:
    first, end = found.month, found.end
    days = _days(found)
    yield _("Antrean"), QueueDay.objects.filter(superseded_at=None, **days)
    yield _("Jam buka"), OpeningDay.objects.filter(superseded_at=None, batch__isnull=False, **days)
    yield _("Pengaduan"), ComplaintMonth.objects.filter(superseded_at=None, unit__in=found.pks, month=first)
    bills = Bill.objects.filter(superseded_at=None, unit__in=found.pks, since__lt=end, until__gt=first)
    yield _("Tagihan"), bills


def _punches(found: MonthlyFacts, told: AnnexTold) -> list[SourceLine]:
    if not any(line.days for line in found.presence.values()):
        return []
    # Punches belong to people, who move between units: the files of the month stand behind every unit's sums.
    rows = Punch.objects.filter(day__gte=found.month, day__lt=found.end)
    return _lines(_("Presensi"), rows, hidden=told.punches)


def _rows_of_people(found: MonthlyFacts) -> Iterator[tuple[str, str, QuerySet[Any]]]:
    """Facts of which each row is somebody who came: their number is a figure about so many people."""
    days = _days(found)
    due = {"due_at__date__gte": found.month, "due_at__date__lt": found.end}
    cases = ServiceCase.objects.filter(superseded_at=None, service__in=days["service__in"], **due)
    yield CASES, _("Perkara layanan"), cases
    yield SURVEY, _("Survei"), SurveyAnswer.objects.filter(superseded_at=None, batch__isnull=False, **days)


def _few_of_a_service(rows: QuerySet[Any]) -> set[int]:
    """The files with rows of a service that has fewer than five in the month: their number would tell how many."""
    counts = rows.order_by().values("service").annotate(n=Count("pk"))
    few = [row["service"] for row in counts if hides(row["n"])]
    return set(rows.filter(service__in=few).values_list("batch_id", flat=True)) if few else set()


def _untold(told: AnnexTold, kind: str, rows: QuerySet[Any], found: MonthlyFacts) -> set[int]:
    """The files with so few rows of the unit, or of one beside or below it, that their number would tell of them."""
    files = rows.order_by().values_list("batch_id", flat=True).distinct()
    return {file for file in files if told.hides(kind, file, found.key)}


def _outputs(found: MonthlyFacts, told: AnnexTold) -> list[SourceLine]:
    """Rows of results: a row is somebody's, and where a kind of results is hidden, so is how many rows it has."""
    rows = OutputRow.objects.filter(superseded_at=None, unit__in=found.pks, since__gte=found.month, since__lt=found.end)
    few = [label for label, one in found.outputs.items() if isinstance(one, Suppressed)]
    hidden = set(rows.filter(label__in=few).values_list("batch_id", flat=True)) if few else set()
    return _lines(_("Hasil kerja"), rows, hidden=hidden | _untold(told, OUTPUTS, rows, found))


def _days(found: MonthlyFacts) -> dict[str, Any]:
    return {"service__in": [one.pk for one in found.services], "day__gte": found.month, "day__lt": found.end}


def _lines(what: str, rows: QuerySet[Any], *, hidden: Collection[int] = ()) -> list[SourceLine]:
    """`hidden` are the files (by pk) whose rows are not counted."""
    counted = {
        row["batch"]: row
        for row in rows.order_by()
        .values("batch")
        .annotate(n=Count("row_number"), a=Min("row_number"), z=Max("row_number"))
    }
    return [
        SourceLine(
            what=what,
            file_name=batch.file_name,
            sha256=batch.file_sha256,
            arrived=batch.staged_at.date(),
            **{name: None if closed else row[key] for name, key in NUMBERS.items()},
        )
        for batch in ImportBatch.objects.filter(pk__in=counted)
        for row in [counted[batch.pk]]
        for closed in [batch.pk in hidden]
    ]


def _budget(found: MonthlyFacts) -> list[SourceLine]:
    files: dict[str, list[int]] = {}
    facts = {fact.batch_id: fact for fact in found.budget}
    for fact in found.budget:
        files.setdefault(fact.batch_id, []).append(fact.row_number)
    return [
        SourceLine(
            what=_("Anggaran"),
            file_name=facts[batch].file_name,
            sha256=facts[batch].file_sha256,
            arrived=facts[batch].recorded_at.date(),
            rows=len(numbers),
            first=min(numbers),
            last=max(numbers),
        )
        for batch, numbers in files.items()
    ]


def _instruments(found: MonthlyFacts, told: AnnexTold) -> list[SourceLine]:
    """What was gathered here without a file: how many, until when, and by which frozen procedure."""
    services, span = [one.pk for one in found.services], (found.month, found.end - DAY)
    at_points = {"point__service__in": services, "day__range": span}
    answers = QrAnswer.objects.filter(poster__point__service__in=services, day__range=span)
    gathered = [
        (_("Jam buka"), _("ketukan petugas di loket"), CounterTap.objects.filter(**at_points), "at", ""),
        (_("Laporan loket tutup"), _("laporan warga"), ClosedReport.objects.filter(**at_points), "at", CLOSED),
        (_("Survei"), _("jawaban poster QR"), answers, "received_at", ANSWERS),
    ]
    lines = []
    for what, name, rows, at, kind in gathered:
        said = rows.aggregate(n=Count("pk"), last=Max(at))
        if said["n"]:
            shown = None if told.hides(kind, NO_FILE, found.key) else said["n"]
            lines.append(SourceLine(what, name, "", timezone.localdate(said["last"]), shown, None, None))
    checks = SpotCheck.objects.filter(service__in=services, draw__day__range=span, filed_at__isnull=False)
    procedures = checks.order_by().values("draw__procedure__digest").annotate(n=Count("pk"), last=Max("filed_at"))
    for row in procedures:
        filed, digest = timezone.localdate(row["last"]), row["draw__procedure__digest"]
        lines.append(SourceLine(_("Uji petik"), _("pemeriksaan terundi"), digest, filed, row["n"], None, None))
    return lines
