"""The three instruments over many services: a sentence each for the leader, a row per service for the report."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.documents.report import Cell, CellKind, Column, Table
from luwes.apps.reporting import witnesses_wording
from luwes.apps.reporting.standards import ALL, ServiceStandard
from luwes.apps.reporting.witnesses import NOTHING, all_checks
from luwes.core.indicators.standard import Promise, PromiseAnswer, Verdict
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.witnesses import Witnesses, bounds
from luwes.core.workdays.months import next_month

TEXT, COUNT, PERCENT = CellKind.TEXT, CellKind.COUNT, CellKind.PERCENT


def sentences(found: Sequence[ServiceStandard], month: date, today: date) -> list[str]:
    """What officers, spot checks and citizens each say about the month, and where the record was overruled."""
    told = [
        _officers(found),
        witnesses_wording.checks(all_checks([one.key for one in found], month, next_month(month), today)),
        *_citizens([one.witnesses[ALL] for one in found]),
        _overruled(sum(one.overruled for one in found)),
    ]
    return [sentence for sentence in told if sentence]


def overruled(found: Sequence[ServiceStandard]) -> list[tuple[str, str, str]]:
    """Key, name and why of each service whose own record others kept from meeting its standard."""
    return [
        (one.key, one.name, _("catatan petugas disangkal warga atau uji petik"))
        for one in found
        if one.overruled and one.whole.verdict is Verdict.NOT_ENOUGH_DATA
    ]


def table(found: Sequence[ServiceStandard]) -> Table:
    """Each service by each instrument: never added, and who decided about its hours."""
    return Table(
        title=_("Jam buka menurut tiga alat ukur"),
        columns=[
            Column(_("Layanan"), TEXT, 25),
            Column(_("Menurut petugas: jam dibuka (%)"), PERCENT, 13),
            Column(_("Menurut uji petik: jam dilayani (%)"), PERCENT, 13),
            Column(_("Kisaran dari (%)"), PERCENT, 11),
            Column(_("Kisaran sampai (%)"), PERCENT, 12),
            Column(_("Diperiksa"), COUNT, 13),
            Column(_("Tidak diisi"), COUNT, 10),
            Column(_("Menurut warga: laporan tutup"), COUNT, 12),
            Column(_("Menurut warga: dilayani (%)"), PERCENT, 12),
            Column(_("Yang menentukan"), TEXT, 18),
        ],
        rows=[row for one in found if (row := _row(one)) is not None],
        note=_(
            "Ketiganya tidak dijumlahkan. Uji petik diundi dan diperiksa orang lain; bila bertentangan, ia didahulukan "
            "atas catatan petugas. – berarti tidak ada data, atau kurang dari lima warga."
        ),
    )


def _row(one: ServiceStandard) -> list[Cell] | None:
    seen, own = one.witnesses[ALL], _hours(one)
    if seen == NOTHING and (own is None or own.share is None):
        return None
    yes, of = seen.served
    checks = seen.checks
    between = None if checks is None else bounds(checks)
    return [
        one.name,
        None if own is None or own.share is None else _pct(own.share),
        None if checks is None else _pct(Fraction(checks.share)),
        None if between is None else _pct(between.low),
        None if between is None else _pct(between.high),
        0 if checks is None else checks.checks,
        seen.unfiled,
        None if hides(seen.reports) else seen.reports,
        None if not of or hides(of) else _pct(Fraction(yes, of)),
        _who(one),
    ]


def _who(one: ServiceStandard) -> str:
    found = one.weighed[ALL]
    who = witnesses_wording.instrument(found.decided_by)
    if one.overruled and one.whole.verdict is Verdict.NOT_ENOUGH_DATA:
        return _("%(who)s, disangkal") % {"who": who}
    return who


def _hours(one: ServiceStandard) -> PromiseAnswer | None:
    return next((part for part in one.own[ALL].promises if part.figures.promise is Promise.HOURS_KEPT), None)


def _officers(found: Sequence[ServiceStandard]) -> str:
    judged = [own.verdict for one in found if (own := _hours(one)) is not None and own.share is not None]
    if not judged:
        return ""
    return ngettext(
        "Menurut petugas: %(kept)d dari %(count)d layanan yang mencatat jam bukanya pasti menepatinya.",
        "Menurut petugas: %(kept)d dari %(count)d layanan yang mencatat jam bukanya pasti menepatinya.",
        len(judged),
    ) % {"kept": judged.count(Verdict.MEETS), "count": len(judged)}


def _citizens(seen: Sequence[Witnesses]) -> list[str]:
    # What is hidden of one service must not be found by taking the others from the sum.
    asked = [one.served for one in seen if not hides(one.served[1])]
    together = Witnesses(
        reports=sum(one.reports for one in seen),
        served=(sum(yes for yes, _of in asked), sum(of for _yes, of in asked)),
    )
    return [witnesses_wording.reports(together), witnesses_wording.answers(together)]


def _overruled(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "Pada %(count)d layanan uji petik atau warga mengubah jawaban catatan petugas; yang menentukan disebut pada "
        "layanannya.",
        "Pada %(count)d layanan uji petik atau warga mengubah jawaban catatan petugas; yang menentukan disebut pada "
        "layanannya.",
        count,
    ) % {"count": count}


def _pct(share: Fraction) -> Decimal:
    return Decimal(round(share * 10_000)) / 100
