"""A month of a whole province decided from the database: reading the facts, the scan, two stacks. Run with Django."""

import io
import json
import os
import resource
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import TypeVar

import django

T = TypeVar("T")
STAFF, RUNS = 14_000, 3
MONTH = date(2026, 11, 1)
HEAD = """
id = "surat"
version = 1
title = "surat rekaan"
level = "local_circular"
issuer = "rekaan"
state = "in_force"
status = "seen"
source = "rekaan"
"""
# One clause at least of every kind that decides, in the words the database can answer.
CLAUSES = (
    'kind = "days"\nmode = "wfa"\nweekdays = ["tue", "wed", "thu", "fri"]', 'kind = "forbid"\ndates = [2026-11-18]',
    'kind = "days"\nmode = "wfh"\nweekdays = ["mon"]\nneeds_grant = true',
    'kind = "exclude"\nwho = { any = ["service:loket", "service:langsung", "unit:rsud", "unit:dinkes"] }',
    'kind = "exclude"\nwho = { any = ["discipline:active", "discipline:in_process"] }',
    'kind = "exclude"\nwho = { any = ["post:eselon_2", "post:plt", "type:pppk_paruh_waktu"] }',
    'kind = "require"\nneeds = { all = ["task:dapat_dengan_tik", "task:sedikit_tatap_muka"] }',
    'kind = "tenure"\nsince = "post"\nmonths = 6', 'kind = "tenure"\nsince = "entry"\nmonths = 12',
    'kind = "quota"\nper = "unit"\nflex_max = 40\nrounding = "down"\nwithout = ["leave", "trip", "study"]',
    'kind = "quota"\nper = "opd"\nonsite_min = 25\nrounding = "up"', 'kind = "quota"\nper = "team"\nflex_max = 75',
    'kind = "weekly"\nmax_days = 2', 'kind = "weekly"\nonsite_min_days = 3', 'kind = "deadline"\ndays_before = 1',
    'kind = "roster"\nblocks = true', 'kind = "delegate"\nto = "opd_head"\nwho = { any = ["signal:lemah"] }',
    'kind = "need"', 'kind = "data"\nfacts = ["punches"]',
    'kind = "guard"\nmetric = "budget_pace"\nbelow = -10.0\neffect = "quota"\nflex_max = 20',
    'kind = "approval"\nsteps = ["sekda"]\nwho = { any = ["post:pimpinan"] }', 'kind = "hours"\nweekly_net = 2250',
)  # fmt: skip


def fill() -> None:
    """Units, staff, services, and a month of leave, trips and flexible days."""
    from django.utils import timezone

    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.calendars.actions import seed_calendars
    from luwes.apps.people.calendars.queries import calendar
    from luwes.apps.people.models import Post
    from luwes.apps.people.staff.actions import QUESTIONS, assess_posts
    from luwes.config import demo, importing
    from luwes.core.workdays.calendar import Pattern
    from luwes.examples.invented.days import invented_month
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    demo.fill(Scenario(staff=1), months=0)
    people, file = invented_people(STAFF), io.BytesIO()
    write_csv(file, people, dirty=False)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=file.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    with unit_of_work(importing.CONSOLE, timezone.now()):
        seed_calendars()
    with unit_of_work(importing.CONSOLE, timezone.now()):
        posts = list(Post.objects.filter(pk__gt=0).values_list("public_id", flat=True))
        assess_posts(post_ids=posts[::2], answers=dict.fromkeys(QUESTIONS, "ya"), reason="rekaan")
    month = invented_month(people, list(calendar(2026).working_days(MONTH, date(2026, 12, 1), Pattern.FIVE)))
    for kind in ("lots", "leave", "trips", "flexdays"):
        importing.confirmed(importing.staged(kind=kind, source=kind, file_name=f"{kind}.csv", payload=month.csv(kind)))


def measured(work: Callable[[], T]) -> tuple[T, float, float]:
    """What the work gives, and the medians of CPU seconds of this process and of wall seconds."""
    cpu, wall = [], []
    for _ in range(RUNS):
        begun, at = time.process_time(), time.perf_counter()
        found = work()
        cpu.append(time.process_time() - begun)
        wall.append(time.perf_counter() - at)
    return found, median(cpu), median(wall)


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    if os.environ.get("LUWES_BENCH_FILL") == "1":
        fill()
        return
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luwes.apps.people.models import Employee
    from luwes.apps.schedule.deciding import compare_month, decide_one, month_rules, read_month, scan_month
    from luwes.apps.schedule.facts.gather import Wish
    from luwes.core.policy.rulebook import read_rulebook
    from luwes.core.policy.stack import Layer, Recorded, Rules, Stack

    def rules(without: int = 0) -> Rules:
        clauses = [one for number, one in enumerate(CLAUSES, 1) if number != without]
        text = HEAD + "".join(
            f'\n[[clause]]\nid = "c{number}"\nbasis = "b"\n{one}\n' for number, one in enumerate(clauses, 1)
        )
        at = datetime(2030, 1, 1, tzinfo=UTC)
        return month_rules(
            Rules(Stack((Layer(read_rulebook(text), Recorded(datetime(2020, 1, 1, tzinfo=UTC))),)), at), MONTH
        )

    wish = Wish(asked_on=date(2026, 10, 20))
    with CaptureQueriesContext(connection) as queries:
        read_month(MONTH, rules(), wish=wish)
    found, read_cpu, read_wall = measured(lambda: read_month(MONTH, rules(), wish=wish))
    told, scan_cpu, _ = measured(lambda: scan_month(found, rules()))
    both, compare_cpu, _ = measured(lambda: compare_month(found, rules(), rules(without=10)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    someone = Employee.objects.order_by("pk")[STAFF // 2].public_id
    _, one_cpu, one_wall = measured(
        lambda: decide_one(employee=someone, day=date(2026, 11, 11), rules=rules(), wish=wish)
    )
    figures = {
        "read_cpu_s": read_cpu, "read_wall_s": read_wall, "scan_cpu_s": scan_cpu, "compare_cpu_s": compare_cpu,
        "one_wall_s": one_wall, "one_cpu_s": one_cpu, "memory_mb": memory, "queries": len(queries),
        "people": told.people, "person_days": told.person_days, "moved": sum(one.person_days for one in both.moves),
        "verdicts": {verdict.value: number for verdict, number in told.verdicts.items()},
    }  # fmt: skip
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
