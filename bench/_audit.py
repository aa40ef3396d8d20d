"""A million audit entries, verified as `luwes check --audit` does. Run as a program of its own, with Django."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

import django
from django.db import connection

ENTRIES = 1_000_000
RUNS = 3


def main() -> None:
    """Fill the chain of the database in LUWES_DATABASE_URL, break one copy of it, and print the seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luwes.config.settings")
    django.setup()
    from luwes.apps.audit.verify import verify

    fill()
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        result = verify()
        seconds.append(time.perf_counter() - start)
        if not (result.holds and result.entries == ENTRIES):
            sys.exit(f"the chain does not verify: {result}")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER ALL")
        cursor.execute("UPDATE audit_auditentry SET body = body || ' ' WHERE seq = %s", [ENTRIES - 7])
    if verify().broken_at != ENTRIES - 7:
        sys.exit("the broken entry was not named")
    print(median(seconds))


def fill() -> None:
    """COPY a chain as the unit of work would have written it."""
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY audit_auditentry (seq, recorded_at, action, subject, actor, body, hash) FROM STDIN") as copy,
    ):
        for row in rows():
            copy.write_row(row)


def rows() -> Iterator[tuple[int, datetime, str, str, str, str, str]]:
    """Entries with their hashes, the same every time."""
    from luwes.apps.audit import chain

    at, previous = datetime(2026, 1, 1, tzinfo=UTC), chain.GENESIS
    for seq in range(1, ENTRIES + 1):
        body = chain.canonical(
            {
                "at": at.isoformat(timespec="microseconds"),
                "request": f"{seq:012x}",
                "actor": {"kind": "person", "id": "k3v9q2m4x7p1z8w5", "role": "admin_bkd", "scope": "", "capacity": ""},
                "action": "import.confirmed",
                "subject": f"b{seq:015d}",
                "facts": {"new": 12, "changed": 3, "unchanged": 25, "gone": 0, "rejected": 1},
                "basis": "",
                "detail": "",
            }
        )
        previous = chain.entry_hash(previous, body)
        yield seq, at, "import.confirmed", f"b{seq:015d}", "k3v9q2m4x7p1z8w5", body, previous


if __name__ == "__main__":
    main()
