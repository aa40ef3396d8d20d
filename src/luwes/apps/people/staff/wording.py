"""Sentences about staff files: what an import found, why a row is refused, what things are called."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.people.models import Answer, Employment, HeadCapacity, PostKind, Standing

Fact = str | int | None


def staff_kind() -> str:
    """The name of the import kind."""
    return _("Pegawai (SIASN)")


def discipline_kind() -> str:
    """The name of the import kind."""
    return _("Hukuman disiplin")


def staff_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: mutasi tidak diikuti, sehingga hari bertugas dan paparan terhitung pada unit yang lama.")


def unor_vocabulary() -> str:
    """What the foreign codes of a staff file name."""
    return _("Unit organisasi")


def create_unit() -> str:
    """Choice for an unknown unor below its satuan kerja."""
    return _("Buat unit di bawah satuan kerjanya")


def create_agency() -> str:
    """Choice for an unknown unor that is a perangkat daerah itself."""
    return _("Buat sebagai perangkat daerah")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the staff and discipline kinds, as one sentence."""
    known = _rejects()
    return known[code] if code in known else _counted(code, int(facts.get("count") or 0))


def _rejects() -> dict[str, str]:
    return {
        "not_a_nip": _("Bukan NIP 18 angka. Tulis sebagai teks, misalnya 199503172020032001."),
        "rows_differ": _("NIP ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
        "identity_clash": _("ID SIASN dan NIP menunjuk dua orang yang berbeda. Periksa keduanya di SIASN."),
        "employment_unknown": _(
            "Jenis pegawai tidak dikenal. Isi PNS, CPNS, PPPK, atau PPPK paruh waktu pada kolom jenis pegawai."
        ),
        "hours_invalid": _("Jam kerja per minggu bukan angka antara 0 dan 40. Tulis misalnya 18,75."),
        "employee_unknown": _("NIP ini belum ada di data pegawai. Impor berkas pegawai lebih dulu."),
        "ends_before_start": _("Tanggal sampai tidak sesudah tanggal mulai. Periksa keduanya."),
    }


def _counted(code: str, count: int) -> str:
    sentences = _about_people(count) | _about_rows(count)
    if code in sentences:
        return sentences[code] % {"count": count}
    return _("%(count)d NIP: %(oddity)s Tidak diperbaiki, hanya diberitahukan.") % {
        "count": count,
        "oddity": oddity(code.removeprefix("nip_")),
    }


def _about_people(count: int) -> dict[str, str]:
    return {
        "moved": ngettext(
            "%(count)d pegawai pindah unit atau jabatan: penempatan lama ditutup, yang baru dibuka.",
            "%(count)d pegawai pindah unit atau jabatan: penempatan lama ditutup, yang baru dibuka.",
            count,
        ),
        "left": ngettext(
            "%(count)d pegawai sudah pensiun atau berhenti: penempatannya ditutup, riwayatnya tetap.",
            "%(count)d pegawai sudah pensiun atau berhenti: penempatannya ditutup, riwayatnya tetap.",
            count,
        ),
        "heads_end": ngettext(
            "%(count)d di antaranya memimpin unit: masa pimpinannya berakhir hari itu dan unitnya perlu pimpinan.",
            "%(count)d di antaranya memimpin unit: masa pimpinannya berakhir hari itu dan unitnya perlu pimpinan.",
            count,
        ),
        "roles_end": ngettext(
            "%(count)d peran di Luwes dipegang mereka dan berakhir hari itu, kecuali milik admin terakhir.",
            "%(count)d peran di Luwes dipegang mereka dan berakhir hari itu, kecuali milik admin terakhir.",
            count,
        ),
        "heads_gone": ngettext(
            "%(count)d unit dipimpin orang yang tidak lagi disebut berkas ini. Periksa sebelum mengakhirinya.",
            "%(count)d unit dipimpin orang yang tidak lagi disebut berkas ini. Periksa sebelum mengakhirinya.",
            count,
        ),
        "strangers": ngettext(
            "%(count)d baris tentang orang yang sudah berhenti sebelum tercatat di sini; tidak disimpan.",
            "%(count)d baris tentang orang yang sudah berhenti sebelum tercatat di sini; tidak disimpan.",
            count,
        ),
    }


def _about_rows(count: int) -> dict[str, str]:
    return {
        "address_answered": ngettext(
            "%(count)d alamat hanya dibaca untuk menjawab “ada atau tidak”; isinya tidak disimpan.",
            "%(count)d alamat hanya dibaca untuk menjawab “ada atau tidak”; isinya tidak disimpan.",
            count,
        ),
        "older": ngettext(
            "%(count)d baris lebih tua daripada yang tersimpan; yang tersimpan dipertahankan.",
            "%(count)d baris lebih tua daripada yang tersimpan; yang tersimpan dipertahankan.",
            count,
        ),
        "repeated_rows": ngettext(
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            count,
        ),
        "tmt_in_future": ngettext(
            "%(count)d baris: TMT jabatan lebih dari setahun di depan. Periksa tahunnya.",
            "%(count)d baris: TMT jabatan lebih dari setahun di depan. Periksa tahunnya.",
            count,
        ),
        "hours_missing": ngettext(
            "%(count)d PPPK paruh waktu tanpa jam kontrak: jam kerjanya belum dapat dihitung.",
            "%(count)d PPPK paruh waktu tanpa jam kontrak: jam kerjanya belum dapat dihitung.",
            count,
        ),
        "post_missing": ngettext("%(count)d baris tanpa nama jabatan.", "%(count)d baris tanpa nama jabatan.", count),
        "standing_unknown": ngettext(
            "%(count)d baris: kedudukan hukum tidak dikenal, dicatat sebagai “lain”.",
            "%(count)d baris: kedudukan hukum tidak dikenal, dicatat sebagai “lain”.",
            count,
        ),
        "namesakes": ngettext(
            "%(count)d nama dipakai lebih dari satu orang di unit yang sama. NIP-nya berbeda, jadi semuanya disimpan.",
            "%(count)d nama dipakai lebih dari satu orang di unit yang sama. NIP-nya berbeda, jadi semuanya disimpan.",
            count,
        ),
    }


def oddity(code: str) -> str:
    """What is odd about a NIP."""
    return {
        "birth_impossible": _("tanggal lahirnya mustahil."),
        "appointment_impossible": _("bulan pengangkatannya mustahil."),
        "age_at_appointment": _("umur saat diangkat di luar 16–60 tahun."),
        "sex_unknown": _("angka jenis kelaminnya bukan 1 atau 2."),
        "sequence_zero": _("nomor urutnya 000."),
    }[code]


def employment(code: str) -> str:
    """How somebody serves."""
    return {
        Employment.PNS: _("PNS"),
        Employment.CPNS: _("CPNS"),
        Employment.PPPK: _("PPPK"),
        Employment.PART_TIME: _("PPPK paruh waktu"),
    }[Employment(code)]


def standing(code: str) -> str:
    """A legal position."""
    return {
        Standing.ACTIVE: _("Aktif"),
        Standing.UNPAID_LEAVE: _("Cuti di luar tanggungan negara"),
        Standing.STUDY: _("Tugas belajar"),
        Standing.SUSPENDED: _("Diberhentikan sementara"),
        Standing.STATE_OFFICIAL: _("Pejabat negara"),
        Standing.DISCIPLINE: _("Kena hukuman disiplin"),
        Standing.RETIRING: _("Masa persiapan pensiun"),
        Standing.AWAITING_DECREE: _("CPNS belum ber-SK"),
        Standing.INACTIVE: _("Tidak aktif"),
        Standing.DISMISSED: _("Diberhentikan"),
        Standing.RETIRED: _("Pensiun"),
        Standing.OTHER: _("Kedudukan lain"),
    }[Standing(code)]


def post_kind(code: str) -> str:
    """The kind of a post."""
    return {
        PostKind.STRUCTURAL: _("Struktural"),
        PostKind.FUNCTIONAL: _("Fungsional"),
        PostKind.DOUBLE: _("Rangkap"),
        PostKind.GENERAL: _("Pelaksana"),
        PostKind.UNKNOWN: _("Jenis belum dikenal"),
    }[PostKind(code)]


def answer(code: str) -> str:
    """An answer about a post."""
    return {Answer.YES: _("Ya"), Answer.NO: _("Tidak"), Answer.UNASSESSED: _("Belum dinilai")}[Answer(code)]


def head_capacity(code: str) -> str:
    """In which capacity a unit is headed."""
    return {
        HeadCapacity.DEFINITIVE: _("Definitif"),
        HeadCapacity.ACTING: _("Plt."),
        HeadCapacity.DAILY: _("Plh."),
    }[HeadCapacity(code)]


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "not_in_service": _(
            "Orang ini tidak memegang jabatan atau sedang tidak bertugas pada tanggal mulai. "
            "Pilih tanggal lain atau orang lain."
        ),
        "no_such_unit": _("Unit ini tidak berlaku pada tanggal mulai. Pilih unit atau tanggal lain."),
        "period_empty": _("Tanggal berakhir tidak sesudah tanggal mulai. Periksa keduanya."),
        "acting_needs_end": _("Plt. dan Plh. memerlukan tanggal berakhir dan dasar penunjukan."),
        "reason_missing": _("Alasan masih kosong. Tulis mengapa jabatan dinilai begitu."),
        "nothing_answered": _("Belum ada yang dipilih. Pilih jabatan dan sedikitnya satu jawaban."),
    }[code]


def question(name: str) -> str:
    """A question about a post."""
    return {
        "direct_service": _("Layanan langsung"),
        "shift": _("Kerja sif"),
        "field": _("Kerja lapangan"),
        "criterion_outside": _("Dapat dikerjakan di luar kantor"),
        "criterion_no_special_room": _("Tanpa ruang atau alat khusus"),
        "criterion_ict": _("Dapat dikerjakan dengan TIK"),
        "criterion_little_contact": _("Sedikit tatap muka"),
        "criterion_no_supervision": _("Tanpa pengawasan terus-menerus"),
    }[name]
