"""The columns of a log of counters: when each opened and closed on a day, and how long it was shut in between."""

from collections.abc import Mapping

from luwes.apps.results.services.vocabulary import POINT, SUBJECT
from luwes.apps.sources.reading.layout import Column, Layout

LAYOUT = Layout(
    kind="openings",
    columns=(
        *SUBJECT,
        POINT,
        Column("tanggal", "Tanggal", "date", True, ("Tgl", "Hari", "Hari Tanggal", "Date")),
        Column("buka", "Buka", "moment", False, ("Jam Buka", "Dibuka", "Waktu Buka", "Buka Pukul", "Mulai")),
        Column("tutup", "Tutup", "moment", False, ("Jam Tutup", "Ditutup", "Waktu Tutup", "Tutup Pukul", "Selesai")),
        Column(
            *("tutup_sementara", "Tutup sementara (menit)", "integer", False),
            aliases=("Tutup Sementara", "Menit Tutup", "Lama Tutup", "Lama Tutup (menit)", "Jeda", "Jeda (menit)"),
            minimum=0,
            maximum=1_440,
        ),
        Column("alasan", "Alasan", "text", False, ("Keterangan", "Sebab", "Alasan Tutup", "Catatan")),
    ),
    key=("layanan", "tanggal"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "tanggal": "2026-11-23",
        "buka": "08.00",
        "tutup": "15.00",
        "tutup_sementara": 20,
        "alasan": "listrik padam",
    },
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "tanggal": "2026-11-24",
        "alasan": "petugas bertugas di luar kantor",
    },
)
