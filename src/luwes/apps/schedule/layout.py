"""The columns of the files of days. What a leave was for is not taken: it may be an illness."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

NIP = Column("nip", "NIP", "code", True, ("NIP Baru", "NIP/NI PPPK", "nip_baru"))
START = Column("mulai", "Mulai", "date", True, ("Tanggal Mulai", "Dari", "Tgl Mulai"))
LAST = Column("sampai", "Sampai", "date", True, ("Tanggal Selesai", "Sampai Dengan", "Tgl Selesai", "Selesai"))
HALF = Column(
    *("bagian", "Bagian hari", "choice", False),
    aliases=("Setengah Hari", "Paruh Hari", "Sesi"),
    choices=("Penuh", "Pagi", "Siang"),
)

LEAVE = Layout(kind="leave", columns=(NIP, START, LAST, HALF), key=("nip", "mulai"))
LEAVE_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"nip": "199503172020032001", "mulai": "2026-12-14", "sampai": "2026-12-16", "bagian": "Penuh"},
    {"nip": "199011052025211002", "mulai": "2026-12-15", "sampai": "2026-12-15", "bagian": "Siang"},
)

TRIPS = Layout(
    kind="trips",
    columns=(
        *(NIP, START, LAST),
        Column("jenis", "Jenis", "choice", True, ("Jenis Penugasan",), choices=("Dinas luar", "Pelatihan")),
        HALF,
    ),
    key=("nip", "mulai"),
)
TRIPS_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"nip": "199503172020032001", "mulai": "2026-12-07", "sampai": "2026-12-09", "jenis": "Dinas luar"},
    {"nip": "199011052025211002", "mulai": "2026-12-10", "sampai": "2026-12-10", "jenis": "Pelatihan"},
)

FLEXDAYS = Layout(
    kind="flexdays",
    columns=(
        NIP,
        Column("tanggal", "Tanggal", "date", True, ("Hari", "Tgl")),
        Column(
            *("tempat", "Tempat kerja", "choice", True),
            aliases=("Lokasi", "Tempat"),
            choices=("Rumah", "Kantor lain", "Tempat lain", "Kantor"),
        ),
        Column(
            *("cara", "Cara penetapan", "choice", True),
            aliases=("Cara", "Dasar Penetapan"),
            choices=("Undian", "Peringkat", "Permohonan", "Penunjukan", "Wajib"),
        ),
        HALF,
        Column("kode_undian", "Kode undian", "text", False, ("Undian", "Nomor Undian")),
    ),
    key=("nip", "tanggal"),
)
FLEXDAYS_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nip": "199503172020032001",
        "tanggal": "2026-12-04",
        "tempat": "Rumah",
        "cara": "Undian",
        "kode_undian": "U-2026-12",
    },
    {
        "nip": "199011052025211002",
        "tanggal": "2026-12-04",
        "tempat": "Kantor lain",
        "cara": "Permohonan",
        "bagian": "Pagi",
    },
)

LOTS = Layout(
    kind="lots",
    columns=(
        Column("kode_undian", "Kode undian", "text", True, ("Undian", "Nomor Undian")),
        Column("diundi", "Yang diundi", "text", True, ("Objek Undian",)),
        Column("strata", "Strata", "text", False, ("Kelompok",)),
        Column("calon", "Jumlah calon", "integer", True, ("Calon",), 1, 1_000_000),
        Column("terpilih", "Jumlah terpilih", "integer", True, ("Terpilih",), 0, 1_000_000),
        Column("tanggal", "Tanggal undian", "date", True, ("Tanggal",)),
        Column("benih", "Benih acak", "text", True, ("Seed", "Benih")),
    ),
    key=("kode_undian",),
)
LOTS_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "kode_undian": "U-2026-12",
        "diundi": "Hari fleksibel Desember 2026",
        "strata": "Seksi Pelayanan",
        "calon": 24,
        "terpilih": 6,
        "tanggal": "2026-11-20",
        "benih": "20261120",
    },
)
