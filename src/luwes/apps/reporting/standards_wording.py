"""The *Standar* answer in words: sentence, number, interval, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luwes.apps.reporting import witnesses_wording, wording
from luwes.apps.reporting.standards import ALL, FLEXIBLE, KINDS, OTHER, ServiceStandard
from luwes.core import formats
from luwes.core.charts import Tone
from luwes.core.indicators.interval import Interval
from luwes.core.indicators.standard import Promise, PromiseAnswer, Reason, StandardAnswer, Verdict

TONES = {
    Verdict.MEETS: Tone.GOOD,
    Verdict.FAILS: Tone.BAD,
    Verdict.NOT_ENOUGH_DATA: Tone.QUIET,
    Verdict.NO_STANDARD: Tone.QUIET,
}


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of day of one service: how many days, the verdict, and a sentence per promise."""

    kind: str
    days: int
    verdict: str
    tone: Tone
    promises: Sequence[str]


def lines(one: ServiceStandard) -> Sequence[KindLine]:
    """All days first, then flexible and other days; a kind without any day is left out."""
    return [
        KindLine(
            kind(name),
            one.days[name],
            verdict(one.answers[name].verdict),
            TONES[one.answers[name].verdict],
            [*promises(one.own[name]), *witnesses_wording.said(one, name)],
        )
        for name in KINDS
        if name == ALL or one.days[name]
    ]


def kind(name: str) -> str:
    """A kind of day."""
    return {ALL: _("Semua hari kerja"), FLEXIBLE: _("Hari fleksibel"), OTHER: _("Hari lain")}[name]


def verdict(value: Verdict) -> str:
    """The verdict in a few words."""
    return {
        Verdict.MEETS: _("Memenuhi standar"),
        Verdict.FAILS: _("Tidak memenuhi standar"),
        Verdict.NOT_ENOUGH_DATA: _("Data tidak cukup"),
        Verdict.NO_STANDARD: _("Standar belum ada"),
    }[value]


def promises(answer: StandardAnswer) -> list[str]:
    """A sentence for each promise on file, by the officers' own record."""
    return [_promise(one) for one in answer.promises]


def _promise(one: PromiseAnswer) -> str:
    if one.reason is Reason.NO_DATA:
        return {
            Promise.WITHIN_TIME: _("Ketepatan waktu: belum ada data perkara layanan."),
            Promise.HOURS_KEPT: _("Jam buka menurut petugas: belum ada catatan buka dan tutup loket."),
            Promise.IMPLEMENTERS_PRESENT: _("Pelaksana: belum ada presensi yang dihitung."),
        }[one.figures.promise]
    if one.reason is Reason.WITHHELD:
        return _("Ketepatan waktu: tidak ditampilkan, karena dari jumlahnya terbaca kurang dari lima perkara lain.")
    if one.reason is Reason.SUPPRESSED or one.share is None or one.interval is None:
        return {
            Promise.WITHIN_TIME: _("Ketepatan waktu: kurang dari lima perkara, tidak ditampilkan."),
            Promise.HOURS_KEPT: _("Jam buka menurut petugas: catatannya terlalu sedikit, tidak ditampilkan."),
            Promise.IMPLEMENTERS_PRESENT: _("Pelaksana: catatannya terlalu sedikit, tidak ditampilkan."),
        }[one.figures.promise]
    said = {
        Promise.WITHIN_TIME: _("Ketepatan waktu: %(share)s dari %(of)s perkara selesai pada waktunya"),
        Promise.HOURS_KEPT: _("Jam buka menurut petugas: %(share)s dari %(of)s jam yang tercatat dibuka"),
        Promise.IMPLEMENTERS_PRESENT: _("Pelaksana: %(share)s dari %(of)s hari-orang yang tercatat ada di tempat"),
    }[one.figures.promise] % {"share": wording.share(one.share, one.figures.required), "of": _of(one)}
    rest = f"{said}; {_asked(one, one.interval)}."
    return f"{rest} {_unrecorded(one)}".strip()


def short(answer: StandardAnswer, promise: Promise) -> str:
    """One promise in a cell: share, of how many, interval and the share required; "–" where it is not promised."""
    one = next((one for one in answer.promises if one.figures.promise is promise), None)
    if one is None:
        return "–"
    if one.reason is Reason.NO_DATA:
        return _("belum ada data")
    if one.share is None or one.interval is None:
        return _("terlalu sedikit, tidak ditampilkan")
    said = {
        Promise.WITHIN_TIME: _("%(share)s dari %(of)s perkara"),
        Promise.HOURS_KEPT: _("%(share)s dari %(of)s jam"),
        Promise.IMPLEMENTERS_PRESENT: _("%(share)s dari %(of)s hari-orang"),
    }[promise] % {"share": wording.share(one.share, one.figures.required), "of": _of(one)}
    return f"{said}; {_asked(one, one.interval)}"


def _asked(one: PromiseAnswer, interval: Interval) -> str:
    required = wording.share(one.figures.required)
    if interval.low == interval.high:
        # All that was promised is on record: there is nothing the share might still lie between.
        return _("semuanya tercatat, wajib %(required)s") % {"required": required}
    return _("kisaran %(low)s–%(high)s, wajib %(required)s") % {
        "low": wording.share(interval.low, one.figures.required),
        "high": wording.share(interval.high, one.figures.required),
        "required": required,
    }


def _of(one: PromiseAnswer) -> str:
    return _amount(one.figures.promise, one.figures.of)


def _amount(promise: Promise, value: int) -> str:
    if promise is Promise.HOURS_KEPT:
        return formats.number(Decimal(round(Fraction(value, 6))) / 10, 1, wording.language())
    return formats.number(Decimal(value), 0, wording.language())


def _unrecorded(one: PromiseAnswer) -> str:
    if not one.figures.unrecorded:
        return ""
    text = {
        Promise.WITHIN_TIME: _("%(count)s perkara tidak tercatat."),
        Promise.HOURS_KEPT: _("%(count)s jam tidak tercatat."),
        Promise.IMPLEMENTERS_PRESENT: _("%(count)s hari-orang tidak tercatat."),
    }[one.figures.promise]
    return text % {"count": _amount(one.figures.promise, one.figures.unrecorded)}
