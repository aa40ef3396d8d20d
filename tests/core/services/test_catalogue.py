"""The catalogue offers what a unit's name suggests, each service once."""

import pytest

from luwes.core.services.catalogue import CatalogueError, Place, Proposal, propose, read_catalogue

TEXT = """
[[service]]
code = "akta"
name = "Akta kelahiran"
units = ["Pencatatan Sipil"]
chain = [{ role = "depan" }, { role = "verifikasi", unit = "Bidang Pelayanan" }, { role = "ti", unit = "Komunikasi" }]
[[service]]
code = "uji"
name = "Pengujian sampel"
units = ["Laboratorium"]
chain = [{ role = "depan" }, { role = "depan" }]
"""
OFFICE = Place("a", "Dinas Kependudukan dan PENCATATAN Sipil", "")
DESK = Place("b", "Bidang Pelayanan", "a")
NET = Place("c", "Dinas Komunikasi", "")


def test_a_name_suggests_a_service_and_its_chain() -> None:
    chain = (("depan", "a"), ("verifikasi", "b"), ("ti", "c"))
    assert propose(read_catalogue(TEXT), [OFFICE, DESK], outside=[NET]) == [
        Proposal("akta", "Akta kelahiran", "a", chain)
    ]


def test_a_step_nobody_is_named_for_falls_to_the_owner() -> None:
    assert propose(read_catalogue(TEXT), [OFFICE])[0].chain == (("depan", "a"), ("verifikasi", "a"), ("ti", "a"))
    assert propose(read_catalogue(TEXT), [Place("l", "UPT Laboratorium", "")])[0].chain == (("depan", "l"),)


def test_other_names_suggest_nothing() -> None:
    assert propose(read_catalogue(TEXT), [NET]) == []


@pytest.mark.parametrize(
    "text",
    ["x", "a = 1", "service = 3", TEXT + TEXT, TEXT.replace('"ti"', '"raja"'), TEXT.replace('["Laboratorium"]', "[]")],
)
def test_a_catalogue_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(text)
