"""What a voice is like, as 192 numbers that are close for one person and far apart for two.

CAM++ (Wang et al. 2023, arXiv 2303.00332) from 3D-Speaker, Apache-2.0; ``benchmarks/speaker_model.py`` makes the file.
"""

__all__ = ["BANDS", "MODEL", "WHOLE_S", "WINDOW", "WINDOW_S", "Print", "prints_in", "voiceprint"]

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ
from voicemock.speech.segments import Piece, Stretch
from voicemock.telemetry import load_onnxruntime

MODEL = Path(__file__).parent / "probes" / "campplus.onnx"

WINDOW_S = 1.5
"""How much sound one print is taken from, as 3D-Speaker's own diarization does."""

WHOLE_S = 1.0
"""Prints of less speech are too uncertain to tell voices apart; they join the nearest."""

ALIKE = 0.75
"""Prints this alike (cosine) to the mean of their piece are of one voice: those of two voices that share it evenly and
have nothing in common come to 0.71. In five pieces of meetings with another voice the least was 0.15 to 0.58. voicemock
default."""

SHORTEST = round(0.4 * RATE_HZ)
"""Less speech than this at a stretch says little about the voice. voicemock default, unvalidated."""

BREATH = round(0.2 * RATE_HZ)
"""A shorter silence lies within a phrase. voicemock default, unvalidated."""

# Kaldi's filter bank, the one the model was trained on: https://kaldi-asr.org/doc/feat.html.
HOP = RATE_HZ // 100
"""Samples from one frame to the next: 10 ms."""

FRAME = RATE_HZ // 40
"""Samples in a frame: 25 ms."""

WINDOW = round(WINDOW_S * RATE_HZ / HOP)
"""Frames in a print."""

BANDS = 80
"""Bands of the spectrum."""

SPECTRUM = 512
"""Samples of the Fourier transform, a frame and zeros."""

LOWEST_HZ = 20.0
"""Where the first band begins."""

PREEMPHASIS = 0.97
"""What is taken away of the sample before: speech falls with frequency."""

POVEY = 0.85
"""Kaldi's own window is Hann's to this power."""


@dataclass(frozen=True, slots=True)
class Print:
    """The voice heard between two times of the recording, in seconds: 192 numbers, length one."""

    start_s: float
    end_s: float
    values: NDArray[np.float32]


def prints_in(piece: Piece, speech: list[tuple[int, int]]) -> list[Print]:
    """Return the voice of every one and a half seconds of speech in a piece.

    Every other print of a phrase is taken. If all of those in the piece are of one voice, so is the speech between.

    speech: (start, end) in samples of the recording.
    """
    phrases = [
        (stretch, list(_windows(first, last)))
        for stretch in piece.stretches
        for first, last in _phrases(speech, stretch.start, stretch.start + stretch.length)
    ]
    taken = [[_print(piece, stretch, *window) for window in windows[::2]] for stretch, windows in phrases]
    one_voice = _alike([found for some in taken for found in some])
    prints: list[Print] = []
    for (stretch, windows), some in zip(phrases, taken, strict=True):
        for at, (start, end) in enumerate(windows):
            nearest = some[at // 2]
            if at % 2 and one_voice:
                prints.append(Print(start / RATE_HZ, end / RATE_HZ, nearest.values))
            else:
                prints.append(_print(piece, stretch, start, end) if at % 2 else nearest)
    return prints


def _print(piece: Piece, stretch: Stretch, start: int, end: int) -> Print:
    """Take the print of a stretch of a piece, from one sample of the recording to another."""
    within = stretch.at - stretch.start
    return Print(start / RATE_HZ, end / RATE_HZ, voiceprint(piece.samples[start + within : end + within]))


def _alike(prints: list[Print]) -> bool:
    """Tell whether a few prints are surely of one voice."""
    whole = [one.values for one in prints if one.end_s - one.start_s >= WHOLE_S]
    if len(whole) < 2:
        return False
    mean = np.mean(whole, axis=0)
    return bool((whole @ mean).min() >= ALIKE * np.linalg.norm(mean))


def _phrases(speech: list[tuple[int, int]], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the speech from one sample to another, joined over silences too short to tell phrases apart."""
    phrase: tuple[int, int] | None = None
    begins = bisect.bisect_right(speech, first, key=lambda stretch: stretch[1])
    for start, end in itertools.takewhile(lambda stretch: stretch[0] < last, itertools.islice(speech, begins, None)):
        start, end = max(start, first), min(end, last)
        if phrase and start - phrase[1] < BREATH:
            phrase = phrase[0], end
            continue
        if phrase and phrase[1] - phrase[0] >= SHORTEST:
            yield phrase
        phrase = start, end
    if phrase and phrase[1] - phrase[0] >= SHORTEST:
        yield phrase


def _windows(first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield as many windows as fill a phrase, spread evenly over it."""
    width = round(WINDOW_S * RATE_HZ)
    count = max(1, round((last - first) / width))
    if count == 1:
        middle = (first + last) // 2
        yield max(first, middle - width // 2), min(last, middle + width // 2)
        return
    for i in range(count):
        start = first + (last - first - width) * i // (count - 1)
        yield start, start + width


def voiceprint(samples: Samples) -> NDArray[np.float32]:
    """Take the print of a voice.

    Parameters
    ----------
    samples
        (samples,) at 16 kHz of one voice: 1.5 s are used, and less is heard over and over.

    Returns
    -------
    (192,), of length one: the cosine of two prints is how alike the voices are.
    """
    window = np.resize(samples, (WINDOW - 1) * HOP + FRAME)
    (values,) = _session().run(None, {"bands": _bands(window)[None]})[0]
    return np.asarray(values / np.linalg.norm(values), np.float32)


def _bands(samples: Samples) -> NDArray[np.float32]:
    """Return the logarithm of the energy in 80 bands every 10 ms, (frames, bands), each band around its mean."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME)[::HOP].astype(np.float64)
    frames = frames - frames.mean(axis=1, keepdims=True)
    frames = frames - PREEMPHASIS * np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME) ** POVEY, SPECTRUM)) ** 2
    energy = np.log(np.maximum(power[:, :-1] @ _filters(), np.finfo(np.float32).eps))
    return np.asarray(energy - energy.mean(axis=0), np.float32)


@cache
def _filters() -> NDArray[np.float64]:
    """Return triangles of equal width on the mel scale, (frequencies, bands)."""

    def mel(hz: Any) -> Any:
        return 1127.0 * np.log1p(np.asarray(hz) / 700.0)

    edges = np.linspace(mel(LOWEST_HZ), mel(RATE_HZ / 2), BANDS + 2)
    at = mel(np.arange(SPECTRUM // 2) * RATE_HZ / SPECTRUM)[:, None]
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    return np.asarray(np.maximum(0.0, np.minimum((at - left) / (middle - left), (right - at) / (right - middle))))


@cache
def _session() -> Any:
    onnxruntime = load_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # They would keep what the largest input took.
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(str(MODEL), options, providers=["CPUExecutionProvider"])
