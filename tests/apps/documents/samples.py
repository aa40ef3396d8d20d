"""A report with every part, for the tests of its two formats."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from luwes.apps.documents.report import (
    Cell,
    CellKind,
    Column,
    Kop,
    Picture,
    Remark,
    Report,
    Stamp,
    Table,
    Verdict,
)
from luwes.core.charts import PRINT, Bar, bar_chart

KOP = Kop(("PEMERINTAH PROVINSI CONTOH", "DINAS CONTOH"), "Jalan Contoh Nomor 1, Kota Contoh", "Kota Contoh")
STAMP = Stamp("a1b2c3d4e5f6g7h8", "0123456789abcdef" * 4, datetime(2025, 11, 3, 3, 15, tzinfo=UTC))
COLUMNS = (
    Column("No.", CellKind.COUNT, 6),
    Column("Perangkat daerah", CellKind.TEXT, 44),
    Column("Pagu (Rp)", CellKind.RUPIAH, 22),
    Column("Keuangan (%)", CellKind.PERCENT, 12),
    Column("Deviasi (poin)", CellKind.POINTS, 12),
    Column("Tanggal", CellKind.DATE, 14),
)


def row(number: int, name: str, ceiling: int | None = 2_290_000_000_000) -> list[Cell]:
    """One table row."""
    return [number, name, ceiling, Decimal("45.85"), Decimal("-4.15"), date(2025, 10, 31)]


def report(names: Sequence[str] = ("Dinas Satu", "Dinas Dua"), **changes: object) -> Report:
    """A report over units of these names."""
    svg = bar_chart(
        [Bar(name, 45.85, "45,85 %", target=50) for name in names[:12]],
        title="Realisasi",
        description="Batang",
        palette=PRINT,
        width=720,
    )
    table = Table(
        "Realisasi per perangkat daerah",
        COLUMNS,
        [row(index + 1, name) for index, name in enumerate(names)],
        ["", "Jumlah", 4_580_000_000_000, Decimal("45.85"), None, None],
        "– berarti tidak ada data.",
    )
    made = Report(
        title="Realisasi anggaran",
        subject="Pemerintah Provinsi Contoh",
        period="per Jumat, 31 Oktober 2025",
        verdict=Verdict("Belum sesuai target", "bad", "Realisasi belum sesuai target.", "45,85 %", "dari pagu"),
        notices=["1 dari 3 perangkat daerah belum melapor."],
        facts=[("Target", "50 %")],
        pictures=[Picture("Terjauh di bawah target", svg, "Dua batang di bawah target.")],
        tables=[table],
        remarks_title="Catatan perangkat daerah",
        remarks=[Remark("Lelang terlambat.", "Kepala Dinas Satu, 1 Nov 2025")],
        definitions=[("Realisasi keuangan", "realisasi dibagi pagu pada tanggal yang sama")],
    )
    return replace(made, **changes)  # type: ignore[arg-type]
