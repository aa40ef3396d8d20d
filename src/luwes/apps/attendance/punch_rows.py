"""What the rows of a punch file say: each one punch, or each the two ends of somebody's day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from psycopg import sql

from luwes.apps.attendance.hours import Hours
from luwes.apps.attendance.punch_file import ENTERING, LEAVING
from luwes.apps.attendance.punch_people import Who
from luwes.apps.attendance.roster import stints
from luwes.core.workdays.periods import DAY, Period
from luwes.core.worktime.windows import MIDNIGHT, closes

LISTED_ROWS = 20

# Times were staged as if they were UTC, so `AT TIME ZONE 'UTC'` gives them back as they were written. OFFSET 0 has the
# server work that out once per row instead of wherever it is named. Nobody comes at 24.00 without saying so.
_SINGLE = sql.SQL("""
  SELECT row_number, nip, CASE WHEN jam = '24:00:00' THEN COALESCE(jenis, {leaving}) ELSE jenis END AS jenis, zona,
    mesin, perangkat, di_kantor, dikirim_pada AT TIME ZONE 'UTC' AS sent,
    COALESCE(waktu AT TIME ZONE 'UTC', tanggal + CASE WHEN jam ~ '^[0-9][0-9]:[0-9:]+$' THEN jam::time END) AS said,
    NULL::text AS wrong, FALSE AS blanked
  FROM attendance_stagedpunch WHERE batch_id = %(batch)s OFFSET 0
""").format(leaving=sql.Literal(LEAVING))
_CLOCK, _ZERO = "^[0-9][0-9]:[0-9:]+$", "^00:00(:00)?$"
# Nobody of the row was there: said by a date, and neither an hour nor anything that might have been meant as one.
_QUIET = sql.SQL(
    "(tanggal IS NOT NULL AND waktu IS NULL AND jam IS NULL AND COALESCE(masuk, {zero}) ~ {zeroes} "
    "AND COALESCE(pulang, {zero}) ~ {zeroes} AND NOT (pulang IS NOT NULL AND night))"
).format(zero=sql.Literal("00:00"), zeroes=sql.Literal(_ZERO))
# A row by a program that writes 00.00 for nothing; a night that ends at midnight is the one that does not.
_DAYS = sql.SQL("""
  SELECT s.*, %(presumed)s OR n.number IS NOT NULL AS night
  FROM attendance_stagedpunch s
  LEFT JOIN unnest(
    %(night_numbers)s::text[], %(night_machines)s::text[], %(night_days)s::date[], %(night_leavings)s::text[]
  ) AS n(number, machine, day, leaving)
    ON n.number = s.nip AND n.machine = COALESCE(s.mesin, '') AND n.day = s.tanggal AND n.leaving = s.pulang
  WHERE s.batch_id = %(batch)s OFFSET 0
""")
# Both ends of a row are stored, or none: the row is what somebody can mend.
_PAIRED = sql.SQL("""
  SELECT r.row_number, r.nip, l.jenis, r.zona, r.mesin, r.perangkat, r.di_kantor,
    CASE WHEN l.said = r.newest THEN r.sent END AS sent, l.said, r.wrong, r.blanked
  FROM (
    SELECT p.*, GREATEST(came, went, other) AS newest,
      CASE WHEN (came IS NULL AND come IS NOT NULL) OR (went IS NULL AND go IS NOT NULL) THEN 'time_missing'
        WHEN went < came THEN 'out_before_in' END AS wrong
    FROM (
      SELECT t.*, {came} AS came,
        {went} + CASE WHEN night AND go ~ {clock} AND {went} < COALESCE({came}, tanggal + interval '1 minute')
          THEN interval '1 day' ELSE interval '0' END AS went,
        COALESCE(waktu AT TIME ZONE 'UTC', CASE WHEN jam ~ {clock} THEN tanggal + jam::time END) AS other,
        dikirim_pada AT TIME ZONE 'UTC' AS sent
      FROM (
        SELECT d.*, CASE WHEN masuk !~ {zeroes} THEN masuk END AS come,
          CASE WHEN night OR pulang !~ {zeroes} THEN pulang END AS go,
          COALESCE(masuk ~ {zeroes}, FALSE) OR COALESCE(pulang ~ {zeroes} AND NOT night, FALSE) AS blanked
        FROM ({days}) d WHERE NOT {quiet}
      ) t
    ) p
  ) r CROSS JOIN LATERAL (
    SELECT e.said, e.jenis FROM (VALUES (came, {entering}), (went, {leaving}), (other, r.jenis)) AS e(said, jenis)
    WHERE e.said IS NOT NULL AND wrong IS NULL AND newest < %(tomorrow)s
    UNION ALL
    SELECT CASE WHEN wrong IS NULL THEN newest END, NULL
    WHERE wrong IS NOT NULL OR newest IS NULL OR newest >= %(tomorrow)s
  ) l OFFSET 0
""").format(
    clock=sql.Literal(_CLOCK),
    zeroes=sql.Literal(_ZERO),
    days=_DAYS,
    quiet=_QUIET,
    entering=sql.Literal(ENTERING),
    leaving=sql.Literal(LEAVING),
    **{
        name: sql.SQL(
            "CASE WHEN {text} ~ {clock} THEN tanggal + {text}::time WHEN {text} LIKE {stamp} THEN {text}::timestamp END"
        ).format(text=sql.SQL(text), clock=sql.Literal(_CLOCK), stamp=sql.Literal("____-__-__T%%"))
        for name, text in (("came", "come"), ("went", "go"))
    },
)

# A number, the machine it was punched on ("": none), the day of a row whose leaving belongs to the next morning, and
# that leaving as written.
Night = tuple[str, str, date, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """How the staged rows of a batch are read. `paired`: a row may hold both ends of a day.

    `nights` are the days whose leaving before the arrival is the next morning's; None presumes it of every row.
    """

    batch: int
    paired: bool
    nights: Sequence[Night] | None = None

    @property
    def said(self) -> sql.Composable:
        """The punches as written, a row each; a row that cannot be read says nothing, and why in `wrong`."""
        return _PAIRED if self.paired else _SINGLE

    @property
    def counted(self) -> sql.Composable:
        """How rows of the file are counted among its punches."""
        return sql.SQL("count(DISTINCT row_number)" if self.paired else "count(*)")

    @property
    def params(self) -> Mapping[str, Any]:
        """What `said` asks for, but for `tomorrow`."""
        if not self.paired:
            return {"batch": self.batch}
        nights = self.nights or ()
        return {
            "batch": self.batch,
            "presumed": self.nights is None,
            "night_numbers": [number for number, _, _, _ in nights],
            "night_machines": [machine for _, machine, _, _ in nights],
            "night_days": [day for _, _, day, _ in nights],
            "night_leavings": [leaving for _, _, _, leaving in nights],
        }

    def quiet(self) -> tuple[int, tuple[int, ...]]:
        """How many rows tell a day without a punch, and the first of them."""
        if not self.paired:
            return 0, ()
        statement = sql.SQL(
            "SELECT count(*), (array_agg(row_number ORDER BY row_number))[:{limit}] FROM ({days}) d WHERE {quiet}"
        ).format(limit=sql.Literal(LISTED_ROWS), days=_DAYS, quiet=_QUIET)
        with connection.cursor() as cursor:
            cursor.execute(statement, self.params)
            [(count, rows)] = cursor.fetchall()
            return int(count), tuple(rows or ())


def rows_of(batch_pk: int) -> Rows:
    """How the rows of the batch are read; every leaving before its arrival is presumed to be the next morning's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM attendance_stagedpunch "
            "WHERE batch_id = %s AND (masuk IS NOT NULL OR pulang IS NOT NULL))",
            [batch_pk],
        )
        [(found,)] = cursor.fetchall()
        return Rows(batch_pk, bool(found))


def nights_of(batch_pk: int, who: Sequence[Who]) -> Sequence[Night]:
    """Those of the rows that leave before they came whose schedule, on that day, runs on until that leaving."""
    asked = _backwards(batch_pk)
    if not asked:
        return ()
    meant = {(one.number, one.device): one.employee for one in who}
    first, last = min(day for _, _, day, _ in asked), max(day for _, _, day, _ in asked)
    wanted = {employee for number, machine, _, _ in asked if (employee := _meant(meant, number, machine))}
    units: dict[tuple[int, date], int] = {}
    for stint in stints(Period(first, last + DAY)):
        if stint.employee in wanted:
            span = range((stint.until - stint.since).days)
            units.update({(stint.employee, stint.since + n * DAY): stint.unit for n in span})
    hours = Hours.read(first, last)
    found = []
    for number, machine, day, leaving in asked:
        unit = units.get((_meant(meant, number, machine), day))
        on = hours.near(unit, day) if unit is not None else None
        if on is not None and MIDNIGHT + _minute(leaving) < closes(on.hours):
            found.append((number, machine, day, leaving))
    return found


def _minute(clock: str) -> int:
    """Of the day, from "HH:MM" or "HH:MM:SS"."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def _meant(meant: Mapping[tuple[str, str | None], int], number: str, machine: str) -> int:
    return meant.get((number, None)) or meant.get((number, machine)) or 0


def _backwards(batch_pk: int) -> list[Night]:
    statement = sql.SQL(
        "SELECT DISTINCT nip, COALESCE(mesin, ''), tanggal, pulang FROM attendance_stagedpunch WHERE batch_id = %s "
        "AND tanggal IS NOT NULL AND CASE WHEN pulang ~ {zeroes} THEN TRUE "
        "WHEN pulang ~ {clock} AND masuk ~ {clock} THEN pulang::time < masuk::time ELSE FALSE END ORDER BY 1, 2, 3, 4"
    ).format(zeroes=sql.Literal(_ZERO), clock=sql.Literal(_CLOCK))
    with connection.cursor() as cursor:
        cursor.execute(statement, [batch_pk])
        found: list[Night] = cursor.fetchall()
        return found
