"""Putting a draft into force by a second person, and taking back what was put into force by mistake."""

from collections.abc import Collection, Sequence
from datetime import date

from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.actions import ALWAYS
from luwes.apps.policy.access import require_person
from luwes.apps.policy.actions.proposing import LOCK, ReasonMissing, locked_draft
from luwes.apps.policy.changes import announce
from luwes.apps.policy.drafts import answers, findings_of
from luwes.apps.policy.layers import reported, rulebook_of
from luwes.apps.policy.models import ClauseAdoption, Enactment, RulebookVersion
from luwes.core.policy.findings import Finding, unanswered
from luwes.core.policy.rulebook import Head, Rulebook
from luwes.core.policy.stack import BINDING
from luwes.core.workdays.periods import DAY, Period


class SamePerson(Refused):
    """Whoever proposed a draft does not enact it."""

    code = "enacted_by_proposer"


class OtherContent(Refused):
    """The draft is not the one that was read: its hash differs."""

    code = "rulebook_differs"


class NotBinding(Refused):
    """The file says of itself that it is a draft or an announcement; one in force is another file."""

    code = "rulebook_not_binding"


class NoSuchClause(Refused):
    """A clause named for adoption is none of those known only from reports."""

    code = "no_such_reported_clause"


class NoSuchEnactment(Refused):
    """There is no such enactment, or it was annulled already."""

    code = "no_such_enactment"


class FindingsOpen(Refused):
    """Contradictions or open points nobody has answered; `findings` are they."""

    code = "findings_unanswered"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(one.code for one in findings))
        self.findings = findings


def enact(*, version_id: str, sha256: str, basis: str, adopt: Collection[str]) -> str:
    """Put a draft into force: the second person's act. Gives the enactment's public id.

    `sha256` is what that person read, `basis` the letter or decision it rests on, `adopt` the clauses known only from
    reports that shall bind here; the others of them warn. Raises NoSuchDraft, SamePerson, OtherContent, Tampered,
    NotBinding, NoSuchClause, FindingsOpen, ReasonMissing, NotAPerson.
    """
    work = current()
    require_person(work.actor, Right.ENACT_RULES)
    if not basis.strip():
        raise ReasonMissing
    draft = locked_draft(version_id)
    if draft.proposed_by == work.actor.id:
        raise SamePerson
    if draft.sha256 != sha256:
        raise OtherContent
    rulebook = rulebook_of(draft)
    if rulebook.head.state not in BINDING:
        raise NotBinding(rulebook.head.state.value)
    if strange := set(adopt) - reported(rulebook):
        raise NoSuchClause(", ".join(sorted(strange)))
    found = findings_of(draft, work.now)
    if left := unanswered(found, frozenset(answers(draft))):
        raise FindingsOpen(left)
    enactment = Enactment.objects.create(
        version=draft,
        sha256=draft.sha256,
        basis=basis.strip(),
        findings=[[one.code, list(one.rules)] for one in found],
        enacted_by=work.actor.id,
        recorded_at=work.now,
    )
    _adopt(enactment, adopt)
    announce(kind="instrument", subject=enactment.public_id, period=_touched(draft, rulebook.head))
    facts = {**_facts(rulebook), "findings": len(found), "adopted": ", ".join(sorted(set(adopt)))}
    record(action="policy.enacted", subject=enactment.public_id, facts=facts, basis=enactment.basis)
    return enactment.public_id


def adopt_clauses(*, enactment_id: str, clauses: Collection[str], basis: str) -> None:
    """Make more clauses known only from reports binding here, from now on. Raises NoSuchEnactment, NoSuchClause,
    ReasonMissing, NotAPerson."""
    require_person(current().actor, Right.ENACT_RULES)
    if not basis.strip():
        raise ReasonMissing
    enactment = _locked(enactment_id)
    rulebook = rulebook_of(enactment.version, enactment.sha256)
    done = set(enactment.adoptions.values_list("clause", flat=True))
    if strange := set(clauses) - (reported(rulebook) - done):
        raise NoSuchClause(", ".join(sorted(strange)))
    _adopt(enactment, clauses)
    announce(kind="instrument", subject=enactment_id, period=_span(rulebook.head))
    facts = {"adopted": ", ".join(sorted(set(clauses)))}
    record(action="policy.clauses_adopted", subject=enactment_id, facts=facts, basis=basis.strip())


def annul(*, enactment_id: str, reason: str) -> None:
    """Say that the version should never have been enacted; what it replaced holds again.

    What was known until now stays readable. To end a rule from a day on, withdraw it. Raises NoSuchEnactment,
    ReasonMissing, NotAPerson.
    """
    work = current()
    require_person(work.actor, Right.ENACT_RULES)
    if not reason.strip():
        raise ReasonMissing
    enactment = _locked(enactment_id)
    enactment.superseded_at, enactment.annulled_reason = work.now, reason.strip()
    enactment.save(update_fields=["superseded_at", "annulled_reason"])
    rulebook = rulebook_of(enactment.version, enactment.sha256)
    announce(kind="instrument", subject=enactment_id, period=Period(_span(rulebook.head).start))
    record(action="policy.annulled", subject=enactment_id, facts=_facts(rulebook), basis=reason.strip())


def _locked(enactment_id: str) -> Enactment:
    found = Enactment.objects.filter(public_id=enactment_id).first()
    rows = locking.lock_rows({Enactment: [found.pk] if found else []}, names=[LOCK])[Enactment]
    row = next(iter(rows.values()), None)
    if not isinstance(row, Enactment) or row.superseded_at is not None:
        raise NoSuchEnactment(enactment_id)
    return row


def _adopt(enactment: Enactment, clauses: Collection[str]) -> None:
    work = current()
    ClauseAdoption.objects.bulk_create(
        ClauseAdoption(enactment=enactment, clause=one, adopted_by=work.actor.id, recorded_at=work.now)
        for one in sorted(set(clauses))
    )


def _facts(rulebook: Rulebook) -> dict[str, Fact]:
    head = rulebook.head
    return {
        "instrument": head.id,
        "version": head.version,
        "sha256": rulebook.digest,
        "since": head.first.isoformat() if head.first else "",
        "until": (head.last + DAY).isoformat() if head.last else "",
    }


def _span(head: Head) -> Period:
    return Period(head.first or ALWAYS, head.last + DAY if head.last and head.last < date.max else None)


def _touched(draft: RulebookVersion, head: Head) -> Period:
    """The days it holds; where it replaces another, every day from its first on: that one does not come back."""
    others = Enactment.objects.filter(superseded_at=None, version__instrument__key__in=[head.id, *head.supersedes])
    return Period(_span(head).start) if others.exclude(version=draft).exists() else _span(head)
