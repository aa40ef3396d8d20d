"""Sentences of files about services: names of the kinds, why rows are refused, and what was found."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def vocabulary() -> str:
    """What the foreign names in such files name."""
    return _("Layanan")


def services() -> str:
    """What completeness counts."""
    return _("layanan")


def agencies() -> str:
    """What completeness counts for recaps of units."""
    return _("perangkat daerah")


def tickets() -> str:
    """The name of the import kind."""
    return _("Perkara layanan")


def queue() -> str:
    """The name of the import kind."""
    return _("Antrean")


def survey() -> str:
    """The name of the import kind."""
    return _("Survei kepuasan (SKM)")


def openings() -> str:
    """The name of the import kind."""
    return _("Jam buka loket")


def complaints() -> str:
    """The name of the import kind."""
    return _("Pengaduan")


def tickets_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: jawaban apakah waktu penyelesaian ditepati tidak terisi.")


def queue_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: lama tunggu di loket tidak terisi.")


def survey_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: indeks kepuasan masyarakat tidak terisi.")


def openings_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: jawaban apakah jam buka ditepati tidak terisi.")


def complaints_affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: bagian pengaduan di laporan tidak terisi.")


def say_tickets(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    return _say(code, facts, _ticket_rejects(), _ticket_findings())


def say_queue(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    return _say(code, facts, _queue_rejects(), _queue_findings())


def say_survey(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    return _say(code, facts, _survey_rejects(), _survey_findings())


def say_openings(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    return _say(code, facts, _opening_rejects(), _opening_findings())


def say_complaints(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    return _say(code, facts, _complaint_rejects(), _complaint_findings())


def _say(code: str, facts: Mapping[str, Fact], rejects: Mapping[str, str], findings: Mapping[str, str]) -> str:
    if code in rejects:
        return rejects[code]
    count = int(facts.get("count") or 0)
    said = {**_common(), **findings}[code]
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {said}"


def _common() -> dict[str, str]:
    return {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "in_the_future": _("tanggalnya di masa depan."),
    }


def _ticket_rejects() -> dict[str, str]:
    return {
        "date_missing": _("Hanya jam, tanpa tanggal. Tulis tanggalnya juga, misalnya 23/11/2026 08.15."),
        "before_opened": _("Lebih awal daripada saat perkara dibuka. Periksa kedua tanggalnya."),
        "rows_differ": _(
            "Nomor perkara ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris dengan keadaan terakhir."
        ),
    }


def _ticket_findings() -> dict[str, str]:
    return {
        "no_due": _(
            "tanpa tenggat, dan standar layanan tidak menyebut waktu penyelesaian. Perkaranya disimpan, tetapi tidak "
            "dinilai tepat waktu atau terlambat."
        ),
        "due_needs_time": _(
            "standar menjanjikan waktu dalam menit, tetapi berkas hanya menyebut tanggal. Tanpa jam, ketepatannya "
            "tidak dapat dinilai."
        ),
        "calendar_missing": _(
            "tenggat jatuh pada tahun yang kalendernya belum ada. Muat kalender tahun itu; tenggatnya lalu dihitung "
            "sendiri."
        ),
        "hours_missing": _(
            "jam kerja unitnya pada masa darurat belum ditetapkan untuk pola kerjanya. Tetapkan di Kalender; "
            "tenggatnya lalu dihitung sendiri."
        ),
    }


def _queue_rejects() -> dict[str, str]:
    return {
        "day_missing": _("Tanggalnya tidak disebut. Isi kolom tanggal, atau tulis tanggal bersama jam datang."),
        "time_missing": _("Jamnya tidak disebut. Tulis misalnya 08.15."),
        "served_uncalled": _("Dilayani tanpa pernah dipanggil. Isi jam dipanggil."),
        "runs_backwards": _("Lebih awal daripada jam sebelumnya, jadi lama tunggunya negatif. Periksa kedua jamnya."),
        "too_long_a_wait": _("Lebih dari 24 jam sejak jam sebelumnya. Periksa tanggalnya."),
        "rows_differ": _(
            "Nomor antrean ini muncul lebih dari sekali pada hari yang sama dengan jam berbeda. Sisakan satu baris."
        ),
    }


def _queue_findings() -> dict[str, str]:
    return {
        "over_midnight": _("jamnya melewati tengah malam; dihitung sampai hari berikutnya."),
        "point_unknown": _point_unknown(),
        "fewer_than_stored": _(
            "hari ini berisi lebih sedikit orang daripada yang tersimpan. Berkas menggantikan seluruh hari; pastikan "
            "berkasnya lengkap."
        ),
    }


def _point_unknown() -> str:
    return _("titik layanan ini belum tercatat; dihitung untuk layanannya saja.")


def _survey_rejects() -> dict[str, str]:
    return {
        "not_an_answer": _(
            "Bukan jawaban 1, 2, 3, atau 4. Kosongkan sel jika tidak dijawab; jangan isi rata-rata atau indeks."
        ),
        "not_yes_or_no": _("Bukan ya atau tidak. Tulis “ya” atau “tidak”, atau kosongkan."),
        "index_alone": _(
            "Ini indeks jadi, bukan jawaban. Indeks tanpa jawaban dan jumlah responden tidak dapat diperiksa. Kirim "
            "jawaban tiap responden, U1 sampai U9."
        ),
        "nothing_answered": _("Tidak satu pun pertanyaan dijawab. Hapus baris ini, atau isi jawabannya."),
    }


def _survey_findings() -> dict[str, str]:
    return {
        "point_unknown": _point_unknown(),
        "fewer_than_stored": _(
            "hari ini berisi lebih sedikit jawaban daripada yang tersimpan dari sumber ini. Berkas menggantikan "
            "seluruh hari; pastikan berkasnya lengkap."
        ),
    }


def _opening_rejects() -> dict[str, str]:
    return {
        "closes_before": _("Tutup lebih awal daripada buka. Periksa kedua jamnya."),
        "nothing_said": _("Jam buka dan tutup kosong. Isi jamnya, atau tulis alasannya jika tidak buka seharian."),
        "point_unknown": _(
            "Titik layanan ini belum tercatat. Tambahkan di halaman layanan, atau kosongkan kolomnya jika catatan "
            "berlaku untuk seluruh layanan."
        ),
        "no_time_of_the_day": _("Bukan jam pada tanggal baris ini. Tulis misalnya 08.00."),
        "rows_differ": _("Titik dan tanggal ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
    }


def _opening_findings() -> dict[str, str]:
    return {
        "half_said": _("hanya jam buka atau hanya jam tutup; menit buka hari itu tidak diketahui dan tidak dihitung."),
        "shut_too_long": _("tutup sementara lebih lama daripada jam bukanya. Dihitung tidak buka."),
        "days_missing": _(
            "ada hari kerja tanpa catatan sebelum baris ini. Hari itu tidak diketahui, bukan tutup, dan tidak dihitung."
        ),
    }


def _complaint_rejects() -> dict[str, str]:
    return {
        "rows_differ": _(
            "Unit, bulan, dan kanal ini muncul lebih dari sekali dengan angka berbeda. Jumlahkan menjadi satu baris."
        ),
    }


def _complaint_findings() -> dict[str, str]:
    return {
        "total_differs": _("jumlahnya berbeda dari penjumlahan keempat keadaan. Yang disimpan keempat keadaan."),
    }
