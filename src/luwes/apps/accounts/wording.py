"""Sentences of accounts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.accounts.roles import Capacity, Job, Right, Role


def role(role: Role) -> str:
    """The role as shown to people."""
    return {
        Role.EMPLOYEE: _("Pegawai"),
        Role.SUPERVISOR: _("Atasan langsung"),
        Role.HEAD: _("Kepala perangkat daerah"),
        Role.ADMIN: _("Admin BKD"),
        Role.ORGANISATION: _("Biro Organisasi"),
        Role.INSPECTOR: _("Inspektorat"),
        Role.LEADER: _("Pimpinan"),
        Role.OPERATOR: _("Operator sistem"),
    }[role]


def capacity(capacity: Capacity) -> str:
    """How an office is held; nothing for a definitive holder."""
    return {Capacity.DEFINITIVE: "", Capacity.ACTING: _("Plt."), Capacity.DAILY: _("Plh.")}[capacity]


def right(right: Right) -> str:
    """What a right allows, as the end of "Anda tidak berwenang …"."""
    return {
        Right.SEE_GOVERNMENT: _("melihat halaman pimpinan"),
        Right.SEE_UNIT: _("melihat halaman perangkat daerah"),
        Right.ISSUE_REPORT: _("menerbitkan laporan"),
        Right.SEE_SOURCES: _("melihat sumber data"),
        Right.IMPORT: _("mengimpor berkas"),
        Right.WRITE_BUDGET_NOTE: _("menulis catatan anggaran"),
        Right.ISSUE_JOB_LINK: _("menerbitkan tautan tugas"),
        Right.MANAGE_ACCOUNTS: _("mengelola akun dan peran"),
        Right.SET_LETTERHEAD: _("mengatur kop surat"),
        Right.READ_AUDIT: _("membaca jejak audit"),
        Right.SEE_SYSTEM: _("melihat keadaan sistem"),
        Right.SEE_STAFF: _("melihat data pegawai"),
        Right.MANAGE_STAFF: _("mengelola jabatan dan pimpinan unit"),
        Right.MANAGE_CALENDAR: _("mengatur kalender"),
        Right.MANAGE_SERVICES: _("mengatur layanan dan lantainya"),
        Right.MANAGE_ATTENDANCE: _("menyatakan gangguan presensi dan menutup bulan"),
        Right.DECLARE_BREAK: _("menyatakan perubahan cara pencatatan"),
        Right.SET_THRESHOLD: _("menetapkan ambang hari fleksibel"),
        Right.FILL_MONTHLY_FORM: _("mengisi laporan bulanan perangkat daerah"),
        Right.SIGN_REPORT: _("menandatangani laporan bulanan"),
        Right.SEE_DISCIPLINE: _("melihat usulan pemeriksaan disiplin"),
        Right.READ_CITIZENS_WORDS: _("membaca kalimat warga pada survei"),
        Right.PLAN_SPOT_CHECKS: _("menetapkan tata cara uji petik"),
        Right.FILE_SPOT_CHECKS: _("mengisi hasil uji petik"),
        Right.PROPOSE_RULES: _("mengusulkan aturan dan menjawab pertentangannya"),
        Right.ENACT_RULES: _("menetapkan, menangguhkan, dan mencabut aturan"),
        Right.JUDGE_OPEN_RULES: _("mencatat keputusan atas hal yang dibiarkan terbuka"),
        Right.STATE_NEED: _("membuat pernyataan kebutuhan unit"),
        Right.RESTRICT_UNITS: _("membatasi hari fleksibel unit"),
        Right.SEE_DOOR_PHOTO: _("melihat foto pintu loket yang tutup"),
        Right.PLAN_ROSTER: _("menyusun dan menerbitkan jadwal"),
        Right.PLAN_EVALUATION: _("menyusun rencana evaluasi"),
        Right.FREEZE_EVALUATION: _("mengunci rencana evaluasi"),
        Right.SIGN_STAGE_REVIEW: _("menandatangani tinjauan berjenjang"),
    }[right]


def job(job: Job) -> str:
    """The job a link is for."""
    return {
        Job.BUDGET_NOTE: _("Mengisi catatan realisasi anggaran"),
        Job.CONFIRM_SERVICES: _("Memastikan daftar layanan"),
        Job.MONTHLY_FORM: _("Mengisi laporan bulanan"),
        Job.SPOT_CHECKS: _("Mengisi hasil uji petik"),
    }[job]


def stored(table: str) -> str:
    """What a table holds about a person."""
    return {
        "accounts_user": _("Nama, surel, NIP, dan kata sandi (tersimpan teracak)"),
        "accounts_roleassignment": _("Peran, masa berlaku, dan dasarnya"),
        "accounts_personaltoken": _("Token pribadi (bukan tokennya sendiri)"),
        "accounts_signinattempt": _("Percobaan masuk yang gagal, tanpa nama"),
        "accounts_formreceipt": _("Tanda terima formulir"),
        "django_session": _("Sesi masuk"),
        "audit_auditentry": _("Jejak tindakan, dengan nomor pengganti nama"),
        "audit_auditdetail": _("Teks pribadi pada jejak tindakan"),
    }[table]


def kept_for(days: int | None) -> str:
    """How long something is kept, in words."""
    if days is None:
        return _("Selama sistem dipakai")
    if days == 0:
        return _("Sampai masa berlakunya habis")
    if days % 365 == 0:
        return ngettext("%(years)d tahun", "%(years)d tahun", days // 365) % {"years": days // 365}
    return ngettext("%(days)d hari", "%(days)d hari", days) % {"days": days}


def state(state: str) -> str:
    """How a token or a job link stands."""
    return {
        "open": _("Berlaku"),
        "used": _("Sudah diisi"),
        "revoked": _("Dicabut"),
        "expired": _("Habis masa berlaku"),
    }[state]


def refusal(code: str) -> str:
    """What a refusal by state means and what can be done."""
    return {
        "login_taken": _("Sudah ada akun dengan surel atau NIP ini. Periksa daftar pengguna."),
        "role_overlaps": _(
            "Orang ini sudah memegang peran yang sama pada sebagian masa itu. Akhiri peran lama lebih dulu."
        ),
        "last_admin": _("Ini admin terakhir. Beri peran Admin BKD kepada orang lain sebelum mengakhiri yang ini."),
        "wrong_password": _("Kata sandi sekarang tidak cocok. Periksa, lalu ketik lagi."),
        "same_password": _("Kata sandi baru sama dengan yang sekarang. Pilih kata sandi yang lain."),
        "own_account": _("Kata sandi sendiri diganti lewat halaman Ganti kata sandi, dengan kata sandi sekarang."),
        "own_role": _("Anda tidak dapat memberi peran kepada diri sendiri. Minta admin lain melakukannya."),
        "no_such_user": _("Akun ini tidak ada. Kembali ke daftar pengguna."),
        "stale_version": _("Akun ini sudah diubah oleh orang lain. Muat ulang halaman, lalu periksa lagi."),
        "scope_does_not_fit": _(
            "Peran kepala perangkat daerah berlaku untuk satu unit; peran lain di tingkat provinsi untuk semua unit."
        ),
        "period_empty": _("Tanggal berakhir harus sesudah tanggal mulai dan tidak melewati akhir masa yang tercatat."),
        "acting_needs_end": _("Plt. dan Plh. memerlukan tanggal berakhir dan dasar penunjukan."),
        "role_not_held": _("Peran yang dipilih tidak Anda pegang hari ini. Pilih peran lain."),
        "form_stale": _("Formulir ini sudah kedaluwarsa. Periksa isinya, lalu kirim kembali."),
        "no_such_role": _("Peran ini sudah diubah oleh orang lain. Muat ulang halaman."),
        "token_lifetime": _("Masa berlaku token antara 1 dan 365 hari."),
        "no_such_token": _("Token ini tidak ada atau sudah dicabut."),
        "link_lifetime": _("Masa berlaku tautan antara 1 dan 60 hari."),
        "link_closed": _("Tautan ini tidak berlaku lagi. Minta tautan baru kepada yang mengirimnya."),
    }[code]
