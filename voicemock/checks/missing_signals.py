"""Other things the question asks for and the answer leaves out.

What it does. Compares the signals the question expects with those heard, and names those not heard. Trade-offs and
metrics have checks of their own.
Why it matters. Each question tests something. An answer that misses it scores low however well it is told.
Example. Asked about a failure, you end the story with the rescue, and never say what you learned.
Better. "What I have done differently since then: I ask for the bad news first."
Source. The question's own list of expected signals, a voicemock default, unvalidated.
"""

from collections.abc import Collection, Mapping, Sequence

from voicemock.checks._base import Verdict
from voicemock.checks._missing import EXPECTED_BY
from voicemock.phrases import plural
from voicemock.schema import Answer, Finding, Measure, Severity, Signal, SignalName, Status
from voicemock.signals import signals

__all__ = ["check", "gaps", "say"]

ELSEWHERE = (SignalName.TRADEOFF, SignalName.METRIC)
NAMED = 2
"""Gaps named in one message; more cannot be remembered while speaking (voicemock default, unvalidated)."""


def check(answer: Answer) -> Verdict:
    """Report the expected signals that were not heard."""
    assessed = {name: s.present for name, s in answer.reading.signals.items() if s.present is not None}
    expected = [name for name in answer.expects if name in assessed]
    if not expected or answer.question is None:
        return Verdict()
    left_out = " that could be judged" if len(expected) < len(answer.expects) else ""  # else the count looks wrong
    measure = Measure(
        value=float(sum(bool(assessed[name]) for name in expected)),
        unit=f"of {len(expected)} expected signals{left_out}",
        status=Status.INFO,
        limit=str(len(expected)),
        source=EXPECTED_BY,
    )
    missing = gaps(expected, answer.reading.signals)
    if not missing:
        return Verdict(measures={"signals_heard": measure})
    finding = Finding(
        check="missing_signals",
        severity=Severity.WATCH,
        message=say(missing),
        measured=plural(len(missing), "gap"),
        limit="none",
        source=EXPECTED_BY,
    )
    return Verdict(measures={"signals_heard": measure}, findings=(finding,))


def gaps(
    expected: Sequence[SignalName], read: Mapping[SignalName, Signal], *, filled: Collection[SignalName] = ()
) -> tuple[SignalName, ...]:
    """Return what was expected and not heard; filled: what a follow-up made good."""
    missing = (name for name in expected if name not in ELSEWHERE and name not in filled)
    return tuple(name for name in missing if (heard := read.get(name)) and heard.present is False)


def say(missing: Sequence[SignalName]) -> str:
    """Name the gaps, and one thing to try for the first."""
    named = [signals()[name].phrase for name in missing[:NAMED]]
    if len(missing) > NAMED:
        named.append(f"{len(missing) - NAMED} more")
    return f"Not heard: {'; '.join(named)}. {signals()[missing[0]].advice}"
