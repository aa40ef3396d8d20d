"""Bringing a rulebook in as a draft, and answering what stands against it."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.policy import shipped
from luwes.apps.policy.access import require_person
from luwes.apps.policy.drafts import findings_of
from luwes.apps.policy.models import FindingAnswer, Instrument, Origin, RulebookVersion
from luwes.core.policy.reading import Fault
from luwes.core.policy.rulebook import Rulebook, read_rulebook

# One at a time: what is found against a draft depends on everything enacted before it.
LOCK = "policy.stack"
# A rule is named "rulebook/clause", so neither a slash nor the engine's own names may stand in an id.
NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
RESERVED = frozenset({"luwes", "restriction"})
LAST_VERSION = 9999
# Bytes; the longest shipped one has 8 thousand.
BIGGEST = 500_000


class Unreadable(Refused):
    """The file is no rulebook; `fault` says where and why, None where it is not even text."""

    code = "rulebook_unreadable"

    def __init__(self, fault: Fault | None = None) -> None:
        super().__init__(str(fault or ""))
        self.fault = fault


class NameUnfit(Refused):
    """A rulebook's id is lower-case letters, digits, hyphens and dots, and no word of the engine's own; its version
    counts from 1."""

    code = "rulebook_name_unfit"


class VersionTaken(Refused):
    """This version of the instrument is here already with other content: a new version needs a new number."""

    code = "rulebook_version_taken"


class NoSuchDraft(Refused):
    """There is no such draft, or it was enacted or discarded meanwhile."""

    code = "no_such_draft"


class NoSuchFinding(Refused):
    """Nothing of this name stands against the draft (any more)."""

    code = "no_such_finding"


class ReasonMissing(Refused):
    """The decision needs its reason in words."""

    code = "policy_reason_missing"


@dataclass(frozen=True, slots=True)
class Proposed:
    """The draft's public id, and whether it is new; the same bytes again are the same draft."""

    id: str
    created: bool


def propose(*, body: bytes) -> Proposed:
    """Record the bytes of a rulebook file as a draft. Nothing holds by it until somebody else enacts it.

    Raises Unreadable, NameUnfit, VersionTaken, NotAPerson.
    """
    require_person(current().actor, Right.PROPOSE_RULES)
    return _propose(body, Origin.WRITTEN)


def propose_shipped(*, name: str) -> Proposed:
    """Record a rulebook shipped with the product as a draft, by the name of its file without the ending.

    It takes two people like any other. Raises NoSuchRulebook, VersionTaken, NotAPerson.
    """
    require_person(current().actor, Right.PROPOSE_RULES)
    return _propose(shipped.body(name), Origin.SHIPPED)


def _propose(body: bytes, origin: Origin) -> Proposed:
    work = current()
    rulebook = _read(body)
    locking.lock_rows({}, names=[LOCK])
    instrument, _ = Instrument.objects.get_or_create(key=rulebook.head.id, defaults={"recorded_at": work.now})
    same = instrument.versions.filter(version=rulebook.head.version, discarded_at=None).first()
    digest = hashlib.sha256(body).hexdigest()
    if same is not None:
        if same.sha256 != digest:
            raise VersionTaken(rulebook.head.id)
        return Proposed(same.public_id, created=False)
    made = _store(instrument, rulebook, body, digest, origin)
    facts: dict[str, Fact] = {
        "instrument": rulebook.head.id,
        "version": rulebook.head.version,
        "sha256": digest,
        "origin": origin.value,
    }
    record(action="policy.proposed", subject=made.public_id, facts=facts, basis=rulebook.head.number)
    return Proposed(made.public_id, created=True)


def discard(*, version_id: str, reason: str) -> None:
    """Take a draft back; its version number is free again. Raises NoSuchDraft, ReasonMissing."""
    work = current()
    access.require_whole(work.actor, Right.PROPOSE_RULES)
    if not reason.strip():
        raise ReasonMissing
    draft = locked_draft(version_id)
    draft.discarded_at, draft.discarded_reason = work.now, reason.strip()
    draft.save(update_fields=["discarded_at", "discarded_reason"])
    record(action="policy.discarded", subject=version_id, facts={"sha256": draft.sha256}, basis=reason.strip())


def answer_findings(*, version_id: str, keys: Collection[tuple[str, tuple[str, ...]]], reason: str) -> None:
    """Say why these contradictions and open points may stand; an answer given before is superseded.

    `keys` are `Finding.key`s of the draft. Raises NoSuchDraft, NoSuchFinding, ReasonMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.PROPOSE_RULES)
    if not reason.strip():
        raise ReasonMissing
    draft = locked_draft(version_id)
    standing = {one.key for one in findings_of(draft, work.now)}
    for key in keys:
        if key not in standing:
            raise NoSuchFinding(key[0])
    for code, rules in sorted(set(keys)):
        said = draft.answers.filter(code=code, rules=list(rules), superseded_at=None)
        said.update(superseded_at=work.now)
        FindingAnswer.objects.create(
            version=draft,
            code=code,
            rules=list(rules),
            reason=reason.strip(),
            answered_by=work.actor.id,
            recorded_at=work.now,
        )
    facts: dict[str, Fact] = {"entries": len(set(keys)), "sha256": draft.sha256}
    record(action="policy.findings_answered", subject=version_id, facts=facts, basis=reason.strip())


def locked_draft(version_id: str) -> RulebookVersion:
    """The draft, with every other change of the rules kept out until the unit of work ends. Raises NoSuchDraft."""
    found = RulebookVersion.objects.filter(public_id=version_id).first()
    rows = locking.lock_rows({RulebookVersion: [found.pk] if found else []}, names=[LOCK])[RulebookVersion]
    draft = next(iter(rows.values()), None)
    if not isinstance(draft, RulebookVersion) or draft.discarded_at is not None:
        raise NoSuchDraft(version_id)
    if draft.enactments.filter(superseded_at=None).exists():
        raise NoSuchDraft(version_id)
    return draft


def _read(body: bytes) -> Rulebook:
    if len(body) > BIGGEST:
        raise Unreadable
    try:
        text = body.decode("utf-8")
        rulebook = read_rulebook(text)
    # Brackets within brackets without end.
    except (UnicodeDecodeError, RecursionError) as error:
        raise Unreadable from error
    except Fault as error:
        raise Unreadable(error) from error
    # A character no column can hold, written plainly or as an escape.
    if any(sign in text for sign in ("\x00", "\\u0000", "\\U00000000")):
        raise Unreadable
    head = rulebook.head
    if NAME.fullmatch(head.id) is None or head.id in RESERVED or not 1 <= head.version <= LAST_VERSION:
        raise NameUnfit(head.id)
    return rulebook


def _store(instrument: Instrument, rulebook: Rulebook, body: bytes, digest: str, origin: Origin) -> RulebookVersion:
    head = rulebook.head
    return RulebookVersion.objects.create(
        instrument=instrument,
        version=head.version,
        title=head.title,
        number=head.number,
        issuer=head.issuer,
        level=head.level.value,
        issued=head.issued,
        first=head.first,
        last=head.last,
        body=body,
        sha256=digest,
        origin=origin.value,
        proposed_by=current().actor.id,
        proposed_at=current().now,
    )
