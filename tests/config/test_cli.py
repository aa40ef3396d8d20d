"""The command line: languages, exit codes, and sentences for every refusal."""

import ast
import re
from pathlib import Path

import pytest

from luwes import __version__
from luwes.config import cli, commands, environment, language, wording
from luwes.config.refusals import Explained, Refusal
from luwes.config.stopping import StopRequested
from tests.config.processes import luwes

CONFIG = Path(cli.__file__).parent
KEY = "k" * environment.SHORTEST_KEY


@pytest.fixture(autouse=True)
def keep_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test process keeps its own handlers."""
    monkeypatch.setattr(cli, "stop_on_signals", lambda: None)


def refusal_codes() -> dict[str, set[str]]:
    """Code → names of the values given where it is raised, read from the sources."""
    codes: dict[str, str] = {}
    given: dict[str, set[str]] = {}
    trees = [ast.parse(path.read_text()) for path in CONFIG.rglob("*.py")]
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "Refusal" for base in node.bases):
                code = next(
                    each.value.value
                    for each in node.body
                    if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
                )
                codes[node.name] = str(code)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func).split(".")[-1]
                if name in codes:
                    given[codes[name]] = {keyword.arg or "" for keyword in node.exc.keywords}
    return given


@pytest.mark.parametrize("spoken", ["id", "en"])
def test_every_refusal_raised_has_a_sentence_that_uses_only_its_values(
    monkeypatch: pytest.MonkeyPatch, spoken: str
) -> None:
    monkeypatch.setenv("LUWES_LANGUAGE", spoken)
    raised = refusal_codes()
    assert len(raised) >= 25
    for code, values in raised.items():
        if code != Explained.code:
            refusal = Refusal(**dict.fromkeys(values, "nilai"))
            refusal.code = code
            assert len(wording.sentence(refusal)) > 20


def test_every_sentence_belongs_to_a_refusal() -> None:
    assert set(wording._sentences()) == set(refusal_codes()) | {Explained.code}


def test_a_command_may_bring_a_sentence_of_its_own() -> None:
    assert wording.sentence(Explained("Baris 3: 100 % salah.")) == "Baris 3: 100 % salah."


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    assert " ".join(commands.load(name).HELP.split())[:40] in " ".join(capsys.readouterr().out.split())


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"luwes {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["terbang"], ["backup"], ["serve", "--port", "pintu"]])
def test_wrong_usage_ends_with_two_and_a_way_on(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == cli.USAGE_ERROR
    assert re.search(r"luwes( \w+)? --help$", capsys.readouterr().err.strip())


class Fake:
    """A command that ends as told."""

    HELP = ""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error

    def add_arguments(self, parser: object) -> None:
        """None."""

    def run(self, args: object) -> int:
        """End as told."""
        if self.error is not None:
            raise self.error
        return 7


@pytest.mark.parametrize(
    ("error", "code"), [(None, 7), (Explained("Tidak bisa."), 1), (StopRequested(15), 143), (StopRequested(1), 129)]
)
def test_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException | None, code: int
) -> None:
    monkeypatch.setattr(commands, "COMMANDS", {"coba": "nowhere"})
    monkeypatch.setattr(commands, "load", lambda name: Fake(error))
    assert cli.main(["coba"]) == code
    assert capsys.readouterr().err == ("Tidak bisa.\n" if code == 1 else "")


def test_an_error_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "COMMANDS", {"coba": "nowhere"})
    monkeypatch.setattr(commands, "load", lambda name: Fake(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        cli.main(["coba"])


def test_an_unknown_language_speaks_indonesian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUWES_LANGUAGE", "xx")
    assert language._("Jalankan situs") == "Jalankan situs"


def test_production_rules() -> None:
    environment.require_production_settings({})
    environment.require_production_settings(
        {"LUWES_PRODUCTION": "1", "LUWES_SECRET_KEY": KEY, "LUWES_DATABASE_URL": "postgresql:///luwes"}
    )
    environment.require_production_settings({"LUWES_PRODUCTION": "1", "LUWES_SECRET_KEY": KEY, "LUWES_EMBEDDED": "1"})
    with pytest.raises(environment.EmbeddedNotAllowed):
        environment.require_production_settings({"LUWES_PRODUCTION": "1", "LUWES_SECRET_KEY": KEY})
    with pytest.raises(environment.SecretKeyMissing):
        environment.require_production_settings({"LUWES_PRODUCTION": "1", "LUWES_EMBEDDED": "1"})
    with pytest.raises(environment.SecretKeyMissing):
        environment.require_production_settings(
            {"LUWES_PRODUCTION": "1", "LUWES_EMBEDDED": "1", "LUWES_SECRET_KEY": KEY[:-1]}
        )


def test_the_help_needs_neither_settings_nor_database(tmp_path: Path) -> None:
    done = luwes(tmp_path / "data", "--help", LUWES_PRODUCTION="1")
    assert done.returncode == 0
    assert "Jalankan situs" in done.stdout
    assert not (tmp_path / "data").exists()
