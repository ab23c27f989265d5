"""How fast an answer was at each moment: words a minute in a window that slides along it."""

__all__ = ["STEP_S", "WINDOW_S", "pace_along"]

import bisect
from collections.abc import Sequence

from voicemock.schema import AnswerReport, FillerKind, Status

STEP_S = 1.0
WINDOW_S = 15.0
"""Some forty words: one more or less changes the pace by four. voicemock default, unvalidated."""

LEAST_S = 10.0
"""So much of a window must be the answer's own time. voicemock default, unvalidated."""

UNHEARD_S = 2.0
"""A window with so much speech and no word near it has words the recogniser missed, and no pace. voicemock default,
unvalidated."""

NEAR_S = 1.0
"""How near. Words may be timed a little early or late. voicemock default, unvalidated."""

Turns = list[tuple[float, float]]


def pace_along(answer: AnswerReport) -> tuple[float | None, ...]:
    """Return words a minute for every second of a recording, pauses included and filled pauses not counted.

    None outside the answer, in others' turns, where too little of the answer is around to tell, and where speech was
    not understood. Empty if the pace was not assessed.
    """
    measure = answer.measures.get("speech_rate")
    words = [
        (word.start_s, word.end_s, word.char_start)
        for word in answer.transcript.words
        if word.start_s is not None and word.end_s is not None
    ]
    if answer.recording is None or not words or (measure and measure.status is Status.NOT_ASSESSED):
        return ()
    um = {filler.char_start for filler in answer.fillers if filler.kind is FillerKind.FILLED_PAUSE}
    heard = sorted((start_s + end_s) / 2 for start_s, end_s, at in words if at not in um)
    turns = _turns(answer, words[0][0], max(end_s for _, end_s, _ in words))
    unheard = _unheard(answer, sorted((start_s, end_s) for start_s, end_s, _ in words))

    step_s = _step_s(answer)

    def pace(at_s: float) -> float | None:
        low_s, high_s = at_s - WINDOW_S / 2, at_s + WINDOW_S / 2
        own_s = sum(max(0.0, min(high_s, end_s) - max(low_s, start_s)) for start_s, end_s in turns)
        inside = any(start_s <= at_s < end_s for start_s, end_s in turns)
        if not inside or own_s < LEAST_S or _between(unheard, low_s, high_s) * step_s >= UNHEARD_S:
            return None
        return round(60 * _between(heard, low_s, high_s) / own_s, 1)

    return tuple(pace((n + 0.5) * STEP_S) for n in range(int(answer.recording.duration_s / STEP_S)))


def _between(times: Sequence[float], low_s: float, high_s: float) -> int:
    return bisect.bisect_left(times, high_s) - bisect.bisect_left(times, low_s)


def _turns(answer: AnswerReport, first_s: float, last_s: float) -> Turns:
    """Return the answer's own time: from its first word to its last, without the others' turns."""
    turns: Turns = []
    for aside in sorted(answer.asides, key=lambda aside: aside.start_s):
        if aside.start_s > first_s:
            turns.append((first_s, min(aside.start_s, last_s)))
        first_s = max(first_s, aside.end_s)
    return [turn for turn in (*turns, (first_s, last_s)) if turn[0] < turn[1]]


def _step_s(answer: AnswerReport) -> float:
    contour = answer.prosody.contour if answer.prosody else None
    return contour.step_s if contour else 0.0


def _unheard(answer: AnswerReport, words: Sequence[tuple[float, float]]) -> list[float]:
    """Return when somebody speaks and no word is near, a time a step; empty if speech was not followed."""
    contour = answer.prosody.contour if answer.prosody else None
    times = (
        [(n + 0.5) * contour.step_s for n, db in enumerate(contour.loudness_db) if db is not None] if contour else []
    )
    covered = [(start_s - NEAR_S, end_s + NEAR_S) for start_s, end_s in words]
    unheard, at, until_s = [], 0, float("-inf")
    for time in times:
        while at < len(covered) and covered[at][0] <= time:
            until_s = max(until_s, covered[at][1])
            at += 1
        if time > until_s:
            unheard.append(time)
    return unheard
