"""Sentences of services: what things are called, what an import found, why something is refused."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Fact = str | int | None


def units_kind() -> str:
    """The name of the import kind."""
    return _("Unit organisasi dan tempatnya")


def services_kind() -> str:
    """The name of the import kind."""
    return _("Layanan")


def owner_vocabulary() -> str:
    """What the foreign codes of a sheet of services name."""
    return _("Unit pemilik layanan")


def link_role(role: str) -> str:
    """What a unit does for a service."""
    return {
        "depan": _("Menerima dan melayani"),
        "verifikasi": _("Memeriksa"),
        "tanda_tangan": _("Menandatangani"),
        "ti": _("Menjaga sistemnya"),
    }[role]


def zone(zone: str) -> str:
    """The short name of a time zone."""
    return {"Asia/Jakarta": _("WIB"), "Asia/Makassar": _("WITA"), "Asia/Jayapura": _("WIT")}[zone]


def signal(signal: str) -> str:
    """How well a place is connected."""
    return {
        "baik": _("sinyal baik"),
        "lemah": _("sinyal lemah"),
        "tidak_ada": _("tanpa sinyal"),
        "": _("sinyal belum dinilai"),
    }[signal]


def weekday(number: int) -> str:
    """An ISO weekday by name."""
    return (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))[number - 1]


def clock(minute: int) -> str:
    """A minute of the day as people write it."""
    return f"{minute // 60:02d}.{minute % 60:02d}"


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kinds `units` and `services`, as one sentence."""
    rejects = {
        "rows_differ": _("Kode ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
        "service_rows_differ": _("Layanan ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
        "parent_unknown": _("Induk tidak dikenal atau lebih dari satu unit bernama sama. Tulis kode induknya."),
        "parent_closes": _("Induk berada di bawah unit ini sendiri. Periksa kode induk pada kedua baris."),
        "zone_missing": _("Zona waktu tempat ini belum diisi. Isi WIB, WITA, atau WIT."),
        "chain_unit_unknown": _("Unit pada rantai tidak dikenal atau lebih dari satu. Tulis kode unitnya."),
    }
    return rejects[code] if code in rejects else _counted(code, int(facts.get("count") or 0))


def _counted(code: str, count: int) -> str:
    return {
        "repeated_rows": ngettext(
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            "%(count)d baris sama persis dengan baris lain dan dihitung sekali.",
            count,
        ),
        "signal_missing": ngettext(
            "%(count)d tempat tanpa mutu sinyal: dicatat sebagai belum dinilai.",
            "%(count)d tempat tanpa mutu sinyal: dicatat sebagai belum dinilai.",
            count,
        ),
        "hours_unread": ngettext(
            "%(count)d jam buka tidak terbaca; disimpan sebagai teks. Contoh: Senin-Kamis 08.00-15.00.",
            "%(count)d jam buka tidak terbaca; disimpan sebagai teks. Contoh: Senin-Kamis 08.00-15.00.",
            count,
        ),
        "source_missing": ngettext(
            "%(count)d layanan tanpa sumber: dicatat sebagai usulan sampai dipastikan kepala unit.",
            "%(count)d layanan tanpa sumber: dicatat sebagai usulan sampai dipastikan kepala unit.",
            count,
        ),
        "implementers_missing": ngettext(
            "%(count)d layanan tanpa jumlah pelaksana: lantainya tidak dapat diusulkan.",
            "%(count)d layanan tanpa jumlah pelaksana: lantainya tidak dapat diusulkan.",
            count,
        ),
    }[code] % {"count": count}


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "no_such_service": _("Layanan ini tidak ada pada tanggal itu. Kembali ke daftar layanan."),
        "stale_service": _("Layanan ini sudah diubah orang lain. Muat ulang halaman, lalu periksa lagi."),
        "service_name_missing": _("Nama belum diisi."),
        "source_missing": _("Sumber belum diisi. Tulis keputusan atau standar pelayanan yang memuatnya."),
        "link_twice": _("Unit yang sama muncul dua kali dengan peran yang sama. Sisakan satu."),
        "no_front": _("Belum ada unit yang menerima dan melayani. Tambahkan satu."),
        "no_such_post": _("Jabatan ini bukan di unit itu. Pilih jabatan lain."),
        "no_such_unit": _("Unit ini tidak ada. Pilih unit lain."),
        "no_such_point": _("Titik layanan ini tidak ada. Kembali ke halaman layanan."),
        "bands_overlap": _("Dua baris pada hari yang sama bertumpuk jamnya. Ubah salah satunya."),
        "share_differs": _("Jumlah orang tidak sama dengan persentase dari dasarnya, dibulatkan ke atas."),
    }[code]
