"""How a figure is spread over a batch: a small histogram, and the same in a sentence."""

__all__ = ["Chart", "charts_of"]

import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

from voicemock.batch.row import Row
from voicemock.checks.fillers import FINE
from voicemock.checks.i_vs_we import OWN_PART
from voicemock.phrases import clock

BARS = 12
WIDTH, HEIGHT = 240.0, 72.0
"""Of the bars, in the picture's own units."""
GAP = 2.0

STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600)
STEPS = (0.5, 1, 2, 5, 10, 20, 50)


class Bar(NamedTuple):
    """One bar of the picture."""

    x: float
    y: float
    width: float
    height: float


class Chart(NamedTuple):
    """A histogram.

    target: where the range aimed at begins, and how wide it is; None if there is no one range.
    says: what a sentence can tell of it. spelled: the count in each bar, for those who cannot see them.
    """

    title: str
    bars: tuple[Bar, ...]
    target: tuple[float, float] | None
    ticks: tuple[str, str, str]
    says: str
    spelled: str


class _Scale(NamedTuple):
    step: float
    shown: Callable[[float], str]
    bars: int = BARS
    places: int = 1

    @property
    def end(self) -> float:
        return self.step * self.bars


def charts_of(rows: Sequence[Row]) -> tuple[Chart, ...]:
    """Return the charts that two or more answers give: length, filled pauses a minute, share of I."""
    analysed = [row for row in rows if not row.error]
    return tuple(chart for chart in (_length(analysed), _pauses(analysed), _share(analysed)) if chart)


def _length(rows: Sequence[Row]) -> Chart | None:
    rows = [row for row in rows if "length" in row.measures]
    values = [row.measures["length"] for row in rows]
    aims = {(row.target_min_s, row.target_max_s) for row in rows}
    aim = next(iter(aims)) if len(aims) == 1 else (None, None)
    short = sum(row.target_min_s is not None and round(row.measures["length"]) < row.target_min_s for row in rows)
    long = sum(row.target_max_s is not None and round(row.measures["length"]) > row.target_max_s for row in rows)
    judged = f"Shorter than their question asks: {short}. As long: {len(rows) - short - long}. Longer: {long}."
    if aim[0] is not None and aim[1] is not None:
        judged = f"Shorter than {clock(aim[0])}: {short}. Longer than {clock(aim[1])}: {long}."
    return _chart("Length of the answer", values, _Scale(_step(values, STEPS_S), clock), aim, judged)


def _pauses(rows: Sequence[Row]) -> Chart | None:
    values = [row.filled_pauses_per_min for row in rows if row.filled_pauses_per_min is not None]
    over = sum(value > FINE.value for value in values)
    judged = f"Above {FINE.value:g} a minute, where listeners begin to notice: {over}."
    scale = _Scale(_step(values, STEPS), "{:g}".format)
    return _chart("Filled pauses a minute", values, scale, (0.0, FINE.value), judged)


def _share(rows: Sequence[Row]) -> Chart | None:
    values = [row.i_share for row in rows if row.i_share is not None]
    under = sum(value < OWN_PART.value for value in values)
    judged = f"Below {OWN_PART.value:.0%}, where your own part is hard to see: {under}."
    return _chart(
        "Share of I among I and we", values, _Scale(0.1, "{:.0%}".format, 10, 2), (OWN_PART.value, 1.0), judged
    )


def _step(values: Sequence[float], steps: Sequence[float]) -> float:
    """Return how much one bar spans so that nearly all values have a place; the last bar takes the rest."""
    reach = sorted(values)[int(0.95 * (len(values) - 1))] if values else 0.0
    return next((step for step in steps if step * BARS > reach), steps[-1])


def _chart(
    title: str, values: Sequence[float], scale: _Scale, aim: tuple[float | None, float | None], judged: str
) -> Chart | None:
    if len(values) < 2:
        return None
    counts = [0] * scale.bars
    for value in values:
        counts[min(int(value / scale.step + 1e-9), scale.bars - 1)] += 1
    each = WIDTH / scale.bars
    bars = []
    for place, count in enumerate(counts):
        height = HEIGHT * count / max(counts)
        bars.append(Bar(round(place * each, 2), round(HEIGHT - height, 2), round(each - GAP, 2), round(height, 2)))
    shown = scale.shown
    low, middle, high = (
        shown(round(cut, scale.places)) for cut in statistics.quantiles(values, n=4, method="inclusive")
    )
    beyond = "+" if max(values) > scale.end + 1e-9 else ""
    return Chart(
        title,
        tuple(bar for bar in bars if bar.height),
        _band(aim, scale),
        (shown(0), shown(scale.end / 2), shown(scale.end) + beyond),
        f"Half of the answers are between {low} and {high}; the middle one is {middle}. {judged}",
        _spelled(counts, scale),
    )


def _band(aim: tuple[float | None, float | None], scale: _Scale) -> tuple[float, float] | None:
    if aim[0] is None or aim[1] is None:
        return None
    begin, end = (min(edge / scale.end, 1.0) * WIDTH for edge in (aim[0], aim[1]))
    return round(begin, 2), round(end - begin, 2)


def _spelled(counts: Sequence[int], scale: _Scale) -> str:
    last = len(counts) - 1
    parts = []
    for place, count in enumerate(counts):
        end = "or more" if place == last else f"to {scale.shown((place + 1) * scale.step)}"
        parts += [f"{scale.shown(place * scale.step)} {end}: {count}"] if count else []
    return "; ".join(parts)
