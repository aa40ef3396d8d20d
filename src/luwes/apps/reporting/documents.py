"""The two budget reports as documents: what the page says, in the same words and numbers."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from luwes.apps.documents import queries as documents
from luwes.apps.documents.report import (
    Cell,
    CellKind,
    Column,
    Kop,
    Picture,
    Remark,
    Report,
    Table,
    Verdict,
)
from luwes.apps.people.queries import UnitRow
from luwes.apps.reporting import facts, pictures, wording
from luwes.apps.reporting.answers import Answer, decisions_sentence, leadership_answer, unit_answer
from luwes.apps.reporting.budget import LeadershipPage, UnitPage
from luwes.core.charts import PRINT
from luwes.core.indicators.budget import BudgetPace


def kop_of(unit: UnitRow | None, government: UnitRow | None) -> Kop:
    """The letterhead that was set, else one made of the names of the government and the unit."""
    found = documents.letterhead_of("" if unit is None else unit.key)
    if found is not None:
        return found
    top = government.name if government is not None else settings.AGENCY_NAME
    names = [top] if unit is None or unit.name == top else [top, unit.name]
    return Kop(tuple(name.upper() for name in names))


def government_report(page: LeadershipPage) -> Report:
    """The leader's page as a document."""
    answer = leadership_answer(page)
    name = page.government.name if page.government is not None else settings.AGENCY_NAME
    worst = page.lines[: pictures.BARS_SHOWN]
    stale = page.age is not None and page.age.stale
    return Report(
        title=_("Realisasi anggaran"),
        subject=name,
        period=_period(page.shown.as_of) if page.shown else "",
        verdict=_verdict(answer),
        notices=[*answer.gaps, *answer.notices],
        facts=[*facts.leadership_facts(page), (_("Memerlukan keputusan"), decisions_sentence(page))],
        pictures=[
            Picture(
                facts.bars_title(len(worst), len(page.lines)),
                pictures.bars(worst, palette=PRINT, width=pictures.PAPER_WIDTH, muted=stale),
                pictures.bars_alt(worst),
            )
        ]
        if worst
        else [],
        tables=[_units_table(page)],
        remarks_title=_("Catatan perangkat daerah"),
        remarks=_remarks(page),
        definitions=facts.definitions(page.shown, [(source.file_name, source.sha256) for source in page.sources]),
    )


def unit_report(page: UnitPage) -> Report:
    """The page of one unit as a document."""
    answer = unit_answer(page)
    files = {line.fact.file_sha256: line.fact.file_name for line in page.history}
    return Report(
        title=_("Realisasi anggaran"),
        subject=page.unit.name,
        period=_period(page.shown.as_of) if page.shown else "",
        verdict=_verdict(answer),
        notices=[*answer.gaps, *answer.notices],
        facts=facts.unit_facts(page),
        pictures=_history_pictures(page),
        tables=[_history_table(page)],
        remarks_title=_("Catatan perangkat daerah"),
        remarks=[Remark(note.text, facts.signature(note)) for note in page.notes],
        definitions=facts.definitions(page.shown, [(name, sha256) for sha256, name in files.items()]),
    )


def _period(as_of: date) -> str:
    return _("per %(date)s") % {"date": wording.day(as_of)}


def _verdict(answer: Answer) -> Verdict:
    return Verdict(answer.word, answer.tone.value, answer.sentence, answer.number, answer.denominator)


def _columns(first: Sequence[Column]) -> list[Column]:
    return [
        *first,
        Column(_("Pagu (Rp)"), CellKind.RUPIAH, 24),
        Column(_("Realisasi (Rp)"), CellKind.RUPIAH, 24),
        Column(_("Keuangan (%)"), CellKind.PERCENT, 13),
        Column(_("Fisik (%)"), CellKind.PERCENT, 13),
        Column(_("Target (%)"), CellKind.PERCENT, 13),
        Column(_("Deviasi (poin)"), CellKind.POINTS, 13),
    ]


def _figures(pace: BudgetPace) -> list[Cell]:
    return [
        pace.figure.ceiling,
        pace.figure.realised,
        pace.pct,
        pace.figure.physical_pct,
        None if pace.target is None else pace.target.pct,
        pace.deviation,
    ]


def _units_table(page: LeadershipPage) -> Table:
    columns = _columns([Column(_("No."), CellKind.COUNT, 6), Column(_("Perangkat daerah"), CellKind.TEXT, 48)])
    rows = [[number, line.name, *_figures(line.pace)] for number, line in enumerate(page.lines, start=1)]
    closing: list[Cell] | None = None
    if page.total is not None:
        closing = ["", facts.total_label(page.total), *_figures(page.total.headline)]
    return Table(
        title=_("Realisasi per perangkat daerah"),
        columns=[*columns, Column(_("Keterangan"), CellKind.TEXT, 24, on_paper=False)],
        rows=[[*row, wording.verdict(line.pace.verdict)] for row, line in zip(rows, page.lines, strict=True)],
        total=None if closing is None else [*closing, ""],
        note=_("– berarti tidak ada data. Diurutkan dari yang terjauh di bawah target."),
    )


def _history_table(page: UnitPage) -> Table:
    columns = _columns([Column(_("Tanggal"), CellKind.DATE, 16)])
    return Table(
        title=_("Riwayat tahun %(year)s") % {"year": page.shown.year if page.shown else ""},
        columns=[*columns, Column(_("Terhadap pagu terbaru (%)"), CellKind.PERCENT, 16)],
        rows=[[line.point.as_of, *_figures(line.pace), line.point.pct_of_latest] for line in page.history],
        note=_("– berarti tidak ada data. Persentase keuangan memakai pagu pada tanggalnya."),
    )


def _history_pictures(page: UnitPage) -> list[Picture]:
    if len(page.history) < 2 or page.rebased is None:
        return []
    width = pictures.PAPER_WIDTH
    shown = [
        Picture(
            _("Realisasi terhadap pagu pada tanggalnya"),
            pictures.own_line(page.history, palette=PRINT, width=width),
            pictures.history_alt(page.history),
        )
    ]
    if page.rebased.ceiling_changed:
        shown.append(
            Picture(
                _("Realisasi terhadap pagu terbaru"),
                pictures.rebased_line(page.history, palette=PRINT, width=width),
                pictures.history_alt(page.history, latest=True),
            )
        )
    return shown


def _remarks(page: LeadershipPage) -> list[Remark]:
    names = {line.key: line.name for line in page.lines}
    return [
        Remark(note.text, f"{names[note.unit_key]}, {facts.signature(note)}")
        for note in page.notes
        if note.unit_key in names
    ]
