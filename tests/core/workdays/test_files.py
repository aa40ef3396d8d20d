"""Calendar files: every shipped one reads, and what does not fit is refused by name."""

from datetime import date

import pytest

from luwes.core.workdays.files import BadRulebook, read_decree, read_ramadan
from luwes.core.workdays.status import Status
from tests.core.workdays.rulebooks import LATEST, RULEBOOKS, ramadan

GOOD = """
year = 2026
version = 1
decree = "SKB"
number = "1"
source = "uji"
status = "reported"
national = [{ date = 2026-01-01, name = "Tahun Baru" }]
joint = [{ date = 2026-01-02, name = "Cuti bersama", status = "assumed" }]
"""


def test_every_shipped_decree_reads_and_carries_its_name() -> None:
    files = sorted((RULEBOOKS / "calendars").glob("id-skb-*.toml"))
    assert len(files) == 4
    for file in files:
        found = read_decree(file.read_text("utf-8"))
        assert file.stem == f"id-skb-{found.year}-{found.version}"
        assert found.source
        assert found.number or "belum diketahui" in found.note


def test_a_decree_keeps_what_the_file_says() -> None:
    found = read_decree(GOOD)
    assert (found.year, found.version, found.issued, found.note) == (2026, 1, None, "")
    assert [(one.day, one.status) for one in found.holidays] == [
        (date(2026, 1, 1), Status.REPORTED),
        (date(2026, 1, 2), Status.ASSUMED),
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("year = 2026\n", "", "missing: 'year'"),
        ("year = 2026\n", 'year = "dua"\n', "not understood"),
        ('"reported"', '"sure"', "sure"),
        ("2026-01-02", "2026-01-01", "date twice"),
        ("2026-01-02", "2027-01-02", "date twice or of another year"),
        ("2026-01-02", "2026-01-02T00:00:00", "not understood"),
        ("2026-01-02", '"2 Januari"', "not understood"),
        ("year = 2026", "year 2026", "Expected"),
    ],
)
def test_a_decree_that_does_not_fit_is_refused(old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(BadRulebook, match=reason):
        read_decree(GOOD.replace(old, new))


def test_each_ramadan_ends_the_day_before_idulfitri() -> None:
    windows = ramadan()
    assert [window.hijri for window in windows] == [1446, 1447, 1448]
    for window in windows:
        assert window.period.end is not None
        holiday = LATEST.holiday(window.period.end)
        assert holiday is not None
        assert holiday.name == f"Hari Raya Idulfitri {window.hijri} Hijriah"
        assert (window.period.end - window.period.start).days in (29, 30)
        assert window.basis
    assert [window.status for window in windows] == [Status.REPORTED, Status.REPORTED, Status.ASSUMED]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ('hijri = 1447\nfirst = 2026-02-19\nstatus = "assumed"\nbasis = "x"', "missing: 'last'"),
        ('hijri = 1447\nfirst = 2026-02-19\nlast = 2026-01-19\nstatus = "assumed"\nbasis = "x"', "empty period"),
        ('hijri = 1447\nfirst = 2026-02-19\nlast = "x"\nstatus = "assumed"\nbasis = "x"', "not understood"),
    ],
)
def test_a_ramadan_that_does_not_fit_is_refused(entry: str, reason: str) -> None:
    with pytest.raises(BadRulebook, match=reason):
        read_ramadan(f"[[ramadan]]\n{entry}\n")
