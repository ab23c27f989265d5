"""A dead microphone is told from somebody who thinks in a quiet room."""

import numpy as np
import pytest

from tests.sounds import RATE_HZ, noise
from voicemock.interview.arrival import SoundWatch

DEAD = np.zeros(RATE_HZ, np.float32)
LSB = 1 / 32768


def fed(*seconds: np.ndarray, heard_before: bool = False) -> SoundWatch:
    watch = SoundWatch(heard_before=heard_before)
    for second in seconds:
        for block in np.split(second[: RATE_HZ // 512 * 512], RATE_HZ // 512):
            watch.feed(block.astype(np.float32))
    return watch


@pytest.mark.parametrize(
    "nothing",
    [
        DEAD,
        LSB * np.sign(noise(1.0)),
        np.full(RATE_HZ, 0.01),
        10 ** (-81 / 20) * np.sqrt(2) * np.sin(np.arange(RATE_HZ)),
    ],
    ids=["digital silence", "the last bit", "a constant offset", "-81 dB"],
)
def test_nothing_at_all_is_noticed_within_five_seconds(nothing):
    assert not fed(*[nothing] * 3).missing
    assert fed(*[nothing] * 5).missing


@pytest.mark.parametrize("level_db", [-79, -72, -65, -50])
def test_a_quiet_room_is_never_called_a_dead_microphone(level_db):
    room = noise(1.0) / np.std(noise(1.0)) * 10 ** (level_db / 20)
    watch = fed(*[room] * 30)
    assert not watch.missing
    assert watch.heard


def test_sound_ends_it_at_once():
    assert fed(*[DEAD] * 9).missing
    assert not fed(*[DEAD] * 9).heard
    assert not fed(*[DEAD] * 9, 0.01 * noise(1.0)).missing


@pytest.mark.parametrize("before", [(), (0.1 * noise(1.0),)], ids=["earlier", "in this recording"])
def test_a_microphone_that_was_heard_may_be_silent_while_one_thinks(before):
    heard = {"heard_before": not before}
    assert not fed(*before, *[DEAD] * 7, **heard).missing
    assert fed(*before, *[DEAD] * 9, **heard).missing
