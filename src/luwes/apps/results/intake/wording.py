"""Sentences of the survey."""

from django.utils.translation import gettext as _

from luwes.apps.results.models import RoundKind
from luwes.core.intake import Flag

SCALE = (1, 2, 3, 4)


def round_kind(kind: RoundKind) -> str:
    """What is asked."""
    return {RoundKind.SHORT: _("Tiga pertanyaan"), RoundKind.OFFICIAL: _("SKM resmi, sembilan unsur")}[kind]


def flag(flag: Flag) -> str:
    """Why an answer is flagged, as a label."""
    return {
        Flag.SAME_SOURCE: _("Beruntun dari satu jaringan dan jenis ponsel"),
        Flag.CROWD: _("Serentak dalam satu menit"),
        Flag.OUTSIDE: _("Di luar jam layanan"),
        Flag.ALIKE: _("Hampir semuanya sama dari satu sumber, berbeda dari jawaban lain"),
        Flag.MORE: _("Jawaban lebih banyak daripada warga yang dilayani"),
        Flag.CLOCK: _("Waktu tunggu dari ponsel tidak masuk akal"),
    }[flag]


def satisfied(value: int) -> str:
    """The four words of how content somebody is."""
    return {1: _("Tidak puas"), 2: _("Kurang puas"), 3: _("Puas"), 4: _("Sangat puas")}[value]


def questions() -> list[tuple[str, list[str]]]:
    """The nine questions of the official survey, each with its four answers from worst to best."""
    good = [_("Tidak baik"), _("Kurang baik"), _("Baik"), _("Sangat baik")]
    easy = [_("Tidak mudah"), _("Kurang mudah"), _("Mudah"), _("Sangat mudah")]
    return [
        (
            _("Apakah persyaratannya sesuai dengan yang diumumkan?"),
            [_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")],
        ),
        (_("Seberapa mudah prosedurnya?"), easy),
        (
            _("Seberapa cepat layanannya?"),
            [_("Tidak cepat"), _("Kurang cepat"), _("Cepat"), _("Sangat cepat")],
        ),
        (
            _("Apakah biayanya sesuai dengan yang diumumkan?"),
            [_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")],
        ),
        (
            _("Apakah hasilnya sesuai dengan yang dijanjikan?"),
            [_("Tidak sesuai"), _("Kurang sesuai"), _("Sesuai"), _("Sangat sesuai")],
        ),
        (
            _("Seberapa mampu petugasnya?"),
            [_("Tidak mampu"), _("Kurang mampu"), _("Mampu"), _("Sangat mampu")],
        ),
        (
            _("Seberapa sopan dan ramah petugasnya?"),
            [_("Tidak sopan"), _("Kurang sopan"), _("Sopan"), _("Sangat sopan")],
        ),
        (_("Seberapa baik pengaduan ditangani?"), good),
        (_("Seberapa baik ruang dan sarananya?"), good),
    ]


def refusal(code: str) -> str:
    """What to tell who sent something that cannot be taken."""
    return {
        "survey_not_our_form": _("Jawaban ini tidak terbaca. Buka kembali halaman dari poster, lalu isi sekali lagi."),
        "survey_nothing_answered": _("Belum ada pertanyaan yang dijawab. Pilih paling sedikit satu jawaban."),
        "survey_unknown_code": _(
            "Kode ini tidak kami kenal. Periksa kembali alamat pada poster, atau pindai kode QR-nya."
        ),
        "survey_poster_retired": _("Poster ini sudah tidak dipakai. Cari poster yang baru di dekat loket."),
        "survey_round_closed": _(
            "Survei layanan ini sedang tidak dibuka. Terima kasih sudah mau mengisi; untuk keluhan, pakai SP4N-LAPOR!."
        ),
        "survey_too_many": _(
            "Terlalu banyak jawaban masuk dari poster ini dalam satu jam terakhir. "
            "Jawaban Anda belum tersimpan; kirim lagi satu jam lagi."
        ),
        "survey_round_name_missing": _("Beri putaran ini nama."),
        "survey_round_too_late": _("Hari terakhir harus sama dengan atau sesudah hari pertama."),
        "survey_round_in_the_past": _("Putaran dimulai paling cepat hari ini."),
        "survey_round_there": _(
            "Putaran sejenis sudah ada pada hari-hari itu. Tutup dahulu yang lama atau pilih hari lain."
        ),
        "survey_no_such_round": _("Putaran ini tidak ada atau sudah ditutup."),
        "survey_no_such_point": _("Titik layanan ini tidak berlaku lagi."),
        "survey_no_such_poster": _("Poster ini tidak ada atau sudah ditarik."),
    }[code]
