"""The sentences of the command line's refusals: the state, the reason, what to do."""

from luwes.config.language import _
from luwes.config.refusals import Refusal


def sentence(refusal: Refusal) -> str:
    """One clear text for `refusal`. An unknown code is an error of the program."""
    return _sentences()[refusal.code] % refusal.values


def _sentences() -> dict[str, str]:
    return {
        "explained": "%(sentence)s",
        **_about_the_database(),
        **_about_serving(),
        **_about_backups(),
        **_about_imports(),
        **_about_admins(),
    }


def _about_the_database() -> dict[str, str]:
    return {
        "account_without_name": _(
            "Basis data tertanam tidak dapat dijalankan: akun nomor %(uid)s tidak bernama di sistem ini. "
            "Jalankan dengan akun yang terdaftar di /etc/passwd, atau pakai server PostgreSQL sendiri "
            "lewat LUWES_DATABASE_URL."
        ),
        "binaries_missing": _(
            "Program PostgreSQL tidak ditemukan: paket %(package)s belum terpasang. Pasang dengan "
            "`pip install --require-hashes -r requirements/run.txt`."
        ),
        "cluster_not_created": _(
            "Basis data di %(folder)s tidak dapat dibuat. Keterangan dari PostgreSQL:\n%(detail)s"
        ),
        "embedded_not_allowed": _(
            "Pada LUWES_PRODUCTION=1 basis data harus dipilih: isi LUWES_DATABASE_URL dengan alamat server "
            "PostgreSQL Anda, atau isi LUWES_EMBEDDED=1 untuk memakai basis data tertanam."
        ),
        "folder_not_ours": _(
            "Folder %(folder)s milik pihak lain, sehingga basis data tidak dijalankan di sana. Hapus folder "
            "itu atau pilih folder data dengan nama yang lebih pendek lewat LUWES_DATA."
        ),
        "folder_not_usable": _(
            "Folder data %(folder)s tidak dapat dipakai (%(reason)s). Pilih folder lain lewat LUWES_DATA."
        ),
        "folder_unreachable": _(
            "Folder data %(folder)s tidak dapat dimasuki akun basis data, karena %(blocked)s tertutup bagi "
            "akun lain. Pilih folder data di luar itu lewat LUWES_DATA, misalnya /var/lib/luwes/data."
        ),
        "other_major_version": _(
            "Data di %(folder)s ditulis PostgreSQL %(found)s, sedangkan versi Luwes ini memakai PostgreSQL "
            "%(expected)s. Data tidak diubah. Langkahnya:\n"
            "  1. Dengan versi Luwes yang lama: luwes backup cadangan.tar\n"
            "  2. Pindahkan folder itu: mv %(folder)s %(folder)s-%(found)s\n"
            "  3. Dengan versi Luwes ini: luwes restore cadangan.tar"
        ),
        "secret_key_missing": _(
            "Pada LUWES_PRODUCTION=1 kunci rahasia harus ditetapkan: isi LUWES_SECRET_KEY dengan teks acak "
            "yang panjang dan simpan di tempat aman."
        ),
        "server_not_ready": _(
            "Basis data di %(folder)s tidak menjawab. Baca database.log di folder itu. Baris terakhir:\n%(detail)s"
        ),
        "database_unreachable": _(
            "Basis data tidak dapat dihubungi: %(reason)s. Periksa LUWES_DATABASE_URL dan pastikan server "
            "PostgreSQL berjalan."
        ),
    }


def _about_serving() -> dict[str, str]:
    return {
        "address_not_usable": _(
            "Luwes tidak dapat memakai alamat %(host)s porta %(port)s (%(reason)s). Pilih alamat komputer "
            "ini dan porta antara 1024 dan 65535."
        ),
        "child_ended": _("Bagian “%(name)s” berhenti sendiri dengan kode %(exit_code)s, maka Luwes dihentikan."),
        "migrations_pending": _(
            "Basis data belum sesuai dengan versi ini (%(count)s perubahan). Buat cadangan, lalu jalankan: "
            "luwes migrate"
        ),
        "port_taken": _(
            "Porta %(port)s di %(host)s sudah dipakai program lain. Hentikan program itu atau pilih porta "
            "lain, misalnya: make run PORT=8001"
        ),
        "site_failing": _(
            "Situs di %(address)s menjawab dengan kesalahan %(status)s, maka Luwes dihentikan. Baca catatan "
            "kesalahan di atas."
        ),
        "site_silent": _("Situs di %(address)s tidak menjawab, maka Luwes dihentikan. Baca catatan kesalahan di atas."),
    }


def _about_backups() -> dict[str, str]:
    return {
        "backup_damaged": _("Cadangan %(file)s tidak utuh (%(part)s). Basis data tidak diubah. Pakai salinan lain."),
        "backup_exists": _("Berkas %(file)s sudah ada dan tidak ditimpa. Pilih nama lain."),
        "backup_failed": _("Cadangan tidak dapat dibuat: %(reason)s. Tidak ada berkas yang ditinggalkan."),
        "backup_missing": _("Cadangan %(file)s tidak ditemukan atau tidak dapat dibaca."),
        "backup_too_new": _(
            "Cadangan berasal dari PostgreSQL %(found)s, lebih baru daripada server ini (%(server)s). "
            "Pulihkan ke server PostgreSQL %(found)s atau yang lebih baru."
        ),
        "database_not_empty": _(
            "Basis data %(name)s tidak kosong. Untuk menggantinya dengan isi cadangan, jalankan lagi dengan --force."
        ),
        "client_missing": _(
            "Program %(program)s untuk PostgreSQL %(major)s tidak ditemukan. Pasang, misalnya: "
            "apt-get install postgresql-client-%(major)s"
        ),
        "no_right_to_create": _(
            "Akun basis data tidak boleh membuat basis data, sedangkan pemulihan membuat yang baru lebih "
            "dahulu. Beri hak itu: ALTER ROLE %(role)s CREATEDB"
        ),
        "restore_running": _("Pemulihan lain sedang berjalan untuk basis data ini. Tunggu sampai selesai."),
        "restore_failed": _("Cadangan tidak dapat dipulihkan: %(reason)s. Basis data lama tetap berlaku."),
    }


def _about_imports() -> dict[str, str]:
    return {
        "folder_not_writable": _("Berkas tidak dapat ditulis di %(folder)s: %(reason)s."),
        "demo_not_in_production": _(
            "Data contoh tidak diisi pada LUWES_PRODUCTION=1: akunnya memakai kata sandi yang diumumkan."
        ),
        "storing_failed": _(
            "Basis data berhenti atau tidak dapat menulis (%(reason)s). Tidak ada yang disimpan setengah: langkah "
            "yang sedang berjalan dibatalkan. Periksa basis data dan ruang disk, lalu jalankan lagi."
        ),
        "import_file_missing": _("Berkas %(file)s tidak dapat dibaca (%(reason)s). Periksa nama dan hak bacanya."),
    }


def _about_admins() -> dict[str, str]:
    return {
        "admin_not_an_address": _("“%(email)s” bukan alamat surel. Tulis misalnya: luwes admin nama@instansi.go.id"),
        "admin_name_needed": _(
            "Belum ada akun dengan surel %(email)s. Untuk membuatnya, sebutkan namanya: "
            'luwes admin %(email)s --name "Nama Lengkap"'
        ),
    }
