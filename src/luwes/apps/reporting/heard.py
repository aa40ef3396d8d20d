"""What citizens said and met in a month, as sentences beside the answer about standards: survey, queue, complaints."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.people.models import ServiceVersion
from luwes.apps.reporting import wording
from luwes.apps.reporting.tellable import tellable
from luwes.apps.results import service_queries
from luwes.apps.results.measures import AnswerSums, Measure, WaitSums
from luwes.apps.results.service_queries import ServiceMonth
from luwes.apps.results.services import complaints
from luwes.core import formats
from luwes.core.indicators.complaints import ComplaintSums
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.survey import SurveyResult, survey_result


def heard(month: date, today: date, unit_key: str = "", unit_pks: Collection[int] | None = None) -> list[str]:
    """One sentence for each of the three that has at least five people behind it, each service.

    "" and None: every unit. Complaints also need that no few of them would be found by them.
    """
    found = [one.whole for one in services_heard(month, unit_pks)]
    # What is hidden of one service must not be found by taking the others from the sum.
    asked = [one.answers for one in found if isinstance(survey_result(one.answers.survey), SurveyResult)]
    recaps = [sums for (pk, _m), sums in complaints.sums([month]).items() if unit_pks is None or pk in unit_pks]
    shown = tellable(month, today)
    told = [
        _survey(sum(asked, AnswerSums()), len(asked)),
        _queue(sum((one.waits for one in found if not hides(one.waits.queue.called)), WaitSums())),
        _complaints(sum(recaps, ComplaintSums())) if shown.complaints_told(unit_key) else "",
    ]
    return [sentence for sentence in told if sentence]


def services_heard(month: date, unit_pks: Collection[int] | None = None) -> Sequence[ServiceMonth]:
    """The confirmed services of these units (None: all) with their waits and answers; other services are not read."""
    owned = None
    if unit_pks is not None:
        rows = ServiceVersion.objects.filter(superseded_at=None, owner__in=unit_pks)
        owned = set(rows.values_list("service_id", flat=True))
    found = service_queries.service_months([month], owned, measures=(Measure.QUEUE_WAIT, Measure.SURVEY))
    return [one for one in found if one.confirmed and (unit_pks is None or one.owner_pk in unit_pks)]


def _survey(sums: AnswerSums, services: int) -> str:
    result = survey_result(sums.survey)
    if not isinstance(result, SurveyResult):
        return ""
    between = result.interval
    facts = {"index": _points(result.index), "answers": _count(result.n), "count": services}
    if between is None:
        alone = ngettext(
            "IKM %(index)s dari %(answers)s jawaban pada %(count)d layanan.",
            "IKM %(index)s dari %(answers)s jawaban pada %(count)d layanan.",
            services,
        )
        return alone % facts
    return ngettext(
        "IKM %(index)s (kisaran %(low)s–%(high)s) dari %(answers)s jawaban pada %(count)d layanan.",
        "IKM %(index)s (kisaran %(low)s–%(high)s) dari %(answers)s jawaban pada %(count)d layanan.",
        services,
    ) % {**facts, "low": _points(between.low), "high": _points(between.high)}


def _queue(sums: WaitSums) -> str:
    queue = sums.queue
    if hides(queue.called) or queue.median is None or queue.p90 is None:
        return ""
    return _(
        "Antrean: separuh dari %(called)s orang dipanggil dalam %(median)d menit, sembilan dari sepuluh dalam %(p90)d "
        "menit."
    ) % {"called": _count(queue.called), "median": queue.median, "p90": queue.p90}


def _complaints(sums: ComplaintSums) -> str:
    if not sums.total or hides(sums.total):
        return ""
    return _("Pengaduan: %(total)s, selesai %(done)s.") % {"total": _count(sums.total), "done": _count(sums.done)}


def _points(value: Decimal) -> str:
    return formats.number(value, 1, wording.language())


def _count(value: int) -> str:
    return formats.number(Decimal(value), 0, wording.language())
