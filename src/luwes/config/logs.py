"""Logs as JSON lines, with the request id and without any NIP, e-mail address or job link."""

import json
import logging
import re
from datetime import UTC, datetime

from luwes.web.frame.ids import request_id

# A NIP is 18 digits; older logs of other systems show it in groups (8 6 1 3).
NIP = re.compile(r"(?<!\d)\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)")
# Django names the address of every refused request; that of a job link is a key.
JOB_LINK = re.compile(r"(/tugas/)[^/\s\"']+")
# The database names the value that was there already.
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def discreet(text: str) -> str:
    """The text without what names a person or opens a door.

    >>> discreet("Forbidden: /tugas/rahasia/ for budi@contoh.go.id, 19800101 200501 1 001")
    'Forbidden: /tugas/[…]/ for [surel], [NIP]'
    """
    return NIP.sub("[NIP]", EMAIL.sub("[surel]", JOB_LINK.sub(r"\1[…]", text)))


class Discreet(logging.Filter):
    """Makes message and arguments discreet before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = discreet(record.getMessage())
        record.args = ()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object per record."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = discreet(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
