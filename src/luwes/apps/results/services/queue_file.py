"""The columns of a file of a queue: one row for each number taken."""

from collections.abc import Mapping

from luwes.apps.results.services.vocabulary import POINT, SUBJECT
from luwes.apps.sources.reading.layout import Column, Layout

LAYOUT = Layout(
    kind="queue",
    columns=(
        *SUBJECT,
        POINT,
        Column("tanggal", "Tanggal", "date", False, ("Tgl", "Hari", "Tanggal Antrean", "Tanggal Antrian", "Date")),
        Column(
            *("nomor", "Nomor antrean", "code", False),
            aliases=("Nomor Antrian", "No Antrean", "No Antrian", "Antrean", "Antrian", "Tiket", "No Urut Antrian"),
        ),
        Column(
            *("datang", "Datang", "moment", True),
            aliases=(
                *("Jam Datang", "Waktu Datang", "Waktu Kedatangan", "Jam Ambil", "Waktu Ambil", "Ambil Nomor"),
                *("Jam Ambil Nomor", "Waktu Ambil Nomor", "Check In", "Arrived", "Waktu Cetak"),
            ),
        ),
        Column(
            *("dipanggil", "Dipanggil", "moment", False),
            aliases=("Jam Dipanggil", "Waktu Dipanggil", "Jam Panggil", "Waktu Panggil", "Called", "Mulai Dilayani"),
        ),
        Column(
            *("selesai", "Selesai dilayani", "moment", False),
            aliases=("Selesai", "Jam Selesai", "Waktu Selesai", "Dilayani", "Waktu Selesai Dilayani", "Served"),
        ),
    ),
    key=("layanan", "datang"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "tanggal": "2026-11-23",
        "nomor": "A001",
        "datang": "07.52",
        "dipanggil": "08.04",
        "selesai": "08.19",
    },
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "tanggal": "2026-11-23",
        "nomor": "A002",
        "datang": "08.01",
    },
)
