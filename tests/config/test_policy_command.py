"""`luwes policy check`: what the officer who writes a rulebook is told."""

import re
from pathlib import Path

import pytest

from luwes.config.cli import main
from luwes.config.rulebook_words import fault
from luwes.core import policy
from luwes.core.policy.reading import Fault

RULEBOOKS = Path(__file__).parents[2] / "src/luwes/rulebooks"
OFFICER = """
id = "rabu-2027"
version = 1
title = "WFA tiap Rabu"
level = "local_circular"
issuer = "Pemprov Contoh"
state = "draft"
status = "seen"
source = "naskah"
first = 2027-02-01
last = 2027-03-31

[[clause]]
kind = "days"
id = "hari"
basis = "angka 1"
mode = "wfa"
weekdays = ["wed"]

[[clause]]
kind = "quota"
id = "paling-banyak"
basis = "angka 2"
per = "unit"
flex_max = 40

[[clause]]
kind = "exclude"
id = "loket"
basis = "angka 3"
who = { any = ["service:loket"] }

[[clause]]
kind = "approval"
id = "eselon-dua"
basis = "angka 4"
who = { any = ["post:eselon_2"] }
steps = ["sekda"]
"""


def told(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> tuple[int, str]:
    file = tmp_path / "surat.toml"
    file.write_text(text, "utf-8")
    code = main(["policy", "check", str(file)])
    out, err = capsys.readouterr()
    return code, out + err


def test_a_rulebook_is_read_back_with_what_it_leaves_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(tmp_path, capsys, OFFICER)
    assert code == 0
    assert "Terbaca: WFA tiap Rabu (rabu-2027, versi 1)" in said
    assert "Berlaku: Senin, 1 Februari 2027 sampai Rabu, 31 Maret 2027" in said
    assert "Oleh: Pemprov Contoh, belum bernomor; keadaan: rancangan; naskah: dibaca sendiri" in said
    assert "  hari (angka 1): Kerja dari mana saja (WFA) boleh: Rabu.\n" in said
    assert "dalam setiap bidang, bagian, atau UPT: paling banyak 40 % fleksibel." in said
    assert "  eselon-dua (angka 4): Persetujuan: Sekretaris Daerah. Berlaku bagi pejabat eselon II.\n" in said
    assert "hanya untuk dicoba" in said
    assert "paling-banyak: pembulatan orang (rounding) belum ditulis" in said
    assert "(without) belum ditulis" in said


def test_a_file_that_decides_everything_has_nothing_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = OFFICER.replace('"draft"', '"in_force"').replace(
        "flex_max = 40", 'flex_max = 40\nrounding = "down"\nwithout = ["leave"]'
    )
    code, said = told(tmp_path, capsys, whole)
    assert code == 0
    assert "Tidak ada yang terbuka." in said
    assert "Masih terbuka" not in said


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("circulars/kaltim-lebaran-2026", "proporsi: persennya ditetapkan opd_head"),
        ("circulars/sulsel-2025", "tiga-hari: minggu dengan hari libur (short_week) belum ditulis"),
        ("circulars/sulsel-2025", "tugas-semua: dugaan, hanya memperingatkan"),
        ("circulars/jatim-rabu-2026", "hari: first dibiarkan terbuka"),
        ("regulations/permenpanrb-4-2025", "p25-1b: months dibiarkan terbuka"),
    ],
)
def test_open_points_of_what_is_shipped(name: str, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "check", str(RULEBOOKS / f"{name}.toml")]) == 0
    assert f"  {expected}\n" in capsys.readouterr().out


def test_months_nobody_wrote_are_said_to_be_open(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = OFFICER + '\n[[clause]]\nkind = "tenure"\nid = "baru"\nbasis = "angka 5"\nsince = "post"\n'
    code, said = told(tmp_path, capsys, text)
    assert code == 0
    assert "baru: berapa bulan disebut baru (months) belum ditulis" in said


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('["wed"]', '["rabu"]', "Butir ke-1 (hari), weekdays[1]: «rabu» tidak dikenal. Pilihannya: mon, tue, wed"),
        ('["wed"]', '"wed"', "Butir ke-1 (hari), weekdays: tulis sebagai daftar"),
        ("flex_max", "flexmax", "Butir ke-2 (paling-banyak), flexmax: kunci ini tidak dikenal. Pilihannya: flex_max"),
        ("flex_max = 40", "flex_max = 140", "Butir ke-2 (paling-banyak): «140» di luar batas"),
        ("flex_max = 40", "", "Butir ke-2 (paling-banyak): butir ini belum mengatakan apa-apa"),
        ('per = "unit"', 'per = "bidang"', "per: «bidang» tidak dikenal. Pilihannya: team, unit, opd."),
        ('"quota"', '"kuota"', "jenis butir «kuota» tidak dikenal. Pilihannya: quota"),
        ('"quota"', '"xyzzy"', "jenis butir «xyzzy» tidak dikenal. Pilihannya: approval, building"),
        ('"service:loket"', '"loket"', "Butir ke-3 (loket), who.any: «loket» bukan tanda."),
        ("first = 2027-02-01", 'first = "2027-02-01"', "Kepala berkas, first: «2027-02-01» bukan jenis nilai"),
        ("last = 2027-03-31", "last = 2026-03-31", "Kepala berkas, last: akhirnya mendahului awalnya (2026-03-31)."),
        ('"local_circular"', '"edaran"', "Kepala berkas, level: «edaran» tidak dikenal. Pilihannya: act,"),
        ('title = "WFA tiap Rabu"', "", "Kepala berkas, title: kunci ini wajib diisi."),
        ('id = "loket"', 'id = "hari"', "Butir hari: nama butir ini dipakai dua kali."),
        ("flex_max = 40", "tiers = [{ who = { siapa = [] }, flex_max = 1 }]", "who.siapa: kunci ini tidak dikenal."),
        ('steps = ["sekda"]', 'steps = ["sekda', "Berkas bukan TOML yang benar"),
    ],
)
def test_a_fault_names_the_entry_and_what_could_stand_there(
    old: str, new: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = OFFICER.replace(old, new, 1)
    assert text != OFFICER
    code, said = told(tmp_path, capsys, text)
    assert code == 1
    assert expected in said


def test_a_word_chosen_from_few_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = OFFICER + '\n[[clause]]\nkind = "tenure"\nid = "baru"\nbasis = "angka 5"\nsince = "lahir"\n'
    assert "Pilihannya: post, entry." in told(tmp_path, capsys, text)[1]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gambar.toml"
    file.write_bytes(b"\xff\xfe\x00")
    assert main(["policy", "check", str(file)]) == 1
    assert main(["policy", "check", str(tmp_path / "tidak-ada.toml")]) == 1
    assert capsys.readouterr().err.count("tidak dapat dibaca sebagai teks") == 2


def test_every_fault_has_a_sentence() -> None:
    sources = [path.read_text("utf-8") for path in Path(policy.__path__[0]).glob("*.py")]
    codes = {code for text in sources for code in re.findall(r'Fault\("(\w+)"', text)}
    assert len(codes) >= 10
    for code in codes - {"not_one_of", "unknown_key"}:
        assert fault(Fault(code, "rulebook.title", "x"), OFFICER)
