"""Health of the database: reachable, new enough, in this version's state, its clock."""

from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from luwes.apps.audit.models import AuditEntry
from luwes.config.health.line import Health, State
from luwes.config.migrations import pending_migrations

OLDEST_SUPPORTED = 150000
TOLERATED_SKEW_SECONDS = 2
BROKEN_SKEW_SECONDS = 60


def reachable(now: datetime) -> list[Health]:
    """Whether the database answers, and its version."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        line = _("Basis data: tidak dapat dihubungi (%(reason)s).") % {"reason": reason}
        return [Health(line, State.FAIL, _("Periksa LUWES_DATABASE_URL dan server PostgreSQL."))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_version_num')::int")
        shown, number = cursor.fetchone()
    line = _("Basis data: PostgreSQL %(version)s menjawab.") % {"version": shown.split()[0]}
    if number < OLDEST_SUPPORTED:
        return [Health(line, State.FAIL, _("Luwes memerlukan PostgreSQL 15 atau yang lebih baru."))]
    return [Health(line)]


def migrations(now: datetime) -> list[Health]:
    """Whether the tables are those of this version."""
    pending = pending_migrations()
    if not pending:
        return [Health(_("Susunan basis data: sesuai dengan versi ini."))]
    line = _("Susunan basis data: %(count)s perubahan belum diterapkan.") % {"count": len(pending)}
    return [Health(line, State.FAIL, _("Buat cadangan, lalu jalankan: luwes migrate"))]


def ownership(now: datetime) -> list[Health]:
    """In production: whether the role of the application could switch off what protects the audit chain."""
    if not settings.PRODUCTION or pending_migrations():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, tableowner, 'MEMBER') FROM pg_tables WHERE tablename = %s",
            [AuditEntry._meta.db_table],
        )
        (owns,) = cursor.fetchone()
    if not owns:
        return [Health(_("Tabel jejak audit: peran basis data aplikasi bukan pemiliknya."))]
    line = _("Tabel jejak audit: peran basis data aplikasi juga pemiliknya, jadi dapat mematikan pelindungnya.")
    return [Health(line, State.WARN, _("Pisahkan pemilik tabel dan peran aplikasi: lihat docs/operate."))]


def clock(now: datetime) -> list[Health]:
    """Whether this machine and the database agree on the time. `now` is this machine's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there: datetime = cursor.fetchone()[0]
    skew = round(abs((there - now).total_seconds()))
    if skew <= TOLERATED_SKEW_SECONDS:
        return [Health(_("Jam: sama dengan jam basis data."))]
    line = _("Jam: berbeda %(seconds)s detik dari jam basis data.") % {"seconds": skew}
    state = State.FAIL if skew > BROKEN_SKEW_SECONDS else State.WARN
    return [Health(line, state, _("Selaraskan jam kedua komputer (NTP)."))]
