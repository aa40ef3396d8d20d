"""Starting the reading process, feeding it, and surviving whatever happens to it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, cast

import luwes
from luwes.apps.sources.reading import frames
from luwes.apps.sources.reading.contract import Job, Limits, Reject, Summary, UnreadableFile

CHILD = "luwes.apps.sources.reading.child"
GRACE_SECONDS = 5.0
KEPT_COMPLAINTS = 4_000
# How an allocation that the limit refused shows itself, in Rust and in Python.
_OUT_OF_MEMORY = ("memory allocation of", "MemoryError", "out of memory", "capacity overflow")


def _no_matter(_columns: tuple[str, ...]) -> None:
    """For jobs whose rows do not come as fields."""


def parse(
    payload: bytes,
    job: Job,
    *,
    on_rows: Callable[[bytes], None],
    on_rejects: Callable[[list[Reject]], None],
    on_columns: Callable[[tuple[str, ...]], None] = _no_matter,
    limits: Limits | None = None,
) -> Summary:
    """Read one file in a limited child process.

    `on_rows` receives whole lines of PostgreSQL COPY text (prefix, row number, key, JSON array of canonical values in
    layout column order; where the job asks for `fields` a field per column instead of key and array), about 256 kB at
    a time; `on_rejects` receives refused cells. Where the job asks for `fields`, `on_columns` first receives the
    names of those of the layout's columns that rows have a field for: what the file has and what is constant. All run
    in this thread while the child works on; what they raise ends the child and passes through. Rows may have been
    handed over before a refusal: the caller's transaction must undo them.

    Raises UnreadableFile with a stable code (see `contract.UNREADABLE_CODES`).
    """
    limits = limits or Limits()
    if not payload:
        raise UnreadableFile("empty", {})
    if len(payload) > limits.max_bytes:
        raise UnreadableFile("too_large", {"bytes": len(payload), "limit": limits.max_bytes})
    order = {
        "job": job.to_json(),
        "limits": asdict(limits),
        "bytes": len(payload),
        "parent": os.getpid(),
    }
    with _Child(json.dumps(order).encode() + b"\n", payload, limits.wall_seconds) as child:
        answer = listen(child.output, job, on_columns, on_rows, on_rejects)
    if answer is None:
        raise child.cause()
    kind, body = answer
    if kind == frames.ERROR:
        raise UnreadableFile(body["code"], body["facts"])
    return Summary.from_json(body)


def listen(
    output: BinaryIO,
    job: Job,
    on_columns: Callable[[tuple[str, ...]], None],
    on_rows: Callable[[bytes], None],
    on_rejects: Callable[[list[Reject]], None],
) -> tuple[bytes, dict[str, Any]] | None:
    """Pass frames on until the closing one and return it; None when the child stopped without one."""
    # What the fields are is said once, before the first of them; a child that says otherwise is not ours.
    unsaid = job.fields
    while True:
        try:
            frame = frames.read(output)
        except frames.BrokenFrame:
            return None
        if frame is None:
            return None
        kind, body = frame
        if (kind == frames.COLUMNS) != unsaid and kind in (frames.COLUMNS, frames.ROWS):
            return None
        if kind == frames.COLUMNS:
            unsaid = False
            named = set(json.loads(body))
            on_columns(tuple(column.name for column in job.layout.columns if column.name in named))
        elif kind == frames.ROWS:
            on_rows(body)
        elif kind == frames.REJECTS:
            on_rejects([Reject(**each) for each in json.loads(body)])
        else:
            return kind, json.loads(body)


class _Child:
    """The reading process while it is needed; leaving the block always leaves it dead and reaped."""

    def __init__(self, order: bytes, payload: bytes, wall_seconds: float) -> None:
        self._process = _start()
        self.output = cast(BinaryIO, self._process.stdout)
        self._expired = False
        self._complaints = b""
        self._watchdog = threading.Timer(wall_seconds, self._expire)
        # The payload and the answer are larger than a pipe: both directions must move at once.
        self._threads = [
            threading.Thread(target=self._feed, args=(order, payload)),
            threading.Thread(target=self._drain),
            self._watchdog,
        ]
        for thread in self._threads:
            thread.daemon = True
            thread.start()

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            # It has said its last word; a moment is enough to end in, unless our own side failed.
            self._process.wait(timeout=GRACE_SECONDS if kind is None else 0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._watchdog.cancel()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdout, self._process.stderr):
            cast(BinaryIO, stream).close()

    def cause(self) -> UnreadableFile:
        """Say why the process ended without an answer; its last words are for the log, not for the page."""
        code = self._process.returncode
        words = self._complaints.decode("utf-8", "replace")
        facts = {"exit": code, "stderr": words[-500:]}
        if self._expired or code == -signal.SIGXCPU:
            return UnreadableFile("timeout", facts)
        if any(sign in words for sign in _OUT_OF_MEMORY):
            return UnreadableFile("memory", facts)
        return UnreadableFile("crashed", facts)

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def _feed(self, order: bytes, payload: bytes) -> None:
        stdin = cast(BinaryIO, self._process.stdin)
        # A child that is gone is noticed, and explained, where its answer is awaited.
        with contextlib.suppress(BrokenPipeError):
            stdin.write(order)
            stdin.write(payload)
        with contextlib.suppress(BrokenPipeError):
            stdin.close()

    def _drain(self) -> None:
        for line in cast(BinaryIO, self._process.stderr):
            self._complaints = (self._complaints + line)[-KEPT_COMPLAINTS:]


def _start() -> subprocess.Popen[bytes]:
    """Start the child with an environment of its own: no secret of ours may be readable there."""
    source = str(Path(luwes.__file__).parents[1])
    return subprocess.Popen(
        [sys.executable, "-B", "-s", "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": source, "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
        cwd="/",
    )
