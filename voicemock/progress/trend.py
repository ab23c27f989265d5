"""Whether a series goes up or down by more than its own noise.

Mann 1945, Nonparametric tests against trend, and Kendall 1975, Rank correlation methods, for the test and its
correction for ties; Sen 1968, Estimates of the regression coefficient based on Kendall's tau, for the slope; Holm 1979,
A simple sequentially rejective multiple test procedure, for several series at once. None of them assumes that the noise
is normal, and one odd session cannot make or hide a trend.
"""

__all__ = ["ALPHA", "Line", "holm", "mann_kendall", "sens_line"]

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ALPHA = 0.05
"""The chance of one or more false claims in a family of series of which none moves."""
EXACT = 10
"""Up to this many values without ties the chance is counted out; Kendall 1975 has the normal curve from there on."""
AS_SD = 1.4826
"""Turns a median absolute deviation into a standard deviation, if the noise is normal."""


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """Return Kendall's S, above 0 if later values are larger, and the two-sided chance of one so far from 0."""
    n = len(values)
    s = int(np.sign(_differences(values)).sum())
    ties = [count for count in Counter(values).values() if count > 1]
    if not ties and n <= EXACT:
        return s, _exact(n, abs(s))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if variance <= 0 or s == 0:
        return s, 1.0
    return s, math.erfc((abs(s) - 1) / math.sqrt(2 * variance))


class Line(NamedTuple):
    """Sen's line.

    slope: the median of those between all pairs, in units per place. start, end: its values at the first place and the
    last. spread: how far a value typically lies from it, as a robust standard deviation.
    """

    slope: float
    start: float
    end: float
    spread: float


def sens_line(values: Sequence[float], places: Sequence[int]) -> Line:
    """Return the line through the values of one or more places, each another."""
    slope = float(np.median(_differences(values) / _differences(places))) if len(values) > 1 else 0.0
    rest = np.asarray(values) - slope * np.asarray(places)
    middle = float(np.median(rest))
    around = AS_SD * float(np.median(np.abs(rest - middle)))
    return Line(slope, middle + slope * places[0], middle + slope * places[-1], around)


def _differences(values: Sequence[float]) -> NDArray[np.float64]:
    """Return the later minus the earlier of all pairs."""
    found = np.asarray(values, np.float64)
    earlier, later = np.triu_indices(len(found), 1)
    return found[later] - found[earlier]


def holm(chances: Sequence[float]) -> list[float]:
    """Return each chance adjusted for all of them, in their order: claims are those of at most ``ALPHA``."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    adjusted = [1.0] * len(chances)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = highest
    return adjusted


def _exact(n: int, s: int) -> float:
    """Return the two-sided chance of at least this S among all orders of n different values."""
    counts = _orders(n)
    most = n * (n - 1) // 2
    far = sum(count for swaps, count in enumerate(counts) if abs(most - 2 * swaps) >= s)
    return far / math.factorial(n)


@cache
def _orders(n: int) -> tuple[int, ...]:
    """Return how many orders of n values have 0, 1, 2, … pairs the wrong way round."""
    counts = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(counts) + size - 1)
        for swaps, count in enumerate(counts):
            for more in range(size):
                longer[swaps + more] += count
        counts = longer
    return tuple(counts)
