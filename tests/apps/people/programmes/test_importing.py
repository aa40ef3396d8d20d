"""Sheets of strategic programmes: every change is a version, nothing known is lost to an empty cell."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.models import ProgramVersion, StrategicProgram
from luwes.apps.people.programmes import queries, wording
from luwes.apps.people.programmes.actions import Milestone, ProgramFacts
from luwes.apps.people.programmes.actions import create_program as create
from luwes.apps.sources.exports import template_file
from luwes.apps.sources.kinds import Coverage, kind_of
from luwes.apps.sources.models import ImportBatch, RejectedCell
from luwes.core.workdays.periods import Period
from tests.apps.staff_files import ME, choose_rest, confirm, stage
from tests.world import Units, plant_units

pytestmark = pytest.mark.django_db
HEADERS = "Nama Program;Perangkat Daerah;Tim;Mulai;Sampai;Tonggak;Target Fisik;Capaian Fisik;Pagu;Realisasi (Rp);Posisi"
Row = Sequence[object]


@pytest.fixture(autouse=True)
def units(now: datetime) -> Units:
    return plant_units(now)


def road(progress: object = "71,5", as_of: str = "20/11/2026", **rest: object) -> Row:
    return (
        rest.get("name", "Jalan desa"),
        rest.get("owner", "Dinas Pekerjaan Umum"),
        rest.get("team", "Dinas Kesehatan"),
        *(rest.get("first", "01/09/2026"), rest.get("last", "09/12/2026")),
        rest.get("steps", "2026-11-01: Lelang selesai (tercapai 28 Okt 2026)"),
        *(rest.get("target", "80"), progress, "90.000.000.000", rest.get("money", "61.000.000.000"), as_of),
    )


def staged(now: datetime, *rows: Row) -> ImportBatch:
    lines = ["|".join(map(str, row)) for row in (HEADERS.split(";"), *rows)]
    return stage("\n".join(lines).encode(), now, kind="programs", source="Biro")


def store(now: datetime, *rows: Row) -> ImportBatch:
    return confirm(staged(now, *rows), now)


def findings(batch: ImportBatch) -> dict[str, int]:
    return {one["code"]: one["facts"]["count"] for one in batch.summary["findings"]}


def test_a_row_becomes_a_programme_with_owner_team_and_steps(now: datetime, units: Units) -> None:
    steps = "4 Desember 2026: Serah terima; 2026-11-01: Lelang selesai (tercapai 28 Okt 2026)"
    batch = store(now, road(steps=steps))
    (row,) = queries.programs()
    assert row.facts == ProgramFacts(
        name="Jalan desa",
        owner=units.works,
        team=[units.health],
        period=Period(date(2026, 9, 1), date(2026, 12, 10)),
        milestones=[
            Milestone(date(2026, 11, 1), "Lelang selesai", date(2026, 10, 28)),
            Milestone(date(2026, 12, 4), "Serah terima"),
        ],
        as_of=date(2026, 11, 20),
        physical_target=Decimal(80),
        physical_progress=Decimal("71.5"),
        money_target=90_000_000_000,
        money_progress=61_000_000_000,
    )
    assert (batch.counts["new"], batch.summary["newest"]) == (1, "2026-11-20")


def test_the_same_sheet_again_makes_no_version(now: datetime) -> None:
    store(now, road())
    again = store(now, road(), road())
    assert (again.counts["unchanged"], again.counts["changed"], findings(again)) == (2, 0, {"repeated_rows": 1})
    assert ProgramVersion.objects.count() == 1


def test_progress_is_a_new_version_that_says_from_which_file(now: datetime) -> None:
    store(now, road())
    later = store(now + timedelta(days=7), road("75", "27/11/2026"))
    assert later.counts["changed"] == 1
    new, old = queries.versions_of(StrategicProgram.objects.get().key)
    assert (old.facts.physical_progress, new.facts.physical_progress) == (Decimal("71.5"), Decimal(75))
    assert (new.number, new.reason) == (2, "Dari berkas “asn.csv”")


def test_an_empty_cell_leaves_what_is_known(now: datetime, units: Units) -> None:
    store(now, road())
    store(now, road("75", "24/11/2026", team="", steps="-", target="", money=""))
    (row,) = queries.programs()
    assert (row.facts.team, len(row.facts.milestones)) == ([units.health], 1)
    assert (row.facts.physical_target, row.facts.money_progress) == (Decimal(80), 61_000_000_000)
    assert row.facts.physical_progress == 75


def test_a_late_file_about_an_earlier_date_changes_nothing(now: datetime) -> None:
    store(now, road())
    late = store(now, road("60", "30/10/2026"))
    assert (findings(late), late.counts["unchanged"]) == ({"older": 1}, 1)
    assert queries.programs()[0].facts.physical_progress == Decimal("71.5")


def test_progress_that_fell_or_lies_ahead_is_told(now: datetime) -> None:
    store(now, road())
    assert findings(store(now, road("70", "30/11/2026"))) == {"in_the_future": 1, "progress_fell": 1}


def test_a_programme_entered_by_hand_is_the_same_whatever_its_marks(now: datetime, units: Units) -> None:
    run = Period(date(2026, 9, 1), date(2026, 12, 10))
    with unit_of_work(ME, now):
        create(facts=ProgramFacts(name="Jalan Désa", owner=units.works, team=[], period=run))
    assert store(now, road()).counts["changed"] == 1
    assert queries.programs()[0].facts.name == "Jalan Désa"


def test_two_programmes_of_one_name_are_told_apart_by_their_owner(now: datetime, units: Units) -> None:
    run = Period(date(2026, 9, 1), date(2026, 12, 10))
    with unit_of_work(ME, now):
        for owner in (units.works, units.health):
            create(facts=ProgramFacts(name="Jalan desa", owner=owner, team=[], period=run))
    store(now, road())
    progress = {row.facts.owner: row.facts.physical_progress for row in queries.programs()}
    assert progress == {units.works: Decimal("71.5"), units.health: None}
    with unit_of_work(ME, now):
        create(facts=ProgramFacts(name="Jalan desa", owner=units.works, team=[], period=run))
    batch = staged(now, road("72"))
    assert RejectedCell.objects.get(batch=batch).code == "program_ambiguous"


def test_owner_and_team_are_asked_for_and_may_be_left_out(now: datetime, units: Units) -> None:
    row = road(owner="Dinas PUPR", team="Dinas Kesehatan; Karang Taruna")
    batch = staged(now, row)
    assert [one["value"] for one in batch.summary["unmapped"]] == ["Dinas PUPR", "Karang Taruna"]
    assert batch.counts["unmapped"] == 1
    confirm(choose_rest(batch, now, units.works), now)
    assert queries.programs()[0].facts.team == [units.health]
    skipped = choose_rest(staged(now, road(name="Lain", owner="Swasta")), now, "skip")
    assert skipped.counts["skipped"] == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (road(last="01/08/2026"), "ends_before_start"),
        (road(as_of=""), "as_of_missing"),
        (road(steps="Lelang selesai"), "milestone_unread"),
        (road(steps="2026-11-31: Lelang"), "milestone_unread"),
        (road(steps="2026-11-01: Lelang (tercapai kemarin)"), "milestone_unread"),
        (road("101"), "above_maximum"),
        (road(first="besok"), "not_a_date"),
        (road(owner=""), "missing"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_reason(now: datetime, row: Row, code: str) -> None:
    batch = staged(now, row)
    assert (batch.counts["new"], RejectedCell.objects.get(batch=batch).code) == (0, code)
    assert not StrategicProgram.objects.exists()


def test_rows_at_odds_are_both_refused(now: datetime) -> None:
    batch = staged(now, road(), road("72"))
    assert [cell.code for cell in RejectedCell.objects.filter(batch=batch)] == ["rows_differ"] * 2


def test_completeness_counts_programmes_that_told_their_progress(now: datetime) -> None:
    store(now, road(), road("", "", name="Pasar", money=""))
    assert queries.progress_coverage([date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1)]) == {
        date(2026, 8, 1): Coverage(0, 0),
        date(2026, 10, 1): Coverage(0, 2),
        date(2026, 11, 1): Coverage(1, 2),
    }


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_example_file_is_read_by_its_own_kind(now: datetime, file_format: str) -> None:
    batch = stage(template_file(kind_of("programs"), file_format), now, kind="programs")
    assert (batch.counts["rows"], batch.counts["rejected"], batch.counts["new"]) == (2, 0, 2)


def test_every_sentence_is_whole() -> None:
    for code in [*wording._rejects(), *wording._findings()]:
        said = wording.say(code, {"count": 2})
        assert said.endswith(".")
        assert "%(" not in said


CELL = st.one_of(
    st.sampled_from(
        ["Jalan desa", "Dinas Kesehatan", "", "-", "01/09/2026", "2026-11-01: Lelang", "50", "1e9", "a:b:c"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters='|"\n\r'), max_size=12),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*[CELL] * 11), min_size=1, max_size=4))
def test_no_file_crashes_or_is_stored_by_half(now: datetime, rows: list[tuple[str, ...]]) -> None:
    before = StrategicProgram.objects.count()
    batch = staged(now, *rows, road(name="Program uji"))
    if not batch.counts["unmapped"] and batch.counts["new"]:
        confirm(batch, now)
        assert StrategicProgram.objects.count() == before + batch.counts["new"]
