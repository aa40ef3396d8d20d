"""Uploads stay in memory and stop at the cap, so that no personal file ever touches the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest

from luwes.apps.accounts import access
from luwes.apps.accounts.roles import Right

PHOTO_CAP_BYTES = 12 * 1024 * 1024
ALLOWED = "upload_allowed"


def allow(request: HttpRequest, size: int) -> None:
    """Take files of up to `size` bytes from this request; to be said before anything reads its body."""
    setattr(request, ALLOWED, size)


class CappedMemoryUploadHandler(MemoryFileUploadHandler):
    """Keeps every upload in memory; a request above the cap is cut off and arrives without its file.

    Only who may import, or file a spot check with a picture, may send files at all: the body is read before any
    view asks who is there, and a visitor could otherwise fill the memory through every form. A page that has looked
    at its visitor before it reads the body (`allow`) takes what it says.
    """

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True
        self.received = 0
        actor = getattr(self.request, "actor", None)
        self.cap = 0
        if actor is not None and access.allows(actor, Right.IMPORT):
            self.cap = settings.UPLOAD_CAP_BYTES
        elif actor is not None and access.allows(actor, Right.FILE_SPOT_CHECKS):
            # A phone's own picture fits, so that the form can say that it is too large to keep.
            self.cap = PHOTO_CAP_BYTES
        self.cap = max(self.cap, getattr(self.request, ALLOWED, 0))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > self.cap:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
