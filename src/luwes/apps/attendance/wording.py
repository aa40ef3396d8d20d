"""Sentences about presence: statuses, reasons, differences, refusals."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from luwes.apps.attendance.overview import Reason
from luwes.core import formats
from luwes.core.worktime.day import Status
from luwes.core.worktime.recap import Difference, Why


def status(code: Status) -> str:
    """What a day came to, in a word or two."""
    return {
        Status.PRESENT: _("hadir"),
        Status.MISSING_IN: _("lupa presensi datang"),
        Status.MISSING_OUT: _("lupa presensi pulang"),
        Status.ABSENT: _("tanpa keterangan"),
        Status.EXCUSED: _("dimaafkan karena gangguan"),
        Status.RUNNING: _("masih berjalan"),
        Status.IMPOSSIBLE: _("presensi lebih dari 24 jam"),
        Status.NO_DATA: _("tidak ada data presensi"),
        Status.LEAVE: _("cuti"),
        Status.TRIP: _("dinas luar"),
        Status.TRAINING: _("pelatihan"),
        Status.OFF: _("libur"),
        Status.AWAY: _("tidak aktif bekerja"),
        Status.NOT_IN_SERVICE: _("di luar masa tugas"),
    }[code]


def followed(kinds: Collection[str]) -> str:
    """Why an open month was reckoned again by itself."""
    told = {
        "calendar": _("hari libur"),
        "ramadan": _("jadwal Ramadan"),
        "working_time": _("jam kerja"),
        "unit": _("susunan unit"),
        "days": _("cuti, dinas luar, atau hari fleksibel"),
    }
    names = sorted({told.get(kind, _("penempatan pegawai")) for kind in kinds})
    return _("Dihitung lagi karena ada perubahan: %(what)s.") % {"what": ", ".join(names)}


def reason(code: Reason, on: str) -> str:
    """Why a month looks as it does; "" where nothing is out of the ordinary. `on` is a date as it is shown."""
    return {
        Reason.LEFT: _("Tidak lagi bertugas sejak %(date)s"),
        Reason.JOINED: _("Mulai bertugas %(date)s"),
        Reason.OUTSIDE: _("Tidak bertugas sepanjang bulan"),
        Reason.AWAY: _("Tidak aktif bekerja sepanjang bulan, misalnya tugas belajar"),
        Reason.LEAVE: _("Cuti sepanjang bulan"),
        Reason.TRIP: _("Dinas luar sepanjang bulan"),
        Reason.TRAINING: _("Pelatihan sepanjang bulan"),
        Reason.NO_DATA: _("Belum ada berkas presensi perangkat daerahnya"),
        Reason.NEVER: _("Tidak pernah presensi"),
        Reason.NONE: "",
    }[code] % {"date": on}


def why(code: Why) -> str:
    """What may explain a difference from the recap."""
    return {
        Why.OUTAGE: _("gangguan presensi belum diperhitungkan dalam rekap"),
        Why.LEAVE: _("cuti atau dinas tidak tercatat dalam rekap"),
        Why.TECHNICAL: _("rekap menerima alasan teknis; gangguannya belum dinyatakan di sini"),
        Why.BAND: _("golongan keterlambatan atau pulang cepatnya berbeda"),
        Why.MISSING: _("ada hari dengan satu presensi saja"),
        Why.RULE: _("jam kerja atau aturan yang dipakai berbeda"),
        Why.NO_DATA: _("sebagian berkas presensi belum ada"),
        Why.NOT_PAID: _("tidak ada dalam rekap"),
        Why.NOT_RECKONED: _("belum ada hari yang dihitung"),
        Why.UNKNOWN: _("belum dapat dijelaskan; periksa rinciannya"),
    }[code]


def difference(one: Difference) -> str:
    """One figure on both sides."""
    title = {
        "present": _("Hadir"),
        "flexible": _("Bekerja di luar kantor"),
        "unexcused": _("Tanpa keterangan"),
        "ordered": _("Dinas dan pelatihan"),
        "granted": _("Cuti dan izin"),
    }.get(one.what, one.what)
    return _("%(title)s: rekap %(paid)d, presensi %(reckoned)d") % {
        "title": title,
        "paid": one.paid,
        "reckoned": one.reckoned,
    }


def clock(minute: int) -> str:
    """A minute of the day: 450 → "07.30"."""
    return f"{minute // 60:02}.{minute % 60:02}"


def change(before: int, after: int, language: str) -> str:
    """How a count moved from one reckoning to the next; "" where it did not."""
    moved = after - before
    if not moved:
        return ""
    sign = "+" if moved > 0 else "−"
    return f"{sign}{formats.number(abs(moved), 0, 'en' if language == 'en' else 'id')}"


def measure(code: str) -> str:
    """A step of the ladder: from how many days, and the measure the law names there."""
    return {
        "oral_reprimand": _("3 hari dalam setahun: teguran lisan"),
        "written_reprimand": _("4–6 hari dalam setahun: teguran tertulis"),
        "written_dissatisfaction": _("7–10 hari dalam setahun: pernyataan tidak puas secara tertulis"),
        "allowance_cut_6_months": _("11–13 hari dalam setahun: potongan tunjangan kinerja 25 % selama 6 bulan"),
        "allowance_cut_9_months": _("14–16 hari dalam setahun: potongan tunjangan kinerja 25 % selama 9 bulan"),
        "allowance_cut_12_months": _("17–20 hari dalam setahun: potongan tunjangan kinerja 25 % selama 12 bulan"),
        "lower_post_12_months": _("21–24 hari dalam setahun: penurunan jabatan setingkat selama 12 bulan"),
        "released_from_post_12_months": _("25–27 hari dalam setahun: pembebasan dari jabatan selama 12 bulan"),
        "dismissal": _("28 hari atau lebih dalam setahun: pemberhentian"),
        "dismissal_after_ten_in_a_row": _("10 hari kerja berturut-turut: pemberhentian"),
    }[code]


def refusal(code: str) -> str:
    """What a refusal means and what can be done."""
    return {
        "run_under_way": _("Bulan ini sedang dihitung. Tunggu sampai selesai, lalu muat ulang halaman."),
        "month_final": _("Bulan ini sudah ditutup. Buka kembali dengan alasan bila harus dihitung ulang."),
        "month_not_over": _("Bulan ini belum berakhir. Hitung sementara dulu, tutup sesudah hari terakhirnya lewat."),
        "no_run": _("Bulan ini belum ditutup, jadi tidak ada yang perlu dibuka kembali."),
        "reason_missing": _("Tuliskan alasannya. Alasan itu tersimpan bersama hitungan yang lama."),
        "period_empty": _("“Sampai” harus sesudah “mulai”."),
        "cause_missing": _("Tuliskan sebab gangguannya. Tanpa sebab, tidak ada yang dimaafkan."),
        "in_the_future": _("Tanggal ini belum tiba. Gangguan dinyatakan setelah terjadi."),
        "no_such_unit": _("Unit ini tidak berlaku pada tanggal itu. Pilih unit lain."),
        "no_such_outage": _("Pernyataan ini tidak ada atau sudah dicabut. Muat ulang halaman."),
        "source_missing": _("Sebutkan sumbernya."),
        "calendar_missing": _("Kalender tahun itu belum tercatat. Catat dulu di halaman Kalender."),
    }[code]
