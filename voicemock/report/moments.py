"""The picture of an answer as a table, for who cannot see it."""

__all__ = ["Moment", "moments"]

from collections.abc import Iterable, Sequence
from statistics import fmean

import msgspec

from voicemock.phrases import clock
from voicemock.report.curves import Flat, followed, signed
from voicemock.report.pace import STEP_S, pace_along
from voicemock.schema import AnswerReport

STEPS_S = (10, 15, 30, 60, 120, 300, 600)
MOST_ROWS = 40
NOT_TOLD = "–"


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A row: how a stretch sounded on average, and what falls in it. A dash where it was not assessed."""

    start_s: float
    time: str
    pace: str
    pitch: str
    loudness: str
    events: tuple[str, ...]


def moments(answer: AnswerReport, marks: Iterable[tuple[float, str]], flat: Sequence[Flat]) -> tuple[Moment, ...]:
    """Return the rows of an answer.

    marks: when each thing begins that falls in it, and its name. flat: its monotone stretches.
    """
    duration_s = answer.recording.duration_s if answer.recording else 0.0
    every_s = next((step for step in STEPS_S if duration_s / step <= MOST_ROWS), STEPS_S[-1])
    flats = ((one.start_s, f"near one note until {clock(one.end_s)}") for one in flat)
    events = sorted((*marks, *flats), key=lambda pair: pair[0])
    pace, contour = pace_along(answer), followed(answer)
    rows = []
    for at in range(-int(-duration_s // every_s)):
        start_s, end_s = at * every_s, (at + 1) * every_s
        tones = _within(contour.semitones, contour.step_s, start_s, end_s) if contour else []
        loud = _within(contour.loudness_db, contour.step_s, start_s, end_s) if contour else []
        rapid = _within(pace, STEP_S, start_s, end_s)
        rows.append(
            Moment(
                start_s=start_s,
                time=f"{clock(start_s)}–{clock(min(end_s, duration_s))}",
                pace=f"{fmean(rapid):.0f}" if rapid else NOT_TOLD,
                pitch=f"{signed(min(tones))} to {signed(max(tones))}" if tones else NOT_TOLD,
                loudness=signed(fmean(loud)) if loud else NOT_TOLD,
                events=tuple(label for began_s, label in events if start_s <= began_s < end_s),
            )
        )
    return tuple(rows)


def _within(series: Sequence[float | None], step_s: float, start_s: float, end_s: float) -> list[float]:
    steps = series[round(start_s / step_s) : round(end_s / step_s)]
    return [value for value in steps if value is not None]
