"""The files of a month: the same each time, one story from month to month, and dirty as real ones are."""

import io
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import openpyxl
import pytest

from luwes.examples.invented.days import Row
from luwes.examples.invented.facts.cases import EXPORTED_AFTER, LATE, ticket_files
from luwes.examples.invented.facts.files import SOURCES, SPELLINGS, InventedFile, spelled
from luwes.examples.invented.facts.months import DAY_KINDS, KINDS, last_months, month_files
from luwes.examples.invented.facts.outputs import MISTAKEN, MISTAKES, TIMES
from luwes.examples.invented.facts.plan import plan_of
from luwes.examples.invented.facts.presence import days_of, outage_on
from luwes.examples.invented.facts.truths import Rollout, Scenario, Truth
from luwes.examples.invented.facts.world import SILENT, Province, following, preceding
from luwes.examples.invented.names import UNIT_NAMES
from tests.examples.facts.provinces import MONTH, province, read, weekday


def files(*kinds: str, land: Province | None = None, month: date = MONTH) -> list[InventedFile]:
    return month_files(land or province(), month, kinds=kinds or KINDS)


@pytest.mark.parametrize("rollout", list(Rollout))
@pytest.mark.parametrize("truth", list(Truth))
def test_every_truth_goes_with_every_roll_out(truth: Truth, rollout: Rollout) -> None:
    land, told = Province(Scenario(rollout, truth, staff=60), weekday), ("openings", "survey", "outputs", "budget")
    found = month_files(land, MONTH, kinds=(*DAY_KINDS, *told))
    assert {file.kind for file in found} >= set(told)
    assert any(file.kind == "flexdays" for file in found) is (rollout is not Rollout.NONE)
    assert [file.arrives for file in found] == sorted(file.arrives for file in found)
    assert len({(file.kind, file.name) for file in found}) == len(found)


def test_the_same_scenario_gives_the_same_bytes_whatever_was_asked_before() -> None:
    fresh = Province(Scenario(rollout=Rollout.STAGGERED, staff=500), weekday)
    month_files(fresh, preceding(MONTH), kinds=("tickets",))
    assert month_files(fresh, MONTH) == files()
    other = Province(Scenario(rollout=Rollout.STAGGERED, staff=500, seed=7), weekday)
    again = {file.name: file.payload for file in month_files(other, MONTH)}
    # The programmes are the same in every history.
    assert {file.kind for file in files() if again.get(file.name) == file.payload} == {"programs"}


def test_a_truth_changes_only_what_it_speaks_of() -> None:
    calm = {file.name: file for file in files()}
    harmed = {file.name: file for file in files(land=province(truth=Truth.HARM))}
    changed = {file.kind for name, file in harmed.items() if file != calm[name]}
    assert changed == {"tickets", "queue", "survey", "openings"}


def test_kinds_are_told_apart() -> None:
    assert set(SOURCES) == set(KINDS)
    with pytest.raises(ValueError, match="rekap"):
        month_files(province(), MONTH, kinds=("rekap",))


def test_one_of_them_never_sends() -> None:
    silent = {person.nip for person in province().people if person.unit.office == SILENT}
    for file in files("punches", "recap", "outputs", "tickets", "queue", "survey", "openings"):
        text = file.payload.decode("utf-8", errors="ignore")
        assert SILENT not in text, file.name
        assert not any(nip in text for nip in silent), file.name


def test_three_are_spelled_as_nobody_lists_them() -> None:
    assert len(SPELLINGS) == 3
    assert set(SPELLINGS) < set(UNIT_NAMES)
    for kind, column in (("complaints", 0), ("bills", 0)):
        (file,) = files(kind)
        names = {row[column] for row in sheet(file)}
        assert names >= set(SPELLINGS.values())
        assert names.isdisjoint(SPELLINGS)
    assert spelled("Dinas Sosial") == "Dinas Sosial"


def sheet(file: InventedFile) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(file.payload))
    return list(book.active.iter_rows(min_row=4, values_only=True))


def test_workbooks_have_a_merged_title_and_their_header_in_row_three() -> None:
    (file,) = files("bills")
    page = openpyxl.load_workbook(io.BytesIO(file.payload)).active
    assert {str(area) for area in page.merged_cells.ranges} == {"A1:H1", "A2:H2"}
    assert [cell.value for cell in page[3]][:3] == ["Gedung", "Jenis Rekening", "ID Pelanggan"]
    # A date of a spreadsheet is a number of days with a format.
    assert page["D4"].is_date
    assert len(list(page.iter_rows(min_row=4))) == 2 * len(UNIT_NAMES)


def test_short_answers_hold_dates_of_both_kinds() -> None:
    short = next(file for file in files("survey") if file.name.endswith(".xlsx"))
    assert Counter(isinstance(row[0], str) for row in sheet(short)).keys() == {True, False}


def test_the_recap_has_lines_above_its_header_and_counts_working_days() -> None:
    (file,) = files("recap")
    table = read(file.payload, skip=2)
    assert file.payload.decode().splitlines()[1] == "Bulan 10/2026"
    codes = Counter(code for row in table for code in ("TL1", "TL3", "PSW1", "PSW4") if row[code] != "-")
    assert min(codes.values()) > 5
    for row in table:
        days = sum(int(row[name]) for name in ("Hadir", "WFA", "Tanpa Keterangan") if row[name] != "-")
        assert days <= int(row["Hari Kerja"]) == len(plan_of(province(), MONTH).days)


def test_rows_stand_there_twice_among_punches_and_cases() -> None:
    for kind in ("punches", "tickets"):
        file = files(kind)[0]
        lines = file.payload.decode("utf-8-sig").splitlines()
        assert 3 < len(lines) - len(set(lines)) < 60


def test_one_morning_some_machines_lost_the_arrivals() -> None:
    outage = outage_on(province(), MONTH)
    assert outage == date(2026, 10, 6)
    assert outage_on(province(), date(2026, 9, 1)) is None
    lost = [one for one in days_of(province(), MONTH) if one.lost]
    assert {one.day for one in lost} == {outage}
    assert len(lost) > 100
    assert all(one.came is None and not one.at_home for one in lost)


def test_punches_of_those_at_home_come_from_phones() -> None:
    machine, phone = files("punches")
    home = {(one.person.nip, one.day) for one in days_of(province(), MONTH) if one.at_home}
    told = {(row["nip"], date(*map(int, row["waktu"][:10].split("/")[::-1]))) for row in read(phone.payload)}
    assert told <= home
    assert {row["di_kantor"] for row in read(phone.payload)} == {"tidak"}
    seen = {(row["badgenumber"], date.fromisoformat(row["checktime"][:10])) for row in read(machine.payload)}
    assert seen.isdisjoint(home)


def test_wrong_figures_are_sent_again_without_their_mistake() -> None:
    first, _, corrected = files("outputs")
    assert corrected.arrives > first.arrives
    right, wrong = read(corrected.payload), {key(row): row for row in read(first.payload)}
    differs = [(row, wrong[key(row)]) for row in right if row != wrong[key(row)]]
    assert len(differs) == MISTAKES
    amount = "Realisasi Kuantitas"
    assert all(int(before[amount]) == TIMES * int(after[amount]) for after, before in differs)
    members = {person.nip for person in province().people if person.unit.office == MISTAKEN}
    assert {row["NIP"] for row in right} <= members


def key(row: dict[str, str]) -> tuple[str, str]:
    return row["NIP"], row["Tanggal Kegiatan"]


def test_a_late_sender_sends_a_month_late() -> None:
    usual, late = files("tickets")
    assert late.arrives - usual.arrives == timedelta(days=29)
    assert {row["Perangkat Daerah"] for row in read(late.payload)} == {LATE}
    assert LATE not in usual.payload.decode("utf-8-sig")


def test_open_cases_come_again_until_they_are_closed() -> None:
    land = province()
    before, now = (next(ticket_files(land, month)) for month in (preceding(MONTH), MONTH))
    left = {row["Nomor Permohonan"] for row in read(before.payload) if not row["Tanggal Selesai"]}
    told = {row["Nomor Permohonan"]: row for row in read(now.payload)}
    assert len(left) > 20
    assert left <= set(told)
    closed = [number for number in left if told[number]["Tanggal Selesai"]]
    assert len(closed) > len(left) / 2
    exported = following(MONTH) + timedelta(days=EXPORTED_AFTER)
    assert all(day(row["Tanggal Selesai"]) < exported for row in told.values() if row["Tanggal Selesai"])


def day(text: str) -> date:
    return date(int(text[6:10]), int(text[3:5]), int(text[:2]))


def test_the_plan_counts_as_the_product_does() -> None:
    plan = plan_of(province(Rollout.SAME_DAY), MONTH)
    people = province(Rollout.SAME_DAY).people
    # Front desks keep to the office, and so do the heads of the perangkat daerah.
    chosen = [people[place] for place in plan.flexible]
    assert chosen
    assert all(person.unit.name != "Bidang Pelayanan" for person in chosen)
    assert not any(person.structural and person.unit.name == person.unit.office for person in chosen)
    desk = next(one for one in province(Rollout.SAME_DAY).services if one.place % 3 == 1)
    assert {plan.exposures[desk.place, each] for each in plan.days} <= {Fraction(0), None}
    assert all(taken not in plan.flexible or not plan.at_home(*taken) for taken in plan.away)


def test_planned_days_are_those_of_the_lot() -> None:
    rows: dict[str, list[Row]] = {kind: list(found) for kind, found in plan_of(province(), MONTH).files.rows.items()}
    lots = {row[0]: row for row in rows["lots"]}
    drawn: dict[str, set[str]] = {}
    for nip, _, _, _, _, lot in rows["flexdays"]:
        if lot:
            drawn.setdefault(lot, set()).add(nip)
    assert set(drawn) == set(lots)
    assert all(int(lots[lot][4]) == len(nips) <= int(lots[lot][3]) for lot, nips in drawn.items())


def test_files_about_people_can_be_limited_to_some_offices() -> None:
    office = UNIT_NAMES[3]
    members = {person.nip for person in province().people if person.unit.office == office}
    few = month_files(province(), MONTH, kinds=("punches", "recap", "outputs"), offices={office})
    table = read(few[0].payload)
    assert {row["badgenumber"] for row in table} <= members
    assert len(table) > 100


def test_the_last_months_are_whole_ones() -> None:
    assert last_months(3, date(2026, 11, 25)) == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    assert last_months(2, date(2026, 1, 1)) == [date(2025, 11, 1), date(2025, 12, 1)]
    assert last_months(0, date(2026, 1, 1)) == []
