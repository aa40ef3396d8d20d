"""Logs as JSON lines, with the request id and without any NIP."""

import json
import logging
import re
from datetime import UTC, datetime

from luwes.web.frame.ids import request_id

# A NIP is 18 digits; older logs of other systems show it in groups (8 6 1 3).
NIP = re.compile(r"(?<!\d)\d{8}[ .]?\d{6}[ .]?\d[ .]?\d{3}(?!\d)")


class WithoutNip(logging.Filter):
    """Replaces every NIP in message and arguments before anything is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = NIP.sub("[NIP]", record.getMessage())
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
            line["trace"] = NIP.sub("[NIP]", self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
