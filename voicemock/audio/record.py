"""Record a microphone so that nothing said is lost: on disk as it is spoken, readable after any crash."""

__all__ = ["Microphone", "OnBlock", "Recorder", "SoundCardMicrophone", "Source"]

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.devices import Direction, find_device
from voicemock.audio.frames import FULL_SCALE
from voicemock.audio.load import RATE_HZ
from voicemock.audio.sound_card import Block, SoundCard, SourceEnd, lost
from voicemock.audio.standstill import Missing, Standstill
from voicemock.audio.wav import GrowingWav, resampler
from voicemock.errors import SessionError, VoicemockError, repair
from voicemock.patience import Patience
from voicemock.printable import in_shell

OnBlock = Callable[[Samples], None]


PATIENCE_S = 5.0
"""A device that gives no block for this long is gone. PulseAudio took up to 1.6 s for its first (measured); a
Python busy elsewhere delays blocks too. voicemock default, unvalidated."""

TICK_S = 0.25
"""How often a recording without sound is checked."""

FLOOR_DB = -100.0
"""What an empty block's level is called; 16-bit sound ends at -96 dB."""

CLIPPED_SHOWN_S = 1.0


class Microphone(Protocol):
    """Where answers come from: the sound card, or the demo's canned answers."""

    @property
    def name(self) -> str:
        """What to call it on the screen."""
        ...

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> "Recorder":
        """Return a context manager that records into ``path``, a WAV file that must not exist yet.

        on_block: is given every block that is on disk, 16 kHz mono samples in -1 to 1, in order. It
        runs in the writing thread and must return at once, or what follows reaches the disk late.
        """
        ...


class Source(Protocol):
    """Gives blocks of sound from a thread of its own."""

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        """Begin, and return the sample rate; raises DeviceError."""
        ...

    def stop(self) -> None:
        """Give what was heard until now; return when nothing more will be put."""
        ...


class Recorder:
    """A recording in progress: a context manager, entered when sound really arrives, left when everything is on disk.

    level_db: RMS level of the last block in dB relative to full scale, at least -100.
    overflows: how often the device dropped samples because nobody fetched them.
    finished: True once nothing more will be recorded: stopped, the source ended, or it failed.
    error: why the recording ended by itself; what came before is in the file.
    missing: what was not recorded because the process, or the whole machine, was suspended.
    restored: whether the file was deleted meanwhile and written again.
    listener_error: what ``on_block`` raised; it is not called again, the recording goes on.
    """

    def __init__(self, path: Path, source: Source, *, on_block: OnBlock | None = None) -> None:
        self.level_db = FLOOR_DB
        self.overflows = 0
        self.finished = False
        self.paused = False
        self.error: VoicemockError | None = None
        self.missing: list[Missing] = []
        self.restored = False
        self.listener_error: Exception | None = None
        self._path = path
        self._source = source
        self._on_block = on_block
        self._samples = 0
        self._clipped_at = -CLIPPED_SHOWN_S
        self._queue: queue.SimpleQueue[Block | SourceEnd] = queue.SimpleQueue()
        self._opening = threading.Lock()
        self._stopped = False
        self._first = threading.Event()
        self._writer = threading.Thread(target=self._run, name="voicemock-recorder", daemon=True)

    @property
    def elapsed_s(self) -> float:
        """Seconds recorded so far; a pause does not count."""
        return self._samples / RATE_HZ

    @property
    def clipped(self) -> bool:
        """Whether a sample reached full scale within the last second."""
        return self.elapsed_s - self._clipped_at < CLIPPED_SHOWN_S

    def pause(self) -> None:
        """Drop what is heard from now on; the device stays open."""
        self.paused = True

    def resume(self) -> None:
        """Go on recording, at once."""
        self.paused = False

    def stop(self) -> None:
        """End the recording: what was said before the call is kept to the last sample."""
        with self._opening:
            self._stopped = True
            self._source.stop()
            self._queue.put(SourceEnd())
        self._writer.join()

    def __enter__(self) -> Self:
        """Open the device and wait for sound; raises DeviceError or SessionError, leaving no file."""
        try:
            self._wav = GrowingWav(self._path, RATE_HZ)
        except OSError as error:
            hint = f"What you recorded before is kept. {repair(error, 'Check that folder')}, and go on."
            raise SessionError(f"{self._path} cannot be written: {error.strerror}.", hint=hint) from error
        try:
            self._resample = resampler(self._source.start(self._put), RATE_HZ)
        except BaseException:
            self._wav.close()
            self._path.unlink()
            raise
        self._writer.start()
        try:
            self._first.wait()
        except BaseException:
            self.stop()
            raise
        if self.error and not self._samples:
            self.stop()
            self._path.unlink()
            raise self.error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _put(self, item: Block | SourceEnd) -> None:
        """Queue what the source gives; runs in the audio callback, so it does no more than that."""
        if self.paused and isinstance(item, Block):
            item = Block(b"")  # a sign of life
        self._queue.put(item)

    def _run(self) -> None:
        try:
            with self._wav:
                watch = Standstill(self)
                while isinstance(item := self._next(watch), Block):
                    self.overflows += item.overflowed
                    self._keep(self._resample(item.pcm, False))
                    self._first.set()
                self.error = item.error
                self._keep(self._resample(b"", True))
                watch.settle()
            self.restored = self._wav.restored
            if self._wav.moved_to:
                self.error = _gone(self._path, self._wav.moved_to)
        except OSError as error:
            self.error = SessionError(
                f"The recording ended after {self.elapsed_s:.0f} s: {self._path} cannot be written ({error.strerror}).",
                hint="Everything recorded until then is kept. Is the disk full? Free some space.",
            )
        finally:
            self.finished = True
            self._first.set()

    def _next(self, watch: Standstill) -> Block | SourceEnd:
        """Wait for the next block; a device that did not outlive a standstill is opened again, once."""
        patience = Patience(PATIENCE_S)
        while True:
            try:
                item: Block | SourceEnd | None = self._queue.get(timeout=min(TICK_S, PATIENCE_S))
            except queue.Empty:
                item = None
            watch.look(paused=self.paused)
            if item is None and not patience.is_out():
                continue
            if isinstance(item, Block) or (item and not item.error):
                return item
            if watch.may_reopen():
                item = self._reopen()
                patience.renew()
            if item is None and patience.is_out():
                item = SourceEnd(lost("is sending no sound"))
            if item:
                return item

    def _reopen(self) -> SourceEnd | None:
        """Open the device again; what it still gave comes first. Returns the end if it is gone."""
        with self._opening:
            if self._stopped:
                return None
            self._source.stop()
            while not self._queue.empty():
                if isinstance(item := self._queue.get(), Block):
                    self._keep(self._resample(item.pcm, False))
            self._keep(self._resample(b"", True))
            try:
                self._resample = resampler(self._source.start(self._put), RATE_HZ)
            except VoicemockError as error:
                return SourceEnd(error)
        return None

    def _keep(self, pcm: bytes) -> None:
        if not pcm:
            return
        self._wav.write(pcm)
        block = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        self.level_db = max(FLOOR_DB, float(20 * np.log10(np.sqrt(np.mean(block**2)) + 1e-9)))
        samples = self._samples + len(block)
        if np.abs(block).max() >= FULL_SCALE:
            self._clipped_at = samples / RATE_HZ
        self._samples = samples  # last: who sees the time move on sees this block's level and clipping
        if self._on_block and not self.listener_error:
            try:
                self._on_block(block)
            except Exception as error:  # the recording must outlive whoever listens to it
                self.listener_error = error


class SoundCardMicrophone:
    """A microphone of this machine: its number, part of its name, or None for the system's choice.

    Raises DeviceError if there is none, or no PortAudio.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._device = find_device(device, Direction.INPUT)
        self.name = self._device.name

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        """Return a context manager that records into ``path``, as ``Microphone`` says."""
        return Recorder(path, SoundCard(self._device.index, self._device.rate_hz), on_block=on_block)


def _gone(place: Path, saved: Path) -> SessionError:
    return SessionError(
        f"{place.parent} was deleted, or its disk was removed, while you were speaking.",
        hint=f"What you said is saved in {saved}. For a report on it: voicemock review {in_shell(saved)}",
    )
