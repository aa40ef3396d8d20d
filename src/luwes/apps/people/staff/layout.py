"""The columns taken from SIASN's "Export Data ASN"; every other column is dropped before anything is stored."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

STAFF = Layout(
    kind="staff",
    columns=(
        Column("pns_id", "ID SIASN", "code", False, ("PNS ID", "ASN ID", "ID ASN")),
        Column("nip_baru", "NIP", "code", True, ("NIP", "NIP Baru", "NIP/NI PPPK", "NI PPPK")),
        Column("nama", "Nama", "text", True, ("Nama Pegawai", "Nama Lengkap", "Nama ASN")),
        Column("gelar_depan", "Gelar depan", "text", False, ()),
        Column("gelar_belakang", "Gelar belakang", "text", False, ()),
        Column("jenis_pegawai_nama", "Jenis pegawai", "text", False, ("Jenis ASN", "Status Kepegawaian")),
        Column("status_cpns_pns", "Status CPNS/PNS", "text", False, ("Status", "CPNS/PNS")),
        Column("kedudukan_hukum_id", "Kode kedudukan hukum", "code", False, ()),
        Column("kedudukan_hukum_nama", "Kedudukan hukum", "text", False, ("Kedudukan",)),
        Column("gol_akhir_nama", "Golongan", "text", False, ("Golongan Ruang", "Gol", "Gol Akhir", "Pangkat/Golongan")),
        Column("jenis_jabatan_nama", "Jenis jabatan", "text", False, ()),
        Column("jabatan_id", "ID jabatan", "code", False, ()),
        Column("jabatan_nama", "Jabatan", "text", False, ("Nama Jabatan",)),
        Column("tmt_jabatan", "TMT jabatan", "date", False, ("TMT",)),
        Column("kelas_jabatan", "Kelas jabatan", "integer", False, ("Kelas",), 1, 17),
        Column("eselon", "Eselon atau jenjang", "text", False, ("Eselon Level", "Jenjang", "Eselon Nama")),
        Column("unor_id", "ID unit organisasi", "code", False, ("UNOR ID",)),
        Column("unor_nama", "Unit organisasi", "text", True, ("Unit Kerja", "Nama Unor", "UNOR", "Unit")),
        Column(
            *("satuan_kerja_kerja_nama", "Satuan kerja", "text", False),
            aliases=("Satuan Kerja Induk Nama", "Satker", "Perangkat Daerah", "Unor Induk", "Instansi Kerja Nama"),
        ),
        Column("jam_kontrak", "Jam kerja per minggu (paruh waktu)", "text", False, ("Jam Kontrak", "Jam per Minggu")),
        Column("alamat", "Alamat (hanya ada atau tidak)", "present", False, ("Alamat Rumah", "Alamat Domisili")),
        Column("per_tanggal", "Keadaan per tanggal", "date", False, ("Per Tanggal", "Keadaan Per", "Posisi")),
    ),
    key=("nip_baru",),
)

STAFF_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nip_baru": "199503172020032001",
        "nama": "Yosé Limbong",
        "gelar_belakang": "S.Kom.",
        "jenis_pegawai_nama": "PNS",
        "status_cpns_pns": "PNS",
        "kedudukan_hukum_id": "01",
        "kedudukan_hukum_nama": "Aktif",
        "gol_akhir_nama": "III/b",
        "jenis_jabatan_nama": "Jabatan Fungsional",
        "jabatan_nama": "Pranata Komputer Ahli Pertama",
        "tmt_jabatan": "2022-04-01",
        "unor_nama": "Bidang Aplikasi Informatika",
        "satuan_kerja_kerja_nama": "Dinas Komunikasi dan Informatika",
        "alamat": "ada",
    },
    {
        "nip_baru": "199011052025211002",
        "nama": "Rangga Wirya",
        "jenis_pegawai_nama": "PPPK Paruh Waktu",
        "kedudukan_hukum_id": "01",
        "kedudukan_hukum_nama": "Aktif",
        "gol_akhir_nama": "IX",
        "jenis_jabatan_nama": "Pelaksana",
        "jabatan_nama": "Penata Layanan Operasional",
        "tmt_jabatan": "2025-10-01",
        "unor_nama": "Subbagian Umum",
        "satuan_kerja_kerja_nama": "Dinas Kesehatan",
        "jam_kontrak": "20",
    },
)

DISCIPLINE = Layout(
    kind="discipline",
    columns=(
        Column("nip_baru", "NIP", "code", True, ("NIP", "NIP Baru", "NIP/NI PPPK")),
        Column(
            *("tingkat", "Tingkat hukuman", "choice", True),
            aliases=("Jenis Tingkat Hukuman", "Tingkat"),
            choices=("Ringan", "Sedang", "Berat"),
        ),
        Column("mulai", "Mulai", "date", True, ("Hukuman Tanggal", "TMT Hukuman", "Tanggal Mulai")),
        Column("sampai", "Sampai", "date", False, ("Akhir Hukum Tanggal", "Tanggal Akhir", "Berakhir")),
        Column(
            *("dalam_proses", "Dalam proses", "choice", False),
            aliases=("Sedang Diproses", "Proses"),
            choices=("Ya", "Tidak"),
        ),
    ),
    key=("nip_baru", "mulai"),
)

DISCIPLINE_EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nip_baru": "199503172020032001",
        "tingkat": "Ringan",
        "mulai": "2026-03-02",
        "sampai": "2026-09-02",
        "dalam_proses": "Tidak",
    },
    {"nip_baru": "199011052025211002", "tingkat": "Sedang", "mulai": "2026-11-03", "dalam_proses": "Ya"},
)
