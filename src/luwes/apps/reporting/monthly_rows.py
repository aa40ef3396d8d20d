"""The fourteen rows of the monthly report: filled from files where files can, otherwise named as a gap.

The rows are those of the form seen in practice for the circular of the home ministry (regulation notes, 2.3). What
would need an evaluation is said to be open: better, same or worse, and saved or not, are not read from two numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import add

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.documents.report import CellKind, Column, Table
from luwes.apps.evaluation import costs
from luwes.apps.reporting import form_fields, form_values, four, impact, instruments, wording
from luwes.apps.reporting.monthly_facts import Meters, MonthlyFacts
from luwes.apps.reporting.monthly_meters import utility
from luwes.apps.reporting.realised import realised_shown
from luwes.core import formats
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.energy import Claim, check_claim
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.realised import Realised
from luwes.core.indicators.suppress import hides, people

NOBODY = Realised(frozenset(), 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row: its section, what it says, and where from. `filled` False: only people can fill it, and have not.

    `code` says in every language and version which row it is.
    """

    code: str
    section: int
    label: str
    text: str
    origin: str
    filled: bool = True


def form_lines(found: MonthlyFacts) -> list[FormLine]:
    """The rows in the order of the form."""
    filled = {1: _duty(found), 4: _service(found), 10: _savings(found)}
    return [line for section in form_fields.SECTIONS for line in (*filled.get(section, ()), *_asked(found, section))]


def form_table(lines: Sequence[FormLine]) -> Table:
    """The rows as a table."""
    return Table(
        title=_("Isian laporan"),
        columns=[
            Column(_("Bagian"), CellKind.COUNT, 8),
            Column(_("Baris"), CellKind.TEXT, 38),
            Column(_("Isi"), CellKind.TEXT, 56),
            Column(_("Asal"), CellKind.TEXT, 28),
        ],
        rows=[[line.section, line.label, line.text, line.origin] for line in lines],
    )


def not_concluded() -> str:
    """The word for what an evaluation alone can say."""
    return _("Belum dapat disimpulkan")


def _asked(found: MonthlyFacts, section: int) -> list[FormLine]:
    """What the perangkat daerah wrote in a section, and what it left empty with the reason stated at signing."""
    title, origin = str(form_fields.SECTIONS[section]), _("isian perangkat daerah")
    state, code = found.form, f"section_{section}"
    if section in (4, 10):
        return []
    if state is None:
        if found.unit is None:
            return [FormLine(code, section, title, _("Lihat laporan setiap perangkat daerah."), origin)]
        return [FormLine(code, section, title, _("Diisi pada laporan perangkat daerahnya."), origin)]
    fields = [field for field in state.fields if field.section == section]
    if fields and not state.form.version:
        return [FormLine(code, section, title, _("Belum diisi."), origin, filled=False)]
    reasons = state.signature.gaps if state.signature else {}
    found_lines = []
    for field in fields:
        value = state.form.values.get(field.code)
        if value is not None:
            text = form_values.shown(field, value, wording.language())
            found_lines.append(FormLine(field.code, section, str(field.label), text, origin))
        elif field.code in state.missing:
            reason = reasons.get(field.code, "")
            text = _("Belum diisi: %(reason)s") % {"reason": reason} if reason else _("Belum diisi.")
            found_lines.append(FormLine(field.code, section, str(field.label), text, origin, filled=False))
    return found_lines


def _duty(found: MonthlyFacts) -> list[FormLine]:
    """What was planned, and what came of it in the units of which that is known: both of the same people."""
    plans = found.presence.values()
    planned, on_duty = (sum(getattr(line, name) for line in plans) for name in ("planned", "planned_on_duty"))
    few = hides(people(on_duty, 2 * sum(line.days for line in plans))) or found.told.plans.hides(found.key)
    if not on_duty or few:
        return []
    days = found.presence[DayKind.FLEXIBLE].days
    text = ngettext(
        "%(count)d hari fleksibel; direncanakan %(planned)s dari setengah hari tugas.",
        "%(count)d hari fleksibel; direncanakan %(planned)s dari setengah hari tugas.",
        days,
    ) % {"count": days, "planned": _pct(Fraction(planned, on_duty))}
    if told := _really(found):
        text += " " + told
    return [FormLine("duty", 1, _("Pelaksanaan tugas kedinasan"), text, _("rencana hari fleksibel dan presensi"))]


def _really(found: MonthlyFacts) -> str:
    known = [
        line
        for line in found.realised
        if line.kind is None and line.chosen and None not in realised_shown(found.told, line)
    ]
    real = reduce(add, (line.chosen.figure for line in known if line.chosen), NOBODY)
    if real.share is None or real.planned_share is None:
        return ""
    if found.unit is not None:
        return _("Nyatanya %(real)s bekerja di luar kantor.") % {"real": _pct(real.share)}
    return ngettext(
        "Di %(count)d perangkat daerah yang ada buktinya direncanakan %(planned)s, nyatanya %(real)s di luar kantor.",
        "Di %(count)d perangkat daerah yang ada buktinya direncanakan %(planned)s, nyatanya %(real)s di luar kantor.",
        len(known),
    ) % {"count": len(known), "planned": _pct(real.planned_share), "real": _pct(real.share)}


def _service(found: MonthlyFacts) -> list[FormLine]:
    answer = four.service_answer(found.standards, found.month)
    outputs = [one for one in found.outputs.values() if isinstance(one, OutputSums)]
    target = sum(outputs, OutputSums()).against_target
    reached = _("Belum ada hasil kerja yang bertarget.") if target is None else _pct(target)
    reason = _("%(word)s: belum ada evaluasi yang membandingkan hari fleksibel dengan hari lain. %(standard)s")
    heard = instruments.sentences(found.standards, found.month, found.today)
    return [
        FormLine("standards", 4, _("Layanan terhadap standarnya"), answer.sentence, _("data layanan dan presensi")),
        *(
            [
                FormLine(
                    "instruments",
                    4,
                    _("Jam buka menurut tiga alat ukur"),
                    " ".join(heard),
                    _("petugas, uji petik, dan warga"),
                )
            ]
            if heard
            else []
        ),
        FormLine("targets", 4, _("Target hasil kerja"), reached, _("hasil kerja"), filled=target is not None),
        FormLine(
            "quality",
            4,
            _("Mutu layanan naik, sama, atau turun"),
            _impact(found) or reason % {"word": not_concluded(), "standard": answer.sentence},
            _("evaluasi"),
        ),
    ]


def _impact(found: MonthlyFacts) -> str:
    """What an evaluation found; "" where there was none."""
    return "" if found.impact is None else " ".join(impact.service_sentences(found.impact))


def _savings(found: MonthlyFacts) -> list[FormLine]:
    if not found.meters:
        text = _("Belum ada tagihan listrik, air, data, atau bahan bakar bulan ini.")
        return [FormLine("savings", 10, _("Penghematan"), text, _("tagihan"), filled=False)]
    return [
        FormLine(f"saving_{one.utility.value}", 10, utility(one.utility), _saving(found, one), _("tagihan"))
        for one in found.meters
    ]


def _saving(found: MonthlyFacts, one: Meters) -> str:
    start = _("%(word)s:") % {"word": not_concluded()}
    if one.change is None:
        return f"{start} " + _("tidak ada tagihan lengkap bulan yang sama tahun lalu untuk dibandingkan.")
    sentence = _("pemakaian berubah %(change)s dari bulan yang sama tahun lalu; %(reason)s")
    told = {"change": _signed(one.change), "reason": _reason(found, one.change)}
    return " ".join(filter(None, (start, sentence % told, _beside(found, one))))


def _beside(found: MonthlyFacts, one: Meters) -> str:
    """The change beside that of units without flexible days; "" for one unit, or where none can be compared."""
    if found.unit is not None:
        return ""
    compared = costs.beside(one.utility, found.month.replace(year=found.month.year - 1), found.month)
    return "" if compared is None else costs.sentence(compared, 1)


def _reason(found: MonthlyFacts, change: Fraction) -> str:
    closed = found.presence[DayKind.FLEXIBLE].days
    days = closed + found.presence[DayKind.OTHER].days
    if change < 0 and days:
        claim = check_claim(-change, closed, days)
        if claim is Claim.ABOVE_CEILING:
            return _("turunnya lebih besar daripada yang mungkin dari hari fleksibel saja, jadi ada sebab lain.")
        if claim is Claim.ABOVE_CEILING_WITH_BASE:
            return _("turunnya melebihi yang wajar dari hari fleksibel dengan beban dasar gedung.")
    return _("itu saja belum berarti penghematan.")


def _pct(share: Fraction) -> str:
    return formats.percent(Decimal(round(share * 1000)) / 10, 1, wording.language())


def _signed(share: Fraction) -> str:
    return wording.signed_pct(Decimal(round(share * 10_000)) / 100)
