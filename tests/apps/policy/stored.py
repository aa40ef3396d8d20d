"""Rulebooks brought in and enacted by two invented people."""

import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

from luwes.apps.accounts.roles import Role
from luwes.apps.audit.actor import Actor, ActorKind
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.policy import lists
from luwes.apps.policy.actions import enacting, proposing
from luwes.apps.policy.models import RulebookVersion

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
MARCH = date(2026, 3, 4)
MINUTE = timedelta(minutes=1)


def official(name: str, role: Role = Role.ADMIN, scope: str = "") -> Actor:
    return Actor(kind=ActorKind.PERSON, id=name, role=role.value, scope=scope)


DRAFTER, ENACTOR = official("penyusun00000000"), official("penetap000000000", Role.LEADER)
HEAD = """id = "{name}"
version = {version}
title = "Surat edaran rekaan"
level = "{level}"
issuer = "Provinsi Rekaan"
state = "{state}"
status = "{status}"
source = "rekaan"
"""
OPEN = 'kind = "days"\nmode = "wfa"\nweekdays = ["wed"]'
SHUT = 'kind = "forbid"\nweekdays = ["wed"]'


def body(
    *clauses: str,
    name: str = "edaran",
    version: int = 1,
    level: str = "local_circular",
    state: str = "in_force",
    status: str = "seen",
    more: str = "",
) -> bytes:
    """The bytes of a rulebook file, each clause named c1, c2 … in its order."""
    text = HEAD.format(name=name, version=version, level=level, state=state, status=status) + more + "\n"
    for number, clause in enumerate(clauses, 1):
        text += f'\n[[clause]]\nid = "c{number}"\nbasis = "angka {number}"\n{clause}\n'
    return text.encode()


def propose(content: bytes, *, at: datetime = NOW, by: Actor = DRAFTER) -> str:
    with unit_of_work(by, at):
        return proposing.propose(body=content).id


def answer(draft: str, *, at: datetime = NOW, reason: str = "Sudah dibahas dengan biro hukum") -> None:
    """Answer everything that stands against the draft."""
    shown = lists.draft(draft, at)
    assert shown is not None
    with unit_of_work(DRAFTER, at):
        proposing.answer_findings(version_id=draft, keys=[one.finding.key for one in shown.findings], reason=reason)


def enact(draft: str, *, at: datetime = NOW, by: Actor = ENACTOR, adopt: Collection[str] = (), sha256: str = "") -> str:
    with unit_of_work(by, at):
        return enacting.enact(
            version_id=draft,
            sha256=sha256 or RulebookVersion.objects.get(public_id=draft).sha256,
            basis="Nota dinas 1/2026",
            adopt=adopt,
        )


def bring(content: bytes, *, at: datetime = NOW, adopt: Collection[str] = ()) -> str:
    """Propose, answer and enact; gives the enactment's public id."""
    draft = propose(content, at=at)
    answer(draft, at=at)
    return enact(draft, at=at, adopt=adopt)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
