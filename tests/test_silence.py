"""Auto-stop hears silence, not a pause in the noise, and any sign of life begins it anew."""

from pathlib import Path

import numpy as np
import pytest

from tests.sounds import RATE_HZ, noise
from voicemock.audio.load import AudioFile
from voicemock.demo.samples import load_samples
from voicemock.interview.silence import SilenceWatch


@pytest.fixture
def speech() -> np.ndarray:
    return np.concatenate(list(AudioFile(Path(load_samples()[0].path)).blocks()))[: 8 * RATE_HZ]


def fed(*parts: np.ndarray, block: int = 512) -> SilenceWatch:
    watch = SilenceWatch()
    samples = np.concatenate(parts)
    for start in range(0, len(samples), block):
        watch.feed(samples[start : start + block])
    return watch


def test_silence_is_counted_from_the_last_word(speech):
    watch = fed(speech[: 6 * RATE_HZ], np.zeros(5 * RATE_HZ, np.float32))
    assert watch.spoken
    assert 3.0 < watch.spoken_s < 6.2
    assert watch.pause_s == watch.silent_s
    assert 4.5 < watch.silent_s < 6.5


def test_steady_noise_is_no_speech():
    watch = fed(0.05 * noise(8.0))
    assert not watch.spoken
    assert watch.silent_s == pytest.approx(8.0, abs=0.1)


def test_a_key_begins_the_count_anew():
    watch = fed(np.zeros(4 * RATE_HZ, np.float32))
    watch.touch()
    assert watch.silent_s == 0.0
    assert watch.pause_s == pytest.approx(4.0, abs=0.1)


def test_the_size_of_blocks_makes_no_difference(speech):
    whole, odd = fed(speech, block=512), fed(speech, block=333)
    assert odd.silent_s == pytest.approx(whole.silent_s, abs=0.04)
