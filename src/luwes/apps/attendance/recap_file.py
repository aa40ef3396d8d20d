"""The columns of a monthly presensi recap: a row per person, or per perangkat daerah as a whole."""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

# A whole province for a month, in days of people; more is a shifted column.
LARGEST = 2_000_000


def _days(name: str, label: str, *aliases: str) -> Column:
    return Column(name, label, "integer", False, aliases, minimum=0, maximum=LARGEST)


def _share(name: str, label: str, *aliases: str) -> Column:
    return Column(name, label, "percent", False, aliases, minimum=0, maximum=100)


LATE = {f"tl{step}": f"TL{step}" for step in range(1, 5)}
EARLY = {f"psw{step}": f"PSW{step}" for step in range(1, 5)}
# Kinds of leave that a file may count apart, or together as "Cuti".
LEAVE = (
    _days("cuti_tahunan", "Cuti tahunan", "CT"),
    _days("cuti_besar", "Cuti besar", "CB"),
    _days("cuti_sakit", "Cuti sakit", "CS"),
    _days("cuti_melahirkan", "Cuti melahirkan", "CM", "Melahirkan", "Cuti bersalin"),
    _days("cuti_alasan_penting", "Cuti alasan penting", "CAP", "Alasan penting", "Cuti karena alasan penting"),
    _days("cltn", "CLTN", "Cuti di luar tanggungan negara"),
)
ABSENCES = (
    _days("izin", "Izin", "I", "Ijin"),
    _days("sakit", "Sakit", "S"),
    _days("cuti", "Cuti", "C", "Jumlah cuti"),
    *LEAVE,
    _days("tugas_belajar", "Tugas belajar", "TB"),
    _days("tugas_kedinasan", "Tugas kedinasan", "Tugas dinas"),
    _days("dinas_luar", "Dinas luar", "DL", "Perjalanan dinas", "SPPD", "SPT"),
    _days("diklat", "Diklat", "Pelatihan", "Pendidikan dan pelatihan", "Bimtek"),
    # A day whose punch failed: a first-class code in the field, and no absence.
    _days("alasan_teknis", "Alasan teknis", "AT", "Kendala teknis", "Gangguan"),
    _days("tanpa_keterangan", "Tanpa keterangan", "TK", "Alpa", "Alpha", "Mangkir", "Tanpa kabar"),
)
TECHNICAL = "alasan_teknis"
SHARES = {
    "persen_hadir": "present",
    "persen_tidak_hadir": "absent",
    "persen_tanpa_keterangan": "unexplained",
}

LAYOUT = Layout(
    kind="recap",
    columns=(
        Column("nip", "NIP", "code", False, ("NIP Baru", "NIP/NI PPPK", "NIP Pegawai")),
        Column("kode_unit", "Kode unit", "code", False, ("Kode PD", "ID Unit", "Kode Perangkat Daerah")),
        Column(
            *("unit", "Unit", "text", False),
            aliases=("Unit Kerja", "Nama Unit", "Perangkat Daerah", "Nama PD", "OPD", "SKPD", "Unit Organisasi"),
        ),
        # Text, because files write the month as "Oktober", "10" or "Oktober 2026", and the year in a column of its own.
        Column("per_tanggal", "Bulan", "text", True, ("Periode", "Bulan Presensi", "Masa", "Bulan Rekap")),
        Column("tahun", "Tahun", "year", False, ("Tahun Presensi",)),
        _days("pegawai", "Jumlah pegawai", "Pegawai", "Jumlah ASN", "Jumlah Personil"),
        Column(
            *("hari_kerja", "Hari kerja", "integer", False),
            aliases=("HK", "Jumlah Hari Kerja", "Jml Hari Kerja", "Hari Efektif", "Jumlah Hari"),
            minimum=1,
            maximum=31,
        ),
        _days("hadir", "Hadir", "H", "Jumlah Hadir", "Jml Hadir", "Kehadiran", "Masuk"),
        _days("fleksibel", "Hari fleksibel", "WFA", "WFH", "WFO WFA", "Kerja dari rumah", "FWA", "Jumlah WFA"),
        *(_days(name, code, f"TL {code[-1]}", f"Terlambat {code[-1]}") for name, code in LATE.items()),
        *(_days(name, code, f"PSW {code[-1]}", f"Pulang cepat {code[-1]}") for name, code in EARLY.items()),
        _days("tidak_hadir", "Tidak hadir", "Jumlah Tidak Hadir", "Jml Tidak Hadir", "Absen"),
        *ABSENCES,
        _share("persen_hadir", "Persen hadir", "% Hadir", "Persentase Hadir", "Persentase Kehadiran", "% Kehadiran"),
        _share("persen_tidak_hadir", "Persen tidak hadir", "% Tidak Hadir", "Persentase Tidak Hadir"),
        _share("persen_tanpa_keterangan", "Persen tanpa keterangan", "% Tanpa Keterangan", "% TK"),
    ),
    key=("per_tanggal",),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "nip": "199503172020032001",
        "per_tanggal": "November 2026",
        "hari_kerja": 21,
        "hadir": 19,
        "fleksibel": 3,
        "tl1": 1,
        "cuti_tahunan": 2,
        "tanpa_keterangan": 0,
    },
    {
        "unit": "Dinas Kesehatan",
        "per_tanggal": "November 2026",
        "pegawai": 40,
        "persen_hadir": 95.5,
        "persen_tidak_hadir": 4.5,
        "persen_tanpa_keterangan": 0.5,
    },
)
