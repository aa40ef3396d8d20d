"""Which checks there are. Adding a health line is adding a function and one entry here."""

from collections.abc import Callable
from datetime import datetime

from luwes.config.health import calendar, database, imports, machine, rules
from luwes.config.health.line import Health

# Each takes the moment of the check and may return several lines.
Check = Callable[[datetime], list[Health]]

# Without a database the others have nothing to look at.
FIRST: Check = database.reachable
CHECKS: list[Check] = [
    database.migrations,
    database.ownership,
    database.clock,
    machine.zone,
    machine.disk,
    calendar.years,
    imports.last_import_per_source,
    rules.enacted,
]
# What the system page shows, by the settings' dotted path.
ALL: list[Check] = [FIRST, *CHECKS]
