"""A month of punches for a province, reckoned. Run with Django."""

import io
import json
import os
import time
from datetime import date

import django

STAFF = 14_000
MONTH, NEXT = date(2026, 10, 1), date(2026, 11, 1)
# Four punches a day, as machines at two doors leave them; a tenth come late, some lack the last one.
PUNCHES = """
INSERT INTO attendance_punch
    (employee_id, at, day, minute, direction, device, place, grade, batch_id, row_number, recorded_at)
SELECT posting.employee_id, (day + minute * interval '1 minute') AT TIME ZONE 'Asia/Jakarta', day::date, minute,
    '', 'M' || n, 'kantor', 'A', posting.batch_id, n, now()
FROM people_posting AS posting
CROSS JOIN unnest(%(days)s::date[]) AS day
CROSS JOIN LATERAL (VALUES
    (1, 425 + (posting.employee_id * 7 + extract(day FROM day)::int * 13) %% 40), (2, 720), (3, 780),
    (4, 965 + (posting.employee_id * 3 + extract(day FROM day)::int * 11) %% 30)) AS punch (n, minute)
WHERE posting.superseded_at IS NULL
"""


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.db import connection
    from django.utils import timezone

    from luwes.apps.attendance import runs, tasks
    from luwes.apps.attendance.models import Punch
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.calendars.queries import calendar
    from luwes.config import demo, importing
    from luwes.core.workdays.calendar import Pattern
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    demo.fill(Scenario(staff=1), months=0)
    file = io.BytesIO()
    write_csv(file, invented_people(STAFF), dirty=False)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=file.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    days = list(calendar(2026).working_days(MONTH, NEXT, Pattern.FIVE))
    with connection.cursor() as cursor:
        cursor.execute(PUNCHES, {"days": days})
    figures: dict[str, float] = {"punches": Punch.objects.count()}
    start, wall = time.process_time(), time.perf_counter()
    with unit_of_work(importing.CONSOLE, timezone.now()):
        started = runs.start_run(month=MONTH)
    tasks.work_off(started, clock=timezone.now)
    figures["month_cpu_s"] = time.process_time() - start
    # The server's own work is in the wall time, beside ours.
    figures["month_wall_s"] = time.perf_counter() - wall
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
