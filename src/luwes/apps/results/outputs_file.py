"""The columns of a file of results, as performance applications export them: by day or by month."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

LAYOUT = Layout(
    kind="outputs",
    columns=(
        Column("nip", "NIP", "code", False, ("NIP Baru", "NIP/NI PPPK", "NIP Pegawai")),
        Column("kode_unit", "Kode unit", "code", False, ("Kode", "Kode PD", "ID Unit")),
        Column(
            *("unit", "Unit", "text", False),
            aliases=("Unit Kerja", "Nama Unit", "Perangkat Daerah", "Nama PD", "OPD", "SKPD", "Unit Organisasi"),
        ),
        Column("tanggal", "Tanggal", "date", False, ("Tgl", "Hari", "Tanggal Kegiatan", "Tanggal Aktivitas")),
        Column("bulan", "Bulan", "month", False, ("Periode", "Masa Penilaian", "Periode Penilaian")),
        Column(
            *("hasil", "Jenis hasil", "text", False),
            aliases=("Hasil Kerja", "Uraian", "Uraian Kegiatan", "Kegiatan", "Aktivitas", "Indikator", "Output"),
        ),
        Column(
            *("jumlah", "Jumlah hasil", "integer", True),
            aliases=("Jumlah", "Realisasi", "Capaian", "Volume", "Kuantitas", "Realisasi Kuantitas"),
            minimum=0,
            maximum=1_000_000,
        ),
        Column(
            *("target", "Target", "integer", False),
            aliases=("Target Kuantitas", "Rencana", "Target Hasil"),
            minimum=0,
            maximum=1_000_000,
        ),
        Column(
            *("mutu", "Mutu (%)", "percent", False),
            aliases=("Mutu", "Kualitas", "Kualitas (%)", "Realisasi Kualitas", "Nilai Mutu"),
            minimum=0,
            maximum=100,
        ),
    ),
    key=("jumlah",),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nip": "199503172020032001",
        "tanggal": "2026-12-02",
        "hasil": "Sampel diperiksa",
        "jumlah": 14,
        "target": 12,
        "mutu": 96,
    },
    {
        "unit": "Dinas Kesehatan",
        "bulan": "2026-11-01",
        "hasil": "Rekomendasi izin praktik",
        "jumlah": 85,
        "target": 90,
    },
)
