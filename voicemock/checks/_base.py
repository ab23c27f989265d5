"""What the checks share: limits with their sources, verdicts, and how numbers are shown."""

__all__ = ["DEFAULT", "Limit", "Verdict", "judge", "not_assessed", "per_minute", "spoken_minutes"]

import msgspec

from voicemock.schema import Answer, Evidence, Finding, Measure, Severity, Status

DEFAULT = "voicemock default, unvalidated"

WORDS_PER_MINUTE = 150.0
"""Turns a written answer's words into speaking time; the middle of the fine pace (see `pace`)."""


class Limit(msgspec.Struct, frozen=True):
    """A threshold and where it comes from."""

    value: float
    unit: str
    source: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What one check has to say: numbers by name, and findings worth acting on."""

    measures: dict[str, Measure] = {}
    findings: tuple[Finding, ...] = ()


def judge(
    name: str,
    measure: Measure,
    *,
    check: str,
    message: str = "",
    measured: str = "",
    severity: Severity = Severity.WATCH,
    evidence: tuple[Evidence, ...] = (),
) -> Verdict:
    """Return a measure and, where there is a message, the finding that shares its limit and source."""
    findings: tuple[Finding, ...] = ()
    if message:
        findings = (
            Finding(
                check=check,
                severity=severity,
                message=message,
                measured=measured,
                limit=measure.limit,
                source=measure.source,
                evidence=evidence,
            ),
        )
    return Verdict(measures={name: measure}, findings=findings)


def not_assessed(unit: str, *, source: str = "") -> Measure:
    """Return the measure that says: this could not be told from what was heard."""
    return Measure(value=None, unit=unit, status=Status.NOT_ASSESSED, source=source)


def spoken_minutes(answer: Answer) -> float:
    """Return the length of an answer in minutes; of a written one, what it would take to say it."""
    if answer.duration_s is not None:
        return answer.duration_s / 60
    return len(answer.transcript.words) / WORDS_PER_MINUTE


def per_minute(count: int, answer: Answer) -> float | None:
    """Return a rate, None where the answer is under 10 s and one event would tip it."""
    minutes = spoken_minutes(answer)
    return count / minutes if minutes >= 1 / 6 else None
