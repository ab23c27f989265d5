"""Play a sound file aloud."""

__all__ = ["play"]

import threading
from pathlib import Path
from typing import Any

import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.devices import Device, Direction, find_device, sounddevice
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
"""A device that takes no sound for this long never will. voicemock default, unvalidated."""


def play(path: Path, *, device: str | int | None = None, stop: threading.Event | None = None) -> None:
    """Play a sound file to its end, or until ``stop`` is set or Ctrl-C comes.

    Raises DeviceError if nothing can be played (no loudspeaker, no PortAudio, unplugged): whoever
    asks a question may then print it instead. Raises AudioError if the file cannot be read.
    """
    speaker = find_device(device, Direction.OUTPUT)
    # What the device names as its own: a mixer shared with other programs may accept nothing else.
    samples, rate_hz = decode(path, rate_hz=speaker.rate_hz)
    with_lead = np.pad(samples, (round(LEAD_S * rate_hz), 0))
    _Playing(with_lead, rate_hz, speaker).until(stop or threading.Event())


class _Playing:
    """One stream of the sound card that plays some samples."""

    def __init__(self, samples: Samples, rate_hz: int, speaker: Device) -> None:
        self._samples = samples
        self._rate_hz = rate_hz
        self._played = 0
        self._heard_at = 0.0  # on the stream's clock: when the last sample leaves the device
        self._lost = threading.Event()
        self._sd = sounddevice()
        try:
            self._stream: Any = self._sd.OutputStream(
                device=speaker.index,
                samplerate=rate_hz,
                channels=min(2, speaker.channels),
                dtype="float32",
                latency=LATENCY_S,
                callback=self._fill,
                finished_callback=self._lost.set,
            )
        except self._sd.PortAudioError as error:
            raise _failed(f"cannot be opened: {error}") from error

    def until(self, stop: threading.Event) -> None:
        """Play to the end, or until ``stop`` is set; raises DeviceError if the device fails on the way."""
        try:
            self._stream.start()
            seen, patience = 0, Patience(STUCK_S)
            while not stop.wait(POLL_S) and not self._done:
                if self._lost.is_set():
                    raise _failed("stopped")
                if self._played > seen:
                    seen = self._played
                    patience.renew()
                elif patience.is_out():
                    raise _failed("no longer accepts sound")
        except self._sd.PortAudioError as error:
            raise _failed(f"failed: {error}") from error
        finally:
            self._stream.abort()  # not stop(): silent at once, and nothing more is on its way
            self._stream.close()

    @property
    def _done(self) -> bool:
        return self._played >= len(self._samples) and self._stream.time >= self._heard_at

    def _fill(self, out: Any, count: int, when: Any, _status: Any) -> None:
        """Give the device its next samples; it calls this from a thread of its own."""
        part = self._samples[self._played : self._played + count]
        out[: len(part)] = part[:, None]
        out[len(part) :] = 0
        if len(part):
            ahead_s = when.outputBufferDacTime - when.currentTime
            if not 0 <= ahead_s <= 2 * LATENCY_S:  # some systems do not tell
                ahead_s = self._stream.latency
            self._heard_at = when.currentTime + ahead_s + len(part) / self._rate_hz
            self._played += len(part)  # last: whoever sees it must know when it will be heard


def _failed(what: str) -> DeviceError:
    return DeviceError(f"The loudspeaker {what}.", hint="Check that one is connected, or choose another.")
