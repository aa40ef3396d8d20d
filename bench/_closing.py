"""Closing a month for a province: every day of 14,000 people reckoned from 1.2 million punches, summed and stored.

Then the leader's page on top of it.
Counted is the CPU time of this process and of every process of the database server on this machine. People and units
come through the real imports; punches and planned days are put in by SQL, as what is measured begins there.
"""

import io
import json
import os
from datetime import date
from time import perf_counter

import django

from bench._facts import cpu, server_cpu

STAFF = 14_000
MONTH = date(2026, 10, 1)
# Four punches a day make a million and more: in, out, and a second press at either end.
PUNCHES = """
INSERT INTO attendance_punch
    (employee_id, at, day, minute, direction, device, place, grade, synced_at, batch_id, row_number, recorded_at)
SELECT e.id, (d.day + (m.minute || ' minutes')::interval) AT TIME ZONE 'Asia/Jakarta', d.day, m.minute, m.way,
    'M' || (e.id %% 60), CASE WHEN e.id %% 11 = 0 THEN 'luar' ELSE 'kantor' END, 'A', NULL, b.id, 1, now()
FROM people_employee e
CROSS JOIN (SELECT g::date AS day FROM generate_series(%(first)s::date, %(last)s::date, '1 day') g
    WHERE extract(isodow FROM g) < 6) d
CROSS JOIN LATERAL (VALUES
    ((425 + (e.id * 7 + extract(doy FROM d.day)::int * 13) %% 45)::int, 'in'),
    ((427 + (e.id * 7 + extract(doy FROM d.day)::int * 13) %% 45)::int, ''),
    ((950 + (e.id * 5 + extract(doy FROM d.day)::int * 11) %% 60)::int, 'out'),
    ((952 + (e.id * 5 + extract(doy FROM d.day)::int * 11) %% 60)::int, '')) AS m(minute, way)
CROSS JOIN (SELECT min(id) AS id FROM sources_importbatch) b
"""
DAYS = """
INSERT INTO schedule_personday
    (employee_id, day, part, state, origin, yields_to, how, lot, batch_id, row_number, recorded_at)
SELECT DISTINCT p.employee_id, p.day, part, 'home', 'flexdays', '', 'undian', '', p.batch_id, 1, now()
FROM attendance_punch p CROSS JOIN generate_series(0, 1) part
WHERE (p.employee_id + extract(isodow FROM p.day)::int) %% 5 = 0
"""


def main() -> None:
    """Print the measured figures for the empty, migrated database in LUWES_DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from bench._people import p95
    from luwes.apps.attendance import runs, tasks
    from luwes.apps.attendance.models import DayRecord, MonthRun, Punch
    from luwes.apps.audit.unit_of_work import unit_of_work
    from luwes.apps.people.calendars.actions import seed_calendars
    from luwes.config import demo, importing
    from luwes.examples.invented.facts.truths import Scenario
    from luwes.examples.invented.people import invented_people
    from luwes.examples.invented.staff_file import write_csv

    call_command("collectstatic", interactive=False, verbosity=0)
    demo.fill(Scenario(staff=1), months=0)
    staff = io.BytesIO()
    write_csv(staff, invented_people(STAFF), dirty=False)
    batch = importing.staged(kind="staff", source="BKD", file_name="asn.csv", payload=staff.getvalue())
    importing.confirmed(importing.chosen(batch, "new:unit"))
    with unit_of_work(importing.CONSOLE, timezone.now()):
        seed_calendars()
    with connection.cursor() as cursor:
        cursor.execute(PUNCHES, {"first": MONTH, "last": runs.month_end(MONTH)})
        cursor.execute(DAYS.replace("%%", "%"))
        cursor.execute("ANALYZE")
    before, server, start = cpu(), server_cpu(), perf_counter()
    with unit_of_work(importing.CONSOLE, timezone.now()):
        started = runs.start_run(month=MONTH, final=True)
    tasks.work_off(started, clock=timezone.now)
    figures = {
        "cpu_s": cpu() - before,
        "server_cpu_s": server_cpu() - server,
        "wall_s": perf_counter() - start,
        "punches": Punch.objects.count(),
        "days": DayRecord.objects.count(),
        "present": MonthRun.objects.get(pk=started.run).counts["present"],
    }
    figures["leader_page_p95_ms"] = p95("/pimpinan/")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
