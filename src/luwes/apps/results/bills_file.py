"""The columns of a file of bills: what a meter counted from when to when, and what was charged."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

# Above any building's month by orders of magnitude; more is a shifted column.
LARGEST_QUANTITY, LARGEST_RUPIAH = 10**9, 10**13

LAYOUT = Layout(
    kind="bills",
    columns=(
        Column("kode_unit", "Kode unit", "code", False, ("Kode", "Kode PD", "ID Unit")),
        Column(
            *("unit", "Unit", "text", True),
            aliases=("Unit Kerja", "Nama Unit", "Perangkat Daerah", "Nama PD", "OPD", "SKPD", "Gedung", "Kantor"),
        ),
        Column(
            *("jenis", "Jenis", "choice", True),
            aliases=("Jenis Tagihan", "Utilitas", "Jenis Utilitas", "Jenis Rekening"),
            choices=("Listrik", "Air", "Data", "BBM"),
        ),
        Column(
            *("meter", "Nomor meter", "code", True),
            aliases=(
                "ID Pelanggan",
                "IDPEL",
                "Id Pel",
                "No Meter",
                "Meter",
                "Nomor Pelanggan",
                "No Pelanggan",
                "NOPOL",
            ),
        ),
        Column("mulai", "Mulai", "date", False, ("Tanggal Mulai", "Dari", "Periode Awal", "Tanggal Awal")),
        Column(
            *("sampai", "Sampai", "date", False),
            aliases=("Tanggal Selesai", "Sampai Dengan", "Periode Akhir", "Tanggal Akhir"),
        ),
        Column("bulan", "Bulan", "month", False, ("Periode", "Bulan Rekening", "Bulan Tagihan", "Masa", "Blth")),
        Column(
            *("pemakaian", "Pemakaian (kWh, m³, GB, liter)", "decimal", True),
            aliases=(
                *("Pemakaian", "Pemakaian (kWh)", "Pemakaian kWh", "kWh", "Jumlah kWh", "Pemakaian (m3)", "Volume"),
                *("Pemakaian (m³)", "Pemakaian (GB)", "Pemakaian (liter)", "Jumlah Pemakaian", "Kuantitas", "Liter"),
            ),
            minimum=0,
            maximum=LARGEST_QUANTITY,
        ),
        Column("tarif", "Tarif", "text", False, ("Golongan Tarif", "Tarif/Daya", "Daya", "Tarif Daya", "Golongan")),
        Column(
            *("rupiah", "Tagihan (Rp)", "rupiah", False),
            aliases=("Tagihan", "Jumlah Tagihan", "Rupiah", "Rp", "Biaya", "Biaya (Rp)", "Total Tagihan", "Nilai"),
            minimum=0,
            maximum=LARGEST_RUPIAH,
        ),
    ),
    key=("jenis", "meter"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "unit": "Dinas Kesehatan",
        "jenis": "Listrik",
        "meter": "239000111222",
        "mulai": "2026-10-21",
        "sampai": "2026-11-20",
        "pemakaian": 12450.5,
        "tarif": "P-1/53 kVA",
        "rupiah": 17_990_000,
    },
    {
        "unit": "Dinas Kesehatan",
        "jenis": "Air",
        "meter": "0100456",
        "bulan": "2026-11-01",
        "pemakaian": 118.25,
        "tarif": "Instansi pemerintah",
        "rupiah": 886_875,
    },
)
