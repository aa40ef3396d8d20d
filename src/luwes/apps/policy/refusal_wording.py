"""Sentences of refusals: why a rule was not recorded, and what to do."""

from django.utils.translation import gettext as _


def refusal(code: str) -> str:
    """What to tell for a refusal of this app."""
    return (_of_rules() | _of_decisions())[code]


def _of_rules() -> dict[str, str]:
    return {
        "enacted_by_proposer": _("Anda yang mengusulkan versi ini. Penetapannya perlu orang lain."),
        "findings_unanswered": _(
            "Masih ada pertentangan atau hal terbuka yang belum dijawab. Jawab satu per satu, lalu tetapkan."
        ),
        "instrument_not_enacted": _("Aturan ini belum pernah ditetapkan, jadi tidak ada yang dapat ditangguhkan."),
        "needs_a_person": _("Aturan ditetapkan oleh orang yang masuk sendiri, bukan oleh program atau tautan."),
        "no_such_draft": _("Rancangan ini tidak ada, sudah ditetapkan, atau sudah dibuang. Muat ulang daftarnya."),
        "no_such_enactment": _("Penetapan ini tidak ada atau sudah dibatalkan. Muat ulang daftarnya."),
        "no_such_finding": _("Pertentangan ini tidak ada lagi. Muat ulang daftarnya."),
        "no_such_reported_clause": _("Butir yang dipilih bukan butir yang perlu diberlakukan. Periksa pilihannya."),
        "no_such_shipped_rulebook": _("Tidak ada aturan bawaan dengan nama itu."),
        "no_such_suspension": _("Penangguhan ini tidak ada, sudah dicabut, atau sudah berakhir pada hari itu."),
        "not_a_word_of_units": _(
            "Kata ini bukan tanda untuk unit. Yang dapat ditetapkan: unit, opd, team, service, area, task, allowance."
        ),
        "rulebook_differs": _("Isi berkas berbeda dari yang Anda baca. Baca sekali lagi, lalu tetapkan."),
        "rulebook_name_unfit": _(
            "Nama berkas (id) hanya huruf kecil, angka, titik, dan tanda hubung, dan versinya 1 sampai 9999."
        ),
        "rulebook_not_binding": _(
            "Berkas ini menyebut dirinya rancangan atau pengumuman. Usulkan versi yang sudah ditandatangani."
        ),
        "rulebook_tampered": _(
            "Isi berkas aturan tidak sama dengan yang ditetapkan. Hentikan pemakaian dan panggil pengelola sistem."
        ),
        "rulebook_unreadable": _("Berkas ini bukan rulebook yang dapat dibaca. Periksa dengan luwes policy check."),
        "rulebook_version_taken": _(
            "Versi ini sudah ada dengan isi lain. Beri nomor versi baru pada berkasnya, lalu usulkan lagi."
        ),
    }


def _of_decisions() -> dict[str, str]:
    return {
        "judgement_left_to_another": _(
            "Aturan menyerahkan hal ini kepada pejabat di atas unit. Mintalah keputusannya."
        ),
        "judgement_value_unfit": _(
            "Persentase hanya untuk bagian yang diserahkan kepada seseorang, dari 0 sampai 100. Periksa angkanya."
        ),
        "need_conditions_unfit": _("Sebutkan syaratnya bila perlu dengan syarat, dan kosongkan bila tanpa syarat."),
        "no_such_judgement": _("Keputusan ini tidak ada, sudah dicabut, atau sudah berakhir pada hari itu."),
        "no_such_restriction": _("Pembatasan ini tidak ada, sudah dicabut, atau mengikuti butir aturan."),
        "no_such_rule": _("Butir ini tidak berlaku pada hari pertama keputusan. Periksa nama butir dan tanggalnya."),
        "no_such_subject": _("Orang atau unit yang dimaksud tidak ditemukan."),
        "not_a_tag": _("Yang dimaksud ditulis sebagai tanda, misalnya unit:puskesmas, atau dikosongkan untuk semua."),
        "policy_reason_missing": _("Isi dasar atau alasannya, dan siapa yang memutuskan."),
        "restriction_share_unfit": _("Isi persentase 0 sampai 100 hanya bila bagiannya diturunkan."),
    }
