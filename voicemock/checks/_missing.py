"""What the checks for a single missing signal share."""

__all__ = ["missing"]

from voicemock.checks._base import DEFAULT, Verdict
from voicemock.schema import Answer, Finding, Severity, SignalName

EXPECTED_BY = f"the question's expected signals, {DEFAULT}"
EXPECTED_OF_ANY = f"what most questions ask for, {DEFAULT}"
"""The source if the question is not known, see ``CORE_SIGNALS``."""


def missing(answer: Answer, *, check: str, signal: SignalName, message: str) -> Verdict:
    """Return a finding if the question expects a signal that was assessed and is not there."""
    heard = answer.reading.signals.get(signal)
    if signal not in answer.expects or heard is None or heard.present is not False:
        return Verdict()
    return Verdict(
        findings=(
            Finding(
                check=check,
                severity=Severity.PROBLEM if answer.question else Severity.WATCH,
                message=message,
                measured="not heard",
                limit="at least one",
                source=EXPECTED_BY if answer.question else EXPECTED_OF_ANY,
            ),
        )
    )
