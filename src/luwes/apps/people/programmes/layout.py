"""The columns of a sheet of strategic programmes: one row each, with its progress on a date."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

LARGEST_RUPIAH = 10**15

LAYOUT = Layout(
    kind="programs",
    columns=(
        Column("nama", "Nama program", "text", True, ("Program", "Program Strategis", "Nama Kegiatan", "Kegiatan")),
        Column("kode_pemilik", "Kode PD pemilik", "code", False, ("Kode PD", "Kode OPD", "Kode Perangkat Daerah")),
        Column(
            *("pemilik", "PD pemilik", "text", True),
            aliases=("Pemilik", "Perangkat Daerah", "PD", "OPD", "SKPD", "Penanggung Jawab", "PD Pengampu"),
        ),
        Column("tim", "Unit lain yang mengerjakan", "text", False, ("Tim", "PD Pendukung", "Unit Pendukung")),
        Column("mulai", "Mulai", "date", True, ("Tanggal Mulai", "Dari")),
        Column("sampai", "Sampai", "date", True, ("Tanggal Selesai", "Selesai", "Batas Waktu", "Target Selesai")),
        Column("tonggak", "Tonggak", "text", False, ("Milestone", "Tahapan", "Tonggak Capaian")),
        Column(
            *("target_fisik", "Target fisik (%)", "percent", False),
            aliases=("Target Fisik", "Rencana Fisik (%)"),
            minimum=0,
            maximum=100,
        ),
        Column(
            *("capaian_fisik", "Capaian fisik (%)", "percent", False),
            aliases=("Capaian Fisik", "Realisasi Fisik (%)", "Realisasi Fisik", "Progres Fisik (%)", "Progres Fisik"),
            minimum=0,
            maximum=100,
        ),
        Column(
            *("target_keuangan", "Target keuangan (Rp)", "rupiah", False),
            aliases=("Target Keuangan", "Pagu", "Pagu (Rp)", "Anggaran", "Anggaran (Rp)"),
            minimum=0,
            maximum=LARGEST_RUPIAH,
        ),
        Column(
            *("capaian_keuangan", "Capaian keuangan (Rp)", "rupiah", False),
            aliases=("Capaian Keuangan", "Realisasi Keuangan (Rp)", "Realisasi Keuangan", "Realisasi (Rp)"),
            minimum=0,
            maximum=LARGEST_RUPIAH,
        ),
        Column(
            *("per_tanggal", "Capaian per tanggal", "date", False),
            aliases=("Per Tanggal", "Keadaan Per", "Posisi", "Tanggal Data", "Tanggal Laporan"),
        ),
    ),
    key=("nama",),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nama": "Jalan penghubung desa hulu",
        "pemilik": "Dinas Pekerjaan Umum",
        "tim": "Dinas Kesehatan",
        "mulai": "2026-03-02",
        "sampai": "2026-12-18",
        "tonggak": "2026-04-30: Lelang selesai (tercapai 2026-05-04); 2026-12-04: Serah terima",
        "target_fisik": 90,
        "capaian_fisik": 82.5,
        "target_keuangan": 61_000_000_000,
        "capaian_keuangan": 44_530_000_000,
        "per_tanggal": "2026-11-20",
    },
    {
        "nama": "Imunisasi kejar anak sekolah",
        "pemilik": "Dinas Kesehatan",
        "mulai": "2026-08-03",
        "sampai": "2026-11-27",
        "target_fisik": 95,
        "capaian_fisik": 91,
        "per_tanggal": "2026-11-20",
    },
)
