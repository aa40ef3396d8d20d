"""Issuing a budget report: the page of the moment as a file, recorded by its hash."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.unit_of_work import current
from luwes.apps.documents import actions as documents
from luwes.apps.documents.pdf import report_pdf
from luwes.apps.documents.report import Kop, Paper, Report, Stamp
from luwes.apps.documents.xlsx import report_xlsx
from luwes.apps.people import access as people_access
from luwes.apps.reporting import wording
from luwes.apps.reporting.budget import leadership_page, unit_page
from luwes.apps.reporting.documents import government_report, kop_of, unit_report

FORMATS = ("pdf", "xlsx")


class NothingToIssue(Refused):
    """There are no figures to report on."""

    code = "nothing_to_issue"


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """The file to hand over, its name, and what was recorded about it."""

    file_name: str
    payload: bytes
    sha256: str
    audit_head: str
    code: str


def issue_budget_report(
    *,
    file_format: str,
    unit_key: str = "",
    as_of: date | None = None,
    year: int | None = None,
    paper: Paper = Paper.A4,
) -> IssuedReport:
    """Issue the report of the government, or of one unit, as "pdf" or "xlsx".

    Raises Forbidden, OutsideScope, NoFigures, NothingToIssue, TooManyRows.
    """
    work = current()
    if unit_key:
        people_access.require_unit(work.actor, Right.ISSUE_REPORT, unit_key, work.today)
        page = unit_page(unit_key, work.actor, today=work.today, as_of=as_of, year=year)
        shown, report = page.shown, lambda: (unit_report(page), kop_of(page.unit, page.government))
        stem = f"realisasi-anggaran-{_slug(page.unit.code)}"
    else:
        rights.require_whole(work.actor, Right.ISSUE_REPORT)
        whole = leadership_page(as_of, work.actor, today=work.today, year=year)
        shown, report = whole.shown, lambda: (government_report(whole), kop_of(None, whole.government))
        stem = "realisasi-anggaran"
    if shown is None:
        raise NothingToIssue(unit_key)
    issued = documents.issue(
        kind="budget",
        subject=unit_key,
        as_of=shown.as_of,
        file_format=file_format,
        render=lambda stamp: _written(report, stamp, file_format, paper),
    )
    return IssuedReport(
        file_name=f"{stem}-{shown.as_of.isoformat()}.{file_format}",
        payload=issued.payload,
        sha256=issued.sha256,
        audit_head=issued.stamp.audit_head,
        code=issued.stamp.code,
    )


def _written(made: Callable[[], tuple[Report, Kop]], stamp: Stamp, file_format: str, paper: Paper) -> bytes:
    report, kop = made()
    write = {"pdf": report_pdf, "xlsx": report_xlsx}[file_format]
    return write(report, kop=kop, stamp=stamp, language=wording.language(), paper=paper)


def _slug(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", code).strip("-").lower() or "unit"
