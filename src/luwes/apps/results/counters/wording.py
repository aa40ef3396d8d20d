"""Sentences of counters."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.results.counters.days import State
from luwes.core import formats


def clock(minute: int) -> str:
    """A minute of the day as people write it: "08.05"."""
    return f"{minute // 60:02}.{minute % 60:02}"


def state(value: str) -> str:
    """What a counter says of itself; "" is a counter that has said nothing today."""
    return {
        State.OPEN.value: _("Buka"),
        State.PAUSED.value: _("Tutup sementara"),
        State.CLOSED.value: _("Tutup"),
        "": _("Belum dilaporkan"),
    }[value]


def reason(code: str) -> str:
    """Why a counter is shut."""
    return {
        "istirahat": _("istirahat"),
        "rapat": _("rapat atau apel"),
        "gangguan": _("gangguan listrik, jaringan, atau aplikasi"),
        "tugas_luar": _("petugas bertugas di luar kantor"),
        "tak_ada": _("petugas tidak ada"),
        "lainnya": _("alasan lain"),
        "": "",
    }[code]


def flag(code: str) -> str:
    """Why a report is counted apart."""
    return {
        "outside_hours": _("di luar jam layanan"),
        "planned": _("penutupan sudah diumumkan"),
        "burst": _("banyak laporan dari jaringan yang sama"),
    }[code]


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "reason_missing": _("Pilih alasan loket tutup sementara."),
        "seal_broken": _("Kode ini tidak berlaku lagi. Minta cetakan baru kepada pimpinan unit."),
        "too_late": _("Jam tutup hari itu tidak dapat dicatat. Isi jam setelah loket terakhir dilaporkan buka."),
        "closure_wrong": _("Isi jam mulai sebelum jam selesai, waktu yang belum lewat, dan alasannya."),
        "no_such_closure": _("Penutupan ini sudah dicabut. Muat ulang halaman."),
        "note_too_long": _("Keterangan terlalu panjang. Paling banyak 300 karakter."),
        "known_already": _("Hari ini sudah banyak laporan tentang loket ini dan pimpinannya sudah diberi tahu."),
        "answer_wrong": _("Tulis jawaban, paling banyak 300 karakter."),
        "no_such_point": _("Loket ini tidak ada lagi. Muat ulang halaman."),
        "photo_wrong": _("Berkas ini bukan foto JPEG. Laporan Anda tetap tersimpan; foto boleh dikirim ulang."),
        "photo_large": _(
            "Foto lebih besar dari 5 MB. Laporan Anda tetap tersimpan; foto boleh diperkecil dan dikirim ulang."
        ),
        "photo_closed": _("Foto tidak dapat ditambahkan lagi pada laporan ini. Laporan Anda tetap tersimpan."),
        "no_such_report": _("Kode laporan ini tidak dikenal. Periksa kembali huruf dan angkanya."),
    }[code]


def closed_title(service: str, point: str) -> str:
    """The title of the notice about a closed counter."""
    return _("Warga melaporkan loket tutup: %(service)s, %(point)s") % {"service": service, "point": point}


def closed_text(service: str, point: str, day: date, minute: int, log: State | None) -> str:
    """The notice itself, also to be pasted."""
    told = {
        State.OPEN: _("Menurut catatan loket sendiri, loket sedang buka."),
        State.PAUSED: _("Menurut catatan loket sendiri, loket sedang tutup sementara."),
        State.CLOSED: _("Menurut catatan loket sendiri, loket sudah tutup."),
        None: _("Loket belum melaporkan keadaannya hari ini."),
    }[log]
    said = _(
        "%(day)s pukul %(time)s seorang warga melaporkan bahwa %(point)s, layanan %(service)s, tutup pada jam layanan. "
        "%(log)s Periksa loketnya, lalu jawab laporan itu di Luwes."
    )
    language = get_language() or "id"
    return said % {
        "day": formats.long_date(day, language),
        "time": clock(minute),
        "point": point,
        "service": service,
        "log": told,
    }


def unopened_title(service: str, point: str) -> str:
    """The title of the notice about a counter that is not opened in time."""
    return _("Loket belum dibuka: %(service)s, %(point)s") % {"service": service, "point": point}


def unopened_text(service: str, point: str, day: date, since: int) -> str:
    """The notice itself, also to be pasted."""
    said = _(
        "%(day)s %(point)s, layanan %(service)s, seharusnya buka sejak pukul %(time)s, tetapi belum dilaporkan buka. "
        "Buka loketnya, atau ketuk Buka bila sudah melayani. Penutupan yang direncanakan diumumkan lebih dahulu."
    )
    language = get_language() or "id"
    return said % {"day": formats.long_date(day, language), "point": point, "service": service, "time": clock(since)}
