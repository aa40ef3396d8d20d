"""What the inspector does with the audit trail. Reading personal text leaves a trace of its own."""

from collections.abc import Mapping

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right
from luwes.apps.audit import queries, verify
from luwes.apps.audit.actions import record
from luwes.apps.audit.chain import Fact
from luwes.apps.audit.unit_of_work import current


def open_detail(*, seq: int) -> None:
    """Note that the personal text beside an entry is being read; `read_detail` then gives it."""
    access.require_whole(current().actor, Right.READ_AUDIT)
    record(action="audit.detail_read", subject=str(seq), facts={"entry": seq})


def read_detail(*, seq: int) -> Mapping[str, Fact] | None:
    """The personal text beside an entry, or None where it was erased or never was."""
    return queries.detail(seq)


def verify_chain(*, against: str) -> verify.Verification:
    """Verify the whole chain and note that it was done, with what was found."""
    access.require_whole(current().actor, Right.READ_AUDIT)
    found = verify.verify(against)
    facts: dict[str, Fact] = {
        "entries": found.entries,
        "head": found.head,
        "fault": found.fault,
        "broken_at": found.broken_at,
    }
    record(action="audit.verified", subject="", facts=facts)
    return found
