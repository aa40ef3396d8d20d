"""Each component in each of its states: the right elements, the right words, nothing unescaped."""

import pytest

from luwes.web.ui import icons, samples, statuses
from luwes.web.ui.sample_form import SampleForm, wrong_form
from tests.web.ui.rendering import Element, render

HOSTILE = '<script>alert("x")</script>'


def include(name: str, /, **context: object) -> Element:
    return render(f'{{% include "ui/{name}.html" %}}', **context)


@pytest.mark.parametrize("kind", ["", "secondary", "quiet", "danger"])
def test_a_button_is_a_button_or_a_link(kind: str) -> None:
    button = include("button", text="Simpan sumber", kind=kind).one("button")
    assert button.attrs["type"] == "submit"
    assert button.text == "Simpan sumber"
    link = include("button", text="Lihat sumber", kind=kind, href="/sumber/").one("a")
    assert link.attrs["href"] == "/sumber/"
    assert ("button-" + kind in link.attrs["class"]) == bool(kind)


def test_a_button_can_be_off_and_can_carry_a_value() -> None:
    button = include("button", text="Setujui", name="putusan", value="ya", disabled=True).one("button")
    assert button.matches({"name": "putusan", "value": "ya", "disabled": ""})


@pytest.mark.parametrize("code", statuses.STATUSES)
def test_a_status_is_colour_icon_and_word(code: str) -> None:
    tag = include("status", code=code).one("span", class_="tag")
    assert tag.text == str(statuses.STATUSES[code].word)
    tag.one("svg", class_="icon")


@pytest.mark.parametrize("tone", statuses.TONE_ICONS)
def test_a_tag_and_a_notice_have_an_icon_for_their_tone(tone: str) -> None:
    assert include("tag", text="Aman", tone=tone).one(class_=f"tone-{tone}").text == "Aman"
    notice = include("notice", tone=tone, title="Judul", text="Isi").one(class_="notice")
    notice.one("svg", class_="icon")
    assert notice.text.split() == ["Judul", "Isi"]
    assert "role" not in notice.attrs


@pytest.mark.parametrize(("tone", "role"), [("danger", "alert"), ("success", "status")])
def test_a_notice_that_comes_up_is_announced(tone: str, role: str) -> None:
    assert include("notice", tone=tone, text="Isi", alert=True).one(class_="notice").attrs["role"] == role


def test_block_tags_wrap_any_content() -> None:
    tree = render(
        '{% notice tone="warning" title="Judul" %}<b>isi</b>{% endnotice %}'
        '{% table_region label="Tabel" stacked=True %}<table></table>{% endtable_region %}'
        '{% disclosure summary="Cara" is_open=True %}<p>rinci</p>{% enddisclosure %}'
        '{% card title="Kartu" note="2 dari 3" level=3 %}<p>dalam</p>{% endcard %}'
        '{% chart svg="<svg></svg>" title="Gambar" source="Sumber" %}<table></table>{% endchart %}'
    )
    assert tree.one(class_="notice").one("b").text == "isi"
    region = tree.one("div", role="region")
    assert region.matches({"aria-label": "Tabel", "tabindex": "0", "class_": "stacked"})
    assert "open" in tree.all("details")[0].attrs
    assert tree.one("section", class_="card").one("h3").text == "Kartu"
    figure = tree.one("figure")
    assert figure.one("figcaption").text == "Gambar"
    assert figure.one("details").one("table")


def test_a_chart_without_numbers_offers_no_table() -> None:
    assert include("chart", svg="<svg></svg>", title="Gambar").all("details") == []


@pytest.mark.parametrize("sample", samples.verdicts(), ids=lambda sample: str(sample["tone"]))
def test_a_verdict_says_the_sentence_before_the_number(sample: dict[str, object]) -> None:
    card = include("verdict", **sample, href="/x/").one("article", class_="verdict")
    assert card.one("h2").text == sample["sentence"]
    assert card.one(class_="tag").text == sample["verdict"]
    assert len(card.all(class_="verdict-measure")) == (1 if sample["number"] else 0)
    order = card.text
    if sample["number"]:
        assert order.index(str(sample["sentence"])) < order.index(str(sample["number"]))
    foot = card.one("footer").text
    assert ("Data lama" in foot) == bool(sample.get("stale"))
    assert ("Data per" in foot) == bool(sample["as_of"])
    assert not foot.startswith("·")


def test_reasons_say_outcome_basis_and_remedy() -> None:
    items = include("reasons", reasons=samples.reasons()).all("li")
    assert [item.one(class_="outcome").text for item in items] == [
        "Terpenuhi",
        "Belum terpenuhi",
        "Belum diketahui",
        "Tidak berlaku",
    ]
    assert [len(item.all(class_="remedy")) for item in items] == [0, 1, 1, 0]
    for item in items:
        item.one("svg", class_="icon")


def test_a_reason_can_lead_to_its_clause() -> None:
    reason = {"outcome": "PASS", "text": "Teks", "basis": "Pasal 3", "basis_url": "/aturan/3/", "remedy": ""}
    assert include("reasons", reasons=[reason]).one("a").matches({"href": "/aturan/3/"})


@pytest.mark.parametrize("name", SampleForm.base_fields)
@pytest.mark.parametrize("form", [SampleForm(), wrong_form()], ids=["untouched", "wrong"])
def test_every_field_has_a_label_a_control_and_its_errors(form: SampleForm, name: str) -> None:
    field = form[name]
    tree = include("field", field=field)
    ids = {element.attrs["id"] for element in tree.all() if "id" in element.attrs}
    if name == "place":
        assert tree.one("fieldset").one("legend").text == "Tempat kerja"
        assert len(tree.all("input", type="radio")) == 2
        for label in tree.all("label"):
            assert label.attrs["for"] in ids
    else:
        assert tree.one("label").attrs["for"] == field.id_for_label
        assert field.id_for_label in ids
    assert len(tree.all(class_="field-error")) == len(field.errors)
    for element in tree.all():
        for target in element.attrs.get("aria-describedby", "").split():
            assert target in ids


def test_an_optional_field_says_so() -> None:
    assert "(boleh kosong)" in include("field", field=SampleForm()["note"]).text
    assert "(boleh kosong)" not in include("field", field=SampleForm()["name"]).text


def test_the_error_summary_leads_to_every_wrong_field() -> None:
    form = wrong_form()
    form.add_error(None, "Dua kolom bertentangan.")
    summary = include("error_summary", form=form).one(role="alert")
    assert summary.attrs["tabindex"] == "-1"
    page = render("{% for field in form %}{% include 'ui/field.html' %}{% endfor %}", form=form)
    ids = {element.attrs.get("id") for element in page.all()}
    links = summary.all("a")
    assert len(links) == sum(len(field.errors) for field in form)
    for link in links:
        assert link.attrs["href"].removeprefix("#") in ids, link.text
    assert "Dua kolom bertentangan." in summary.text


def test_a_form_without_errors_has_no_summary() -> None:
    assert include("error_summary", form=SampleForm()).all() == []


def test_breadcrumbs_end_where_we_are() -> None:
    nav = include("breadcrumbs", trail=samples.trail()).one("nav")
    assert nav.attrs["aria-label"]
    assert len(nav.all("a")) == 2
    assert nav.one(aria_current="page").text == "Dinas Contoh Pendidikan"


@pytest.mark.parametrize(("before", "after"), [("", ""), ("/?a", ""), ("", "/?b"), ("/?a", "/?b")])
def test_pagination_offers_only_what_there_is(before: str, after: str) -> None:
    nav = include("pagination", label="Halaman", previous_url=before, next_url=after, summary="1 dari 2")
    assert [link.attrs["href"] for link in nav.all("a")] == [url for url in (before, after) if url]
    assert "1 dari 2" in nav.text


def test_steps_say_where_we_are_without_colour() -> None:
    items = include("steps", steps=samples.steps(), label="Langkah").all("li")
    assert [item.attrs.get("aria-current", "") for item in items] == ["", "", "step", ""]
    assert ["(selesai)" in item.text for item in items] == [True, True, False, False]


def test_tabs_mark_the_current_one_and_count() -> None:
    nav = include("tabs", items=samples.tabs(), label="Daftar").one("nav")
    assert nav.one("a", aria_current="page").text.split() == ["Perlu", "keputusan", "12"]
    assert len(nav.all(class_="count")) == 2


def test_small_components() -> None:
    assert include("empty", title="Kosong", text="Belum ada.", icon="document").all("a") == []
    empty = include("empty", title="Kosong", href="/x/", action="Unggah berkas", level=3)
    assert empty.one("h3").text == "Kosong"
    assert empty.one("a").text == "Unggah berkas"
    assert len(include("definitions", items=samples.definitions()).all("dt")) == 3
    assert len(include("timeline", events=samples.events()).all("li")) == 3
    figure = include("key_figure", label="Pagu", value="Rp8,35 triliun", note="setelah perubahan").one("dl")
    assert [element.text for element in figure.all("dd")] == ["Rp8,35 triliun", "setelah perubahan"]
    progress = include("progress", id="p", label="Baris", text="65 %", value=65)
    assert progress.one("progress").matches({"max": "100", "value": "65", "id": "p"})
    assert progress.one("label").attrs["for"] == "p"
    assert include("role_chip", name="Siti Contoh", role="Pimpinan").text.split() == [
        "SC",
        "Siti",
        "Contoh",
        "Pimpinan",
    ]
    assert include("page_head", title="Judul", lead="Ringkas", eyebrow="Bagian").one("h1").text == "Judul"
    assert include("skip_link").one("a").attrs["href"] == "#isi"


def test_rows_are_links_only_where_there_is_somewhere_to_go() -> None:
    rows = include("rows", items=samples.rows()).all("li")
    assert [len(row.all("a")) for row in rows] == [1, 1, 0]
    assert [len(row.all(class_="tag")) for row in rows] == [1, 1, 0]


def test_search_copy_and_share_work_without_script() -> None:
    form = include("search", label="Cari unit", value="dinas").one("form", role="search")
    assert form.one("input").matches({"type": "search", "name": "cari", "value": "dinas"})
    copy = include("copy", id="c", label="Tautan", text="abc", action="Salin tautan")
    assert copy.one("pre").text == "abc"
    assert "hidden" in copy.one("button").attrs, "a button without its script would lie"
    share = include("share", title="Judul", text="Anggaran & target", action="Bagikan halaman").one("a")
    assert share.attrs["href"] == "https://wa.me/?text=Anggaran%20%26%20target"
    assert "hidden" in include("theme_switch").one("button").attrs


@pytest.mark.parametrize("count", [1, 4, 6])
def test_a_phone_shows_at_most_four_tabs(count: int) -> None:
    items = [{"url": f"/{n}/", "label": f"Halaman {n}", "icon": "home", "current": n == 0} for n in range(count)]
    nav = include("nav", items=items).one("nav")
    on_phone = [item for item in nav.all("li") if "over" not in item.attrs.get("class", "").split()]
    assert len(on_phone) == min(count, 4)
    assert len(nav.all(class_="more")) == (1 if count > 4 else 0)
    assert len(include("nav_all", items=items).all("a")) == count
    assert nav.one("a", aria_current="page").text == "Halaman 0"


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("button", {"text": HOSTILE}),
        ("tag", {"text": HOSTILE, "tone": "info"}),
        ("notice", {"title": HOSTILE, "text": HOSTILE, "content": HOSTILE}),
        ("verdict", {"tone": "info", "verdict": HOSTILE, "sentence": HOSTILE, "number": HOSTILE, "extra": HOSTILE}),
        ("rows", {"items": [{"title": HOSTILE, "note": HOSTILE, "figure": HOSTILE}]}),
        ("definitions", {"items": [{"term": HOSTILE, "value": HOSTILE}]}),
        ("timeline", {"events": [{"title": HOSTILE, "text": HOSTILE, "when": HOSTILE}]}),
        ("copy", {"id": "c", "text": HOSTILE, "label": HOSTILE, "action": HOSTILE}),
        ("share", {"text": HOSTILE, "title": HOSTILE, "action": HOSTILE}),
        ("role_chip", {"name": HOSTILE, "role": HOSTILE}),
        ("table", {"label": HOSTILE, "content": HOSTILE}),
    ],
)
def test_no_component_lets_markup_through(name: str, context: dict[str, object]) -> None:
    tree = include(name, **context)
    assert tree.all("script") == []
    assert "alert" in tree.text or any("alert" in value for element in tree.all() for value in element.attrs.values())


def test_every_icon_has_its_word_in_the_gallery() -> None:
    words = dict(samples.icon_words())
    assert set(words) == set(icons.ICONS)
    assert all(words.values())
