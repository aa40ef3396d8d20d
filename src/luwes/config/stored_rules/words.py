"""Stored rules in words, line by line."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.accounts import queries as accounts
from luwes.apps.people import queries as units
from luwes.apps.policy import lists, wording
from luwes.apps.policy.clause_labels import tag
from luwes.apps.policy.clause_wording import sentence
from luwes.apps.policy.lists import Standing
from luwes.apps.policy.refusal_wording import refusal
from luwes.config.refusals import Explained
from luwes.config.rulebook_words import summary
from luwes.core.formats import long_date
from luwes.core.policy.stack import BINDING
from luwes.core.workdays.periods import DAY, Period


def versions(on: date | None) -> list[str]:
    """Every version with how it stands on the day."""
    rows = lists.versions(on or timezone.localdate(), timezone.now())
    if not rows:
        return [_("Belum ada aturan yang diusulkan. Mulai dengan luwes policy propose.")]
    return [*(_line(row) for row in rows), *_rests(on or timezone.localdate())]


def _rests(on: date) -> list[str]:
    """What rests on the day, with the code to lift it by."""
    kinds = {"suspended": _("ditangguhkan"), "withdrawn": _("sudah dicabut")}
    return [
        _("%(code)s  %(rule)s %(kind)s untuk %(whom)s, %(span)s: %(reason)s")
        % {
            "code": row.id,
            "rule": row.instrument,
            "kind": kinds[row.kind],
            "whom": _area(row.area, on),
            "span": span(Period(row.first, None if row.last is None else row.last + DAY)),
            "reason": row.reason,
        }
        for row in lists.suspensions(on, on, timezone.now())
    ]


def _area(area: str, on: date) -> str:
    unit = units.unit_on(area.removeprefix("unit:"), on) if area.startswith("unit:") else None
    if unit is not None:
        return _("unit %(code)s dan semua di bawahnya") % {"code": unit.code}
    return tag(area) if area else _("semua")


def span(period: Period) -> str:
    """The days of a period, both inside."""
    first = long_date(period.start, "id")
    if period.end is None:
        return _("mulai %(first)s") % {"first": first}
    return _("%(first)s sampai %(last)s") % {"first": first, "last": long_date(period.end - DAY, "id")}


def _line(row: lists.VersionRow) -> str:
    partly = ", ".join(row.partly)
    standing = _standings()[row.standing]
    told = _("%(standing)s, kecuali %(areas)s") % {"standing": standing, "areas": partly} if partly else standing
    return f"{row.id}  {row.instrument} {row.version}  {told}  {row.title}"


def draft(version_id: str) -> list[str]:
    """What has to be read before it is enacted, and the numbered points to answer."""
    now = timezone.now()
    shown = lists.draft(version_id, now)
    if shown is None:
        raise Explained(refusal("no_such_draft"))
    told = [
        *summary(shown.rulebook, sentence),
        _("Sidik berkas (SHA-256): %(digest)s") % {"digest": shown.rulebook.digest},
    ]
    told.append(_("Kode: %(code)s") % {"code": version_id})
    if shown.reported:
        names = ", ".join(sorted(shown.reported))
        told.append(_("Baru dari berita, mengikat bila diberlakukan: %(names)s") % {"names": names})
    for number, row in enumerate(shown.findings, 1):
        told.append(f"{number}. {wording.finding(row.finding)}")
        answered = _("   Dijawab: %(reason)s") % {"reason": row.reason}
        told.append(answered if row.reason else _("   Belum dijawab."))
    if shown.rulebook.head.state not in BINDING:
        told.append(refusal("rulebook_not_binding"))
    elif all(row.reason for row in shown.findings):
        told.append(_("Siap ditetapkan oleh orang lain dengan luwes policy enact."))
    else:
        told.append(_("Jawab dahulu dengan luwes policy answer."))
    return told


def enacted(version_id: str) -> list[str]:
    """Who enacted it."""
    now = timezone.now()
    (row,) = [one for one in lists.versions(timezone.localdate(), now) if one.id == version_id]
    names = accounts.names([row.proposed_by, row.enacted_by])
    told = _("Ditetapkan: %(title)s (%(name)s, versi %(version)s).") % {
        "title": row.title, "name": row.instrument, "version": row.version,
    }  # fmt: skip
    people = {"proposed": names.get(row.proposed_by, "–"), "enacted": names.get(row.enacted_by, "–")}
    return [told, _("Diusulkan %(proposed)s, ditetapkan %(enacted)s.") % people, _line(row)]


def _standings() -> dict[Standing, str]:
    return {
        Standing.DRAFT: _("rancangan"),
        Standing.DISCARDED: _("dibuang"),
        Standing.ANNULLED: _("dibatalkan"),
        Standing.COMING: _("belum mulai"),
        Standing.IN_FORCE: _("berlaku"),
        Standing.SUSPENDED: _("ditangguhkan"),
        Standing.WITHDRAWN: _("sudah dicabut"),
        Standing.SUPERSEDED: _("digantikan"),
        Standing.EXPIRED: _("sudah berakhir"),
    }
