"""The steps of the tasks about rules in force: each gives what was recorded, to be read once more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from luwes.apps.accounts.access import OutsideScope
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.actor import Actor
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import queries as units
from luwes.apps.policy.actions import judging, needs, suspending
from luwes.apps.policy.clause_labels import tag as told_tag
from luwes.apps.policy.models import NeedAnswer
from luwes.config.refusals import Explained
from luwes.config.stored_rules.steps import people, person, told
from luwes.config.stored_rules.words import span
from luwes.core.workdays.periods import Period

Made = TypeVar("Made")


def suspend(
    *, login: str, password: str, instrument: str, code: str, tag: str, period: Period, reason: str
) -> list[str]:
    """Let an instrument rest, for one unit (by code), one tag, or everybody."""
    actor = person(login, password, Right.ENACT_RULES)
    area = f"unit:{_unit(code, period.start)}" if code else tag
    with told(), unit_of_work(actor, timezone.now()):
        made = suspending.suspend(instrument=instrument, period=period, reason=reason, area=area)
    where = _whom(code, tag)
    return [
        _("Ditangguhkan: %(rule)s, %(span)s, untuk %(whom)s.")
        % {"rule": instrument, "span": span(period), "whom": where},
        _code(made),
    ]


def withdraw(*, login: str, password: str, instrument: str, on: date, reason: str) -> list[str]:
    """Take an instrument back from a day on."""
    actor = person(login, password, Right.ENACT_RULES)
    with told(), unit_of_work(actor, timezone.now()):
        made = suspending.withdraw(instrument=instrument, on=on, reason=reason)
    return [_("Dicabut: %(rule)s, %(span)s.") % {"rule": instrument, "span": span(Period(on))}, _code(made)]


def lift(*, login: str, password: str, suspension: str, on: date, reason: str) -> list[str]:
    """End a suspension or a withdrawal."""
    actor = person(login, password, Right.ENACT_RULES)
    with told(), unit_of_work(actor, timezone.now()):
        suspending.lift(suspension_id=suspension, on=on, reason=reason)
    return [_("Penangguhan %(code)s berakhir; aturannya berlaku lagi %(span)s.") % {
        "code": suspension, "span": span(Period(on)),
    }]  # fmt: skip


def judge(
    *,
    login: str,
    password: str,
    rule: str,
    code: str,
    employee: str,
    tag: str,
    period: Period,
    allow: bool,
    share: int | None,
    decided_by: str,
    reason: str,
) -> list[str]:
    """Record what was decided of a rule, for a unit (by code), a person, a tag, or everybody it is about."""
    actors = people(login, password, Right.JUDGE_OPEN_RULES)
    subject = f"unit:{_unit(code, period.start)}" if code else f"person:{employee}" if employee else tag

    def act() -> str:
        return judging.judge(
            rule=rule, subject=subject, period=period, allow=allow, decided_by=decided_by, reason=reason, value=share
        )

    made = _first_in_scope(actors, act)
    said = _("boleh") if allow else _("tidak boleh")
    if share is not None:
        said = _("boleh, %(share)s %%") % {"share": share}
    facts = {
        "rule": rule,
        "said": said,
        "span": span(period),
        "whom": _whom(code, f"person:{employee}" if employee else tag),
    }
    return [_("Tercatat: %(rule)s, %(said)s, %(span)s, untuk %(whom)s.") % facts, _code(made)]


def revoke(*, login: str, password: str, judgement: str, on: date, reason: str) -> list[str]:
    """End a recorded decision."""
    actors = people(login, password, Right.JUDGE_OPEN_RULES)
    _first_in_scope(actors, lambda: judging.revoke(judgement_id=judgement, on=on, reason=reason))
    return [_("Keputusan %(code)s tidak berlaku %(span)s.") % {"code": judgement, "span": span(Period(on))}]


def need(
    *,
    login: str,
    password: str,
    code: str,
    answer: str,
    period: Period,
    conditions: str,
    decided_by: str,
    reason: str,
) -> list[str]:
    """Record whether a unit (by code) needs flexible work."""
    actors = people(login, password, Right.STATE_NEED)
    key, said = _unit(code, period.start), NeedAnswer(answer)

    def act() -> str:
        return needs.state_need(
            unit_key=key, period=period, answer=said, reason=reason, decided_by=decided_by, conditions=conditions
        )

    made = _first_in_scope(actors, act)
    facts = {"unit": _whom(code, ""), "answer": said.label, "span": span(period)}
    return [_("Pernyataan kebutuhan %(unit)s: %(answer)s, %(span)s.") % facts, _code(made)]


def _first_in_scope(actors: Sequence[Actor], act: Callable[[], Made]) -> Made:
    """Act in the first of the person's roles whose scope holds what it is about."""
    for actor in actors:
        try:
            with told(), unit_of_work(actor, timezone.now()):
                return act()
        except OutsideScope:
            continue
    raise Explained(_("Orang atau unit itu di luar lingkup peran Anda, atau tidak ada."))


def _unit(code: str, on: date) -> str:
    found = [unit.key for unit in units.units_on(on) if unit.code == code]
    if not found:
        raise Explained(_("Tidak ada unit dengan kode %(code)s.") % {"code": code})
    return found[0]


def _whom(code: str, name: str) -> str:
    if code:
        return _("unit %(code)s dan semua di bawahnya") % {"code": code}
    return told_tag(name) if name else _("semua")


def _code(made: str) -> str:
    return _("Kode: %(code)s") % {"code": made}
