"""The evaluation as a document: verdicts first, then the ranges, what speaks against them, and how to check it all."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from luwes.apps.documents.report import Cell, CellKind, Column, Picture, Report, Table, Verdict
from luwes.apps.evaluation import queries, wording
from luwes.apps.evaluation.plans import Role
from luwes.apps.evaluation.queries import RunRow
from luwes.apps.people import queries as people
from luwes.apps.reporting import pictures
from luwes.core.charts import PRINT, Guide, IntervalRow, Tone, interval_plot
from luwes.core.evaluation.verdict import Verdict as Found

TONES = {
    Found.BETTER: Tone.GOOD,
    Found.NOT_WORSE: Tone.GOOD,
    Found.WORSE: Tone.BAD,
    Found.CLEARLY_WORSE: Tone.BAD,
}
TEXT, COUNT, POINTS = CellKind.TEXT, CellKind.COUNT, CellKind.POINTS


def evaluation_report(run: RunRow) -> Report:
    """One look as a document of two to four pages."""
    found, content = run.result, run.plan.content
    together = Found(found["service"]["verdict"])
    government = people.government(content.start)
    return Report(
        title=_("Evaluasi dampak kerja fleksibel"),
        subject=settings.AGENCY_NAME if government is None else government.name,
        period=_("%(name)s, pengamatan %(number)d") % {"name": content.name, "number": run.number + 1},
        verdict=Verdict(
            wording.verdict(together.value),
            TONES.get(together, Tone.QUIET).value,
            wording.service_sentence(run),
            found["grade"],
            _("mutu bukti"),
        ),
        notices=_notices(run),
        facts=_facts(run),
        pictures=_forests(found),
        tables=[
            _verdicts(found),
            _ranges(found),
            _ledger(run),
            *([_plans_table(run)] if len(_same_policy(run)) > 1 else []),
        ],
        remarks_title="",
        remarks=[],
        definitions=_definitions(),
    )


def _notices(run: RunRow) -> list[str]:
    found = run.result
    told = [wording.grade_sentence(found)]
    if run.plan.late:
        told.append(_("Rencana ini dikunci sesudah kebijakan mulai; hasilnya mungkin sudah terlihat ketika itu."))
    if any(one["assumed"] for one in found["outcomes"].values()):
        told.append(_("Daya dihitung dari galat perkiraan, karena data sebelum kebijakan tidak ada."))
    if not found["checkable"]:
        told.append(wording.refusal("not_publishable"))
    told.append(wording.spending_sentence(run.plan.content, run.plan.spent))
    return told


def _facts(run: RunRow) -> list[tuple[str, str]]:
    content, found = run.plan.content, run.result
    span = {"weeks": content.weeks, "start": wording.day(content.start)}
    counts = {"units": len(content.units), "compared": len(content.compared)}
    signed = "" if run.plan.frozen_at is None else wording.day(run.plan.frozen_at.date())
    return [
        (_("Dasar"), content.basis or content.policy),
        (
            _("Masa"),
            _("%(weeks)d minggu sejak %(start)s") % span,
        ),
        (_("Data sebelum"), wording.day(run.cutoff)),
        (_("Penetapan"), _("tanpa undian") if content.lot is None else wording.lot_name(content.lot)),
        (
            _("Unit"),
            _("%(units)d, dengan %(compared)d pembanding") % counts,
        ),
        (_("Dikunci"), _("%(date)s oleh %(signer)s") % {"date": signed, "signer": run.plan.signer}),
        (_("Sidik rencana"), found["plan_digest"][:16]),
        (_("Sidik data"), found["input_digest"][:16]),
        (_("Sidik program"), found["code_digest"][:16]),
    ]


def _forests(found: Mapping[str, Any]) -> list[Picture]:
    """One picture per outcome: units of measure differ, so they share no scale."""
    made = []
    for measure, told in found["outcomes"].items():
        if told["day"] is None or told["day"]["effect"] is None:
            continue
        name, margin = wording.outcome_name(measure), told["day"]["margin"]
        rows = [
            _row(measure, label, told[part], Found(told["verdict"]))
            for part, label in (
                ("day", _("Hari fleksibel")),
                ("after", _("Hari kerja sesudahnya")),
                ("month", _("Sepanjang bulan")),
            )
            if told[part] is not None
        ]
        title = _("%(name)s: perubahan dan kisarannya") % {"name": name}
        alt = wording.outcome_sentence(measure, told)
        guides = [Guide(-margin, _("batas hari fleksibel"))]
        svg = interval_plot(
            rows, title=title, description=alt, palette=PRINT, guides=guides, width=pictures.PAPER_WIDTH
        )
        made.append(Picture(title, svg, alt))
    return made


def _row(measure: str, label: str, shown: Mapping[str, Any], verdict: Found) -> IntervalRow:
    whole = shown["low"] is not None and shown["high"] is not None
    return IntervalRow(
        label,
        shown["effect"],
        wording.span(measure, shown),
        shown["low"] if whole else None,
        shown["high"] if whole else None,
        TONES.get(verdict, Tone.PLAIN),
    )


def _verdicts(found: Mapping[str, Any]) -> Table:
    roles = {Role.PRIMARY: _("utama"), Role.OUTPUT: _("hasil kerja"), Role.SUPPORTING: _("penunjang")}
    return Table(
        title=_("Dampak menurut ukuran"),
        columns=[
            Column(_("Ukuran"), TEXT, 24),
            Column(_("Kedudukan"), TEXT, 12),
            Column(_("Jawaban"), TEXT, 20),
            Column(_("Kalimatnya"), TEXT, 70),
        ],
        rows=[
            [
                wording.outcome_name(measure),
                roles[Role(told["role"])],
                wording.verdict(told["verdict"]),
                wording.outcome_sentence(measure, told),
            ]
            for measure, told in found["outcomes"].items()
        ],
        note=_(
            "Layanan dinilai dari semua ukuran utama: tenang bila semuanya tenang, waspada bila salah satu memburuk."
        ),
    )


def _ranges(found: Mapping[str, Any]) -> Table:
    rows = []
    for measure, told in found["outcomes"].items():
        parts = (("day", _("hari fleksibel")), ("after", _("hari sesudahnya")), ("month", _("sepanjang bulan")))
        for part, label in parts:
            if (shown := told[part]) is not None:
                ends = [_number(shown[end]) for end in ("effect", "low", "high", "margin")]
                rows.append([wording.outcome_name(measure), label, *ends, told.get("units"), told.get("silent")])
        if told.get("naive") is not None:
            label = _("selisih mentah, bukan jawaban")
            rows.append([wording.outcome_name(measure), label, _number(told["naive"]), *[None] * 5])
    return Table(
        title=_("Kisaran"),
        columns=[
            Column(_("Ukuran"), TEXT, 24),
            Column(_("Bagian"), TEXT, 22),
            Column(_("Perubahan"), POINTS, 11),
            Column(_("Terendah"), POINTS, 11),
            Column(_("Tertinggi"), POINTS, 11),
            Column(_("Batas"), POINTS, 9),
            Column(_("Unit"), COUNT, 8),
            Column(_("Tanpa data"), COUNT, 9),
        ],
        rows=rows,
        note=_("Positif berarti lebih baik bagi warga. – berarti tidak terbatas atau tidak ada."),
    )


def _ledger(run: RunRow) -> Table:
    looks = queries.looks_of(run.plan.id)
    content = run.plan.content
    rows: list[list[Cell]] = [[one.number + 1, one.cutoff, wording.day(one.opened_at.date())] for one in looks]
    rows += [[place + 1, content.cutoff(place), _("belum diamati")] for place in range(len(looks), len(content.looks))]
    return Table(
        title=_("Buku pengamatan"),
        columns=[
            Column(_("Pengamatan"), COUNT, 12),
            Column(_("Data sebelum"), CellKind.DATE, 16),
            Column(_("Dibuka"), TEXT, 34),
        ],
        rows=rows,
        note=_("Setiap pengamatan tercatat sebelum hasilnya dihitung."),
    )


def _same_policy(run: RunRow) -> Sequence[queries.PlanRow]:
    policy = run.plan.content.policy
    return [one for one in queries.plans() if one.content.policy == policy and one.frozen_at is not None]


def _plans_table(run: RunRow) -> Table:
    return Table(
        title=_("Rencana lain dari kebijakan ini"),
        columns=[
            Column(_("Rencana"), TEXT, 40),
            Column(_("Mulai"), CellKind.DATE, 16),
            Column(_("Pengamatan"), COUNT, 12),
        ],
        rows=[[one.content.name, one.content.start, one.looks] for one in _same_policy(run)],
    )


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 2)))


def _definitions() -> list[tuple[str, str]]:
    return [
        (_("Hari fleksibel"), _("perubahan bila seluruh rantai layanan berada di luar kantor pada hari itu.")),
        (_("Sepanjang bulan"), _("perubahan rata-rata semua hari kerja, termasuk yang tanpa kerja fleksibel.")),
        (
            _("Kisaran"),
            _("semua besar perubahan yang masih mungkin: undian diulang menurut cara yang tercatat dan dibandingkan."),
        ),
        (_("Batas"), _("penurunan yang dianggap berarti, ditetapkan sebelum hasil dilihat.")),
        (
            _("Memeriksa ulang"),
            _("luwes evaluate bundle membuat paket bukti dan periksa.py, yang menghitung ulang jawaban tanpa Luwes."),
        ),
    ]
