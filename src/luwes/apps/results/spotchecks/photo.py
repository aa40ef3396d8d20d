"""A picture as it may be kept: JPEG, small, without anything the camera wrote beside it."""

from luwes.apps.accounts.access import Refused

LARGEST = 600_000
START, END, SCAN = b"\xff\xd8", 0xD9, 0xDA
# Application data (Exif with place and camera, profiles, previews) and comments.
PRIVATE = frozenset(range(0xE0, 0xF0)) | {0xFE}
# Markers that stand alone, without a length: restarts and the start of the file.
ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}


class PhotoWrong(Refused):
    """The file is no JPEG picture."""

    code = "photo_wrong"


class PhotoLarge(Refused):
    """The picture is larger than may be kept."""

    code = "photo_large"


def cleaned(image: bytes, *, largest: int = LARGEST) -> bytes:
    """The same picture without Exif, comments, previews or anything behind its end. Raises PhotoWrong, PhotoLarge.

    Nothing is decoded: segments are copied or left out, so a crafted file can at worst be refused.
    """
    if len(image) > largest:
        raise PhotoLarge
    if not image.startswith(START):
        raise PhotoWrong
    kept = [START]
    at, scans = len(START), 0
    while True:
        marker, end = _segment(image, at)
        if marker == END:
            if not scans:
                raise PhotoWrong
            return b"".join([*kept, image[at:end]])
        scans += marker == SCAN
        if marker not in PRIVATE:
            kept.append(image[at:end])
        at = end


def _segment(image: bytes, at: int) -> tuple[int, int]:
    """The marker that begins here, and where what belongs to it ends."""
    if at + 2 > len(image) or image[at] != 0xFF or image[at + 1] in (0, 0xFF) or image[at + 1] in ALONE:
        raise PhotoWrong
    marker = image[at + 1]
    if marker == END:
        return marker, at + 2
    length = int.from_bytes(image[at + 2 : at + 4])
    end = at + 2 + length
    if length < 2 or end > len(image):
        raise PhotoWrong
    return marker, _scan_end(image, end) if marker == SCAN else end


def _scan_end(image: bytes, at: int) -> int:
    """Where the coded picture ends: at the next marker that is no restart and no escaped byte."""
    while True:
        at = image.find(b"\xff", at)
        if at < 0 or at + 1 >= len(image):
            raise PhotoWrong
        if image[at + 1] not in ALONE and image[at + 1] not in (0, 0xFF):
            return at
        at += 1 if image[at + 1] == 0xFF else 2
