"""Clauses of a rulebook as sentences, for the annex that is signed and for the console."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luwes.apps.policy.clause_labels import label, tag
from luwes.apps.policy.measure_wording import MEASURES
from luwes.core import formats
from luwes.core.policy import clauses as kinds
from luwes.core.policy.clauses import Clause, Who
from luwes.core.policy.terms import Away, Binding, Mode, Per, Place, Rounding, ShortWeek, Weekday

__all__ = ["label", "sentence", "tag"]


def sentence(clause: Clause) -> str:
    """What one clause says, in full sentences: who, when, what, and what it leaves open."""
    said = _SAYS[type(clause)](clause)
    parts = [said, _about(clause.who), _when(clause)]
    if clause.undecided:
        parts.append(_("Belum ditentukan: %(points)s.") % {"points": listed(label(one) for one in clause.undecided)})
    return " ".join(part for part in parts if part)


def listed(words: Iterable[str]) -> str:
    """Words in a row: "a, b, dan c"."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    joint = _("%(first)s dan %(last)s") if len(found) == 2 else _("%(first)s, dan %(last)s")
    return joint % {"first": ", ".join(found[:-1]), "last": found[-1]}


def people(who: Who) -> str:
    """The people a selection means."""
    parts = []
    if who.any:
        parts.append(_("salah satu dari: %(tags)s") % {"tags": ", ".join(tag(one) for one in who.any)}
                     if len(who.any) > 1 else tag(who.any[0]))  # fmt: skip
    if who.all:
        parts.append(_("sekaligus %(tags)s") % {"tags": listed(tag(one) for one in who.all)})
    if who.none:
        parts.append(_("bukan %(tags)s") % {"tags": listed(tag(one) for one in who.none)})
    return "; ".join(parts)


def weekdays(days: Sequence[Weekday]) -> str:
    """Weekdays by name."""
    names = formats.weekday_names("id")
    return listed(names[one.number] for one in days)


def mode(one: Mode) -> str:
    """A kind of flexible work."""
    return {
        Mode.WFH: _("kerja dari rumah (WFH)"), Mode.WFA: _("kerja dari mana saja (WFA)"),
        Mode.FWA: _("kerja fleksibel tempat dan waktu (FWA)"), Mode.TIME: _("jam kerja fleksibel"),
    }[one]  # fmt: skip


def _about(who: Who) -> str:
    return _("Berlaku bagi %(people)s.") % {"people": people(who)} if who != kinds.EVERYBODY else ""


def _when(clause: Clause) -> str:
    parts = []
    if clause.first or clause.last:
        parts.append(_("Berlaku %(first)s sampai %(last)s.") % {
            "first": _day(clause.first), "last": _day(clause.last)})  # fmt: skip
    if clause.calendar:
        parts.append(_("Hanya selama %(season)s.") % {"season": clause.calendar.replace("_", " ").capitalize()})
    return " ".join(parts)


def _day(day: date | None) -> str:
    return formats.long_date(day, "id") if day else _("tanpa batas")


def _days(clause: kinds.Days) -> str:
    dates = listed(formats.long_date(one, "id") for one in clause.dates)
    open_ = weekdays(clause.weekdays) or dates or _("setiap hari kerja")
    verb = _("%(mode)s diwajibkan: %(days)s.") if clause.binding is Binding.MANDATED else _("%(mode)s boleh: %(days)s.")
    said = verb % {"mode": mode(clause.mode), "days": open_}
    parts = [said[0].upper() + said[1:]]
    if clause.per_week:
        parts.append(_("Paling banyak %(days)s hari seminggu.") % {"days": clause.per_week})
    if clause.needs_grant:
        parts.append(
            _("Unit mengajukan dan menunggu persetujuan %(by)s.") % {"by": label(clause.approver or "opd_head")}
        )
    return " ".join(parts)


def _forbid(clause: kinds.Forbid) -> str:
    dates = listed(formats.long_date(one, "id") for one in clause.dates)
    closed = weekdays(clause.weekdays) or dates or _("seluruh masa berlakunya")
    return _("Tidak ada kerja fleksibel pada %(days)s.") % {"days": closed}


def _exclude(clause: kinds.Exclude) -> str:
    parts = [_("Tetap bekerja di kantor.")]
    if clause.duties:
        parts.append(_("Kewajibannya: %(duties)s.") % {"duties": listed(label(one) for one in clause.duties)})
    if clause.service_at:
        parts.append(_("Layanan pindah ke %(places)s.") % {"places": listed(label(one) for one in clause.service_at)})
    return " ".join(parts)


def _require(clause: kinds.Require) -> str:
    return _("Kerja fleksibel hanya bagi yang memenuhi: %(needs)s.") % {"needs": people(clause.needs)}


def _tenure(clause: kinds.Tenure) -> str:
    since = {"post": _("mulai menjabat"), "entry": _("mulai bekerja")}[clause.since]
    if clause.months is None:
        return _("Pegawai baru menunggu sejak %(since)s; lamanya belum ditetapkan.") % {"since": since}
    return _("Pegawai baru menunggu %(months)s bulan sejak %(since)s.") % {"months": clause.months, "since": since}


def _quota(clause: kinds.Quota) -> str:
    per = {Per.TEAM: _("setiap tim"), Per.UNIT: _("setiap bidang, bagian, atau UPT"),
           Per.OPD: _("setiap perangkat daerah")}[clause.per]  # fmt: skip
    shares = (
        (clause.flex_max, _("paling banyak %(share)s %% fleksibel")),
        (clause.flex_min, _("paling sedikit %(share)s %% fleksibel")),
        (clause.exact, _("%(share)s %% fleksibel")),
        (clause.onsite_min, _("paling sedikit %(share)s %% di kantor")),
    )
    told = [words % {"share": share} for share, words in shares if share is not None]
    told += [_("%(people)s: %(share)s %%") % {"people": people(one.who), "share": one.flex_max} for one in clause.tiers]
    if clause.delegated_to:
        told.append(_("persennya ditetapkan %(by)s") % {"by": label(clause.delegated_to)})
    first = _("Pada hari yang sama, dalam %(per)s: %(shares)s.") % {
        "per": per,
        "shares": "; ".join(told) or _("terbuka"),
    }
    return f"{first} {_counting(clause)}"


def _counting(clause: kinds.Quota) -> str:
    rounding = {
        Rounding.DOWN: _("Pecahan orang dibulatkan ke bawah."), Rounding.UP: _("Pecahan orang dibulatkan ke atas."),
        Rounding.HALF_UP: _("Pecahan orang dibulatkan ke yang terdekat."),
        Rounding.UNDECIDED: _("Pembulatan pecahan orang belum ditentukan."),
    }[clause.rounding]  # fmt: skip
    names = {Away.LEAVE: _("cuti"), Away.TRIP: _("dinas luar"), Away.STUDY: _("tugas belajar atau pelatihan")}
    if clause.without is None:
        return f"{rounding} " + _("Siapa yang keluar dari hitungan belum ditentukan.")
    if not clause.without:
        return f"{rounding} " + _("Semua orang dihitung, juga yang cuti dan dinas luar.")
    return f"{rounding} " + _("Yang %(away)s tidak dihitung.") % {"away": listed(names[one] for one in clause.without)}


def _weekly(clause: kinds.Weekly) -> str:
    parts = []
    if clause.max_days is not None:
        parts.append(_("Setiap orang paling banyak %(days)s hari fleksibel seminggu.") % {"days": clause.max_days})
    if clause.onsite_min_days is not None:
        parts.append(
            _("Setiap orang paling sedikit %(days)s hari di kantor seminggu.") % {"days": clause.onsite_min_days}
        )
        parts.append({
            ShortWeek.STRICT: _("Minggu berlibur tidak mengurangi hari di kantor itu."),
            ShortWeek.USUAL: _("Pada minggu berlibur hari fleksibelnya tetap sebanyak minggu biasa."),
            ShortWeek.UNDECIDED: _("Cara menghitung minggu berlibur belum ditentukan."),
        }[clause.short_week])  # fmt: skip
    if clause.count_mandated is not None:
        parts.append(_("Hari yang diwajibkan ikut dihitung.") if clause.count_mandated
                     else _("Hari yang diwajibkan tidak ikut dihitung."))  # fmt: skip
    return " ".join(parts)


def _approval(clause: kinds.Approval) -> str:
    steps = _(", lalu ").join(label(one) for one in clause.steps)
    parts = [_("Persetujuan: %(steps)s.") % {"steps": steps}]
    if clause.letter:
        by = label(clause.signer) if clause.signer else steps
        parts.append(_("Dengan %(letter)s yang ditandatangani %(by)s.") % {"letter": clause.letter, "by": by})
    return " ".join(parts)


def _deadline(clause: kinds.Deadline) -> str:
    if clause.on is not None:
        return _("Pengajuan paling lambat %(day)s.") % {"day": formats.long_date(clause.on, "id")}
    return _("Pengajuan paling lambat %(days)s hari sebelumnya.") % {"days": clause.days_before}


def _location(clause: kinds.Location) -> str:
    names = {
        Place.HOME: _("rumah"), Place.OTHER_OFFICE: _("kantor lain"),
        Place.OTHER: _("tempat lain yang ditetapkan"), Place.SHARED_WORKSPACE: _("ruang kerja bersama"),
    }  # fmt: skip
    parts = []
    if clause.allowed:
        parts.append(_("Tempat kerja: %(places)s.") % {"places": listed(names[one] for one in clause.allowed)})
    if clause.forbidden:
        parts.append(_("Bukan tempat yang %(traits)s.") % {"traits": listed(label(one) for one in clause.forbidden)})
    if clause.area:
        parts.append(_("Di dalam %(area)s.") % {"area": tag(clause.area) if ":" in clause.area else label(clause.area)})
    if clause.registered:
        parts.append(_("Rumah adalah domisili dalam data kepegawaian."))
    if clause.declared:
        parts.append(_("Tempatnya dinyatakan lebih dahulu."))
    return " ".join(parts)


def _roster(clause: kinds.Roster) -> str:
    by = label(clause.prepared_by or "opd_head")
    by = by[0].upper() + by[1:]
    to = _(" kepada %(to)s") % {"to": label(clause.to)} if clause.to else ""
    first = _("%(by)s menyusun daftar nama%(to)s.") % {"by": by, "to": to}
    return first + (" " + _("Tanpa daftar itu tidak ada yang bekerja fleksibel.") if clause.blocks else "")


_SAYS: dict[type[Clause], Callable[[Any], str]] = {
    kinds.Days: _days, kinds.Forbid: _forbid, kinds.Exclude: _exclude, kinds.Require: _require,
    kinds.Tenure: _tenure, kinds.Quota: _quota, kinds.Weekly: _weekly, kinds.Approval: _approval,
    kinds.Deadline: _deadline, kinds.Location: _location, kinds.Roster: _roster,
    **MEASURES,
}  # fmt: skip
