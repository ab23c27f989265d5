"""Each series with the speaker's own baseline, its noise, and whether it moved by more than that."""

__all__ = ["LEAST_SESSIONS", "Judged", "Verdict", "judge"]

import enum
import statistics
from collections.abc import Sequence

import msgspec

from voicemock.progress.series import Series, Value
from voicemock.progress.trend import ALPHA, holm, mann_kendall, sens_line

LEAST_SESSIONS = 6
"""With fewer, no order of the values is rare enough to be told from chance in a family of seven: with five, the rarest
has a chance of 2 in 120."""
ENDS = 5
"""Sessions at either end whose median is called before and now (voicemock default, unvalidated)."""


class Verdict(enum.StrEnum):
    """What is claimed of a series."""

    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    TOO_FEW = "too_few"


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A series, judged.

    before, now: the medians of the first and last sessions, ``ends`` of each; of a share, heard by asked in the first
    and the second half. noise: how far a session typically lies from the trend. chance: adjusted for the family, of so
    much of a trend if there were none; None if it was not tested. line: Sen's line at the first value and the last.
    """

    series: Series
    verdict: Verdict
    before: float
    now: float
    ends: int
    noise: float
    chance: float | None = None
    line: tuple[float, float] | None = None


def judge(family: Sequence[Series]) -> tuple[Judged, ...]:
    """Judge the series of one family together; a series with too few sessions is not tested, and costs nothing."""
    enough = [len(series.values) >= LEAST_SESSIONS for series in family]
    trends = [mann_kendall([value.off for value in series.values]) for series in family]
    adjusted = iter(holm([chance for (_, chance), tested in zip(trends, enough, strict=True) if tested]))
    return tuple(
        _judged(series, next(adjusted) if tested else None, direction=direction)
        for series, (direction, _), tested in zip(family, trends, enough, strict=True)
    )


def _judged(series: Series, chance: float | None, *, direction: int) -> Judged:
    places = [value.place for value in series.values]
    before, now, ends = _both_ends(series)
    line = sens_line([value.value for value in series.values], places)
    return Judged(
        series=series,
        verdict=Verdict.TOO_FEW if chance is None else _verdict(series, chance, direction),
        before=before,
        now=now,
        ends=ends,
        noise=line.spread,
        chance=chance,
        line=None if chance is None or _is_counted(series) else (line.start, line.end),
    )


def _verdict(series: Series, chance: float, direction: int) -> Verdict:
    if chance > ALPHA:
        return Verdict.STEADY
    change = _change(series)
    if abs(change) < series.least or (change > 0) != (direction > 0):
        return Verdict.STEADY
    return Verdict.BETTER if (direction > 0) == series.rises else Verdict.WORSE


def _change(series: Series) -> float:
    """Return by how much the judged values moved, from the first session to the last.

    A share of a few signals takes few values, whose median slope is 0 however plain the trend: there the halves tell.
    Elsewhere nothing moved unless both ends, which are what is told, moved the same way: a rise and a fall are none.
    """
    first, last, _ = _both_ends(series, off=True)
    if _is_counted(series):
        return last - first
    line = sens_line([value.off for value in series.values], [value.place for value in series.values])
    moved = line.end - line.start
    return moved if moved * (last - first) > 0 else 0.0


def _both_ends(series: Series, *, off: bool = False) -> tuple[float, float, int]:
    values = series.values
    half = max(1, len(values) // 2)
    if _is_counted(series):
        return _pooled(values[:half]), _pooled(values[-half:]), half
    ends = min(half, ENDS)
    first, last = ([value.off if off else value.value for value in some] for some in (values[:ends], values[-ends:]))
    return statistics.median(first), statistics.median(last), ends


def _pooled(values: Sequence[Value]) -> float:
    return sum(value.heard for value in values) / sum(value.of for value in values)


def _is_counted(series: Series) -> bool:
    """Whether its values are heard by asked."""
    return series.rises
