"""The annex: from which files the figures of a month come, by name, hash and rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from luwes.apps.attendance.models import Punch
from luwes.apps.reporting.monthly_facts import MonthlyFacts
from luwes.apps.results.models import (
    Bill,
    ComplaintMonth,
    OpeningDay,
    OutputRow,
    QueueDay,
    ServiceCase,
    SurveyAnswer,
)
from luwes.apps.sources.models import ImportBatch


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Rows of one file behind one kind of figure; `first` and `last` are its row numbers."""

    what: str
    file_name: str
    sha256: str
    arrived: date
    rows: int
    first: int
    last: int


def sources(found: MonthlyFacts) -> list[SourceLine]:
    """Every file behind the figures of the month, by kind of figure and name."""
    lines = [line for what, rows in _rows(found) for line in _lines(what, rows)]
    lines += _budget(found)
    return sorted(lines, key=lambda line: (line.what, line.file_name, line.sha256))


def _rows(found: MonthlyFacts) -> Iterator[tuple[str, QuerySet[Any]]]:
    first, end = found.month, found.end
    services = [one.pk for one in found.services]
    days = {"service__in": services, "day__gte": first, "day__lt": end}
    yield (
        _("Perkara layanan"),
        ServiceCase.objects.filter(
            superseded_at=None, service__in=services, due_at__date__gte=first, due_at__date__lt=end
        ),
    )
    yield _("Antrean"), QueueDay.objects.filter(superseded_at=None, **days)
    yield _("Survei"), SurveyAnswer.objects.filter(superseded_at=None, batch__isnull=False, **days)
    yield _("Jam buka"), OpeningDay.objects.filter(superseded_at=None, batch__isnull=False, **days)
    yield _("Pengaduan"), ComplaintMonth.objects.filter(superseded_at=None, unit__in=found.pks, month=first)
    if any(line.days for line in found.presence.values()):
        # Punches belong to people, who move between units: the files of the month stand behind every unit's sums.
        yield _("Presensi"), Punch.objects.filter(day__gte=first, day__lt=end)
    outputs = OutputRow.objects.filter(superseded_at=None, unit__in=found.pks, since__gte=first, since__lt=end)
    yield _("Hasil kerja"), outputs
    bills = Bill.objects.filter(superseded_at=None, unit__in=found.pks, since__lt=end, until__gt=first)
    yield _("Tagihan"), bills


def _lines(what: str, rows: QuerySet[Any]) -> list[SourceLine]:
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
            rows=counted[batch.pk]["n"],
            first=counted[batch.pk]["a"],
            last=counted[batch.pk]["z"],
        )
        for batch in ImportBatch.objects.filter(pk__in=counted)
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
