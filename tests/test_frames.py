"""A stream is cut into frames of one length, whatever the size of its blocks."""

import numpy as np
import pytest

from voicemock.audio.frames import Frames

SOUND = np.arange(103, dtype=np.float32)


@pytest.mark.parametrize("block", [1, 7, 10, 33, 103])
@pytest.mark.parametrize("sound", [SOUND, np.stack([SOUND, -SOUND])], ids=["mono", "two channels"])
def test_the_size_of_the_blocks_makes_no_difference(sound, block):
    stream = Frames(10)
    found = [stream.feed(sound[..., at : at + block]) for at in range(0, 103, block)]
    assert np.array_equal(np.concatenate(found, axis=-2), sound[..., :100].reshape(*sound.shape[:-1], 10, 10))
    assert np.array_equal(stream.rest, sound[..., 100:])


def test_too_little_gives_no_frame():
    stream = Frames(10)
    assert stream.feed(SOUND[:9]).shape == (0, 10)
    assert stream.feed(SOUND[:0]).shape == (0, 10)
    assert len(stream.rest) == 9


def test_what_waited_is_let_go_where_the_channels_change():
    stream = Frames(10)
    stream.feed(SOUND[:5])
    assert stream.feed(np.stack([SOUND[:12]] * 2)).shape == (2, 1, 10)
    assert stream.rest.shape == (2, 2)
