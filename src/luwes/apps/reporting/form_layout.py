"""The columns of a workbook of monthly forms: one row per unit, month and row of the form."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

LAYOUT = Layout(
    kind="isian",
    columns=(
        Column(
            name="kode_unit",
            label="Kode unit",
            kind="code",
            required=False,
            aliases=("Kode PD", "Kode OPD", "Kode SKPD", "Kode Perangkat Daerah", "Kode"),
        ),
        Column(
            name="unit",
            label="Unit",
            kind="text",
            required=True,
            aliases=("Perangkat Daerah", "Nama PD", "PD", "OPD", "SKPD", "Nama Unit", "Unit Kerja"),
        ),
        Column(name="bulan", label="Bulan", kind="month", required=True, aliases=("Bulan Laporan", "Periode")),
        Column(
            name="butir",
            label="Butir",
            kind="text",
            required=True,
            aliases=("Kode Butir", "Butir Laporan"),
        ),
        Column(name="nilai", label="Nilai", kind="text", required=False, aliases=("Isi", "Isian", "Jawaban")),
    ),
    key=("unit", "bulan", "butir"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"kode_unit": "1.01", "unit": "Dinas Pendidikan", "bulan": "2026-10", "butir": "rapat_hibrida", "nilai": "Ya"},
    {"kode_unit": "1.01", "unit": "Dinas Pendidikan", "bulan": "2026-10", "butir": "rapat_jumlah", "nilai": "14"},
    {
        "kode_unit": "1.01",
        "unit": "Dinas Pendidikan",
        "bulan": "2026-10",
        "butir": "kendala",
        "nilai": "Jaringan di gedung B sering putus; Tiga laptop belum diganti",
    },
)
