"""Signatures of the invented heads under the monthly forms their offices have answered."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.utils import timezone

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.reporting import form_queries
from luwes.apps.reporting.form_actions import sign_month
from luwes.apps.reporting.form_queries import State
from luwes.config import importing

# Every so many heads with a whole form have signed it; the others are still to be reminded.
SIGNING = 3


def sign(months: Iterable[date], today: date) -> None:
    """Sign some of the whole forms of these months, each as the head of the office would."""
    for month in months:
        whole = [row for row in form_queries.board(month, today) if row.state is State.COMPLETE]
        for row in whole[::SIGNING]:
            version = form_queries.form_of(row.unit, month).form.version
            head = replace(importing.CONSOLE, signature=f"Kepala {row.unit.name} (contoh)")
            with unit_of_work(head, timezone.now()):
                sign_month(unit_key=row.unit.key, month=month, version=version, gaps={})
