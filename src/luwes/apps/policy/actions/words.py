"""Saying which of our units a word of the rulebooks means."""

from collections.abc import Collection

from luwes.apps.accounts import access
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import locking
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current
from luwes.apps.people.dated import as_range
from luwes.apps.people.models import Unit
from luwes.apps.policy.access import NoSuchSubject
from luwes.apps.policy.actions.proposing import ReasonMissing
from luwes.apps.policy.changes import announce
from luwes.apps.policy.models import WordMeaning
from luwes.apps.policy.rows import cut, touching
from luwes.core.policy.reading import TAG
from luwes.core.workdays.periods import Period

LOCK = "policy.words"
# Words about units. What is recorded of people and posts (their kind, discipline, echelon) is told by those records.
SPACES = frozenset({"unit", "opd", "team", "service", "area", "task", "allowance"})


class NotAWord(Refused):
    """Only words about units can be given a meaning."""

    code = "not_a_word_of_units"


def settle_word(*, word: str, unit_keys: Collection[str], period: Period, basis: str) -> str:
    """In the period the word means these units with all below them; no units: none of ours.

    What was said of the same days before gives way. Gives the public id. Needs PROPOSE_RULES over the whole. Raises
    NotAWord, NoSuchSubject, ReasonMissing.
    """
    work = current()
    access.require_whole(work.actor, Right.PROPOSE_RULES)
    if TAG.fullmatch(word) is None or word.partition(":")[0] not in SPACES:
        raise NotAWord(word)
    if not basis.strip():
        raise ReasonMissing
    keys = sorted(set(unit_keys))
    if Unit.objects.filter(key__in=keys).count() != len(keys):
        raise NoSuchSubject(word)
    locking.lock_rows({}, names=[LOCK])
    cut(touching(WordMeaning.objects.filter(word=word), period), period)
    made = WordMeaning.objects.create(
        word=word,
        units=keys,
        period=as_range(period),
        basis=basis.strip(),
        recorded_by=work.actor.id,
        recorded_at=work.now,
    )
    announce(kind="word", subject=made.public_id, period=period)
    facts: dict[str, Fact] = {
        "kind": word,
        "count": len(keys),
        "since": period.start.isoformat(),
        "until": period.end.isoformat() if period.end else "",
    }
    record(action="word.settled", subject=made.public_id, facts=facts, basis=made.basis)
    return made.public_id
