"""Pitch and loudness along an answer, coarse enough to be drawn and kept in a report."""

__all__ = ["FAR_SEMITONES", "FEWEST_F0", "contour", "semitones"]

import itertools
import math

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.arrays import Levels, Pitch, Steps, Times
from voicemock.schema import Contour

STEP_S = 0.5
"""A word or two: finer says nothing more to the eye. voicemock default, unvalidated."""

LEVELS = 25
"""Levels of 20 ms in a step."""

AROUND_S = 5.0
"""How far to either side of a step the spread of pitch is taken from: two or three phrases. voicemock default,
unvalidated."""

FEWEST = 5
"""A step with less than 100 ms of voice, or of speech, tells nothing of it. voicemock default, unvalidated."""

FEWEST_F0 = 100
"""Under two seconds of voiced sound says nothing about a voice's melody. voicemock default, unvalidated."""

FAR_SEMITONES = 12.0
"""An octave from the median lie creak, laughter and another speaker, not melody. voicemock default,
unvalidated."""

Series = tuple[float | None, ...]


def semitones(f0: Pitch, median_hz: float) -> NDArray[np.float64]:
    """Return pitches in Hz, (voiced,), as semitones from a median; NaN for those too far from it to be melody."""
    found = 12 * np.log2(f0.astype(np.float64) / median_hz)
    return np.where(np.abs(found) < FAR_SEMITONES, found, np.nan)


def contour(f0: Pitch, at_s: Times, *, median_hz: float | None, levels_db: Levels, spoken: Steps) -> Contour:
    """Return pitch and loudness of every half second of a recording.

    Parameters
    ----------
    f0, at_s
        The candidate's pitch in Hz where voiced, and when, both (voiced,), in any order.
    median_hz
        The median of all pitch; None if there is too little voice to tell.
    levels_db, spoken
        The level of every 20 ms of the recording, and whether the candidate speaks in it, (steps,).
    """
    count = math.ceil(len(levels_db) / LEVELS)
    tones: Series = (None,) * count
    spread = tones
    if median_hz is not None:
        order = np.argsort(at_s, kind="stable")
        found, times = semitones(f0[order], median_hz), at_s[order].astype(np.float64)
        near = np.isfinite(found)
        tones, spread = _medians(found[near], times[near], count), _spreads(found[near], times[near], count)
    return Contour(
        step_s=STEP_S, semitones=tones, spread_semitones=spread, loudness_db=_loudness(levels_db, spoken, count)
    )


def _medians(found: NDArray[np.float64], times: NDArray[np.float64], count: int) -> Series:
    edges = np.searchsorted(times, np.arange(count + 1) * STEP_S)
    pairs = itertools.pairwise(edges)
    return tuple(round(float(np.median(found[a:b])), 1) if b - a >= FEWEST else None for a, b in pairs)


def _spreads(found: NDArray[np.float64], times: NDArray[np.float64], count: int) -> Series:
    """Return the standard deviation around each step; None where there is no voice in it, or too little around."""
    starts = np.arange(count) * STEP_S
    first, last = np.searchsorted(times, starts), np.searchsorted(times, starts + STEP_S)
    middle = starts + STEP_S / 2
    low, high = np.searchsorted(times, middle - AROUND_S), np.searchsorted(times, middle + AROUND_S)
    sums, squares = (np.concatenate([[0.0], np.cumsum(found**power)]) for power in (1, 2))
    n = np.maximum(high - low, 1)
    variance = (squares[high] - squares[low]) / n - ((sums[high] - sums[low]) / n) ** 2
    told = (last - first >= FEWEST) & (high - low >= FEWEST_F0)
    return tuple(
        round(float(v), 1) if ok else None for v, ok in zip(np.sqrt(np.maximum(variance, 0)), told, strict=True)
    )


def _loudness(levels_db: Levels, spoken: Steps, count: int) -> Series:
    """Return the level of the speech in each step, in dB from that of all speech; None where hardly any is."""
    spare = count * LEVELS - len(levels_db)
    power = np.where(spoken, 10 ** (levels_db.astype(np.float64) / 10), 0.0)
    in_steps = np.pad(power, (0, spare)).reshape(count, LEVELS).sum(axis=1)
    often = np.pad(spoken, (0, spare)).reshape(count, LEVELS).sum(axis=1)
    if not often.any():
        return (None,) * count
    whole_db = 10 * np.log10(in_steps.sum() / often.sum())
    level_db = 10 * np.log10(np.maximum(in_steps, 1e-12) / np.maximum(often, 1))
    return tuple(
        round(float(one), 1) if n >= FEWEST else None for one, n in zip(level_db - whole_db, often, strict=True)
    )
