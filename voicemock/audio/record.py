"""Record a microphone so that nothing said is lost: on disk as it is spoken, readable after any crash."""

from __future__ import annotations

__all__ = ["Microphone", "OnBlock", "Recorder", "SoundCardMicrophone", "Source"]

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from voicemock.audio.devices import Direction, find_device, sounddevice
from voicemock.audio.load import RATE_HZ
from voicemock.audio.wav import GrowingWav, resampler
from voicemock.errors import DeviceError, SessionError, VoicemockError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    OnBlock = Callable[[NDArray[np.float32]], None]
else:
    OnBlock = Callable

BLOCK_S = 0.032
"""512 samples at 16 kHz, one frame of Silero VAD."""

LATENCY_S = 0.1
"""What the device holds while Python is busy. PulseAudio keeps seconds by itself (measured: nothing lost while
the interpreter was held for 1.5 s); a bare device does not, but whoever listens has a process of its own, and
only the next question is rendered in this one. Ending an answer takes as long. voicemock default, unvalidated."""

PATIENCE_S = 5.0
"""A device that gives no block for so long is gone. PulseAudio took up to 1.6 s for its first (measured); a
Python busy elsewhere delays blocks too. voicemock default, unvalidated."""

FLOOR_DB = -100.0
"""What an empty block's level is called; 16-bit sound ends at -96 dB."""

CLIPPED_SHOWN_S = 1.0


class Microphone(Protocol):
    """Where answers come from: the sound card, or the demo's canned answers."""

    @property
    def name(self) -> str:
        """What to call it on the screen."""
        ...

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        """Return a context manager that records into ``path``, a WAV file that must not exist yet.

        on_block: is given every block that is on disk, 16 kHz mono samples in -1 to 1, in order. It
        runs in the writing thread and must return at once, or what follows reaches the disk late.
        """
        ...


class Block(NamedTuple):
    """Mono 16-bit samples at the source's rate; overflowed: the device had to drop some before it."""

    pcm: bytes
    overflowed: bool = False


class End(NamedTuple):
    """The last thing a source gives; error: why it could not go on."""

    error: VoicemockError | None = None


class Source(Protocol):
    """Gives blocks of sound from a thread of its own."""

    def start(self, put: Callable[[Block | End], None]) -> int:
        """Begin, and return the sample rate; raises DeviceError."""
        ...

    def stop(self) -> None:
        """Give what was heard until now; return when nothing more will be put."""
        ...


class Recorder:
    """A recording under way: a context manager, entered when sound really arrives, left when all is on disk.

    level_db: RMS level of the last block in dB relative to full scale, at least -100.
    overflows: how often the device dropped samples because nobody fetched them.
    finished: True once nothing more will be recorded: stopped, the source ended, or it failed.
    error: why the recording ended by itself; what came before is in the file.
    listener_error: what ``on_block`` raised; it is not called again, the recording goes on.
    """

    def __init__(self, path: Path, source: Source, *, on_block: OnBlock | None = None) -> None:
        self.level_db = FLOOR_DB
        self.overflows = 0
        self.finished = False
        self.paused = False
        self.error: VoicemockError | None = None
        self.listener_error: Exception | None = None
        self._path = path
        self._source = source
        self._on_block = on_block
        self._samples = 0
        self._clipped_at = -CLIPPED_SHOWN_S
        self._queue: queue.SimpleQueue[Block | End] = queue.SimpleQueue()
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
        """Let go what is heard from now on; the device stays open."""
        self.paused = True

    def resume(self) -> None:
        """Go on recording, at once."""
        self.paused = False

    def stop(self) -> None:
        """End the recording: what was said before the call is kept to the last sample."""
        self._source.stop()
        self._queue.put(End())
        self._writer.join()

    def __enter__(self) -> Self:
        """Open the device and wait for sound; raises DeviceError or SessionError, leaving no file."""
        try:
            self._wav = GrowingWav(self._path, RATE_HZ)
        except OSError as error:
            raise SessionError(f"{self._path} cannot be written: {error.strerror}.") from error
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

    def _put(self, item: Block | End) -> None:
        """Queue what the source gives; runs in the audio callback, so it does no more than that."""
        if self.paused and isinstance(item, Block):
            item = Block(b"")  # a sign of life
        self._queue.put(item)

    def _run(self) -> None:
        try:
            with self._wav:
                while isinstance(item := self._next(), Block):
                    self.overflows += item.overflowed
                    self._keep(self._resample(item.pcm, False))
                    self._first.set()
                self.error = item.error
                self._keep(self._resample(b"", True))
        except OSError as error:
            self.error = SessionError(
                f"The recording ended after {self.elapsed_s:.0f} s: {self._path} cannot be written ({error.strerror}).",
                hint="What was recorded until then is kept. Is the disk full?",
            )
        finally:
            self.finished = True
            self._first.set()

    def _next(self) -> Block | End:
        try:
            return self._queue.get(timeout=PATIENCE_S)
        except queue.Empty:
            return End(_lost("gives no sound"))

    def _keep(self, pcm: bytes) -> None:
        import numpy as np

        if not pcm:
            return
        self._wav.write(pcm)
        self._samples += len(pcm) // 2
        block = np.frombuffer(pcm, np.int16).astype(np.float32) / 32768.0
        self.level_db = max(FLOOR_DB, float(20 * np.log10(np.sqrt(np.mean(block**2)) + 1e-9)))
        if np.abs(block).max() >= 32767 / 32768:
            self._clipped_at = self.elapsed_s
        if self._on_block and not self.listener_error:
            try:
                self._on_block(block)
            except Exception as error:  # the recording must outlive whoever listens to it
                self.listener_error = error


class SoundCardMicrophone:
    """A microphone of this machine: its number, part of its name, or None for the system's choice.

    Raises DeviceError where there is none, or no PortAudio.
    """

    def __init__(self, device: str | int | None = None) -> None:
        self._device = find_device(device, Direction.INPUT)
        self.name = self._device.name

    def record(self, path: Path, *, on_block: OnBlock | None = None) -> Recorder:
        """Return a context manager that records into ``path``, as ``Microphone`` says."""
        return Recorder(path, _SoundCard(self._device.index, self._device.rate_hz), on_block=on_block)


class _SoundCard:
    """One PortAudio input stream, at 16 kHz where the device can, else at the rate it names."""

    def __init__(self, index: int, native_rate_hz: int) -> None:
        self._index = index
        self._native_rate_hz = native_rate_hz
        self._stream: Any = None
        self._stopping = False

    def start(self, put: Callable[[Block | End], None]) -> int:
        sd = sounddevice()
        for rate_hz in dict.fromkeys((RATE_HZ, self._native_rate_hz)):
            try:
                self._stream = self._open(put, rate_hz)
            except sd.PortAudioError as error:
                refused = error
            else:
                return rate_hz
        raise DeviceError(
            f"The microphone cannot be opened: {refused}.",
            hint="Is another program using it, or has the system not allowed it?",
        ) from refused

    def _open(self, put: Callable[[Block | End], None], rate_hz: int) -> Any:
        def callback(pcm: Any, _frames: int, _time: Any, status: Any) -> None:
            put(Block(bytes(pcm), bool(status.input_overflow)))

        def finished() -> None:
            put(End(None if self._stopping else _lost("stopped")))

        stream = sounddevice().RawInputStream(
            device=self._index,
            samplerate=rate_hz,
            channels=1,
            dtype="int16",
            blocksize=round(BLOCK_S * rate_hz),
            latency=LATENCY_S,
            callback=callback,
            finished_callback=finished,
        )
        try:
            stream.start()
        except BaseException:
            stream.close()
            raise
        return stream

    def stop(self) -> None:
        if self._stream is None or self._stream.closed:
            return
        if self._stream.active:
            sounddevice().sleep(round(1000 * (self._stream.latency + BLOCK_S)))  # the last word is still in the device
        self._stopping = True
        self._stream.abort()  # stop() would wait again
        self._stream.close()


def _lost(what: str) -> DeviceError:
    return DeviceError(
        f"The microphone {what}.",
        hint="What was recorded until then is kept. Check that it is connected and not muted.",
    )
