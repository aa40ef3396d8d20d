"""The columns of a file of cases: what came in when, when it is due, when it was done."""

from collections.abc import Mapping

from luwes.apps.results.services.vocabulary import SUBJECT
from luwes.apps.sources.reading.layout import Column, Layout

LAYOUT = Layout(
    kind="tickets",
    columns=(
        *SUBJECT,
        Column(
            *("nomor", "Nomor perkara", "code", True),
            aliases=(
                *("Nomor Permohonan", "No Permohonan", "Nomor Registrasi", "No Registrasi", "No Reg", "Nomor Tiket"),
                *("No Tiket", "Nomor Pendaftaran", "No Pendaftaran", "Nomor Berkas", "No Berkas", "Ticket ID"),
            ),
        ),
        Column(
            *("dibuka", "Dibuka", "moment", True),
            aliases=(
                *("Tanggal Masuk", "Tgl Masuk", "Tanggal Permohonan", "Tanggal Pengajuan", "Tanggal Daftar"),
                *("Tanggal Pendaftaran", "Tanggal Diterima", "Diterima", "Waktu Masuk", "Opened", "Created At"),
            ),
        ),
        Column("jam_dibuka", "Jam dibuka", "moment", False, ("Jam Masuk", "Jam Pengajuan", "Jam Diterima")),
        Column(
            *("tenggat", "Tenggat", "moment", False),
            aliases=("Jatuh Tempo", "Batas Waktu", "Target Selesai", "Tanggal Tenggat", "Due", "Due Date", "SLA"),
        ),
        Column(
            *("selesai", "Selesai", "moment", False),
            aliases=(
                *("Tanggal Selesai", "Tgl Selesai", "Tanggal Terbit", "Tanggal Penyelesaian", "Waktu Selesai"),
                *("Ditutup", "Tanggal Ditutup", "Closed", "Closed At"),
            ),
        ),
        Column("jam_selesai", "Jam selesai", "moment", False, ("Jam Terbit", "Jam Ditutup", "Jam Penyelesaian")),
        Column("kanal", "Kanal", "text", False, ("Saluran", "Channel", "Sumber", "Media", "Asal Permohonan")),
    ),
    key=("layanan", "nomor"),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {
        "layanan": "Pengujian sampel air",
        "unit": "UPT Laboratorium",
        "nomor": "LAB-2026-0457",
        "dibuka": "2026-11-23 08.15",
        "tenggat": "2026-11-25 15.00",
        "selesai": "2026-11-24 13.40",
        "kanal": "loket",
    },
    {
        "layanan": "Izin praktik dokter",
        "unit": "Dinas Kesehatan",
        "nomor": "0012/SIP/XI/2026",
        "dibuka": "2026-11-20",
        "kanal": "daring",
    },
)
