"""The columns of a budget recap, under the headers agencies are known to use."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

# No government's budget is larger (the whole state's is about 4 × 10^15 rupiah); more is a shifted column.
LARGEST_RUPIAH = 10**16

LAYOUT = Layout(
    kind="budget",
    columns=(
        Column(
            name="tahun",
            label="Tahun",
            kind="year",
            required=True,
            aliases=("Tahun Anggaran", "TA", "Thn", "Thn Anggaran"),
            minimum=2000,
            maximum=2100,
        ),
        Column(
            name="per_tanggal",
            label="Per tanggal",
            kind="date",
            required=True,
            aliases=("Tanggal", "Tanggal Data", "Posisi", "Posisi Tanggal", "Keadaan", "Keadaan Per", "Periode", "Per"),
        ),
        Column(
            name="kode_pd",
            label="Kode PD",
            kind="code",
            required=False,
            aliases=("Kode", "Kode SKPD", "Kode OPD", "Kode Perangkat Daerah", "Kode Unit", "Kode Satker"),
        ),
        Column(
            name="nama_pd",
            label="Nama PD",
            kind="text",
            required=True,
            aliases=(
                *("Perangkat Daerah", "Nama Perangkat Daerah", "SKPD", "Nama SKPD", "OPD", "Nama OPD", "PD"),
                *("Unit Kerja", "Nama Unit", "Nama Unit Kerja", "Satker", "Nama Satker", "Uraian", "Instansi"),
            ),
        ),
        Column(
            name="pagu",
            label="Pagu",
            kind="rupiah",
            required=True,
            aliases=(
                *("Pagu (Rp)", "Pagu Anggaran", "Pagu Anggaran (Rp)", "Anggaran", "Anggaran (Rp)", "Jumlah Pagu"),
                *("Pagu DPA", "Pagu Perubahan", "Pagu APBD", "Total Pagu", "Alokasi Anggaran"),
            ),
            minimum=0,
            maximum=LARGEST_RUPIAH,
        ),
        Column(
            name="realisasi_keu_rp",
            label="Realisasi keuangan (Rp)",
            kind="rupiah",
            required=True,
            aliases=(
                *("Realisasi (Rp)", "Realisasi Rp", "Keuangan (Rp)", "Realisasi Anggaran", "Jumlah Realisasi"),
                *("Realisasi Anggaran (Rp)", "Realisasi Keuangan", "Realisasi", "Serapan (Rp)", "Realisasi Keu (Rp)"),
            ),
            minimum=0,
            maximum=LARGEST_RUPIAH,
        ),
        Column(
            name="realisasi_keu_pct",
            label="Realisasi keuangan (%)",
            kind="percent",
            required=False,
            aliases=(
                *("Realisasi (%)", "Keuangan (%)", "Keu (%)", "% Keuangan", "% Keu", "Persentase Realisasi"),
                *("Realisasi Anggaran (%)", "Serapan (%)", "% Realisasi", "Realisasi Keu (%)", "Persentase Keuangan"),
            ),
            minimum=0,
            maximum=1000,
        ),
        Column(
            name="realisasi_fisik_pct",
            label="Realisasi fisik (%)",
            kind="percent",
            required=False,
            aliases=("Fisik", "Fisik (%)", "% Fisik", "Realisasi Fisik", "Persentase Fisik", "Progres Fisik (%)"),
            minimum=0,
            maximum=1000,
        ),
        Column(
            name="target_pct",
            label="Target (%)",
            kind="percent",
            required=False,
            aliases=("Target", "% Target", "Target Keuangan (%)", "Target Realisasi (%)", "Target Realisasi"),
            minimum=0,
            maximum=100,
        ),
    ),
    key=("tahun", "per_tanggal", "nama_pd"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "tahun": 2026,
        "per_tanggal": "2026-10-31",
        "kode_pd": "1.01",
        "nama_pd": "Dinas Pendidikan",
        "pagu": 2_290_000_000_000,
        "realisasi_keu_rp": 1_603_000_000_000,
        "realisasi_keu_pct": 70.0,
        "realisasi_fisik_pct": 72.5,
        "target_pct": 85,
    },
    {
        "tahun": 2026,
        "per_tanggal": "2026-10-31",
        "kode_pd": "1.02",
        "nama_pd": "Dinas Kesehatan",
        "pagu": 1_120_500_000_000,
        "realisasi_keu_rp": 952_425_000_000,
        "realisasi_keu_pct": 85.0,
        "realisasi_fisik_pct": 86.25,
        "target_pct": 85,
    },
)
