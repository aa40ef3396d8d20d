"""The numbers printed in the users' guide are recomputed here."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from luwes.core import formats
from luwes.core.indicators.complaints import ComplaintSums
from luwes.core.indicators.energy import against_others, change, plausible_ceiling
from luwes.core.indicators.interval import share_interval
from luwes.core.indicators.outputs import OutputSums
from luwes.core.indicators.queue import MEDIAN, MinuteCounts
from luwes.core.indicators.realised import Realised
from luwes.core.indicators.standard import DEFAULT_REQUIRED, Kept, Promise, Verdict, judge_promise
from luwes.core.indicators.sums import rounded
from luwes.core.indicators.survey import BAND_NAMES, Band, SurveyResult, recommended_sample, sum_answers, survey_result

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide" / "angka.md"
# The guide breaks its lines where it likes.
TEXT = " ".join(GUIDE.read_text("utf-8").split())


def number(value: Fraction | None, places: int) -> str:
    assert value is not None
    return formats.number(rounded(value, places), places, "id")


def pct(share: Fraction | None, places: int = 0) -> str:
    assert share is not None
    return number(100 * share, places)


def meets(kept: int, of: int) -> bool:
    return judge_promise(Kept(Promise.WITHIN_TIME, kept, of, 0)).verdict is Verdict.MEETS


def says(phrase: str) -> None:
    assert phrase in TEXT


def test_the_standard() -> None:
    says(f"bawaan {pct(DEFAULT_REQUIRED)} %")
    ends = share_interval(87, 100)
    assert ends is not None
    says(f"87 dari 100 berarti {pct(ends.low, 1)}–{pct(ends.high, 1)} %")
    says(f"mulai {next(n for n in range(1, 200) if meets(n, n))} permohonan")
    says(f"dari 100 permohonan diperlukan {next(kept for kept in range(101) if meets(kept, 100))} yang tepat waktu")
    partly = judge_promise(Kept(Promise.HOURS_KEPT, 15 * 420, 15 * 420, 5 * 420))
    assert partly.interval is not None
    assert partly.verdict is Verdict.NOT_ENOUGH_DATA
    low, high = pct(partly.interval.low), pct(partly.interval.high)
    says(f"15 dari 20 hari tercatat dan semuanya buka penuh berarti {low}–{high} %")


def test_the_queue() -> None:
    both = MinuteCounts({5: 10}) + MinuteCounts({40: 90})
    says(f"mediannya {both.quantile(MEDIAN)} menit")


def test_the_survey() -> None:
    found = survey_result(sum_answers([[3] * 9] * 23 + [[4] * 9] * 27))
    assert isinstance(found, SurveyResult)
    indices = [formats.number(index, 2, "id") for index in (found.index, found.printed_index)]
    says(f"rata-rata {number(found.elements[0].mean, 2)}, IKM adalah {indices[0]} ({found.band})")
    says(f"bobot tercetak {indices[1]} ({found.printed_band})")
    says(f"{recommended_sample(1000)} dari 1.000 pengguna")


@pytest.mark.parametrize(
    ("band", "start"), [(Band.A, "88.31"), (Band.B, "76.61"), (Band.C, "65.00"), (Band.D, "25.00")]
)
def test_the_bands(band: Band, start: str) -> None:
    says(f"| {band} | {formats.number(Decimal(start), 2, 'id')} | {BAND_NAMES[band]} |")


def test_work_and_places() -> None:
    one = Realised(frozenset(), 20, 6, 4, 0, 0)
    says(f"{pct(one.share, 1)} %, paling sedikit {pct(one.at_least)} %, paling banyak {pct(one.at_most)} %")
    says(f"{number(OutputSums(count=90, duty_halves=60).per_staff_day, 0)} per hari")


def test_energy() -> None:
    base = Fraction(3, 10)
    ceilings = [pct(plausible_ceiling(closed, 5, share)) for closed in (1, 2) for share in (Fraction(0), base)]
    says(f"menghemat {ceilings[0]} %, dengan beban dasar {pct(base)} % paling banyak {ceilings[1]} %")
    says(f"menutup 2 dari 5 hari {ceilings[2]} % dan {ceilings[3]} %")
    setda, disdukcapil = change(Fraction(190), Fraction(160)), change(Fraction(10), Fraction(8))
    assert setda is not None
    assert disdukcapil is not None
    says(f"turun {pct(-setda, 1)} %, tetapi Disdukcapil")
    says(f"turun {pct(-disdukcapil, 1)} %. Selisihnya +{pct(against_others(setda, disdukcapil).difference, 1)} poin")


def test_complaints() -> None:
    says(f"1.867 dari 1.978, yaitu {pct(ComplaintSums(not_disposed=111, done=1867).followed_up_share, 1)} %")
