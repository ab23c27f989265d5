"""What is played reaches the loudspeaker whole; what cannot be played is said clearly."""

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from tests.sounds import RATE_HZ, likeness, noise, offset
from tests.virtual_audio import VirtualAudio
from voicemock.audio.load import decode
from voicemock.audio.play import play
from voicemock.audio.wav import wav_bytes
from voicemock.errors import AudioError, DeviceError
from voicemock.voices import open_voice


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "question.wav"
    path.write_bytes(wav_bytes(noise(2.0), RATE_HZ))
    return path


def timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


@pytest.mark.real
def test_every_moment_is_heard_from_the_first_to_the_last(
    virtual_audio: VirtualAudio, question: Path, tmp_path: Path
) -> None:
    with virtual_audio.record_speaker(tmp_path / "heard.wav"):
        took_s = timed(lambda: play(question))
    heard, _ = decode(tmp_path / "heard.wav", rate_hz=RATE_HZ)
    tenths = np.split(noise(2.0), 20)
    starts = {offset(tenth, heard) - number * len(tenth) for number, tenth in enumerate(tenths)}
    assert max(starts) - min(starts) <= 1
    assert min(likeness(tenth, heard) for tenth in tenths) > 0.9
    assert took_s > 2.0, "it returned before the last word"


@pytest.mark.real
def test_a_busy_python_makes_no_gaps(virtual_audio: VirtualAudio, question: Path, tmp_path: Path) -> None:
    """Loading a model holds the interpreter for half a second at a time."""
    power = 100_000
    while timed(partial(pow, 7, power)) < 0.3:
        power = round(power * 1.3)
    done = threading.Event()

    def hold_the_interpreter() -> None:
        while not done.wait(0.01):
            pow(7, power)

    busy = threading.Thread(target=hold_the_interpreter)
    with virtual_audio.record_speaker(tmp_path / "heard.wav"):
        busy.start()
        play(question)
        done.set()
        busy.join()
    heard, _ = decode(tmp_path / "heard.wav", rate_hz=RATE_HZ)
    assert likeness(noise(2.0), heard) > 0.9


@pytest.mark.real
@pytest.mark.parametrize("voice", ["system", "natural"])
def test_the_interviewer_is_heard(virtual_audio: VirtualAudio, voice: str, tmp_path: Path) -> None:
    open_voice(voice).render("What did you decide?", tmp_path / "question.wav")
    with virtual_audio.record_speaker(tmp_path / "heard.wav"):
        play(tmp_path / "question.wav")
    said, _ = decode(tmp_path / "question.wav", rate_hz=RATE_HZ)
    heard, _ = decode(tmp_path / "heard.wav", rate_hz=RATE_HZ)
    assert likeness(said, heard) > 0.9


@pytest.mark.real
@pytest.mark.usefixtures("virtual_audio")
def test_playing_stops_when_asked(question: Path) -> None:
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    assert timed(lambda: play(question, stop=stop)) < 1.5


@pytest.mark.real
@pytest.mark.usefixtures("virtual_audio")
def test_ctrl_c_stops_it_at_once(question: Path) -> None:
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()

    def interrupted() -> None:
        with pytest.raises(KeyboardInterrupt):
            play(question)

    assert timed(interrupted) < 1.5


@pytest.mark.real
def test_a_loudspeaker_that_goes_away_is_an_error_and_may_come_back(
    virtual_audio: VirtualAudio, question: Path
) -> None:
    threading.Timer(0.5, virtual_audio.pull_the_plug).start()
    with pytest.raises(DeviceError, match="stopped"):
        play(question)
    with pytest.raises(DeviceError, match="cannot be opened"):
        play(question)
    virtual_audio.plug_in_again()
    play(question)


@pytest.mark.real
@pytest.mark.usefixtures("virtual_audio")
def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("not a sound")
    with pytest.raises(AudioError, match=r"notes\.wav"):
        play(tmp_path / "notes.wav")
