"""Issuing the monthly report of one unit or of the whole government as a file, recorded by its hash."""

import re
from datetime import date

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.unit_of_work import current
from luwes.apps.documents import actions as documents
from luwes.apps.documents.pdf import report_pdf
from luwes.apps.documents.report import Paper
from luwes.apps.documents.xlsx import report_xlsx
from luwes.apps.people import access as people_access
from luwes.apps.reporting import form_actions, wording
from luwes.apps.reporting.actions import IssuedReport
from luwes.apps.reporting.documents import kop_of
from luwes.apps.reporting.monthly import monthly, monthly_report
from luwes.core.workdays.periods import DAY

KIND = "monthly"


class MonthAhead(Refused):
    """The month has not begun."""

    code = "month_ahead"


def issue_monthly_report(*, file_format: str, month: date, unit_key: str = "", paper: Paper = Paper.A4) -> IssuedReport:
    """Issue the report of the month that holds `month`, of one unit or ("") of the government, as "pdf" or "xlsx".

    A later issue of the same month after data changed is another document with another hash. Raises Forbidden,
    OutsideScope, MonthAhead, TooManyRows.
    """
    work = current()
    if unit_key:
        people_access.require_unit(work.actor, Right.ISSUE_REPORT, unit_key, work.today)
    else:
        rights.require_whole(work.actor, Right.ISSUE_REPORT)
    if month > work.today:
        raise MonthAhead(month.isoformat())
    one = monthly(unit_key, month, work.today)
    write = {"pdf": report_pdf, "xlsx": report_xlsx}[file_format]
    kop = kop_of(one.facts.unit, one.facts.government)
    issued = documents.issue(
        kind=KIND,
        subject=unit_key,
        as_of=min(work.today, one.facts.end - DAY),
        file_format=file_format,
        render=lambda stamp: write(monthly_report(one), kop=kop, stamp=stamp, language=wording.language(), paper=paper),
    )
    if one.facts.form is not None and one.facts.form.signature is not None:
        form_actions.note_report(unit_key=unit_key, month=one.facts.month, sha256=issued.sha256)
    unit = one.facts.unit
    code = "" if unit is None else "-" + re.sub(r"[^A-Za-z0-9]+", "-", unit.code).strip("-").lower()
    return IssuedReport(
        file_name=f"laporan-bulanan{code}-{month:%Y-%m}.{file_format}",
        payload=issued.payload,
        sha256=issued.sha256,
        audit_head=issued.stamp.audit_head,
        code=issued.stamp.code,
    )
