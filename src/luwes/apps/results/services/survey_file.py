"""The columns of a file of survey answers: one row for each respondent, nine elements or three short questions."""

from collections.abc import Mapping

from luwes.apps.results.services.vocabulary import POINT, SUBJECT
from luwes.apps.sources.reading.layout import Column, Layout

# Number of the element, and what the questionnaire asks about.
ELEMENT_NAMES = (
    "Persyaratan",
    "Prosedur",
    "Waktu",
    "Biaya",
    "Produk",
    "Kompetensi",
    "Perilaku",
    "Pengaduan",
    "Sarana",
)
ELEMENT_COLUMNS = tuple(f"u{number}" for number in range(1, 10))


def _element(number: int, name: str) -> Column:
    return Column(
        *(f"u{number}", f"U{number} {name}", "text", False),
        aliases=(f"Unsur {number}", f"U.{number}", f"P{number}", f"Q{number}", f"Unsur {name}", f"Pertanyaan {number}"),
    )


LAYOUT = Layout(
    kind="survey",
    columns=(
        *SUBJECT,
        POINT,
        Column(
            *("tanggal", "Tanggal", "date", True),
            aliases=("Tgl", "Timestamp", "Tanggal Survei", "Tanggal Pengisian", "Waktu", "Waktu Pengisian", "Date"),
        ),
        Column("kanal", "Kanal", "text", False, ("Saluran", "Channel", "Media", "Cara Mengisi")),
        *(_element(number, name) for number, name in enumerate(ELEMENT_NAMES, start=1)),
        Column("dilayani", "Dilayani", "text", False, ("Apakah dilayani", "Terlayani", "Dilayani hari ini")),
        Column("sesuai_janji", "Sesuai janji", "text", False, ("Tepat janji", "Sesuai standar", "Apakah sesuai janji")),
        Column("puas", "Puas", "text", False, ("Kepuasan", "Tingkat Kepuasan", "Nilai Kepuasan", "Seberapa puas")),
        Column(
            *("indeks", "Indeks", "present", False),
            aliases=("IKM", "Nilai IKM", "Indeks Kepuasan", "Indeks Kepuasan Masyarakat", "Nilai Indeks", "NRR"),
        ),
    ),
    key=("layanan", "tanggal"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "tanggal": "2026-11-23",
        "kanal": "QR",
        **dict(zip(ELEMENT_COLUMNS, (4, 4, 3, 4, 4, 4, 4, 3, 3), strict=True)),
    },
    {
        "layanan": "Izin praktik dokter",
        "unit": "Dinas Kesehatan",
        "tanggal": "2026-11-23",
        "kanal": "kertas",
        "dilayani": "ya",
        "sesuai_janji": "tidak",
        "puas": 3,
    },
)
