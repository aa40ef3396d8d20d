"""The poster as a tagged PDF: a large QR code, the address in words, and what is not asked."""

from dataclasses import dataclass
from datetime import UTC, datetime

import segno
from django.utils.translation import gettext as _

from luwes.apps.documents.pdf import render_pdf

PAPERS = ("a4", "a5")


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a poster; `address` is the full one, as the QR code holds it."""

    address: str
    code: str
    service: str
    agency: str
    point: str


def poster_pdf(poster: Poster, *, paper: str, language: str, now: datetime) -> bytes:
    """Print a poster on A4 or A5."""
    shown = poster.address.split("://", 1)[-1].rstrip("/")
    data = {
        "paper": paper,
        "language": language,
        "title": _("Bagaimana layanan kami hari ini?"),
        "lead": _("Pindai dengan kamera ponsel."),
        "time": _("Selesai dalam dua menit."),
        "service": poster.service,
        "point": poster.point,
        "agency": poster.agency,
        "qr": _qr(poster.address),
        "alt": _("Kode QR menuju %(address)s") % {"address": shown},
        "or": _("Atau ketik alamat ini:"),
        "address": shown,
        "privacy": _("Tanpa nama, tanpa akun. Petugas tidak dapat melihat siapa yang menjawab."),
        "offline": _("Sinyal hilang? Jawaban menunggu di ponsel Anda dan terkirim sendiri."),
        "code": _("Kode poster: %(code)s") % {"code": poster.code},
    }
    return render_pdf("survey_poster", data, created=int(now.astimezone(UTC).timestamp()))


def _qr(address: str) -> str:
    # Level Q still reads with a quarter of it torn off or under a sticker.
    return segno.make(address, error="q", micro=False).svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
