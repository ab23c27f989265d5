"""Where speech is and where it pauses, to the nearest 20 ms.

Silero VAD tells speech from other sounds, but is a few frames late at either end, and later the more softly a
word dies away. The level of the sound knows the edges but not what is speech. So VAD finds the gaps and the
level places their edges.
"""

__all__ = ["PAUSE_S", "Stretches", "median_of_three", "pauses", "speech_stretches"]

from itertools import pairwise

import numpy as np

from voicemock.audio.arrays import Levels, Steps
from voicemock.audio.frames import HOP
from voicemock.audio.load import RATE_HZ
from voicemock.schema import PAUSE_S, Pause

Stretches = list[tuple[float, float]]
"""(start, end) in seconds of every stretch of speech."""

ROUNDING_S = 1e-9
"""A pause of exactly half a second is one, though binary fractions fall a little short."""

# Steps are of 20 ms. All of these are voicemock defaults: on two annotated monologues every edge came to lie within
# 0.08 s of the annotator's.
EDGE = 0.35
"""The edge lies where the level has risen this share of the way from the gap's own noise to the speech beside it."""

LEAST_RISE_DB = 4.0
"""The edge is at least this far above the noise."""

LOUD_PERCENTILE = 80
"""How loud the speech beside a gap is: a fifth of its steps are louder."""

EARLIEST = 25
"""By how many steps a gap may be widened at each end."""

LATEST = 8
"""By how many steps a gap may be narrowed at each end."""

BESIDE = 40
"""Steps beside a gap from which the level of the speech is taken."""

BLIP = 3
"""Speech of fewer steps is only a click."""


def speech_stretches(speech: list[tuple[int, int]], levels_db: Levels) -> Stretches:
    """Place the edges of what Silero VAD called speech.

    Parameters
    ----------
    speech
        (start, end) in samples of every stretch, in order.
    levels_db
        Of every 20 ms of the recording, (steps,).

    Returns
    -------
    (start, end) in seconds of every stretch, to 20 ms, without clicks.
    """
    steps = len(levels_db)
    smooth = median_of_three(levels_db)
    spoken = np.zeros(steps, bool)
    for start, end in speech:
        spoken[start // HOP : -(-end // HOP)] = True
    for (_, before), (after, _) in pairwise(speech):
        first, last = before // HOP, min(after // HOP, steps)
        if first < last:
            _place(spoken, smooth, first, last)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], spoken, [False]]).astype(np.int8)))
    return [
        (float(start) * HOP / RATE_HZ, float(end) * HOP / RATE_HZ)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if end - start >= BLIP
    ]


def pauses(stretches: Stretches) -> tuple[Pause, ...]:
    """Return the silences of half a second and more between stretches of speech."""
    return tuple(
        Pause(start_s=round(end, 2), end_s=round(start, 2))
        for (_, end), (start, _) in pairwise(stretches)
        if start - end >= PAUSE_S - ROUNDING_S
    )


def _place(spoken: Steps, level: Levels, first: int, last: int) -> None:
    """Move both edges of the gap from step ``first`` to ``last``, in place."""
    noise = float(np.median(level[first:last]))
    before = level[:last] < _threshold(noise, level[max(0, first - BESIDE) : first])
    _move_edge(spoken[:last], before, first)
    # The other edge is the same seen backwards.
    after = level[first:] < _threshold(noise, level[last : last + BESIDE])
    _move_edge(spoken[first:][::-1], after[::-1], len(level) - last)


def _move_edge(spoken: Steps, quiet: Steps, edge: int) -> None:
    """Let speech that ends at a step end where it got quiet: earlier, or later if it was still loud."""
    start = edge
    while start > max(0, edge - EARLIEST) and spoken[start - 1] and quiet[start - 1]:
        start -= 1
    spoken[start:edge] = False
    if start == edge:
        end = edge
        while end < min(len(quiet), edge + LATEST) and not quiet[end]:
            end += 1
        spoken[edge:end] = True


def _threshold(noise_db: float, beside: Levels) -> float:
    if not len(beside):
        return noise_db + LEAST_RISE_DB
    return noise_db + max(LEAST_RISE_DB, EDGE * (float(np.percentile(beside, LOUD_PERCENTILE)) - noise_db))


def median_of_three(values: Levels) -> Levels:
    """Return each value's median with its two neighbours, (steps,) as given; under three values as they are."""
    if len(values) < 3:
        return values
    padded = np.pad(values, 1, mode="edge")
    return np.asarray(np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0), np.float32)
