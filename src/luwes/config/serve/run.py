"""The supervisor: starts the parts in order, watches them, stops them in the opposite order."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from luwes.config import commands
from luwes.config.embedded import EmbeddedServer
from luwes.config.environment import database
from luwes.config.language import _
from luwes.config.refusals import Refusal
from luwes.config.serve import address
from luwes.config.serve.child import Child, ChildEnded
from luwes.config.serve.parent import Parent
from luwes.config.stopping import StopRequested
from luwes.config.wording import sentence

START_TIMEOUT_SECONDS = 60.0
TICK_SECONDS = 0.2


class SiteSilent(Refusal):
    """The parts run, but the site does not answer."""

    code = "site_silent"


class SiteFailing(Refusal):
    """The site's first answer is a failure of its own."""

    code = "site_failing"


def serve(*, host: str, port: int, demo: bool, staff: int | None = None, parent: Parent | None = None) -> int:
    """Serve until asked to stop and return the exit code. `staff` is how many civil servants the demo has.

    A child that ends by itself stops the whole with that child's code. Raises a `Refusal` for what can be
    seen before anything runs.
    """
    address.require_free(host, port)
    try:
        with database() as server:
            _prepare(embedded=server is not None, demo=demo, staff=staff)
            with _children(host, port) as children:
                _await_answer(host, port, children)
                _say(_("Luwes siap di %(address)s (Ctrl+C untuk berhenti)"), address=address.shown(host, port))
                _watch(children, server, parent)
    except StopRequested:
        # Everything is stopped by now.
        pass
    except ChildEnded as ended:
        sys.stderr.write(sentence(ended) + "\n")
        return int(str(ended.values["exit_code"])) or 1
    _say(_("Luwes berhenti."))
    return 0


def _prepare(*, embedded: bool, demo: bool, staff: int | None) -> None:
    """Migrations (only reported for an outside database), demo and static files, in this process."""
    from django.core.management import call_command
    from django.db import connections

    from luwes.config.migrations import apply_migrations, require_migrated

    if embedded or demo:
        apply_migrations()
    else:
        require_migrated()
    if demo:
        parser = argparse.ArgumentParser()
        command = commands.load("demo")
        command.add_arguments(parser)
        command.run(parser.parse_args([] if staff is None else ["--staff", str(staff)]))
    call_command("collectstatic", interactive=False, verbosity=0)
    # The children open their own.
    connections.close_all()


@contextmanager
def _children(host: str, port: int) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        children.append(Child(_("situs"), "granian", _web_options(host, port)))
        children.append(Child(_("pekerja latar"), "luwes.config.serve.worker", []))
        yield children
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait()


def _web_options(host: str, port: int) -> list[str]:
    workers = min(os.cpu_count() or 1, 4)
    return [
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws"),
        *("--workers", str(workers), "--blocking-threads", "4", "--workers-kill-timeout", "8"),
        # One crashed process is replaced; one that crashes at its start stops the whole.
        "--respawn-failed-workers",
        *("--log-level", "warning", "luwes.config.serve.site:application"),
    ]


def _await_answer(host: str, port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while (status := address.answer(host, port)) is None:
        for child in children:
            child.require_running()
        if time.monotonic() > deadline:
            raise SiteSilent(address=address.shown(host, port))
        time.sleep(TICK_SECONDS / 4)
    if status >= address.FIRST_SERVER_ERROR:
        raise SiteFailing(address=address.shown(host, port), status=status)


def _watch(children: list[Child], server: EmbeddedServer | None, parent: Parent | None) -> None:
    while parent is None or not parent.waits_for_our_end():
        time.sleep(TICK_SECONDS)
        for child in children:
            child.require_running()
        if server is not None:
            server.keep_running()


def _say(message: str, **values: str) -> None:
    sys.stdout.write(message % values + "\n")
    sys.stdout.flush()
