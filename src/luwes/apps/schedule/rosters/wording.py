"""Sentences about rosters: why one cannot be made, who clashes with what, and the ways out."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.core.formats import long_date, month_name, short_date
from luwes.core.roster.explain import Conflict, Repair

NAMED = 3  # people named in a sentence before the rest is counted


def refusal(code: str) -> str:
    """What a refused problem, roster or lot means, and what can be done."""
    return (_data_refusals() | _roster_refusals())[code]


def _data_refusals() -> dict[str, str]:
    return {
        "days": _("Jadwal memuat paling sedikit 1 dan paling banyak 65 hari kerja. Periksa masanya."),
        "duplicate_people": _("Ada pegawai yang tercantum dua kali. Hapus salah satunya."),
        "days_out_of_order": _("Hari-hari tidak berurutan. Urutkan dari yang paling awal."),
        "shape": _("Data pegawai dan hari tidak sama banyak. Susun ulang data jadwal."),
        "points": _("Nilai keinginan paling banyak 1.000. Periksa nilainya."),
        "carry": _("Sisa hari dari bulan lalu di luar batas wajar. Periksa sisanya."),
        "entitlement": _("Jatah hari pegawai harus 1 sampai 1.000. Periksa jatahnya."),
        "cap": _("Batas hari tidak boleh kurang dari nol. Periksa batasnya."),
        "mode": _("Jumlah kursi tidak boleh kurang dari nol. Periksa jumlah kursi."),
        "members": _("Anggota sebuah tempat tidak dikenal atau tercantum dua kali. Periksa anggotanya."),
        "floor": _("Lantai dan kuota tidak boleh kurang dari nol. Periksa angkanya."),
        "anchor": _("Hari wajib di kantor harus dipilih dari sedikitnya satu hari. Tambahkan pilihan hari."),
        "pin_not_allowed": _(
            "Ada hari fleksibel yang ditetapkan pada hari yang tidak diizinkan atau saat pegawai tidak bertugas. "
            "Lepaskan penetapan itu."
        ),
    }


def _roster_refusals() -> dict[str, str]:
    return {
        "infeasible": _("Tidak ada jadwal yang menepati semua aturan. Lihat aturan yang berbenturan."),
        "unknown": _(
            "Waktu hitung habis sebelum jadwal ditemukan. Kurangi aturan yang bersilangan atau tambah waktunya."
        ),
        "too_wide": _("Angka keinginan terlalu lebar untuk dihitung tepat. Bagi jadwal per unit."),
        "broken": _("Jadwal yang dihitung melanggar aturan. Tidak ada yang disimpan. Laporkan kepada pengembang."),
        "fractional": _("Aturan yang bersilangan tidak dapat dihitung dengan cara ini. Pakai pencarian."),
        "solver_stopped": _("Program penghitung berhenti mendadak. Tidak ada yang disimpan. Coba lagi."),
        "crossing_rules": _(
            "Undian tidak dapat diadakan bila ada aturan yang bersilangan. Lepaskan aturan itu dahulu."
        ),
        "lost": _("Bagian keinginan yang boleh hilang harus 0 % sampai 100 %. Periksa angkanya."),
        "lot": _("Undian tidak cocok dengan aturan jadwal. Periksa kelompok dan harinya."),
        "choices": _("Ada kelompok tanpa pilihan hari. Tambahkan sedikitnya satu hari."),
        "repetitions": _("Undian diulang paling sedikit 1 kali dan paling banyak 65.535 kali."),
        "not_kept": _("Hasil undian melanggar aturan. Tidak ada yang disimpan. Laporkan kepada pengembang."),
    }


def counter_rule(points: Sequence[str], unit: str) -> str:
    """The floor of the counters of a unit, as a rule is called."""
    return f"{', '.join(points)} ({unit})"


def signer_rule(service: str) -> str:
    """That somebody who signs for a service stays."""
    return _("penanda tangan %(service)s") % {"service": service}


def quota_rule(unit: str) -> str:
    """The most people of a unit who may be flexible at once."""
    return unit


def week_rule(monday: date) -> str:
    """The most flexible days of a person in a week."""
    return _("sepekan mulai %(day)s") % {"day": short_date(monday, "id")}


def month_rule(first: date) -> str:
    """The most flexible days of a person in a month."""
    return _("sebulan %(month)s") % {"month": f"{month_name(first, 'id')} {first.year}"}


def endangered(violations: int, stale: int) -> str:
    """Why a published roster is mended at night."""
    return _("Data berubah setelah terbit: %(broken)d aturan dilanggar, %(stale)d hari tidak berlaku lagi.") % {
        "broken": violations,
        "stale": stale,
    }


def conflict(found: Conflict, people: Sequence[str], days: Sequence[date], language: str) -> list[str]:
    """The clash and its ways out, one sentence each.

    Args:
        found: what `explain` returned.
        people: names in the order of the problem's rows.
        days: dates in the order of the problem's columns.
        language: language of dates, "id" or "en".
    """
    who = _people([people[row] for row in found.people])
    rules = ", ".join(dict.fromkeys(rule.name for rule in found.rules if rule.name))
    counts = {"people": who, "needed": found.needed, "possible": found.possible, "rules": rules}
    said = [_("Tidak ada jadwal yang menepati semua aturan.")]
    if rules:
        said.append(
            _("Untuk %(people)s diperlukan %(needed)d hari fleksibel; %(rules)s menyisakan %(possible)d.") % counts
        )
    else:
        said.append(
            _("Untuk %(people)s diperlukan %(needed)d hari fleksibel; hari yang terbuka hanya %(possible)d.") % counts
        )
    ways = [_way(repair, people, days, language) for repair in found.repairs]
    return said + (ways or [_("Melonggarkan satu aturan saja tidak cukup. Tinjau beberapa aturan sekaligus.")])


def _people(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return ", ".join(names)
    rest = len(names) - NAMED
    others = ngettext("%(count)d orang lain", "%(count)d orang lain", rest) % {"count": rest}
    return ", ".join([*names[:NAMED], others])


def _way(repair: Repair, people: Sequence[str], days: Sequence[date], language: str) -> str:
    rule = repair.rule
    facts = {"name": rule.name, "count": repair.amount}
    if rule.kind == "place":
        text = ngettext(
            "Turunkan lantai (atau naikkan kuota) %(name)s sebanyak %(count)d orang.",
            "Turunkan lantai (atau naikkan kuota) %(name)s sebanyak %(count)d orang.",
            repair.amount,
        )
        return text % facts
    if rule.kind == "cap":
        text = ngettext(
            "Naikkan batas %(name)s sebanyak %(count)d hari.",
            "Naikkan batas %(name)s sebanyak %(count)d hari.",
            repair.amount,
        )
        return text % facts
    facts["name"] = people[rule.person]
    if rule.kind == "promise":
        text = ngettext(
            "Kurangi janji untuk %(name)s sebanyak %(count)d hari.",
            "Kurangi janji untuk %(name)s sebanyak %(count)d hari.",
            repair.amount,
        )
        return text % facts
    facts["day"] = long_date(days[rule.day], language)
    return _("Lepaskan penetapan %(name)s pada %(day)s.") % facts
