"""The pitch of a voice: F0 of every voiced 20 ms."""

__all__ = ["track_f0"]

import os
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.arrays import Pitch, Samples, Steps
from voicemock.audio.frames import HOP
from voicemock.audio.load import RATE_HZ
from voicemock.errors import ModelError, repair
from voicemock.paths import cache_dir, private_dir

LOWEST_HZ = 65.0
"""Adult voices are seldom lower; clear of the hum of the mains at 50 and 60 Hz."""

HIGHEST_HZ = 480.0
"""Adult voices seldom speak higher."""

SEARCH = 0.93
"""The search goes this far beyond the range: what is found at its very edge was not found."""

FRAME = 1024
"""64 ms hold two periods of the lowest voice in each half, as YIN needs."""

PERIODIC = 0.8
"""Correlation with itself one period later above which a frame is voiced. voicemock default: creak and
breath fall below, vowels in 10 dB of noise stay above."""

FAR_OCTAVES = 0.75
"""Values this far from the median of the half second around them are octave errors."""

NEIGHBOURS = 12
"""Frames on either side that are asked."""

LOCK = ".lock"
"""Beside what numba compiled: one process at a time reads or writes it."""


def track_f0(samples: Samples) -> Pitch:
    """Follow the pitch of a voice.

    YIN (de Cheveigné & Kawahara, JASA 111, 2002; librosa's) proposes; the frame must repeat itself at that period.

    Parameters
    ----------
    samples
        Of one voice, mono at 16 kHz.

    Returns
    -------
    F0 in Hz for every 20 ms, (steps,), 65 to 480; NaN if nothing is voiced.
    """
    found = _compiled_librosa().yin(
        samples,
        fmin=LOWEST_HZ * SEARCH,
        fmax=HIGHEST_HZ / SEARCH,
        sr=RATE_HZ,
        frame_length=FRAME,
        hop_length=HOP,
    )
    f0: Pitch = found.astype(np.float32)
    outside = (f0 < LOWEST_HZ) | (f0 > HIGHEST_HZ)
    f0[outside | (_periodicity(samples, f0) < PERIODIC)] = np.nan
    f0[_strays(f0)] = np.nan
    return f0


@cache
def _compiled_librosa() -> ModuleType:
    """Return librosa once numba has compiled it or found it compiled, which one process may do at a time.

    Two that compile at once mix up each other's files in numba's cache, and every later process dies in them.
    Raises ModelError if what is compiled cannot be kept, without which numba compiles nothing.
    """
    # Without this, numba keeps what it compiles among the installed packages, or in a folder of its own.
    folder = os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "numba"))
    from filelock import FileLock

    try:
        with FileLock(private_dir(Path(folder)) / LOCK, mode=0o600):
            import librosa

            librosa.yin(np.zeros(FRAME, np.float32), fmin=LOWEST_HZ, fmax=HIGHEST_HZ, sr=RATE_HZ, frame_length=FRAME)
    except OSError as error:
        hint = f"{repair(error, 'Make it a folder you can write to')}, or name another folder in VOICEMOCK_CACHE."
        raise ModelError(f"{folder} cannot be written: {error.strerror}.", hint=hint) from error
    return librosa


def _periodicity(samples: Samples, f0: Pitch) -> NDArray[np.float32]:
    """Return how much each frame is like itself one period later, -1 to 1."""
    half = FRAME // 2
    padded = np.pad(samples, half)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::HOP][: len(f0)]
    lags = np.rint(RATE_HZ / f0).astype(int)
    later = np.minimum(lags[:, None] + np.arange(half), FRAME - 1)
    a, b = frames[:, :half], np.take_along_axis(frames, later, axis=1)
    power = np.sqrt(np.square(a).sum(axis=1) * np.square(b).sum(axis=1))
    return np.asarray((a * b).sum(axis=1) / np.maximum(power, 1e-12), np.float32)


def _strays(f0: Pitch) -> Steps:
    """Tell which values jump away from those around them."""
    import warnings

    around = np.lib.stride_tricks.sliding_window_view(
        np.pad(f0, NEIGHBOURS, constant_values=np.nan), 2 * NEIGHBOURS + 1
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a stretch without voice has no median
        middle = np.nanmedian(around, axis=1)
        return np.asarray(np.abs(np.log2(f0 / middle)) > FAR_OCTAVES)
