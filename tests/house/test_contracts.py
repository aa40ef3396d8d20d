"""The import contracts hold, and really catch a breach."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]


def test_contracts_hold() -> None:
    done = subprocess.run(LINT, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_every_app_stands_in_the_order() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    order = text.split('name = "order of the apps"')[1].split("[[")[0]
    apps = [p.name for p in (ROOT / "src/luwes/apps").iterdir() if (p / "__init__.py").exists()]
    assert len(apps) >= 7
    for app in apps:
        assert f"({app})" not in order, f"{app} exists: take its parentheses away"
        assert app in order
