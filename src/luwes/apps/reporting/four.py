"""The leader's other three questions for one month: service, presence on strategic programmes, results of work.

Each answer stands on sums alone, says what is missing, and claims no cause: whether flexible work changed anything
is a question of the evaluation.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luwes.apps.attendance.models import PresenceDay
from luwes.apps.attendance.queries import presence_month
from luwes.apps.attendance.runs import PUNCHES
from luwes.apps.evaluation.queries import RunRow
from luwes.apps.people import queries as people
from luwes.apps.people.models import Unit
from luwes.apps.people.programmes.queries import ProgramRow, programs
from luwes.apps.people.staff.queries import below
from luwes.apps.reporting import impact, instruments, wording
from luwes.apps.reporting.answers import Answer
from luwes.apps.reporting.heard import heard
from luwes.apps.reporting.memory import remembered
from luwes.apps.reporting.standards import FLEXIBLE, OTHER, ServiceStandard, standards
from luwes.apps.reporting.tellable import outputs_told, tellable
from luwes.core import formats
from luwes.core.charts import Tone
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.standard import Verdict
from luwes.core.indicators.suppress import hides
from luwes.core.indicators.suppress import people as people_behind
from luwes.core.workdays.months import next_month
from luwes.core.workdays.periods import DAY, Period


@dataclass(frozen=True, slots=True)
class Question:
    """One of the leader's questions, its answer for a month, and the services or programmes behind it that need one."""

    question: str
    answer: Answer
    waiting: Sequence[tuple[str, str, str]] = ()
    """Key, name and why of what needs a decision."""


def questions(month: date, today: date) -> Sequence[Question]:
    """The three answers for the month that begins on `month`, in the order leaders ask."""
    return remembered(("government", today), month, lambda: _questions(month, today))


def _questions(month: date, today: date) -> Sequence[Question]:
    asked = wording.open_questions()
    found, running = standards(month, until=today), running_programs(month)
    run = impact.found_by(month)
    told = [*impact.service_sentences(run), *impact.cheapest_sentences(run, today), *heard(month, today)]
    return (
        Question(asked[0][0], _services(found, month, today, told), _failing(found)),
        Question(asked[1][0], presence_answer(running, month, today), _behind(running)),
        Question(asked[2][0], output_answer(month, today, run=run)),
    )


def unit_questions(unit_key: str, month: date, today: date) -> Sequence[Question]:
    """The same three questions about one unit with all below it: its services, its people, its results."""
    return remembered((unit_key, today), month, lambda: _unit_questions(unit_key, month, today))


def _unit_questions(unit_key: str, month: date, today: date) -> Sequence[Question]:
    asked = wording.open_questions()
    inside = below(unit_key, people.units_on(today))
    found = standards(month, until=today, owners=inside)
    pks = list(Unit.objects.filter(key__in=inside).values_list("pk", flat=True))
    return (
        Question(asked[0][0], _services(found, month, today, heard(month, today, unit_key, pks)), _failing(found)),
        Question(_("Apakah pegawai hadir?"), unit_presence_answer(unit_key, month, today)),
        Question(asked[2][0], output_answer(month, today, unit_key, pks)),
    )


def _services(found: Sequence[ServiceStandard], month: date, today: date, notices: Sequence[str]) -> Answer:
    answer = service_answer(found, month)
    return replace(answer, notices=[*answer.notices, *instruments.sentences(found, month, today), *notices])


def unit_presence_answer(unit_key: str, month: date, today: date) -> Answer:
    """How often the people of one unit were present, of the days they had to be."""
    found = list(presence_month(unit_key, month).values())
    present, required = (sum(line.numbers[name] for line in found) for name in ("present", "required"))
    unknown = sum(line.no_data for line in found)
    need = wording.open_questions()[1][2]
    if not required:
        told = _("Belum ada presensi yang dihitung untuk %(month)s.") % {"month": month_label(month)}
        return Answer(wording.no_data_word(), Tone.QUIET, told, gaps=[need])
    shown = tellable(month, today)
    if shown.presence.hides(unit_key or shown.top):
        return Answer(_("Data tidak cukup"), Tone.QUIET, _few_people(), gaps=[need])
    sentence = _("Pada %(month)s pegawai hadir %(present)s dari %(required)s hari wajib hadir.") % {
        "month": month_label(month),
        "present": _count(present),
        "required": _count(required),
    }
    return Answer(
        _("Kehadiran tercatat"),
        Tone.QUIET,
        sentence,
        number=wording.share(Fraction(present, required)),
        denominator=_("hari wajib hadir dihadiri"),
        gaps=_unknown(unknown),
    )


def _few_people() -> str:
    return _("Presensi tidak ditampilkan: kurang dari lima orang, atau angka sekecil itu akan terbaca darinya.")


def _unknown(days: int) -> list[str]:
    return [_("%(count)s hari kerja tidak tercatat presensinya.") % {"count": _count(days)}] if days else []


def service_answer(found: Sequence[ServiceStandard], month: date) -> Answer:
    """How many services meet their published standard, on all days and on flexible and other days apart."""
    counts = Counter(one.whole.verdict for one in found)
    judged = counts[Verdict.MEETS] + counts[Verdict.FAILS]
    if not judged:
        _question, state, need = wording.open_questions()[0]
        if not found:
            return Answer(wording.no_data_word(), Tone.QUIET, state, gaps=[need])
        none = ngettext(
            "Belum cukup data untuk menilai %(count)d layanan terhadap standarnya pada %(month)s.",
            "Belum cukup data untuk menilai %(count)d layanan terhadap standarnya pada %(month)s.",
            len(found),
        ) % {"count": len(found), "month": month_label(month)}
        known = any(promise.figures.of for one in found for promise in one.whole.promises)
        return Answer(_("Data tidak cukup"), Tone.QUIET, none, gaps=_not_judged(counts) if known else [need])
    failing = counts[Verdict.FAILS]
    word = _("Ada yang di bawah standar") if failing else _("Yang dapat dinilai memenuhi standar")
    sentence = _(
        "Pada %(month)s %(meets)d dari %(judged)d layanan yang dapat dinilai memenuhi standar yang diumumkan; "
        "%(fails)d tidak."
    ) % {"month": month_label(month), "meets": counts[Verdict.MEETS], "judged": judged, "fails": failing}
    return Answer(
        word,
        Tone.BAD if failing else Tone.GOOD,
        sentence,
        number=f"{counts[Verdict.MEETS]}/{judged}",
        denominator=_("layanan memenuhi standar"),
        gaps=_not_judged(counts),
        notices=[_by_kind(found)],
    )


def _not_judged(counts: Mapping[Verdict, int]) -> list[str]:
    told = []
    if scarce := counts.get(Verdict.NOT_ENOUGH_DATA, 0):
        text = ngettext(
            "%(count)d layanan belum dapat dinilai karena datanya tidak cukup.",
            "%(count)d layanan belum dapat dinilai karena datanya tidak cukup.",
            scarce,
        )
        told.append(text % {"count": scarce})
    if bare := counts.get(Verdict.NO_STANDARD, 0):
        text = ngettext(
            "%(count)d layanan belum mempunyai standar.", "%(count)d layanan belum mempunyai standar.", bare
        )
        told.append(text % {"count": bare})
    return told


def _by_kind(found: Sequence[ServiceStandard]) -> str:
    kinds = {kind: Counter(one.answers[kind].verdict for one in found) for kind in (FLEXIBLE, OTHER)}
    return _(
        "Pada hari fleksibel %(flexible_meets)d memenuhi dan %(flexible_fails)d tidak; pada hari lain %(other_meets)d "
        "memenuhi dan %(other_fails)d tidak. Perbedaan ini belum berarti akibat kerja fleksibel."
    ) % {
        "flexible_meets": kinds[FLEXIBLE][Verdict.MEETS],
        "flexible_fails": kinds[FLEXIBLE][Verdict.FAILS],
        "other_meets": kinds[OTHER][Verdict.MEETS],
        "other_fails": kinds[OTHER][Verdict.FAILS],
    }


def _failing(found: Sequence[ServiceStandard]) -> list[tuple[str, str, str]]:
    failing = [(one.key, one.name, _("tidak memenuhi standar")) for one in found if one.whole.verdict is Verdict.FAILS]
    return [*failing, *instruments.overruled(found)]


def presence_answer(running: Sequence[ProgramRow], month: date, today: date) -> Answer:
    """How often those who work on the strategic programmes were present, of the days they had to be."""
    need = wording.open_questions()[1][2]
    if not running:
        return Answer(wording.no_data_word(), Tone.QUIET, _("Tidak ada program strategis yang berjalan."), gaps=[need])
    present, required, unknown, days, hidden = _presence(running, month, today)
    count = ngettext("%(count)d program strategis", "%(count)d program strategis", len(running))
    count %= {"count": len(running)}
    if (hidden and not required) or hides(people_behind(required, days)):
        return Answer(_("Data tidak cukup"), Tone.QUIET, _few_people(), gaps=[need])
    if not required:
        state = _("Belum ada data presensi pegawai yang mengerjakan %(programs)s pada %(month)s.")
        told = state % {"programs": count, "month": month_label(month)}
        return Answer(
            wording.no_data_word(), Tone.QUIET, told, gaps=[need], notices=[_progress(row) for row in running]
        )
    sentence = _(
        "Selama %(programs)s berjalan pada %(month)s, pegawai unit yang mengerjakannya hadir %(present)s dari "
        "%(required)s hari wajib hadir."
    ) % {
        "programs": count,
        "month": month_label(month),
        "present": _count(present),
        "required": _count(required),
    }
    return Answer(
        _("Kehadiran tercatat"),
        Tone.QUIET,
        sentence,
        number=wording.share(Fraction(present, required)),
        denominator=_("hari wajib hadir dihadiri"),
        gaps=_unknown(unknown),
        notices=[_progress(row) for row in running],
    )


def running_programs(month: date) -> list[ProgramRow]:
    """The strategic programmes that run on some day of the month."""
    span = Period(month, next_month(month))
    return [row for row in programs() if row.facts.period.overlaps(span)]


def _presence(running: Sequence[ProgramRow], month: date, today: date) -> tuple[int, int, int, int, bool]:
    """Days present, days required, days without data, on how many dates anybody was required, and if any was left out.

    Each unit counts once on each day however many programmes it has. One whose own figures are hidden does not, nor one
    that has fewer than five people on the programme's days of the month or on the others: its month less these days.
    """
    end = min(next_month(month), today + DAY)
    days: dict[date, set[str]] = {}
    for row in running:
        for day in (month + n * DAY for n in range((end - month).days)):
            if day in row.facts.period:
                days.setdefault(day, set()).update({row.facts.owner, *row.facts.team})
    parents = {row.key: row.parent_key for row in people.units_on(month)}
    topmost = {key: _above(key, parents) for key in {key for keys in days.values() for key in keys}}
    hidden = {key for key in topmost if tellable(month, today).presence.hides(key)}
    rows = PresenceDay.objects.filter(
        source=PUNCHES, day__gte=month, day__lt=end, unit__key__in=topmost.keys() - hidden
    )
    found: dict[str, list[_Presence]] = defaultdict(list)
    for key, day, came, due, sums in rows.values_list("unit__key", "day", "present", "required", "sums"):
        keys = days.get(day, set())
        # A team inside a perangkat daerah that works on the programme as a whole is in its sum already.
        asked = key in keys and not any(above in keys for above in topmost[key])
        found[key].append(_Presence(day, asked, came, due, int(sums.get("no_data", 0))))
    small = {key for key, unit_days in found.items() if any(_few(unit_days, asked=asked) for asked in (True, False))}
    counted = [one for key in found.keys() - small for one in found[key] if one.asked]
    return (
        sum(one.present for one in counted),
        sum(one.required for one in counted),
        sum(one.unknown for one in counted),
        len({one.day for one in counted if one.required}),
        bool(hidden | small),
    )


@dataclass(frozen=True, slots=True)
class _Presence:
    """A unit on one day; `asked` where it works on a programme that runs."""

    day: date
    asked: bool
    present: int
    required: int
    unknown: int


def _few(days: Sequence[_Presence], *, asked: bool) -> bool:
    due = [one.required for one in days if one.asked is asked and one.required]
    return hides(people_behind(sum(due), len(due)))


def _above(key: str, parents: Mapping[str, str]) -> list[str]:
    """The units a unit stands below, the nearest first."""
    found: list[str] = []
    while (key := parents.get(key, "")) and key not in found:
        found.append(key)
    return found


def _progress(row: ProgramRow) -> str:
    facts = row.facts
    if facts.physical_progress is None or facts.as_of is None:
        return _("%(name)s: kemajuan belum dilaporkan.") % {"name": facts.name}
    return _("%(name)s: fisik %(progress)s dari target %(target)s per %(date)s.") % {
        "name": facts.name,
        "progress": wording.target_pct(facts.physical_progress),
        "target": wording.target_pct(facts.physical_target or Decimal(100)),
        "date": wording.short_day(facts.as_of),
    }


def _behind(running: Sequence[ProgramRow]) -> list[tuple[str, str, str]]:
    return [
        (row.key, row.facts.name, _("kemajuan fisik di bawah target"))
        for row in running
        if row.facts.physical_progress is not None
        and row.facts.physical_target is not None
        and row.facts.physical_progress < row.facts.physical_target
    ]


def output_answer(
    month: date,
    today: date,
    unit_key: str = "",
    unit_pks: Collection[int] | None = None,
    run: RunRow | None = None,
) -> Answer:
    """Results of work against their targets, and how many units reported any; "" and None: every unit.

    `run` is the evaluation that may say what flexible work did to them.
    """
    found = outputs_told(unit_key, month, today, unit_pks)
    _question, state, need = wording.open_questions()[2]
    if found is None:
        return Answer(wording.no_data_word(), Tone.QUIET, state, gaps=[need])
    hidden = tellable(month, today).hidden_labels(unit_key)
    if hidden and found[0] == OutputSums():
        few = _("Hasil kerja tidak ditampilkan: kurang dari lima orang, atau angka sekecil itu akan terbaca darinya.")
        return Answer(_("Data tidak cukup"), Tone.QUIET, few, gaps=[need])
    total, units = found
    notices = [
        *([_("Jenis hasil dari kurang dari lima orang tidak ikut dihitung.")] if hidden else []),
        _("Jenis hasil yang berbeda tidak sebanding, dan target dapat berubah; angka ini petunjuk, bukan penilaian."),
        impact.output_sentence(run)
        or _("Perbandingan hari fleksibel dengan hari lain belum dapat disimpulkan sebelum ada evaluasi."),
    ]
    reached = total.against_target
    if reached is None:
        sentence = ngettext(
            "%(count)s hasil kerja dilaporkan %(units)d unit pada %(month)s, tanpa target.",
            "%(count)s hasil kerja dilaporkan %(units)d unit pada %(month)s, tanpa target.",
            units,
        ) % {"count": _count(total.count), "units": units, "month": month_label(month)}
        return Answer(_("Tanpa target"), Tone.QUIET, sentence, notices=notices)
    sentence = ngettext(
        "Hasil kerja yang bertarget pada %(month)s mencapai %(done)s dari %(target)s, dilaporkan %(units)d unit.",
        "Hasil kerja yang bertarget pada %(month)s mencapai %(done)s dari %(target)s, dilaporkan %(units)d unit.",
        units,
    ) % {"month": month_label(month), "done": _count(total.targeted), "target": _count(total.target), "units": units}
    return Answer(
        _("Target tercapai") if reached >= 1 else _("Di bawah target"),
        Tone.GOOD if reached >= 1 else Tone.NEAR,
        sentence,
        number=wording.share(reached),
        denominator=_("dari target"),
        notices=notices,
    )


def _count(value: int) -> str:
    return formats.number(Decimal(value), 0, wording.language())


def month_label(month: date) -> str:
    """A month as it is said."""
    return f"{formats.month_name(month, wording.language())} {month.year}"
