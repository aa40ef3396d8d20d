"""The columns of a punch file: the log of a fingerprint machine, or the export of a phone application.

A row is one punch (`waktu`, or `tanggal` and `jam`), or a day with the hours of coming and leaving beside each other.
"""

from collections.abc import Mapping

from luwes.apps.sources.reading.layout import Column, Layout

# What the files call the two directions. Going out for a break and coming back says nothing about a day's ends.
ENTERING, LEAVING, PAUSING = "in", "out", "break"
DIRECTIONS = {
    **dict.fromkeys(("I", "0", "Masuk", "Datang", "In", "C/In", "Check In", "Hadir", "Presensi Masuk"), ENTERING),
    **dict.fromkeys(("O", "1", "5", "Pulang", "Keluar", "Out", "C/Out", "Check Out", "Presensi Pulang"), LEAVING),
    **dict.fromkeys(("2", "3", "4", "Istirahat", "Break Out", "Break In", "Out Back", "Overtime In"), PAUSING),
}
INSIDE, OUTSIDE = "ya", "tidak"
PLACES = {
    **dict.fromkeys(("1", "Y", "Ya", "TRUE", "Dalam", "Dalam Kantor", "Di Kantor", "Kantor", "Inside", "WFO"), INSIDE),
    **dict.fromkeys(("0", "T", "N", "Tidak", "FALSE", "Luar", "Luar Kantor", "Di Luar Kantor", "Outside"), OUTSIDE),
    **dict.fromkeys(("WFA", "WFH", "Rumah"), OUTSIDE),
}
# What a file may call a time zone, by the name of the time zone database.
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "UTC": "UTC"}
ZONE_SPELLINGS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "GMT+7": "WIB",
    "UTC+7": "WIB",
    "+07:00": "WIB",
    "Asia/Makassar": "WITA",
    "GMT+8": "WITA",
    "UTC+8": "WITA",
    "+08:00": "WITA",
    "Asia/Jayapura": "WIT",
    "GMT+9": "WIT",
    "UTC+9": "WIT",
    "+09:00": "WIT",
    "Etc/UTC": "UTC",
    "GMT": "UTC",
}
SPELLINGS: Mapping[str, Mapping[str, str]] = {"jenis": DIRECTIONS, "di_kantor": PLACES, "zona": ZONE_SPELLINGS}

# A machine whose battery died counts from 2000 again.
EARLIEST = "2015-01-01"

# Latitude, longitude and photo are not columns: where somebody was is not kept, only whether it was the office.
LAYOUT = Layout(
    kind="punches",
    columns=(
        Column(
            *("nip", "NIP atau nomor badge", "code", True),
            aliases=(
                *("NIP", "NIP Baru", "NIP/NI PPPK", "NIP Pegawai", "Badge Number", "Badge", "No Badge", "Nomor Badge"),
                *("AC-No.", "AC No", "PIN", "Enroll Number", "No ID", "ID Absen", "ID Mesin"),
            ),
        ),
        Column(
            *("waktu", "Tanggal dan jam", "datetime", False),
            aliases=(
                *(
                    "Check Time",
                    "Waktu",
                    "Waktu Presensi",
                    "Waktu Absen",
                    "Tanggal Waktu",
                    "Tanggal/Waktu",
                    "Date/Time",
                ),
                *("Datetime", "Timestamp", "Tgl/Waktu", "Waktu Scan", "Scan Date", "Waktu Rekam"),
            ),
            minimum=f"{EARLIEST}T00:00:00",
        ),
        Column("tanggal", "Tanggal", "date", False, ("Tgl", "Date", "Tanggal Presensi"), minimum=EARLIEST),
        Column("jam", "Jam", "moment", False, ("Time", "Pukul", "Jam Presensi", "Jam Scan")),
        Column(
            *("jenis", "Masuk atau pulang", "text", False),
            aliases=("Check Type", "Jenis", "Jenis Presensi", "Tipe", "State", "Status", "In/Out", "Arah", "IO Mode"),
        ),
        Column(
            *("zona", "Zona waktu", "choice", False, ("Zona", "Time Zone", "Timezone", "TZ")),
            choices=tuple(ZONES),
        ),
        Column(
            *("mesin", "Nomor seri mesin", "code", False),
            aliases=("SN", "Serial Number", "Mesin", "Nomor Mesin", "No Mesin", "Sensor ID", "Nama Mesin"),
        ),
        Column(
            *("perangkat", "Perangkat", "code", False),
            aliases=("Device", "Device ID", "ID Perangkat", "Ponsel", "HP", "Nama Perangkat"),
        ),
        Column(
            *("di_kantor", "Di kantor", "text", False),
            aliases=(
                *("Di Dalam Kantor", "Dalam Kantor", "Status Lokasi", "Lokasi", "Inside", "Dalam Radius", "Is Inside"),
                *("Tempat", "Mode Kerja"),
            ),
        ),
        Column(
            *("dikirim_pada", "Dikirim pada", "datetime", False),
            aliases=("Waktu Kirim", "Terkirim", "Sent At", "Synced At", "Waktu Sinkron", "Waktu Unggah"),
        ),
        Column(
            *("masuk", "Jam masuk", "moment", False),
            aliases=(
                *("Jam Datang", "Waktu Masuk", "Waktu Datang", "Scan Masuk", "Presensi Masuk", "Absen Masuk", "Datang"),
                *("Check In", "Clock In", "Time In", "In"),
            ),
        ),
        Column(
            *("pulang", "Jam pulang", "moment", False),
            aliases=(
                *("Jam Keluar", "Waktu Pulang", "Waktu Keluar", "Scan Pulang", "Scan Keluar", "Presensi Pulang"),
                *("Absen Pulang", "Check Out", "Clock Out", "Time Out", "Out"),
            ),
        ),
    ),
    key=("nip",),
)

EXAMPLE: tuple[Mapping[str, str | int | float], ...] = (
    {"nip": "199503172020032001", "waktu": "2026-12-02 07:28:41", "jenis": "I", "mesin": "0012345"},
    {"nip": "199503172020032001", "waktu": "2026-12-02 16:04:10", "jenis": "O", "mesin": "0012345"},
    {
        "nip": "199011052015042002",
        "waktu": "2026-12-02 07:31:00",
        "jenis": "Masuk",
        "zona": "WIB",
        "perangkat": "ponsel-17",
        "di_kantor": "Tidak",
        "dikirim_pada": "2026-12-02 11:05:00",
    },
    {
        "nip": "198807122026211003",
        "tanggal": "2026-12-02",
        "masuk": "07:25",
        "pulang": "16:03",
        "perangkat": "ponsel-21",
        "di_kantor": "Ya",
    },
)
