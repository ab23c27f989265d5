"""Nothing said is lost: real recordings on a virtual sound card, and the rare troubles with fakes."""

import os
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tests.sounds import RATE_HZ, likeness, noise, offset
from tests.virtual_audio import VirtualAudio
from voicemock.audio import record, sound_card
from voicemock.audio.load import AudioFile, decode
from voicemock.audio.record import Block, Recorder, SoundCardMicrophone, SourceEnd
from voicemock.audio.wav import GrowingWav, wav_bytes
from voicemock.errors import DeviceError, SessionError


@pytest.fixture
def take(tmp_path: Path) -> Path:
    return tmp_path / "take-1.wav"


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    path = tmp_path / "answer.wav"
    path.write_bytes(wav_bytes(noise(4.0), RATE_HZ))
    return path


class FakeSource:
    """Gives the blocks of a list from a thread, then whatever ``then`` says."""

    def __init__(self, *blocks: Block | SourceEnd, rate_hz: int = RATE_HZ) -> None:
        self.blocks = blocks
        self.rate_hz = rate_hz
        self.put: Callable[[Block | SourceEnd], None]

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        self.put = put
        threading.Thread(target=lambda: [put(block) for block in self.blocks]).start()
        return self.rate_hz

    def stop(self) -> None:
        pass


def block(value: float = 0.1, *, samples: int = 512) -> Block:
    return Block(np.full(samples, round(value * 32767), np.int16).tobytes())


def wait_until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.real
def test_an_answer_is_recorded_without_losing_a_sample(virtual_audio: VirtualAudio, answer: Path, take: Path) -> None:
    blocks: list[np.ndarray] = []
    with SoundCardMicrophone().record(take, on_block=blocks.append) as recorder:
        assert recorder.elapsed_s > 0  # entered only once sound arrives
        virtual_audio.play_into_microphone(answer)
    said = noise(4.0)
    heard, rate_hz = decode(take)
    assert rate_hz == RATE_HZ
    starts = {offset(part, heard) - number * RATE_HZ for number, part in enumerate(np.split(said, 4))}
    assert len(starts) == 1, "samples were lost or doubled on the way"
    assert likeness(said, heard) > 0.95
    assert np.array_equal(np.concatenate(blocks), heard), "what was listened to is what was written"
    assert np.array_equal(np.concatenate(list(AudioFile(take).blocks())), heard)
    assert recorder.elapsed_s == len(heard) / RATE_HZ
    assert (recorder.error, recorder.overflows, recorder.finished) == (None, 0, True)
    assert take.stat().st_mode & 0o777 == 0o600


@pytest.mark.real
def test_a_device_that_refuses_16_khz_is_resampled(
    virtual_audio: VirtualAudio, answer: Path, take: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sd = sound_card.sounddevice()
    real = sd.RawInputStream

    def picky(*, samplerate: int, **options: object) -> object:
        if samplerate == RATE_HZ:
            raise sd.PortAudioError("Invalid sample rate", -9997)
        return real(samplerate=samplerate, **options)

    monkeypatch.setattr(sd, "RawInputStream", picky)
    with SoundCardMicrophone().record(take) as recorder:
        virtual_audio.play_into_microphone(answer)
    heard, rate_hz = decode(take)
    assert (rate_hz, recorder.error) == (RATE_HZ, None)
    assert likeness(noise(4.0), heard) > 0.9


@pytest.mark.real
def test_a_microphone_that_goes_away_leaves_what_was_said(
    virtual_audio: VirtualAudio, answer: Path, take: Path
) -> None:
    with SoundCardMicrophone().record(take) as recorder:
        virtual_audio.play_into_microphone(answer)
        to_its_end_s = recorder.elapsed_s + 0.3  # what was played is still on its way
        wait_until(lambda: recorder.elapsed_s > to_its_end_s)
        virtual_audio.pull_the_plug()
        wait_until(lambda: recorder.finished)
    assert isinstance(recorder.error, DeviceError)
    assert "kept" in recorder.error.hint
    assert likeness(noise(4.0), decode(take)[0]) > 0.95
    with pytest.raises(DeviceError, match="cannot be opened"), SoundCardMicrophone().record(take.with_name("2.wav")):
        pass
    assert not take.with_name("2.wav").exists()
    virtual_audio.plug_in_again()
    with SoundCardMicrophone().record(take.with_name("2.wav")) as again:
        pass
    assert again.error is None


@pytest.mark.real
def test_a_killed_process_leaves_all_but_the_last_second(virtual_audio: VirtualAudio, answer: Path, take: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from voicemock.audio.record import SoundCardMicrophone\n"
        "with SoundCardMicrophone().record(Path(sys.argv[1])): print('ready', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(take)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"

    def heard_s() -> float:
        return decode(take)[0].size / RATE_HZ  # readable while it grows

    until_s = heard_s() + 3.0
    player = virtual_audio.start_playing_into_microphone(answer)
    wait_until(lambda: heard_s() > until_s)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    player.wait()
    with wave.open(str(take)) as file:  # the header is right, not only repaired by the reader
        assert file.getnframes() == len(file.readframes(10**9)) // 2
    heard, _ = decode(take)
    start = offset(noise(4.0)[:RATE_HZ], heard)
    assert len(heard) / RATE_HZ >= until_s
    # Played for 3 s; PulseAudio itself starts late and holds some back.
    assert (len(heard) - start) / RATE_HZ > 2.0
    assert likeness(noise(4.0)[: len(heard) - start - 100], heard) > 0.95


def test_the_file_is_readable_after_every_write(take: Path) -> None:
    with GrowingWav(take, RATE_HZ) as file:
        for count in range(1, 4):
            file.write(block().pcm)
            with wave.open(str(take)) as seen:
                assert seen.getnframes() == 512 * count
    with pytest.raises(FileExistsError):
        GrowingWav(take, RATE_HZ)


def test_what_is_still_on_its_way_at_the_end_is_kept(take: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource(block(0.1))
    monkeypatch.setattr(source, "stop", lambda: [source.put(block(0.5)) for _ in range(500)])
    with Recorder(take, source) as recorder:
        pass
    assert recorder.elapsed_s == pytest.approx(501 * 0.032)
    assert decode(take)[0][-1] == pytest.approx(0.5, abs=1e-3)


def test_the_device_is_given_time_to_hand_over_the_last_word(take: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stream:
        latency, active, closed = 0.15, True, False

        def __init__(self, *, callback: Callable[..., None], **_: object) -> None:
            self.hear = lambda value: callback(block(value).pcm, 512, None, SimpleNamespace(input_overflow=False))

        def start(self) -> None:
            self.hear(0.1)

        def abort(self) -> None:
            self.active = False

        def close(self) -> None:
            self.closed = True

    def sleep(milliseconds: int) -> None:
        assert milliseconds >= 150
        source._stream.hear(0.5)

    fake = SimpleNamespace(RawInputStream=Stream, PortAudioError=RuntimeError, sleep=sleep)
    monkeypatch.setattr(sound_card, "sounddevice", lambda: fake)
    source = sound_card.SoundCard(0, 48_000)
    with Recorder(take, source):
        pass
    assert source._stream.closed
    assert decode(take)[0][-1] == pytest.approx(0.5, abs=1e-3)


def test_another_rate_becomes_16_khz_to_the_last_sample(take: Path) -> None:
    with Recorder(take, FakeSource(*[block(0.1, samples=1536)] * 10, SourceEnd(), rate_hz=48_000)) as recorder:
        wait_until(lambda: recorder.finished)
    assert recorder.elapsed_s == pytest.approx(0.32, abs=1e-4)


def test_level_and_clipping_are_shown(take: Path) -> None:
    source = FakeSource(block(0.1))
    with Recorder(take, source) as recorder:
        assert recorder.level_db == pytest.approx(-20.0, abs=0.01)
        assert not recorder.clipped
        source.put(block(1.0))
        wait_until(lambda: recorder.clipped)
        source.put(block(0.0, samples=RATE_HZ))
        wait_until(lambda: not recorder.clipped)
        assert recorder.level_db == record.FLOOR_DB


def test_a_pause_is_not_recorded(take: Path) -> None:
    source = FakeSource(block(0.1))
    with Recorder(take, source) as recorder:
        recorder.pause()
        source.put(block(0.2))
        recorder.resume()
        source.put(block(0.3))
    heard, _ = decode(take)
    assert [round(float(v), 2) for v in heard[::512]] == [0.1, 0.3]


def test_a_source_that_ends_finishes_the_recording(take: Path) -> None:
    with Recorder(take, FakeSource(block(), SourceEnd())) as recorder:
        wait_until(lambda: recorder.finished)
    assert (recorder.error, recorder.elapsed_s) == (None, 0.032)


def test_a_microphone_that_falls_silent_is_given_up(take: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "PATIENCE_S", 0.05)
    with Recorder(take, FakeSource(block())) as recorder:
        wait_until(lambda: recorder.finished)
    assert isinstance(recorder.error, DeviceError)
    assert decode(take)[0].size == 512


def test_a_microphone_that_never_speaks_is_an_error_and_leaves_no_file(
    take: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PATIENCE_S", 0.05)
    with pytest.raises(DeviceError, match="no sound"), Recorder(take, FakeSource()):
        pass
    assert not take.exists()


def test_a_listener_that_fails_costs_no_sound(take: Path) -> None:
    calls = []

    def listener(_: object) -> None:
        calls.append(1)
        raise ValueError("broken")

    with Recorder(take, FakeSource(block(), block(), SourceEnd()), on_block=listener) as recorder:
        wait_until(lambda: recorder.finished)
    assert (len(calls), recorder.elapsed_s, recorder.error) == (1, 0.064, None)
    assert isinstance(recorder.listener_error, ValueError)


def test_a_recording_is_never_overwritten(take: Path) -> None:
    take.write_bytes(b"an answer")
    with pytest.raises(SessionError, match=r"take-1\.wav"), Recorder(take, FakeSource(block())):
        pass
    assert take.read_bytes() == b"an answer"


def test_a_full_disk_keeps_what_was_written(take: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = FakeSource(block())
    with Recorder(take, source) as recorder:
        write, room = os.write, 300

        def full(fd: int, data: bytes) -> int:
            nonlocal room
            if room == 0:
                raise OSError(28, "No space left on device")
            done = write(fd, data[:room])
            room -= done
            return done

        monkeypatch.setattr(os, "write", full)
        source.put(block())
        wait_until(lambda: recorder.finished)
        monkeypatch.undo()
    assert isinstance(recorder.error, SessionError)
    assert "No space left" in recorder.error.message
    assert decode(take)[0].size == 512
