"""The units of the invented province below its 40 perangkat daerah: about 350, schools and clinics among them."""

import hashlib
from dataclasses import dataclass
from functools import cache

from luwes.examples.invented.names import UNIT_NAMES

SCHOOLS, WARDS = 36, 16
_USUAL = (
    *("Subbagian Umum dan Kepegawaian", "Subbagian Keuangan", "Bidang Perencanaan", "Bidang Pelayanan"),
    *("Bidang Pengendalian", "UPT Wilayah Barat", "UPT Wilayah Timur"),
)
_WARDS = (
    *("Instalasi Gawat Darurat", "Instalasi Rawat Jalan", "Instalasi Rawat Inap", "Instalasi Farmasi"),
    *("Instalasi Laboratorium", "Instalasi Radiologi", "Instalasi Gizi", "Instalasi Rekam Medis"),
)


@dataclass(frozen=True, slots=True)
class InventedUnit:
    """A unor as SIASN names it; `weight` is its share of the staff, relative to the others."""

    id: str
    name: str
    office: str
    weight: float


@cache
def invented_units() -> tuple[InventedUnit, ...]:
    """Every perangkat daerah and the units below it, always the same."""
    return tuple(
        InventedUnit(_id(office, name), name, office, weight)
        for place, office in enumerate(UNIT_NAMES)
        for name, weight in ((office, 1.5), *_below(place, office))
    )


def _below(place: int, office: str) -> list[tuple[str, float]]:
    usual = [(name, 2.5) for name in _USUAL]
    if office == "Dinas Pendidikan":
        schools = [f"{kind} Negeri Contoh {number}" for number in range(1, SCHOOLS // 2 + 1) for kind in ("SMA", "SMK")]
        return usual + [(name, 14.0) for name in schools]
    if office.startswith("RSUD"):
        return usual + [(name, 14.0) for name in _WARDS] + [(f"Ruang Perawatan {n}", 12.0) for n in range(1, 9)]
    if office == "Dinas Kesehatan":
        return usual + [(f"UPT Klinik Contoh {number}", 6.0) for number in range(1, 9)]
    # Larger offices come first in the list of names, and have larger units.
    return [(name, weight * (1.6 - place / 40)) for name, weight in usual]


def _id(office: str, name: str) -> str:
    return hashlib.sha256(f"{office}/{name}".encode()).hexdigest()[:32].upper()
