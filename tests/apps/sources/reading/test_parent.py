"""The real child: what it may do, how it ends, and that the parent outlives every end."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import luwes
from luwes.apps.sources.reading.contract import UNREADABLE_CODES, Job, Limits, Reject, UnreadableFile
from luwes.apps.sources.reading.parent import CHILD, parse
from tests.apps.sources.reading.files import PEOPLE, PEOPLE_HEADER, csv_bytes, read, read_in_child, xlsx_bytes

SOURCE = str(Path(luwes.__file__).parents[1])
HEAD = (",".join(PEOPLE_HEADER) + "\n").encode()


def many(rows: int) -> bytes:
    return HEAD + b"".join(b"%07d,Nama %d,09/12/1990,PNS\n" % (number, number) for number in range(rows))


def children() -> set[int]:
    """The processes started by any thread of this one and not yet reaped."""
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        found.update(map(int, path.read_text().split()))
    return found


@pytest.fixture
def nothing_left() -> Any:
    before = children()
    yield before
    assert children() == before


def run(payload: bytes, on_rows: Callable[[bytes], None] = lambda _: None, **limits: Any) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        parse(payload, Job(PEOPLE), on_rows=on_rows, on_rejects=lambda _: None, limits=Limits(**limits))
    assert refusal.value.code in UNREADABLE_CODES
    return refusal.value


@pytest.mark.usefixtures("nothing_left")
@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_the_child_reads_what_the_code_reads(make: Callable[[Any], bytes]) -> None:
    rows = [
        PEOPLE_HEADER,
        *([f"0{number}", "Yosé\\", "9 Des 1990", "PNSS" if number % 9 == 4 else "PNS"] for number in range(3000)),
    ]
    payload = make(rows)
    there, here = read_in_child(payload, PEOPLE, prefix="1"), read(payload, PEOPLE, prefix="1")
    assert there.lines == here.lines
    assert there.rejects == here.rejects
    assert len(there.rejects) == 333
    assert there.add_up()
    assert 0 < there.summary.peak_kb < 60_000
    assert there.summary.cpu_seconds > 0


def test_rows_arrive_in_whole_lines_and_in_pieces() -> None:
    chunks: list[bytes] = []
    summary = parse(many(40_000), Job(PEOPLE), on_rows=chunks.append, on_rejects=lambda _: None)
    assert summary.valid == 40_000
    assert len(chunks) > 3
    assert all(chunk.endswith(b"\n") for chunk in chunks)
    assert max(map(len, chunks)) < 600_000


def test_too_large_and_empty_need_no_child() -> None:
    before = children()
    assert run(b"").code == "empty"
    refusal = run(b"x" * 11, max_bytes=10)
    assert (refusal.code, refusal.facts) == ("too_large", {"bytes": 11, "limit": 10})
    assert children() == before


@pytest.mark.usefixtures("nothing_left")
def test_a_refusal_brings_its_facts() -> None:
    refusal = run(csv_bytes([["nip", "alamat"], ["1", "x"]]))
    assert refusal.code == "missing_columns"
    assert refusal.facts["missing"] == [{"name": "nama", "label": "Nama", "nearest": "alamat"}]


def test_a_child_killed_on_its_way_is_a_refusal(nothing_left: set[int]) -> None:
    received: list[bytes] = []

    def kill(chunk: bytes) -> None:
        received.append(chunk)
        for pid in children() - nothing_left:
            os.kill(pid, signal.SIGKILL)

    refusal = run(many(600_000), kill)
    assert refusal.code == "crashed"
    assert refusal.facts["exit"] == -signal.SIGKILL
    assert received


@pytest.mark.usefixtures("nothing_left")
def test_what_the_receiver_raises_passes_through_and_ends_the_child() -> None:
    def fail(chunk: bytes) -> None:
        raise ConnectionError("database gone")

    started = time.monotonic()
    with pytest.raises(ConnectionError, match="database gone"):
        parse(many(600_000), Job(PEOPLE), on_rows=fail, on_rejects=lambda _: None)
    assert time.monotonic() - started < 10


@pytest.mark.usefixtures("nothing_left")
def test_the_receiver_of_rejects_may_fail_too() -> None:
    def fail(rejects: list[Reject]) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        parse(csv_bytes([PEOPLE_HEADER, ["", "A", "x"]]), Job(PEOPLE), on_rows=lambda _: None, on_rejects=fail)


@pytest.mark.usefixtures("nothing_left")
def test_a_slow_reading_ends_by_the_clock() -> None:
    started = time.monotonic()
    assert run(many(600_000), lambda _: time.sleep(0.3), wall_seconds=0.6).code == "timeout"
    assert time.monotonic() - started < 10


@pytest.mark.usefixtures("nothing_left")
def test_a_busy_reading_ends_by_its_processor_time() -> None:
    refusal = run(many(1_100_000), cpu_seconds=1)
    assert refusal.code == "timeout"
    assert refusal.facts["exit"] == -signal.SIGXCPU


@pytest.mark.usefixtures("nothing_left")
def test_a_file_too_large_for_the_memory_limit() -> None:
    assert run(many(600_000), memory_mb=48).code == "memory"


@pytest.mark.usefixtures("nothing_left")
def test_an_allocation_the_xlsx_parser_cannot_have() -> None:
    # Two cells in opposite corners of a sheet: dense, they would be seventeen thousand million.
    far = xlsx_bytes([PEOPLE_HEADER, ["1", "A"]], merge=lambda page: page.write_string(1_048_575, 16_383, "x"))
    assert run(far).code == "memory"


def test_the_child_is_confined_and_knows_no_secret(nothing_left: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUWES_SECRET_KEY", "hush")
    seen: dict[str, str] = {}

    def look(chunk: bytes) -> None:
        if not seen:
            (pid,) = children() - nothing_left
            seen["environ"] = Path(f"/proc/{pid}/environ").read_text()
            seen["limits"] = Path(f"/proc/{pid}/limits").read_text()

    parse(many(100_000), Job(PEOPLE), on_rows=look, on_rejects=lambda _: None, limits=Limits(memory_mb=300))
    assert "hush" not in seen["environ"]
    assert "LUWES" not in seen["environ"]
    limits = {line[:25].strip(): line[25:].split() for line in seen["limits"].splitlines()[1:]}
    assert limits["Max file size"][:2] == ["0", "0"]
    assert limits["Max open files"][:2] == ["16", "16"]
    assert limits["Max core file size"][:2] == ["0", "0"]
    assert limits["Max address space"][0] == str(300 * 1024 * 1024)
    assert limits["Max cpu time"][:2] == ["90", "95"]


def test_the_child_needs_neither_django_nor_a_database_driver() -> None:
    code = f"import sys, {CHILD}; print(sorted({{'django', 'psycopg', 'openpyxl', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": SOURCE}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_readings_side_by_side_do_not_mix(nothing_left: set[int]) -> None:
    files = [csv_bytes([PEOPLE_HEADER, *([f"{name}{number}", "A"] for number in range(2_000))]) for name in "abcd"]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda payload: read_in_child(payload, PEOPLE), files))
    for name, outcome in zip("abcd", outcomes, strict=True):
        assert outcome.keys == [f"{name}{number}" for number in range(2_000)]
    assert children() == nothing_left


def gone(pid: int) -> bool:
    """Whether a process has ended; one that only waits for its new parent to notice has ended too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_killed_parent_leaves_no_child() -> None:
    script = textwrap.dedent(
        """
        import time
        from pathlib import Path
        from luwes.apps.sources.reading.contract import Job
        from luwes.apps.sources.reading.parent import parse
        from tests.apps.sources.reading.files import PEOPLE
        from tests.apps.sources.reading.test_parent import children, many

        def wait(chunk):
            print(*children(), flush=True)
            time.sleep(60)

        parse(many(300_000), Job(PEOPLE), on_rows=wait, on_rejects=print)
        """
    )
    root = str(Path(__file__).parents[4])
    with subprocess.Popen(
        [sys.executable, "-c", script], env={"PYTHONPATH": f"{SOURCE}:{root}"}, stdout=subprocess.PIPE, text=True
    ) as middle:
        assert middle.stdout is not None
        pid = int(middle.stdout.readline())
        assert not gone(pid)
        middle.kill()
        middle.wait()
        deadline = time.monotonic() + 5
        while not gone(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert gone(pid)


@pytest.mark.parametrize(("parent", "sent"), [(1, b"abc"), (None, b"ab")])
def test_a_child_without_its_parent_or_its_bytes_says_nothing(parent: int | None, sent: bytes) -> None:
    order = {
        "job": Job(PEOPLE).to_json(),
        "limits": {},
        "bytes": 3,
        "parent": parent or os.getpid(),
    }
    done = subprocess.run(
        [sys.executable, "-m", CHILD],
        input=json.dumps(order).encode() + b"\n" + sent,
        env={"PYTHONPATH": SOURCE},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
