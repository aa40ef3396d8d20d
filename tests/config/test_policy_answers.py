"""`luwes policy decide|scan|compare|sop` over a database: answers in words, the number of a person in none of them."""

import io
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

from luwes.config.cli import main
from luwes.config.commands import policy
from tests.apps.schedule.days import store
from tests.apps.schedule.policy_world import assess, id_of, planted
from tests.apps.staff_files import MARUF, RINA, YOSE
from tests.config.test_policy_command import OFFICER

LETTER = OFFICER.replace("2027-02-01", "2026-12-01").replace(
    "flex_max = 40", 'flex_max = 50\nrounding = "down"\nwithout = []'
)


@pytest.fixture
def letter(tmp_path: Path, now: datetime, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The officer's circular as a file beside a small government in the database."""
    monkeypatch.setenv("LUWES_DATABASE_URL", "postgresql:///in-use-already")
    planted(now)
    assess(now)
    store("flexdays", now, (RINA, "02/12/2026", "Rumah", "Permohonan", "Penuh", ""))
    file = tmp_path / "surat.toml"
    file.write_text(LETTER, "utf-8")
    return file


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["policy", *arguments])
    out, err = capsys.readouterr()
    return code, out + err


def test_a_refusal_names_its_clause_and_a_day_that_would_do(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("decide", "--employee", id_of(YOSE), "--date", "2026-12-02", "--rules", str(letter))
    code, text = told(capsys, *arguments, "--as-of", "2026-11-25")
    assert code == 0
    assert text.startswith("Rabu, 2 Desember 2026: Tidak boleh bekerja fleksibel")
    assert "Bagian yang boleh fleksibel sudah penuh: 1 dari 2 orang. Dasar: angka 2" in text
    assert "Belum diketahui apakah butir ini menyangkut orang ini. Yang datanya belum ada: petugas loket." in text
    assert "Pilih hari lain." in text


def test_who_must_answer_calls_is_told_when_not(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = '\n[[clause]]\nkind = "response"\nid = "telepon"\nbasis = "angka 6"\nattempts = 2\nwithin_minutes = 5\n'
    days = LETTER.replace('["wed"]', '["fri"]')
    arguments = ("decide", "--employee", id_of(YOSE), "--date", "2026-12-04", "--rules", str(letter))
    letter.write_text(days + call, "utf-8")
    assert "Panggilan dijawab juga pada waktu istirahat" in told(capsys, *arguments)[1]
    letter.write_text(days + call + 'excused = ["break"]\n', "utf-8")
    assert "Tidak perlu menjawab panggilan: 11.30–13.00, istirahat (rabu-2027/telepon)" in told(capsys, *arguments)[1]


def test_the_number_is_asked_for_and_never_shown(
    letter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("decide", "--date", "2026-12-02", "--rules", str(letter))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{MARUF}\n"))
    code, text = told(capsys, *arguments)
    assert (code, MARUF in text) == (0, False)
    assert "Tidak boleh bekerja fleksibel" in text  # half of one person is nobody
    monkeypatch.setattr("sys.stdin", io.StringIO("199999999999999999\n"))
    code, text = told(capsys, *arguments)
    assert (code, text) == (1, "Pegawai tidak ditemukan. Periksa kode atau NIP-nya.\n")
    code, text = told(capsys, *arguments, "--employee", MARUF)
    assert code == 1
    assert "NIP tidak ditulis pada perintah" in text
    assert MARUF not in text


def test_a_month_is_summed_by_clause_with_the_data_that_is_missing(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = told(capsys, "scan", "--month", "2026-12", "--rules", str(letter))
    assert code == 0
    assert text.startswith("Desember 2026: 3 pegawai, 63 hari orang")
    assert "48  Tidak boleh bekerja fleksibel: angka 1 (rabu-2027/hari)" in text
    assert "petugas loket (service:loket): 3" in text


def test_two_sets_of_rules_are_told_apart(letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "kamis.toml"
    other.write_text(LETTER.replace('["wed"]', '["thu"]'), "utf-8")
    code, text = told(capsys, "compare", str(letter), str(other), "--month", "2026-12")
    assert code == 0
    assert "Butir yang berbeda: 1\n  diubah: angka 1 (rabu-2027/hari)" in text
    assert "Perlu diputuskan orang → Tidak boleh bekerja fleksibel" in text
    assert "2026-12-09" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("scan", "--month", "12-2026"), "Bulan harus berbentuk 2026-10."),
        (("decide", "--employee", "x", "--date", "2/12"), "Tanggal harus berbentuk 2026-10-31."),
        (("scan", "--month", "2026-12", "--rules", "lama"), "Aturan «lama» tidak dikenal."),
        (("decide", "--employee", "x", "--date", "2026-12-02"), "Pegawai tidak ditemukan."),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    letter: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, text = told(capsys, *arguments)
    assert code == 1
    assert words in text


def test_before_the_file_of_staff_came_nobody_served(letter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("decide", "--employee", id_of(YOSE), "--date", "2026-12-02", "--rules", str(letter))
    code, text = told(capsys, *arguments, "--as-of", "2026-11-24")
    assert (code, "tidak bertugas pada hari itu" in text) == (1, True)


def test_a_profile_a_shipped_circular_and_what_is_stored_stand_together(
    letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("decide", "--employee", id_of(YOSE), "--date", "2026-12-04", "--rules")
    code, alone = told(capsys, *arguments, "tersimpan")
    assert (code, "Tidak ada aturan yang membuka" in alone) == (0, True)
    code, text = told(capsys, *arguments, "tersimpan+permen-only+kaltim-jumat-2026")
    assert code == 0
    assert "permenpanrb-4-2025/p13-1" not in text  # the cap is kept, and what is kept is not told
    assert "Masa tunggu pegawai baru belum ditetapkan." in text


def test_the_annex_is_a_pdf_that_marks_what_changed(
    letter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "baru.toml"
    changed = LETTER.replace("version = 1", "version = 2").replace("flex_max = 50", "flex_max = 30")
    start, end = changed.index('[[clause]]\nkind = "exclude"'), changed.index('[[clause]]\nkind = "approval"')
    report = '\n[[clause]]\nkind = "report"\nid = "lapor"\nbasis = "angka 5"\nwhat = "report"\ndue = "16:00"\n'
    new.write_text(changed[:start] + changed[end:] + report, "utf-8")
    target = tmp_path / "sop.pdf"
    code, text = told(capsys, "sop", str(new), "--against", str(letter), "-o", str(target))
    assert (code, text) == (0, f"SOP tersimpan: {target}\n")
    found = pypdf.PdfReader(target)
    page = " ".join(" ".join(page.extract_text() for page in found.pages).split())
    assert "Lampiran SOP: WFA tiap Rabu" in page
    assert "1 butir baru, 1 diubah, 1 dihapus" in page
    assert "Semula: Pada hari yang sama, dalam setiap bidang, bagian, atau UPT: paling banyak 50 % fleksibel" in page
    assert "DIHAPUS Tetap bekerja di kantor. Berlaku bagi petugas loket." in page
    assert "BARU Laporan kerja dibuat pada hari itu sampai pukul 16.00." in page
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    code, text = told(capsys, "sop", str(new), "-o", str(tmp_path / "tidak" / "ada.pdf"))
    assert (code, "Berkas tidak dapat ditulis" in text) == (1, True)


def test_a_number_typed_at_a_terminal_is_not_echoed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"typed after {prompt}")
    assert policy._person("").startswith("typed after NIP (tidak ditampilkan)")
