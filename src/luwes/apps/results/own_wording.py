"""Sentences about what people note of their own days."""

from django.utils.translation import gettext as _


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "not_an_employee": _("Akun Anda belum terhubung dengan data pegawai. Minta Admin BKD mencatat NIP Anda."),
        "entry_wrong": _("Tulis apa hasilnya, paling banyak 120 huruf, dan jumlah 1 sampai 999."),
        "day_not_open": _(
            "Catatan dibuat untuk hari kerja Anda bulan ini atau bulan lalu, paling lambat hari ini. Pilih tanggal "
            "lain."
        ),
        "month_closed": _(
            "Bulan itu sudah ditutup, jadi catatannya tetap seperti adanya. Bila ada yang keliru, hubungi Admin BKD."
        ),
        "file_speaks": _(
            "Hasil Anda hari itu sudah ada dari berkas sistem kinerja, dan berkas itu yang dipakai. Perbaiki di sistem "
            "asalnya bila keliru."
        ),
    }[code]
