"""Where things lie, and the secret key."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

import luwes
from luwes.config.embedded import SecretKeyMissing, default_root, layout, secret_key, url


def test_the_environment_chooses_the_data_folder() -> None:
    assert default_root({"LUWES_DATA": "/srv/luwes"}) == Path("/srv/luwes")
    assert default_root({"LUWES_DATA": "~/luwes"}) == Path("~/luwes").expanduser()
    assert default_root({"LUWES_DATA": "luwes"}) == Path.cwd() / "luwes"


def test_root_keeps_its_data_in_var_lib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    root = default_root({})
    assert root.parent == Path("/var/lib/luwes")
    assert len(root.name) == 12


def test_two_checkouts_of_root_never_share_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    here = default_root({})
    monkeypatch.setattr(luwes, "__file__", str(tmp_path / "src" / "luwes" / "__init__.py"))
    assert default_root({}) != here


def test_others_keep_their_data_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(luwes, "__file__", str(tmp_path / "src" / "luwes" / "__init__.py"))
    (tmp_path / "pyproject.toml").write_text("")
    assert default_root({}) == tmp_path / "var"


def test_others_without_a_checkout_keep_them_at_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(luwes, "__file__", str(tmp_path / "lib" / "python3" / "luwes" / "__init__.py"))
    assert default_root({}).parent == Path("~/.local/share/luwes").expanduser()


def test_the_address_survives_unusual_folder_names() -> None:
    root = Path("/srv/data luwes & 50%?#")
    parts = conninfo_to_dict(url(root))
    assert parts == {"user": "luwes", "dbname": "luwes", "host": str(root / "socket")}
    assert conninfo_to_dict(url(root, "postgres"))["dbname"] == "postgres"


@pytest.mark.parametrize("length", range(1, 120, 7))
def test_the_socket_path_always_fits(length: int) -> None:
    folder = layout.socket_folder(Path("/", "d" * length))
    assert len(os.fsencode(folder / layout.SOCKET_NAME)) <= 107


def test_the_key_is_made_once_and_private(tmp_path: Path) -> None:
    root = tmp_path / "data"
    key = secret_key(root)
    assert len(key) >= 64
    assert secret_key(root) == key
    assert stat.S_IMODE((root / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in root.iterdir()] == ["secret_key"]
    assert secret_key(tmp_path / "other") != key


def test_first_starts_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path / "data"), range(8)))
    assert len(keys) == 1


def test_production_takes_the_key_from_its_operator(tmp_path: Path) -> None:
    with pytest.raises(SecretKeyMissing):
        secret_key(tmp_path / "data", production=True)
    assert not (tmp_path / "data").exists()
