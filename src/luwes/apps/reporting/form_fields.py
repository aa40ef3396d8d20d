"""The rows of the monthly report (Isian PD) as data: fourteen sections, each row asked for or read from files.

The sections are those of the form seen in practice for the circular of the home ministry. Only rows that no file can
fill are asked; every other row is shown with the files that fill it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
# What an answer may be: a text or code, a whole number, or a list of texts. Percent is a decimal written as text.
Value = str | int | list[str]
YES, NO = "ya", "tidak"


class FieldKind(StrEnum):
    """How a row is answered."""

    CHOICE = "pilihan"
    YES_NO = "ya_tidak"
    NUMBER = "bilangan"
    PERCENT = "persen"
    RUPIAH = "rupiah"
    TEXT = "teks"
    LIST = "daftar"


class Origin(StrEnum):
    """Who fills a row: files, the head, or the head only where no presence data of the month is on file."""

    FILE = "berkas"
    ASK = "isian"
    ASK_WITHOUT_PRESENCE = "isian_tanpa_presensi"


@dataclass(frozen=True, slots=True)
class Field:
    """One row. `when` names another row and the answer ("": any) under which this one is required, never otherwise.

    `carried` rows are offered with last month's answer; numbers never are, because they are of their month.
    """

    section: int
    code: str
    label: Text
    kind: FieldKind
    origin: Origin = Origin.ASK
    unit: Text = ""
    required: bool = True
    hint: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    when: tuple[str, str] | None = None
    carried: bool = False

    @property
    def asked(self) -> bool:
        """Whether people may have to fill it in."""
        return self.origin is not Origin.FILE

    def options(self) -> tuple[tuple[str, Text], ...]:
        """The answers to choose from, code and label; () where anything may be written."""
        return _YES_NO if self.kind is FieldKind.YES_NO else self.choices


_YES_NO: tuple[tuple[str, Text], ...] = ((YES, _("Ya")), (NO, _("Tidak")))
_USED = (("sudah", _("Sudah")), ("belum", _("Belum")))
_THERE = (("ada", _("Ada")), ("disusun", _("Sedang disusun")), ("belum", _("Belum ada")))

SECTIONS: Mapping[int, Text] = {
    1: _("Pelaksanaan tugas kedinasan"),
    2: _("Layanan digital"),
    3: _("Pengendalian dan pengawasan"),
    4: _("Layanan publik"),
    5: _("Rapat dan pemanfaatan teknologi"),
    6: _("Perjalanan dinas"),
    7: _("Kendaraan dinas"),
    8: _("Hemat energi di kantor"),
    9: _("Pengecualian: tetap bekerja di kantor"),
    10: _("Penghematan"),
    11: _("Pemanfaatan penghematan"),
    12: _("Hari bebas kendaraan bermotor"),
    13: _("Kendala"),
    14: _("Tindak lanjut"),
}


def _file(section: int, code: str, label: Text, hint: Text) -> Field:
    return Field(section, code, label, FieldKind.TEXT, Origin.FILE, hint=hint, required=False)


def _count(code: str, label: Text, hint: Text = "") -> Field:
    return Field(1, code, label, FieldKind.NUMBER, Origin.ASK_WITHOUT_PRESENCE, unit=_("orang-hari"), hint=hint)


def _choice(section: int, code: str, label: Text, choices: tuple[tuple[str, Text], ...], hint: Text = "") -> Field:
    return Field(section, code, label, FieldKind.CHOICE, choices=choices, hint=hint, carried=True)


def _yes_no(section: int, code: str, label: Text, hint: Text = "") -> Field:
    return Field(section, code, label, FieldKind.YES_NO, hint=hint, carried=True)


_DUTY = (
    _file(1, "penerapan", _("Kerja fleksibel diterapkan"), _("dari rencana hari fleksibel")),
    _file(1, "pola_hari", _("Pola hari fleksibel"), _("dari rencana hari fleksibel")),
    _file(1, "perbandingan", _("Perbandingan rencana fleksibel dan kantor"), _("dari rencana hari fleksibel")),
    _count(
        "fleksibel_bertugas",
        _("Hari fleksibel: yang bertugas"),
        _("Jumlahkan pegawai yang bertugas pada setiap hari fleksibel. Contoh: 40 orang pada 4 hari adalah 160."),
    ),
    _count("fleksibel_luar", _("Hari fleksibel: yang bekerja di luar kantor")),
    _count("lain_bertugas", _("Hari kerja lain: yang bertugas")),
    _count("lain_luar", _("Hari kerja lain: yang bekerja di luar kantor")),
)
_DIGITAL = (
    _choice(2, "e_office", _("Persuratan elektronik (e-office)"), _USED),
    _choice(2, "tanda_tangan_elektronik", _("Tanda tangan elektronik"), _USED),
    _choice(2, "presensi_elektronik", _("Presensi elektronik"), _USED),
    _choice(2, "simpeg", _("Sistem informasi kepegawaian (SIMPEG)"), _USED),
    _choice(2, "spbe", _("Layanan SPBE lain"), _USED),
    _choice(
        2,
        "infrastruktur_digital",
        _("Jaringan dan perangkat"),
        (("memadai", _("Memadai")), ("terbatas", _("Terbatas"))),
    ),
)
_CONTROL = (
    _choice(3, "skema_pengendalian", _("Cara mengendalikan pelaksanaan"), _THERE),
    _choice(3, "skema_pengawasan", _("Cara mengawasi pegawai dan hasilnya"), _THERE),
)
_SERVICE = (
    _file(4, "layanan_langsung", _("Petugas layanan langsung ada di tempat"), _("dari presensi dan rantai layanan")),
    _file(4, "unit_pendukung", _("Unit yang merencanakan hari fleksibel"), _("dari rencana hari fleksibel")),
    _file(4, "target_pegawai", _("Target hasil kerja"), _("dari hasil kerja")),
    _file(4, "mutu_layanan", _("Mutu layanan terhadap standar"), _("dari perkara layanan, jam buka, dan presensi")),
)
_MEETINGS = (
    _yes_no(5, "rapat_hibrida", _("Rapat hibrida atau daring dilaksanakan")),
    Field(
        5, "rapat_jumlah", _("Banyaknya rapat hibrida atau daring"), FieldKind.NUMBER, unit=_("rapat"), required=False
    ),
    _choice(
        5,
        "pemanfaatan_tik",
        _("Pemanfaatan teknologi informasi"),
        (("maksimal", _("Maksimal")), ("terbatas", _("Terbatas"))),
    ),
)
_CUT = _("Terhadap bulan pembanding menurut edaran. Tulis angka minus bila justru bertambah.")
_TRAVEL = (
    _yes_no(
        6,
        "perjalanan_ada_pembanding",
        _("Ada perjalanan dinas pada bulan pembanding"),
        _("Tanpa perjalanan pada bulan pembanding, persentase pengurangan tidak dapat dihitung."),
    ),
    Field(
        6,
        "perjalanan_dalam_negeri",
        _("Pengurangan perjalanan dalam negeri"),
        FieldKind.PERCENT,
        unit="%",
        hint=_CUT,
        when=("perjalanan_ada_pembanding", YES),
    ),
    Field(
        6,
        "perjalanan_luar_negeri",
        _("Pengurangan perjalanan luar negeri"),
        FieldKind.PERCENT,
        unit="%",
        hint=_CUT,
        required=False,
    ),
    _yes_no(6, "frekuensi_dikurangi", _("Frekuensi perjalanan dikurangi")),
    _yes_no(6, "rombongan_dikurangi", _("Jumlah anggota rombongan dikurangi")),
)
_VEHICLES = (
    Field(7, "kendaraan_dinas", _("Pengurangan pemakaian kendaraan dinas"), FieldKind.PERCENT, unit="%", hint=_CUT),
    _yes_no(7, "kendaraan_listrik", _("Kendaraan listrik dipakai")),
    _yes_no(7, "angkutan_umum", _("Angkutan umum dipakai")),
    _yes_no(7, "sepeda", _("Sepeda dipakai")),
)
_ENERGY = (
    _choice(
        8,
        "perangkat_dimatikan",
        _("Pegawai mematikan perangkat saat bekerja di luar kantor"),
        (("dipatuhi", _("Dipatuhi")), ("belum_optimal", _("Belum optimal"))),
    ),
    _choice(8, "ruang_aman", _("Ruang kerja yang kosong"), (("aman", _("Aman")), ("belum_aman", _("Belum aman")))),
)
_EXCEPTIONS = (
    _choice(
        9,
        "pengecualian",
        _("Pengecualian dilaksanakan sesuai edaran"),
        (("sesuai", _("Sesuai")), ("belum_sesuai", _("Belum sesuai"))),
    ),
    Field(
        9,
        "pengecualian_keterangan",
        _("Yang belum sesuai"),
        FieldKind.TEXT,
        when=("pengecualian", "belum_sesuai"),
        carried=True,
    ),
)
_SAVINGS = (
    _file(10, "hemat_listrik", _("Listrik"), _("dari tagihan listrik")),
    _file(10, "hemat_bbm", _("Bahan bakar"), _("dari tagihan bahan bakar")),
    _file(10, "hemat_air", _("Air"), _("dari tagihan air")),
    _file(10, "hemat_data", _("Telepon dan data"), _("dari tagihan data")),
)


def _spent(code: str, label: Text) -> Field:
    return Field(11, code, label, FieldKind.RUPIAH, unit="Rp", required=False)


_SPENDING = (
    _yes_no(
        11,
        "penghematan_dialihkan",
        _("Penghematan sudah dialihkan"),
        _("Hanya yang sudah tercatat pada dokumen anggaran."),
    ),
    _spent("alih_program_prioritas", _("Untuk program prioritas daerah")),
    Field(
        11,
        "alih_program_nama",
        _("Nama program prioritas"),
        FieldKind.TEXT,
        when=("alih_program_prioritas", ""),
        carried=True,
    ),
    _spent("alih_mutu_layanan", _("Untuk mutu layanan publik")),
    _spent("alih_lain", _("Untuk belanja produktif lain")),
)
_CAR_FREE = ("bebas_kendaraan", YES)
_CAR_FREE_DAY = (
    _yes_no(12, "bebas_kendaraan", _("Hari bebas kendaraan bermotor dilaksanakan")),
    Field(12, "bebas_kendaraan_ruas", _("Ruas jalan"), FieldKind.TEXT, when=_CAR_FREE, carried=True),
    Field(12, "bebas_kendaraan_kali", _("Berapa kali seminggu"), FieldKind.NUMBER, unit=_("kali"), when=_CAR_FREE),
    Field(12, "bebas_kendaraan_jam", _("Jam pelaksanaan"), FieldKind.TEXT, when=_CAR_FREE, carried=True),
    Field(12, "bebas_kendaraan_perluasan", _("Rencana perluasan"), FieldKind.TEXT, required=False, carried=True),
)
_ONE_A_LINE = _("Satu per baris. Tulis “Tidak ada” bila memang tidak ada.")
_CLOSING = (
    Field(13, "kendala", _("Kendala bulan ini"), FieldKind.LIST, hint=_ONE_A_LINE, carried=True),
    Field(14, "tindak_lanjut", _("Tindak lanjut"), FieldKind.LIST, hint=_ONE_A_LINE, carried=True),
)

FIELDS: Sequence[Field] = (
    *_DUTY,
    *_DIGITAL,
    *_CONTROL,
    *_SERVICE,
    *_MEETINGS,
    *_TRAVEL,
    *_VEHICLES,
    *_ENERGY,
    *_EXCEPTIONS,
    *_SAVINGS,
    *_SPENDING,
    *_CAR_FREE_DAY,
    *_CLOSING,
)
# The head's own count: on duty and, of those, away from the office, on flexible days and on others.
HEAD_COUNT_PAIRS = (("fleksibel_bertugas", "fleksibel_luar"), ("lain_bertugas", "lain_luar"))
HEAD_COUNT = tuple(code for pair in HEAD_COUNT_PAIRS for code in pair)
BY_CODE: Mapping[str, Field] = {field.code: field for field in FIELDS}


def asked_fields(*, has_presence: bool) -> Sequence[Field]:
    """The rows people fill in; `has_presence` says that the month's presence is on file, so nobody counts by hand."""
    return [
        field for field in FIELDS if field.asked and not (has_presence and field.origin is Origin.ASK_WITHOUT_PRESENCE)
    ]


def applies(field: Field, values: Mapping[str, Value]) -> bool:
    """Whether a row must be answered, given the others."""
    if field.when is None:
        return field.required
    code, answer = field.when
    given = values.get(code)
    return given is not None and answer in ("", given)


def missing(values: Mapping[str, Value], *, has_presence: bool) -> Sequence[str]:
    """Codes of the rows that must be answered and are not, in the order of the form."""
    return missing_of(asked_fields(has_presence=has_presence), values)


def missing_of(fields: Sequence[Field], values: Mapping[str, Value]) -> Sequence[str]:
    """The same among the rows asked."""
    return [field.code for field in fields if field.code not in values and applies(field, values)]


def carried_over(values: Mapping[str, Value]) -> dict[str, Value]:
    """Of last month's answers those a new month is offered with."""
    return {code: value for code, value in values.items() if code in BY_CODE and BY_CODE[code].carried}


def disagreeing(values: Mapping[str, Value]) -> Sequence[tuple[str, str]]:
    """The pairs of head counts in which more people are away from the office than on duty."""
    found = []
    for on_duty, elsewhere in HEAD_COUNT_PAIRS:
        whole, part = values.get(on_duty), values.get(elsewhere)
        if isinstance(whole, int) and isinstance(part, int) and part > whole:
            found.append((on_duty, elsewhere))
    return found
