"""The columns of the two sheets: units with their places, and services with standard and chain."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

KINDS = ("Instansi", "Perangkat daerah", "Unit", "Tim")
ZONES = ("WIB", "WITA", "WIT")
SIGNALS = ("Baik", "Lemah", "Tidak ada")

UNITS = Layout(
    kind="units",
    columns=(
        Column("kode", "Kode unit", "code", True, ("Kode", "ID Unit", "Kode Unor")),
        Column("nama", "Nama unit", "text", True, ("Nama", "Unit", "Unit Organisasi", "Nama Unor")),
        Column("jenis", "Jenis", "choice", True, ("Jenis Unit", "Tingkat"), choices=KINDS),
        Column("induk", "Induk", "text", False, ("Kode Induk", "Unit Induk", "Atasan Unit", "Nama Induk")),
        Column("tempat", "Tempat kerja", "text", False, ("Tempat", "Lokasi", "Lokasi Kerja", "Kantor")),
        Column("zona", "Zona waktu", "choice", False, ("Zona",), choices=ZONES),
        Column("sinyal", "Sinyal", "choice", False, ("Mutu Sinyal", "Jaringan"), choices=SIGNALS),
        Column("berlaku", "Berlaku sejak", "date", False, ("Berlaku", "Mulai Berlaku", "Sejak")),
    ),
    key=("kode",),
)

UNITS_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"kode": "0", "nama": "Pemerintah Provinsi Contoh", "jenis": "Instansi"},
    {"kode": "1.02", "nama": "Dinas Kesehatan", "jenis": "Perangkat daerah", "induk": "0"},
    {
        "kode": "1.02.1",
        "nama": "UPT Laboratorium",
        "jenis": "Unit",
        "induk": "1.02",
        "tempat": "Gedung Laboratorium",
        "zona": "WIB",
        "sinyal": "Lemah",
    },
)

SERVICES = Layout(
    kind="services",
    columns=(
        Column("nama", "Nama layanan", "text", True, ("Layanan", "Jenis Layanan", "Nama Pelayanan", "Jenis Pelayanan")),
        Column("kode_unit", "Kode unit pemilik", "code", False, ("Kode Unit", "ID Unit")),
        Column("unit", "Unit pemilik", "text", True, ("Unit", "Unit Layanan", "Unit Penyelenggara", "Penyelenggara")),
        Column("perangkat_daerah", "Perangkat daerah", "text", False, ("PD", "OPD", "SKPD", "Satuan Kerja")),
        Column(
            *("waktu_menit", "Waktu penyelesaian (menit)", "integer", False),
            aliases=("Waktu (menit)", "Jangka Waktu (menit)", "Waktu Pelayanan (menit)"),
            minimum=1,
            maximum=1_000_000,
        ),
        Column(
            *("waktu_hari_kerja", "Waktu penyelesaian (hari kerja)", "integer", False),
            aliases=("Waktu (hari kerja)", "Jangka Waktu (hari kerja)", "Waktu Pelayanan (hari kerja)"),
            minimum=1,
            maximum=1_000,
        ),
        Column(
            *("wajib_tepat", "Wajib tepat waktu (%)", "integer", False),
            aliases=("Target tepat waktu (%)", "Wajib Menepati (%)", "Target Ketepatan Waktu (%)"),
            minimum=1,
            maximum=100,
        ),
        Column(
            *("biaya", "Biaya (Rp)", "rupiah", False),
            aliases=("Biaya", "Tarif", "Biaya/Tarif"),
            minimum=0,
            maximum=10**12,
        ),
        Column(
            *("pelaksana", "Jumlah pelaksana", "integer", False),
            aliases=("Pelaksana", "Jumlah Petugas", "Jumlah Pelaksana (orang)"),
            minimum=1,
            maximum=10_000,
        ),
        Column("jam_buka", "Jam buka", "text", False, ("Jam Pelayanan", "Jam Layanan", "Waktu Buka")),
        Column("titik", "Titik layanan", "text", False, ("Loket", "Tempat Layanan")),
        Column("depan", "Unit yang melayani", "text", False, ("Petugas Depan", "Front Office")),
        Column("verifikasi", "Unit yang memeriksa", "text", False, ("Verifikator", "Pemeriksa", "Back Office")),
        Column("tanda_tangan", "Unit yang menandatangani", "text", False, ("Penanda Tangan", "Penandatangan")),
        Column("ti", "Unit yang menjaga sistem", "text", False, ("Pengelola Sistem", "TI")),
        Column("sumber", "Sumber", "text", False, ("Dasar", "Standar Pelayanan", "SK Standar Pelayanan")),
        Column("berlaku", "Berlaku sejak", "date", False, ("Berlaku", "Mulai Berlaku", "Sejak")),
    ),
    key=("nama", "unit"),
)

SERVICES_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nama": "Pengujian laboratorium",
        "unit": "UPT Laboratorium",
        "perangkat_daerah": "Dinas Kesehatan",
        "waktu_menit": 1440,
        "biaya": 150_000,
        "pelaksana": 3,
        "jam_buka": "Senin-Kamis 08.00-15.00; Jumat 08.00-11.00",
        "titik": "Loket penerimaan; Loket hasil",
        "tanda_tangan": "Dinas Kesehatan",
        "sumber": "Keputusan Kepala Dinas tentang standar pelayanan",
    },
    {
        "nama": "Rekomendasi izin praktik",
        "unit": "Dinas Kesehatan",
        "waktu_hari_kerja": 2,
        "wajib_tepat": 95,
        "biaya": 0,
        "pelaksana": 2,
        "jam_buka": "Senin-Jumat 08.00-14.00",
        "verifikasi": "Dinas Kesehatan * 2",
        "sumber": "Keputusan Kepala Dinas tentang standar pelayanan",
    },
)
