"""Sentences of the clauses that come along with flexible work: presensi, hours, reports, sanctions, evaluation."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from luwes.apps.policy.clause_labels import label
from luwes.core import formats
from luwes.core.policy import clauses as kinds
from luwes.core.policy.clauses import Clause
from luwes.core.policy.terms import Form, Weekday


def _listed(words: Iterable[str]) -> str:
    return ", ".join(label(one) for one in words)


def _weekdays(days: Iterable[Weekday]) -> str:
    names = formats.weekday_names("id")
    return ", ".join(names[one.number] for one in days)


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def length(minutes: int) -> str:
    """Minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)s jam") % {"hours": hours}
    return _("%(hours)s jam %(minutes)s menit") % {"hours": hours, "minutes": rest}


def _presensi(clause: kinds.Presensi) -> str:
    parts = [_("Presensi dicatat.")]
    if clause.per_day:
        parts = [_("Presensi %(times)s kali sehari.") % {"times": clause.per_day}]
    for one in clause.windows:
        between = _("jamnya tidak disebut")
        if one.start is not None and one.end is not None:
            between = f"{clock(one.start)}–{clock(one.end)}" + (f" {one.zone}" if one.zone else "")
        days = f" ({_weekdays(one.weekdays)})" if one.weekdays else ""
        parts.append(f"{one.name.capitalize()}{days}: {between}.")
    if clause.app:
        parts.append(_("Lewat aplikasi %(app)s.") % {"app": clause.app.replace("_", " ")})
    return " ".join(parts)


def _hours(clause: kinds.Hours) -> str:
    parts = []
    for one in clause.spans:
        rest = ""
        if one.break_start is not None and one.break_end is not None:
            rest = _(", istirahat %(span)s") % {"span": f"{clock(one.break_start)}–{clock(one.break_end)}"}
        parts.append(f"{_weekdays(one.weekdays)}: {clock(one.start)}–{clock(one.end)}{rest}.")
    if clause.weekly_net:
        parts.append(_("Jam kerja seminggu %(length)s tanpa istirahat.") % {"length": length(clause.weekly_net)})
    for minutes in (clause.daily_net, clause.daily_min):
        if minutes:
            parts.append(_("Jam kerja sehari paling sedikit %(length)s.") % {"length": length(minutes)})
    if clause.before or clause.after:
        parts.append(_("Jam masuk boleh maju %(before)s menit atau mundur %(after)s menit.") % {
            "before": clause.before, "after": clause.after})  # fmt: skip
    if clause.delegated_to:
        parts.append(_("Jamnya diatur %(by)s.") % {"by": label(clause.delegated_to)})
    return " ".join(parts) or _("Jam kerja tetap dipenuhi.")


def _switch(clause: kinds.Switch) -> str:
    return _("Bagi yang sudah di kantor pada hari itu: %(rule)s.") % {"rule": label(clause.already_in_office)}


def _response(clause: kinds.Response) -> str:
    told = _("Panggilan dijawab dalam %(minutes)s menit; paling sedikit %(attempts)s kali dihubungi.")
    parts = [told % {"minutes": clause.within_minutes, "attempts": clause.attempts}]
    if clause.excused:
        parts.append(_("Tidak dihitung: %(excuses)s.") % {"excuses": _listed(clause.excused)})
    if clause.consequences:
        parts.append(_("Usulan akibatnya: %(effects)s.") % {"effects": _listed(clause.consequences)})
    return " ".join(parts)


def _report(clause: kinds.Report) -> str:
    what = {"plan": _("Rencana kerja"), "report": _("Laporan kerja")}[clause.what]
    when = {0: _("pada hari itu"), -1: _("sehari sebelumnya")}.get(
        clause.due_days, _("paling lambat %(days)s hari sesudahnya") % {"days": clause.due_days}
    )
    until = _(" sampai pukul %(time)s") % {"time": clock(clause.due)} if clause.due is not None else ""
    to = _(" kepada %(to)s") % {"to": label(clause.to)} if clause.to else ""
    return _("%(what)s dibuat %(when)s%(until)s%(to)s.") % {"what": what, "when": when, "until": until, "to": to}


def _duty(clause: kinds.Duty) -> str:
    return _("Kewajiban: %(duties)s.") % {"duties": _listed(clause.duties)}


def _sanction(clause: kinds.Sanction) -> str:
    parts = [_("Usulan akibat bila %(trigger)s:") % {"trigger": label(clause.trigger)}]
    for one in clause.ladder:
        days = str(one.first) if one.last == one.first else (
            _("%(first)s hari atau lebih") % {"first": one.first} if one.last is None else f"{one.first}–{one.last}"
        )  # fmt: skip
        parts.append(f"{days}: {label(one.effect)};")
    if clause.effect:
        parts.append(f"{label(clause.effect)};")
    parts.append(_("diputuskan pejabat yang berwenang setelah pemeriksaan."))
    return " ".join(parts)


def _evaluation(clause: kinds.Evaluation) -> str:
    when = [_("setelah %(months)s bulan") % {"months": clause.after_months}] if clause.after_months else []
    when += [formats.long_date(clause.on, "id")] if clause.on else []
    when += [label(clause.cadence)] if clause.cadence else []
    parts = [_("Dievaluasi %(when)s.") % {"when": ", ".join(when)} if when else _("Dievaluasi.")]
    if clause.by:
        parts.append(_("Oleh %(by)s.") % {"by": _listed(clause.by)})
    if clause.metrics:
        parts.append(_("Yang diukur: %(metrics)s.") % {"metrics": _listed(clause.metrics)})
    return " ".join(parts)


def _claim(clause: kinds.Claim) -> str:
    form = {
        Form.BASELINE: _("Keadaan awal"), Form.PROJECTION: _("Perkiraan"), Form.TARGET: _("Target"),
        Form.MEASURED: _("Hasil ukur"), Form.STATEMENT: _("Pernyataan tanpa cara ukur"),
    }[clause.form]  # fmt: skip
    value = "–" if clause.value is None else formats.number(clause.value, 0, "id")
    unit = f" {label(clause.unit)}" if clause.unit else ""
    return f"{form} {label(clause.metric)}: {value}{unit}."


def _building(clause: kinds.Building) -> str:
    parts = []
    if clause.closes:
        parts.append(_("Ditutup atau dimatikan pada hari itu: %(places)s.") % {"places": _listed(clause.closes)})
    if clause.keeps:
        parts.append(_("Tetap menyala dan terbuka: %(places)s.") % {"places": _listed(clause.keeps)})
    return " ".join(parts) or _("Gedung diatur selama hari itu.")


def _delegate(clause: kinds.Delegate) -> str:
    return _("Diputuskan %(by)s; sebelum itu belum ada jawaban.") % {"by": label(clause.to)}


def _need(clause: kinds.Need) -> str:
    return _("Unit bekerja fleksibel hanya dengan pernyataan kebutuhan yang tersimpan.")


def _data(clause: kinds.Data) -> str:
    told = _("Tanpa data tidak ada hari fleksibel. Data yang disyaratkan: %(facts)s.")
    return told % {"facts": _listed(clause.facts)}


def _guard(clause: kinds.Guard) -> str:
    below = formats.number(clause.below, 2 if clause.below % 1 else 0, "id")
    effect = label(clause.effect)
    if clause.flex_max is not None:
        share = _("paling banyak %(share)s %% fleksibel dalam setiap bidang, bagian, atau UPT")
        effect = share % {"share": clause.flex_max}
    return _("Bila %(metric)s di bawah %(below)s: %(effect)s.") % {
        "metric": label(clause.metric), "below": below, "effect": effect}  # fmt: skip


def _pause(clause: kinds.Pause) -> str:
    return _("Ditiadakan: %(activities)s.") % {"activities": _listed(clause.activities)}


def _tracking(clause: kinds.Tracking) -> str:
    if clause.continuous:
        return _("Keberadaan pegawai dipantau terus-menerus.")
    return _("Keberadaan pegawai dicatat hanya pada saat tertentu, seperti presensi.")


def _minimise(clause: kinds.Minimise) -> str:
    return _("Data %(of)s tidak dikumpulkan lebih dari yang diperlukan.") % {"of": label(clause.of)}


def _precondition(clause: kinds.Precondition) -> str:
    return _("Sebelum ditetapkan harus ada: %(needs)s.") % {"needs": _listed(clause.needs)}


def _provision(clause: kinds.Provision) -> str:
    return clause.summary or _("Ketentuan yang tidak dihitung otomatis.")


MEASURES: dict[type[Clause], Callable[[Any], str]] = {
    kinds.Presensi: _presensi, kinds.Hours: _hours, kinds.Switch: _switch, kinds.Response: _response,
    kinds.Report: _report, kinds.Duty: _duty, kinds.Sanction: _sanction, kinds.Evaluation: _evaluation,
    kinds.Claim: _claim, kinds.Building: _building, kinds.Delegate: _delegate, kinds.Need: _need, kinds.Data: _data,
    kinds.Guard: _guard, kinds.Pause: _pause, kinds.Tracking: _tracking, kinds.Minimise: _minimise,
    kinds.Precondition: _precondition, kinds.Provision: _provision,
}  # fmt: skip
