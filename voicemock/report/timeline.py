"""An answer drawn along its time: lines of pace, pitch and loudness; pauses, fillers, numbers and parts as bars."""

__all__ = ["Bar", "Lane", "Tick", "Timeline", "timeline"]

import itertools
from collections.abc import Iterable, Iterator

import msgspec

from voicemock.checks.long_pauses import LONG
from voicemock.checks.monotone import FLAT
from voicemock.phrases import clock, plural
from voicemock.report.curves import Curve, Flat, curves, not_drawn
from voicemock.report.moments import Moment, moments
from voicemock.report.pace import WINDOW_S
from voicemock.report.transcript import ASIDES
from voicemock.report.words import CERTAINTY, name_of
from voicemock.schema import AnswerReport, SignalName

STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 1800)
MOST_TICKS = 7
JOIN_S = 0.5
"""Words closer than this are drawn as one stretch of speech."""


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time. left and width are percent of the recording; style names how it is drawn."""

    left: float
    width: float
    start_s: float
    style: str
    label: str

    @property
    def middle(self) -> float:
        """Return the place of its middle in percent."""
        return round(self.left + self.width / 2, 3)


class Lane(msgspec.Struct, frozen=True):
    """Bars of one kind."""

    name: str
    title: str
    bars: tuple[Bar, ...]


class Tick(msgspec.Struct, frozen=True):
    """A time on the axis; left in percent."""

    left: float
    label: str


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """All lanes of an answer. speech is drawn if there is no waveform; summary says it in words.

    long_s: how long a pause is drawn from. curves: pace, pitch and loudness, as far as they were assessed.
    flat: monotone stretches, over the pitch, and flat_limit the semitones they stay below. not_drawn: what is missing,
    and why. moments: the same as a table; window_s: how much time a value of the pace is about.
    """

    duration_s: float
    long_s: float
    speech: tuple[Bar, ...]
    pauses: tuple[Bar, ...]
    curves: tuple[Curve, ...]
    flat: tuple[Bar, ...]
    flat_limit: float
    window_s: float
    not_drawn: str
    lanes: tuple[Lane, ...]
    moments: tuple[Moment, ...]
    ticks: tuple[Tick, ...]
    summary: str


def timeline(answer: AnswerReport) -> Timeline | None:
    """Return the drawing of a spoken answer, None for a written or an empty one."""
    if answer.recording is None or answer.recording.duration_s <= 0:
        return None
    scale = _Scale(answer.recording.duration_s)
    pauses = tuple(_pauses(answer, scale))
    lanes = tuple(lane for lane in _lanes(answer, scale) if lane.bars)
    lines = curves(answer)
    monotone = [one for line in lines for one in line.flat]
    marks = [(bar.start_s, bar.label) for bars in (pauses, *(lane.bars for lane in lanes)) for bar in bars]
    counted = [plural(len(lane.bars), lane.name) for lane in lanes]
    return Timeline(
        duration_s=scale.duration_s,
        long_s=LONG.value,
        speech=tuple(_speech(answer, scale)),
        pauses=pauses,
        curves=lines,
        flat=tuple(_flat(monotone, scale)),
        flat_limit=FLAT.value,
        window_s=WINDOW_S,
        not_drawn=not_drawn(answer, lines),
        lanes=lanes,
        moments=moments(answer, marks, monotone),
        ticks=tuple(_ticks(scale)),
        summary=", ".join([f"{clock(scale.duration_s)} long", plural(len(pauses), "long pause"), *counted]),
    )


class _Scale:
    """Turns seconds into percent of the recording."""

    def __init__(self, duration_s: float) -> None:
        self.duration_s = duration_s

    def percent(self, at_s: float) -> float:
        return round(100 * min(max(at_s / self.duration_s, 0.0), 1.0), 3)

    def bar(self, start_s: float | None, end_s: float | None, *, style: str, label: str) -> Iterator[Bar]:
        """Yield one bar, none if it has no time."""
        if start_s is None:
            return
        left = self.percent(start_s)
        right = self.percent(start_s if end_s is None else end_s)
        yield Bar(
            left=left,
            width=round(max(right - left, 0.0), 3),
            start_s=start_s,
            style=style,
            label=f"{label}, {clock(start_s)}",
        )


def _lanes(answer: AnswerReport, scale: _Scale) -> Iterator[Lane]:
    others: list[Bar] = []
    for aside in answer.asides:
        others += scale.bar(aside.start_s, aside.end_s, style="turn", label=ASIDES[aside.kind])
    yield Lane("other turn", "Not counted", tuple(others))
    fillers: list[Bar] = []
    for f in answer.fillers:
        label = f"“{f.text}”, {CERTAINTY[f.certainty]}"
        fillers += scale.bar(f.start_s, f.end_s, style=f.certainty.value, label=label)
    yield Lane("filler", "Fillers", tuple(fillers))
    for name in (SignalName.METRIC, SignalName.TRADEOFF):
        bars: list[Bar] = []
        signal = answer.signals.get(name)
        for evidence in signal.evidence if signal else ():
            bars += scale.bar(evidence.start_s, evidence.end_s, style=name.value, label=f"“{evidence.quote}”")
        yield Lane(name_of(name).lower(), f"{name_of(name)}s", tuple(bars))
    parts: list[Bar] = []
    for part in answer.parts:
        label = f"{name_of(part.name)}, {part.share:.0%} of the words"
        parts += scale.bar(part.start_s, part.end_s, style=part.name.value, label=label)
    yield Lane("part", "Parts", tuple(parts))


def _pauses(answer: AnswerReport, scale: _Scale) -> Iterator[Bar]:
    for pause in answer.prosody.pauses if answer.prosody else ():
        length_s = pause.end_s - pause.start_s
        if length_s >= LONG.value:
            yield from scale.bar(pause.start_s, pause.end_s, style="pause", label=f"{length_s:.1f} s of silence")


def _flat(stretches: Iterable[Flat], scale: _Scale) -> Iterator[Bar]:
    for one in stretches:
        yield from scale.bar(one.start_s, one.end_s, style="flat", label=f"Near one note until {clock(one.end_s)}")


def _speech(answer: AnswerReport, scale: _Scale) -> Iterator[Bar]:
    for start_s, end_s in _stretches(answer):
        yield from scale.bar(start_s, end_s, style="speech", label="speech")


def _stretches(answer: AnswerReport) -> Iterable[tuple[float, float]]:
    """Join words that follow each other closely."""
    stretches: list[tuple[float, float]] = []
    for word in answer.transcript.words:
        if word.start_s is None or word.end_s is None:
            continue
        if stretches and word.start_s - stretches[-1][1] < JOIN_S:
            stretches[-1] = (stretches[-1][0], word.end_s)
        else:
            stretches.append((word.start_s, word.end_s))
    return stretches


def _ticks(scale: _Scale) -> Iterator[Tick]:
    step_s = next((s for s in STEPS_S if scale.duration_s / s <= MOST_TICKS), STEPS_S[-1])
    for at_s in itertools.takewhile(lambda s: s <= scale.duration_s * 0.97, itertools.count(0, step_s)):
        yield Tick(scale.percent(at_s), clock(at_s))
