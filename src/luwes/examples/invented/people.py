"""The staff of the invented province: names put together from syllables, so that nobody real is meant."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from luwes.examples.invented.units import InventedUnit, invented_units

STAFF = 14_000
SEED = 62
_ONSETS = ("Ra", "Ni", "Wu", "Ka", "Bo", "Ti", "Sa", "Lé", "Do", "Mé", "Yo", "Ha", "Pu", "Se", "Ga", "Lu")
_CODAS = ("ngga", "lan", "sé", "rindu", "tari", "ma’a", "wira", "dano", "mika", "bela", "yasa", "rumi", "gata", "nara")
_FAMILIES = (
    *("Limbong", "D'Arcy", "Nahanué", "Wirya", "Sekar Ayu", "Tundan", "O’Rumi", "Rangkap", "Batang Garing"),
    *("Dewa Sura", "Lamiang", "Kahayané", "Mandau", "Tihang", "Samba", "Petak", "Danau Biru", "Bukit Raya"),
)
_GRADES = ("II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b")
_EMPLOYMENTS = (("PNS", 68), ("CPNS", 4), ("PPPK", 20), ("PPPK Paruh Waktu", 8))
_STANDINGS = (
    *(("01", "Aktif", 975), ("02", "CLTN", 4), ("03", "Tugas Belajar", 11)),
    *(("04", "Diberhentikan Sementara", 2), ("20", "Masa Persiapan Pensiun", 8)),
)
_CLERKS = (
    *("Pengolah Data dan Informasi", "Penata Layanan Operasional", "Pengadministrasi Perkantoran"),
    *("Arsiparis Terampil", "Analis Kebijakan Ahli Pertama", "Pranata Komputer Ahli Pertama", "Perencana Ahli Muda"),
)
_TEACHERS = ("Guru Ahli Pertama", "Guru Ahli Muda", "Guru Ahli Madya", "Pengadministrasi Perkantoran")
_CARERS = ("Perawat Terampil", "Perawat Ahli Pertama", "Bidan Terampil", "Dokter Ahli Pertama", "Apoteker Ahli Pertama")


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """One civil servant as SIASN would state it."""

    id: str
    nip: str
    name: str
    employment: str
    standing: tuple[str, str]
    grade: str
    post: str
    structural: bool
    since: date
    unit: InventedUnit
    hours: str
    has_address: bool


def invented_people(staff: int = STAFF, seed: int = SEED) -> tuple[InventedPerson, ...]:
    """Give `staff` people spread over the units; the same number and seed give the same people.

    Raises ValueError without staff.
    """
    if staff < 1:
        raise ValueError("a province has at least one civil servant")
    chance = random.Random(f"{seed}/{staff}")
    units = invented_units()
    heads = list(units)[:staff]
    weights = list(accumulate(unit.weight for unit in units))
    rest = chance.choices(units, cum_weights=weights, k=staff - len(heads))
    taken: set[str] = set()
    return tuple(_person(chance, unit, taken, head=n < len(heads)) for n, unit in enumerate((*heads, *rest)))


def _person(chance: random.Random, unit: InventedUnit, taken: set[str], *, head: bool) -> InventedPerson:
    employment = "PNS" if head else _drawn(chance, _EMPLOYMENTS)
    pppk = employment.startswith("PPPK")
    birth = date(1968, 1, 1) + timedelta(days=chance.randrange(365 * 33))
    appointed = min(max(birth.year + chance.randrange(22, 34), 2021 if pppk else 1990), 2026)
    nip = _nip(chance, birth, appointed, pppk=pppk, taken=taken)
    code, name, _ = chance.choices(_STANDINGS, weights=[weight for *_, weight in _STANDINGS])[0]
    return InventedPerson(
        id=f"{chance.getrandbits(128):032X}",
        nip=nip,
        name=_name(chance),
        employment=employment,
        standing=("01", "Aktif") if head else (code, name),
        grade=chance.choice(("VII", "IX", "X")) if pppk else chance.choice(_GRADES),
        post=f"Kepala {unit.name}" if head else chance.choice(_posts(unit)),
        structural=head,
        since=date(max(appointed, 2019), 1, 1) + timedelta(days=chance.randrange(240)),
        unit=unit,
        hours=chance.choice(("20", "18,75", "")) if employment == "PPPK Paruh Waktu" else "",
        has_address=chance.random() < 0.93,
    )


def _drawn(chance: random.Random, shares: Sequence[tuple[str, int]]) -> str:
    return chance.choices([name for name, _ in shares], weights=[weight for _, weight in shares])[0]


def _nip(chance: random.Random, birth: date, appointed: int, *, pppk: bool, taken: set[str]) -> str:
    """A number nobody else has; three in a thousand are odd, as in real files."""
    while True:
        mark = chance.choice((21, 22)) if pppk else chance.choice((1, 3, 4, 12))
        sex = chance.choice((1, 2)) if chance.random() > 0.002 else 7
        sequence = chance.randrange(1, 20) if chance.random() > 0.001 else 0
        nip = f"{birth:%Y%m%d}{appointed}{mark:02d}{sex}{sequence:03d}"
        if nip not in taken:
            taken.add(nip)
            return nip


def _name(chance: random.Random) -> str:
    given = chance.choice(_ONSETS) + chance.choice(_CODAS)
    second = chance.choice(_ONSETS) + chance.choice(_CODAS)
    parts = (given, second, chance.choice(_FAMILIES)) if chance.random() < 0.6 else (given, chance.choice(_FAMILIES))
    return " ".join(parts)


def _posts(unit: InventedUnit) -> Sequence[str]:
    if "Negeri" in unit.name:
        return _TEACHERS
    return _CARERS if unit.name.startswith(("Instalasi", "Ruang", "UPT Klinik")) else _CLERKS
