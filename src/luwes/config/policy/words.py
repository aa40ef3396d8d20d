"""What the console says of decisions: the answer, its reasons with their clauses, and what would help."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from luwes.config.language import _
from luwes.core import formats
from luwes.core.policy.clauses import Response
from luwes.core.policy.compare import Change
from luwes.core.policy.response import Excused
from luwes.core.policy.stack import Rules
from luwes.core.policy.terms import Outcome, Verdict

if TYPE_CHECKING:
    from luwes.apps.schedule.deciding import Answer, Compared, MonthScan

SHOWN = 12
REMEDIES = 3


def day(one: date) -> str:
    """A day with its weekday."""
    return formats.long_date(one, "id")


def count(number: int) -> str:
    """A whole number."""
    return formats.number(number, 0, "id")


def answer(found: "Answer", on: date) -> Iterator[str]:
    """The verdict, why, by which clause, what would help, and what comes with it."""
    from luwes.apps.policy import wording
    from luwes.apps.policy.clause_wording import label

    decision = found.decision
    yield f"{day(on)}: {wording.verdict(decision.verdict)}"
    told = [one for one in decision.reasons if one.outcome in (Outcome.FAIL, Outcome.UNKNOWN)]
    for one in told or [decision.headline]:
        sign = "–" if told else "+"
        yield f"  {sign} {wording.reason(one)}"
        if one.remedy and wording.helps(one.remedy):
            yield f"    {wording.helps(one.remedy)}"
    for remedy in found.remedies[:REMEDIES]:
        yield "  > " + wording.remedy(remedy)
    if decision.verdict is not Verdict.REFUSED and decision.approvers:
        yield _("Persetujuan: %(steps)s") % {"steps": ", ".join(label(one) for one in decision.approvers)}
    for owed in decision.duties:
        yield _("Menyertai: %(duty)s (%(rule)s)") % {"duty": label(owed.code), "rule": owed.rule}
    yield _("Sidik aturan: %(hash)s") % {"hash": decision.stack_hash[:16]}


def silence(found: "Answer", rules: Rules, on: date, excused: Sequence[Excused]) -> Iterator[str]:
    """When a call need not be answered, for who has to answer calls and by the clause that says so."""
    from luwes.apps.policy.clause_labels import label

    owed = {one.rule for one in found.decision.duties if one.kind == "response"}
    for held in rules.on(on).held:
        if held.rule in owed and isinstance(held.clause, Response):
            told = [one for one in excused if one.why in held.clause.excused]
            for one in told:
                yield _("Tidak perlu menjawab panggilan: %(start)s–%(end)s, %(why)s (%(rule)s)") % {
                    "start": f"{one.start:%H.%M}", "end": f"{one.end:%H.%M}", "why": label(one.why), "rule": held.rule,
                }  # fmt: skip
            if not held.clause.excused:
                yield _(
                    "Panggilan dijawab juga pada waktu istirahat, karena surat tidak mengecualikannya (%(rule)s)"
                ) % {"rule": held.rule}


def month(found: "MonthScan", on: date, rules: Rules) -> Iterator[str]:
    """A month of everybody: how many person-days of each answer, by which clause, and which data is missing."""
    from luwes.apps.policy import wording
    from luwes.apps.policy.clause_labels import tag

    yield _("%(month)s: %(people)s pegawai, %(days)s hari orang") % {
        "month": f"{formats.month_name(on, 'id')} {on.year}",
        "people": count(found.people), "days": count(found.person_days),
    }  # fmt: skip
    for verdict in (Verdict.ALLOWED, Verdict.NEEDS_JUDGEMENT, Verdict.REFUSED):
        number = found.verdicts[verdict]
        share = formats.percent(100 * number / found.person_days, 1, "id") if found.person_days else "–"
        yield f"  {wording.verdict(verdict)}: {count(number)} ({share})"
    bases = clauses(rules, on)
    yield _("Butir yang menentukan:")
    for one in found.told[:SHOWN]:
        yield f"  {count(one.person_days)}  {wording.verdict(one.verdict)}: {told(one.rule, bases)}"
    if found.unknown_tags:
        yield _("Data yang belum ada, dengan jumlah orangnya; sampai dicatat, jawabannya «perlu diputuskan»:")
        for name, people in found.unknown_tags[:SHOWN]:
            yield f"  {tag(name)} ({name}): {count(people)}"


def compared(found: "Compared", before: Rules, after: Rules, on: date) -> Iterator[str]:
    """Two sets of rules over one month: clauses that differ, then whose answers change and why."""
    from luwes.apps.policy import wording

    old, new = clauses(before, on), clauses(after, on)
    yield _("Butir yang berbeda: %(count)s") % {"count": count(len(found.clauses))}
    for one in found.clauses:
        yield f"  {_how(one)} {told(one.rule, old if one.how == 'removed' else new)}"
    moved = sum(one.person_days for one in found.moves)
    yield _("Jawaban berubah pada %(moved)s dari %(all)s hari orang") % {
        "moved": count(moved), "all": count(found.person_days),
    }  # fmt: skip
    for move in found.moves[:SHOWN]:
        yield _("  %(days)s hari orang (%(people)s pegawai): %(before)s → %(after)s") % {
            "days": count(move.person_days), "people": count(move.people),
            "before": wording.verdict(move.before), "after": wording.verdict(move.after),
        }  # fmt: skip
        yield "    " + _("semula %(rule)s") % {"rule": told(move.rule_before, old)}
        yield "    " + _("menjadi %(rule)s") % {"rule": told(move.rule_after, new)}
        shown = ", ".join(f"{person} {one.isoformat()}" for person, one in move.examples)
        yield "    " + _("misalnya %(examples)s") % {"examples": shown}


def _how(change: Change) -> str:
    return {"added": _("ditambah:"), "removed": _("dihapus:"), "changed": _("diubah:")}[change.how]


def clauses(rules: Rules, on: date) -> Mapping[str, str]:
    """The basis of every clause that holds in the month, by its rule."""
    days = (date(on.year, on.month, number) for number in range(1, 29))
    return {one.rule: one.clause.basis for each in days for one in rules.on(each).held}


def told(rule: str, bases: Mapping[str, str]) -> str:
    """A rule with its basis; what the product itself looks at is said in words."""
    own = {
        "luwes/workday": _("bukan hari kerja, atau kalendernya belum ada"),
        "luwes/away": _("cuti, dinas luar, atau tugas belajar"),
        "luwes/instrument": _("tidak ada aturan yang membuka"),
    }
    if rule in own:
        return own[rule]
    if not bases.get(rule):
        return rule
    # Closed periods and restrictions have no rulebook to look them up in; what they say is enough.
    return bases[rule] if rule.startswith("restriction/") else f"{bases[rule]} ({rule})"
