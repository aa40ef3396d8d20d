"""Days that are open alike stand together."""

from hypothesis import given
from hypothesis import strategies as st

from luwes.core.services.hours import Window, grouped, read_hours


def test_days_alike_stand_together_even_with_another_between() -> None:
    windows = read_hours("Senin 08.00-12.00, 13.00-15.00; Selasa 08.00-11.00; Rabu 08.00-12.00, 13.00-15.00")
    assert grouped(windows) == (((1, 3), ((480, 720), (780, 900))), ((2,), ((480, 660),)))
    assert grouped([]) == ()


@given(
    st.sets(st.builds(Window, st.integers(1, 7), st.integers(0, 700), st.integers(701, 1440)), min_size=1, max_size=12)
)
def test_nothing_is_lost_or_added(windows: set[Window]) -> None:
    again = {Window(day, start, end) for days, spans in grouped(windows) for day in days for start, end in spans}
    assert again == windows
