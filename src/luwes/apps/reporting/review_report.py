"""The report of articles 35-36: what head and PPK say in three panels, with the facts of the period beside it.

It needs no statistics: where an evaluation was run its sentence is added, where not that is said.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.attendance.queries import presence_month
from luwes.apps.audit.unit_of_work import current
from luwes.apps.documents import actions as documents
from luwes.apps.documents.pdf import report_pdf
from luwes.apps.documents.report import Cell, CellKind, Column, Paper, Remark, Report, Table, Verdict
from luwes.apps.evaluation.reviews import PANELS, STAGE, Panel, ReviewRow, reviews
from luwes.apps.people import access as people_access
from luwes.apps.people import queries as people
from luwes.apps.people.queries import UnitRow
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import impact, wording
from luwes.apps.reporting.actions import IssuedReport
from luwes.apps.reporting.documents import kop_of
from luwes.apps.reporting.four import month_label
from luwes.apps.reporting.standards import FLEXIBLE, OTHER, standards
from luwes.core.charts import Tone
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.standard import Verdict as Met
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.suppress import people as people_behind
from luwes.core.workdays.months import month_before, next_month
from luwes.core.workdays.periods import DAY

KIND = "stage_review"
TEXT, COUNT = CellKind.TEXT, CellKind.COUNT


class NothingReviewed(Refused):
    """Nobody has said anything of the period."""

    code = "nothing_to_issue"


def issue_review_report(*, unit_key: str, since: date, until: date, paper: Paper = Paper.A4) -> IssuedReport:
    """Issue the stages of a unit and period as PDF. Raises Forbidden, OutsideScope, NothingReviewed."""
    work = current()
    people_access.require_unit(work.actor, Right.ISSUE_REPORT, unit_key, until - DAY)
    stages = reviews(unit_key, since, until)
    unit = people.unit_on(unit_key, until - DAY)
    if not stages or unit is None:
        raise NothingReviewed(unit_key)
    report = review_report(unit, since, until, stages, work.today)
    kop = kop_of(unit, people.government(until - DAY))
    issued = documents.issue(
        kind=KIND,
        subject=unit_key,
        as_of=until - DAY,
        file_format="pdf",
        render=lambda stamp: report_pdf(report, kop=kop, stamp=stamp, language=wording.language(), paper=paper),
    )
    return IssuedReport(
        file_name=f"evaluasi-pasal-35-{since:%Y-%m}-{until - DAY:%Y-%m}.pdf",
        payload=issued.payload,
        sha256=issued.sha256,
        audit_head=issued.stamp.audit_head,
        code=issued.stamp.code,
    )


def review_report(unit: UnitRow, since: date, until: date, stages: Sequence[ReviewRow], today: date) -> Report:
    """The stages as a document."""
    last = stages[-1]
    decided = last.stage == STAGE.PPK
    months = _months(since, until)
    run = impact.found_by(months[-1])
    # As many months before as in the period: the regulation asks for both.
    both = [*_months(_back(months[0], len(months)), months[0]), *months]
    return Report(
        title=_("Evaluasi pelaksanaan kerja fleksibel (pasal 35-36)"),
        subject=unit.name,
        period=_("%(since)s sampai %(until)s") % {"since": wording.day(since), "until": wording.day(until - DAY)},
        verdict=Verdict(
            _("Diputus PPK") if decided else _("Dinilai kepala unit, menunggu PPK"),
            (Tone.GOOD if decided else Tone.NEAR).value,
            last.conclusion,
            "2/2" if decided else "1/2",
            _("tahap"),
        ),
        notices=[*impact.service_sentences(run)],
        facts=[],
        pictures=[],
        tables=[
            *(_panels(one) for one in stages),
            _service_facts(unit, both, since, today),
            _presence_facts(unit, both, since),
            *([_means(stages)] if any(one.means for one in stages) else []),
        ],
        remarks_title=_("Pengesahan"),
        remarks=[_remark(one) for one in stages],
        definitions=[
            (
                _("Sebelum dan sesudah"),
                _("angka masa ini berdampingan dengan masa sebelumnya; bedanya belum berarti akibat."),
            )
        ],
    )


def _remark(one: ReviewRow) -> Remark:
    return Remark(one.conclusion, f"{_stage(one)}: {one.signer}, {wording.day(one.signed_on)}")


def _stage(one: ReviewRow) -> str:
    return _("PPK") if one.stage == STAGE.PPK else _("Kepala unit")


def _names() -> dict[str, str]:
    return dict(zip(PANELS, (_("Kinerja"), _("Disiplin"), _("Sarana dan prasarana")), strict=True))


def _panels(one: ReviewRow) -> Table:
    return Table(
        title=_("Penilaian %(stage)s") % {"stage": _stage(one)},
        columns=[Column(_("Panel"), TEXT, 22), Column(_("Penilaian"), TEXT, 80)],
        rows=[[name, _told(one.panels[code])] for code, name in _names().items()],
    )


def _told(panel: Panel) -> str:
    return panel.text or _("Ditiadakan: %(reason)s") % {"reason": panel.waived}


def _months(since: date, until: date) -> list[date]:
    found, month = [], since.replace(day=1)
    while month < until:
        found.append(month)
        month = next_month(month)
    return found


def _back(month: date, count: int) -> date:
    for _each in range(count):
        month = month_before(month)
    return month


def _label(month: date, since: date) -> str:
    """The month, and whether it lies before the period."""
    named = month_label(month)
    return _("%(month)s (sebelumnya)") % {"month": named} if month < since.replace(day=1) else named


def _service_facts(unit: UnitRow, months: Sequence[date], since: date, today: date) -> Table:
    """How many services met their standard, on flexible and on other days, month by month."""
    rows: list[list[Cell]] = []
    for month in months:
        owners = below(unit.key, people.units_on(month))
        found = standards(month, until=today, owners=owners)
        counts = {kind: Counter(one.answers[kind].verdict for one in found) for kind in (FLEXIBLE, OTHER)}
        cells = [counts[kind][met] for kind in (FLEXIBLE, OTHER) for met in (Met.MEETS, Met.FAILS)]
        rows.append([_label(month, since), *cells])
    return Table(
        title=_("Layanan terhadap standarnya, sebelum dan dalam masa ini"),
        columns=[
            Column(_("Bulan"), TEXT, 26),
            Column(_("Memenuhi, hari fleksibel"), COUNT, 14),
            Column(_("Tidak, hari fleksibel"), COUNT, 14),
            Column(_("Memenuhi, hari lain"), COUNT, 14),
            Column(_("Tidak, hari lain"), COUNT, 14),
        ],
        rows=rows,
        note=_("Layanan yang belum dapat dinilai tidak dihitung. Perbedaan ini belum berarti akibat kerja fleksibel."),
    )


def _presence_facts(unit: UnitRow, months: Sequence[date], since: date) -> Table:
    rows: list[list[Cell]] = []
    for month in months:
        lines = presence_month(unit.key, month)
        both = [lines[kind] for kind in (DayKind.FLEXIBLE, DayKind.OTHER)]
        shown: list[int | None] = []
        for line in both:
            few = not line.numbers["required"] or hides(people_behind(line.numbers["required"], line.known))
            shown += [None, None] if few else [line.numbers["present"], line.numbers["required"]]
        rows.append([_label(month, since), *shown])
    return Table(
        title=_("Kehadiran, sebelum dan dalam masa ini"),
        columns=[
            Column(_("Bulan"), TEXT, 26),
            Column(_("Hadir, hari fleksibel"), COUNT, 14),
            Column(_("Wajib, hari fleksibel"), COUNT, 14),
            Column(_("Hadir, hari lain"), COUNT, 14),
            Column(_("Wajib, hari lain"), COUNT, 14),
        ],
        rows=rows,
        note=_("– berarti tidak ada data, atau kurang dari lima orang."),
    )


def _means(stages: Sequence[ReviewRow]) -> Table:
    return Table(
        title=_("Catatan sarana yang disediakan"),
        columns=[
            Column(_("Sarana"), TEXT, 40),
            Column(_("Jumlah"), TEXT, 20),
            Column(_("Sejak"), CellKind.DATE, 16),
            Column(_("Dicatat"), TEXT, 16),
        ],
        rows=[[each.what, each.amount, each.since, _stage(one)] for one in stages for each in one.means],
    )
