"""`luwes migrate` and `luwes check` as they are run."""

import re

import pytest

from luwes.config.migrations import apply_migrations, pending_migrations
from tests.config.processes import left_of, luwes, temporary_root

SECTION = re.compile(r"\[(baik|perhatian|gagal)\] \w")


def test_the_embedded_database_is_made_migrated_checked_and_stopped() -> None:
    with temporary_root() as root:
        first = luwes(root, "migrate")
        assert (first.returncode, first.stderr) == (0, "")
        assert re.search(r"\d+ perubahan", first.stdout)
        second = luwes(root, "migrate")
        assert (second.returncode, second.stdout.strip()) == (0, "Basis data sudah sesuai dengan versi ini.")
        checked = luwes(root, "check", "--audit")
        lines = [line for line in checked.stdout.splitlines() if SECTION.match(line)]
        # Everything stands but the calendar, which somebody has to load.
        assert (checked.returncode, checked.stderr) == (1, "")
        assert [line.split(":")[0] for line in lines if line.startswith("[gagal]")] == ["[gagal] Kalender"]
        assert len(lines) >= 7
        assert "Jejak audit" in lines[-1]
        assert left_of(root) == set()


def test_a_check_of_a_database_not_yet_migrated_fails_with_its_remedy() -> None:
    with temporary_root() as root:
        done = luwes(root, "check")
        assert (done.returncode, done.stderr) == (1, "")
        assert "luwes migrate" in done.stdout


@pytest.mark.parametrize(
    "command",
    [["import", "budget", "README.md"], ["report", "budget"], ["purge"], ["demo"], ["admin", "a@contoh.go.id"]],
    ids=lambda command: command[0],
)
def test_no_command_works_on_a_database_not_yet_migrated(command: list[str]) -> None:
    with temporary_root() as root:
        done = luwes(root, *command)
        assert done.returncode == 1
        assert done.stderr.endswith("luwes migrate\n")
        assert done.stderr.count("\n") == 1


def test_an_unknown_head_fails() -> None:
    with temporary_root() as root:
        luwes(root, "migrate")
        done = luwes(root, "check", "--against", "0123456789abcdef")
        assert done.returncode == 1
        assert "kepala yang diberikan" in done.stdout


def test_a_database_that_does_not_answer_is_one_line_and_nothing_more() -> None:
    with temporary_root() as root:
        done = luwes(root, "check", LUWES_DATABASE_URL=f"postgresql://luwes@/luwes?host={root}")
        assert done.returncode == 1
        assert done.stdout.startswith("[gagal] Basis data")
        assert "Traceback" not in done.stderr


def test_commands_speak_english_when_asked() -> None:
    with temporary_root() as root:
        done = luwes(root, "migrate", LUWES_LANGUAGE="en")
        assert done.returncode == 0
        assert "perubahan" not in done.stdout


def test_nothing_is_pending_after_migrating(db: None) -> None:
    assert pending_migrations() == []
    assert apply_migrations() == 0
