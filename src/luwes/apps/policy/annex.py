"""The SOP annex of a rulebook: its clauses in plain words on letter paper, changes since the last version marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from luwes.apps.documents import queries as documents
from luwes.apps.documents.pdf import render_pdf
from luwes.apps.documents.report import Kop, Paper
from luwes.apps.policy.clause_wording import sentence
from luwes.core import formats
from luwes.core.charts import PRINT
from luwes.core.policy import clauses as kinds
from luwes.core.policy.clauses import Clause
from luwes.core.policy.rulebook import Head, Rulebook
from luwes.core.policy.terms import State
from luwes.core.workdays.status import Status

# In the order somebody asks: when, who, how many, with whose leave; then what comes with it.
CHAPTERS: Sequence[tuple[str, tuple[type[Clause], ...]]] = (
    ("when", (kinds.Days, kinds.Forbid, kinds.Location, kinds.Switch)),
    ("who", (kinds.Exclude, kinds.Require, kinds.Tenure, kinds.Delegate)),
    ("many", (kinds.Quota, kinds.Weekly, kinds.Need, kinds.Data, kinds.Guard)),
    ("leave", (kinds.Approval, kinds.Deadline, kinds.Roster, kinds.Precondition)),
    ("work", (kinds.Hours, kinds.Presensi, kinds.Response, kinds.Report, kinds.Duty, kinds.Pause)),
    ("after", (kinds.Evaluation, kinds.Claim, kinds.Building, kinds.Sanction)),
    ("other", (kinds.Tracking, kinds.Minimise, kinds.Provision)),
)


class Mark(StrEnum):
    """How an article differs from the last version."""

    SAME = ""
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Article:
    """One clause in words; `before` is what it said, where that was otherwise."""

    basis: str
    text: str
    mark: Mark
    before: str = ""
    note: str = ""


def articles(rulebook: Rulebook, last: Rulebook | None) -> Mapping[str, Sequence[Article]]:
    """The articles by chapter; removed ones stand where they stood, marked."""
    now = {one.id: one for one in rulebook.clauses}
    old = {one.id: one for one in last.clauses} if last else {}
    found: dict[str, list[Article]] = {name: [] for name, _kinds in CHAPTERS}
    for one in rulebook.clauses:
        found[_chapter(one)].append(_article(rulebook.head, one, old.get(one.id), last))
    for one in old.values():
        if one.id not in now:
            found[_chapter(one)].append(Article(one.basis, sentence(one), Mark.REMOVED))
    return {name: told for name, told in found.items() if told}


def annex_pdf(rulebook: Rulebook, last: Rulebook | None, *, issued_at: datetime, paper: Paper = Paper.A4) -> bytes:
    """The annex as a tagged PDF, in Indonesian whatever the reader's language: it is signed with the letter.

    The same rulebooks at the same moment give the same bytes.
    """
    with translation.override("id"):
        return _annex(rulebook, last, issued_at, paper)


def _annex(rulebook: Rulebook, last: Rulebook | None, issued_at: datetime, paper: Paper) -> bytes:
    found = articles(rulebook, last)
    kop = documents.letterhead_of("") or Kop((settings.AGENCY_NAME.upper(),))
    names = _chapters()
    data: dict[str, Any] = {
        "language": "id",
        "paper": paper.value,
        "palette": {name: getattr(PRINT, name) for name in PRINT.__slots__},
        "kop": {"lines": kop.lines, "address": kop.address},
        "title": _("Lampiran SOP: %(title)s") % {"title": rulebook.head.title},
        "facts": [list(pair) for pair in _facts(rulebook.head)],
        "notices": list(_notices(rulebook, last, found)),
        "chapters": [
            {"title": names[name], "articles": [_printed(one) for one in told]} for name, told in found.items()
        ],
        "footer": {
            "issued": _("Dicetak %(day)s") % {"day": formats.long_date(timezone.localdate(issued_at), "id")},
            "code": f"{rulebook.head.id} · {rulebook.head.version} · {rulebook.digest[:16]}",
            "page": _("Halaman"),
            "of": _("dari"),
        },
    }
    return render_pdf("annex", data, created=int(issued_at.astimezone(UTC).timestamp()))


def _chapter(clause: Clause) -> str:
    return next(name for name, members in CHAPTERS if isinstance(clause, members))


def _article(head: Head, clause: Clause, old: Clause | None, last: Rulebook | None) -> Article:
    text = sentence(clause)
    note = _("Dugaan; hanya memperingatkan.") if (clause.status or head.status) is Status.ASSUMED else ""
    if last is None or clause == old:
        return Article(clause.basis, text, Mark.SAME, note=note)
    if old is None:
        return Article(clause.basis, text, Mark.ADDED, note=note)
    # A clause can change in what the engine reads without a word of its sentence changing: then the basis is told.
    before = sentence(old)
    return Article(clause.basis, text, Mark.CHANGED, before if before != text else old.basis, note)


def _printed(one: Article) -> dict[str, str]:
    words = {Mark.SAME: "", Mark.ADDED: _("BARU"), Mark.CHANGED: _("DIUBAH"), Mark.REMOVED: _("DIHAPUS")}
    before = _("Semula: %(text)s") % {"text": one.before} if one.before else ""
    return {
        "basis": one.basis, "text": one.text, "kind": one.mark.value, "mark": words[one.mark], "before": before,
        "note": one.note,
    }  # fmt: skip


def _chapters() -> dict[str, str]:
    return {
        "when": _("Hari dan tempat"),
        "who": _("Siapa"),
        "many": _("Berapa banyak"),
        "leave": _("Permohonan dan persetujuan"),
        "work": _("Jam kerja, presensi, dan laporan"),
        "after": _("Evaluasi dan akibat"),
        "other": _("Ketentuan lain"),
    }


def _facts(head: Head) -> Iterator[tuple[str, str]]:
    yield _("Instansi"), head.issuer
    if head.number:
        yield _("Nomor"), head.number
    yield _("Versi"), str(head.version)
    yield (
        _("Berlaku"),
        _("%(first)s sampai %(last)s")
        % {
            "first": formats.long_date(head.first, "id") if head.first else _("tidak disebut"),
            "last": formats.long_date(head.last, "id") if head.last else _("tidak disebut"),
        },
    )
    if head.supersedes:
        yield _("Menggantikan"), ", ".join(head.supersedes)


def _notices(
    rulebook: Rulebook, last: Rulebook | None, found: Mapping[str, Sequence[Article]]
) -> Iterator[str]:  # fmt: skip
    if rulebook.head.state in (State.DRAFT, State.ANNOUNCED):
        yield _("Ini rancangan: belum mengikat siapa pun.")
    if last is None:
        return
    told = [one.mark for several in found.values() for one in several]
    yield _(
        "Dibandingkan dengan versi %(version)s (%(title)s): %(new)s butir baru, %(changed)s diubah, %(gone)s dihapus."
    ) % {
        "version": last.head.version, "title": last.head.title, "new": told.count(Mark.ADDED),
        "changed": told.count(Mark.CHANGED), "gone": told.count(Mark.REMOVED),
    }  # fmt: skip
    if (last.head.first, last.head.last) != (rulebook.head.first, rulebook.head.last):
        yield _("Masa berlaku semula: %(first)s sampai %(last)s.") % {
            "first": formats.long_date(last.head.first, "id") if last.head.first else _("tidak disebut"),
            "last": formats.long_date(last.head.last, "id") if last.head.last else _("tidak disebut"),
        }  # fmt: skip
