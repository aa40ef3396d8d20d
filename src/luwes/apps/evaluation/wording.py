"""What an evaluation says, in sentences a head of agency understands at once.

Nothing here says that something has no effect, and no change is named without its range.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luwes.apps.evaluation.panels import Outcome
from luwes.apps.evaluation.plans import Content, LotKind, LotSpec
from luwes.apps.evaluation.queries import RunRow
from luwes.core import formats
from luwes.core.evaluation.grade import Grade, Why
from luwes.core.evaluation.verdict import Cause, Verdict

Told = Mapping[str, Any]


def language() -> str:
    """The reader's language, of those figures are written in."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def day(value: date) -> str:
    """A date as it is said."""
    return formats.long_date(value, language())


def outcome_name(measure: str) -> str:
    """What the outcome is called."""
    return {
        Outcome.SURVEY: _("Kepuasan warga"),
        Outcome.WITHIN_TIME: _("Ketepatan waktu layanan"),
        Outcome.QUEUE_WAIT: _("Waktu tunggu"),
        Outcome.HOURS_KEPT: _("Jam buka loket"),
        Outcome.OUTPUT: _("Hasil kerja per hari pegawai"),
    }[Outcome(measure)]


def size(measure: str, value: float) -> str:
    """A size without sign, in the outcome's own unit."""
    number = formats.number(Decimal(str(abs(value))), 1, language())
    return {
        Outcome.SURVEY: _("%(number)s poin"),
        Outcome.WITHIN_TIME: _("%(number)s poin persen"),
        Outcome.QUEUE_WAIT: _("%(number)s menit"),
        Outcome.HOURS_KEPT: _("%(number)s poin persen"),
        Outcome.OUTPUT: _("%(number)s persen"),
    }[Outcome(measure)] % {"number": number}


def change(measure: str, value: float | None) -> str:
    """One end of a range as a change in words: so that nobody has to know which sign is good."""
    if value is None:
        return _("tidak terbatas")
    if round(value, 1) == 0:
        return _("tidak berubah")
    told = _("naik %(size)s") if value > 0 else _("turun %(size)s")
    if Outcome(measure) is Outcome.QUEUE_WAIT:
        told = _("lebih singkat %(size)s") if value > 0 else _("lebih lama %(size)s")
    return told % {"size": size(measure, value)}


def span(measure: str, shown: Told | None) -> str:
    """The range that is shown and decides; "" where there is none."""
    if shown is None:
        return ""
    low, high = change(measure, shown["low"]), change(measure, shown["high"])
    return _("dari %(low)s sampai %(high)s") % {"low": low, "high": high}


def verdict(code: str) -> str:
    """The verdict as a word."""
    return {
        Verdict.BETTER: _("Membaik"),
        Verdict.NOT_WORSE: _("Tidak memburuk"),
        Verdict.WORSE: _("Memburuk"),
        Verdict.CLEARLY_WORSE: _("Memburuk nyata"),
        Verdict.NOT_ENOUGH: _("Belum cukup bukti"),
        Verdict.CONSISTENT: _("Sejalan, bukti sedang"),
        Verdict.INSEPARABLE: _("Dampak tidak dapat dipisahkan"),
    }[Verdict(code)]


def outcome_sentence(measure: str, told: Told) -> str:
    """The *Dampak* sentence of one outcome."""
    shown = told["day"]
    values = {
        "name": outcome_name(measure),
        "span": span(measure, shown),
        "margin": "" if shown is None else size(measure, shown["margin"]),
        "month": "" if told["month"] is None else size(measure, told["month"]["margin"]),
        "causes": causes(told["causes"]),
    }
    sentence = {
        Verdict.BETTER: _("%(name)s membaik pada hari fleksibel: %(span)s."),
        Verdict.NOT_WORSE: _(
            "%(name)s tidak memburuk lebih dari %(margin)s pada hari fleksibel, dan %(month)s sepanjang bulan. "
            "Perubahan yang masih mungkin pada hari fleksibel: %(span)s."
        ),
        Verdict.WORSE: _(
            "%(name)s memburuk karena kerja fleksibel: %(span)s pada hari fleksibel dibanding hari lain. Apakah "
            "melewati batas %(margin)s belum pasti."
        ),
        Verdict.CLEARLY_WORSE: _(
            "%(name)s memburuk melewati batas %(margin)s karena kerja fleksibel: %(span)s pada hari fleksibel "
            "dibanding hari lain."
        ),
        Verdict.NOT_ENOUGH: _("%(name)s: belum cukup bukti. Sebab: %(causes)s."),
        Verdict.CONSISTENT: _(
            "%(name)s: angkanya sejalan dengan perubahan %(span)s pada hari fleksibel; bukti sedang, karena tanpa "
            "undian."
        ),
        Verdict.INSEPARABLE: _("%(name)s: dampak kerja fleksibel tidak dapat dipisahkan dari sebab lain."),
    }[Verdict(told["verdict"])]
    text = sentence % values
    if told["slight"] and told["verdict"] == Verdict.NOT_WORSE:
        text += " " + _("Ada penurunan kecil yang terukur, di dalam batas itu.")
    return text


def causes(codes: Sequence[str]) -> str:
    """Why a verdict is withheld, one after the other."""
    return "; ".join(cause(code) for code in codes)


def cause(code: str) -> str:
    """One reason, with what would remove it where something would."""
    known = {
        Cause.WIDE: _("data belum dapat membedakan aman dari tidak; perlu lebih banyak minggu atau unit"),
        Cause.NO_MARGIN: _("batas penurunan tidak ditetapkan"),
        Cause.NO_INTERVAL: _("kisarannya tidak dapat dihitung dari data yang ada"),
        Cause.UNATTAINABLE: _("undian terlalu kecil, sehingga hasil apa pun tidak dapat meyakinkan"),
        Cause.MISSING: _("lebih dari seperlima data hari fleksibel atau hari lain tidak tercatat"),
        Cause.REPORTING: _("cara mencatat pada hari fleksibel berbeda, atau tidak diketahui"),
        Cause.RESPONSE: _("yang menjawab pada hari fleksibel mungkin bukan warga yang sama seperti pada hari lain"),
        Cause.RESPONSE_WARNING: _("penurunan ini dapat timbul hanya karena siapa yang menjawab"),
        Cause.RESPONSE_GAIN: _("kenaikan ini dapat timbul hanya karena siapa yang menjawab"),
        Cause.CARRY_OVER: _("penurunan mungkin baru terlihat pada hari kerja sesudahnya"),
        Cause.SPREAD: _(
            "undian hari saja tidak dapat melihat penurunan yang merata pada semua hari; perlu minggu tanpa hari "
            "fleksibel atau unit pembanding"
        ),
        Cause.THIN_CONTRAST: _(
            "pelaksanaan: beda nyata antara hari fleksibel dan hari lain tidak diketahui atau kurang dari "
            "separuh rencana"
        ),
        Cause.PRE_TREND: _("perbedaan itu sudah bergerak sebelum kebijakan mulai, atau belum dapat diperiksa"),
        Cause.HONEST: _("kesimpulan berubah bila unit pembanding sedikit saja berbeda arah"),
        Cause.SPILL_OVER: _("pekerjaan mungkin berpindah ke hari atau unit lain, atau jumlahnya tidak diketahui"),
        Cause.COMPOSITION: _("campuran saluran layanannya berubah"),
        Cause.NO_LOT: _("penetapan hari fleksibel tidak melalui undian"),
        Cause.MONTH: _("sepanjang bulan penurunan belum dapat dikesampingkan"),
    }
    if code in set(Cause):
        return known[Cause(code)]
    return {
        "no_contrast": _("belum ada perbedaan hari fleksibel di antara unit"),
        "one_cluster": _("hanya satu unit yang mempunyai data"),
        "too_few": _("unit yang mempunyai data terlalu sedikit"),
        "too_short": _("bulan sebelum kebijakan kurang dari enam"),
        "missing": _("ada unit dan bulan tanpa data"),
        "no_comparison": _("tidak ada unit pembanding"),
    }.get(code, _("perhitungannya tidak dapat dilakukan (%(code)s)") % {"code": code})


def grade_sentence(found: Told) -> str:
    """How far a cause may be named, and why not further."""
    told = {
        Grade.A: _("Mutu bukti A: hari fleksibel ditetapkan dengan undian yang tercatat dan diikuti."),
        Grade.B: _("Mutu bukti B: mulai bertahap tanpa undian; hanya dalam batas yang dikunci sebelumnya."),
        Grade.C: _("Mutu bukti C: mulai serentak pada hari tetap, dibandingkan dengan unit tanpa hari fleksibel."),
        Grade.D: _("Mutu bukti D: penetapannya tidak memungkinkan dampak dipisahkan."),
    }[Grade(found["grade"])]
    reasons = [why(code) for code in found["why"] if Why(code) not in (Why.LOT, Why.STAGGERED, Why.FIXED_WEEKDAY)]
    if not reasons:
        return told
    return f"{told} " + _("Sebab: %(reasons)s.") % {"reasons": "; ".join(reasons)}


def why(code: str) -> str:
    """Why the grade is not higher."""
    return {
        Why.LOT: _("dengan undian"),
        Why.LOT_NOT_RECORDED: _("undiannya tidak tercatat lengkap"),
        Why.LOT_NOT_FOLLOWED: _("hari yang direncanakan tidak sama dengan yang diundi, atau rencananya tidak ada"),
        Why.LOT_WITHOUT_CHOICE: _("undiannya tidak memberi pilihan"),
        Why.TOO_FEW_UNITS: _("unitnya terlalu sedikit"),
        Why.STAGGERED: _("mulai bertahap"),
        Why.FIXED_WEEKDAY: _("hari tetap"),
        Why.NOTHING_BEFORE: _("data sebelum kebijakan kurang dari enam bulan"),
        Why.NO_COMPARISON: _("tidak ada unit pembanding"),
    }[Why(code)]


def service_sentence(run: RunRow) -> str:
    """*Dampak* on service as a whole: one sentence for the leader's page and the monthly report."""
    found = run.result
    together = found["service"]
    code = Verdict(together["verdict"])
    until = day(run.cutoff)
    if code is Verdict.NOT_ENOUGH:
        sentence = _(
            "Dampak kerja fleksibel atas layanan: belum cukup bukti. Sebab: %(causes)s. Data sebelum %(date)s."
        )
        return sentence % {"causes": causes(together["causes"]), "date": until}
    sentence = {
        Verdict.BETTER: _("Layanan membaik karena kerja fleksibel, menurut semua ukuran utama. Data sebelum %(date)s."),
        Verdict.NOT_WORSE: _(
            "Layanan tidak memburuk melewati batas yang ditetapkan, menurut semua ukuran utama. Data sebelum %(date)s."
        ),
        Verdict.WORSE: _(
            "Layanan memburuk karena kerja fleksibel pada sedikitnya satu ukuran utama. Data sebelum %(date)s."
        ),
        Verdict.CLEARLY_WORSE: _(
            "Layanan memburuk melewati batas karena kerja fleksibel pada sedikitnya satu ukuran utama. Data sebelum "
            "%(date)s."
        ),
        Verdict.CONSISTENT: _(
            "Angka layanan sejalan dengan kisaran yang dirinci; bukti sedang. Data sebelum %(date)s."
        ),
        Verdict.INSEPARABLE: _(
            "Dampak kerja fleksibel atas layanan tidak dapat dipisahkan dari sebab lain. Data sebelum %(date)s."
        ),
    }[code]
    return sentence % {"date": until}


def lot_name(spec: LotSpec) -> str:
    """A lot as it is offered."""
    if spec.kind is LotKind.WEEKDAY and spec.shares:
        return _("undian hari untuk setiap unit, dengan periode tanpa hari fleksibel yang ikut diundi")
    return {
        LotKind.WEEKDAY: _("undian hari untuk setiap unit"),
        LotKind.SHARE: _("undian bagian pegawai pada hari yang sama"),
        LotKind.START: _("undian minggu mulai untuk setiap unit"),
    }[spec.kind]


def cheapest_sentence(spec: LotSpec, weeks: int) -> str:
    """The cheapest lot that would make the effect measurable, and by when."""
    told = ngettext(
        "Yang paling ringan agar dampak terukur: %(lot)s; jawabannya ada %(weeks)d minggu sesudah mulai.",
        "Yang paling ringan agar dampak terukur: %(lot)s; jawabannya ada %(weeks)d minggu sesudah mulai.",
        weeks,
    )
    return told % {"lot": lot_name(spec), "weeks": weeks}


def without_run() -> str:
    """Why nothing is concluded: no plan was looked at."""
    return _("Belum dapat disimpulkan: belum ada rencana evaluasi yang dikunci dan diamati.")


def no_cheapest() -> str:
    """That no lot can be promised yet."""
    return _("Undian yang menjawab belum dapat dijanjikan: data layanan sebelum ini kurang dari empat minggu.")


def spending_sentence(content: Content, spent: float) -> str:
    """What the plans of one policy have spent together."""
    return _("Semua rencana kebijakan %(policy)s bersama-sama memakai peluang keliru paling banyak %(spent)s.") % {
        "policy": content.policy,
        "spent": formats.percent(Decimal(str(round(100 * spent, 1))), 1, language()),
    }


def refusal_codes() -> frozenset[str]:
    """The refusals that are worded here."""
    return frozenset(
        {
            "plan_refused",
            "no_such_plan",
            "plan_already_frozen",
            "plan_needs_second_person",
            "plan_frozen_too_late",
            "plan_not_frozen",
            "look_not_due",
            "no_look_left",
            "no_such_look",
            "nothing_run",
            "not_publishable",
            "panel_incomplete",
            "head_has_not_spoken",
            "review_incomplete",
        }
    )


def refusal(code: str, why_code: str = "", what: str = "") -> str:
    """A refusal with what to do; `why_code` tells apart what is wrong with a plan."""
    if code == "plan_refused":
        return _plan_refusal(why_code) % {"what": what}
    return {
        "no_such_plan": _("Rencana evaluasi itu tidak ada. Lihat kodenya dengan luwes evaluate plan."),
        "plan_already_frozen": _("Rencana ini sudah dikunci. Perubahan menjadi rencana baru."),
        "plan_needs_second_person": _("Penyusun rencana tidak dapat menguncinya. Minta orang kedua."),
        "plan_frozen_too_late": _(
            "Rencana dengan undian dikunci sebelum hari pertamanya. Susun rencana untuk masa berikutnya."
        ),
        "plan_not_frozen": _("Rencana belum dikunci, jadi hasilnya belum boleh dilihat."),
        "look_not_due": _("Tanggal pengamatan berikutnya belum tiba: %(what)s.") % {"what": what},
        "no_look_left": _("Semua pengamatan rencana ini sudah dipakai. Pengamatan lain memerlukan rencana baru."),
        "no_such_look": _("Pengamatan itu tidak tercatat."),
        "nothing_run": _("Belum ada hasil yang dihitung. Jalankan luwes evaluate run."),
        "not_publishable": _(
            "Hasil ini tidak dapat diperiksa pihak luar: selnya di bawah lima jawaban, atau tanpa undian."
        ),
        "panel_incomplete": _("Setiap panel diisi atau ditiadakan dengan alasan: %(what)s.") % {"what": what},
        "review_incomplete": _("Penilaian memerlukan masa yang benar, kesimpulan, dan nama yang menandatangani."),
        "head_has_not_spoken": _("PPK memutus sesudah kepala unit menilai."),
    }[code]


def _plan_refusal(why_code: str) -> str:
    return {
        "name": _("Rencana memerlukan nama dan nama kebijakan, masing-masing paling panjang 120 huruf."),
        "outcomes": _("Ukuran tidak dikenal, kosong, atau ganda: %(what)s."),
        "primary": _("Pilih satu sampai tiga ukuran utama; sekarang %(what)s."),
        "margins": _(
            "Setiap ukuran memerlukan batas penurunan lebih dari nol, untuk hari fleksibel dan sepanjang bulan."
        ),
        "looks": _("Minggu pengamatan harus naik dan berakhir pada minggu terakhir rencana: %(what)s."),
        "units": _("Unit kosong, ganda, atau tidak ada pada tanggal mulai."),
        "lot": _("Undian tidak memberi pilihan atau tidak cocok dengan unit dan harinya: %(what)s."),
        "power_unknown": _(
            "Daya belum diketahui untuk %(what)s: belum ada data empat minggu sebelum mulai. Isi galat perkiraannya."
        ),
        "underpowered": _(
            "Peluang untuk menyimpulkan di bawah 60 persen: %(what)s persen. Perpanjang masa, tambah unit, perlebar "
            "batas, atau jadikan ukuran penunjang."
        ),
        "lot_blind": _(
            "Undian ini tidak pernah dapat menyimpulkan aman: %(what)s persen. Ikut undi periode tanpa hari fleksibel, "
            "atau sertakan dua unit pembanding."
        ),
        "changed": _("Isi rencana berubah sejak disusun. Susun lagi."),
        "signer": _("Tulis nama dan jabatan yang mengunci."),
    }[why_code]
