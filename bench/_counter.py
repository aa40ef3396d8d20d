"""Answers of citizens at one poster, taken in as the product does, against a bare insert. Run with Django."""

import itertools
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

import django

CLIENTS = 8
# A province's counters. One of them alone would soon be over its bound, which is what the bound is for.
POSTERS = 1_000
SECONDS = 8 if os.environ.get("FULL") == "1" else 3
ANSWERS = 4_000 if os.environ.get("FULL") == "1" else 1_200
REQUESTS, WARM_UP = 300, 20
# As many columns and indexes as an answer has, and nothing asked before or after.
BARE_TABLE = """
CREATE TABLE bench_bare (LIKE results_qranswer INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES)
"""
COLUMNS = (
    "number, poster_id, round_id, day, said_at, received_at, elements, was_served, satisfied, device, network, flags"
)
VALUES = "{number}, {poster}, {round}, current_date, now(), now(), '{{}}', true, 4, 'android', 'net' || :number, '{{}}'"
# Random enough to be unique in a run, and no function that has to be called again for every row.
NUMBER = "('00000000-0000-4000-8000-' || lpad(to_hex(:drawn), 12, '0'))::uuid"

DRAW = """\\set number random(0, {last})
\\set poster :number + {first}
\\set drawn random(1, 281474976710655)
"""


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from luwes.apps.results.intake import receiving
    from luwes.apps.results.models import QrAnswer, SurveyRound

    call_command("collectstatic", interactive=False, verbosity=0)
    first = _posters()
    taken = SurveyRound.objects.get()
    with connection.cursor() as cursor:
        cursor.execute(BARE_TABLE)
    values = VALUES.format(number=NUMBER, poster=":poster", round=taken.pk)
    figures: dict[str, float] = {}
    figures["bare_per_s"] = _pgbench(f"INSERT INTO bench_bare ({COLUMNS}) VALUES ({values});\n", first)
    # The statements of one answer, as the product sends them.
    store = _literal(receiving.STORE, taken.pk)
    figures["db_part_per_s"] = _pgbench(_statements(store), first)
    before, numbers = QrAnswer.objects.count(), itertools.count()
    _receive(next(numbers))
    start, wall = time.process_time(), time.perf_counter()
    _at_once(lambda: _receive(next(numbers)), ANSWERS)
    figures["answers_per_s"] = ANSWERS / (time.perf_counter() - wall)
    figures["action_cpu_ms"] = 1000 * (time.process_time() - start) / ANSWERS
    if QrAnswer.objects.count() - before != ANSWERS + 1:
        raise RuntimeError("an answer was lost")
    figures |= _requests("bench0")
    print(json.dumps(figures))


def _posters() -> int:
    """Posters named bench0, bench1 … in the demo's province; gives the primary key of the first."""
    from django.utils import timezone

    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.models import ServicePoint
    from luwes.apps.results.intake import rounds
    from luwes.apps.results.models import RoundKind, SurveyPoster
    from luwes.config import demo, importing
    from luwes.examples.invented.facts.truths import Scenario

    demo.fill(Scenario(staff=1), months=0)
    now = timezone.now()
    point = ServicePoint.objects.earliest("pk")
    made = SurveyPoster.objects.bulk_create(
        SurveyPoster(code=f"bench{number}", point=point, recorded_at=now) for number in range(POSTERS)
    )
    with unit_of_work(importing.CONSOLE, now):
        today = timezone.localdate(now)
        rounds.begin_round(kind=RoundKind.SHORT, name="Ukur", unit_key="", since=today, last=None)
    return made[0].pk


def _statements(store: str) -> str:
    from luwes.apps.results.intake.lookup import FIND

    asked = " ".join(FIND.replace("%(code)s", "'bench' || :number").replace("%(day)s", "current_date").split())
    return f"BEGIN;\n{asked};\n{store}\nCOMMIT;\n"


def _literal(statement: str, taken: int) -> str:
    """The product's own statement with values in the place of its parameters, on one line as pgbench wants it."""
    from luwes.core.intake import PER_NETWORK, PER_POSTER

    plain = {
        "poster": ":poster",
        "round": taken,
        # Constants, as the product sends them: a volatile function would be asked for every row.
        "number": NUMBER,
        "day": "current_date",
        "said": "now()",
        "now": "now()",
        "since": "now() - interval '1 hour'",
        "elements": "'{}'",
        "served": "true",
        "promised": "true",
        "satisfied": 4,
        "device": "'android'",
        "network": "'net' || :number",
        "flags": "'{}'",
        "per_poster": PER_POSTER,
        "per_network": PER_NETWORK,
    }
    return " ".join((statement % plain).split()) + ";"


def _pgbench(script: str, first: int) -> float:
    """Transactions a second over all clients, by the embedded server's own pgbench."""
    from luwes.config.embedded.binaries import programs

    with tempfile.TemporaryDirectory(prefix="luwes-bench-") as folder:
        file = Path(folder) / "script.sql"
        file.write_text(f"{DRAW.format(last=POSTERS - 1, first=first)}{script}")
        counts = ["--no-vacuum", f"--client={CLIENTS}", "--jobs=2", f"--time={SECONDS}", f"--file={file}"]
        command = [str(programs() / "pgbench"), *counts, os.environ["LUWES_DATABASE_URL"]]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("tps = "))
    return float(line.split()[2])


def _receive(number: int) -> None:
    from django.utils import timezone

    from luwes.apps.audit.actor import system
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.results.intake.answers import understood
    from luwes.apps.results.intake.receiving import receive

    said = understood({"nomor": str(uuid4()), "dilayani": "ya", "janji": "ya", "puas": "4"})
    with unit_of_work(system("bench"), timezone.now()):
        receive(code=f"bench{number % POSTERS}", said=said, address=f"203.0.113.{number % 250}", agent="Android")


def _at_once(act: Callable[[], None], times: int) -> None:
    with ThreadPoolExecutor(CLIENTS) as pool:
        for done in [pool.submit(act) for _ in range(times)]:
            done.result()


def _requests(code: str) -> dict[str, float]:
    """What a whole request costs, with everything around the answer: middleware, form, response."""
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "gzip", "Host": "localhost"})
    found: dict[str, float] = {}
    acts: dict[str, Callable[[], Any]] = {
        "page": lambda: client.get(f"/s/{code}/"),
        "post": lambda: client.post(f"/s/{code}/", {"nomor": str(uuid4()), "puas": "4"}),
    }
    for name, act in acts.items():
        for _ in range(WARM_UP):
            act()
        start = time.process_time()
        spent = []
        for _ in range(REQUESTS):
            began = time.perf_counter()
            if act().status_code not in (200, 303):
                raise RuntimeError(f"{name} failed")
            spent.append(1000 * (time.perf_counter() - began))
        found[f"{name}_cpu_ms"] = 1000 * (time.process_time() - start) / REQUESTS
        found[f"{name}_p95_ms"] = _p95(spent)
    return found


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
