"""Filled pauses (um, uh) and crutch words (like, you know) often enough to be noticed.

What it does. Counts filled pauses a minute, counts "like" on its own, and names the crutch word you used most.
Why it matters. A few are normal speech. From about one every twelve seconds listeners start to count them too.
Example. "So, um, we had, like, uh, maybe 40 percent?"
Better. Close your mouth and breathe. A second of silence sounds like thought.
Source. Laske & DiGennaro Reed 2024, doi 10.1002/jaba.1093, for the rates; Russell et al. 2008 for "like", which hurt
hirability more than "uh"; naming the crutch is the custom of the Toastmasters' Ah-Counter.
"""

import itertools
from collections import Counter

from voicemock.checks._base import DEFAULT, FEWEST, Limit, Verdict, not_assessed, per_minute
from voicemock.phrases import plural
from voicemock.schema import Answer, Evidence, Filler, FillerKind, Finding, Measure, Quality, Severity, Status

__all__ = ["check"]

RATES = "Laske & DiGennaro Reed 2024, doi 10.1002/jaba.1093"
GOOD = Limit(2.0, RATES)
FINE = Limit(5.0, RATES)
PROBLEM = Limit(12.0, RATES)
LIKE = Limit(3.0, f"{DEFAULT}; Russell et al. 2008 for the direction")
REACH = 200
"""Characters looked at for the three words on either side of a quote: never the whole text for each filler."""
CRUTCH = Limit(4.0, f"{DEFAULT}; Toastmasters, Ah-Counter role")


def check(answer: Answer) -> Verdict:
    """Judge how often one answer hesitates aloud."""
    if not answer.transcript.words:
        return Verdict()
    fillers = answer.reading.fillers
    pauses = [f for f in fillers if f.kind is FillerKind.FILLED_PAUSE]
    words = [f for f in fillers if f.kind is FillerKind.DISCOURSE]
    rate = per_minute(len(pauses), answer)
    poor = answer.recording is not None and answer.recording.quality is Quality.POOR
    if rate is None or poor:
        measures = {"filled_pauses_per_min": not_assessed("per minute", source=RATES)}
        findings = []
    else:
        measures = {"filled_pauses_per_min": _rate_measure(rate)}
        findings = [_pauses_finding(answer, pauses, rate)] if rate > FINE.value else []
    measures["filled_pauses"] = Measure(value=float(len(pauses)), unit="filled pauses", status=Status.INFO)
    measures["crutch_words"] = Measure(value=float(len(words)), unit="crutch words", status=Status.INFO)
    if crutch := _crutch_finding(answer, words):
        findings.append(crutch)
    return Verdict(measures=measures, findings=tuple(findings))


def _rate_measure(rate: float) -> Measure:
    steps = ((GOOD, Status.GOOD), (FINE, Status.FINE), (PROBLEM, Status.WATCH))
    status = next((status for limit, status in steps if rate <= limit.value), Status.PROBLEM)
    return Measure(
        value=round(rate, 1), unit="per minute", status=status, limit=f"up to {FINE.value:.0f}", source=RATES
    )


def _pauses_finding(answer: Answer, pauses: list[Filler], rate: float) -> Finding:
    before_numbers = _before_numbers(answer, pauses)
    if len(before_numbers) * 2 > len(pauses):
        where = f"{len(before_numbers)} of them right before a number: know your numbers by heart."
    else:
        where = "Close your mouth and breathe instead; silence sounds like thought."
    return Finding(
        check="fillers",
        severity=Severity.PROBLEM if rate > PROBLEM.value else Severity.WATCH,
        message=f"{plural(len(pauses), 'filled pause')} (um, uh), {rate:.0f} a minute. {where}",
        measured=f"{rate:.1f} per minute",
        limit=f"{FINE.value:.0f} per minute",
        source=RATES,
        evidence=_evidence(answer, pauses),
    )


def _crutch_finding(answer: Answer, words: list[Filler]) -> Finding | None:
    """Name the crutch used most; "like" comes first if its own rate is high."""
    uses = Counter(_bare(f) for f in words)
    if not uses:
        return None
    crutch, limit, unit = uses.most_common(1)[0][0], CRUTCH, "uses in one answer"
    like_rate = per_minute(uses["like"], answer)
    if like_rate is not None and like_rate > LIKE.value and uses["like"] >= FEWEST:
        crutch, limit, unit = "like", LIKE, "per minute"
    elif uses[crutch] < CRUTCH.value:
        return None
    return Finding(
        check="fillers",
        severity=Severity.WATCH,
        message=f'"{crutch}" {uses[crutch]} times as a filler. Leave it out; nothing is lost.',
        measured=plural(uses[crutch], "use"),
        limit=f"{limit.value:g} {unit}",
        source=limit.source,
        evidence=_evidence(answer, [f for f in words if _bare(f) == crutch]),
    )


def _bare(filler: Filler) -> str:
    return filler.text.lower().strip(" ,.?!")


def _before_numbers(answer: Answer, pauses: list[Filler]) -> list[Filler]:
    numbers = {w.char_start for w in answer.transcript.words if any(c.isdigit() for c in w.text)}
    words = answer.transcript.words
    following = {a.char_start: b.char_start for a, b in itertools.pairwise(words)}
    return [f for f in pauses if following.get(f.char_start) in numbers]


def _evidence(answer: Answer, fillers: list[Filler]) -> tuple[Evidence, ...]:
    """Quote each filler with the words around it, timed as the filler itself."""
    text = answer.transcript.text
    return tuple(
        Evidence(
            quote=_around(text, f.char_start, f.char_end),
            char_start=f.char_start,
            char_end=f.char_end,
            start_s=f.start_s,
            end_s=f.end_s,
        )
        for f in fillers
    )


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    opened = before[len(before.rstrip("\"'“‘(")) :]
    ended = after[: len(after) - len(after.lstrip(",.;:?!…\"'”’)"))]
    left = before.removesuffix(opened).split()[-3:]
    return " ".join(["…", *left, f"{opened}{text[start:end]}{ended}", *after.removeprefix(ended).split()[:3], "…"])
