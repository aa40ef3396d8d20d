"""Punches in sets: a month of a province is six hundred thousand rows, which never become Python objects.

Every statement reads the staged rows of one batch, joined with whom their numbers mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from psycopg import sql

from luwes.apps.attendance.models import PunchPlace
from luwes.apps.attendance.punch_file import ENTERING, INSIDE, LEAVING, OUTSIDE, PAUSING, ZONES
from luwes.apps.attendance.punch_people import Who
from luwes.apps.attendance.punch_rows import LISTED_ROWS, Rows
from luwes.core.workdays.periods import DAY

# The sets of one file fit into this much memory; in the server's usual few megabytes they would go through the disk.
# One process does it for less than several together, and leaves the other cores to pages.
SETTINGS = "SET LOCAL work_mem = '96MB'; SET LOCAL max_parallel_workers_per_gather = 0"
LISTED_REJECTS = 10_000

_ZONES = sql.SQL(" ").join(sql.SQL("WHEN {} THEN {}").format(word, name) for word, name in ZONES.items())
_LISTED = sql.SQL("""
  unnest(%(numbers)s::text[], %(devices)s::text[], %(employees)s::bigint[], %(since)s::date[], %(until)s::date[],
    %(zones)s::text[], %(outside)s::boolean[])
  AS {name}(number, machine, employee_id, since, until, zone, outside)
""")
_WHO = _LISTED.format(name=sql.SQL("w"))
# Where every number stands once, saying so leaves out nobody and tells the server which side of the join is small:
# otherwise it takes an array for a crowd of equals, and builds its table of the million rows instead.
_WHO_ONCE = sql.SQL("(SELECT DISTINCT ON (number) * FROM {}) AS w").format(_LISTED.format(name=sql.SQL("l")))
_WORDS = {
    "entering": ENTERING,
    "leaving": LEAVING,
    "pausing": PAUSING,
    "inside": INSIDE,
    "outside": OUTSIDE,
    "office": PunchPlace.OFFICE.value,
    "elsewhere": PunchPlace.ELSEWHERE.value,
    "unknown": PunchPlace.UNKNOWN.value,
}
_MEANT = sql.SQL("""
  w.number = s.nip AND (w.machine IS NULL OR w.machine = COALESCE(s.mesin, ''))
    AND s.said >= w.since AND s.said < w.until
""")
_ENDS_DAY = sql.SQL("jenis = {leaving} AND local::time = '00:00'").format(leaving=sql.Literal(LEAVING))
# A phone tells whether it was in the office; a machine stands in one. Leaving at 24.00 ends the day that is over:
# nobody has begun the next one yet.
_EVENTS = sql.SQL("""
  SELECT row_number, nip, employee_id, outside, jenis, di_kantor, at,
    CASE WHEN {ends_day} THEN local::date - 1 ELSE local::date END AS day,
    CASE WHEN {ends_day} THEN 1440 ELSE date_part('hour', local) * 60 + date_part('minute', local) END::smallint
      AS minute,
    CASE WHEN jenis IN ({entering}, {leaving}) THEN jenis ELSE '' END AS direction,
    left(COALESCE(mesin, perangkat, ''), 40) AS device,
    CASE WHEN di_kantor = {inside} THEN {office} WHEN di_kantor = {outside} THEN {elsewhere}
      WHEN mesin IS NOT NULL AND perangkat IS NULL THEN {office} ELSE {unknown} END AS place,
    CASE WHEN di_kantor = {inside} THEN 'B' WHEN di_kantor = {outside} THEN 'C'
      WHEN mesin IS NOT NULL AND perangkat IS NULL THEN 'A' ELSE 'D' END AS grade,
    said, sent, mesin, perangkat, blanked,
    CASE WHEN sent > said THEN sent AT TIME ZONE COALESCE(theirs, home) END AS synced_at
  FROM (
    SELECT t.*, t.said AT TIME ZONE COALESCE(t.theirs, t.home) AS at,
      CASE WHEN t.theirs IS NULL THEN t.said
        ELSE (t.said AT TIME ZONE t.theirs) AT TIME ZONE t.home END AS local
    FROM (
      SELECT s.*, w.employee_id, w.outside, w.zone AS home, CASE s.zona {zones} END AS theirs
      FROM ({said}) s JOIN {who} ON {meant}
      WHERE s.said < %(tomorrow)s
    ) t
  ) u
""")
_KEY = sql.SQL("day, employee_id, at, direction, device")
# The same event has the same instant, so the day needs no comparing.
_SAME = sql.SQL("employee_id, at, direction, device")
_EQUAL = sql.SQL(
    "p.day = e.day AND p.employee_id = e.employee_id AND p.at = e.at AND p.direction = e.direction "
    "AND p.device = e.device"
)
_STORED = sql.SQL("FROM attendance_punch p WHERE p.day BETWEEN %(first)s AND %(last)s")
Answer = list[tuple[Any, ...]]

# What is told about stored punches, as conditions on a row as it is written ...
WRITTEN = {
    "direction_unread": sql.SQL("jenis IS NOT NULL AND jenis NOT IN ({entering}, {leaving}, {pausing})"),
    "place_unread": sql.SQL("di_kantor IS NOT NULL AND di_kantor NOT IN ({inside}, {outside})"),
    "place_unknown": sql.SQL(
        "(di_kantor IS NULL OR di_kantor NOT IN ({inside}, {outside})) AND (mesin IS NULL OR perangkat IS NOT NULL)"
    ),
    "sent_before": sql.SQL("sent < said - interval '5 minutes'"),
    "sent_late": sql.SQL("sent > said + interval '1 hour'"),
    "midnight_blank": sql.SQL("blanked"),
}
# ... and on whom it means and when that is.
MEANT = {
    "not_in_service": sql.SQL("outside"),
    "month_closed": sql.SQL("date_trunc('month', day::timestamp)::date = ANY(%(closed)s::date[])"),
}
NOTES = {code: note.format(**_WORDS) for code, note in {**WRITTEN, **MEANT}.items()}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a file: its rows, those of them whose time cannot be stored, and its first and last day as written:
    the day before where it begins at midnight, which may end that day.

    `zoned` rows name a time zone of their own, so that their day may be another one; `noted` counts the storable rows
    of which something of `WRITTEN` is told.
    """

    rows: int
    untimely: int
    zoned: int
    first: date | None
    last: date | None
    noted: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unstored:
    """A row that cannot be stored: its number, why, and the number or time it carries."""

    row: int
    code: str
    value: str


@dataclass(frozen=True, slots=True)
class File:
    """The staged rows of one batch as statements ask for them."""

    rows: Rows
    params: Mapping[str, Any]
    who: sql.Composable

    @classmethod
    def of(cls, rows: Rows, who: Sequence[Who], *, today: date, closed: Sequence[date]) -> "File":
        """The rows of a batch, whose numbers mean `who`; `closed` are months that were closed."""
        params = {
            **rows.params,
            "tomorrow": today + DAY,
            "closed": list(closed),
            "numbers": [one.number for one in who],
            "devices": [one.device for one in who],
            "employees": [one.employee for one in who],
            "since": [one.since for one in who],
            "until": [one.until for one in who],
            "zones": [one.zone for one in who],
            "outside": [one.outside for one in who],
        }
        once = len({one.number for one in who}) == len(who)
        return cls(rows, params, _WHO_ONCE if once else _WHO)

    def events(self) -> int:
        """How many rows can be stored."""
        [(count,)] = self._ask(sql.SQL("SELECT {counted} FROM ({events}) e"))
        return int(count)

    def distinct(self) -> int:
        """How many of the rows tell an event that no earlier row tells."""
        if self.rows.paired:
            [(count,)] = self._ask(sql.SQL("SELECT {counted} FROM ({firsts}) d"))
        else:
            [(count,)] = self._ask(sql.SQL("SELECT count(*) FROM (SELECT DISTINCT {same} FROM ({events}) e) d"))
        return int(count)

    def any_stored(self, first: date, last: date) -> bool:
        """Whether any punch at all is stored for these days; asked of the index, not of the rows."""
        params = {"first": first, "last": last}
        [(found,)] = self._ask(sql.SQL("SELECT EXISTS (SELECT 1 {stored})"), params)
        return bool(found)

    def known(self, first: date, last: date) -> int:
        """How many of the `distinct` rows, all of them on days of `[first, last]`, tell nothing that is not stored."""
        if self.rows.paired:
            [(fresh,)] = self._ask(
                sql.SQL(
                    "SELECT {counted} FROM ({firsts}) e WHERE NOT EXISTS (SELECT 1 FROM attendance_punch p "
                    "WHERE {equal})"
                )
            )
            return self.distinct() - int(fresh)
        params = {"first": first, "last": last}
        [(count,)] = self._ask(
            sql.SQL("SELECT count(*) {stored} AND EXISTS (SELECT 1 FROM ({events}) e WHERE {equal})"),
            params,
        )
        return int(count)

    def noted(self, code: str) -> tuple[int, tuple[int, ...]]:
        """How many rows `code` of NOTES is told of, and the first of them."""
        statement = sql.SQL(
            "SELECT {counted}, (array_agg({each} ORDER BY row_number))[:{limit}] FROM ({events}) e WHERE {note}"
        )
        [(count, rows)] = self._ask(statement, limit=sql.Literal(LISTED_ROWS), note=NOTES[code])
        return int(count), tuple(rows or ())

    def repeated(self) -> tuple[int, ...]:
        """The first rows that tell nothing but events of earlier rows."""
        rows = self._ask(
            sql.SQL(
                "SELECT row_number FROM (SELECT row_number, row_number() OVER (PARTITION BY {same} ORDER BY "
                "row_number) AS nth FROM ({events}) e) n GROUP BY 1 HAVING min(nth) > 1 ORDER BY 1 LIMIT {limit}"
            ),
            limit=sql.Literal(LISTED_ROWS),
        )
        return tuple(row for (row,) in rows)

    def unstored(self) -> Iterator[Unstored]:
        """The first rows that cannot be stored, in file order."""
        rows = self._ask(
            sql.SQL(
                "SELECT DISTINCT ON (s.row_number) s.row_number, s.nip, s.said, s.said >= %(tomorrow)s, s.wrong "
                "FROM ({said}) s LEFT JOIN {who} ON {meant} "
                "WHERE w.number IS NULL OR s.said >= %(tomorrow)s ORDER BY s.row_number LIMIT {limit}"
            ),
            limit=sql.Literal(LISTED_REJECTS),
        )
        for row, number, said, too_late, wrong in rows:
            if said is None:
                yield Unstored(row, wrong or "time_missing", "")
            elif too_late:
                yield Unstored(row, "in_the_future", said.isoformat(" "))
            else:
                yield Unstored(row, "badge_unknown", number)

    def store(self, now: datetime, *, some_stored: bool) -> int:
        """Store every event that is not stored yet; returns how many rows tell one. Of equal rows the first counts.

        In the order of the key, because the index then grows at its end. `some_stored` may be False only where no
        punch is stored for these days: looking each event up costs as much as storing it.
        """
        insert = (
            "INSERT INTO attendance_punch ({key}, minute, place, grade, synced_at, batch_id, row_number, recorded_at) "
            "SELECT DISTINCT ON ({key}) {key}, minute, place, grade, synced_at, %(batch)s, row_number, %(now)s "
            "FROM ({events}) e ORDER BY {key}, row_number {unless}"
        )
        unless = sql.SQL("ON CONFLICT DO NOTHING" if some_stored else "")
        if self.rows.paired:
            told = sql.SQL(f"WITH put AS ({insert} RETURNING row_number) SELECT {{counted}} FROM put")  # noqa: S608
            [(count,)] = self._ask(told, {"now": now}, unless=unless)
            return int(count)
        with connection.cursor() as cursor:
            statement = sql.SQL(insert).format(**self._parts(), unless=unless)
            cursor.execute(statement, {**self.params, "now": now})
            return int(cursor.rowcount)

    def _ask(self, statement: sql.SQL, more: Mapping[str, Any] | None = None, **parts: sql.Composable) -> Answer:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**self._parts(), **parts), {**self.params, **(more or {})})
            rows: Answer = cursor.fetchall()
            return rows

    def _parts(self) -> dict[str, sql.Composable]:
        """The parts a statement names in braces."""
        rows = self.rows
        events = _EVENTS.format(**_WORDS, ends_day=_ENDS_DAY, zones=_ZONES, said=rows.said, who=self.who, meant=_MEANT)
        return {
            "events": events,
            "firsts": sql.SQL("SELECT DISTINCT ON ({same}) * FROM ({events}) e ORDER BY {same}, row_number").format(
                same=_SAME, events=events
            ),
            "said": rows.said,
            "who": self.who,
            "meant": _MEANT,
            "key": _KEY,
            "same": _SAME,
            "equal": _EQUAL,
            "stored": _STORED,
            "counted": rows.counted,
            "each": sql.SQL("DISTINCT row_number" if rows.paired else "row_number"),
        }


def numbers_of(rows: Rows, *, today: date) -> dict[str, Number]:
    """The numbers of a batch. Also makes room in memory for the statements that follow in this transaction."""
    # A row that is one punch has no hour that could be left blank; a million of them need not be asked.
    codes = [code for code in WRITTEN if rows.paired or code != "midnight_blank"]
    told = sql.SQL(", ").join(
        sql.SQL("{} FILTER (WHERE {} AND said < %(tomorrow)s)").format(rows.counted, NOTES[code]) for code in codes
    )
    statement = sql.SQL(
        "SELECT nip, {counted}, {counted} FILTER (WHERE said < %(tomorrow)s), count(zona), "
        "(min(said) - interval '1 second')::date, "
        "(max(said) FILTER (WHERE said < %(tomorrow)s))::date, {told} FROM ({said}) s GROUP BY nip ORDER BY nip"
    )
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        asked = statement.format(told=told, said=rows.said, counted=rows.counted)
        cursor.execute(asked, {**rows.params, "tomorrow": today + DAY})
        return {
            nip: Number(
                count, count - timely, zoned, first if timely else None, last, dict(zip(codes, noted, strict=True))
            )
            for nip, count, timely, zoned, first, last, *noted in cursor.fetchall()
        }


def machines_of(batch_pk: int, numbers: Sequence[str]) -> Sequence[tuple[str, str]]:
    """On which machines the numbers were punched, "" where a row names none."""
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT nip, COALESCE(mesin, '') FROM attendance_stagedpunch "
            "WHERE batch_id = %s AND nip = ANY(%s) ORDER BY 1, 2",
            [batch_pk, list(numbers)],
        )
        found: list[tuple[str, str]] = cursor.fetchall()
        return found


def days_with_punches(days: Sequence[date]) -> set[date]:
    """Those of the days on which anybody has a punch; a look at the index for each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day FROM unnest(%s::date[]) AS d(day) "
            "WHERE EXISTS (SELECT 1 FROM attendance_punch p WHERE p.day = d.day)",
            [list(days)],
        )
        return {day for (day,) in cursor.fetchall()}
