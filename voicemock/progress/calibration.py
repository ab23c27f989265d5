"""How well somebody knows their own answers: what they predicted of each, against what was heard."""

__all__ = ["FILLED_PAUSES", "NAMES", "TITLE", "Calibrated", "calibration", "outcome", "says"]

from collections.abc import Sequence

import msgspec

from voicemock.archive.predictions import About, Predicted
from voicemock.coaching.trust import FEWEST, HitRate, interval
from voicemock.phrases import clock
from voicemock.report.words import target
from voicemock.schema import AnswerReport, Certainty, FillerKind, SignalName, Status

TITLE = "What you predicted of your answers, and were right about"
NAMES = {
    About.LENGTH: "length on target",
    About.METRIC: "a number",
    About.TRADEOFF: "a trade-off",
    About.FILLED_PAUSES: '"um" and "uh"',
}
FILLED_PAUSES = ("none", "one or two", "three to five", "six to ten", "more than ten")
"""What can be predicted of filled pauses, in groups."""
_MOST = (0, 2, 5, 10)
"""The most of each group but the last."""
_SIGNALS = {About.METRIC: SignalName.METRIC, About.TRADEOFF: SignalName.TRADEOFF}
_WORDS = {True: "heard", False: "not heard", None: "could not tell"}


class Calibrated(msgspec.Struct, frozen=True, kw_only=True):
    """How often predictions of one kind were right.

    told: those of which that could be told; unknown: the others. low, high: the 90 % interval of the share that is
    right, None where too few were told. early, late: how many were right in the first half of those told and in the
    second, None where a half would be too few.
    """

    about: About
    right: int
    told: int
    unknown: int
    low: float | None = None
    high: float | None = None
    early: int | None = None
    late: int | None = None


def outcome(answer: AnswerReport, about: About, said: str) -> tuple[str, bool | None]:
    """Return what was heard, in words, and whether what was said of it is right; None if that could not be told."""
    if about is About.FILLED_PAUSES:
        return _filled_pauses(answer, said)
    if about is About.LENGTH:
        measure = answer.measures.get("length")
        if measure is None or measure.value is None or answer.question is None:
            return _WORDS[None], None
        on_target = measure.status in (Status.GOOD, Status.FINE)
        return f"{clock(measure.value)} (aim for {target(answer.question)})", (said == "yes") is on_target
    signal = answer.signals.get(_SIGNALS[about])
    present = signal.present if signal else None
    return _WORDS[present], None if present is None else (said == "yes") is present


def _filled_pauses(answer: AnswerReport, said: str) -> tuple[str, bool]:
    """Judge a group of filled pauses: those only possible may be none, or all."""
    found = [one for one in answer.fillers if one.kind is FillerKind.FILLED_PAUSE]
    sure = sum(one.certainty is Certainty.CONFIRMED for one in found)
    least, most = (sum(count > bound for bound in _MOST) for count in (sure, len(found)))
    possible = f", {len(found) - sure} of them only possible" if sure < len(found) else ""
    return f"{len(found)} heard{possible}", least <= FILLED_PAUSES.index(said) <= most


def calibration(predicted: Sequence[Predicted]) -> tuple[Calibrated, ...]:
    """Return how often predictions were right, by what they were about; predicted: the oldest first."""
    return tuple(
        _calibrated(about, [one.right for one in predicted if one.about is about])
        for about in About
        if any(one.about is about for one in predicted)
    )


def _calibrated(about: About, outcomes: Sequence[bool | None]) -> Calibrated:
    told = [right for right in outcomes if right is not None]
    right, half = sum(told), len(told) // 2
    low, high = interval(HitRate(right, len(told) - right)) if len(told) >= FEWEST else (None, None)
    halves = (sum(told[:half]), sum(told[half:])) if half >= FEWEST else (None, None)
    return Calibrated(
        about=about,
        right=right,
        told=len(told),
        unknown=len(outcomes) - len(told),
        low=low,
        high=high,
        early=halves[0],
        late=halves[1],
    )


def says(one: Calibrated) -> str:
    """Say how well somebody knows one thing about their answers; a share only where enough could be told."""
    parts = [f"{one.right} of {one.told}"]
    if one.low is not None and one.high is not None:
        parts.append(f"between {one.low:.0%} and {one.high:.0%} at 90 % confidence")
    else:
        parts.append(f"too few to say how often: {FEWEST} are needed")
    if one.early is not None and one.late is not None:
        half = one.told // 2
        parts.append(f"{one.early} of the first {half}, {one.late} of the last {one.told - half}")
    if one.unknown:
        parts.append(f"could not tell {one.unknown} more")
    return f"{NAMES[one.about]}: {'; '.join(parts)}"
