"""What the checks share: limits with their sources, verdicts, and how numbers are shown."""

__all__ = [
    "DEFAULT",
    "FEWEST",
    "Limit",
    "Verdict",
    "finding_on",
    "judge",
    "not_assessed",
    "per_minute",
    "rate_check",
    "spoken_minutes",
]

from collections.abc import Mapping, Sequence

import msgspec

from voicemock.phrases import plural
from voicemock.schema import Answer, Evidence, Finding, FrozenMap, Measure, Severity, Status

DEFAULT = "voicemock default, unvalidated"

WORDS_PER_MINUTE = 150.0
"""Turns a written answer's words into speaking time; the middle of the fine pace (see `pace`)."""
SHORTEST_RATED_S = 10.0
"""In a shorter answer one event would tip a rate a minute. voicemock default, unvalidated."""
FEWEST = 3
"""Fewer events in one answer are not worth a word, whatever their rate. voicemock default, unvalidated."""


class Limit(msgspec.Struct, frozen=True):
    """A threshold and where it comes from."""

    value: float
    source: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one check has to say: numbers by name, and findings worth acting on."""

    measures: Mapping[str, Measure] = FrozenMap()
    findings: tuple[Finding, ...] = ()


def judge(name: str, measure: Measure, finding: Finding | None) -> Verdict:
    """Return a measure and, if there is one, the finding on it."""
    return Verdict(measures={name: measure}, findings=(finding,) if finding else ())


def finding_on(
    measure: Measure,
    *,
    check: str,
    message: str,
    measured: str,
    severity: Severity = Severity.WATCH,
    evidence: tuple[Evidence, ...] = (),
) -> Finding | None:
    """Return the finding that shares a measure's limit and source, None if there is no message."""
    if not message:
        return None
    return Finding(
        check=check,
        severity=severity,
        message=message,
        measured=measured,
        limit=measure.limit,
        source=measure.source,
        evidence=evidence,
    )


def rate_check(
    answer: Answer, found: Sequence[tuple[int, int]], *, check: str, noun: str, often: Limit, message: str
) -> Verdict:
    """Judge how often something is said per hundred words; the whole of a check that only counts.

    found: (start, end) offsets in the text. noun: one of what is counted; its plural names the measure.
    message: what to say if it is too often; {count} is the number with its noun, {first} the first one found.
    """
    total = len(answer.transcript.words)
    if not total:
        return Verdict()
    rate = 100 * len(found) / total
    too_often = rate > often.value and len(found) >= FEWEST
    measure = Measure(
        value=round(rate, 1),
        unit=f"{noun}s per 100 words",
        status=Status.WATCH if too_often else Status.FINE,
        limit=f"up to {often.value:g} per 100 words",
        source=often.source,
    )
    evidence = tuple(answer.transcript.evidence(start, end) for start, end in found)
    told = (
        message.format(count=plural(len(found), noun), first=" ".join(evidence[0].quote.split())) if too_often else ""
    )
    measured = f"{rate:.1f} per 100 words"
    finding = finding_on(
        measure, check=check, message=told, measured=measured, severity=Severity.INFO, evidence=evidence
    )
    return judge(f"{noun}s", measure, finding)


def not_assessed(unit: str, *, source: str = "") -> Measure:
    """Return the measure that says: this could not be told from what was heard."""
    return Measure(value=None, unit=unit, status=Status.NOT_ASSESSED, source=source)


def spoken_minutes(answer: Answer) -> float:
    """Return the length of an answer in minutes; of a written one, what it would take to say it."""
    if answer.duration_s is not None:
        return answer.duration_s / 60
    return len(answer.transcript.words) / WORDS_PER_MINUTE


def per_minute(count: int, answer: Answer) -> float | None:
    """Return a rate, None if the answer is so short that one event would tip it."""
    minutes = spoken_minutes(answer)
    return count / minutes if minutes >= SHORTEST_RATED_S / 60 else None
