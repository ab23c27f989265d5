"""Any sound file becomes a stream of mono 16 kHz blocks; what cannot be read says why."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError


def tone(seconds: float, rate_hz: int = RATE_HZ, hz: float = 440.0) -> NDArray[np.float64]:
    return 0.3 * np.sin(2 * np.pi * hz * np.arange(int(seconds * rate_hz)) / rate_hz)


def loaded(path: Path) -> tuple[AudioFile, NDArray[np.float32]]:
    file = AudioFile(path)
    return file, np.concatenate(list(file.blocks()))


def pitch_hz(samples: NDArray[np.float32]) -> float:
    return float(np.abs(np.fft.rfft(samples)).argmax() * RATE_HZ / len(samples))


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 96_000])
@pytest.mark.parametrize(("suffix", "subtype"), [("wav", "PCM_16"), ("wav", "PCM_24"), ("flac", "PCM_24")])
def test_every_rate_and_depth_becomes_16_khz(tmp_path: Path, rate_hz: int, suffix: str, subtype: str) -> None:
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, tone(2, rate_hz), rate_hz, subtype=subtype)
    file, samples = loaded(path)
    assert (file.sample_rate_hz, file.channels, file.problems) == (rate_hz, 1, ())
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(2 * RATE_HZ, abs=100)
    assert pitch_hz(samples) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)


@pytest.mark.parametrize("suffix", ["mp3", "ogg"])
def test_compressed_files_are_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, tone(2, 44_100), 44_100)
    _, samples = loaded(path)
    assert len(samples) == pytest.approx(2 * RATE_HZ, rel=0.05)
    assert pitch_hz(samples) == pytest.approx(440, abs=2)


def test_blocks_are_about_a_second(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(5.5), RATE_HZ)
    lengths = [len(block) / RATE_HZ for block in AudioFile(path).blocks()]
    assert len(lengths) == 6
    assert all(1.0 <= length < 1.3 for length in lengths[:-1])


@pytest.mark.parametrize("dead", [0, 1])
def test_a_dead_channel_takes_no_level_away(tmp_path: Path, dead: int) -> None:
    both = np.stack([tone(2), tone(2)], axis=1)
    both[:, dead] = np.random.default_rng(0).normal(0, 1e-4, len(both))
    path = tmp_path / "stereo.wav"
    soundfile.write(path, both, RATE_HZ)
    file, samples = loaded(path)
    assert file.channels == 2
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.3 / np.sqrt(2), rel=0.01)


def test_channels_of_opposite_sign_do_not_cancel(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([tone(2), -tone(2)], axis=1), RATE_HZ)
    assert np.abs(loaded(path)[1]).max() == pytest.approx(0.3, rel=0.02)


def test_both_sides_of_a_stereo_recording_are_heard(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([tone(2, hz=440), tone(2, hz=1000)], axis=1), RATE_HZ)
    spectrum = np.abs(np.fft.rfft(loaded(path)[1]))
    assert {int(i) * RATE_HZ // (2 * RATE_HZ) for i in np.argsort(spectrum)[-2:]} == {440, 1000}


def test_a_truncated_mp3_yields_what_can_be_decoded(tmp_path: Path) -> None:
    path = tmp_path / "cut.mp3"
    soundfile.write(path, tone(10), RATE_HZ)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    file, samples = loaded(path)
    assert 4 < len(samples) / RATE_HZ < 6
    assert pitch_hz(samples) == pytest.approx(440, abs=2)
    assert all("Traceback" not in problem for problem in file.problems)


def test_a_truncated_flac_says_that_it_ends_early(tmp_path: Path) -> None:
    path = tmp_path / "cut.flac"
    soundfile.write(path, tone(10), RATE_HZ)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    file, samples = loaded(path)
    assert 3 < len(samples) / RATE_HZ < 7
    assert any("of 10 seconds" in problem for problem in file.problems)


def missing(tmp_path: Path) -> Path:
    return tmp_path / "none.wav"


def empty(tmp_path: Path) -> Path:
    (tmp_path / "empty.wav").touch()
    return tmp_path / "empty.wav"


def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.wav"
    path.write_text("So, um, I led the migration.\n" * 50)
    return path


def noise(tmp_path: Path) -> Path:
    path = tmp_path / "noise.mp3"
    path.write_bytes(np.random.default_rng(0).bytes(20_000))
    return path


def header_only(tmp_path: Path) -> Path:
    path = tmp_path / "header.wav"
    soundfile.write(path, np.zeros(0), RATE_HZ)
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (missing, "There is no file"),
        (empty, "is empty"),
        (text, "is not a sound file"),
        (header_only, "contains no sound"),
        (lambda folder: folder, "is a folder"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, make: object, says: str) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    with pytest.raises(AudioError, match=says) as failure:
        loaded(path)
    assert str(path) in str(failure.value)
    assert failure.value.hint


def test_damaged_floats_are_within_full_scale(tmp_path: Path) -> None:
    path = tmp_path / "floats.wav"
    damaged = np.stack([tone(2), tone(2)], axis=1)
    damaged[8000:8004] = [[np.nan, 1e30], [np.inf, -np.inf], [-3e38, np.nan], [2.0, -2.0]]
    soundfile.write(path, damaged, RATE_HZ, subtype="FLOAT")
    _, samples = loaded(path)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1.0
    assert len(samples) == 2 * RATE_HZ


def test_random_bytes_are_never_a_crash(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        loaded(noise(tmp_path))


def test_a_quarter_of_an_hour_needs_no_more_memory_than_seconds(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", RATE_HZ, 1) as file:
        for _ in range(180):
            file.write(tone(5))
    tracemalloc.start()
    heard = sum(len(block) for block in AudioFile(path).blocks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert heard == 180 * 5 * RATE_HZ
    assert peak < 2_000_000
