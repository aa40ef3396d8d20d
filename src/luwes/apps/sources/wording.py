"""Sentences of the import flow: why a file cannot be read, why a row is refused, what drifted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.sources.kinds import ImportKind
from luwes.core import formats


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "no_such_kind": _("Jenis berkas ini tidak dikenal. Pilih jenis dari daftar."),
        "source_unnamed": _("Sumber belum diberi nama. Isi nama pengirim data, misalnya “Biro Adpim”."),
        "no_such_batch": _("Berkas ini tidak ada lagi. Unggah sekali lagi."),
        "no_such_source": _("Sumber ini tidak ada lagi. Buka kembali daftar sumber."),
        "batch_settled": _("Berkas ini sudah selesai ditangani. Unggah sekali lagi bila perlu."),
        "batch_lapsed": _("Uji coba ini lebih dari 24 jam dan barisnya sudah dihapus. Unggah berkasnya sekali lagi."),
        "changed_meanwhile": _(
            "Orang lain mengubah berkas ini setelah halaman Anda dibuka. Periksa isinya sekali lagi."
        ),
        "unmapped_left": _("Masih ada kode yang belum dipilih artinya. Pilih semuanya, baru simpan."),
        "no_such_choice": _("Pilihan ini tidak tersedia lagi. Muat ulang halaman dan pilih kembali."),
        "nothing_readable": _("Tidak ada baris yang dapat disimpan. Perbaiki berkas, lalu unggah lagi."),
        "withdraw_needs_clean_file": _(
            "Angka lama tidak ditarik, karena ada baris yang ditolak: salah satunya mungkin justru baris itu. "
            "Perbaiki berkas, lalu unggah lagi."
        ),
        "code_taken": _("Unit lain sudah memakai kode ini. Pilih unit itu dari daftar."),
        "no_such_break": _("Catatan ini tidak ada lagi. Muat ulang halaman."),
        "break_declared": _("Perubahan ini sudah dicatat untuk tanggal itu. Lihat daftarnya di bawah."),
        "break_undescribed": _("Keterangan belum diisi. Tulis apa yang berubah, misalnya aplikasi presensi baru."),
        "text_too_long": _("Teks terlalu panjang. Persingkat, lalu simpan lagi."),
        "constant_invalid": _("Isian tahun atau tanggal tidak dapat dibaca. Contoh: 2026 dan 2026-10-31."),
    }[code]


def unreadable(code: str, facts: Mapping[str, Any]) -> str:
    """Why a file cannot be turned into rows, and what to do."""
    if code == "missing_columns":
        names = ", ".join(str(each["label"]) for each in facts["missing"])
        return _("Kolom wajib tidak ditemukan di berkas: %(names)s. Tunjukkan kolomnya atau pakai berkas contoh.") % {
            "names": names
        }
    if code == "ambiguous_columns":
        names = ", ".join(str(each["column"]) for each in facts["ambiguous"])
        return _("Lebih dari satu kolom cocok untuk: %(names)s. Tunjukkan satu kolom yang benar.") % {"names": names}
    return _unreadable()[code]


def _unreadable() -> dict[str, str]:
    return {
        "empty": _("Berkas ini kosong. Periksa berkasnya, lalu unggah lagi."),
        "too_large": _("Berkas lebih besar dari 50 MB. Bagi menjadi beberapa berkas."),
        "encrypted": _("Berkas ini dilindungi kata sandi. Simpan salinan tanpa kata sandi, lalu unggah itu."),
        "old_xls": _("Berkas .xls lama belum dapat dibaca. Buka di Excel, simpan sebagai .xlsx, lalu unggah."),
        "corrupt": _("Berkas rusak dan tidak dapat dibuka. Buka di Excel, simpan ulang, lalu unggah lagi."),
        "not_a_table": _("Berkas ini bukan tabel. Unggah berkas Excel (.xlsx) atau CSV."),
        "no_header": _("Baris judul kolom tidak ditemukan. Tunjukkan kolomnya atau pakai berkas contoh."),
        "too_many_columns": _("Berkas berisi terlalu banyak kolom. Hapus kolom kosong di kanan tabel."),
        "too_many_rows": _("Berkas berisi terlalu banyak baris untuk jenis ini. Periksa apakah jenisnya tepat."),
        "unpacked_too_large": _("Isi berkas terlalu besar setelah dibuka. Hapus lembar yang tidak perlu."),
        "unknown_sheet": _("Lembar yang diminta tidak ada di berkas ini."),
        "encoding": _("Huruf di berkas CSV tidak dapat dibaca. Simpan sebagai “CSV UTF-8”, lalu unggah lagi."),
        "timeout": _("Berkas terlalu lama dibaca dan dihentikan. Hapus lembar dan kolom yang tidak perlu."),
        "memory": _("Berkas membutuhkan terlalu banyak memori. Bagi menjadi beberapa berkas."),
        "bad_constant": _("Isian tahun atau tanggal tidak dapat dibaca. Contoh: 2026 dan 2026-10-31."),
        "money_unit": _(
            "Berkas ini menyebut angkanya dalam ribuan, jutaan, atau miliaran rupiah. Pilih satuan uangnya, lalu "
            "unggah lagi."
        ),
        "crashed": _("Berkas tidak dapat dibaca dan pembacanya berhenti. Simpan ulang di Excel, lalu unggah lagi."),
    }


def reject(kind: ImportKind, code: str) -> str:
    """Why a row was refused."""
    known = _rejects()
    return known[code] if code in known else kind.say(code, {})


def _rejects() -> dict[str, str]:
    return {
        "missing": _("Wajib diisi, tetapi kosong."),
        "not_a_number": _("Bukan angka. Tulis angka saja, misalnya 1.234.567,89."),
        "ambiguous_number": _("Titik atau koma dapat berarti dua hal. Tulis tanpa pemisah ribuan."),
        "lost_digits": _("Excel sudah membuang sebagian angka. Ubah kolom menjadi teks, lalu isi kembali."),
        "not_whole": _("Harus bilangan bulat."),
        "not_a_date": _("Bukan tanggal. Tulis hari-bulan-tahun, misalnya 31/10/2026."),
        "not_a_datetime": _("Bukan tanggal dan jam. Tulis misalnya 31/10/2026 07.30."),
        "not_a_moment": _("Bukan tanggal dan bukan jam. Tulis misalnya 07.30, 31/10/2026, atau 31/10/2026 07.30."),
        "not_a_month": _("Bukan bulan. Tulis bulan dan tahun, misalnya November 2026 atau 11/2026."),
        "not_a_year": _("Bukan tahun empat angka."),
        "not_a_choice": _("Bukan salah satu pilihan yang dikenal."),
        "below_minimum": _("Lebih kecil dari yang mungkin."),
        "above_maximum": _("Lebih besar dari yang mungkin. Periksa apakah kolomnya bergeser."),
        "too_long": _("Teks terlalu panjang."),
        "control_characters": _("Berisi karakter tersembunyi yang tidak dapat disimpan."),
        "formula_error": _("Rumus di Excel menghasilkan kesalahan."),
        "extra_cells": _("Ada isi di kanan tabel: baris ini mungkin bergeser."),
    }


def warning(code: str, column: str, count: int) -> str:
    """Something the reader accepted but wants looked at."""
    sentences = {
        "numeric_code": _("%(column)s: %(count)d sel berupa angka. Nol di depan, jika ada, sudah hilang."),
        "rupiah_rounded": _("%(column)s: %(count)d nilai dibulatkan ke rupiah penuh."),
    }
    other = _("%(column)s: %(count)d nilai dibaca dengan catatan.")
    return sentences.get(code, other) % {"column": column, "count": count}


def skipped(reason: str) -> str:
    """Why a row below the header is no data row."""
    return {
        "blank": _("kosong"),
        "annotation": _("baris satuan atau nomor kolom"),
        "total": _("baris jumlah"),
        "repeated_header": _("judul yang berulang"),
        "outside_table": _("di luar tabel"),
    }.get(reason, reason)


def drift(found: Mapping[str, Any]) -> str:
    """What changed about the source since its last file."""
    language = get_language() or "id"
    code = found["code"]
    if code == "headers_vanished":
        return _("Kolom yang dulu ada kini hilang: %(names)s.") % {"names": found["names"]}
    if code == "headers_new":
        return _("Kolom baru yang belum dipakai: %(names)s.") % {"names": found["names"]}
    if code == "source_renamed":
        return _("Sumber ini tampaknya menggantikan “%(before)s”: kolomnya sama, dan sumber itu berhenti mengirim.") % {
            "before": found["before"]
        }
    if code == "rows_jump":
        return _("Jumlah baris berubah banyak: dari %(before)d menjadi %(now)d.") % {
            "before": found["before"],
            "now": found["now"],
        }
    return _("Tanggal data %(now)s tidak lebih baru daripada berkas terakhir (%(before)s).") % {
        "now": formats.short_date(date.fromisoformat(found["now"]), language),
        "before": formats.short_date(date.fromisoformat(found["before"]), language),
    }


def skip_choice() -> str:
    """The choice not to import what carries a value."""
    return _("Lewati baris ini")


def state(code: str) -> str:
    """The state of a batch in one or two words."""
    return {
        "staged": _("Menunggu keputusan"),
        "confirmed": _("Tersimpan"),
        "discarded": _("Dibuang"),
        "lapsed": _("Lewat 24 jam"),
    }[code]


def age(code: str) -> str:
    """How the newest date of a source stands against the rhythm of its kind, in one or two words."""
    return {
        "fresh": _("Terkini"),
        "late": _("Terlambat"),
        "stopped": _("Terhenti"),
        "never": _("Belum ada data"),
        "untimed": _("Tanpa jadwal"),
    }[code]


def fullness(code: str) -> str:
    """How much of a month has come, where nothing is counted or beside the count."""
    return {
        "full": _("lengkap"),
        "part": _("sebagian"),
        "none": _("kosong"),
        "some": _("ada"),
        "empty": _("tidak ada"),
    }[code]


def changed(code: str) -> str:
    """What changed about how something is recorded."""
    return {
        "sistem": _("Aplikasi atau mesin pencatat"),
        "kewajiban": _("Kewajiban mencatat atau melapor"),
        "definisi": _("Pengertian atau cara menghitung"),
    }[code]
