"""Play a sound file aloud."""

__all__ = ["play"]

import threading
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.devices import Direction, find_device, sounddevice
from voicemock.audio.load import decode
from voicemock.errors import DeviceError
from voicemock.patience import Patience

LATENCY_S = 1.0
"""Held by the device in advance: an import or a model being loaded can keep Python, and so the callback,
busy for half a second. Playing still starts and stops at once."""

LEAD_S = 0.1
"""Silence first: a device that wakes up swallows the first moments."""

POLL_S = 0.02

STUCK_S = 5.0
"""A device that takes no sound for so long never will. voicemock default, unvalidated."""


def play(path: Path, *, device: str | int | None = None, stop: threading.Event | None = None) -> None:
    """Play a sound file to its end, or until ``stop`` is set or Ctrl-C comes.

    Raises DeviceError where nothing can be played (no loudspeaker, no PortAudio, unplugged): whoever
    asks a question may then print it instead. Raises AudioError where the file cannot be read.
    """
    speaker = find_device(device, Direction.OUTPUT)
    # What the device names as its own: a mixer shared with other programs may accept nothing else.
    samples, rate_hz = decode(path, rate_hz=speaker.rate_hz)
    with_lead = np.pad(samples, (round(LEAD_S * rate_hz), 0))
    _play(with_lead, rate_hz, speaker.index, min(2, speaker.channels), stop or threading.Event())


def _play(samples: Samples, rate_hz: int, index: int, channels: int, stop: threading.Event) -> None:
    sd = sounddevice()
    lost = threading.Event()
    played = 0
    heard_at = 0.0  # on the stream's clock: when the last sample leaves the device

    def callback(out: Any, count: int, when: Any, _status: Any) -> None:
        nonlocal played, heard_at
        part = samples[played : played + count]
        out[: len(part)] = part[:, None]
        out[len(part) :] = 0
        if len(part):
            played += len(part)
            ahead_s = when.outputBufferDacTime - when.currentTime
            if not 0 <= ahead_s <= 2 * LATENCY_S:  # some systems do not tell
                ahead_s = stream.latency
            heard_at = when.currentTime + ahead_s + len(part) / rate_hz

    try:
        stream = sd.OutputStream(
            device=index,
            samplerate=rate_hz,
            channels=channels,
            dtype="float32",
            latency=LATENCY_S,
            callback=callback,
            finished_callback=lost.set,
        )
    except sd.PortAudioError as error:
        raise _failed(f"cannot be opened: {error}") from error
    try:
        stream.start()
        seen, patience = 0, Patience(STUCK_S)
        while not stop.wait(POLL_S) and (played < len(samples) or stream.time < heard_at):
            if lost.is_set():
                raise _failed("stopped")
            if played > seen:
                seen = played
                patience.renew()
            elif patience.is_out():
                raise _failed("takes no more sound")
    except sd.PortAudioError as error:
        raise _failed(f"failed: {error}") from error
    finally:
        stream.abort()  # not stop(): silent at once, and nothing more is on its way
        stream.close()


def _failed(what: str) -> DeviceError:
    return DeviceError(f"The loudspeaker {what}.", hint="Check that one is connected, or choose another.")
