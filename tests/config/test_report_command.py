"""`luwes report budget` as it is run: a whole file or none, its hash and its audit head printed."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.processes import luwes, temporary_root

KALTENG = Path(__file__).resolve().parents[2] / "src/luwes/examples/kalteng/anggaran-2025-06-30.csv"


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A data folder with Kalimantan Tengah's figures of June 2025."""
    with temporary_root() as made:
        assert luwes(made, "migrate").returncode == 0
        stored = luwes(made, "import", "budget", str(KALTENG), "--create-units", "--government", "62")
        assert stored.returncode == 0, stored.stdout + stored.stderr
        yield made


@pytest.mark.parametrize(("file_format", "start"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_a_report_is_written_whole_and_its_hash_is_printed(
    root: Path, tmp_path: Path, file_format: str, start: bytes
) -> None:
    target = tmp_path / f"laporan.{file_format}"
    done = luwes(root, "report", "budget", "--format", file_format, "--out", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    payload = target.read_bytes()
    assert payload.startswith(start)
    assert f"SHA-256: {hashlib.sha256(payload).hexdigest()}" in done.stdout
    head = re.search(r"Kepala jejak audit: ([0-9a-f]{64})", done.stdout)
    assert head is not None
    assert [path.name for path in tmp_path.iterdir()] == [target.name], "no temporary file is left behind"
    assert "catatan utuh" in luwes(root, "check", "--against", head[1]).stdout
    assert "catatan utuh" not in luwes(root, "check", "--against", "f" * 64).stdout


def test_one_unit_and_one_date(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "unit.pdf"
    arguments = ("--unit", "KALTENG-DISDIK", "--as-of", "2025-06-30", "--paper", "f4", "--out", str(target))
    assert luwes(root, "report", "budget", *arguments).returncode == 0
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "30-06-2025"), "Tanggal harus berbentuk 2026-10-31."),
        (("--as-of", "2025-07-01"), "Pilih salah satu tanggal"),
        (("--unit", "TIDAK-ADA"), "Tidak ada unit dengan kode TIDAK-ADA."),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_no_file(
    root: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = luwes(root, "report", "budget", *arguments, "--out", str(tmp_path / "x.pdf"))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_leaves_no_record(root: Path, tmp_path: Path) -> None:
    done = luwes(root, "report", "budget", "--out", str(tmp_path / "tidak" / "ada.pdf"))
    assert done.returncode == 1
    assert "Berkas tidak dapat ditulis" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_month_of_every_unit_and_of_the_government_into_one_folder(root: Path, tmp_path: Path) -> None:
    done = luwes(root, "report", "monthly", "--month", "2025-06", "--all", "--format", "xlsx", "--out", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert "laporan-bulanan-2025-06.xlsx" in names
    assert "laporan-bulanan-kalteng-disdik-2025-06.xlsx" in names
    assert done.stdout.count("SHA-256: ") == len(names)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("monthly", "--month", "10-2026"), "Bulan harus berbentuk 2026-10."),
        (("monthly", "--month", "2099-01"), "Bulan itu belum dimulai."),
        (("monthly", "--as-of", "2026-10-31"), "--as-of hanya untuk laporan budget."),
        (("monthly", "--all", "--unit", "X"), "Pilih --all atau --unit"),
        (("budget", "--month", "2026-10"), "hanya untuk laporan monthly"),
    ],
)
def test_a_month_that_cannot_be_reported_is_one_line(
    root: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = luwes(root, "report", *arguments, "--out", str(tmp_path / "x.pdf"))
    assert done.returncode != 0
    assert words in done.stderr
    assert list(tmp_path.iterdir()) == []
