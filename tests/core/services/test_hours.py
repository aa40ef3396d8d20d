"""Opening hours are read whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.core.services.hours import DAYS, HoursUnread, Window, read_hours

NAMES = {number: name.title() for name, number in DAYS.items() if name != "jum'at"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        ("Jumat 08.00-11.00", (Window(5, 480, 660),)),
        ("Jum’at: 08:00 s.d. 11:00 WIB", (Window(5, 480, 660),)),
        ("Senin–Rabu 08.00–15.00", tuple(Window(day, 480, 900) for day in (1, 2, 3))),
        ("Senin s.d. Selasa 7.30 - 12.00", tuple(Window(day, 450, 720) for day in (1, 2))),
        ("Senin, Rabu 08.00-09.00", (Window(1, 480, 540), Window(3, 480, 540))),
        ("Sabtu 08.00-12.00; Minggu 09.00-10.00\n", (Window(6, 480, 720), Window(7, 540, 600))),
        ("Selasa 08.00-12.00 dan 13.00-15.00", (Window(2, 480, 720), Window(2, 780, 900))),
        ("Setiap hari 24 jam", tuple(Window(day, 0, 1440) for day in range(1, 8))),
        (
            "Senin-Selasa 08.00-15.00, Jumat 08.00-11.00",
            (Window(1, 480, 900), Window(2, 480, 900), Window(5, 480, 660)),
        ),
        ("24 jam", tuple(Window(day, 0, 1440) for day in range(1, 8))),
    ],
)
def test_hours_as_people_write_them(text: str, expected: tuple[Window, ...]) -> None:
    assert read_hours(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "jam kerja",
        "Senin",
        "08.00-15.00 Senin",
        "Kamis-Senin 08.00-09.00",
        "08.00-15.00",
        "Senin 15.00-08.00",
        "Senin 08.00-25.00",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(HoursUnread):
        read_hours(f"Selasa 08.00-10.00; {text}")


@pytest.mark.parametrize("window", [(0, 1, 2), (8, 1, 2), (1, 5, 5), (1, -1, 5), (1, 5, 1441)])
def test_an_impossible_window_cannot_be_made(window: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="-"):
        Window(*window)


windows = st.builds(
    lambda day, ends: Window(day, min(ends), max(ends)),
    st.integers(1, 7),
    st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True),
)


@given(st.sets(windows, max_size=6))
def test_what_is_written_out_is_read_back(some: set[Window]) -> None:
    text = "; ".join(
        f"{NAMES[w.weekday]} {w.start // 60:02d}.{w.start % 60:02d}-{w.end // 60:02d}.{w.end % 60:02d}" for w in some
    )
    assert set(read_hours(text)) == some
