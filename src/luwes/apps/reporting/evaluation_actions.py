"""Issuing what an evaluation found: as PDF, workbook or JSON, and as the package outsiders check."""

import hashlib
import hmac
import json
from collections.abc import Callable

from django.conf import settings

from luwes.apps.accounts import access as rights
from luwes.apps.accounts.access import Refused
from luwes.apps.accounts.roles import Right
from luwes.apps.audit.unit_of_work import current
from luwes.apps.documents import actions as documents
from luwes.apps.documents.pdf import report_pdf
from luwes.apps.documents.report import Paper, Stamp
from luwes.apps.documents.xlsx import report_xlsx
from luwes.apps.evaluation import queries
from luwes.apps.evaluation.actions import NoSuchPlan
from luwes.apps.evaluation.queries import RunRow
from luwes.apps.evaluation.runs import sources
from luwes.apps.people import queries as people
from luwes.apps.reporting import wording
from luwes.apps.reporting.actions import IssuedReport
from luwes.apps.reporting.documents import kop_of
from luwes.apps.reporting.evaluation_report import evaluation_report
from luwes.core.evaluation.bundle import BundleError, rerun_package
from luwes.core.evaluation.pack import packed

KIND, PACKAGE = "evaluation", "evaluation_package"


class NothingRun(Refused):
    """No look of the plan was computed yet."""

    code = "nothing_run"


class NotPublishable(Refused):
    """The sums are too small to leave the house, or there was no lot to draw again."""

    code = "not_publishable"


def issue_evaluation_report(*, plan_id: str, file_format: str, paper: Paper = Paper.A4) -> IssuedReport:
    """Issue the newest look of a plan as "pdf", "xlsx" or "json". Raises Forbidden, NoSuchPlan, NothingRun."""
    rights.require_whole(current().actor, Right.ISSUE_REPORT)
    run = _newest(plan_id)
    kop = kop_of(None, people.government(run.cutoff))

    def render(stamp: Stamp) -> bytes:
        if file_format == "json":
            return run.text.encode()
        write = {"pdf": report_pdf, "xlsx": report_xlsx}[file_format]
        return write(evaluation_report(run), kop=kop, stamp=stamp, language=wording.language(), paper=paper)

    return _issued(KIND, run, file_format, render)


def issue_package(*, plan_id: str) -> tuple[IssuedReport, bytes]:
    """Issue the package of the newest look, signed, and the program that checks it.

    The signature is keyed by the installation; its digest is in the audit trail besides. Raises Forbidden, NoSuchPlan,
    NothingRun, NotPublishable.
    """
    rights.require_whole(current().actor, Right.ISSUE_REPORT)
    run = _newest(plan_id)
    if not run.evidence or not run.result["checkable"]:
        raise NotPublishable(plan_id)

    def render(stamp: Stamp) -> bytes:
        content = json.loads(run.evidence)
        key = _signature(content["digest"], stamp.code)
        signature = {"code": stamp.code, "audit_head": stamp.audit_head, "key": key}
        return json.dumps(content | {"signature": signature}, sort_keys=True, separators=(",", ":")).encode()

    return _issued(PACKAGE, run, "json", render), packed(sources()).encode()


def check_package(text: str) -> bool:
    """Whether a package follows from its own sums, and was signed by this installation.

    Raises BundleError where it does not follow.
    """
    rerun_package(text)
    content = json.loads(text)
    signature = content.get("signature")
    if not isinstance(signature, dict):
        raise BundleError("unsigned", "")
    wanted = _signature(content["digest"], str(signature.get("code")))
    return hmac.compare_digest(wanted, str(signature.get("key")))


def _signature(digest: str, code: str) -> str:
    key = hashlib.sha256(b"evaluation package\0" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, f"{digest} {code}".encode(), hashlib.sha256).hexdigest()


def _newest(plan_id: str) -> RunRow:
    if queries.plan(plan_id) is None:
        raise NoSuchPlan(plan_id)
    found = queries.runs_of(plan_id)
    if not found:
        raise NothingRun(plan_id)
    return found[-1]


def _issued(kind: str, run: RunRow, file_format: str, render: Callable[[Stamp], bytes]) -> IssuedReport:
    issued = documents.issue(kind=kind, subject="", as_of=run.cutoff, file_format=file_format, render=render)
    stem = "evaluasi" if kind == KIND else "paket-bukti"
    return IssuedReport(
        file_name=f"{stem}-{run.plan.id}-{run.number + 1}.{file_format}",
        payload=issued.payload,
        sha256=issued.sha256,
        audit_head=issued.stamp.audit_head,
        code=issued.stamp.code,
    )
