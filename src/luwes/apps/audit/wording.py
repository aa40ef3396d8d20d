"""Sentences of the audit trail."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# One sentence per action code recorded anywhere in the product; a test compares both.
SENTENCES = {
    "account.activated": gettext_lazy("%(actor)s mengaktifkan akun"),
    "account.created": gettext_lazy("%(actor)s membuat akun"),
    "account.deactivated": gettext_lazy("%(actor)s menonaktifkan akun"),
    "account.locked": gettext_lazy("%(actor)s menutup percobaan masuk untuk sementara"),
    "account.password_changed": gettext_lazy("%(actor)s mengganti kata sandinya"),
    "account.password_reset": gettext_lazy("%(actor)s memberi kata sandi sementara"),
    "account.signed_in": gettext_lazy("%(actor)s masuk"),
    "account.signed_out": gettext_lazy("%(actor)s keluar"),
    "audit.detail_read": gettext_lazy("%(actor)s membaca teks pribadi pada jejak"),
    "audit.verified": gettext_lazy("%(actor)s memeriksa rantai jejak"),
    "blackout.added": gettext_lazy("%(actor)s menetapkan masa larangan"),
    "blackout.withdrawn": gettext_lazy("%(actor)s mencabut masa larangan"),
    "break.declared": gettext_lazy("%(actor)s mencatat perubahan pencatatan"),
    "break.revoked": gettext_lazy("%(actor)s mencabut catatan perubahan pencatatan"),
    "budget_note.written": gettext_lazy("%(actor)s menulis catatan anggaran"),
    "calendar.day_added": gettext_lazy("%(actor)s menambah hari libur"),
    "calendar.day_removed": gettext_lazy("%(actor)s menghapus hari libur"),
    "calendar.decreed": gettext_lazy("%(actor)s mencatat kalender setahun"),
    "calendar.seeded": gettext_lazy("%(actor)s memuat kalender bawaan"),
    "counter.closed_late": gettext_lazy("%(actor)s mencatat jam tutup loket kemarin"),
    "counter.closure_announced": gettext_lazy("%(actor)s mengumumkan penutupan loket"),
    "counter.closure_withdrawn": gettext_lazy("%(actor)s mencabut pengumuman penutupan loket"),
    "counter.report_answered": gettext_lazy("%(actor)s menjawab laporan loket tutup"),
    "counter.seal_issued": gettext_lazy("%(actor)s mencetak kode di balik loket"),
    "counter.tapped": gettext_lazy("%(actor)s melaporkan keadaan loket"),
    "import.confirmed": gettext_lazy("%(actor)s menyimpan hasil impor"),
    "import.discarded": gettext_lazy("%(actor)s membuang hasil impor"),
    "import.lapsed": gettext_lazy("%(actor)s menghapus impor yang tidak disimpan dalam 24 jam"),
    "import.mapping_changed": gettext_lazy("%(actor)s mengubah pemetaan sumber data"),
    "import.staged": gettext_lazy("%(actor)s mengunggah berkas untuk diperiksa"),
    "job_link.issued": gettext_lazy("%(actor)s menerbitkan tautan tugas"),
    "job_link.revoked": gettext_lazy("%(actor)s mencabut tautan tugas"),
    "letterhead.set": gettext_lazy("%(actor)s mengubah kop"),
    "program.changed": gettext_lazy("%(actor)s mengubah program strategis"),
    "program.created": gettext_lazy("%(actor)s mencatat program strategis"),
    "ramadan.set": gettext_lazy("%(actor)s mencatat masa Ramadan"),
    "report.issued": gettext_lazy("%(actor)s menerbitkan laporan"),
    "retention.purged": gettext_lazy("%(actor)s menghapus data yang habis masa simpannya"),
    "role.ended": gettext_lazy("%(actor)s mengakhiri peran"),
    "role.granted": gettext_lazy("%(actor)s memberi peran"),
    "floor.proposed": gettext_lazy("%(actor)s mengusulkan lantai layanan"),
    "floor.set": gettext_lazy("%(actor)s menetapkan lantai layanan"),
    "roster.asked": gettext_lazy("%(actor)s meminta jadwal sebulan"),
    "roster.reckoned": gettext_lazy("%(actor)s menghitung jadwal sebulan"),
    "roster.published": gettext_lazy("%(actor)s menerbitkan jadwal sebulan"),
    "roster.calendar_linked": gettext_lazy("%(actor)s membuat alamat kalender pribadi"),
    "roster.calendar_unlinked": gettext_lazy("%(actor)s mencabut alamat kalender pribadi"),
    "roster.lot_drawn": gettext_lazy("%(actor)s mengundi jadwal"),
    "roster.lot_frozen": gettext_lazy("%(actor)s membekukan tata cara undian jadwal"),
    "roster.wished": gettext_lazy("%(actor)s mencatat keinginan hari fleksibel"),
    "service.chain_set": gettext_lazy("%(actor)s mengubah rantai layanan"),
    "service.changed": gettext_lazy("%(actor)s mengubah standar layanan"),
    "service.ended": gettext_lazy("%(actor)s mengakhiri layanan"),
    "service.point_added": gettext_lazy("%(actor)s menambah titik layanan"),
    "service.point_changed": gettext_lazy("%(actor)s mengubah titik layanan"),
    "service.point_ended": gettext_lazy("%(actor)s mengakhiri titik layanan"),
    "service.proposed": gettext_lazy("%(actor)s mengusulkan layanan dari katalog"),
    "service.recorded": gettext_lazy("%(actor)s mencatat layanan"),
    "service.settled": gettext_lazy("%(actor)s memastikan daftar layanan"),
    "workplace.set": gettext_lazy("%(actor)s mencatat tempat kerja"),
    "notice.told": gettext_lazy("%(actor)s mengirim pemberitahuan"),
    "service.note_set": gettext_lazy("%(actor)s mengubah keterangan layanan untuk warga"),
    "spot_check.drawn": gettext_lazy("%(actor)s mengundi uji petik sehari"),
    "spot_check.filed": gettext_lazy("%(actor)s mengisi hasil uji petik"),
    "spot_check.procedure_frozen": gettext_lazy("%(actor)s membekukan tata cara uji petik"),
    "source.owner_set": gettext_lazy("%(actor)s menetapkan penanggung jawab sumber data"),
    "survey.poster_made": gettext_lazy("%(actor)s membuat poster survei"),
    "survey.poster_retired": gettext_lazy("%(actor)s menarik poster survei"),
    "survey.round_begun": gettext_lazy("%(actor)s memulai putaran survei"),
    "survey.round_closed": gettext_lazy("%(actor)s menutup putaran survei"),
    "threshold.set": gettext_lazy("%(actor)s menetapkan ambang hari fleksibel"),
    "token.created": gettext_lazy("%(actor)s membuat token pribadi"),
    "token.revoked": gettext_lazy("%(actor)s mencabut token pribadi"),
    "post.assessed": gettext_lazy("%(actor)s menilai jabatan"),
    "month.closed": gettext_lazy("%(actor)s menutup hitungan presensi sebulan"),
    "month.reckoned": gettext_lazy("%(actor)s menghitung presensi sebulan"),
    "month.reopened": gettext_lazy("%(actor)s membuka lagi hitungan presensi yang sudah ditutup"),
    "monthly_form.saved": gettext_lazy("%(actor)s menyimpan isian laporan bulanan"),
    "monthly_report.reopened": gettext_lazy("%(actor)s membuka lagi laporan bulanan yang sudah ditandatangani"),
    "monthly_report.signed": gettext_lazy("%(actor)s menandatangani laporan bulanan"),
    "outage.declared": gettext_lazy("%(actor)s menyatakan gangguan presensi"),
    "outage.revoked": gettext_lazy("%(actor)s mencabut pernyataan gangguan presensi"),
    "unit_head.confirmed": gettext_lazy("%(actor)s memastikan pimpinan unit yang diusulkan"),
    "unit_head.set": gettext_lazy("%(actor)s menetapkan pimpinan unit"),
    "unit.changed": gettext_lazy("%(actor)s mengubah unit"),
    "unit.created": gettext_lazy("%(actor)s mencatat unit"),
    "unit.succeeded": gettext_lazy("%(actor)s mencatat penggabungan, pemecahan, atau penggantian unit"),
    "working_time.assigned": gettext_lazy("%(actor)s menetapkan jam kerja"),
}

# What the facts of an entry are called.
FACTS = {
    "as_of": gettext_lazy("Per tanggal"),
    "assignment": gettext_lazy("Id peran"),
    "broken_at": gettext_lazy("Terputus pada nomor"),
    "calendars": gettext_lazy("Kalender"),
    "capacity": gettext_lazy("Kedudukan"),
    "code": gettext_lazy("Kode"),
    "columns": gettext_lazy("Kolom yang dipetakan"),
    "confirmed": gettext_lazy("Dikonfirmasi"),
    "counts": gettext_lazy("Hitungan"),
    "day": gettext_lazy("Tanggal"),
    "days": gettext_lazy("Masa berlaku (hari)"),
    "digest": gettext_lazy("Sidik isi"),
    "drawn": gettext_lazy("Terundi"),
    "dropped": gettext_lazy("Tidak dipakai"),
    "entries": gettext_lazy("Jumlah catatan"),
    "entry": gettext_lazy("Nomor catatan"),
    "fault": gettext_lazy("Kerusakan"),
    "file": gettext_lazy("Sidik berkas (SHA-256)"),
    "file_sha256": gettext_lazy("Sidik berkas (SHA-256)"),
    "flexible_rate": gettext_lazy("Bobot hari fleksibel"),
    "format": gettext_lazy("Format"),
    "gaps": gettext_lazy("Butir kosong yang diberi alasan"),
    "head": gettext_lazy("Kepala rantai"),
    "job": gettext_lazy("Tugas"),
    "kind": gettext_lazy("Jenis"),
    "lines": gettext_lazy("Baris kop"),
    "last": gettext_lazy("Sampai dengan"),
    "milestones": gettext_lazy("Tonggak"),
    "minutes": gettext_lazy("Menit"),
    "month": gettext_lazy("Bulan"),
    "name": gettext_lazy("Nama"),
    "on": gettext_lazy("Mulai tanggal"),
    "owner": gettext_lazy("Penanggung jawab"),
    "parent": gettext_lazy("Unit induk"),
    "complaint": gettext_lazy("Saluran pengaduan"),
    "minute": gettext_lazy("Menit"),
    "online": gettext_lazy("Yang dapat dilakukan daring"),
    "people": gettext_lazy("Jumlah penerima"),
    "per_day": gettext_lazy("Pemeriksaan sehari"),
    "photo": gettext_lazy("Dengan foto"),
    "reached": gettext_lazy("Terjangkau"),
    "served": gettext_lazy("Dilayani"),
    "state": gettext_lazy("Keadaan"),
    "via": gettext_lazy("Melalui"),
    "pattern": gettext_lazy("Pola hari kerja"),
    "post": gettext_lazy("Jabatan"),
    "reason": gettext_lazy("Alasan"),
    "rows": gettext_lazy("Sidik baris yang dibaca"),
    "posts": gettext_lazy("Jumlah jabatan"),
    "ramadan": gettext_lazy("Ramadan"),
    "role": gettext_lazy("Peran"),
    "schedule": gettext_lazy("Jadwal kerja"),
    "scope": gettext_lazy("Unit"),
    "sha256": gettext_lazy("Sidik berkas (SHA-256)"),
    "signature": gettext_lazy("Ditandatangani oleh"),
    "share": gettext_lazy("Bagian dari seluruhnya"),
    "since": gettext_lazy("Mulai"),
    "source": gettext_lazy("Sumber"),
    "text": gettext_lazy("Isi"),
    "token": gettext_lazy("Id token"),
    "tokens_revoked": gettext_lazy("Token yang ikut dicabut"),
    "unit": gettext_lazy("Unit"),
    "until": gettext_lazy("Sampai sebelum"),
    "values": gettext_lazy("Kode yang diberi arti"),
    "version": gettext_lazy("Versi"),
    "what": gettext_lazy("Yang berubah"),
    "year": gettext_lazy("Tahun"),
}


def sentence(action: str, actor: str) -> str:
    """Who did what, in one sentence."""
    return str(SENTENCES[action]) % {"actor": actor}


def deed(action: str) -> str:
    """What was done, without who, for the filter: "Memberi peran"."""
    words = sentence(action, "").strip()
    return words[:1].upper() + words[1:]


def fact(key: str) -> str:
    """What a fact is called; a table name or another technical key is shown as it is."""
    return str(FACTS.get(key, key))


def system(name: str) -> str:
    """The software itself as an actor."""
    return _("Sistem (%(name)s)") % {"name": name} if name else _("Sistem")


def fault(code: str, number: str) -> str:
    """Where the chain does not hold, and what that means."""
    return {
        "missing": _("Catatan nomor %(number)s hilang dari rantai."),
        "hash": _("Catatan nomor %(number)s berubah setelah ditulis."),
        "detail": _("Teks pribadi pada catatan nomor %(number)s berubah setelah ditulis."),
        "head_unknown": _("Kepala yang Anda masukkan tidak ada dalam rantai ini."),
    }[code] % {"number": number}
