"""The columns of a recap of complaints: how many of a unit's complaints of a month stand in which state."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

# No unit of any province has as many complaints in a month; more is a shifted column.
LARGEST = 1_000_000


def _count(name: str, label: str, required: bool, *aliases: str) -> Column:
    return Column(name, label, "integer", required, aliases, minimum=0, maximum=LARGEST)


LAYOUT = Layout(
    kind="complaints",
    columns=(
        Column("kode_unit", "Kode unit", "code", False, ("Kode PD", "ID Unit", "Kode Instansi")),
        Column(
            *("unit", "Unit", "text", True),
            aliases=("Unit Kerja", "Nama Unit", "Perangkat Daerah", "Nama PD", "OPD", "SKPD", "Instansi"),
        ),
        Column("bulan", "Bulan", "month", True, ("Periode", "Bulan Laporan", "Masa", "Bulan Pengaduan")),
        Column("kanal", "Kanal", "text", False, ("Saluran", "Sumber", "Channel", "Media")),
        _count("belum_disposisi", "Belum didisposisi", False, "Belum Disposisi", "Belum Terdisposisi", "Menunggu"),
        _count(
            *("belum_ditindaklanjuti", "Belum ditindaklanjuti", True),
            *("Belum Tindak Lanjut", "Terdisposisi", "Sudah Disposisi", "Belum Diproses"),
        ),
        _count("diproses", "Diproses", True, "Dalam Proses", "Sedang Diproses", "Proses", "Ditindaklanjuti"),
        _count("selesai", "Selesai", True, "Tuntas", "Ditutup", "Selesai Ditindaklanjuti"),
        _count("jumlah", "Jumlah", False, "Total", "Jumlah Pengaduan", "Total Laporan", "Jumlah Laporan"),
    ),
    key=("unit", "bulan"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "unit": "Dinas Kesehatan",
        "bulan": "2026-11-01",
        "kanal": "SP4N-LAPOR!",
        "belum_disposisi": 1,
        "belum_ditindaklanjuti": 2,
        "diproses": 4,
        "selesai": 11,
        "jumlah": 18,
    },
)
