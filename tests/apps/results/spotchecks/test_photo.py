"""Pictures: what the camera wrote beside them goes, what is no picture is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luwes.apps.results.spotchecks.photo import LARGEST, PhotoLarge, PhotoWrong, cleaned


def part(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2) + body


EXIF = part(0xE1, b"Exif\x00\x00GPS -2.21,113.92 Kamera Uji")
REST = part(0xDB, b"\x00" * 65) + part(0xC0, b"\x08\x00\x10\x00\x10\x01\x01\x11\x00") + part(0xC4, b"\x00" * 20)
SCAN = part(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56\xff\xff"
END = b"\xff\xd9"
PLAIN = b"\xff\xd8" + REST + SCAN + END


@pytest.mark.parametrize("image", [
    b"\xff\xd8" + EXIF + REST + SCAN + END,
    b"\xff\xd8" + part(0xE0, b"JFIF") + part(0xFE, b"dibuat oleh Sekar") + REST + part(0xEF, b"x") + SCAN + END,
    PLAIN + b"tersembunyi di belakang" + EXIF,
])  # fmt: skip
def test_nothing_but_the_picture_is_kept(image: bytes) -> None:
    assert cleaned(image) == PLAIN


def test_a_picture_of_several_scans_keeps_them_all() -> None:
    image = b"\xff\xd8" + EXIF + REST + SCAN + part(0xC4, b"\x01" * 9) + SCAN + END
    assert cleaned(image) == image.replace(EXIF, b"")


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n",
        b"\xff\xd8",
        b"\xff\xd8" + END,
        PLAIN[:-2],
        PLAIN[:-1],
        b"\xff\xd8\xff\xe1\xff\xff" + b"x",
        b"\xff\xd8\xff\xe1\x00\x01" + REST,
        b"\xff\xd8" + b"<script>" + REST + SCAN + END,
        b"\xff\xd8\xff\xd0" + REST + SCAN + END,
    ],
)
def test_what_is_no_picture_is_refused(image: bytes) -> None:
    with pytest.raises(PhotoWrong):
        cleaned(image)


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(PhotoLarge):
        cleaned(b"\xff\xd8" + b"\x00" * LARGEST)


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 400))
def test_no_bytes_crash_or_smuggle_the_camera(noise: bytes, place: int) -> None:
    image = b"\xff\xd8" + EXIF + REST + SCAN + END
    try:
        found = cleaned(image[:place] + noise + image[place:])
    except PhotoWrong:
        return
    assert found.startswith(b"\xff\xd8")
    assert cleaned(found) == found
