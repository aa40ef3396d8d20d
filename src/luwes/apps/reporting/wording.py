"""The sentences of the budget: every verdict, and everything a reader must know beside it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.core import formats
from luwes.core.indicators.budget import (
    BudgetPace,
    BudgetTotal,
    CeilingChange,
    DueMilestone,
    Flag,
    HeadlineBasis,
    Target,
    TargetBasis,
    Verdict,
)

# Units whose ceilings miss the headline's by less than this many points count as the whole.
_WHOLE = Decimal("0.5")


def language() -> str:
    """The language numbers and dates are written in: "en" for English, else "id"."""
    return "en" if (get_language() or "").startswith("en") else "id"


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "no_figures": _("Tidak ada angka anggaran untuk tanggal itu. Pilih salah satu tanggal pada daftar."),
        "nothing_to_issue": _("Belum ada angka anggaran yang dapat dilaporkan. Impor rekap realisasi lebih dulu."),
        "month_ahead": _("Bulan itu belum dimulai. Pilih bulan ini atau bulan yang sudah lewat."),
    }[code]


def pct(value: Decimal) -> str:
    """A percentage at the two decimals at which it was judged."""
    return formats.percent(value, 2, language())


def share(value: Fraction, against: Fraction = Fraction(1)) -> str:
    """A share of 1 as a percentage, with as many decimals as it takes to tell it from what it is held against."""
    told = (n for n in range(1, 5) if value == against or round(value * 100, n) != round(against * 100, n))
    decimals = next(told, 5)
    return formats.percent(Decimal(round(value * 100 * 10**decimals)) / 10**decimals, decimals, language())


def target_pct(value: Decimal) -> str:
    """A target, without decimals that say nothing: "90 %", "87,50 %"."""
    return formats.percent(value, 0 if value == value.to_integral_value() else 2, language())


def day(value: date) -> str:
    """A date with its weekday."""
    return formats.long_date(value, language())


def short_day(value: date) -> str:
    """A date for tables and charts."""
    return formats.short_date(value, language())


def rupiah(value: int) -> str:
    """Rupiah short enough for a sentence."""
    return formats.rupiah_short(value, language())


def points(value: Decimal) -> str:
    """A difference in points, unsigned: the sentence says which way."""
    return formats.points(abs(value), language())


def deviation(value: Decimal) -> str:
    """A distance to the target with its sign."""
    return formats.points(value, language(), signed=True)


def verdict(value: Verdict) -> str:
    """The verdict in two or three words."""
    return {
        Verdict.ON_TARGET: _("Sesuai target"),
        Verdict.SLIGHTLY_BELOW: _("Sedikit di bawah target"),
        Verdict.BELOW: _("Belum sesuai target"),
        Verdict.NOT_DUE: _("Belum jatuh tempo"),
        Verdict.NO_DENOMINATOR: _("Belum dapat dinilai"),
    }[value]


def no_data_word() -> str:
    """The word where a verdict would stand, when there is nothing to judge."""
    return _("Belum ada data")


def stale_word() -> str:
    """The word where a verdict would stand, when the figures are too old to speak of today."""
    return _("Data lama")


def no_data() -> str:
    """The sentence before anything was imported."""
    return _("Belum ada data realisasi anggaran.")


def no_data_for(unit_name: str) -> str:
    """The sentence for a unit that never reported."""
    return _("%(unit)s belum pernah melaporkan realisasi anggaran.") % {"unit": unit_name}


def subject(*, unit_name: str = "", reporting_units: int = 0) -> str:
    """Who the sentence is about: the government, one unit, or only the units that reported."""
    if unit_name:
        return _("Realisasi anggaran %(unit)s") % {"unit": unit_name}
    if reporting_units:
        return _("Realisasi anggaran %(count)s perangkat daerah yang melapor") % {"count": reporting_units}
    return _("Realisasi anggaran")


def sentence(pace: BudgetPace, about: str) -> str:
    """The one sentence on budget: verdict, percentage, denominator, date, target, distance.

    `about` comes from `subject`. Nothing in it depends on today: it stays true whenever it is read.
    """
    parts = {
        "about": about,
        "ceiling": rupiah(pace.figure.ceiling),
        "date": day(pace.figure.as_of),
        "realised": rupiah(pace.figure.realised),
    }
    if pace.pct is None:
        return _no_denominator(pace, parts)
    parts["pct"] = pct(pace.pct)
    if pace.target is None or pace.deviation is None:
        return _not_due(pace.next_milestone, parts)
    parts["target"] = target_pct(pace.target.pct)
    parts["points"] = points(pace.deviation)
    if pace.verdict is Verdict.BELOW:
        return (
            _(
                "%(about)s belum sesuai target: %(pct)s dari pagu %(ceiling)s per %(date)s; "
                "target %(target)s, kurang %(points)s."
            )
            % parts
        )
    if pace.verdict is Verdict.SLIGHTLY_BELOW:
        return (
            _(
                "%(about)s sedikit di bawah target: %(pct)s dari pagu %(ceiling)s per %(date)s; "
                "target %(target)s, kurang %(points)s."
            )
            % parts
        )
    if pace.deviation == 0:
        return _("%(about)s tepat pada target: %(pct)s dari pagu %(ceiling)s per %(date)s; target %(target)s.") % parts
    return (
        _("%(about)s sesuai target: %(pct)s dari pagu %(ceiling)s per %(date)s; target %(target)s, lebih %(points)s.")
        % parts
    )


def _no_denominator(pace: BudgetPace, parts: dict[str, str]) -> str:
    if pace.figure.realised:
        return (
            _(
                "%(about)s belum dapat dinilai: pagu per %(date)s tercatat nol, padahal realisasinya %(realised)s. "
                "Periksa berkas sumber."
            )
            % parts
        )
    return _("%(about)s belum dapat dinilai: pagu per %(date)s tercatat nol.") % parts


def _not_due(coming: DueMilestone | None, parts: dict[str, str]) -> str:
    if coming is None:
        return _("%(about)s %(pct)s dari pagu %(ceiling)s per %(date)s. Tidak ada target untuk tanggal ini.") % parts
    parts |= {"next": target_pct(coming.pct), "due": day(coming.on)}
    return (
        _(
            "%(about)s %(pct)s dari pagu %(ceiling)s per %(date)s. Belum ada target yang jatuh tempo; "
            "target berikutnya %(next)s pada %(due)s."
        )
        % parts
    )


def denominator(pace: BudgetPace) -> str:
    """What the big number is a share of."""
    return _("dari pagu %(ceiling)s") % {"ceiling": rupiah(pace.figure.ceiling)}


def missing(count: int, expected: int, as_of: date) -> str:
    """Who has not reported, said before anything else."""
    return _("%(count)s dari %(expected)s perangkat daerah belum melapor per %(date)s.") % {
        "count": count,
        "expected": expected,
        "date": day(as_of),
    }


def late(unit_name: str, newest: date) -> str:
    """The unit has no figure at the newest date of all."""
    return _("%(unit)s belum melapor per %(date)s; yang ditampilkan angka terakhirnya.") % {
        "unit": unit_name,
        "date": day(newest),
    }


def partial(newest: date, units: int) -> str:
    """A newer date exists that too few have reported for."""
    return _(
        "Rekap per %(date)s baru memuat %(count)s perangkat daerah; yang ditampilkan rekap terakhir yang cukup lengkap."
    ) % {"date": day(newest), "count": units}


def stale(days: int) -> str:
    """The newest figures are old."""
    return _(
        "Data terbaru ini berumur %(days)s hari, jadi tidak menggambarkan keadaan hari ini. "
        "Diperlukan rekap yang lebih baru."
    ) % {"days": formats.number(days, 0, language())}


def historical(newest: date) -> str:
    """The reader chose a past date."""
    return _("Anda melihat data tanggal lampau. Data terbaru per %(date)s.") % {"date": day(newest)}


def ahead(as_of: date) -> str:
    """The figures carry a date that has not come."""
    return _("%(date)s belum tiba. Periksa tanggal data pada berkas sumber.") % {"date": day(as_of)}


def change(event: CeilingChange) -> str:
    """The ceiling moved, so percentages before and after have different denominators."""
    parts = {
        "since": day(event.previous_as_of),
        "date": day(event.as_of),
        "before": rupiah(event.before),
        "after": rupiah(event.after),
        "change": "" if event.change_pct is None else f" ({signed_pct(event.change_pct)})",
    }
    return (
        _(
            "Pagu berubah antara %(since)s dan %(date)s: dari %(before)s menjadi %(after)s%(change)s. "
            "Persentase sebelum dan sesudahnya memakai penyebut berbeda, jadi tidak dibandingkan langsung."
        )
        % parts
    )


def signed_pct(value: Decimal) -> str:
    """A change in percent with its sign."""
    return ("+" if value > 0 else "") + pct(value)


def coverage(total: BudgetTotal) -> str:
    """How much of the headline the listed units explain; "" when they are the whole or the headline itself."""
    if total.headline_basis is HeadlineBasis.SUM or total.coverage_pct is None:
        return ""
    if not total.n_units:
        return _("Rincian per perangkat daerah untuk tanggal ini belum ada; sumber hanya memuat jumlah pemerintah.")
    if abs(total.coverage_pct - 100) > _WHOLE:
        return _("Rincian perangkat daerah yang ada mencakup %(share)s dari pagu pemerintah.") % {
            "share": pct(total.coverage_pct)
        }
    if total.pct_difference is not None and abs(total.pct_difference) > _WHOLE:
        return _(
            "Baris jumlah pada berkas berbeda %(points)s dari jumlah perangkat daerah; yang dipakai baris jumlah."
        ) % {"points": points(total.pct_difference)}
    return ""


def flags(pace: BudgetPace) -> list[str]:
    """What a reader must know beside the verdict, one sentence each."""
    return [_flag(flag, pace) for flag in pace.flags]


def _flag(flag: Flag, pace: BudgetPace) -> str:
    parts = {
        "reported": "" if pace.pct_reported is None else pct(pace.pct_reported),
        "computed": "" if pace.pct_computed is None else pct(pace.pct_computed),
        "gap": "" if pace.physical_gap is None else points(pace.physical_gap),
    }
    # A gap asks a question: what was paid for what is not in the recap.
    return {
        Flag.REPORTED_PCT_DISAGREES: _(
            "Persentase pada berkas (%(reported)s) tidak cocok dengan rupiahnya (%(computed)s); yang dipakai "
            "hasil hitung dari rupiah."
        ),
        Flag.VERDICT_DEPENDS_ON_PCT: _(
            "Dengan persentase hasil hitung dari rupiah (%(computed)s) kesimpulannya akan berbeda; yang dipakai "
            "persentase pada berkas (%(reported)s) karena rupiahnya dibulatkan."
        ),
        Flag.OVER_CEILING: _("Realisasi melebihi pagu. Periksa berkas sumber."),
        Flag.OWN_TARGET_ZERO: _("Target pada berkas tertulis nol. Periksa apakah kolom target memang sudah diisi."),
        Flag.PHYSICAL_OVER_100: _("Realisasi fisik melebihi 100 persen. Periksa berkas sumber."),
        Flag.PHYSICAL_AHEAD: _(
            "Fisik mendahului keuangan %(gap)s. Periksa apakah ada pekerjaan selesai yang belum dibayar."
        ),
        Flag.PAYMENT_AHEAD: _(
            "Keuangan mendahului fisik %(gap)s. Periksa apakah ada yang dibayar sebelum pekerjaan selesai."
        ),
    }[flag] % parts


def target_basis(target: Target) -> str:
    """Whose target it is."""
    if target.basis is TargetBasis.OWN:
        return _("target pada berkas sumber")
    if target.basis is TargetBasis.WEIGHTED:
        return _("target perangkat daerah, ditimbang menurut pagu")
    if target.due_on is None:
        return _("target TEPRA")
    return _("target TEPRA yang jatuh tempo %(date)s") % {"date": day(target.due_on)}


def fell(previous: date, as_of: date) -> str:
    """Less was realised than at the date before."""
    return _("Realisasi rupiah per %(date)s lebih kecil daripada per %(previous)s. Mintalah penjelasan.") % {
        "date": day(as_of),
        "previous": day(previous),
    }


def decisions(count: int, reporting: int, as_of: date) -> str:
    """How many units call for a decision, of those that reported; silence is never a good sign."""
    parts = {"count": count, "reporting": reporting, "date": day(as_of)}
    if not reporting:
        return _("Belum dapat dinilai: belum ada rincian per perangkat daerah per %(date)s.") % parts
    if not count:
        return _("Tidak ada di antara %(reporting)s perangkat daerah yang melapor per %(date)s.") % parts
    return _("%(count)s dari %(reporting)s perangkat daerah yang melapor per %(date)s.") % parts


def open_questions() -> Sequence[tuple[str, str, str]]:
    """The questions no source answers yet: the question, that there is no data, and what would answer it."""
    return (
        (
            _("Apakah layanan publik terganggu?"),
            _("Belum ada data: perkara layanan, jam buka loket, dan presensi belum terhubung."),
            _("Diperlukan berkas perkara layanan, jam buka loket, atau presensi petugas layanan."),
        ),
        (
            _("Apakah pegawai hadir saat program strategis berjalan?"),
            _("Belum ada data: presensi dan kalender program strategis belum terhubung."),
            _("Diperlukan ekspor presensi harian dan daftar program strategis beserta tanggalnya."),
        ),
        (
            _("Apakah produktivitas terjaga?"),
            _("Belum ada data: hasil kerja belum terhubung."),
            _("Diperlukan ekspor hasil kerja per unit, misalnya dari e-Kinerja."),
        ),
    )
