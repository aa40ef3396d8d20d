"""Sentences about stored rosters: refusals of actions, closed cells, broken rules, floors nobody can keep."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from luwes.apps.accounts.access import Refused
from luwes.apps.schedule.rosters import wording
from luwes.apps.schedule.rosters.allowed import Cell
from luwes.apps.schedule.rosters.drafts import Broken, InputsChanged
from luwes.core.formats import long_date
from luwes.core.roster.verify import Kind, Shortfall, Violation


def refusal(refused: Refused) -> str:
    """What a refused action on a roster means and what to do."""
    if isinstance(refused, InputsChanged):
        return _("Sejak jadwal dihitung, %(parts)s berubah. Hitung ulang jadwalnya, lalu terbitkan.") % {
            "parts": ", ".join(changed(refused.what))
        }
    if isinstance(refused, Broken):
        return _("Menurut data sekarang jadwal ini melanggar aturan di %(count)d tempat. Hitung ulang jadwalnya.") % {
            "count": len(refused.violations)
        }
    return sentence(refused.code)


def sentence(code: str) -> str:
    """What a code of a refusal means, whichever part of the rosters it comes from."""
    own = _asking() | _drawing()
    return own[code] if code in own else wording.refusal(code)


def _asking() -> dict[str, str]:
    return {
        "roster_already_published": _("Jadwal bulan ini sudah terbit untuk sebagian pegawai. Pakai susun ulang."),
        "roster_month_past": _("Hari yang sudah lewat tidak dapat dijadwalkan lagi. Pilih hari ini atau sesudahnya."),
        "roster_not_ready": _("Jadwal ini belum siap. Tunggu sampai selesai dihitung, atau minta jadwal baru."),
        "roster_lot_waiting": _("Undian jadwal ini sudah dibekukan tetapi belum diundi. Undi dahulu."),
        "roster_inputs_changed": _("Data jadwal berubah sejak dihitung. Hitung ulang jadwalnya, lalu terbitkan."),
        "roster_policy": _(
            "Bersama-sama jadwal ini melebihi kuota atau batas pekan dari surat edaran yang berlaku. "
            "Pasang kuota dan batas yang sama pada setelan jadwal, lalu hitung ulang."
        ),
        "roster_broken": _("Menurut data sekarang jadwal ini melanggar aturan. Hitung ulang jadwalnya."),
        "roster_reason_missing": _("Alasan belum diisi. Tulis mengapa jadwal yang sudah terbit diubah."),
        "roster_cannot_withdraw": _("Jadwal yang sudah terbit tidak dapat ditarik. Ubah dengan susun ulang."),
        "roster_bad_wish": _("Keinginan ditulis 1 sampai 10, atau -1 bila tidak mau, untuk hari yang akan datang."),
        "roster_nothing_to_plan": _("Tidak ada hari kerja tersisa atau tidak ada pegawai di unit ini pada bulan itu."),
        "roster_calendar_missing": _("Kalender tahun itu belum ada. Isi kalendernya lebih dulu."),
        "roster_weekdays": _("Hari dalam pekan ditulis 1 (Senin) sampai 7 (Minggu), sedikitnya satu."),
        "roster_counts": _("Batas dan janji hari harus 0 atau lebih: sepekan sampai 7, sebulan sampai 31."),
        "roster_quota": _("Kuota harus 0 % sampai 100 %. Periksa angkanya."),
        "roster_place": _("Tempat kerja fleksibel harus rumah, kantor lain, atau tempat lain."),
        "roster_aim": _("Tujuan jadwal harus fair (merata) atau wishes (keinginan)."),
    }


def _drawing() -> dict[str, str]:
    return {
        "roster_lot_again": _("Undian jadwal ini sudah pernah dibekukan. Undian lain memerlukan alasan tertulis."),
        "roster_lot_drawn": _("Undian ini sudah diundi. Satu undian hanya diundi sekali."),
        "roster_lot_numbers": _("Undian ini memakai angka yang diundi di depan umum. Tulis sedikitnya tiga angka."),
        "roster_lot_no_numbers": _("Benih undian ini dari jejak audit. Jangan menulis angka."),
        "roster_lot_replan": _("Susun ulang tidak diundi: perubahannya sesedikit mungkin. Terbitkan langsung."),
    }


def changed(parts: Sequence[str]) -> list[str]:
    """The parts of the inputs in words."""
    words = {
        "people": _("pegawai atau hari kerja"),
        "presence": _("cuti, dinas, atau hari fleksibel yang sudah ditetapkan"),
        "allowed": _("hari yang diizinkan"),
        "floors": _("lantai layanan atau kuota"),
        "caps": _("batas hari"),
        "rosters": _("jadwal lain yang sudah terbit"),
    }
    return [words[part] for part in parts]


def cell(why: Cell) -> str:
    """Why a cell is closed to flexible days."""
    return {
        Cell.OPEN: _("terbuka"),
        Cell.NOT_THERE: _("libur, cuti, dinas, atau belum bertugas di unit ini"),
        Cell.ON_SITE: _("hari semua pegawai di kantor"),
        Cell.BLACKOUT: _("masa larangan"),
        Cell.NO_FLOOR: _("lantai loket unit ini belum dikonfirmasi"),
        Cell.WEEKDAY: _("bukan hari yang dibuka untuk kerja fleksibel"),
        Cell.HOLIDAY: _("berdampingan dengan hari libur"),
        Cell.POST: _("jabatan bergiliran atau di lapangan"),
        Cell.OUTSIDE: _("pegawai unit lain"),
        Cell.POLICY: _("tidak diizinkan kebijakan yang berlaku, atau belum diputuskan pejabat yang berwenang"),
        Cell.DECIDED: _("sudah ditetapkan dengan surat atau jadwal lain"),
    }[why]


def violation(found: Violation, people: Sequence[str], days: Sequence[date], language: str) -> str:
    """One broken rule in one sentence."""
    facts = {
        "who": people[found.person] if found.person >= 0 else "",
        "day": long_date(days[found.day], language) if found.day >= 0 else "",
        "rule": found.rule,
        "needed": found.needed,
        "found": found.found,
    }
    return _violations()[found.kind] % facts


def _violations() -> dict[Kind, str]:
    return {
        "shape": _("Jadwal tidak cocok dengan pegawai dan harinya. Mulai lagi dari lembar yang baru."),
        "absent": _("%(who)s tidak bertugas pada %(day)s, jadi tidak dapat dijadwalkan fleksibel."),
        "not_allowed": _("%(who)s tidak boleh fleksibel pada %(day)s."),
        "pinned": _("Hari %(who)s pada %(day)s sudah ditetapkan lain."),
        "unwanted": _("%(who)s tidak mau fleksibel pada %(day)s."),
        "cap": _("%(who)s mendapat %(found)d hari; batas %(rule)s hanya %(needed)d."),
        "floor": _("%(day)s: %(rule)s memerlukan %(needed)d orang di kantor, tersisa %(found)d."),
        "quota": _("%(day)s: %(found)d orang fleksibel, kuota %(rule)s hanya %(needed)d."),
        "promise": _("%(who)s dijanjikan %(needed)d hari, mendapat %(found)d."),
        "anchor": _("%(rule)s: setiap pilihan harinya masih ada yang fleksibel."),
        "seat_not_open": _("%(rule)s: kursi %(who)s pada %(day)s tidak terbuka."),
        "seats": _("%(day)s: %(found)d kursi terpakai, %(rule)s hanya %(needed)d."),
        "seats_each": _("%(who)s memakai %(found)d kursi; %(rule)s hanya %(needed)d."),
    }


def shortfall(found: Shortfall, days: Sequence[date], language: str) -> str:
    """A floor above the people present, which no roster can mend."""
    return _("%(day)s: %(rule)s memerlukan %(needed)d orang, yang bertugas hanya %(present)d. Tambah orang.") % {
        "day": long_date(days[found.day], language),
        "rule": found.rule,
        "needed": found.needed,
        "present": found.present,
    }
