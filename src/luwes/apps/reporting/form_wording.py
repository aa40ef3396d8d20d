"""Sentences of the monthly form: states, refusals, what an import says, and the reminder to paste."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.reporting import wording
from luwes.apps.reporting.form_fields import BY_CODE, Field
from luwes.apps.reporting.form_queries import BoardRow, State
from luwes.core import formats

Fact = str | int | None


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "stale_form": _(
            "Isian ini baru saja disimpan orang lain, dan isian Anda belum tersimpan. Periksa perubahannya, lalu "
            "simpan lagi."
        ),
        "month_signed": _(
            "Laporan bulan ini sudah ditandatangani. Buka lagi dengan alasan, baru isiannya dapat diubah."
        ),
        "month_ahead": _("Bulan ini belum mulai. Pilih bulan yang sudah berjalan."),
        "month_not_over": _("Bulan ini belum selesai. Tanda tangani setelah hari terakhirnya lewat."),
        "nothing_filled": _("Belum ada isian yang tersimpan. Isi dan simpan lebih dulu."),
        "gaps_unstated": _("Masih ada butir kosong tanpa alasan. Isi butirnya, atau tulis alasan belum ada."),
        "not_signed": _("Laporan bulan ini tidak sedang ditandatangani. Muat ulang halaman."),
        "reason_needed": _("Tulis alasan membuka lagi laporan yang sudah ditandatangani."),
        "words_too_long": _("Teks terlalu panjang. Ringkas, lalu kirim lagi."),
        "not_the_head": _(
            "Menurut data pegawai, Anda sedang tidak bertugas atau pimpinan unit ini orang lain. Minta pimpinannya "
            "menandatangani, atau minta admin memperbarui pimpinan unit."
        ),
        "not_an_agency": _("Isian bulanan dibuat per perangkat daerah, bukan per unit di bawahnya."),
        "counts_disagree": _(
            "Yang bekerja di luar kantor lebih banyak daripada yang bertugas. Periksa kedua angkanya."
        ),
    }[code]


def unread(code: str) -> str:
    """Why an answer cannot be read, and how to write it."""
    return {
        "not_an_option": _("Bukan salah satu pilihan butir ini. Salin tulisan dari kolom pilihan."),
        "not_a_number": _("Bukan bilangan bulat. Tulis angkanya saja, misalnya 1.250."),
        "not_a_percent": _("Bukan persentase. Tulis angkanya saja, misalnya 12,5."),
        "too_large": _("Angkanya lebih besar dari yang mungkin. Periksa lagi."),
        "too_long": _("Teks lebih dari 500 huruf. Ringkas."),
        "too_many_lines": _("Lebih dari 30 baris. Gabungkan yang serupa."),
    }[code]


def state(value: State) -> str:
    """How far a form is, in two words."""
    return {
        State.NOT_STARTED: _("Belum mulai"),
        State.DRAFT: _("Draf"),
        State.COMPLETE: _("Lengkap"),
        State.SIGNED: _("Ditandatangani"),
    }[value]


def labels(codes: Sequence[str]) -> list[str]:
    """Rows by what they are called."""
    return [str(BY_CODE[code].label) for code in codes]


def required_when(field: Field) -> str:
    """When a row must be answered; "" where it always must."""
    if field.when is None:
        return "" if field.required else _("boleh kosong")
    code, answer = field.when
    other = BY_CODE[code]
    if not answer:
        return _("diisi bila “%(row)s” diisi") % {"row": other.label}
    return _("diisi bila “%(row)s” dijawab %(answer)s") % {
        "row": other.label,
        "answer": str(dict(other.options())[answer]),
    }


def month(value: date) -> str:
    """A month as it is said: "Oktober 2026"."""
    return f"{formats.month_name(value, wording.language())} {value.year}"


def progress(rows: Sequence[BoardRow]) -> str:
    """How many have sent, in one sentence."""
    signed = sum(row.state is State.SIGNED for row in rows)
    return ngettext(
        "%(signed)s dari %(count)d perangkat daerah sudah menandatangani.",
        "%(signed)s dari %(count)d perangkat daerah sudah menandatangani.",
        len(rows),
    ) % {"signed": signed, "count": len(rows)}


def counts(rows: Sequence[BoardRow]) -> list[tuple[State, int]]:
    """How many are in each state, every state named."""
    found = Counter(row.state for row in rows)
    return [(state, found[state]) for state in State]


def reminder(rows: Sequence[BoardRow], value: date, address: str) -> str:
    """A message to paste into a chat group: units and what they lack, no person; the address asks to sign in."""
    waiting = [row for row in rows if row.state is not State.SIGNED]
    if not waiting:
        told = _("Isian laporan bulanan %(month)s: semua perangkat daerah sudah menandatangani. Terima kasih.")
        return told % {"month": month(value)}
    lines = [
        _("Isian laporan bulanan %(month)s") % {"month": month(value)},
        progress(rows),
        "",
        *(f"• {row.unit.name}: {_waiting(row)}" for row in waiting),
        "",
        _("Isi dan tanda tangani di %(address)s (perlu masuk).") % {"address": address},
    ]
    return "\n".join(lines)


def _waiting(row: BoardRow) -> str:
    if row.state is State.NOT_STARTED:
        return _("belum mulai")
    if row.state is State.COMPLETE:
        return _("lengkap, tinggal ditandatangani")
    count = len(row.missing)
    return ngettext("draf, %(count)d butir kosong", "draf, %(count)d butir kosong", count) % {"count": count}


def kind() -> str:
    """The name of the import kind."""
    return _("Isian laporan bulanan")


def covers() -> str:
    """What completeness counts."""
    return _("perangkat daerah")


def affects() -> str:
    """What stays empty when such files stop."""
    return _("Jika terhenti: butir laporan bulanan yang tidak dapat diisi dari berkas tetap kosong.")


def say(code: str, facts: Mapping[str, Fact]) -> str:
    """A finding or a reject of the kind, as one sentence."""
    rejects = {
        "field_unknown": _("Butir ini tidak dikenal. Salin kode butirnya dari berkas contoh."),
        "not_asked": _("Butir ini diisi dari berkas data, bukan dari isian. Hapus barisnya."),
        "month_signed": _("Laporan bulan ini sudah ditandatangani. Minta kepalanya membuka lagi lebih dulu."),
        "month_ahead": _("Bulan ini belum mulai. Periksa bulan dan tahunnya."),
        "not_an_agency": _("Bukan perangkat daerah. Isian bulanan dibuat per perangkat daerah."),
        "counts_disagree": _("Lebih banyak daripada yang bertugas. Periksa kedua angkanya."),
        "rows_differ": _("Butir ini muncul lebih dari sekali dengan nilai berbeda. Sisakan satu baris."),
    }
    if code in rejects:
        return rejects[code]
    if code not in ("repeated_rows", "left_empty"):
        return unread(code)
    count = int(facts.get("count") or 0)
    told = {
        "repeated_rows": _("sama persis dengan baris lain; dihitung sekali."),
        "left_empty": _("nilainya kosong; isian yang sudah tersimpan tidak diubah."),
    }[code]
    return f"{ngettext('%(count)d baris:', '%(count)d baris:', count) % {'count': count}} {told}"
