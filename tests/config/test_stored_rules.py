"""`luwes policy propose|show|answer|enact|list` as two people use it at the console."""

import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from luwes.apps.accounts.models import User
from luwes.apps.accounts.roles import Role
from luwes.apps.policy.models import Enactment, RulebookVersion
from luwes.config.cli import main
from tests.apps.policy.stored import OPEN, SHUT, body
from tests.world import PASSWORD, add_person, give_role

pytestmark = pytest.mark.django_db
TENURE = 'kind = "tenure"\nsince = "post"'
DRAFTER, LEADER = "penyusun@contoh.go.id", "pimpinan@contoh.go.id"


@pytest.fixture
def people() -> dict[str, User]:
    # The console reads the real clock, so roles are held in the real present.
    now: datetime = timezone.now()
    made = {DRAFTER: add_person(now, DRAFTER, name="Sari Kembang"), LEADER: add_person(now, LEADER, name="Tirta Wana")}
    give_role(now, made[DRAFTER], Role.ADMIN)
    give_role(now, made[LEADER], Role.LEADER)
    return made


class Console:
    """The command line with a password on its input."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch

    def __call__(self, *arguments: str, login: str = "", password: str = PASSWORD) -> tuple[int, str]:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        code = main(["policy", *arguments, *(("--as", login) if login else ())])
        told = self.capsys.readouterr()
        return code, told.out + told.err


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, people: dict[str, User]) -> Console:
    return Console(capsys, monkeypatch)


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "surat.toml"
    path.write_bytes(body(OPEN, TENURE, SHUT + '\nstatus = "reported"'))
    return str(path)


def code_in(told: str) -> str:
    found = re.search(r"Kode: ([a-z0-9]{16})", told)
    assert found is not None, told
    return found[1]


def test_two_people_bring_a_file_into_force(console: Console, file: str) -> None:
    assert "Belum ada aturan yang diusulkan" in console("list")[1]
    status, told = console("propose", file, login=DRAFTER)
    assert status == 0
    assert "1. Masa tunggu pegawai baru tidak ditetapkan. Butir: edaran/c2.\n   Belum dijawab." in told
    assert "Baru dari berita, mengikat bila diberlakukan: c3" in told
    assert "Jawab dahulu dengan luwes policy answer." in told
    draft = code_in(told)
    assert "rancangan" in console("list")[1]
    digest = RulebookVersion.objects.get().sha256
    enact = ("enact", draft, "--sha256", digest[:12], "--basis", "SE 1/2027", "--adopt", "semua")
    status, told = console(*enact, login=LEADER)
    assert (status, "belum dijawab" in told, "Masa tunggu" in told) == (1, True, True)
    status, told = console("answer", draft, "--reason", "Menunggu Kepala BKD", login=DRAFTER)
    assert "Dijawab: Menunggu Kepala BKD" in told
    assert "Siap ditetapkan oleh orang lain" in told
    assert "perlu orang lain" in console(*enact, login=DRAFTER)[1]
    status, told = console(*enact, login=LEADER)
    assert status == 0, told
    assert "Diusulkan Sari Kembang, ditetapkan Tirta Wana." in told
    enactment = Enactment.objects.get()
    assert [one.clause for one in enactment.adoptions.all()] == ["c3"]
    assert "berlaku" in console("list", "--date", "2027-03-03")[1]
    assert "sudah ditetapkan" in console("show", draft)[1]


def test_what_is_read_is_what_is_enacted(console: Console, tmp_path: Path) -> None:
    path = tmp_path / "surat.toml"
    path.write_bytes(body(OPEN))
    draft = code_in(console("propose", str(path), login=DRAFTER)[1])
    digest = RulebookVersion.objects.get().sha256
    for read in ("", digest[:11], "0" * 64):
        status, told = console("enact", draft, "--sha256", read, "--basis", "x", login=LEADER)
        assert (status, "berbeda dari yang Anda baca" in told) == (1, True)
    assert "Tidak ada yang perlu dijawab." in console("answer", draft, "--reason", "x", login=DRAFTER)[1]
    assert "Nomor itu tidak ada" in console("answer", draft, "--reason", "x", "--number", "1", login=DRAFTER)[1]
    assert console("enact", draft, "--sha256", digest[:12].upper(), "--basis", "x", login=LEADER)[0] == 0


def test_a_shipped_rulebook_is_proposed_by_its_name(console: Console) -> None:
    status, told = console("propose", "perpres-21-2023", login=DRAFTER)
    assert (status, "perpres-21-2023, versi 1" in told) == (0, True)
    first = re.findall(r"^(\d+)\. ", told, re.MULTILINE)
    assert first
    draft = code_in(told)
    assert "Dijawab: Satu" in console("answer", draft, "--number", "1", "--reason", "Satu", login=DRAFTER)[1]
    assert "Tidak ada aturan bawaan" in console("propose", "tidak-ada", login=DRAFTER)[1]


def test_nobody_acts_without_password_and_role(console: Console, people: dict[str, User], file: str) -> None:
    assert "tidak cocok" in console("propose", file, login=DRAFTER, password="salah")[1]
    assert "tidak cocok" in console("propose", file, login="tidak-ada@contoh.go.id")[1]
    assert "Peran Anda tidak dapat mengusulkan aturan" in console("propose", file, login=LEADER)[1]
    User.objects.filter(email=DRAFTER).update(must_change_password=True)
    assert "Kata sandi Anda sementara" in console("propose", file, login=DRAFTER)[1]
    assert not RulebookVersion.objects.exists()


def test_bad_files_dates_and_codes_are_told_in_one_line(console: Console, tmp_path: Path) -> None:
    bad = tmp_path / "salah.toml"
    bad.write_bytes(body('kind = "dais"'))
    assert "jenis butir «dais» tidak dikenal" in console("propose", str(bad), login=DRAFTER)[1]
    bad.write_bytes(b"\xff\xff")
    assert "bukan rulebook yang dapat dibaca" in console("propose", str(bad), login=DRAFTER)[1]
    assert "tidak dapat dibaca" in console("propose", str(tmp_path / "tidak-ada.toml"), login=DRAFTER)[1]
    assert "Tanggal harus berbentuk" in console("list", "--date", "31-10-2026")[1]
    assert "Rancangan ini tidak ada" in console("show", "tidak-ada")[1]
    assert "Rancangan ini tidak ada" in console("answer", "tidak-ada", "--reason", "x", login=DRAFTER)[1]
    draft = tmp_path / "rancangan.toml"
    draft.write_bytes(body(OPEN, state="draft"))
    assert "menyebut dirinya rancangan" in console("propose", str(draft), login=DRAFTER)[1]


def test_exchanged_bytes_stop_the_list(console: Console, tmp_path: Path) -> None:
    path = tmp_path / "surat.toml"
    path.write_bytes(body(OPEN))
    draft = code_in(console("propose", str(path), login=DRAFTER)[1])
    digest = RulebookVersion.objects.get().sha256
    console("enact", draft, "--sha256", digest, "--basis", "x", login=LEADER)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE policy_rulebookversion DISABLE TRIGGER ALL")
        cursor.execute("UPDATE policy_rulebookversion SET body = %s", [body(SHUT)])
    assert "tidak sama dengan yang ditetapkan" in console("list")[1]
