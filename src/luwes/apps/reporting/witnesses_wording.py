"""What each instrument says of a service, by whom, and which of them decided: never one number made of three."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.reporting import wording
from luwes.apps.reporting.standards import ServiceStandard
from luwes.core import formats
from luwes.core.indicators.standard import Reason, StandardAnswer, Verdict
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.witnesses import DISPUTES, Doubt, Instrument, Weighed, Witnesses, bounds
from luwes.core.sampling.estimate import Estimate


def said(one: ServiceStandard, kind: str) -> list[str]:
    """A sentence for each instrument besides the officers' record, and which of them decided where they differ."""
    seen, weighed = one.witnesses[kind], one.weighed[kind]
    told = [
        checks(seen.checks) or unfiled(seen.unfiled),
        reports(seen),
        answers(seen),
        decided(one.own[kind], weighed),
    ]
    return [sentence for sentence in told if sentence]


def checks(found: Estimate | None) -> str:
    """What the spot checks say, weighted by the lot, with the interval that unfiled checks widen."""
    if found is None:
        return ""
    between = bounds(found)
    told = ngettext(
        "Menurut uji petik: warga dilayani pada %(share)s jam layanan; kisaran %(low)s–%(high)s dari %(count)d "
        "pemeriksaan.",
        "Menurut uji petik: warga dilayani pada %(share)s jam layanan; kisaran %(low)s–%(high)s dari %(count)d "
        "pemeriksaan.",
        found.checks,
    ) % {
        "share": wording.share(Fraction(found.share)),
        "low": wording.share(between.low),
        "high": wording.share(between.high),
        "count": found.checks,
    }
    if not found.missing:
        return told
    missing = ngettext(
        "%(count)d pemeriksaan terundi tidak diisi dan melebarkan kisarannya.",
        "%(count)d pemeriksaan terundi tidak diisi dan melebarkan kisarannya.",
        found.missing,
    )
    return f"{told} {missing % {'count': found.missing}}"


def unfiled(count: int) -> str:
    """That checks were drawn and nobody filed any: nothing is known, which is no good news."""
    if not count:
        return ""
    return ngettext(
        "Menurut uji petik: tidak diketahui, %(count)d pemeriksaan terundi tidak diisi.",
        "Menurut uji petik: tidak diketahui, %(count)d pemeriksaan terundi tidak diisi.",
        count,
    ) % {"count": count}


def reports(seen: Witnesses) -> str:
    """How many citizens reported a closed door, hidden below five, and whether the record denies it."""
    if not seen.reports:
        return ""
    if hides(seen.reports):
        told = _("Menurut warga: kurang dari lima laporan loket tutup.")
    else:
        told = _("Menurut warga: %(count)s laporan loket tutup.") % {"count": _count(seen.reports)}
    if seen.disputed >= DISPUTES:
        told += " " + _("Sebagian datang saat catatan petugas menyebut buka.")
    return told


def answers(seen: Witnesses) -> str:
    """What the survey says about being served; nothing below five answers."""
    yes, of = seen.served
    if not of or hides(of):
        return ""
    return _("Menurut warga lewat survei: %(share)s dari %(of)s jawaban menyatakan dilayani.") % {
        "share": wording.share(Fraction(yes, of)),
        "of": _count(of),
    }


def decided(own: StandardAnswer, weighed: Weighed) -> str:
    """Which instrument decided and why, where one instrument alone would have answered otherwise."""
    denied = "; ".join(doubt(one) for one in weighed.doubts)
    if weighed.answer.verdict is own.verdict:
        return _contradicted(own, weighed, denied)
    if weighed.decided_by is Instrument.CHECKS:
        return _(
            "Yang menentukan jam buka adalah uji petik: loket dan jamnya diundi dan diperiksa orang lain, jadi "
            "didahulukan atas catatan petugas."
        )
    return _(
        "Catatan petugas menyebut memenuhi, tetapi %(doubts)s. Yang datang sendiri ke loket didahulukan atas catatan "
        "petugas, jadi layanan ini belum dapat disebut memenuhi."
    ) % {"doubts": denied}


def _contradicted(own: StandardAnswer, weighed: Weighed, denied: str) -> str:
    """Where the answer stays "not enough data", but over its hours two instruments contradict each other."""
    place = next((n for n, one in enumerate(weighed.answer.promises) if one.reason is Reason.CONTRADICTED), None)
    if place is None:
        return ""
    if own.promises[place].verdict is Verdict.MEETS:
        return _("Catatan petugas menyebut jam buka ditepati, tetapi %(doubts)s.") % {"doubts": denied}
    return _(
        "Uji petik menyebut jam buka ditepati, tetapi %(doubts)s. Selama keduanya bertentangan, layanan ini belum "
        "dapat disebut memenuhi."
    ) % {"doubts": denied}


def doubt(one: Doubt) -> str:
    """What speaks against the officers' record."""
    return {
        Doubt.CHECK_FOUND_SHUT: _("uji petik menemukan loket tutup saat catatan petugas menyebut buka"),
        Doubt.CHECKS_BELOW: _("jam yang dilayani menurut uji petik di bawah yang wajib"),
        Doubt.REPORTS: _("warga berulang kali melaporkan loket tutup saat catatan petugas menyebut buka"),
        Doubt.ANSWERS: _("jawaban survei yang menyatakan dilayani di bawah yang wajib"),
    }[one]


def instrument(one: Instrument) -> str:
    """Who says it."""
    return {
        Instrument.OFFICER: _("petugas"),
        Instrument.CITIZENS: _("warga"),
        Instrument.CHECKS: _("uji petik"),
    }[one]


def _count(value: int) -> str:
    return formats.number(Decimal(value), 0, wording.language())
