"""Recording what was decided."""

from collections.abc import Mapping

from luwes.apps.audit.chain import Draft, Fact
from luwes.apps.audit.unit_of_work import current


def record(
    *,
    action: str,
    subject: str,
    facts: Mapping[str, Fact] | None = None,
    basis: str = "",
    detail: Mapping[str, Fact] | None = None,
) -> None:
    """Note one act for the audit chain of the open unit of work.

    `action` is a dotted code ("import.confirmed"), `subject` an opaque id, `facts` hold opaque ids,
    counts and digests only. Personal before/after text goes into `detail`, which can be erased later.
    Collections leave one entry per batch, not one per row.
    """
    current().drafts.append(Draft(action=action, subject=subject, facts=facts or {}, basis=basis, detail=detail or {}))
