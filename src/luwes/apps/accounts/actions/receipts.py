"""Receipts of forms already acted upon, so that a double submit can be answered with the first result."""

from django.db import connection

from luwes.apps.accounts.models import FormReceipt
from luwes.apps.audit.unit_of_work import current


def open_receipt(digest: str) -> str | None:
    """Claim a form for the open unit of work. None: act now. A text: the outcome of the first submit.

    A concurrent second submit waits here until the first commits (then gets its outcome) or rolls back
    (then may act itself).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_formreceipt (digest, outcome, at) VALUES (%s, '', %s)"
            " ON CONFLICT (digest) DO NOTHING",
            [digest, current().now],
        )
        if cursor.rowcount == 1:
            return None
    return FormReceipt.objects.values_list("outcome", flat=True).get(digest=digest)


def keep_outcome(digest: str, outcome: str) -> None:
    """Note what came of the form: an address or an opaque id, never personal text."""
    FormReceipt.objects.filter(digest=digest).update(outcome=outcome)
