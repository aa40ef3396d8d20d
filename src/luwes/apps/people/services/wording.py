"""Sentences of services: what things are called, what an import found, why something is refused."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.people.services.facts import Standard
from luwes.core.services.hours import Window, grouped

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


def hours(windows: Iterable[Window]) -> str:
    """Opening hours in words: "Senin–Kamis 08.00–15.00; Jumat 08.00–11.00"; "" without any."""
    return "; ".join(
        f"{_days(days)} {', '.join(f'{clock(start)}–{clock(end)}' for start, end in spans)}"
        for days, spans in grouped(windows)
    )


def closed(windows: Iterable[Window]) -> str:
    """The weekdays without any opening hour, in words; "" where all are open."""
    shut = sorted(set(range(1, 8)) - {window.weekday for window in windows})
    return _days(shut) if shut else ""


def _days(numbers: Sequence[int]) -> str:
    """Weekdays by name, runs of three and more as "Senin–Rabu"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = []
    for run in runs:
        names = [weekday(number) for number in run]
        told += [f"{names[0]}–{names[-1]}"] if len(run) > 2 else names
    return ", ".join(told)


def promise(standard: Standard) -> str:
    """The promised time in words: "3 hari kerja", "2 jam 30 menit"; "" where the standard promises none."""
    if standard.days:
        return ngettext("%(count)d hari kerja", "%(count)d hari kerja", standard.days) % {"count": standard.days}
    hours, rest = divmod(standard.minutes or 0, 60)
    told = []
    if hours:
        told.append(ngettext("%(count)d jam", "%(count)d jam", hours) % {"count": hours})
    if rest:
        told.append(ngettext("%(count)d menit", "%(count)d menit", rest) % {"count": rest})
    return " ".join(told)


def field(name: str) -> str:
    """A part of the standard by name, for telling what somebody else changed."""
    return {
        "name": _("Nama layanan"),
        "owner": _("Unit pemilik"),
        "minutes": _("Waktu penyelesaian"),
        "days": _("Waktu penyelesaian"),
        "cost": _("Biaya"),
        "implementers": _("Jumlah pelaksana"),
        "hours": _("Jam buka"),
        "windows": _("Jam buka"),
        "source": _("Sumber"),
        "required_share": _("Wajib tepat waktu"),
    }[name]


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kinds `units` and `services`, as one sentence."""
    rejects = {
        "rows_differ": _("Kode ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
        "service_rows_differ": _("Layanan ini muncul lebih dari sekali dengan isi berbeda. Sisakan satu baris."),
        "parent_unknown": _("Induk tidak dikenal atau lebih dari satu unit bernama sama. Tulis kode induknya."),
        "parent_closes": _("Induk berada di bawah unit ini sendiri. Periksa kode induk pada kedua baris."),
        "zone_missing": _("Zona waktu tempat ini belum diisi. Isi WIB, WITA, atau WIT."),
        "promise_twice": _("Waktu penyelesaian terisi dua kali, dalam menit dan hari kerja. Kosongkan salah satunya."),
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
        "stale_service": _("Layanan ini sudah diubah orang lain. Periksa perubahannya, lalu simpan lagi."),
        "service_name_missing": _("Nama belum diisi."),
        "source_missing": _("Sumber belum diisi. Tulis keputusan atau standar pelayanan yang memuatnya."),
        "link_twice": _("Unit yang sama muncul dua kali dengan peran yang sama. Sisakan satu."),
        "no_front": _("Belum ada unit yang menerima dan melayani. Tambahkan satu."),
        "no_such_post": _("Jabatan ini bukan di unit itu. Pilih jabatan lain."),
        "no_such_unit": _("Unit ini tidak ada. Pilih unit lain."),
        "stale_chain": _("Rantai ini sudah diubah orang lain. Periksa susunan terbaru di bawah, lalu simpan lagi."),
        "stale_point": _("Titik ini sudah diubah orang lain. Periksa isian terbaru, lalu simpan lagi."),
        "stale_places": _("Tempat kerja unit ini sudah diubah orang lain. Periksa daftarnya, lalu simpan lagi."),
        "stale_floors": _("Lantai ini sudah diubah orang lain. Periksa lantai terbaru di bawah, lalu simpan lagi."),
        "promise_twice": _("Isi waktu penyelesaian dengan satu satuan saja."),
        "reason_missing": _("Alasan belum diisi."),
        "already_there": _("Layanan bernama sama sudah ada di unit ini. Ubah yang sudah ada."),
        "no_such_place": _("Tempat kerja ini bukan milik unit itu. Pilih tempat lain."),
        "later_change": _("Pada tanggal itu sudah ada perubahan lain. Pilih tanggal lain, atau ubah yang terbaru."),
        "no_such_point": _("Titik layanan ini tidak ada. Kembali ke halaman layanan."),
        "bands_overlap": _("Dua baris pada hari yang sama bertumpuk jamnya. Ubah salah satunya."),
        "share_differs": _("Jumlah orang tidak sama dengan persentase dari dasarnya, dibulatkan ke atas."),
    }[code]
