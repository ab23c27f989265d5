"""Pace, pitch and loudness along an answer as lines to be drawn beneath its waveform."""

__all__ = ["Curve", "Flat", "Guide", "curves", "followed", "not_drawn", "signed"]

from collections.abc import Iterator, Sequence
from statistics import fmean

import msgspec

from voicemock.checks.monotone import FLAT
from voicemock.checks.pace import FINE_HIGH, FINE_LOW
from voicemock.phrases import clock
from voicemock.report.pace import STEP_S, pace_along
from voicemock.schema import AnswerReport, Contour, Quality, Status

WIDE, HEIGHT = 1000, 100
"""The size of a picture, which is then stretched over the recording."""

MOST_POINTS = 1500
"""Two for every dot of a screen's width; more would only make the page heavy."""

PACE = (70.0, 215.0)
PITCH = (-8.0, 8.0)
LOUDNESS = (-18.0, 9.0)
"""What is drawn from bottom to top: almost all values. One beyond is drawn at the edge. voicemock defaults."""

BLOCK_S = 10.0
"""How much time a value of ``spread_semitones`` is about: half before it, half after."""

Series = Sequence[float | None]


class Guide(msgspec.Struct, frozen=True):
    """A line across a picture with its value; y from the top, 0 to ``HEIGHT``."""

    y: float
    label: str


class Flat(msgspec.Struct, frozen=True):
    """A stretch in which the pitch spreads less than the limit in any ten seconds."""

    start_s: float
    end_s: float


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One line. path: SVG, ``WIDE`` by ``HEIGHT``. summary: what it shows, in words.

    band: top and height of where it should be, None if there is no limit. flat: monotone stretches.
    """

    name: str
    title: str
    unit: str
    path: str
    guides: tuple[Guide, ...]
    summary: str
    band: tuple[float, float] | None = None
    flat: tuple[Flat, ...] = ()


def followed(answer: AnswerReport) -> Contour | None:
    """Return pitch and loudness along an answer; None where they were not followed, or the recording is poor."""
    poor = answer.recording is not None and answer.recording.quality is Quality.POOR
    return None if poor or answer.prosody is None else answer.prosody.contour


def curves(answer: AnswerReport) -> tuple[Curve, ...]:
    """Return the lines of a spoken answer; what was not assessed has none."""
    return tuple(_curves(answer, answer.recording.duration_s)) if answer.recording else ()


def _curves(answer: AnswerReport, duration_s: float) -> Iterator[Curve]:
    low, high = FINE_LOW.value, FINE_HIGH.value
    if found := _told(pace := pace_along(answer)):
        top, bottom = _y(high, PACE), _y(low, PACE)
        yield Curve(
            name="pace",
            title="Pace",
            unit="words/min",
            path=_path(pace, PACE, share=STEP_S * len(pace) / duration_s),
            guides=(Guide(top, f"{high:.0f}"), Guide(bottom, f"{low:.0f}")),
            band=(top, round(bottom - top, 1)),
            summary=f"Pace from {min(found):.0f} to {max(found):.0f} words a minute, good from {low:.0f} to {high:.0f}",
        )
    contour = followed(answer)
    if contour is None:
        return
    share = contour.step_s * len(contour.semitones) / duration_s
    spread = answer.measures.get("pitch_spread")
    if (found := _told(contour.semitones)) and not (spread and spread.status is Status.NOT_ASSESSED):
        flat = _flat_stretches(contour, duration_s)
        named = ", ".join(f"{clock(one.start_s)} to {clock(one.end_s)}" for one in flat)
        yield Curve(
            name="pitch",
            title="Pitch",
            unit="semitones",
            path=_path(contour.semitones, PITCH, share=share),
            guides=tuple(Guide(_y(at, PITCH), label) for at, label in ((5.0, "+5"), (0.0, "0"), (-5.0, "−5"))),
            flat=flat,
            summary=f"Pitch from {signed(min(found))} to {signed(max(found))} semitones around your median, "
            + (f"near one note from {named}" if flat else "nowhere on one note for long"),
        )
    if found := _told(contour.loudness_db):
        yield Curve(
            name="loudness",
            title="Loudness",
            unit="dB",
            path=_path(contour.loudness_db, LOUDNESS, share=share),
            guides=(Guide(_y(0.0, LOUDNESS), "0"),),
            summary=f"Loudness from {signed(min(found))} to {signed(max(found))} dB around your average",
        )


def not_drawn(answer: AnswerReport, lines: Sequence[Curve]) -> str:
    """Say which lines are missing and why; empty if none is."""
    poor = answer.recording is not None and answer.recording.quality is Quality.POOR
    kept = answer.prosody is not None and answer.prosody.contour is not None
    reasons: dict[str, list[str]] = {}
    for name in {"pace", "pitch", "loudness"} - {line.name for line in lines}:
        short = name == "pace" or (kept and not poor)
        why = "too little was said" if short else "the recording is hard to judge" if poor else "this report has none"
        reasons.setdefault(why, []).append(name)
    said = (
        f"{' and '.join(sorted(names)).capitalize()} not assessed: {why}." for why, names in sorted(reasons.items())
    )
    return " ".join(said)


def _flat_stretches(contour: Contour, duration_s: float) -> tuple[Flat, ...]:
    """Return where ten whole seconds of an answer stay near one note, longer if such seconds follow each other."""
    found: list[Flat] = []
    for n, spread in enumerate(contour.spread_semitones):
        middle = (n + 0.5) * contour.step_s
        start_s, end_s = middle - BLOCK_S / 2, middle + BLOCK_S / 2
        if spread is None or spread >= FLAT.value or start_s < 0 or end_s > duration_s:
            continue
        if found and start_s <= found[-1].end_s:
            start_s = found.pop().start_s
        found.append(Flat(start_s, end_s))
    return tuple(found)


def _told(series: Series) -> list[float]:
    return [value for value in series if value is not None]


def signed(value: float) -> str:
    """Show how far above or below something is: +3, −2, 0."""
    return f"{round(value):+d}".replace("-", "−").replace("+0", "0")


def _y(value: float, limits: tuple[float, float]) -> float:
    low, high = limits
    return round(HEIGHT * (1 - (min(max(value, low), high) - low) / (high - low)), 1)


def _path(series: Series, limits: tuple[float, float], *, share: float) -> str:
    """Return a line through the middle of each step, broken where nothing is told; share: of the width, 0 to 1."""
    together = -(-len(series) // MOST_POINTS)
    groups = [_told(series[at : at + together]) for at in range(0, len(series), together)]
    step = WIDE * share * together / len(series)
    parts, drawn = [], False
    for n, group in enumerate(groups):
        if group:
            x, y = round((n + 0.5) * step, 1), _y(fmean(group), limits)
            parts.append(f"L{x:g} {y:g}" if drawn else f"M{x:g} {y:g}h0")
        drawn = bool(group)
    return "".join(parts)
