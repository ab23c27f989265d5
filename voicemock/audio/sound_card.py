"""One input stream of the sound card, through PortAudio."""

__all__ = ["BLOCK_S", "Block", "SoundCard", "SourceEnd", "lost"]

from collections.abc import Callable
from typing import Any, NamedTuple

from voicemock.audio.devices import sounddevice
from voicemock.audio.load import RATE_HZ
from voicemock.errors import DeviceError, VoicemockError

BLOCK_S = 0.032
"""512 samples at 16 kHz, one frame of Silero VAD."""

LATENCY_S = 0.1
"""What the device holds while Python is busy. PulseAudio keeps seconds by itself (measured: nothing lost while
the interpreter was held for 1.5 s); a bare device does not, but whoever listens has a process of its own, and
only the next question is rendered in this one. Ending an answer takes as long. voicemock default, unvalidated."""


class Block(NamedTuple):
    """Mono 16-bit samples at the source's rate; overflowed: the device had to drop some before it."""

    pcm: bytes
    overflowed: bool = False


class SourceEnd(NamedTuple):
    """The last thing a source gives; error: why it could not go on."""

    error: VoicemockError | None = None


class SoundCard:
    """One PortAudio input stream, at 16 kHz if the device can, otherwise at the rate it names."""

    def __init__(self, index: int, native_rate_hz: int) -> None:
        self._index = index
        self._native_rate_hz = native_rate_hz
        self._stream: Any = None
        self._stopping = False

    def start(self, put: Callable[[Block | SourceEnd], None]) -> int:
        """Open the device and return its rate; raises DeviceError."""
        sd = sounddevice()
        self._stopping = False
        for rate_hz in dict.fromkeys((RATE_HZ, self._native_rate_hz)):
            try:
                self._stream = self._open(put, rate_hz)
            except sd.PortAudioError as error:
                refused = error
            else:
                return rate_hz
        raise DeviceError(
            "The microphone cannot be opened.",
            hint=f"Is another program using it, or has your system blocked it? (The sound system says: {refused}.)",
        ) from refused

    def _open(self, put: Callable[[Block | SourceEnd], None], rate_hz: int) -> Any:
        def callback(pcm: Any, _frames: int, _time: Any, status: Any) -> None:
            put(Block(bytes(pcm), bool(status.input_overflow)))

        def finished() -> None:
            put(SourceEnd(None if self._stopping else lost("stopped")))

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
        """Give what was heard until now, and close the device."""
        if self._stream is None or self._stream.closed:
            return
        if self._stream.active:
            sounddevice().sleep(round(1000 * (self._stream.latency + BLOCK_S)))  # the last word is still in the device
        self._stopping = True
        self._stream.abort()  # stop() would wait again
        self._stream.close()


def lost(what: str) -> DeviceError:
    """Return the error of a microphone that ended a recording by itself."""
    return DeviceError(
        f"The microphone {what}.",
        hint="Everything recorded until then is kept. Check that it is connected and not muted.",
    )
