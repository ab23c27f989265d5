"""Small pictures of a series and of the days: places in per cent of the picture, so that it fits any width."""

__all__ = ["Chart", "Square", "calendar", "chart_of"]

import datetime
import math
from collections.abc import Sequence
from typing import NamedTuple

from voicemock.progress.days import Day
from voicemock.progress.judged import Judged, Verdict
from voicemock.progress.series import Family, Series
from voicemock.progress.words import says, tick

TOP, BOTTOM = 8.0, 92.0
"""Where the highest and the lowest value stand, in per cent of the height."""
LEFT, RIGHT = 1.5, 98.5
STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
MOST_STEPS = 3
WEEKS = 26
"""Shown in the calendar."""
LEVELS = (1, 3, 5, 8)
"""Answers a day from which a square is darker."""


class Mark(NamedTuple):
    """A dot, or one end of a line."""

    x: float
    y: float


class Tick(NamedTuple):
    """A value the axis names."""

    y: float
    label: str


class Chart(NamedTuple):
    """One series.

    dots: a session each. lines: of a trend: Sen's, or each half's share. usual: top and height of the band around the
    baseline. aims: the edges of the range to be in. spelled: for those who cannot see it.
    """

    dots: tuple[Mark, ...]
    lines: tuple[tuple[Mark, Mark], ...]
    usual: tuple[float, float]
    aims: tuple[float, ...]
    ticks: tuple[Tick, ...]
    spelled: str


class Square(NamedTuple):
    """One day of the calendar; level: 0 without an answer, to 4."""

    week: int
    weekday: int
    level: int
    date: datetime.date
    answers: int


class _Scale(NamedTuple):
    low: float
    high: float
    last: int

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(BOTTOM - (BOTTOM - TOP) * min(max(share, 0.0), 1.0), 2)

    def x(self, place: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (place / self.last if self.last else 0.5), 2)


def chart_of(one: Judged, *, sessions: int) -> Chart:
    """Return the picture of a series; sessions: how many count in all, which is what its width stands for."""
    series = one.series
    step, low, high = _range(series)
    scale = _Scale(low, high, sessions - 1)
    top, bottom = scale.y(one.before + one.noise), scale.y(one.before - one.noise)
    ticks = [low + step * n for n in range(round((high - low) / step) + 1)]
    aims = [edge for edge in series.aim or () if low < edge < high]
    return Chart(
        dots=tuple(Mark(scale.x(value.place), scale.y(value.value)) for value in series.values),
        lines=_lines(one, scale),
        usual=(top, round(bottom - top, 2)),
        aims=tuple(map(scale.y, dict.fromkeys(aims))),
        ticks=tuple(Tick(scale.y(value), tick(series, value)) for value in ticks),
        spelled=f"{series.title}, {len(series.values)} sessions. {says(one)}",
    )


def _range(series: Series) -> tuple[float, float, float]:
    """Return what lies between two ticks, and the lowest and the highest tick."""
    if series.family is not Family.DELIVERY or (series.share and series.aim and series.aim[1] == 1.0):
        return 0.5, 0.0, 1.0
    values = [value.value for value in series.values]
    low, high = min(values), max(values)
    if series.aim and series.aim[0]:
        low, high = min(low, series.aim[0]), max(high, series.aim[1])
    elif not series.share:
        low = 0.0
    wanted = max(high - low, 0.2) / MOST_STEPS
    step = next((one for one in STEPS if one >= wanted), STEPS[-1])
    low = math.floor(low / step + 1e-9) * step
    return step, low, max(math.ceil(high / step - 1e-9) * step, low + step)


def _lines(one: Judged, scale: _Scale) -> tuple[tuple[Mark, Mark], ...]:
    if one.verdict not in (Verdict.BETTER, Verdict.WORSE):
        return ()  # a line that is no trend would be read as one
    places = [value.place for value in one.series.values]
    if one.line:
        start, end = one.line
        return ((Mark(scale.x(places[0]), scale.y(start)), Mark(scale.x(places[-1]), scale.y(end))),)
    return tuple(
        (Mark(scale.x(part[0]), scale.y(value)), Mark(scale.x(part[-1]), scale.y(value)))
        for part, value in ((places[: one.ends], one.before), (places[-one.ends :], one.now))
    )


def calendar(days: Sequence[Day], *, today: datetime.date) -> tuple[Square, ...]:
    """Return the last half year day by day, week by week from Monday."""
    counts = {day.date: day.answers for day in days}
    monday = today - datetime.timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    every = (monday + datetime.timedelta(days=n) for n in range((today - monday).days + 1))
    return tuple(
        Square((date - monday).days // 7, date.weekday(), _level(counts.get(date, 0)), date, counts.get(date, 0))
        for date in every
    )


def _level(answers: int) -> int:
    return sum(answers >= level for level in LEVELS)
