"""Play a sound file aloud."""

from __future__ import annotations

__all__ = ["play"]

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voicemock.audio.devices import Direction, find_device, sounddevice
from voicemock.audio.wav import decode
from voicemock.errors import DeviceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LATENCY_S = 0.2
"""Held by the device in advance, so that Python may be busy elsewhere, with an import for one."""

LEAD_S, TAIL_S = 0.1, 2 * LATENCY_S
"""Silence around the sound: a device that wakes up swallows the first moments, and PortAudio on ALSA drops
what the device still holds at the end (0.25 s were measured)."""

STUCK_S = 5.0
"""A device that takes no sound for so long never will. voicemock default, unvalidated."""


def play(path: Path, *, device: str | int | None = None, stop: threading.Event | None = None) -> None:
    """Play a sound file to its end, or until ``stop`` is set or Ctrl-C comes.

    Raises DeviceError where nothing can be played (no loudspeaker, no PortAudio, unplugged): whoever
    asks a question may then print it instead. Raises AudioError where the file cannot be read.
    """
    import numpy as np

    speaker = find_device(device, Direction.OUTPUT)
    # What the device names as its own: a mixer shared with other programs may accept nothing else.
    samples, rate_hz = decode(path, rate_hz=speaker.rate_hz)
    padded = np.pad(samples, (round(LEAD_S * rate_hz), round(TAIL_S * rate_hz)))
    _play(padded, rate_hz, speaker.index, min(2, speaker.channels), stop or threading.Event())


def _play(samples: NDArray[np.float32], rate_hz: int, index: int, channels: int, stop: threading.Event) -> None:
    sd = sounddevice()
    ended = threading.Event()
    played = 0

    def callback(out: Any, count: int, _time: Any, _status: Any) -> None:
        nonlocal played
        part = samples[played : played + count]
        out[: len(part)] = part[:, None]
        out[len(part) :] = 0
        played += len(part)
        if len(part) < count:
            raise sd.CallbackStop

    try:
        stream = sd.OutputStream(
            device=index,
            samplerate=rate_hz,
            channels=channels,
            dtype="float32",
            latency=LATENCY_S,
            callback=callback,
            finished_callback=ended.set,
        )
    except sd.PortAudioError as error:
        raise _failed(f"cannot be opened: {error}") from error
    try:
        stream.start()
        seen, seen_at = 0, time.monotonic()
        while not ended.wait(0.05) and not stop.is_set():
            if played > seen:
                seen, seen_at = played, time.monotonic()
            elif time.monotonic() - seen_at > STUCK_S:
                raise _failed("takes no more sound")
        if played < len(samples) and not stop.is_set():
            raise _failed("stopped")
    except sd.PortAudioError as error:
        raise _failed(f"failed: {error}") from error
    finally:
        stream.abort()  # silent at once; what ended by itself has been heard already
        stream.close()


def _failed(what: str) -> DeviceError:
    return DeviceError(f"The loudspeaker {what}.", hint="Check that one is connected, or choose another.")
