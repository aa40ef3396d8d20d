"""The tables of a monthly report: numbers stay numbers, so that page, PDF and workbook cannot disagree."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from luwes.apps.documents.report import Cell, CellKind, Column, Table
from luwes.apps.reporting import instruments, standards_wording
from luwes.apps.reporting.monthly_facts import MonthlyFacts
from luwes.apps.reporting.monthly_meters import meters_table
from luwes.apps.reporting.monthly_outputs import outputs_table
from luwes.apps.reporting.monthly_sources import SourceLine
from luwes.apps.reporting.realised import realised_shown
from luwes.apps.reporting.standards import ALL, KINDS
from luwes.apps.reporting.tellable import hidden_note
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.budget import pace
from luwes.core.indicators.realised import Chosen, Source
from luwes.core.indicators.standard import Promise
from luwes.core.indicators.suppress import Suppressed, hides
from luwes.core.indicators.survey import SurveyResult, survey_result

# The annex of a printed report names so many files; the workbook of the same report names as many, no more fit a PDF.
FILES_SHOWN = 300
TEXT, COUNT, PERCENT = CellKind.TEXT, CellKind.COUNT, CellKind.PERCENT


def tables(found: MonthlyFacts, files: Sequence[SourceLine]) -> list[Table]:
    """Every table that has a row, in the order of the report."""
    return [table for table in (*by_code(found).values(), annex(files)) if table.rows]


def by_code(found: MonthlyFacts) -> dict[str, Table]:
    """The tables of figures, empty ones too, by a code that no language changes."""
    return {
        "standards": standards_table(found),
        "instruments": instruments.table(found.standards),
        "presence": presence_table(found),
        "realised": realised_table(found),
        "outputs": outputs_table(found),
        "queue": queue_table(found),
        "survey": survey_table(found),
        "complaints": complaints_table(found),
        "budget": budget_table(found),
        "energy": meters_table(found.meters),
        "programs": programs_table(found),
        "breaks": breaks_table(found),
    }


def standards_table(found: MonthlyFacts) -> Table:
    """The *Standar* answer of each service, all days and flexible and other days apart.

    Of one unit with all that is said behind each answer; of the government a row per service, its promises in cells.
    """
    note = _("Perbedaan antara hari fleksibel dan hari lain belum berarti akibat kerja fleksibel.")
    if found.unit is None:
        return _every_service(found, note)
    rows: list[list[Cell]] = [
        [one.name, line.kind, line.days, line.verdict, " ".join(line.promises)]
        for one in found.standards
        for line in standards_wording.lines(one)
    ]
    return Table(
        title=_("Layanan terhadap standarnya"),
        columns=[
            Column(_("Layanan"), TEXT, 26),
            Column(_("Hari"), TEXT, 16),
            Column(_("Jumlah hari"), COUNT, 10),
            Column(_("Jawaban"), TEXT, 22),
            Column(_("Rincian dengan kisarannya"), TEXT, 60),
        ],
        rows=rows,
        note=note,
    )


def _every_service(found: MonthlyFacts, note: str) -> Table:
    rows: list[list[Cell]] = []
    for one in found.standards:
        told = {line.kind: line.verdict for line in standards_wording.lines(one)}
        kinds = [told.get(standards_wording.kind(kind), "–") for kind in KINDS]
        rows.append([one.name, *kinds, *(standards_wording.short(one.own[ALL], promise) for promise in Promise)])
    return Table(
        title=_("Layanan terhadap standarnya"),
        columns=[
            Column(_("Layanan"), TEXT, 26),
            *(Column(standards_wording.kind(kind), TEXT, 13) for kind in KINDS),
            Column(_("Ketepatan waktu, semua hari"), TEXT, 20),
            Column(_("Jam buka menurut petugas, semua hari"), TEXT, 20),
            Column(_("Pelaksana, semua hari"), TEXT, 20),
        ],
        rows=rows,
        note=" ".join(
            [
                _("– berarti tidak dijanjikan, atau tanpa hari seperti itu."),
                _("Uji petik dan warga dapat mengubah jawabannya; lihat tabel tiga alat ukur."),
                note,
            ]
        ),
    )


def presence_table(found: MonthlyFacts) -> Table:
    """Person-days that had to be present, by kind of day; hidden where fewer than five people stand behind them."""
    asked = [(kind, line) for kind, line in found.presence.items() if line.days and line.presence.required]
    hidden = found.told.presence.hides(found.key, kinds=True)
    rows: list[list[Cell]] = []
    for kind, line in asked:
        sums = line.presence
        told: list[Cell] = [
            *(sums.required, sums.present, sums.absent, sums.unknown),
            *(_share(sums.attendance), _share(sums.attendance_at_most), _share(sums.lateness)),
        ]
        rows.append([_kind(kind), *([None] * len(told) if hidden else told)])
    return Table(
        title=_("Kehadiran"),
        columns=[
            Column(_("Hari"), TEXT, 20),
            Column(_("Wajib hadir (orang-hari)"), COUNT, 14),
            Column(_("Hadir"), COUNT, 12),
            Column(_("Tidak hadir"), COUNT, 12),
            Column(_("Tidak tercatat"), COUNT, 12),
            Column(_("Kehadiran (%)"), PERCENT, 12),
            Column(_("Paling tinggi (%)"), PERCENT, 12),
            Column(_("Terlambat (%)"), PERCENT, 12),
        ],
        rows=rows,
        note=" ".join(
            [
                _("Yang tidak tercatat tidak dihitung hadir; paling tinggi bila semuanya ternyata hadir."),
                _("Terlambat dari hari wajib hadir, dengan aturan yang sama pada kedua jenis hari."),
                *([hidden_note()] if hidden and asked else []),
            ]
        ),
    )


def realised_table(found: MonthlyFacts) -> Table:
    """The flexible share of each unit as planned and as it really was, and who says so."""
    rows: list[list[Cell]] = []
    for line in found.realised:
        name = _("Seluruh bulan") if line.kind is None else _kind(line.kind)
        told = _("belum ada") if line.chosen is None else _evidence(line.chosen)
        planned, real = realised_shown(found.told, line)
        rows.append([line.unit.name, name, _share(planned), _share(real), told])
    return Table(
        title=_("Rencana dan kenyataan hari fleksibel"),
        columns=[
            Column(_("Unit"), TEXT, 34),
            Column(_("Hari"), TEXT, 18),
            Column(_("Rencana di luar kantor (%)"), PERCENT, 14),
            Column(_("Nyata di luar kantor (%)"), PERCENT, 14),
            Column(_("Menurut"), TEXT, 34),
        ],
        rows=rows,
        note=_("Yang dipakai bukti terbaik: presensi, lalu rekap, lalu hitungan pimpinan pada isian."),
    )


def _evidence(chosen: Chosen) -> str:
    """Who says it, and who says otherwise."""
    names = {Source.PUNCHES: _("presensi"), Source.RECAP: _("rekap"), Source.HEAD: _("hitungan pimpinan")}
    source = next(iter(chosen.figure.sources))
    if not chosen.contradicted_by:
        return names[source]
    others = ", ".join(names[one] for one in chosen.contradicted_by)
    return _("%(source)s; berbeda menurut %(others)s") % {"source": names[source], "others": others}


def queue_table(found: MonthlyFacts) -> Table:
    """How long people waited for each service; hidden below five who were called."""
    rows: list[list[Cell]] = []
    for one in found.services:
        queue = one.whole.waits.queue
        if queue.arrived:
            told = [None, None] if hides(queue.called) else [queue.median, queue.p90]
            counts = [None if hides(number) else number for number in (queue.arrived, queue.called, queue.served)]
            rows.append([one.name, *counts, *told])
    return Table(
        title=_("Antrean"),
        columns=[
            Column(_("Layanan"), TEXT, 34),
            Column(_("Datang"), COUNT, 12),
            Column(_("Dipanggil"), COUNT, 12),
            Column(_("Dilayani"), COUNT, 12),
            Column(_("Separuh menunggu paling lama (menit)"), COUNT, 18),
            Column(_("Sembilan dari sepuluh paling lama (menit)"), COUNT, 18),
        ],
        rows=rows,
        note=_("– berarti kurang dari lima orang."),
    )


def survey_table(found: MonthlyFacts) -> Table:
    """The survey index of each service with its number of answers; hidden below five."""
    rows: list[list[Cell]] = []
    for one in found.services:
        result = survey_result(one.whole.answers.survey)
        if isinstance(result, SurveyResult):
            low, high = (result.interval.low, result.interval.high) if result.interval else (None, None)
            grade = result.band.value
            low_share = _share(result.low_share)
            rows.append([one.name, result.n, result.index, low, high, grade, result.printed_index, low_share])
        elif isinstance(result, Suppressed):
            rows.append([one.name, None, None, None, None, _("kurang dari lima jawaban"), None, None])
    weights = _("Bobot 0,11 seperti tercetak pada peraturan; mutu memakai bobot 1/9. Rentang keyakinan 95 persen.")
    return Table(
        title=_("Survei kepuasan masyarakat"),
        columns=[
            Column(_("Layanan"), TEXT, 34),
            Column(_("Jawaban lengkap"), COUNT, 12),
            Column(_("IKM, bobot 1/9 (%)"), PERCENT, 12),
            Column(_("Paling rendah (%)"), PERCENT, 12),
            Column(_("Paling tinggi (%)"), PERCENT, 12),
            Column(_("Mutu"), TEXT, 16),
            Column(_("IKM, bobot 0,11 (%)"), PERCENT, 12),
            Column(_("Jawaban bernilai 1 atau 2 (%)"), PERCENT, 13),
        ],
        rows=rows,
        note=" ".join(filter(None, (weights, _flagged(found)))),
    )


def _flagged(found: MonthlyFacts) -> str:
    """That answers from bursts or odd times are among those counted; where the figures without them stand."""
    count = sum(one.whole.answers.flagged[2] for one in found.services)
    if not count:
        return ""
    if hides(count):
        return _("Beberapa jawaban dari poster QR bertanda dan ikut dihitung; lihat halaman Survei layanan.")
    return _("%(count)d jawaban dari poster QR bertanda dan ikut dihitung; lihat halaman Survei layanan.") % {
        "count": count
    }


def complaints_table(found: MonthlyFacts) -> Table:
    """Complaints by state; hidden below five."""
    sums, rows = found.complaints, []
    if sums is not None and not found.complaints_hidden:
        rows = [
            [
                sums.total,
                sums.not_disposed,
                sums.not_followed_up,
                sums.in_process,
                sums.done,
                _share(sums.followed_up_share),
            ]
        ]
    return Table(
        title=_("Pengaduan"),
        columns=[
            Column(_("Semua"), COUNT, 10),
            Column(_("Belum disalurkan"), COUNT, 14),
            Column(_("Belum ditindaklanjuti"), COUNT, 16),
            Column(_("Diproses"), COUNT, 12),
            Column(_("Selesai"), COUNT, 12),
            Column(_("Ditindaklanjuti (%)"), PERCENT, 16),
        ],
        rows=rows,
    )


def budget_table(found: MonthlyFacts) -> Table:
    """The budget pace of each unit on the newest date of the month's year that has figures."""
    paces = [(fact, pace(fact.figure)) for fact in found.budget]
    return Table(
        title=_("Realisasi anggaran"),
        columns=[
            Column(_("Unit"), TEXT, 34),
            Column(_("Per tanggal"), CellKind.DATE, 14),
            Column(_("Pagu (Rp)"), CellKind.RUPIAH, 22),
            Column(_("Realisasi (Rp)"), CellKind.RUPIAH, 22),
            Column(_("Keuangan (%)"), PERCENT, 12),
            Column(_("Target (%)"), PERCENT, 12),
            Column(_("Deviasi (poin)"), CellKind.POINTS, 12),
        ],
        rows=[
            [
                fact.unit_name,
                fact.figure.as_of,
                fact.figure.ceiling,
                fact.figure.realised,
                shown.pct,
                None if shown.target is None else shown.target.pct,
                shown.deviation,
            ]
            for fact, shown in paces
        ],
        note=_("– berarti tidak ada data."),
    )


def programs_table(found: MonthlyFacts) -> Table:
    """Strategic programmes that ran in the month."""
    return Table(
        title=_("Program strategis"),
        columns=[
            Column(_("Program"), TEXT, 44),
            Column(_("Per tanggal"), CellKind.DATE, 14),
            Column(_("Fisik (%)"), PERCENT, 12),
            Column(_("Target (%)"), PERCENT, 12),
        ],
        rows=[
            [row.facts.name, row.facts.as_of, row.facts.physical_progress, row.facts.physical_target]
            for row in found.programs
        ],
        note=_("– berarti belum dilaporkan."),
    )


def breaks_table(found: MonthlyFacts) -> Table:
    """Where a series of the past year crosses a change in how it is recorded."""
    return Table(
        title=_("Perubahan cara mencatat"),
        columns=[Column(_("Sejak"), CellKind.DATE, 14), Column(_("Yang berubah"), TEXT, 70)],
        rows=[[row.on, row.description] for row in found.breaks],
        note=_("Angka sebelum dan sesudahnya tidak sebanding."),
    )


def annex(files: Sequence[SourceLine]) -> Table:
    """Every file behind the figures; past `FILES_SHOWN` their number is said instead."""
    more = len(files) - FILES_SHOWN
    return Table(
        title=_("Lampiran: berkas sumber"),
        columns=[
            Column(_("Data"), TEXT, 18),
            Column(_("Berkas"), TEXT, 40),
            Column(_("SHA-256 (awal)"), TEXT, 18),
            Column(_("Diterima"), CellKind.DATE, 14),
            Column(_("Baris dipakai"), COUNT, 12),
            Column(_("Baris pertama"), COUNT, 12),
            Column(_("Baris terakhir"), COUNT, 12),
        ],
        rows=[
            [one.what, one.file_name, one.sha256[:12], one.arrived, one.rows, one.first, one.last]
            for one in files[:FILES_SHOWN]
        ],
        note=" ".join(
            [
                *([_("dan %(count)d berkas lagi.") % {"count": more}] if more > 0 else []),
                *([hidden_note()] if any(one.rows is None for one in files) else []),
            ]
        ),
    )


def _kind(kind: DayKind) -> str:
    if kind is DayKind.UNDEFINED:
        return _("Hari tanpa rencana")
    return standards_wording.kind(kind.value)


def _share(share: Fraction | None) -> Decimal | None:
    return None if share is None else Decimal(round(share * 10_000)) / 100
