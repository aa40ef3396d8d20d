"""Which unit a foreign code or name means: exactly, on the day, or as chosen; never by likeness."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.accounts.access import Forbidden
from luwes.apps.audit.actor import Actor, ActorKind, system
from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people import unit_book
from luwes.apps.people.actions import CodeTaken, change_unit
from luwes.apps.people.models import Unit, UnitKind
from luwes.apps.results import budget_checks, units
from luwes.apps.sources.kinds import Unmapped
from tests.apps.budget_files import make_units

ME = system("test")
TODAY = date(2026, 11, 25)
MERGED = date(2026, 7, 1)


@pytest.fixture
def tree(db: None, now: datetime) -> dict[str, Unit]:
    """Since July the code 1.02 and the name belong to a renamed health agency."""
    with unit_of_work(ME, now):
        found = make_units()
    with unit_of_work(ME, now):
        change_unit(
            unit_key=found["1.02"].key,
            since=MERGED,
            code="1.05",
            name="Dinas Kesehatan dan Keluarga Berencana",
            kind=UnitKind.AGENCY,
            parent=found["00"],
        )
    return found


def key_of(book: units.UnitBook, day: date, *, code: str = "", name: str = "") -> str | None:
    version = book.find(code=code, name=name, day=day)
    return version.unit.key if version else None


def test_a_code_means_what_it_meant_on_the_day(tree: dict[str, Unit]) -> None:
    book = units.UnitBook.read()
    june, october = date(2026, 6, 30), date(2026, 10, 31)
    assert key_of(book, june, code="1.02") == key_of(book, october, code="1.05") == tree["1.02"].key
    assert key_of(book, october, code="1.02") is None
    assert key_of(book, june, code="1.05") is None


@pytest.mark.parametrize("code", ["1.02", " 1.02", "1-02"])
def test_a_code_is_compared_without_punctuation(tree: dict[str, Unit], code: str) -> None:
    assert key_of(units.UnitBook.read(), date(2026, 6, 30), code=code) == tree["1.02"].key


def test_a_name_alone_must_be_exact_and_unique(tree: dict[str, Unit], now: datetime) -> None:
    book = units.UnitBook.read()
    assert key_of(book, TODAY, name="dinas  PENDIDIKAN") == tree["1.01"].key
    assert key_of(book, TODAY, name="Dinas Pendidikan Prov") is None
    with unit_of_work(ME, now):
        units.create(Unmapped("9.9", "Dinas Pendidikan", 1, 2), UnitKind.AGENCY.value, TODAY)
    assert key_of(units.UnitBook.read(), TODAY, name="Dinas Pendidikan") is None


def test_with_a_code_the_name_decides_nothing(tree: dict[str, Unit]) -> None:
    assert key_of(units.UnitBook.read(), TODAY, code="9.99", name="Dinas Pendidikan") is None


def test_a_choice_wins_over_a_match(tree: dict[str, Unit]) -> None:
    book = units.UnitBook.read()
    chosen = {"1.01": tree["00"].key}
    version = units.resolve(book, chosen, code="1.01", name="x", day=TODAY)
    assert version is not None
    assert version.unit.key == tree["00"].key


def test_a_choice_of_a_unit_that_is_gone_is_no_choice(tree: dict[str, Unit]) -> None:
    book = units.UnitBook.read()
    assert units.resolve(book, {"1.01": "deleted"}, code="1.01", name="x", day=TODAY) is None


def test_the_nearest_come_best_first_and_only_if_alike(tree: dict[str, Unit]) -> None:
    book = units.UnitBook.read()
    first, *_ = book.nearest(code="", name="Dinas Pendidikan Provinsi", day=TODAY)
    assert first.label == "Dinas Pendidikan (1.01)"
    assert book.nearest(code="", name="zzz", day=TODAY) == ()
    assert len(book.nearest(code="", name="Dinas", day=TODAY)) <= unit_book.NEAREST


def test_the_choices_begin_with_the_government(tree: dict[str, Unit]) -> None:
    labels = [option.label for option in units.options(TODAY)]
    assert labels[0] == "Pemerintah Provinsi Contoh (00)"
    assert "Dinas Kesehatan dan Keluarga Berencana (1.05)" in labels
    assert len(labels) == 3


def test_a_new_unit_hangs_below_the_government_with_its_code(tree: dict[str, Unit], now: datetime) -> None:
    with unit_of_work(ME, now):
        key = units.create(Unmapped("3.01", "Dinas Baru", 1, 2), UnitKind.AGENCY.value, TODAY)
    version = units.UnitBook.read().by_key(key, TODAY)
    assert version is not None
    assert (version.code, version.name, version.parent_id) == ("3.01", "Dinas Baru", tree["00"].pk)


def test_a_code_in_use_and_a_missing_right_are_refused(tree: dict[str, Unit], now: datetime) -> None:
    with pytest.raises(CodeTaken), unit_of_work(ME, now):
        units.create(Unmapped("1.01", "Lain", 1, 2), UnitKind.AGENCY.value, TODAY)
    with pytest.raises(Forbidden), unit_of_work(Actor(kind=ActorKind.PERSON, id="x", role="pimpinan"), now):
        units.create(Unmapped("7.01", "Lain", 1, 2), UnitKind.AGENCY.value, TODAY)


@pytest.mark.parametrize(
    ("theirs", "ours", "same"),
    [
        ("DINAS KESEHATAN", "Dinas Kesehatan", True),
        ("Dinas Kesehatan", "Dinas Kesehatan Provinsi", True),
        ("Dinas Kesehatn", "Dinas Kesehatan", True),
        ("RSUD Contoh Sehat", "Dinas Perhubungan", False),
    ],
)
def test_another_writing_is_told_from_another_name(theirs: str, ours: str, same: bool) -> None:
    assert budget_checks.same_name(theirs, ours) is same
    assert budget_checks.same_name(ours, theirs) is same


@given(name=st.text(max_size=60))
def test_every_name_is_the_same_as_itself(name: str) -> None:
    assert budget_checks.same_name(name, name)
