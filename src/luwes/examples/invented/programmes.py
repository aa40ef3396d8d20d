"""Strategic programmes of the invented province, and the weeks it closes to flexible work."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InventedStep:
    """A milestone: what is due when, and when it was reached (None: not yet)."""

    due: date
    name: str
    reached: date | None = None


@dataclass(frozen=True, slots=True)
class InventedProgramme:
    """One programme; `owner` and `team` are names of perangkat daerah, both days inside.

    Physical figures are percent, money is whole rupiah, all as of `as_of`.
    """

    name: str
    owner: str
    team: tuple[str, ...]
    first: date
    last: date
    steps: tuple[InventedStep, ...]
    as_of: date
    physical_target: Decimal
    physical_progress: Decimal
    money_target: int
    money_progress: int


@dataclass(frozen=True, slots=True)
class InventedBlackout:
    """Days closed to flexible work, for everybody ("") or one perangkat daerah by name; both days inside."""

    unit: str
    name: str
    basis: str
    first: date
    last: date


AS_OF = date(2026, 10, 31)

PROGRAMMES = (
    # Late: the money and the road both lag, and a milestone has passed unmet.
    InventedProgramme(
        name="Peningkatan Jalan Lintas Contoh",
        owner="Dinas Pekerjaan Umum dan Penataan Ruang",
        team=("Dinas Perhubungan", "Biro Administrasi Pembangunan"),
        first=date(2026, 1, 5),
        last=date(2026, 12, 18),
        steps=(
            InventedStep(date(2026, 3, 31), "Kontrak ditandatangani", date(2026, 4, 14)),
            InventedStep(date(2026, 7, 31), "Lapis bawah selesai", date(2026, 8, 27)),
            InventedStep(date(2026, 10, 30), "Jembatan kedua tersambung"),
            InventedStep(date(2026, 12, 11), "Serah terima pertama"),
        ),
        as_of=AS_OF,
        physical_target=Decimal("82.50"),
        physical_progress=Decimal("68.40"),
        money_target=96_400_000_000,
        money_progress=71_250_000_000,
    ),
    InventedProgramme(
        name="Layanan Rujukan Malam RSUD",
        owner="RSUD Contoh Sehat",
        team=("Dinas Kesehatan", "Dinas Komunikasi, Informatika, Persandian dan Statistik"),
        first=date(2026, 2, 2),
        last=date(2027, 1, 29),
        steps=(
            InventedStep(date(2026, 5, 29), "Ruang triase dibuka", date(2026, 5, 27)),
            InventedStep(date(2026, 9, 30), "Jadwal dokter jaga lengkap", date(2026, 9, 28)),
            InventedStep(date(2026, 12, 21), "Uji sambungan rujukan tiga kabupaten"),
        ),
        as_of=AS_OF,
        physical_target=Decimal("70.00"),
        physical_progress=Decimal("73.00"),
        money_target=18_750_000_000,
        money_progress=18_100_000_000,
    ),
    InventedProgramme(
        name="Satu Data Perizinan",
        owner="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        team=("Dinas Komunikasi, Informatika, Persandian dan Statistik", "Biro Organisasi"),
        first=date(2026, 3, 2),
        last=date(2026, 12, 31),
        steps=(
            InventedStep(date(2026, 6, 30), "Izin kesehatan pindah ke sistem baru", date(2026, 6, 26)),
            InventedStep(date(2026, 11, 13), "Izin bangunan pindah ke sistem baru", date(2026, 11, 12)),
            InventedStep(date(2026, 12, 15), "Loket lama ditutup"),
        ),
        as_of=AS_OF,
        physical_target=Decimal("64.00"),
        physical_progress=Decimal("61.25"),
        money_target=7_300_000_000,
        money_progress=6_940_000_000,
    ),
    InventedProgramme(
        name="Cadangan Pangan Menjelang Tanam",
        owner="Dinas Ketahanan Pangan",
        team=("Dinas Tanaman Pangan, Hortikultura dan Peternakan",),
        first=date(2026, 8, 3),
        last=date(2027, 3, 31),
        steps=(
            InventedStep(date(2026, 10, 16), "Gudang wilayah timur siap", date(2026, 10, 16)),
            InventedStep(date(2027, 1, 22), "Cadangan 400 ton tersimpan"),
        ),
        as_of=AS_OF,
        physical_target=Decimal("35.00"),
        physical_progress=Decimal("35.00"),
        money_target=12_000_000_000,
        money_progress=11_480_000_000,
    ),
)

BLACKOUTS = (
    InventedBlackout(
        unit="",
        name="Penutupan tahun anggaran",
        basis="Surat Edaran Sekretaris Daerah (contoh)",
        first=date(2026, 12, 14),
        last=date(2026, 12, 31),
    ),
)
