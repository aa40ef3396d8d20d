"""What was planted can be found again in plain sums, and nothing where nothing was planted."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from statistics import mean

import pytest

from luwes.core.exposure.shares import DayKind
from luwes.examples.invented.facts import truths
from luwes.examples.invented.facts.cases import cases_of
from luwes.examples.invented.facts.counters import openings_file, queue_file
from luwes.examples.invented.facts.government import budget_of
from luwes.examples.invented.facts.outputs import daily_rows
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.presence import days_of
from luwes.examples.invented.facts.surveys import survey_files
from luwes.examples.invented.facts.truths import HARMED, Rollout, Scenario, Truth
from luwes.examples.invented.facts.world import WORKING_HOURS, InventedService, Province, spans_of
from luwes.examples.invented.names import UNIT_NAMES
from tests.examples.facts.provinces import months, province, read

SINCE, COUNT = date(2026, 5, 1), 4
ROLLOUTS = [Rollout.SAME_DAY, Rollout.WEEKDAY_LOT, Rollout.STAGGERED]
# The dissatisfied score far below, the others far above.
BETWEEN = 70
# A day on which a figure of a service was taken, and the figure.
Seen = tuple[InventedService, date, float]
Measure = Callable[[Province], Iterable[Seen]]


def in_time(land: Province) -> Iterable[Seen]:
    for service in land.services:
        for month in months(SINCE, COUNT):
            for case in cases_of(land, service, month):
                yield service, case.due.date(), float(case.closed <= case.due) * 100


def waits(land: Province) -> Iterable[Seen]:
    for service, day, row in rows(land, queue_file):
        if row["Dipanggil"]:
            yield service, day, minutes(row["Dipanggil"]) - minutes(row["Datang"])


def kept(land: Province) -> Iterable[Seen]:
    for service, day, row in rows(land, openings_file):
        (start, end), *_ = spans_of(service.windows, day)
        yield service, day, (minutes(row["Jam Tutup"]) - start) / (end - start) * 100


def index(land: Province) -> Iterable[Seen]:
    for service, day, row in rows(land, survey_files):
        yield service, day, mean(int(row[f"U{n}"]) for n in range(1, 10) if row[f"U{n}"]) * 25


def rows(
    land: Province, files: Callable[..., Iterable[object]]
) -> Iterable[tuple[InventedService, date, dict[str, str]]]:
    known = {service.name: service for service in land.services}
    for month in months(SINCE, COUNT):
        for file in files(land, month):
            if file.name.endswith(".csv"):  # type: ignore[attr-defined] # every file has a name
                for row in read(file.payload):  # type: ignore[attr-defined] # and bytes
                    name = row.get("Layanan") or row["Jenis Pelayanan"]
                    day, month_number, year = map(int, row["Tanggal"].split("/"))
                    yield known[name], date(year, month_number, day), row


def minutes(text: str) -> int:
    hour, minute = text.replace(".", ":").split(":")
    return int(hour) * 60 + int(minute)


def difference(land: Province, measure: Measure, offices: Iterable[str] = UNIT_NAMES) -> float:
    """Flexible minus other days, service by service, weighted by the smaller of the two: services differ."""
    found: dict[int, dict[DayKind, list[float]]] = defaultdict(lambda: defaultdict(list))
    wanted = set(offices)
    for service, day, value in measure(land):
        if service.office in wanted:
            found[service.place][plan_of(land, day.replace(day=1)).kind(service, day)].append(value)
    pairs = [(kinds[DayKind.FLEXIBLE], kinds[DayKind.OTHER]) for kinds in found.values()]
    weighed = [(min(len(here), len(there)), mean(here) - mean(there)) for here, there in pairs if here and there]
    return sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed)


MEASURES: list[tuple[Measure, float, float]] = [
    (in_time, truths.WITHIN_TIME_POINTS, 2.5),
    (kept, truths.HOURS_POINTS, 0.6),
    (index, truths.SURVEY_POINTS, 1.5),
]


@pytest.mark.parametrize("rollout", ROLLOUTS)
@pytest.mark.parametrize(("measure", "size", "noise"), MEASURES)
def test_harm_on_flexible_days_has_its_size_and_nothing_has_none(
    rollout: Rollout, measure: Measure, size: float, noise: float
) -> None:
    harmed, calm = province(rollout, Truth.HARM), province(rollout)
    assert difference(harmed, measure) == pytest.approx(size, abs=noise)
    assert difference(calm, measure) == pytest.approx(0, abs=noise)


def test_waits_grow_by_their_percentage() -> None:
    told = (Truth.NONE, Truth.HARM, Truth.OUTPUT_GAIN)
    longer = {truth: mean(seen[2] for seen in flexible(province(Rollout.WEEKDAY_LOT, truth), waits)) for truth in told}
    assert longer[Truth.HARM] / longer[Truth.NONE] == pytest.approx(1 + truths.WAIT_PERCENT / 100, abs=0.02)
    assert longer[Truth.OUTPUT_GAIN] == longer[Truth.NONE]


def flexible(land: Province, measure: Measure) -> Iterable[Seen]:
    return (seen for seen in measure(land) if plan_of(land, seen[1].replace(day=1)).kind(*seen[:2]) is DayKind.FLEXIBLE)


def test_harm_in_two_harms_two() -> None:
    land = province(Rollout.WEEKDAY_LOT, Truth.HARM_IN_TWO)
    others = [name for name in UNIT_NAMES if name not in HARMED]
    assert difference(land, kept, HARMED) == pytest.approx(truths.HOURS_POINTS, abs=1.5)
    assert difference(land, kept, others) == pytest.approx(0, abs=0.6)


def test_a_share_lot_harms_by_its_dose() -> None:
    land = province(Rollout.SHARE_LOT, Truth.HARM)
    doses: dict[bool, list[float]] = {False: [], True: []}
    for service, day, value in flexible(land, kept):
        plan = plan_of(land, day.replace(day=1))
        doses[float(plan.exposures[service.place, day] or 0) > truths.MEAN_SHARE].append(value)
    assert mean(doses[True]) < mean(doses[False]) - 1


def outputs(land: Province) -> dict[bool, list[int]]:
    """The results of each person and day, by whether the day was flexible."""
    places = {person.nip: place for place, person in enumerate(land.people)}
    found: dict[bool, list[int]] = {False: [], True: []}
    for month in months(SINCE, 2):
        plan = plan_of(land, month)
        for _, table in daily_rows(land, month):
            for nip, written, _, count, *_ in table:
                day, month_number, year = map(int, written.split("/"))
                found[plan.at_home(places[nip], date(year, month_number, day))].append(int(count))
    return found


@pytest.mark.parametrize(
    ("truth", "percent"),
    [(Truth.NONE, 0.0), (Truth.OUTPUT_GAIN, truths.OUTPUT_PERCENT), (Truth.REPORTING, truths.RECORDED_PERCENT)],
)
def test_output_on_flexible_days(truth: Truth, percent: float) -> None:
    found = outputs(province(Rollout.WEEKDAY_LOT, truth))
    assert mean(found[True]) / mean(found[False]) == pytest.approx(1 + percent / 100, abs=0.03)


def test_a_change_of_reporting_changes_records_from_its_day_and_no_service() -> None:
    land, calm = province(Rollout.WEEKDAY_LOT, Truth.REPORTING), province(Rollout.WEEKDAY_LOT)
    before, after = date(2026, 1, 1), date(2026, 4, 1)
    assert land.scenario.changed_on == date(2026, 2, 20)
    assert late(land, before) == late(calm, before)
    assert late(land, after) / late(calm, after) == pytest.approx(0.5, abs=0.07)
    assert list(kept(land)) == list(kept(calm))
    assert list(index(land)) == list(index(calm))


def late(land: Province, month: date) -> float:
    came = [one for one in days_of(land, month) if one.came is not None]
    return mean(one.came > WORKING_HOURS[0][0][0] for one in came if one.came is not None and one.came < 720)


def test_the_dissatisfied_answer_less_on_flexible_days_and_nobody_else() -> None:
    land, calm = province(Rollout.WEEKDAY_LOT, Truth.NONRESPONSE), province(Rollout.WEEKDAY_LOT)
    fewer, all_of_them = list(flexible(land, index)), list(flexible(calm, index))
    unhappy, usual = ([seen for seen in each if seen[2] < BETWEEN] for each in (fewer, all_of_them))
    assert len(unhappy) / len(usual) == pytest.approx(truths.ANSWERING_PERCENT / 100, abs=0.12)
    assert len(fewer) - len(unhappy) == len(all_of_them) - len(usual)
    assert difference(land, index) > 1 > abs(difference(calm, index))


def test_half_of_them_ask_nobody() -> None:
    land = province(Rollout.SAME_DAY, Truth.HALF_SURVEY)
    asking = {service.office for service, *_ in index(land)}
    assert len(land.scenario.without_survey) == len(UNIT_NAMES) // 2
    assert asking.isdisjoint(land.scenario.without_survey)
    assert len(asking) > 15


def test_the_shock_slows_every_budget_from_its_day() -> None:
    calm, slow = Scenario(), Scenario(truth=Truth.BUDGET_SHOCK)
    assert budget_of(slow, date(2025, 10, 31)) == budget_of(calm, date(2025, 10, 31))
    pairs = list(zip(budget_of(calm, date(2026, 9, 30)), budget_of(slow, date(2026, 9, 30)), strict=True))
    assert len(pairs) == 40
    for usual, less in pairs:
        assert less.realised / usual.realised == pytest.approx(1 + truths.BUDGET_PERCENT / 100, abs=0.03)
        assert less.ceiling == usual.ceiling
        assert less.financial_pct is not None
        assert usual.financial_pct is not None
        assert less.financial_pct < usual.financial_pct


@pytest.mark.parametrize("rollout", list(Rollout))
def test_each_roll_out_has_its_shape(rollout: Rollout) -> None:
    scenario = Scenario(rollout=rollout)
    weeks = [date(2026, 6, 1 + n) for n in range(5)]
    days = {name: [day.weekday() for day in weeks if scenario.flexible_on(name, day)] for name in UNIT_NAMES}
    before = [date(2025, 10, 27 + n) for n in range(5)]
    assert not any(scenario.flexible_on(name, day) for name in UNIT_NAMES for day in before)
    lengths = [len(found) for found in days.values()]
    expected = {
        Rollout.NONE: 0,
        Rollout.SAME_DAY: 40,
        Rollout.WEEKDAY_LOT: 40,
        Rollout.SHARE_LOT: 30,
        Rollout.STAGGERED: 32,
    }
    assert sum(lengths) == expected[rollout]
    drawn = {day for found in days.values() for day in found}
    fridays = drawn <= {truths.FRIDAY}
    assert fridays if rollout is not Rollout.WEEKDAY_LOT else drawn == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("rollout", [Rollout.WEEKDAY_LOT, Rollout.SHARE_LOT])
def test_the_promised_number_stays_at_every_desk(rollout: Rollout) -> None:
    land = province(rollout)
    plan = plan_of(land, date(2026, 10, 1))
    desks = [(desk, promised) for desk, promised in land.desks.items() if promised]
    assert len(desks) > 40
    for day in plan.days:
        there = [
            land.people[place].unit.id
            for place, since in plan.serving.items()
            if since <= day and day not in plan.flexible.get(place, ())
        ]
        for desk, promised in desks:
            assert sum(unit in desk for unit in there) >= promised
    # And there still are people elsewhere: the promise closes no office.
    assert len(plan.flexible) > 0.15 * len(plan.serving)


def test_waves_begin_two_months_apart_and_the_last_never() -> None:
    scenario = Scenario(rollout=Rollout.STAGGERED)
    starts = {scenario.begins(name) for name in UNIT_NAMES}
    assert starts == {None, date(2025, 11, 1), date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)}
