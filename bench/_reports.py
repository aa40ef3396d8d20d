"""The monthly reports of a province with all its files, and the leader's page over them. Run with Django."""

import json
import os
import time
from datetime import date

import django

STAFF = 14_000


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from bench._people import p95
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.queries import kind, units_on
    from luwes.apps.reporting.monthly_actions import issue_monthly_report
    from luwes.config import demo, importing
    from luwes.core.workdays.months import month_before
    from luwes.examples.invented.facts.truths import Scenario

    call_command("collectstatic", interactive=False, verbosity=0)
    demo.fill(Scenario(staff=STAFF), months=1)
    today: date = timezone.localdate()
    keys = ["", *(unit.key for unit in units_on(today, kinds=[kind("perangkat_daerah")]))]
    figures: dict[str, float] = {"reports": len(keys)}
    for file_format in ("pdf", "xlsx"):
        start, wall, size = time.process_time(), time.perf_counter(), 0
        for key in keys:
            with unit_of_work(importing.CONSOLE, timezone.now()):
                issued = issue_monthly_report(file_format=file_format, month=month_before(today), unit_key=key)
            size += len(issued.payload)
        figures[f"{file_format}_cpu_s"] = time.process_time() - start
        figures[f"{file_format}_wall_s"] = time.perf_counter() - wall
        figures[f"{file_format}_bytes"] = size
    figures["leader_page_p95_ms"] = p95("/pimpinan/")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
