"""Which `pg_dump` is taken."""

from pathlib import Path

import pytest

from luwes.config.backup import clients


def program(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    file = folder / "pg_dump"
    file.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[int, Path]:
    """Versions 18 from the package, 15 and 17 from Debian, 16 on the path."""
    monkeypatch.setattr(clients.binaries, "programs", lambda: tmp_path / "package")
    monkeypatch.setattr(clients, "DEBIAN", tmp_path / "debian")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    return {
        18: program(tmp_path / "package", "18.4"),
        15: program(tmp_path / "debian" / "15" / "bin", "15.10 (Debian 15.10-0+deb12u1)"),
        17: program(tmp_path / "debian" / "17" / "bin", "17.2"),
        16: program(tmp_path / "path", "16beta1"),
    }


@pytest.mark.parametrize("major", [15, 16, 17, 18])
def test_the_client_of_the_same_version_is_taken(installed: dict[int, Path], major: int) -> None:
    assert clients.client("pg_dump", major) == installed[major]


def test_without_it_the_nearest_newer_one_is_taken(installed: dict[int, Path]) -> None:
    installed[16].unlink()
    assert clients.client("pg_dump", 16) == installed[17]
    assert clients.client("pg_dump", 9) == installed[15]


def test_an_older_client_is_of_no_use(installed: dict[int, Path]) -> None:
    with pytest.raises(clients.ClientMissing) as refused:
        clients.client("pg_dump", 19)
    assert refused.value.values == {"program": "pg_dump", "major": 19}


def test_a_program_without_a_version_is_passed_over(installed: dict[int, Path]) -> None:
    installed[15].write_text("#!/bin/sh\necho nothing\n")
    assert clients.client("pg_dump", 15) == installed[16]
