"""Uploads stay in memory and stop at the cap, so that no personal file ever touches the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload


class CappedMemoryUploadHandler(MemoryFileUploadHandler):
    """Keeps every upload in memory; a request above the cap is cut off and arrives without its file."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.received += len(raw_data)
        if self.received > settings.UPLOAD_CAP_BYTES:
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)
