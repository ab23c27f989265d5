"""Sounds made for tests, and the measure of how well one is found in another."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.load import decode
from voicemock.audio.wav import wav_bytes
from voicemock.demo.samples import load_samples

Samples = NDArray[np.float32]
RATE_HZ = 16_000


def save_first_words(path: Path, *, seconds: int = 6) -> None:
    """Write the beginning of a sample answer: speech that no voice has to be loaded for."""
    samples, _ = decode(load_samples()[0].path, rate_hz=RATE_HZ)
    path.write_bytes(wav_bytes(samples[: seconds * RATE_HZ], RATE_HZ))


def noise(seconds: float, *, seed: int = 1, rate_hz: int = RATE_HZ) -> Samples:
    """Return soft noise below a quarter of the rate: no two stretches alike, so a lost sample shows."""
    white = np.random.default_rng(seed).standard_normal(round(seconds * rate_hz))
    return (0.2 * np.convolve(white, np.hanning(9) / 4.0, "same")).astype(np.float32).clip(-0.9, 0.9)


def offset(part: Samples, whole: Samples) -> int:
    """Return at which sample of the whole a part lies, by cross-correlation."""
    size = len(part) + len(whole)
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    found = int(np.fft.irfft(spectrum, size).argmax())
    return found if found < len(whole) else found - size


def likeness(part: Samples, whole: Samples) -> float:
    """Return the correlation of a part with the stretch of the whole it fits best, 0 if it is cut off."""
    start = offset(part, whole)
    stretch = whole[max(start, 0) : start + len(part)]
    return float(np.corrcoef(part, stretch)[0, 1]) if len(stretch) == len(part) else 0.0
