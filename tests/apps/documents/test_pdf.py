"""PDFs opened again: their words, their tags, their fonts, and strings that would like to be markup."""

from io import BytesIO
from typing import Any

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from luwes.apps.documents import wording
from luwes.apps.documents.pdf import MAX_ROWS, TooManyRows, render_pdf, report_pdf
from luwes.apps.documents.report import Kop, Paper, Report
from tests.apps.documents.samples import KOP, STAMP, report

HOSTILE = [
    '#panic("x")',
    '#eval("1/0")',
    "*tebal* _miring_ $x^2$",
    "<label> @rujukan",
    '"; #read("/etc/passwd")',
    "\\u{41} \\",
    "</svg><script>",
    "]]>&amp;",
    "// komentar",
    "= Judul",
]


def opened(made: Report, kop: Kop = KOP, paper: Paper = Paper.A4) -> PdfReader:
    return PdfReader(BytesIO(report_pdf(made, kop=kop, stamp=STAMP, language="id", paper=paper)))


def words(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ").split())


def fonts(pdf: PdfReader) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[str(inner["/BaseFont"])] = inner["/FontDescriptor"].get_object()
    return found


def test_everything_of_the_report_can_be_read() -> None:
    text = words(opened(report()))
    for part in (
        "PEMERINTAH PROVINSI CONTOH",
        "DINAS CONTOH",
        "Jalan Contoh Nomor 1",
        "Realisasi anggaran",
        "per Jumat, 31 Oktober 2025",
        "Belum sesuai target",
        "Realisasi belum sesuai target.",
        "1 dari 3 perangkat daerah belum melapor.",
        "Terjauh di bawah target",
        "2.290.000.000.000",
        "45,85",
        "−4,15",
        "31 Okt 2025",
        "Jumlah",
        "4.580.000.000.000",
        "– berarti tidak ada data.",
        "Lelang terlambat.",
        "Kepala Dinas Satu, 1 Nov 2025",
        "Keterangan",
        "realisasi dibagi pagu",
    ):
        assert part in text, part


def test_the_foot_says_when_under_which_head_and_which_page() -> None:
    text = words(opened(report()))
    assert "Diterbitkan di Kota Contoh, Senin, 3 November 2025, 10.15 WIB" in text
    assert "Kepala jejak audit 0123456789abcdef " in text + " "
    assert "Kode dokumen a1b2c3d4e5f6g7h8" in text
    assert "Halaman 1 dari 1" in text


def test_it_is_tagged_and_carries_title_language_and_author() -> None:
    pdf = opened(report())
    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value is True
    assert str(root["/Lang"]).startswith("id")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Realisasi anggaran, Pemerintah Provinsi Contoh, per Jumat, 31 Oktober 2025"
    assert pdf.metadata.author == "PEMERINTAH PROVINSI CONTOH"
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.timestamp() == STAMP.issued_at.timestamp()
    assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]


def test_tables_headings_and_pictures_are_tagged() -> None:
    kinds: set[str] = set()
    alternatives: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kinds.add(str(node.get("/S")))
            if "/Alt" in node:
                alternatives.append(str(node["/Alt"]))
            walk(node.get("/K", []))

    root: Any = opened(report()).trailer["/Root"]
    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    assert alternatives == ["Dua batang di bawah target."]


def test_every_font_is_embedded_and_comes_with_the_product() -> None:
    found = fonts(opened(report()))
    assert all("/FontFile2" in one or "/FontFile3" in one for one in found.values())
    names = {name.split("+")[-1] for name in found}
    assert any(name.startswith("LibertinusSerif") for name in names)
    assert all(name.startswith(("LibertinusSerif", "SourceSansPro")) for name in names), names


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.F4, (609, 935))])
def test_paper(paper: Paper, size: tuple[int, int]) -> None:
    box = opened(report(), paper=paper).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == size


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_strings_are_printed_as_they_are(name: str) -> None:
    made = report([name], subject=name, notices=[name], facts=[(name, name)], definitions=[(name, name)])
    text = words(opened(made, kop=Kop((name,), name)))
    assert text.count(" ".join(name.split())) >= 6


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=5))
def test_any_text_makes_a_document(names: list[str]) -> None:
    assert len(opened(report(names)).pages) >= 1


def test_a_script_without_letters_here_still_prints_the_rest() -> None:
    text = words(opened(report(["Dinas 漢字 \U0001f600", "Dinas \x07Dua"])))
    assert "Dinas Dua" in text
    assert "Lelang terlambat." in text


def test_a_fault_of_the_template_is_not_hidden() -> None:
    with pytest.raises(typst.TypstError):
        render_pdf("report", {"palette": {}}, created=0)


def test_long_names_wrap_inside_the_page() -> None:
    name = "Dinas Pekerjaan Umum, Perumahan Rakyat, Kawasan Permukiman, dan Pertanahan " * 3
    assert " ".join(name.split())[-30:] in words(opened(report([name])))


def test_forty_units_repeat_their_headings_on_the_next_page() -> None:
    pdf = opened(report([f"Dinas {number}" for number in range(60)]))
    assert len(pdf.pages) >= 2
    second = pdf.pages[1].extract_text()
    assert "Perangkat daerah" in second
    assert "Realisasi anggaran · Pemerintah Provinsi Contoh" in second.replace("\u00a0", " ")
    assert f"Halaman 2 dari {len(pdf.pages)}" in second.replace("\u00a0", " ")


def test_a_thousand_rows_print_and_one_more_is_refused() -> None:
    names = [f"Unit {number}" for number in range(MAX_ROWS)]
    assert "Unit 999" in words(opened(report(names)))
    with pytest.raises(TooManyRows) as caught:
        opened(report([*names, "Satu lagi"]))
    assert caught.value.code == "too_many_rows"
    assert "1.000 baris" in wording.refusal(caught.value.code)


def test_an_empty_report_still_prints() -> None:
    made = report([], pictures=[], tables=[], remarks=[], definitions=[], notices=[], facts=[])
    text = words(opened(made, kop=Kop(("PEMERINTAH KOTA CONTOH",))))
    assert "PEMERINTAH KOTA CONTOH" in text
    assert "Keterangan" not in text


def test_the_same_data_gives_the_same_bytes() -> None:
    first, second = (report_pdf(report(), kop=KOP, stamp=STAMP, language="id") for _ in range(2))
    assert first == second
