"""The public figures of Kalimantan Tengah: what the pages say about them must be true."""

import csv
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from luwes.core.indicators.budget import (
    BudgetFigure,
    HeadlineBasis,
    PctBasis,
    TargetBasis,
    Verdict,
    needs_decision,
    pace,
    rebased,
    total,
)

COLUMNS = [
    *("tahun", "per_tanggal", "kode_pd", "nama_pd", "pagu", "realisasi_keu_rp"),
    *("realisasi_keu_pct", "realisasi_fisik_pct", "target_pct", "sumber"),
]
FILES = ("anggaran-2025-06-30.csv", "anggaran-2025-10-31.csv", "kabupaten-kota-2025-06-30.csv")


def rows(name: str) -> list[dict[str, str]]:
    text = resources.files("luwes.examples.kalteng").joinpath(name).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines(), delimiter=";", strict=True)
    found = list(reader)
    assert reader.fieldnames == COLUMNS
    return found


def pct(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if text else None


def figures(name: str) -> dict[str, BudgetFigure]:
    return {
        row["kode_pd"]: BudgetFigure(
            unit=row["kode_pd"],
            as_of=date.fromisoformat(row["per_tanggal"]),
            year=int(row["tahun"]),
            ceiling=int(row["pagu"]),
            realised=int(row["realisasi_keu_rp"]),
            reported_pct=pct(row["realisasi_keu_pct"]),
            physical_pct=pct(row["realisasi_fisik_pct"]),
            own_target_pct=pct(row["target_pct"]),
        )
        for row in rows(name)
    }


@pytest.mark.parametrize("name", FILES)
def test_every_row_names_its_public_source_and_the_date_of_its_file(name: str) -> None:
    for row in rows(name):
        assert row["sumber"].startswith("https://")
        assert row["per_tanggal"] == name[-14:-4]
        assert None not in row.values()


@pytest.mark.parametrize("name", FILES)
def test_published_percentages_agree_with_published_rupiah(name: str) -> None:
    for figure in figures(name).values():
        judged = pace(figure)
        assert judged.pct_basis is PctBasis.REPORTED
        assert judged.flags == ()


def test_june_is_28_points_behind() -> None:
    june = pace(figures(FILES[0])["62"])
    assert (june.pct, june.deviation, june.verdict) == (Decimal("21.88"), Decimal("-28.12"), Verdict.BELOW)
    assert june.figure.ceiling == 10_220_000_000_000
    assert june.target is not None
    assert (june.target.pct, june.target.basis) == (Decimal(50), TargetBasis.OWN)


def test_october_is_28_points_behind_on_a_smaller_ceiling() -> None:
    october = pace(figures(FILES[1])["62"])
    assert (october.pct, october.deviation) == (Decimal("61.28"), Decimal("-28.72"))
    assert (october.figure.ceiling, october.verdict) == (8_350_000_000_000, Verdict.BELOW)
    assert october.target is not None
    assert october.target.pct == 90


def test_the_ceiling_fell_by_18_percent_in_between() -> None:
    history = rebased(figures(name)["62"] for name in FILES[:2])
    (change,) = history.changes
    assert change.change_pct == Decimal("-18.30")
    assert [point.pct for point in history.points] == [Decimal("21.88"), Decimal("61.28")]
    assert history.points[0].pct_of_latest == Decimal("26.71")


def test_three_named_units_are_part_of_the_province_and_not_its_sum() -> None:
    june = figures(FILES[0])
    units = [figure for code, figure in june.items() if code != "62"]
    result = total(units, june["62"])
    assert result.headline_basis is HeadlineBasis.REPORTED
    assert (result.n_units, result.coverage_pct) == (3, Decimal("22.60"))
    assert result.headline.pct == Decimal("21.88")


def test_two_of_the_three_units_need_a_decision() -> None:
    june = figures(FILES[0])
    listed = needs_decision(pace(figure) for code, figure in june.items() if code != "62")
    assert [one.figure.unit for one in listed] == ["KALTENG-PENGHUBUNG", "KALTENG-ADPIM"]
    assert pace(june["KALTENG-DISDIK"]).verdict is Verdict.SLIGHTLY_BELOW


def test_regencies_are_other_governments_and_stay_apart() -> None:
    assert not set(figures(FILES[2])) & set(figures(FILES[0]))
    assert pace(figures(FILES[2])["KALTENG-14KABKOTA"]).deviation == Decimal("-21.63")
    assert figures(FILES[2])["6210"].physical_pct is None
