"""A month of days for a province: dry run, confirming, a second import, recomputing, the page. Run with Django."""

import io
import json
import os
import time
from datetime import date

import django

STAFF = 14_000
FIRST, NEXT = date(2026, 11, 1), date(2026, 12, 1)


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from bench._people import p95
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.calendars.actions import seed_calendars
    from luwes.apps.people.calendars.queries import calendar
    from luwes.apps.schedule.exposure import recompute
    from luwes.config import demo, importing
    from luwes.core.workdays.calendar import Pattern
    from luwes.examples.invented.days import invented_month
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    call_command("collectstatic", interactive=False, verbosity=0)
    demo.fill(Scenario(staff=1), months=0)
    people, file = invented_people(STAFF), io.BytesIO()
    write_csv(file, people, dirty=False)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=file.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    with unit_of_work(importing.CONSOLE, timezone.now()):
        seed_calendars()
    days = list(calendar(2026).working_days(FIRST, NEXT, Pattern.FIVE))
    month = invented_month(people, days)
    figures: dict[str, float] = {}
    for kind in ("lots", "leave", "trips"):
        name = f"{kind}.csv"
        importing.confirmed(importing.staged(kind=kind, source=kind, file_name=name, payload=month.csv(kind)))
    start = time.perf_counter()
    batch = importing.staged(kind="flexdays", source="BKD", file_name="f.csv", payload=month.csv("flexdays"))
    figures["dry_run_s"] = time.perf_counter() - start
    start = time.perf_counter()
    batch = importing.confirmed(batch)
    figures["confirm_s"] = time.perf_counter() - start
    figures["rows"] = batch.counts["new"]
    again = importing.staged(kind="flexdays", source="BKD", file_name="f.csv", payload=month.csv("flexdays"))
    figures["changed_again"] = again.counts["new"] + again.counts["changed"]
    start = time.perf_counter()
    with unit_of_work(importing.CONSOLE, timezone.now()):
        recompute(days=[FIRST])
    figures["recompute_s"] = time.perf_counter() - start
    figures["page_p95_ms"] = p95("/paparan/?bulan=2026-11")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
