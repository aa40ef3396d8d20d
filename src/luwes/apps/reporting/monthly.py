"""The monthly report of one unit or of the whole government as a document: what is missing first, then what is known.

Rows that files fill are filled; rows only people can fill are named as gaps. No cause is claimed anywhere: whether
flexible work changed anything is a question of the evaluation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.documents.report import Remark, Report, Verdict
from luwes.apps.people.models import HeadCapacity
from luwes.apps.people.staff import heads as staff
from luwes.apps.reporting import (
    form_wording,
    four,
    impact,
    monthly_rows,
    monthly_sections,
    monthly_sources,
    wording,
)
from luwes.apps.reporting.answers import Answer
from luwes.apps.reporting.monthly_content import Since, since_signed
from luwes.apps.reporting.monthly_facts import MonthlyFacts, read
from luwes.apps.reporting.monthly_rows import FormLine
from luwes.apps.reporting.monthly_sources import SourceLine
from luwes.core.indicators.survey import SurveyResult, survey_result
from luwes.core.workdays.periods import DAY


@dataclass(frozen=True, slots=True)
class Monthly:
    """One month of one unit (or of all): its facts, the rows of the form, the files behind them, and the gaps.

    `since` names the tables that are no longer as they were signed.
    """

    facts: MonthlyFacts
    lines: Sequence[FormLine]
    files: Sequence[SourceLine]
    gaps: Sequence[str]
    answer: Answer
    since: Since

    @property
    def name(self) -> str:
        """The unit, else the government."""
        unit = self.facts.unit or self.facts.government
        return settings.AGENCY_NAME if unit is None else unit.name

    @property
    def label(self) -> str:
        """The month as it is said."""
        return four.month_label(self.facts.month)


def monthly(unit_key: str, month: date, today: date) -> Monthly:
    """Read the month of a unit ("": the whole government)."""
    found = read(unit_key, month.replace(day=1), today)
    lines = monthly_rows.form_lines(found)
    files = monthly_sources.sources(found)
    answer = four.service_answer(found.standards, found.month)
    return Monthly(found, lines, files, gaps(found, lines), answer, since_signed(found, lines))


def gaps(found: MonthlyFacts, lines: Sequence[FormLine]) -> list[str]:
    """What the report lacks, each as one sentence with what would fill it."""
    told = []
    if not found.over:
        told.append(_("Bulan ini belum berakhir; angkanya masih bertambah."))
    lacking = [
        (not found.standards, _("Belum ada layanan yang ditetapkan beserta standarnya.")),
        (
            bool(found.standards) and not any(p.figures.of for one in found.standards for p in one.whole.promises),
            _("Belum ada data layanan: perkara, jam buka, atau presensi petugas."),
        ),
        (not any(line.presence.required for line in found.presence.values()), _("Belum ada presensi yang dihitung.")),
        (not found.outputs, _("Belum ada hasil kerja.")),
        (not any(_surveyed(found)), _("Belum ada jawaban survei kepuasan.")),
        (found.complaints is None, _("Belum ada rekap pengaduan.")),
        (
            found.complaints_hidden,
            _("Pengaduan tidak ditampilkan: kurang dari lima, atau angka sekecil itu akan terbaca darinya."),
        ),
        (not found.budget, _("Belum ada angka anggaran sampai akhir bulan ini.")),
        (not found.meters, _("Belum ada tagihan listrik, air, data, atau bahan bakar.")),
    ]
    told += [sentence for missing, sentence in lacking if missing]
    if unfinished := sum(one.unfinished for one in found.meters):
        told.append(_("%(count)d tagihan unit belum mencakup seluruh bulan.") % {"count": unfinished})
    if found.board:
        told.append(form_wording.progress(found.board))
    asked = [line for line in lines if not line.filled]
    if asked:
        names = "; ".join(f"{line.section}. {line.label}" for line in asked)
        told.append(_("Belum diisi: %(rows)s.") % {"rows": names})
    return told


def _surveyed(found: MonthlyFacts) -> list[bool]:
    return [survey_result(one.whole.answers.survey) is not None for one in found.services]


def monthly_report(one: Monthly) -> Report:
    """The month as a document, for PDF and workbook alike."""
    answer = one.answer
    return Report(
        title=_("Laporan bulanan pelaksanaan kerja fleksibel"),
        subject=one.name,
        period=one.label,
        verdict=Verdict(answer.word, answer.tone.value, answer.sentence, answer.number, answer.denominator),
        notices=one.gaps,
        facts=[
            (
                _("Mutu layanan naik, sama, atau turun"),
                impact.quality_word(one.facts.impact),
            ),
            *_impact_facts(one.facts),
            (_("Penghematan"), monthly_rows.not_concluded()),
            (_("Data sampai"), wording.day(min(one.facts.today, one.facts.end - DAY))),
            *_survey_fact(one.facts),
        ],
        pictures=[],
        tables=[monthly_rows.form_table(one.lines), *monthly_sections.tables(one.facts, one.files)],
        remarks_title=_("Pengesahan"),
        remarks=[_signature(one)],
        definitions=_definitions(),
    )


def _impact_facts(found: MonthlyFacts) -> list[tuple[str, str]]:
    """What an evaluation says of the whole government, or the cheapest lot that would let one say it."""
    if found.unit is not None:
        return []
    told = [*impact.service_sentences(found.impact), *impact.cheapest_sentences(found.impact, found.today)]
    return [(_("Dampak kerja fleksibel"), " ".join(told))]


def _survey_fact(found: MonthlyFacts) -> list[tuple[str, str]]:
    judged = [one for one in found.services if isinstance(survey_result(one.whole.answers.survey), SurveyResult)]
    if not judged:
        return []
    return [(_("Layanan dengan survei"), str(len(judged)))]


def _signature(one: Monthly) -> Remark:
    """Who signed and when; else a place to sign, and that nothing is signed yet."""
    form, unit = one.facts.form, one.facts.unit
    if form is not None and (signed := form.signature) is not None:
        told = _("Ditandatangani %(date)s.") % {"date": wording.day(timezone.localdate(signed.signed_at))}
        if signed.report_sha256:
            # A file carries its own code and moment, so each issue differs; the first is the one that was signed for.
            told += " " + _("Berkas pertama sesudah tanda tangan: SHA-256 %(hash)s.") % {
                "hash": signed.report_sha256[:12]
            }
        told += " " + " ".join(_since(one.since))
        return Remark(told, signed.signed_by)
    heads = [] if unit is None else staff.heads(unit.key, min(one.facts.today, one.facts.end - DAY))
    lasting = not heads or heads[0].capacity == HeadCapacity.DEFINITIVE
    post = _("Kepala") if lasting else HeadCapacity(heads[0].capacity).label
    name = heads[0].name if heads else "…………………………"
    return Remark(
        _("Belum ditandatangani. Tempat dan tanggal: …………………………"),
        _("%(post)s: %(name)s, NIP …………………………") % {"post": post, "name": name},
    )


def _since(since: Since) -> list[str]:
    told = []
    if since.changed:
        told.append(_("Isinya berbeda dari yang ditandatangani: %(tables)s.") % {"tables": "; ".join(since.changed)})
    if since.incomparable:
        told.append(
            _("Susunannya berubah sejak ditandatangani, jadi tidak dapat dibandingkan seluruhnya: %(tables)s.")
            % {"tables": "; ".join(since.incomparable)}
        )
    return told or [_("Isinya sama dengan yang ditandatangani.")]


def _definitions() -> list[tuple[str, str]]:
    return [
        (
            _("Memenuhi standar"),
            _(
                "bagian yang ditepati beserta kisarannya mencapai bagian yang wajib; yang tidak tercatat tidak "
                "dianggap ditepati."
            ),
        ),
        (_("Kehadiran"), _("orang-hari hadir dibagi orang-hari yang wajib hadir; yang tidak tercatat bukan hadir.")),
        (
            _("Hari fleksibel"),
            _("hari kerja yang rencananya melewati ambang di luar kantor; hari lain adalah hari kerja di bawahnya."),
        ),
        (
            _("IKM"),
            _("25 kali jumlah rata-rata sembilan unsur dengan bobot 1/9; survei di bawah lima jawaban ditutup."),
        ),
        (_("Angka kecil"), _("angka tentang kurang dari lima orang tidak ditampilkan.")),
        (_("Pemakaian"), _("jumlah pada tagihan dibagi menurut hari kalender.")),
        (
            _("Belum dapat disimpulkan"),
            _("hanya evaluasi dengan pembanding yang dapat mengatakan bahwa perubahan adalah akibat kerja fleksibel."),
        ),
    ]
