import json
from dataclasses import FrozenInstanceError, replace

import pytest

from luwes.apps.sources.reading.contract import Job
from luwes.apps.sources.reading.layout import Column, Layout
from tests.apps.sources.reading.files import BUDGET, PEOPLE


@pytest.mark.parametrize("layout", [BUDGET, PEOPLE])
def test_a_layout_survives_json(layout: Layout) -> None:
    assert Layout.from_json(json.loads(json.dumps(layout.to_json()))) == layout


def test_a_job_survives_json() -> None:
    job = Job(
        PEOPLE,
        prefix="7\tx",
        mapping={"No. Induk": "nip"},
        known_headers=("No. Induk", "Alamat"),
        constants={"jenis": "PNS"},
        values={"jenis": {"Pegawai Negeri": "PNS"}},
        sheet="Data",
        percent_as_fraction=True,
        money_unit=1000,
    )
    assert Job.from_json(json.loads(json.dumps(job.to_json()))) == job
    assert Job.from_json(json.loads(json.dumps(Job(BUDGET).to_json()))) == Job(BUDGET)


def test_layouts_are_values() -> None:
    with pytest.raises(FrozenInstanceError):
        BUDGET.kind = "other"  # type: ignore[misc] # this is what must fail
    assert hash(BUDGET) == hash(replace(BUDGET))


def test_a_column_is_found_by_name() -> None:
    assert BUDGET.column("pagu").label == "Pagu"
    with pytest.raises(KeyError, match="pagi"):
        BUDGET.column("pagi")


def test_titles_hold_name_label_and_aliases_once() -> None:
    assert Column("kode_pd", "Kode PD", "code", True, ("Kode", "KODE")).titles() == ("kodepd", "kode")


@pytest.mark.parametrize(
    ("columns", "key", "message"),
    [
        ((Column("a", "A", "text", True), Column("a", "B", "text", True)), ("a",), "share a name"),
        ((Column("a", "A", "text", True),), ("b",), "unfit: \\['b'\\]"),
        ((Column("a", "A", "text", False),), ("a",), "unfit: \\['a'\\]"),
        ((Column("a", "A", "text", True),), (), "key needs"),
        ((Column("a", "A", "text", True), Column("b", "B", "text", True, ("a.",))), ("a",), "'a' names two"),
    ],
)
def test_a_layout_that_could_not_work_is_refused(
    columns: tuple[Column, ...], key: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Layout("bad", columns, key)


@pytest.mark.parametrize(("kind", "choices"), [("choice", ()), ("text", ("a",)), ("money", ())])
def test_a_column_that_could_not_work_is_refused(kind: str, choices: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"choices belong|unknown kind"):
        Column("a", "A", kind, True, choices=choices)  # type: ignore[arg-type] # this is what must fail


@pytest.mark.parametrize("more", [{"mapping": {"X": "y"}}, {"constants": {"y": "1"}}, {"values": {"y": {"a": "b"}}}])
def test_a_job_speaks_only_of_its_layouts_columns(more: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValueError, match="has not: \\['y'\\]"):
        Job(PEOPLE, **more)  # type: ignore[arg-type] # each is right for its field
