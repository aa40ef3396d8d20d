"""A province from the database to published rosters: read, reckon, store, publish together. Run with Django."""

import io
import json
import os
import sys
import time
from datetime import UTC, date, datetime

import django

NOW, MONTH, NEXT = datetime(2026, 11, 25, 2, tzinfo=UTC), date(2026, 12, 1), date(2027, 1, 1)


def main(staff: int) -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.calendars.actions import seed_calendars
    from luwes.apps.people.calendars.queries import calendar
    from luwes.apps.people.models import ServicePointVersion, UnitKind
    from luwes.apps.people.queries import units_on
    from luwes.apps.people.services.facts import Floor
    from luwes.apps.people.services.floors import set_floors
    from luwes.apps.schedule.models import DraftState, PersonDay
    from luwes.apps.schedule.rosters import drafts, following
    from luwes.apps.schedule.rosters.parameters import Parameters
    from luwes.apps.schedule.rosters.worker import workers
    from luwes.config import demo, importing
    from luwes.core.services.hours import Window
    from luwes.core.workdays.calendar import Pattern
    from luwes.examples.invented.days import invented_month
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    demo.fill(Scenario(staff=1), months=0)
    people, file = invented_people(staff), io.BytesIO()
    write_csv(file, people, dirty=False)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=file.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    with unit_of_work(importing.CONSOLE, NOW):
        seed_calendars()
    month = invented_month(people, list(calendar(2026).working_days(MONTH, NEXT, Pattern.FIVE)))
    for kind in ("leave", "trips"):
        importing.confirmed(
            importing.staged(kind=kind, source=kind, file_name=f"{kind}.csv", payload=month.csv(kind))
        )  # fmt: skip
    for key in ServicePointVersion.objects.filter(superseded_at=None).values_list("point__key", flat=True):
        bands = [Floor(Window(weekday, 480, 900), 2) for weekday in range(1, 6)]
        with unit_of_work(importing.CONSOLE, NOW):
            set_floors(point_key=key, floors=bands, source="bench", since=MONTH)
    agencies = [unit.key for unit in units_on(MONTH, kinds=[UnitKind.AGENCY])]
    wall, cpu, ready = time.perf_counter(), time.process_time(), []
    with workers() as warm:
        for key in agencies:
            with unit_of_work(importing.CONSOLE, NOW):
                asked = drafts.request(unit_key=key, month=MONTH, wanted=Parameters(weekly=2))
            outcome = drafts.reckon(drafts.draft(asked.public_id), run=warm.one)
            with unit_of_work(importing.CONSOLE, NOW):
                done = drafts.store(draft_id=asked.public_id, outcome=outcome)
            if done.state == DraftState.READY:
                ready.append(done.public_id)
    planned_wall, planned_cpu = time.perf_counter() - wall, time.process_time() - cpu
    with unit_of_work(importing.CONSOLE, NOW):
        drafts.publish(draft_ids=ready)
    figures = {
        "published_s": time.perf_counter() - wall,
        "planned_s": planned_wall,
        "planned_cpu_s": planned_cpu,
        "published_cpu_s": time.process_time() - cpu,
        "rosters": len(ready),
        "of": len(agencies),
        "person_days": PersonDay.objects.filter(origin="roster").count() // 2,
        "broken": sum(len(one.violations) for one in following.endangered(MONTH)),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[1]))
