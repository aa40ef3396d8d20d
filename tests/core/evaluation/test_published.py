"""Published tables of other people's data, to the digits they print."""

import numpy as np
import pytest

from luwes.core.evaluation.bacon import Pair, comparisons
from luwes.core.evaluation.clustered import Clustered, two_way
from luwes.core.evaluation.panel import Floats, PanelError
from luwes.core.evaluation.staggered import NEVER
from tests.core.evaluation.published import frame, mpdta, rows


def _dummies(values: Floats) -> Floats:
    return (values[:, None] == np.unique(values)[None, :]).astype(float)


def _without(values: Floats, weight: Floats, group: Floats) -> Floats:
    """Values minus their weighted group means: a fixed effect taken out."""
    member = _dummies(group)
    means = ((values * weight[:, None]).T @ member) / (weight @ member)
    return values - (means @ member.T).T


@pytest.mark.parametrize(("region", "published"), [(False, (0.08006, 0.03422)), (True, (0.09459, 0.02787))])
def test_castle_doctrine_laws_and_homicide(region: bool, published: tuple[float, float]) -> None:
    """Cheng and Hoekstra (2013), log homicide, weighted, errors clustered by state."""
    castle = frame("castle_bacon.rda", "castle")
    state, year, weight = (np.asarray(castle[name], dtype=float) for name in ("sid", "year", "popwt"))
    outcome, law = (np.asarray(castle[name], dtype=float) for name in ("l_homicide", "cdl"))
    cell = year
    if region:
        place = sum(n * np.asarray(castle[name], dtype=float) for n, name in enumerate(("midwest", "south", "west"), 1))
        cell = year * 10 + place
    columns = np.column_stack([law, _dummies(cell)[:, 1:], outcome])
    plain = _without(columns, weight, state) * np.sqrt(weight)[:, None]
    used = np.abs(plain[:, :-1]).max(0) > 1e-9
    design = plain[:, :-1][:, used]
    # The last period of each region is told by the others once the states are out.
    rank = [0, *(n for n in range(1, design.shape[1]) if _adds(design, n))]
    clusters = np.unique(state, return_inverse=True)[1].astype(np.int64)
    fit = Clustered.of(design[:, rank], plain[:, -1], clusters)
    found = float(fit.coefficients[0]), float(np.sqrt(fit.cr1()[0, 0]))
    assert found == pytest.approx(published, abs=6e-5)


def _adds(design: Floats, column: int) -> bool:
    before = design[:, :column]
    left = design[:, column] - before @ np.linalg.lstsq(before, design[:, column], rcond=None)[0]
    return bool((left**2).sum() > 1e-8 * max((design[:, column] ** 2).sum(), 1e-12))


def test_what_two_way_effects_of_a_school_reform_are_made_of() -> None:
    """The worked example of the Bacon decomposition: weights and estimates of the three kinds of comparison."""
    reform = frame("math_reform.rda", "math_reform")
    state, year = (np.unique(np.asarray(reform[name]), return_inverse=True) for name in ("state", "class"))
    outcome, start = np.empty((state[0].size, year[0].size)), np.full(state[0].size, NEVER)
    outcome[state[1], year[1]] = np.asarray(reform["incearn_ln"], dtype=float)
    begins = np.asarray(reform["reformyr_math"], dtype=float)
    for place in range(begins.size):
        if np.isfinite(begins[place]) and begins[place] <= year[0].max():
            start[state[1][place]] = int(begins[place] - year[0].min())
    found = comparisons(outcome, start)
    published = {
        Pair.LATER: (0.06353, 0.02868),
        Pair.EARLIER: (0.05265, 0.03375),
        Pair.NEVER: (0.88382, -0.00129),
    }
    for pair, wanted in published.items():
        own = [one for one in found if one.pair is pair]
        weight = sum(one.weight for one in own)
        effect = sum(one.weight * one.effect for one in own) / weight
        assert (weight, effect) == pytest.approx(wanted, abs=6e-6)
    exposed = (start != NEVER)[:, None] & (np.arange(outcome.shape[1]) >= start[:, None])
    whole = sum(one.weight * one.effect for one in found)
    assert whole == pytest.approx(0.00245997, abs=1e-8)
    assert whole == pytest.approx(two_way(outcome, exposed.astype(float)), abs=1e-10)


def test_staggered_regression_with_a_covariate() -> None:
    """Wooldridge's extended two-way regression on the minimum wage, with population, against the not yet treated."""
    outcome, start = mpdta()
    found = rows("mpdta.csv")
    counties = sorted({row["countyreal"] for row in found})
    size = {row["countyreal"]: float(row["lpop"]) for row in found}
    lpop = np.repeat([size[one] for one in counties], 5)
    year, cohort = np.tile(np.arange(5), 500), np.repeat(start, 5)
    mean = {one: lpop[cohort == one].mean() for one in np.unique(cohort)}
    about = lpop - np.array([mean[one] for one in cohort])
    cells = [(g, t) for g in np.unique(start) if g != NEVER for t in range(g, 5)]
    inside = np.column_stack([(cohort == g) & (year == t) for g, t in cells]).astype(float)
    by_cohort, by_year = _dummies(cohort), _dummies(year)[:, 1:]
    design = np.column_stack(
        [inside, inside * about[:, None], by_cohort, by_cohort * lpop[:, None], by_year, by_year * lpop[:, None]]
    )
    fit = Clustered.of(design, outcome.ravel(), np.repeat(np.arange(500), 5))
    published = {
        None: (-0.0506270331, 0.0124972547),
        0: (-0.0332122038, 0.0133659636),
        1: (-0.0573456479, 0.0171496),
        2: (-0.1378703867, 0.0307883597),
        3: (-0.1095394554, 0.0323152785),
    }
    for time, wanted in published.items():
        weight = np.array([(start == g).sum() if time in (None, t - g) else 0 for g, t in cells], dtype=float)
        full = np.zeros(design.shape[1])
        full[: len(cells)] = weight / weight.sum()
        assert float(full @ fit.coefficients) == pytest.approx(wanted[0], abs=1e-9)
        assert float(np.sqrt(full @ fit.cr1() @ full)) == pytest.approx(wanted[1], abs=1e-6)


def test_pairs_add_up_to_the_two_way_estimate() -> None:
    rng = np.random.default_rng(1)
    start = np.repeat([NEVER, 3, 6], [10, 8, 6])
    exposed = ((start != NEVER)[:, None] & (np.arange(10) >= start[:, None])).astype(float)
    outcome = rng.normal(size=(24, 1)) + rng.normal(size=10) + rng.normal(0, 0.2, (24, 10)) - 0.3 * exposed
    found = comparisons(outcome, start)
    assert {one.pair for one in found} == set(Pair)
    assert sum(one.weight for one in found) == pytest.approx(1)
    assert sum(one.weight * one.effect for one in found) == pytest.approx(two_way(outcome, exposed))
    # A cohort treated from the first period on has no time before, and is only compared with.
    early = np.where(start == 3, 0, start)
    assert {one.start for one in comparisons(outcome, early)} == {6}


def test_what_cannot_be_taken_apart_is_refused() -> None:
    outcome = np.zeros((4, 5))
    for wrong, code in ((np.zeros(3, dtype=np.int64), "shape"), (np.full(4, NEVER), "no_comparison")):
        with pytest.raises(PanelError, match=code):
            comparisons(outcome, wrong)
    with pytest.raises(PanelError, match="not_finite"):
        comparisons(outcome * np.nan, np.full(4, 2))
