"""Sentences of spot checks."""

from django.utils.translation import gettext as _


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "procedure_wrong": _("Isi 1-200 pemeriksaan sehari, bobot 1-10, dan bagian tidak terlayani di bawah 100 %."),
        "starts_too_early": _("Tata cara dibekukan sebelum undian pertamanya. Pilih tanggal mulai setelah hari ini."),
        "drawn_already": _("Hari ini sudah diundi. Undian tidak diulang."),
        "filed_already": _("Pemeriksaan ini sudah diisi orang lain. Muat ulang halaman."),
        "finding_wrong": _("Periksa isian: loket yang tidak terjangkau tidak melayani, dan lama tunggu 0-480 menit."),
        "not_now": _("Pemeriksaan diisi pada harinya, atau paling lambat tiga hari sesudahnya."),
        "photo_wrong": _("Berkas ini bukan foto JPEG. Ambil ulang fotonya, atau kirim tanpa foto."),
        "photo_large": _("Foto lebih besar dari 600 kB. Perkecil fotonya, atau kirim tanpa foto."),
    }[code]
