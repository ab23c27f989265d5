"""Sample answers that ship with voicemock, and a microphone that gives them."""

__all__ = ["CannedMicrophone", "FilledPause", "Sample", "load_samples", "sample_questions"]

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.audio.record import OnBlock, Recorder
from voicemock.audio.sound_card import Block, SourceEnd
from voicemock.errors import AudioError, SessionError
from voicemock.questions.sets import find_question
from voicemock.schema import Question

FOLDER = Path(__file__).parent
BLOCK_S = 0.1
SPEED = 8.0
"""Times real time: fast enough not to wait for, slow enough to watch."""


class FilledPause(NamedTuple):
    """An um or uh and when it is said."""

    text: str
    start_s: float
    end_s: float


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """A sample answer: which question it answers, and what is said in it.

    Made by ``benchmarks/demo_answers.py``; file: its name, beside ``samples.json``.
    """

    question: str
    file: str
    duration_s: float
    text: str
    filled_pauses: tuple[FilledPause, ...]

    @property
    def path(self) -> Path:
        """The sound file."""
        return FOLDER / self.file


def load_samples() -> tuple[Sample, ...]:
    """Return the sample answers in the order the demo plays them."""
    return msgspec.json.decode((FOLDER / "samples.json").read_bytes(), type=tuple[Sample, ...])


def sample_questions() -> tuple[Question, ...]:
    """Return the question each sample answer belongs to."""
    return tuple(find_question(sample.question) for sample in load_samples())


class CannedMicrophone:
    """Stands in for the sound card: gives one sample answer a recording, in order, faster than it was said."""

    name = "sample answers"

    def __init__(self, *, speed: float = SPEED) -> None:
        self._speed = speed
        self._waiting = list(load_samples())

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        """Return a context manager that records the next answer, as ``Microphone`` says."""
        if not self._waiting:
            raise SessionError("There are no more sample answers.")
        return Recorder(path, _Playback(self._waiting.pop(0).path, self._speed), on_block=on_block)


class _Playback:
    """A sound file as a source of blocks."""

    def __init__(self, path: Path, speed: float) -> None:
        self._path = path
        self._speed = speed
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        self._thread = threading.Thread(target=self._run, args=(put,), name="voicemock-sample", daemon=True)
        self._thread.start()
        return RATE_HZ

    def stop(self) -> None:
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _run(self, put: Callable[[Block | SourceEnd], None]) -> None:
        due = time.monotonic()
        size = round(BLOCK_S * RATE_HZ)
        try:
            for second in AudioFile(self._path).blocks():
                pcm = (np.clip(second, -1.0, 1.0) * 32767.0).astype(np.int16)
                for start in range(0, len(pcm), size):
                    due += BLOCK_S / self._speed
                    if self._stopped.wait(max(0.0, due - time.monotonic())):
                        return
                    put(Block(pcm[start : start + size].tobytes()))
        except AudioError as error:
            put(SourceEnd(error))
        else:
            put(SourceEnd())


class Unattended:
    """Nobody at the keyboard: no key ever comes."""

    def poll(self, timeout_s: float) -> str | None:
        """Wait, and return None."""
        time.sleep(timeout_s)
        return None

    def wait(self, *wanted: str) -> str:
        """Return the first of the wanted keys."""
        return wanted[0]

    def clear(self) -> None:
        """Do nothing."""
