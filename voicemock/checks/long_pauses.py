"""Silences in mid-answer that sound as if you were lost.

What it does. Counts silences between words: pauses from 0.5 s, long ones from 2 s, stalls from 5 s; and the silence
before the first word, which may last 10 s.
Why it matters. Two seconds to think are a sign of care. Several long gaps inside a sentence make a listener worry.
Example. "We then decided to … (6 seconds) … to move it."
Better. Say what you are doing: "Let me think which of the two is the better example."
Source. Clark & Fox Tree 2002, Cognition 84, 73–111, for how listeners react to delays; Zandan on pauses in talks;
Ziano & Wang 2021 for slow first responses. The cut-offs of 2, 5 and 10 s are voicemock defaults, unvalidated.
"""

from collections.abc import Sequence

from voicemock.checks._base import DEFAULT, Limit, Verdict
from voicemock.phrases import plural
from voicemock.schema import PAUSE_S, Answer, Evidence, Finding, Measure, Pause, Severity, Status

__all__ = ["check"]

LONG = Limit(2.0, f"Zandan; Clark & Fox Tree 2002; cut-off {DEFAULT}")
"""Seconds from which a silence is long."""
STALL = Limit(5.0, DEFAULT)
"""Seconds from which it sounds as if you were lost."""
LATENCY = Limit(10.0, f"{DEFAULT}; Ziano & Wang 2021 for the direction")
"""Seconds the first word may take."""
BESIDE_S = 0.3
"""Whisper's words may reach so far into a pause."""


def check(answer: Answer) -> Verdict:
    """Judge the silences of one answer."""
    if answer.prosody is None or not answer.transcript.words:
        return Verdict()
    between, before = _between(answer, answer.prosody.pauses), _before(answer.prosody.response_latency_s)
    return Verdict(measures={**between.measures, **before.measures}, findings=(*between.findings, *before.findings))


def _between(answer: Answer, pauses: Sequence[Pause]) -> Verdict:
    long = [p for p in pauses if p.end_s - p.start_s >= LONG.value]
    stalls = [p for p in long if p.end_s - p.start_s >= STALL.value]
    measures = {
        "pauses": Measure(value=float(len(pauses)), unit=f"pauses of {PAUSE_S:g} s or more", status=Status.INFO),
        "long_pauses": Measure(
            value=float(len(long)),
            unit=f"pauses of {LONG.value:g} s or more",
            status=Status.WATCH if stalls else Status.FINE if long else Status.GOOD,
            limit=f"none of {STALL.value:g} s",
            source=LONG.source,
        ),
    }
    if not stalls:
        return Verdict(measures=measures)
    silences = plural(len(stalls), "silence")
    finding = Finding(
        check="long_pauses",
        severity=Severity.WATCH,
        message=f"{silences} of {STALL.value:g} s or more. Say aloud what you are thinking about.",
        measured=f"longest {max(p.end_s - p.start_s for p in stalls):.1f} s",
        limit=f"{STALL.value:g} s",
        source=STALL.source,
        evidence=tuple(_around(answer, pause) for pause in stalls),
    )
    return Verdict(measures=measures, findings=(finding,))


def _before(latency_s: float | None) -> Verdict:
    if latency_s is None:
        return Verdict()
    late = latency_s > LATENCY.value
    measure = Measure(
        value=round(latency_s, 1),
        unit="s",
        status=Status.WATCH if late else Status.GOOD,
        limit=f"up to {LATENCY.value:g} s",
        source=LATENCY.source,
    )
    if not late:
        return Verdict(measures={"response_latency": measure})
    finding = Finding(
        check="long_pauses",
        severity=Severity.INFO,
        message=f"{latency_s:.0f} s before the first word. Repeat the question in your own words to gain time.",
        measured=f"{latency_s:.1f} s",
        limit=f"{LATENCY.value:g} s",
        source=LATENCY.source,
    )
    return Verdict(measures={"response_latency": measure}, findings=(finding,))


def _around(answer: Answer, pause: Pause) -> Evidence:
    """Quote the words on both sides of a pause, timed as the pause itself."""
    words = answer.transcript.words
    before = [w.text for w in words if w.end_s is not None and w.end_s <= pause.start_s + BESIDE_S][-3:]
    after = [w.text for w in words if w.start_s is not None and w.start_s >= pause.end_s - BESIDE_S][:3]
    gap = f"({pause.end_s - pause.start_s:.1f} s)"
    return Evidence(quote=" ".join([*before, "…", gap, "…", *after]), start_s=pause.start_s, end_s=pause.end_s)
