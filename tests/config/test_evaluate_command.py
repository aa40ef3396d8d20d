"""`luwes evaluate` from a plan file to a package, on real tables; and the stages of articles 35-36."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pypdf
import pytest

from luwes.apps.accounts.roles import Role as Held
from luwes.apps.audit.models import AuditEntry
from luwes.apps.evaluation.models import AnalysisPlan, StageReview
from luwes.apps.evaluation.plans import Content
from luwes.apps.people.models import UnitVersion
from luwes.config.cli import main
from luwes.config.plan_file import read_plan
from tests.apps.evaluation import world as w
from tests.world import add_person, give_role

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
PLAN = """
nama = "Evaluasi triwulan I"
kebijakan = "SE 2/2026"
dasar = "SE 2/2026 angka 9"
mulai = 2027-02-01
minggu = 8
pengamatan = [4, 8]

[undian]
jenis = "hari"
setiap_minggu = 2
bagian = [0, 1]
benih = 7
ulangan = 399

[[ukuran]]
ukuran = "within_time"
batas_hari = 8
batas_bulan = 4
galat = 0.7
"""
REVIEW = """
unit = "1.03"
sejak = 2026-08-01
sampai = 2026-09-30
tahap = "%s"
kesimpulan = "Dilanjutkan dengan pembenahan antrean."

[panel.kinerja]
isi = "Dua layanan kembali tepat waktu."
[panel.disiplin]
isi = "Tidak ada pelanggaran baru."
[panel.sarana]
%s

[[sarana]]
apa = "Laptop pinjaman"
jumlah = "12 unit"
sejak = 2026-08-10
"""


@pytest.fixture
def world(now: datetime) -> w.World:
    one = w.plant()
    before = w.past()
    w.timely(one, before, np.zeros((w.AGENCIES, len(before))), 0.0)
    return one


def account(email: str, role: Held, scope: str = "") -> str:
    give_role(BEFORE, add_person(BEFORE, email, name=f"Nama {email[0].upper()}"), role, scope, since=date(2026, 7, 1))
    return email


def test_a_plan_from_a_file_is_drafted_by_one_and_frozen_by_another(
    world: w.World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rencana.toml"
    file.write_text(PLAN, "utf-8")
    first, other = account("a@contoh.go.id", Held.ORGANISATION), account("b@contoh.go.id", Held.ADMIN)
    assert main(["evaluate", "power", str(file)]) == 0
    assert "dari 100" in capsys.readouterr().out
    assert main(["evaluate", "plan", str(file), "--by", first]) == 0
    told = capsys.readouterr().out
    plan = AnalysisPlan.objects.get()
    assert f"--freeze {plan.public_id}" in told
    assert "Dinas 00: 2027-0" in told, "who drew which days is told, so that the schedule can follow"
    assert main(["evaluate", "plan", "--freeze", plan.public_id, "--by", first]) == 1
    assert "orang kedua" in capsys.readouterr().err
    assert main(["evaluate", "plan", "--freeze", plan.public_id, "--by", other]) == 0
    assert main(["evaluate", "plan"]) == 0
    assert "dikunci  Evaluasi triwulan I" in capsys.readouterr().out
    assert main(["evaluate", "run", plan.public_id]) == 1
    assert "Senin, 1 Maret 2027" in capsys.readouterr().err
    assert main(["evaluate", "report", plan.public_id, "--out", str(tmp_path)]) == 1
    assert "luwes evaluate run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("benih = 7", "benih = 7 7"), "bukan TOML"),
        (("minggu = 8", 'minggu = "x"'), "salah bentuk"),
        (("nama =", "namanya ="), "tidak dikenal: namanya"),
        (("mulai = 2027", 'unit = ["9.99"]\nmulai = 2027'), "Tidak ada unit dengan kode 9.99"),
        (("bagian = [0, 1]", ""), "tidak pernah dapat menyimpulkan aman"),
        (("galat = 0.7", "galat = 9"), "di bawah 60 persen"),
    ],
)
def test_a_file_that_cannot_be_is_refused_with_what_to_mend(
    world: w.World, tmp_path: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], words: str
) -> None:
    file = tmp_path / "rencana.toml"
    file.write_text(PLAN.replace(*change), "utf-8")
    assert main(["evaluate", "plan", str(file), "--by", account("a@contoh.go.id", Held.ORGANISATION)]) == 1
    assert words in capsys.readouterr().err
    assert not AnalysisPlan.objects.exists()


def test_the_plan_in_the_guide_is_a_plan(world: w.World) -> None:
    guide = (Path(__file__).resolve().parents[2] / "docs/guide/evaluasi.md").read_text("utf-8")
    wanted = read_plan(guide.split("```toml\n")[1].split("```")[0])
    assert (wanted.weeks, len(wanted.units), wanted.outcomes[0].measure) == (8, w.AGENCIES, "survey")


def test_run_report_and_bundle(world: w.World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = w.frozen(world)
    content = Content.from_json(plan.content)
    w.timely(world, list(content.days), np.array(content.exposure), 0.0, seed=5)
    w.planned(world, content)
    for _ in range(2):
        assert main(["evaluate", "run", plan.public_id]) == 0
    told = capsys.readouterr().out
    assert "Layanan tidak memburuk melewati batas" in told
    for form in ("pdf", "xlsx", "json"):
        assert main(["evaluate", "report", plan.public_id, "--format", form, "--out", str(tmp_path)]) == 0
    stem = tmp_path / f"evaluasi-{plan.public_id}-2"
    pages = pypdf.PdfReader(stem.with_suffix(".pdf")).pages
    assert 2 <= len(pages) <= 4
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "Tidak memburuk" in text
    assert "Buku pengamatan" in text
    assert plan.digest[:16] in text
    book = openpyxl.load_workbook(io.BytesIO(stem.with_suffix(".xlsx").read_bytes()))
    assert "Kisaran" in book.sheetnames
    assert json.loads(stem.with_suffix(".json").read_text())["plan_digest"] == plan.digest
    assert main(["evaluate", "bundle", plan.public_id, "--out", str(tmp_path)]) == 0
    package = tmp_path / f"paket-bukti-{plan.public_id}-2.json"
    assert (tmp_path / "periksa.py").exists()
    assert main(["evaluate", "bundle", "--check", str(package)]) == 0
    assert "Tanda tangannya dari pemasangan ini." in capsys.readouterr().out
    content_of = json.loads(package.read_text())
    content_of["signature"]["key"] = "0" * 64
    package.write_text(json.dumps(content_of))
    assert main(["evaluate", "bundle", "--check", str(package)]) == 0
    assert "bukan dari pemasangan ini" in capsys.readouterr().out
    content_of["outcomes"]["within_time"]["total"][0][0] += 1
    package.write_text(json.dumps(content_of))
    assert main(["evaluate", "bundle", "--check", str(package)]) == 1
    assert "tidak dapat dipercaya" in capsys.readouterr().err
    assert main(["evaluate", "bundle"]) == 1
    assert AuditEntry.objects.filter(action="report.issued").count() == 4


def test_the_head_speaks_first_then_the_ppk(world: w.World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = UnitVersion.objects.get(code="1.03").unit.key
    head, leader = account("k@contoh.go.id", Held.HEAD, key), account("p@contoh.go.id", Held.LEADER)

    def review(stage: str, means: str, by: str) -> int:
        file = tmp_path / "penilaian.toml"
        file.write_text(REVIEW % (stage, means), "utf-8")
        return main(["evaluate", "review", str(file), "--by", by, "--out", str(tmp_path)])

    filled, waived = 'isi = "Jaringan memadai."', 'ditiadakan = "Belum ada pengadaan tahun ini."'
    assert review("ppk", filled, leader) == 1
    assert "sesudah kepala unit menilai" in capsys.readouterr().err
    assert review("kepala", "", head) == 1
    assert "sarana" in capsys.readouterr().err
    assert review("kepala", f"{filled}\n{waived}", head) == 1
    assert review("kepala", filled, leader) == 1, "the PPK does not speak as the head"
    assert not StageReview.objects.exists()
    capsys.readouterr()
    assert review("kepala", waived, head) == 0
    assert review("kepala", waived, head) == 0
    assert review("ppk", filled, leader) == 0
    assert StageReview.objects.count() == 3
    assert StageReview.objects.filter(superseded_at=None).count() == 2
    pdf = tmp_path / "evaluasi-pasal-35-2026-08-2026-09.pdf"
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages).split())
    for words in ("Diputus PPK", "Ditiadakan: Belum ada pengadaan tahun ini.", "Laptop pinjaman", "Nama K", "Nama P"):
        assert words in text
    assert "belum ada rencana evaluasi" in text
