"""The id that ties a page, its audit entries and its log lines together."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("luwes_request_id", default="")
