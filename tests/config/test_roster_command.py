"""`luwes roster`: what a planner is told at the console, from the plan to publication."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from luwes.apps.accounts.access import Refused
from luwes.apps.people.models import ServicePoint
from luwes.apps.schedule.models import RosterDraft, RosterLot, SeedFrom
from luwes.apps.schedule.rosters import drafts, telling
from luwes.apps.schedule.rosters.lots import Choice
from luwes.apps.schedule.rosters.parameters import Parameters
from luwes.apps.schedule.rosters.solving import at_once
from luwes.config.cli import build_parser
from luwes.config.commands import _roster as console
from luwes.config.commands import roster
from luwes.config.refusals import Explained
from tests.apps.schedule import days as files
from tests.apps.schedule.rosters.office import MONTH, NIPS, build, flexible, floors, id_of
from tests.apps.schedule.rosters.test_grid import changed

Told = Callable[[], str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    return lambda: capsys.readouterr().out


def parsed(*words: str) -> object:
    return roster._parameters(build_parser().parse_args(["roster", "plan", *words]))


@pytest.mark.django_db
def test_from_plan_to_publication_with_a_lot(now: datetime, told: Told, tmp_path: Path) -> None:
    units = build(now)
    one = console.plan(units.section, MONTH, Parameters(), now)
    assert console.tell_plan(one, tmp_path) == 0
    said = told()
    assert "30 hari fleksibel; tiap orang 5 sampai 5 hari." in said
    sheet = next(tmp_path.glob("jadwal-*.xlsx")).read_bytes()
    assert console.check_file(sheet, units.section, MONTH, Parameters(), now) == 0
    assert console.check_one(one.public_id, now) == 0
    assert "Jadwal ini menepati semua aturan." in told()
    code = console.freeze(one.public_id, Choice(repetitions=3), "", now)
    assert console.is_lot(code)
    assert console.draw(code, [], now) == 0
    lines = told()
    assert re.search(r"Undian ke-1 \(U-2026-12-\w{8}\)\. Sidik tata cara: [0-9a-f]{64}\.", lines)
    assert re.search(r"Benih: kepala jejak audit [0-9a-f]{64}\.", lines)
    assert console.publish([one.public_id], now) == 0
    assert len(flexible()) == 30
    assert console.check_one(one.public_id, now) == 0
    assert console.check_published(now) == 0
    assert "Semua jadwal terbit menepati aturan." in told()


@pytest.mark.django_db
def test_what_no_plan_can_mend_is_told(now: datetime, told: Told) -> None:
    units = build(now, floor=7)
    assert console.tell_plan(console.plan(units.section, MONTH, Parameters(), now, at_once), None, at_once) == 0
    said = told()
    assert "- Selasa, 1 Desember 2026: Loket 1 (UPT Laboratorium) memerlukan 7 orang" in said
    refused = console.plan(units.section, MONTH, Parameters(promised=1), now, at_once)
    assert console.tell_plan(refused, None, at_once) == roster.FAULTS
    said = told()
    assert said.startswith("Tidak ada jadwal yang menepati semua aturan. Lihat aturan yang berbenturan.")
    assert "Turunkan lantai (atau naikkan kuota) Loket 1 (UPT Laboratorium) sebanyak" in said
    assert console.explain(refused.public_id, "", None, at_once) == 0
    assert "Turunkan lantai (atau naikkan kuota) Loket 1 (UPT Laboratorium) sebanyak 2 orang." in told()


@pytest.mark.django_db
def test_a_counter_without_floor_is_told_as_people_who_cannot_be_planned(now: datetime, told: Told) -> None:
    units = build(now, floor=0)
    console.tell_plan(console.plan(units.section, MONTH, Parameters(), now, at_once), None, at_once)
    assert "6 orang tidak dapat dijadwalkan karena lantai loketnya belum dikonfirmasi." in told()


@pytest.mark.django_db
def test_somebody_asks_why_not(now: datetime, told: Told) -> None:
    units = build(now)
    files.store("leave", now, (NIPS[0], "02/12/2026", "02/12/2026", "Penuh"))
    one = console.plan(units.section, MONTH, Parameters(weekdays=(1, 2, 3, 4)), now, at_once)
    console.explain(one.public_id, id_of("Ani"), date(2026, 12, 2), at_once)
    assert told() == "Ani pada Rabu, 2 Desember 2026: libur, cuti, dinas, atau belum bertugas di unit ini.\n"
    console.explain(one.public_id, id_of("Ani"), date(2026, 12, 4), at_once)
    assert "bukan hari yang dibuka untuk kerja fleksibel" in told()
    console.publish([one.public_id], now)
    held = flexible()
    name, day = min(held, key=lambda one: one[1])
    console.explain(one.public_id, id_of(name), day, at_once)
    assert "sudah fleksibel pada" in told()
    full = next(day for _, day in held if sum(other == day for _, other in held) == 3)
    other = next(one for one in ("Budi", "Citra", "Dewi", "Eka", "Fajar") if (one, full) not in held)
    console.explain(one.public_id, id_of(other), full, at_once)
    said = told()
    assert f"{other} pada" in said
    assert "Agar bisa:" in said
    console.explain(one.public_id, "tidak-ada", full, at_once)
    assert "tidak ada di jadwal ini" in told()
    with pytest.raises(Explained):
        console.explain(one.public_id, id_of(other), None, at_once)


@pytest.mark.django_db
def test_a_hand_made_file_is_checked_and_rubbish_is_refused(now: datetime, told: Told, tmp_path: Path) -> None:
    units = build(now)
    one = console.plan(units.section, MONTH, Parameters(), now, at_once)
    console.tell_plan(one, tmp_path / "jadwal.xlsx")
    told()
    hand = changed((tmp_path / "jadwal.xlsx").read_bytes(), D5="F", D6="F", D7="F", D8="F")
    assert console.check_file(hand, units.section, MONTH, Parameters(), now) == roster.FAULTS
    assert "- D: Selasa, 1 Desember 2026: Loket 1" in told()
    with pytest.raises(Explained, match="explained"):
        console.check_file(b"bukan lembar", units.section, MONTH, Parameters(), now)
    with pytest.raises(Explained):
        console.tell_plan(one, tmp_path / "tidak-ada" / "x.xlsx")


@pytest.mark.django_db
def test_a_broken_roster_is_told_and_replanned(now: datetime, told: Told) -> None:
    units = build(now)
    one = console.plan(units.section, MONTH, Parameters(), now, at_once)
    console.publish([one.public_id], now)
    floors(now, ServicePoint.objects.get().key, 5, since=date(2026, 12, 1))
    assert console.check_published(now) == roster.FAULTS
    said = told()
    assert f"Jadwal {one.public_id} perlu disusun ulang:" in said
    assert "memerlukan 5 orang di kantor, tersisa 3." in said
    new = console.replan(one.public_id, date(2026, 12, 1), "Lantai naik", [], now, at_once)
    assert console.tell_plan(new, None) == 0
    console.publish([new.public_id], now)
    assert console.check_one(new.public_id, now) == 0
    assert max(sum(other == day for _, other in flexible()) for _, day in flexible()) == 1


@pytest.mark.django_db
def test_a_lot_by_public_numbers_is_frozen_first(now: datetime, told: Told) -> None:
    units = build(now)
    one = console.plan(units.section, MONTH, Parameters(), now, at_once)
    code = console.freeze(one.public_id, Choice(seed_from=SeedFrom.NUMBERS, repetitions=3), "", now, at_once)
    console.tell_lots(one.public_id)
    assert "Dibekukan, tidak diundi." in told()
    assert console.draw(code, [7, 21, 3], now, at_once) == 0
    assert "dan angka 7, 21, 3." in told()
    assert RosterLot.objects.get().drawn_at == now
    with pytest.raises(Explained, match="explained"):
        console.freeze(one.public_id, Choice(over="share"), "Lagi", now, at_once)


@pytest.mark.django_db
def test_a_calendar_address_is_printed_once(now: datetime, told: Told, client: Client) -> None:
    units = build(now)
    assert console.calendar(id_of("Ani"), units.section, now) == 0
    path = told().rsplit(" ", 1)[1].strip()
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_refusals_reach_the_console_in_words(now: datetime) -> None:
    build(now)
    with pytest.raises(Explained) as refused, roster._explained():
        drafts.draft("tidak-ada")
    assert "Tidak ada jadwal" in str(refused.value)
    with pytest.raises(Explained) as late, roster._explained():
        raise drafts.MonthPast("2026-01-01")
    assert telling.sentence("roster_month_past") in str(late.value)
    assert not RosterDraft.objects.exists()


def test_every_code_of_a_refusal_has_a_sentence() -> None:
    def below(kind: type[Refused]) -> set[str]:
        found = {one.code for one in kind.__subclasses__() if one.__module__.startswith("luwes.apps.schedule.rosters")}
        return found.union(*(below(one) for one in kind.__subclasses__()))

    codes = below(Refused) - {Refused.code}
    assert {"roster_already_published", "roster_lot_drawn"} <= codes
    for code in codes:
        assert telling.sentence(code).endswith(".")


def test_settings_are_read_from_the_words_of_the_command() -> None:
    found = parsed("--unit", "1", "--month", "2026-12", "--weekdays", "3,5", "--quota", "40", "--on-site", "2026-12-04")
    assert found == Parameters(weekdays=(3, 5), quota=40, on_site=(date(2026, 12, 4),))
    for words in (("--weekdays", "rabu"), ("--on-site", "4/12/2026")):
        with pytest.raises(Explained):
            parsed(*words)
    with pytest.raises(Explained):
        roster._month("Desember")
    with pytest.raises(Explained):
        roster._units(build_parser().parse_args(["roster", "plan", "--month", "2026-12"]))
