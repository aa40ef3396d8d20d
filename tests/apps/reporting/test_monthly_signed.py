"""A signed month is held against what was signed, whatever columns a later version gives its tables."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from luwes.apps.reporting.models import MonthlySignature
from luwes.apps.reporting.monthly_content import FORM, LAYOUT, Since, compared, digests
from luwes.apps.reporting.monthly_sections import by_code
from luwes.apps.sources.models import ImportBatch
from tests.apps.reporting.monthly_forms import save, sign
from tests.apps.reporting.test_monthly import health, issue, outputs, words
from tests.world import Units, bring_figures, plant_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(now: datetime) -> Units:
    return plant_units(now)


@pytest.fixture
def batch(now: datetime, units: Units) -> ImportBatch:
    return ImportBatch.objects.get(public_id=bring_figures(now))


def test_a_new_layout_changes_no_signed_month_and_what_it_took_away_is_told(
    now: datetime, units: Units, batch: ImportBatch
) -> None:
    outputs(now, batch, units.section)
    save(now, units.health)
    sign(now, units.health)
    signature = MonthlySignature.objects.get()
    # Signed when the table had neither "target" nor the row "e_office", and another column that is no more.
    for code, gone in (("outputs", "target"), (FORM, "e_office")):
        del signature.content[code][gone]
    signature.content["outputs"]["per_hour"] = "0" * 64
    signature.save()
    one = health(units)
    assert one.since == Since((), ("Hasil kerja",))
    said = words(issue(now, unit_key=units.health))
    assert "Susunannya berubah sejak ditandatangani" in said
    assert "sama dengan yang ditandatangani" not in said
    # A number that was changed is still seen, in the columns both know.
    outputs(now + timedelta(days=3), batch, units.health)
    assert health(units).since == Since(("Hasil kerja",), ("Hasil kerja",))


def test_every_signed_column_changes_its_own_digest_alone(units: Units, batch: ImportBatch, now: datetime) -> None:
    outputs(now, batch, units.section)
    found = health(units)
    table = by_code(found.facts)["outputs"]
    before = digests({"outputs": table}, found.lines)
    for place, column in enumerate(LAYOUT["outputs"]):
        row = [*table.rows[0][:place], 987_654_321, *table.rows[0][place + 1 :]]
        after = digests({"outputs": replace(table, rows=[row, *table.rows[1:]])}, found.lines)
        assert {name for name in LAYOUT["outputs"] if after["outputs"][name] != before["outputs"][name]} == {column}
        assert compared(before, after, {"outputs": "Hasil kerja"}).changed == ("Hasil kerja",)
    # A row of the form that files filled when it was signed, and no longer do; and a table that is no more.
    signed = {**before, FORM: {**before[FORM], "saving_air": "0"}, "old": {"x": "0"}}
    titles = {FORM: "Isian laporan", "outputs": "Hasil kerja"}
    assert compared(signed, before, titles) == Since(("Isian laporan",), ("tabel yang tidak ada lagi",))
    with pytest.raises(ValueError, match="outputs"):
        digests({"outputs": replace(table, columns=table.columns[1:])}, [])
