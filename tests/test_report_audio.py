"""The sound inside the page: the same sound at the same time, or a kind word why there is none."""

import base64
import io
import urllib.parse
import wave
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest

from voicemock.report import opus
from voicemock.report.player_audio import EMBED_UP_TO_S, load_sound
from voicemock.schema import Recording

RATE = 16_000


def bursts(path: Path, *, seconds: float, at_s: tuple[float, ...], rate: int = RATE, channels: int = 1) -> Recording:
    """Write near silence with a burst of noise of 0.1 s at each time."""
    random = np.random.default_rng(7)
    samples = random.normal(0, 0.0003, int(seconds * rate))
    for start_s in at_s:
        start, length = int(start_s * rate), rate // 10
        samples[start : start + length] += random.normal(0, 0.2, length)
    frames = np.repeat((np.clip(samples, -1, 1) * 32767).astype("<i2")[:, None], channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(frames.tobytes())
    return Recording(path=path.name, duration_s=seconds, sample_rate_hz=rate, channels=channels)


def decoded(src: str) -> np.ndarray:
    kind, data = src.split(",")
    assert kind == "data:audio/webm;base64"
    with av.open(io.BytesIO(base64.b64decode(data))) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    samples = np.concatenate(frames)
    return samples[:: rate // RATE] if rate != RATE else samples


def onsets_s(samples: np.ndarray) -> list[float]:
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    return [float(i) / RATE for before, i in zip([-RATE, *loud], loud, strict=False) if i - before > RATE // 2]


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (8_000, 1)])
def test_the_sound_keeps_its_times(tmp_path, rate, channels):
    at_s = (0.5, 7.25, 19.0)
    recording = bursts(tmp_path / "a.wav", seconds=20.0, at_s=at_s, rate=rate, channels=channels)
    sound = load_sound(recording, folder=tmp_path)
    samples = decoded(sound.src)
    assert len(samples) / RATE == pytest.approx(20.0, abs=0.05)
    assert onsets_s(samples) == pytest.approx(at_s, abs=0.015)


def test_the_sound_is_small(tmp_path):
    recording = bursts(tmp_path / "a.wav", seconds=60.0, at_s=tuple(np.arange(0.0, 59.0, 0.6)))
    sound = load_sound(recording, folder=tmp_path)
    assert len(sound.src) < 60 * 40_000 / 8 * 4 / 3


def test_the_waveform_shows_where_the_sound_is(tmp_path):
    sound = load_sound(bursts(tmp_path / "a.wav", seconds=10.0, at_s=(2.5, 7.5)), folder=tmp_path)
    loud = [i / len(sound.levels) * 10 for i, level in enumerate(sound.levels) if level > 0.5]
    assert {round(at, 1) for at in loud} <= {2.5, 2.6, 7.5, 7.6} and loud
    assert max(sound.levels) == 1.0


@pytest.mark.parametrize("seconds", [25.9, 58.3, 117.0])
def test_the_waveform_keeps_the_time_of_its_axis_to_the_end(tmp_path, seconds):
    at_s = tuple(np.arange(1.0, seconds - 1, 2.5))
    sound = load_sound(bursts(tmp_path / "a.wav", seconds=seconds, at_s=at_s), folder=tmp_path)
    for levels in (sound.levels, sound.fine):
        bar_s = seconds / len(levels)
        for start_s in at_s:
            near = [level for i, level in enumerate(levels) if abs((i + 0.5) * bar_s - start_s - 0.05) < bar_s + 0.05]
            assert max(near) > 0.5, f"the burst at {start_s} s is drawn elsewhere"


@pytest.mark.parametrize(("seconds", "bars"), [(10.0, (200, 200)), (30.0, (260, 600)), (151.0, (260, 3000))])
def test_drawn_larger_the_waveform_has_more_bars_and_no_more_than_its_levels(tmp_path, seconds, bars):
    sound = load_sound(bursts(tmp_path / "a.wav", seconds=seconds, at_s=(2.5,)), folder=tmp_path)
    assert (len(sound.levels), len(sound.fine)) == bars


def test_silence_and_a_very_short_recording_make_no_trouble(tmp_path):
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(2 * 100))
    sound = load_sound(Recording(path="a.wav", duration_s=0.006, sample_rate_hz=RATE), folder=tmp_path)
    assert sound.src.startswith("data:") and sound.levels == ()


def test_a_path_as_it_was_given_on_the_command_line_is_found(tmp_path, monkeypatch):
    bursts(tmp_path / "a.wav", seconds=1.0, at_s=(0.2,))
    monkeypatch.chdir(tmp_path)
    recording = Recording(path="a.wav", duration_s=1.0, sample_rate_hz=RATE)
    assert load_sound(recording, folder=tmp_path / "elsewhere").src


def test_a_missing_recording_is_said(tmp_path):
    sound = load_sound(Recording(path="gone.wav", duration_s=3.0, sample_rate_hz=RATE), folder=tmp_path)
    assert not sound.src
    assert "gone.wav" in sound.problem


@pytest.mark.parametrize("content", [b"", b"this is no sound", b"RIFF\x00\x00\x00\x00WAVE"])
def test_a_damaged_recording_is_said(tmp_path, content):
    (tmp_path / "bad.wav").write_bytes(content)
    sound = load_sound(Recording(path="bad.wav", duration_s=3.0, sample_rate_hz=RATE), folder=tmp_path)
    assert not sound.src
    assert "bad.wav" in sound.problem


def test_a_long_recording_is_linked(tmp_path):
    recording = bursts(tmp_path / "100% #1 ü.wav", seconds=1.0, at_s=(0.2,))
    long = msgspec.structs.replace(recording, duration_s=EMBED_UP_TO_S + 1)
    inside = load_sound(long, folder=tmp_path)
    assert inside.linked
    assert urllib.parse.unquote(inside.src) == "100% #1 ü.wav" and "#" not in inside.src and " " not in inside.src
    absolute = msgspec.structs.replace(long, path=str(tmp_path / recording.path))
    outside = load_sound(absolute, folder=tmp_path / "report")
    assert outside.src == (tmp_path / recording.path).as_uri()


def test_the_recording_beside_the_report_wins_over_one_where_the_command_was_given(tmp_path, monkeypatch):
    beside, here = tmp_path / "report", tmp_path / "here"
    for folder, at_s in ((beside, 0.2), (here, 0.7)):
        folder.mkdir()
        recording = bursts(folder / "take-1.wav", seconds=1.0, at_s=(at_s,))
    monkeypatch.chdir(here)
    assert onsets_s(decoded(load_sound(recording, folder=beside).src)) == pytest.approx([0.2], abs=0.02)


def glide(seconds: float) -> np.ndarray:
    """A voice of a kind: harmonics that rise and fall, never the same for long."""
    t = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(150 + 40 * np.sin(2 * np.pi * 0.7 * t)) / RATE
    tones = sum(np.sin(n * phase) / n for n in range(1, 9))
    return (0.15 * tones * (1.2 + np.sin(2 * np.pi * 2.3 * t))).astype(np.float32)


def error_db(heard: np.ndarray, said: np.ndarray) -> float:
    return float(10 * np.log10(np.square(heard - said).sum() / np.square(said).sum()))


@pytest.mark.parametrize("pieces", [3.0, 3.001, 3.4, 0.6])
@pytest.mark.parametrize("block", [RATE, 5 * RATE])
def test_pieces_encoded_at_once_join_without_a_seam(monkeypatch, pieces, block):
    monkeypatch.setattr(opus, "PIECE", 25 * opus.PACKET)
    said = glide(pieces * 25 * opus.PACKET / RATE)
    data = opus.encoded(iter(np.split(said, range(block, len(said), block))))
    heard = decoded(f"data:audio/webm;base64,{base64.b64encode(data).decode()}")
    assert len(heard) == len(said)
    assert error_db(heard, said) < -15
    for join in range(opus.PIECE, len(said) - 800, opus.PIECE):
        near = slice(join - 800, join + 800)
        assert error_db(heard[near], said[near]) < -15, f"a seam at {join / RATE} s"


def test_of_a_long_recording_only_what_is_being_encoded_is_in_memory(monkeypatch):
    monkeypatch.setattr(opus, "PIECE", 4 * opus.PACKET)
    monkeypatch.setattr(opus.os, "cpu_count", lambda: 1)
    begun: list[int] = []
    encode = opus._packets
    monkeypatch.setattr(opus, "_packets", lambda piece: (begun.append(piece.start), encode(piece))[1])
    taken = 0

    def blocks():
        nonlocal taken
        for taken in range(1, 21):
            yield glide(4 * opus.PACKET / RATE)
            assert taken - len(begun) < 6

    opus.encoded(blocks())
    assert (taken, len(begun)) == (20, 20)
