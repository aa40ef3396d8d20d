"""The poster: read back from the printed page as a phone's camera would, and as somebody who types."""

import io
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from luwes.apps.audit.unit_of_work import unit_of_work
from luwes.apps.people.access import OutsideScope
from luwes.apps.results.intake import posters
from luwes.apps.results.intake.poster_pdf import PAPERS, Poster, poster_pdf
from luwes.apps.results.intake.posters import NoSuchPoint, NoSuchPoster
from tests.apps.results.intake.world import World, poster
from tests.world import SETUP, acting, add_person

MADE = Poster(
    address="https://luwes.contoh.go.id/s/abcd2345/",
    code="abcd2345",
    service="Pengujian <sampel> #air",
    agency="Dinas Kesehatan",
    point="Loket 1",
)
LONG = replace(
    MADE,
    address="https://layanan.provinsi-contoh.go.id/s/abcd2345/",
    service="Rekomendasi dan surat keterangan pemberdayaan perempuan, perlindungan anak, pengendalian penduduk, dan "
    "keluarga berencana bagi penyandang disabilitas",
    agency="Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan Keluarga Berencana",
)
SIZES = {"a4": (595, 842), "a5": (420, 595)}


@pytest.mark.parametrize("told", [MADE, LONG], ids=["short", "long"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_code_on_the_printed_page_leads_to_the_poster(paper: str, told: Poster, now: datetime) -> None:
    made = poster_pdf(told, paper=paper, language="id", now=now)
    # 75 dots an inch is what a cheap phone makes of it from a few steps away.
    page = pypdfium2.PdfDocument(made)[0]
    picture = page.render(scale=75 / 72, grayscale=True).to_numpy()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [told.address]
    (text,) = [one.extract_text() for one in PdfReader(io.BytesIO(made)).pages]
    assert told.address.removeprefix("https://").rstrip("/") in text, "on one line"


@pytest.mark.parametrize("paper", PAPERS)
def test_a_poster_is_one_tagged_page_with_the_address_in_words(paper: str, now: datetime) -> None:
    made = PdfReader(io.BytesIO(poster_pdf(MADE, paper=paper, language="id", now=now)))
    assert len(made.pages) == 1
    box = made.pages[0].mediabox
    assert (round(box.width), round(box.height)) == SIZES[paper]
    text = made.pages[0].extract_text()
    assert "luwes.contoh.go.id/s/abcd2345" in text
    assert "Pengujian <sampel> #air" in text
    assert made.root_object["/MarkInfo"]["/Marked"].value is True


def test_codes_are_short_readable_and_of_their_own(world: World, now: datetime) -> None:
    codes = {poster(now, world.point_key) for _ in range(20)}
    assert len(codes) == 20
    assert all(len(code) == 8 and not set(code) & set("0o1il") for code in codes)


def test_only_a_standing_point_in_scope_gets_a_poster(world: World, now: datetime) -> None:
    with pytest.raises(NoSuchPoint), unit_of_work(SETUP, now):
        posters.make_poster(point_key="tidakada", place="")
    stranger = acting(add_person(now, "kepala@contoh.go.id"), None, world.units.works)
    with pytest.raises(OutsideScope), unit_of_work(stranger, now):
        posters.make_poster(point_key=world.point_key, place="")


def test_a_poster_comes_down_once(world: World, now: datetime) -> None:
    with unit_of_work(SETUP, now):
        posters.retire_poster(code=world.code)
    for code in (world.code, "tidakada"):
        with pytest.raises(NoSuchPoster), unit_of_work(SETUP, now):
            posters.retire_poster(code=code)
