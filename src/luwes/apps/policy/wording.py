"""Sentences of decisions: the state, its reason with the clause, and what would help."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luwes.apps.policy.clause_labels import label, tag
from luwes.core import formats
from luwes.core.policy.decision import Fact, Reason
from luwes.core.policy.findings import Finding
from luwes.core.policy.remedies import Remedy
from luwes.core.policy.terms import Away, Place, Verdict


def verdict(answer: Verdict) -> str:
    """The answer in a word or two."""
    return {
        Verdict.ALLOWED: _("Boleh bekerja fleksibel"),
        Verdict.NEEDS_JUDGEMENT: _("Perlu diputuskan orang"),
        Verdict.REFUSED: _("Tidak boleh bekerja fleksibel"),
    }[answer]


def reason(one: Reason) -> str:
    """What one rule says, with its clause. Raises KeyError for a code without a sentence."""
    sentence = (_opening() | _persons() | _shares() | _conditions() | _met())[one.code] % _facts(one.facts)
    if not one.basis:
        return sentence
    return _("%(sentence)s Dasar: %(basis)s (%(rule)s).") % {
        "sentence": sentence, "basis": one.basis, "rule": one.rule,
    }  # fmt: skip


def helps(code: str) -> str:
    """What kind of change would help, by `Reason.remedy`; nothing where nothing does."""
    return {
        "": "",
        "other_day": _("Pilih hari lain."),
        "other_week": _("Pilih hari pada minggu lain."),
        "other_place": _("Pilih tempat lain."),
        "other_mode": _("Pilih jenis kerja fleksibel yang dibuka."),
        "ask_grant": _("Unit perlu mengajukan hari ini dan menunggu persetujuan."),
        "ask_decider": _("Minta keputusan dari yang berwenang, lalu catat."),
        "supply_fact": _("Lengkapi datanya."),
        "set_parameter": _("Tetapkan angka yang belum ditentukan dalam surat."),
        "wait": _("Tunggu sampai masanya lewat."),
        "mend_record": _("Bila catatannya keliru, minta diperbaiki."),
        "send_roster": _("Unit perlu mengirim daftar namanya."),
        "send_data": _("Unit perlu mengirim datanya."),
        "state_need": _("Unit perlu membuat pernyataan kebutuhan."),
        "mend_measure": _("Unit perlu memperbaiki capaiannya."),
    }[code]


def remedy(one: Remedy) -> str:
    """One option that would be allowed."""
    if isinstance(one.value, Place):
        return _("Dari %(place)s bisa.") % {"place": _place(one.value)}
    return _("%(day)s bisa.") % {"day": _day(one.value)}


def finding(one: Finding) -> str:
    """A contradiction between instruments, with the clauses in it."""
    sentence = {
        "places_differ": _("Tempat kerja yang diperbolehkan berbeda antara dua aturan."),
        "ordered_day_in_cap": _("Tidak ada aturan yang menyebut apakah hari wajib ikut dihitung dalam batas mingguan."),
        "ladder_starts_differ": _("Dua jenjang sanksi mulai dari jumlah hari yang berbeda."),
        "ladder_bands_differ": _("Dua jenjang sanksi membagi jumlah hari dengan cara yang berbeda."),
        "targets_differ": _("Dua target untuk ukuran yang sama berbeda besarnya."),
        "weekdays_differ": _("Daerah membuka hari yang lain daripada yang diwajibkan dari pusat."),
        "answer_in_break": _("Kewajiban menjawab panggilan tidak mengecualikan waktu istirahat."),
        "tracking_beyond_purpose": _(
            "Lokasi diikuti terus-menerus, padahal data pribadi tidak boleh lebih dari perlu."
        ),
        "post_excluded_below": _("Aturan yang lebih rendah mengecualikan jabatan yang dibiarkan terbuka di atasnya."),
        "weekly_hours_differ": _("Jumlah jam kerja seminggu berbeda antara dua aturan."),
        "hours_do_not_add_up": _("Jam kerja per hari tidak berjumlah sama dengan jumlah seminggu dalam butir itu."),
        "order_declined": _("Daerah menolak hari yang diwajibkan dari pusat."),
        "permission_declined": _("Daerah tidak memakai hari yang boleh dipakai menurut pusat."),
        **_open_points(dict(one.facts)),
    }[one.code]
    return _("%(sentence)s Butir: %(rules)s.") % {"sentence": sentence, "rules": ", ".join(one.rules)}


def _open_points(facts: Mapping[str, Fact]) -> dict[str, str]:
    """What a rulebook leaves open by itself."""
    told = dict.fromkeys(("points", "by"), "–") | {name: str(value) for name, value in facts.items()}
    return {
        "clause_assumed": _("Butir ini dugaan: hanya memperingatkan sampai ada yang memastikannya."),
        "points_undecided": _("Aturan membiarkan ini terbuka: %(points)s.") % told,
        "share_delegated": _("Besarnya bagian diserahkan kepada %(by)s.") % told,
        "rounding_open": _("Cara membulatkan jumlah orang tidak ditetapkan."),
        "denominator_open": _("Tidak disebut apakah yang cuti, dinas luar, atau tugas belajar ikut dihitung."),
        "waiting_open": _("Masa tunggu pegawai baru tidak ditetapkan."),
        "short_week_open": _("Tidak disebut cara menghitung minggu yang berisi libur."),
        "supersedes_unknown": _("Surat ini menggantikan aturan yang belum pernah ditetapkan di sini."),
    }


def _facts(facts: Sequence[tuple[str, Fact]]) -> dict[str, str]:
    """The facts as they stand in a sentence; what a sentence names but nobody gave is a dash."""
    told = {name: _day(value) if isinstance(value, date) else str(value) for name, value in facts}
    told |= {name: label(told[name]) for name in ("by", "metric") if name in told}
    lacking = [tag(str(value)) for name, value in facts if name == "missing"]
    if lacking:
        told["missing"] = ", ".join(lacking)
    if "why" in told:
        told["why"] = {
            Away.LEAVE: _("cuti"), Away.TRIP: _("dinas luar"), Away.STUDY: _("tugas belajar atau pelatihan"),
        }[Away(told["why"])]  # fmt: skip
    if "place" in told:
        told["place"] = _place(Place(told["place"]))
    return (
        dict.fromkeys(("members", "flexible", "days", "until", "last", "metric", "by", "judged_by", "missing"), "–")
        | told
    )


def _day(day: date) -> str:
    return formats.long_date(day, "en" if get_language() == "en" else "id")


def _place(place: Place) -> str:
    return {
        Place.HOME: _("rumah"),
        Place.OTHER_OFFICE: _("kantor lain"),
        Place.SHARED_WORKSPACE: _("ruang kerja bersama"),
        Place.OTHER: _("tempat lain"),
    }[place]


def _opening() -> dict[str, str]:
    return {
        "working_day": _("Hari kerja."),
        "not_a_working_day": _("Bukan hari kerja."),
        "calendar_unknown": _("Kalender tahun itu belum ada, jadi belum diketahui apakah ini hari kerja."),
        "away": _("Orang ini tidak bertugas di kantor pada hari itu: %(why)s."),
        "no_instrument": _("Tidak ada aturan yang membuka kerja fleksibel bagi orang ini pada hari itu."),
        "opened": _("Hari itu dibuka untuk kerja fleksibel."),
        "day_not_opened": _("Hari itu tidak termasuk hari yang dibuka."),
        "mode_not_opened": _("Jenis kerja fleksibel ini tidak dibuka pada hari itu."),
        "not_granted": _("Hari itu perlu diajukan unit, dan persetujuannya belum ada."),
        "not_confirmed": _("Butir yang membuka hari itu belum dipastikan."),
        "not_taken_up": _("Pusat memperbolehkan hari itu, tetapi instansi belum menyatakan memakainya."),
        "day_not_meant": _("Larangan tidak menyangkut hari itu."),
        "day_closed": _("Hari itu ditutup untuk kerja fleksibel."),
        "day_closed_against_order": _("Daerah menutup hari yang diwajibkan dari pusat. Seseorang perlu memilih."),
    }


def _persons() -> dict[str, str]:
    return {
        "about_unknown": _(
            "Belum diketahui apakah butir ini menyangkut orang ini. Yang datanya belum ada: %(missing)s."
        ),
        "undecided": _("Aturan membiarkan hal ini terbuka."),
        "excluded": _("Orang ini termasuk yang tetap bekerja di kantor."),
        "criterion": _("Syarat orang atau tugas belum terpenuhi."),
        "criterion_unknown": _("Data untuk memeriksa syarat ini belum ada: %(missing)s."),
        "parameter_unset": _("Masa tunggu pegawai baru belum ditetapkan."),
        "tenure_unknown": _("Tanggal mulai bertugas tidak ada dalam data."),
        "newcomer": _("Pegawai baru menunggu sampai %(until)s."),
        "not_decided": _("Keputusan diserahkan kepada %(by)s dan belum ada."),
        "judged_for": _("Sudah diputuskan boleh oleh %(judged_by)s."),
        "judged_against": _("Sudah diputuskan tidak boleh oleh %(judged_by)s."),
    }


def _shares() -> dict[str, str]:
    return {
        "share_full": _("Bagian yang boleh fleksibel sudah penuh: %(flexible)s dari %(members)s orang."),
        "share_full_unknown": _(
            "Pembulatan atau penyebutnya tidak ditetapkan, dan cara hitungnya memberi jawaban yang berbeda: "
            "%(flexible)s dari %(members)s orang sudah fleksibel."
        ),
        "share_not_decided": _("Besarnya bagian diserahkan kepada %(by)s dan belum ditetapkan."),
        "share_lowered": _("Bagian yang boleh fleksibel diturunkan karena %(metric)s di bawah batas, dan sudah penuh."),
        "counts_unknown": _("Jumlah orang yang menjadi dasar bagian belum diketahui."),
        "tier_unknown": _("Belum diketahui bagian mana yang berlaku bagi unit ini."),
        "week_full": _("Batas hari dalam minggu itu sudah tercapai."),
        "week_full_unknown": _("Minggu itu berisi libur, dan aturan tidak menyebut cara menghitungnya."),
        "week_unknown": _("Rencana minggu itu belum diketahui."),
    }


def _conditions() -> dict[str, str]:
    return {
        "no_need": _("Unit ini menyatakan tidak memerlukan kerja fleksibel."),
        "need_conditional": _("Unit ini memerlukan kerja fleksibel dengan syarat."),
        "need_not_stated": _("Unit ini belum membuat pernyataan kebutuhan."),
        "data_missing": _("Data unit yang disyaratkan belum datang."),
        "data_missing_unknown": _("Belum diketahui apakah data unit yang disyaratkan sudah datang."),
        "measure_unknown": _("Ukuran %(metric)s belum diketahui."),
        "measure_low": _("Ukuran %(metric)s di bawah batas."),
        "no_roster": _("Daftar nama unit belum dikirim."),
        "no_roster_unknown": _("Belum diketahui apakah daftar nama unit sudah dikirim."),
        "place": _("Tempat ini tidak diperbolehkan: %(place)s."),
        "place_unknown": _("Data untuk memeriksa tempat ini tidak ada: %(place)s."),
        "place_not_asked": _("Tempat belum disebut."),
        "asked_late": _("Pengajuan melewati batas %(last)s."),
        "asked_late_unknown": _("Tanggal pengajuan tidak ada; batasnya %(last)s."),
    }


def _met() -> dict[str, str]:
    fits = _("Masih dalam batas: %(flexible)s dari %(members)s orang sudah fleksibel.")
    return {
        "criterion_met": _("Syarat orang atau tugas terpenuhi."),
        "newcomer_met": _("Masa tunggu sudah lewat sejak %(until)s."),
        "share_full_met": fits,
        "share_lowered_met": _("Bagian yang diturunkan karena %(metric)s masih cukup."),
        "week_full_met": _("Masih dalam batas mingguan."),
        "need_met": _("Unit ini menyatakan memerlukan kerja fleksibel."),
        "data_missing_met": _("Data unit yang disyaratkan sudah datang."),
        "measure_met": _("Ukuran %(metric)s tidak di bawah batas."),
        "no_roster_met": _("Daftar nama unit sudah dikirim."),
        "duty": _("Daftar nama menyertai, tetapi bukan syarat."),
        "place_met": _("Tempat ini diperbolehkan: %(place)s."),
        "asked_late_met": _("Pengajuan tepat waktu; batasnya %(last)s."),
        "approval_asked": _("Persetujuan diminta dari yang disebut."),
    }
