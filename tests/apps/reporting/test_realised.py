"""The realised flexible share beside the plan: the best evidence counts, and is named."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from luwes.apps.attendance.models import RecapRow
from luwes.apps.people.models import Unit
from luwes.apps.people.queries import units_on
from luwes.apps.reporting.monthly import monthly, monthly_report
from luwes.apps.reporting.realised import RealisedLine, realised_month
from luwes.apps.sources.models import ImportBatch
from luwes.core.exposure.shares import DayKind
from luwes.core.indicators.realised import Source
from tests.apps.reporting.monthly_forms import OCTOBER, save
from tests.apps.reporting.test_monthly import TODAY, presence
from tests.world import Units, bring_figures, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def batch(now: datetime, units: Units) -> ImportBatch:
    return ImportBatch.objects.get(public_id=bring_figures(now))


def lines(key: str) -> Sequence[RealisedLine]:
    tree = units_on(TODAY)
    return realised_month(OCTOBER, [row for row in tree if row.key == key], tree)


def share(line: RealisedLine) -> tuple[DayKind | None, Fraction | None, Source | None]:
    figure = line.chosen.figure if line.chosen else None
    return line.kind, figure and figure.share, next(iter(figure.sources)) if figure else None


def recap(
    now: datetime, batch: ImportBatch, key: str, flexible: int | None, present: int | None, staff: int = 9
) -> None:
    RecapRow.objects.create(
        unit=Unit.objects.get(key=key),
        month=OCTOBER,
        staff=staff,
        present=present,
        flexible_days=flexible,
        batch=batch,
        row_number=2,
        recorded_at=now,
    )


def test_without_plan_and_evidence_there_is_nothing_to_say(units: Units) -> None:
    assert lines(units.health) == []


def test_punches_win_and_speak_of_each_kind_of_day(now: datetime, units: Units) -> None:
    save(now, units.health)
    presence(now, units.health)
    found = lines(units.health)
    # Five Fridays with 6 of 19 away, 17 other days with none.
    assert [share(line) for line in found] == [
        (None, Fraction(5 * 6, 22 * 19), Source.PUNCHES),
        (DayKind.FLEXIBLE, Fraction(6, 19), Source.PUNCHES),
        (DayKind.OTHER, Fraction(0), Source.PUNCHES),
    ]
    assert [line.planned for line in found] == [Fraction(5 * 16, 22 * 40), Fraction(16, 40), Fraction(0)]
    # The head counted 88 of 160 on flexible days: told as another story, never mixed in.
    assert found[1].chosen is not None
    assert found[1].chosen.contradicted_by == (Source.HEAD,)


def test_the_heads_count_stands_in_where_nothing_was_recorded(now: datetime, units: Units) -> None:
    save(now, units.health)
    assert [share(line) for line in lines(units.health)] == [
        (None, Fraction(100, 880), Source.HEAD),
        (DayKind.FLEXIBLE, Fraction(88, 160), Source.HEAD),
        (DayKind.OTHER, Fraction(12, 720), Source.HEAD),
    ]
    assert [line.planned for line in lines(units.health)] == [None, None, None]


def test_a_recap_speaks_of_the_whole_month_and_counts_what_lies_below(
    now: datetime, units: Units, batch: ImportBatch
) -> None:
    recap(now, batch, units.section, 12, 180)
    recap(now, batch, units.health, None, 200)
    recap(now, batch, units.works, 30, 20)
    assert [share(line) for line in lines(units.health)] == [(None, Fraction(12, 180), Source.RECAP)]
    assert lines(units.works) == [], "more days away than present cannot be"


def test_the_report_names_the_evidence_and_hides_few(now: datetime, units: Units, batch: ImportBatch) -> None:
    save(now, units.health)
    recap(now, batch, units.section, 20, 80, staff=4)
    made = monthly_report(monthly(units.health, OCTOBER, TODAY))
    (table,) = [one for one in made.tables if one.title == "Rencana dan kenyataan hari fleksibel"]
    name = "Dinas Kesehatan"
    assert [row[0] for row in table.rows] == [name] * 3
    assert [row[3:] for row in table.rows] == [
        [None, "rekap; berbeda menurut hitungan pimpinan"],
        [55, "hitungan pimpinan"],
        [Decimal("1.67"), "hitungan pimpinan"],
    ]
