"""The invented programmes hold together: names that exist, steps within the run, figures that can be."""

from luwes.examples.invented.names import UNIT_NAMES
from luwes.examples.invented.programmes import AS_OF, BLACKOUTS, PROGRAMMES


def test_owners_and_teams_are_units_of_the_province() -> None:
    assert len({one.name for one in PROGRAMMES}) == len(PROGRAMMES) >= 3
    for one in PROGRAMMES:
        assert one.team
        assert one.owner not in one.team
        assert {one.owner, *one.team} <= set(UNIT_NAMES)


def test_steps_lie_within_the_run_and_none_is_reached_after_the_figures() -> None:
    for one in PROGRAMMES:
        assert one.first <= one.as_of == AS_OF <= one.last
        dues = [step.due for step in one.steps]
        assert dues == sorted(dues)
        assert one.first <= dues[0]
        assert dues[-1] <= one.last


def test_some_are_late_and_some_ahead() -> None:
    gaps = [one.physical_progress - one.physical_target for one in PROGRAMMES]
    assert min(gaps) < 0 < max(gaps)
    assert all(0 < one.money_progress <= one.money_target for one in PROGRAMMES)
    assert any(step.reached is None and step.due <= AS_OF for one in PROGRAMMES for step in one.steps)


def test_a_closed_time_has_its_days_and_basis() -> None:
    for closed in BLACKOUTS:
        assert closed.first <= closed.last
        assert closed.basis
        assert closed.unit in ("", *UNIT_NAMES)
