"""The import flow as a person walks it, on plain forms."""

import io
import json
import re
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from luwes.apps.accounts.roles import Role
from luwes.apps.people.models import Unit, UnitVersion
from luwes.apps.results.models import BudgetRow
from luwes.apps.sources.models import ImportBatch, Mapping, StagedRow
from luwes.web.frame import once
from tests.apps.budget_files import HEADERS, OCTOBER, TWO, csv_bytes, row, xlsx_bytes
from tests.web.sources.conftest import Send, signed_in


def text_of(response: object) -> str:
    body = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def batch_url() -> str:
    return f"/sumber/berkas/{ImportBatch.objects.latest('pk').public_id}/"


def act(client: Client, what: str, **fields: str) -> object:
    batch = ImportBatch.objects.latest("pk")
    form = {"once": once.new_token(), "version": str(batch.version), **fields}
    return client.post(f"/sumber/berkas/{batch.public_id}/{what}/", form)


def test_an_empty_list_says_what_to_do_first(admin: Client) -> None:
    shown = text_of(admin.get("/sumber/"))
    assert "Unggah rekap pertama" in shown
    assert "Unggah berkas" in shown


def test_upload_shows_the_dry_run_and_saving_gives_the_receipt(admin: Client, send: Send) -> None:
    answer = send(xlsx_bytes(TWO, title="REKAP"), "rekap oktober.xlsx")
    assert answer.status_code == 302
    assert answer["Location"] == batch_url()
    dry = text_of(admin.get(batch_url()))
    for part in ("Belum ada yang disimpan", "Simpan 2 baris", "Dinas Pendidikan", "rekap oktober.xlsx", "Rp1.000"):
        assert part in dry
    assert not BudgetRow.objects.exists()
    saved = act(admin, "simpan")
    assert saved.status_code == 302  # type: ignore[attr-defined]
    receipt = text_of(admin.get(batch_url()))
    batch = ImportBatch.objects.get()
    for part in ("Bukti terima", "Tersimpan", batch.file_sha256, "Nama admin_bkd", "Biro Contoh"):
        assert part in receipt
    assert "Simpan 2 baris" not in receipt
    assert BudgetRow.objects.count() == 2
    assert "Terkini" in text_of(admin.get("/sumber/"))


def test_a_double_submit_returns_the_first_result(admin: Client, send: Send) -> None:
    token = once.new_token()
    first, second = send(csv_bytes(TWO), once=token), send(csv_bytes(TWO), once=token)
    assert first["Location"] == second["Location"]
    assert ImportBatch.objects.count() == 1
    batch = ImportBatch.objects.get()
    form = {"once": once.new_token(), "version": str(batch.version)}
    for _ in range(2):
        assert admin.post(f"{batch_url()}simpan/", form).status_code == 302
    assert BudgetRow.objects.count() == 2


def test_a_stale_tab_is_told_what_happened(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    answer = act(admin, "simpan", version="7")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Orang lain mengubah berkas ini" in text_of(answer)
    assert act(admin, "simpan", version="x").status_code == 422  # type: ignore[attr-defined]
    assert not BudgetRow.objects.exists()


def test_discarding_says_so(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    act(admin, "buang")
    assert "Tidak ada yang disimpan" in text_of(admin.get(batch_url()))
    assert "sudah selesai ditangani" in text_of(act(admin, "simpan"))


def test_unknown_codes_are_chosen_on_the_page_and_remembered(admin: Client, send: Send, units: dict[str, Unit]) -> None:
    rows = [TWO[0], row("9.99", "Dinas Kesehatan Prov.", 5, 1), row("3.01", "Dinas Baru", 4, 1)]
    send(csv_bytes(rows))
    shown = text_of(admin.get(batch_url()))
    assert "2 kode belum dikenal" in shown
    assert "Simpan 1 baris" not in shown
    answer = act(admin, "arti", arti_0=units["1.02"].key, arti_1="new:perangkat_daerah")
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert "Simpan 3 baris" in text_of(admin.get(batch_url()))
    assert UnitVersion.objects.filter(code="3.01", name="Dinas Baru").exists()
    act(admin, "simpan")
    assert BudgetRow.objects.count() == 3
    source = ImportBatch.objects.latest("pk").source.public_id
    assert "Dinas Kesehatan (1.02)" in text_of(admin.get(f"/sumber/{source}/"))


def test_a_choice_that_is_not_offered_is_refused_calmly(admin: Client, send: Send) -> None:
    send(csv_bytes([row("9.99", "X", 5, 1)]))
    answer = act(admin, "arti", arti_0="sembarang")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Pilihan ini tidak tersedia lagi" in text_of(answer)


def test_saving_with_unknown_codes_left_is_refused(admin: Client, send: Send) -> None:
    send(csv_bytes([TWO[0], row("9.99", "X", 5, 1)]))
    answer = act(admin, "simpan")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "Masih ada kode yang belum dipilih artinya" in text_of(answer)
    assert not BudgetRow.objects.exists()


def test_columns_that_are_not_recognised_are_pointed_at_once(admin: Client, send: Send) -> None:
    headers = ("thn", "tgl laporan", "kd", "nm", "dana", "keluar")
    payload = csv_bytes([tuple(r)[:6] for r in TWO], headers)
    asked = send(payload)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Tunjukkan kolom" in page
    assert '<option value="dana">' in page
    carried = re.search(r'name="headers" value="([^"]*)"', page)
    assert carried is not None
    fields = {f"kolom_{ours}": theirs for ours, theirs in zip(HEADERS[:6], headers, strict=True)}
    fields["headers"] = carried[1].replace("&quot;", '"')
    twice = send(payload, url="/sumber/unggah/kolom/", **{**fields, "kolom_pagu": "nm"})
    assert twice.status_code == 422
    assert "sudah dipakai untuk" in text_of(twice)
    done = send(payload, url="/sumber/unggah/kolom/", **fields)
    assert done.status_code == 302
    assert Mapping.objects.get().columns["pagu"] == "dana"
    assert send(payload).status_code == 302


def test_a_missing_date_is_asked_for_on_the_same_form(admin: Client, send: Send) -> None:
    payload = csv_bytes([tuple(r)[2:6] for r in TWO], HEADERS[2:6])
    asked = send(payload)
    assert asked.status_code == 422
    assert "Berkas tidak memuat kolom ini" in text_of(asked)
    assert send(payload, tahun="2026", per_tanggal=OCTOBER).status_code == 302
    assert ImportBatch.objects.get().counts["new"] == 2


def test_a_file_counting_in_thousands_asks_for_its_unit_and_is_read_in_full(send: Send) -> None:
    payload = xlsx_bytes(TWO, title="Rekap realisasi (dalam ribu rupiah)")
    asked = send(payload)
    assert asked.status_code == 422
    assert "Pilih satuan uangnya" in text_of(asked)
    assert not ImportBatch.objects.exists()
    assert send(payload, rupiah="1000").status_code == 302
    data = StagedRow.objects.order_by("row_number").values_list("data", flat=True)
    assert [row[4] for row in data] == [entry[4] * 1000 for entry in TWO]


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"", "Berkas ini kosong"),
        (b"PK\x03\x04rusak", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xls"),
    ],
)
def test_an_unreadable_file_is_told_in_one_sentence(send: Send, payload: bytes, sentence: str) -> None:
    answer = send(payload)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not ImportBatch.objects.exists()


def test_an_incomplete_form_names_the_field(admin: Client) -> None:
    answer = admin.post("/sumber/unggah/", {"once": once.new_token(), "kind": "cuti", "source": ""})
    assert answer.status_code == 422
    assert "Pilih berkas" in text_of(answer)


def test_a_file_above_the_cap_is_refused(send: Send, settings: object) -> None:
    settings.UPLOAD_CAP_BYTES = 1_000  # type: ignore[attr-defined]
    answer = send(b"x" * 5_000)
    assert answer.status_code == 422
    assert "lebih besar dari 50 MB" in text_of(answer)


def test_the_reject_file_opens_as_text_and_reads_back_the_same(admin: Client, send: Send) -> None:
    evil = ["=HYPERLINK(1)", "+62811", "@UPT", "-1-2", "\t=1"]
    send(csv_bytes([TWO[0], *(row("1.02", "Dinas Kesehatan", each, 1) for each in evil)]))
    sheet = openpyxl.load_workbook(io.BytesIO(admin.get(f"{batch_url()}ditolak.xlsx").content)).active
    assert sheet is not None
    cells = [sheet.cell(row=n, column=3) for n in range(2, sheet.max_row + 1)]
    assert [cell.value for cell in cells] == ["=HYPERLINK(1)", "@UPT", "-1-2", "=1"]
    assert {cell.data_type for cell in cells} == {"s"}
    lines = admin.get(f"{batch_url()}ditolak.csv").content.decode("utf-8-sig").splitlines()
    assert "'=HYPERLINK(1)" in lines[1]
    assert admin.get(f"{batch_url()}ditolak.pdf").status_code == 404


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_the_template_can_be_uploaded_as_it_is(admin: Client, send: Send, file_format: str) -> None:
    template = admin.get(f"/sumber/contoh/budget.{file_format}")
    assert template["Content-Disposition"] == f'attachment; filename="contoh-budget.{file_format}"'
    assert send(template.content, f"contoh.{file_format}").status_code == 302
    counts = ImportBatch.objects.get().counts
    assert (counts["new"], counts["rejected"], counts["unmapped"]) == (2, 0, 0)
    assert admin.get("/sumber/contoh/cuti.csv").status_code == 404


def test_readers_see_and_cannot_act_others_see_nothing(send: Send) -> None:
    send(csv_bytes(TWO))
    url = batch_url()
    reader = signed_in(Role.INSPECTOR)
    shown = text_of(reader.get(url))
    assert "Dinas Pendidikan" in shown
    assert "Simpan 2 baris" not in shown
    form = {"once": once.new_token(), "version": "1"}
    assert reader.post(f"{url}simpan/", form).status_code == 403
    assert reader.get("/sumber/unggah/").status_code == 403
    assert signed_in(Role.EMPLOYEE).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    assert not BudgetRow.objects.exists()


@pytest.mark.parametrize("path", ["/sumber/tidakada/", "/sumber/berkas/tidakada/"])
def test_unknown_things_are_not_found(admin: Client, path: str) -> None:
    assert admin.get(path).status_code == 404


@pytest.mark.parametrize("what", ["simpan", "buang", "arti"])
def test_acting_on_an_unknown_file_is_not_found(admin: Client, what: str) -> None:
    form = {"once": once.new_token(), "version": "1"}
    assert admin.post(f"/sumber/berkas/tidakada/{what}/", form).status_code == 404


def test_a_lapsed_stage_says_so_before_the_nightly_task_ran(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    ImportBatch.objects.update(staged_at=timezone.now() - timedelta(hours=25))
    assert "lebih dari 24 jam" in text_of(admin.get(batch_url()))
    assert "Unggah berkasnya sekali lagi" in text_of(act(admin, "simpan"))


def test_old_data_is_marked(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    act(admin, "simpan")
    batch = ImportBatch.objects.get()
    # However lately the file came: what it says is old.
    batch.summary["newest"] = (timezone.localdate() - timedelta(days=46)).isoformat()
    batch.save()
    shown = text_of(admin.get("/sumber/"))
    assert "Data lama" in shown
    assert "masuk hari ini" in shown


def test_query_counts_do_not_grow(admin: Client, send: Send, django_assert_max_num_queries: object) -> None:
    for number in range(3):
        send(csv_bytes(TWO), source=f"Sumber {number}")
        act(admin, "simpan")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        admin.get("/sumber/")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        admin.get(batch_url())


def test_a_wrong_choice_is_asked_again(admin: Client, send: Send) -> None:
    payload = csv_bytes([TWO[0], row("9.99", "Lain", 5, 1)])
    send(payload)
    act(admin, "arti", arti_0="skip")
    source = ImportBatch.objects.latest("pk").source.public_id
    shown = text_of(admin.get(f"/sumber/{source}/"))
    assert "9.99 – Lewati baris ini" in shown
    answer = admin.post(f"/sumber/{source}/lupakan/", {"once": once.new_token(), "kode": "9.99"})
    assert answer["Location"] == f"/sumber/{source}/"
    assert "9.99" not in text_of(admin.get(f"/sumber/{source}/"))
    send(payload)
    assert "1 kode belum dikenal" in text_of(admin.get(batch_url()))
    assert admin.post("/sumber/tidakada/lupakan/", {"once": once.new_token()}).status_code == 404
    stale = admin.post(f"/sumber/{source}/lupakan/", {"once": "kemarin"}, follow=True)
    assert "Formulir ini sudah kedaluwarsa" in stale.content.decode()


def test_chosen_columns_are_asked_again(admin: Client, send: Send) -> None:
    headers = ("thn", "tgl laporan", "kd", "nm", "dana", "keluar")
    payload = csv_bytes([tuple(r)[:6] for r in TWO], headers)
    fields = {f"kolom_{ours}": theirs for ours, theirs in zip(HEADERS[:6], headers, strict=True)}
    send(payload, url="/sumber/unggah/kolom/", headers=json.dumps(headers), **fields)
    source = ImportBatch.objects.latest("pk").source.public_id
    assert "tgl laporan" in text_of(admin.get(f"/sumber/{source}/"))
    admin.post(f"/sumber/{source}/lupakan/", {"once": once.new_token(), "apa": "kolom"})
    assert send(payload).status_code == 422


def test_figures_no_longer_named_are_withdrawn_on_request(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    act(admin, "simpan")
    send(csv_bytes([TWO[0]]))
    assert "Tarik juga 1 catatan yang tidak disebut lagi" in text_of(admin.get(batch_url()))
    act(admin, "simpan", tarik="ya")
    assert BudgetRow.objects.filter(superseded_at=None).count() == 1
    assert "Ditarik" in text_of(admin.get(batch_url()))


def test_the_same_file_again_points_to_its_receipt(admin: Client, send: Send) -> None:
    send(csv_bytes(TWO))
    act(admin, "simpan")
    receipt = batch_url()
    send(csv_bytes(TWO))
    page = admin.get(batch_url()).content.decode()
    assert f'href="{receipt}"' in page
    assert "Catat sebagai diperiksa" in page


def test_percentages_that_look_like_fractions_are_pointed_out(admin: Client, send: Send) -> None:
    payload = csv_bytes([row("1.01", "Dinas Pendidikan", 1_000, 600, pct="0,6", target="0,85")])
    send(payload)
    assert "antara 0 dan 1" in text_of(admin.get(batch_url()))
    send(payload, fractions="on")
    shown = text_of(admin.get(batch_url()))
    assert "60,00 %" in shown
    assert "85,00 %" in shown
