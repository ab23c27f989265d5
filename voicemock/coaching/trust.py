"""How often a check is right with one user, and when it has been wrong often enough to be quiet."""

__all__ = ["FEWEST", "LINE", "HitRate", "hit_rates", "interval"]

import math
from collections.abc import Iterable
from typing import NamedTuple

Z = 1.6449
"""Standard normal: 90 % of it lie between -Z and Z."""
FEWEST = 5
"""Fewer verdicts silence nothing. voicemock default, unvalidated."""
LINE = 0.5
"""A check is quiet once it surely is right less often than this. voicemock default, unvalidated."""


class HitRate(NamedTuple):
    """How one check did with a user: findings judged right and wrong."""

    right: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        """How many were judged."""
        return self.right + self.wrong

    @property
    def quiet(self) -> bool:
        """Whether the evidence is clear: enough verdicts, and even the favourable end of the interval is too low."""
        return self.judged >= FEWEST and interval(self)[1] < LINE


def interval(rate: HitRate) -> tuple[float, float]:
    """Return the 90 % interval of the share of findings that are right, both ends 0 to 1.

    Wilson's (1927), which Brown, Cai and DasGupta (2001) recommend for few trials.
    """
    if not rate.judged:
        return 0.0, 1.0
    n, share = rate.judged, rate.right / rate.judged
    middle = share + Z * Z / (2 * n)
    around = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    scale = 1 + Z * Z / n
    return max(0.0, (middle - around) / scale), min(1.0, (middle + around) / scale)


def hit_rates(verdicts: Iterable[tuple[str, bool]]) -> dict[str, HitRate]:
    """Count verdicts, a check's id and whether its finding was right, in any order."""
    found: dict[str, HitRate] = {}
    for check, right in verdicts:
        before = found.get(check, HitRate())
        found[check] = HitRate(before.right + right, before.wrong + (not right))
    return dict(sorted(found.items()))
