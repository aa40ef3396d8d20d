import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luwes.apps.sources.reading import frames

KINDS = st.sampled_from([frames.COLUMNS, frames.ROWS, frames.REJECTS, frames.SUMMARY, frames.ERROR])


@given(st.lists(st.tuples(KINDS, st.binary(max_size=200)), max_size=5))
def test_frames_come_back_in_order(sent: list[tuple[bytes, bytes]]) -> None:
    pipe = io.BytesIO()
    for kind, body in sent:
        frames.write(pipe, kind, body)
    pipe.seek(0)
    assert [frames.read(pipe) for _ in sent] == sent
    assert frames.read(pipe) is None


@given(st.binary(min_size=1, max_size=40), st.integers(min_value=1, max_value=44))
def test_a_frame_cut_anywhere_is_broken(body: bytes, cut: int) -> None:
    pipe = io.BytesIO()
    frames.write(pipe, frames.ROWS, body)
    whole = pipe.getvalue()
    if cut < len(whole):
        with pytest.raises(frames.BrokenFrame):
            frames.read(io.BytesIO(whole[:cut]))


@pytest.mark.parametrize("head", [struct.pack(">cI", b"X", 1), struct.pack(">cI", b"R", frames.MAX_BODY + 1)])
def test_what_no_honest_child_sends_is_broken(head: bytes) -> None:
    with pytest.raises(frames.BrokenFrame, match="kind or length"):
        frames.read(io.BytesIO(head + b"x"))
