"""Whether a series goes up or down by more than its own noise.

Mann 1945, Nonparametric tests against trend, and Kendall 1975, Rank correlation methods, for the test and its
correction for ties; Sen 1968, Estimates of the regression coefficient based on Kendall's tau, for the slope; Holm 1979,
A simple sequentially rejective multiple test procedure, for several series at once. None of them assumes that the noise
is normal, and one odd session cannot make or hide a trend.
"""

__all__ = ["ALPHA", "fitted", "holm", "mann_kendall", "spread", "theil_sen"]

import itertools
import math
import statistics
from collections import Counter
from collections.abc import Sequence
from functools import cache

ALPHA = 0.05
"""The chance of one or more false claims in a family of series of which none moves."""
EXACT = 10
"""Up to this many values without ties the chance is counted out; Kendall 1975 has the normal curve from there on."""
AS_SD = 1.4826
"""Turns a median absolute deviation into a standard deviation, if the noise is normal."""


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """Return Kendall's S, above 0 if later values are larger, and the two-sided chance of one so far from 0."""
    n = len(values)
    s = sum((b > a) - (b < a) for a, b in itertools.combinations(values, 2))
    ties = [count for count in Counter(values).values() if count > 1]
    if not ties and n <= EXACT:
        return s, _exact(n, abs(s))
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if variance <= 0 or s == 0:
        return s, 1.0
    return s, math.erfc((abs(s) - 1) / math.sqrt(2 * variance))


def theil_sen(values: Sequence[float], places: Sequence[int]) -> float:
    """Return the median of the slopes between all pairs of values, in units per place."""
    points = list(zip(places, values, strict=True))
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in itertools.combinations(points, 2) if x1 != x2]
    return statistics.median(slopes) if slopes else 0.0


def fitted(values: Sequence[float], places: Sequence[int]) -> tuple[float, float]:
    """Return what Sen's line gives for the first place and the last."""
    slope = theil_sen(values, places)
    start = statistics.median(value - slope * place for place, value in zip(places, values, strict=True))
    return start + slope * places[0], start + slope * places[-1]


def spread(values: Sequence[float], places: Sequence[int]) -> float:
    """Return how far a value typically lies from Sen's line, as a robust standard deviation."""
    slope = theil_sen(values, places)
    rest = [value - slope * place for place, value in zip(places, values, strict=True)]
    middle = statistics.median(rest)
    return AS_SD * statistics.median(abs(value - middle) for value in rest)


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
