"""Other things the question asks for and the answer leaves out.

What it does. Compares the signals the question expects with those heard, trade-offs and metrics apart (they have
checks of their own), and names those not heard.
Why it matters. Each question tests something. An answer that misses it scores low however well it is told.
Example. Asked about a failure, the story ends with the rescue; what was learned is never said.
Better. "What I do differently since: I ask for the bad news first."
Source. The question's own list of expected signals, a voicemock default, unvalidated.
"""

from collections.abc import Collection, Mapping, Sequence

from voicemock.checks._base import Verdict
from voicemock.checks._missing import EXPECTED_BY
from voicemock.phrases import plural
from voicemock.schema import Answer, Finding, Measure, Severity, Signal, SignalName, Status

__all__ = ["IN_WORDS", "TRY", "check", "gaps", "say"]

ELSEWHERE = (SignalName.TRADEOFF, SignalName.METRIC)
IN_WORDS = {  # follow-ups use them too
    SignalName.SITUATION: "the situation",
    SignalName.TASK: "what you had to achieve",
    SignalName.ACTION: "what you did",
    SignalName.RESULT: "what came of it",
    SignalName.TRADEOFF: "what was weighed",
    SignalName.METRIC: "a number",
    SignalName.RATIONALE: "why you chose that way",
    SignalName.REFLECTION: "what you learned",
    SignalName.CUSTOMER: "who was affected, and how",
    SignalName.CUSTOMER_FIRST: "the customer early on",
    SignalName.STAKEHOLDERS: "people outside the team",
    SignalName.PEOPLE_GROWTH: "how someone grew",
    SignalName.RISK: "a risk and its answer",
    SignalName.OPERATIONS: "how it is run",
    SignalName.SCALE: "how it scales",
    SignalName.COST: "what it cost",
    SignalName.OWNS_FAILURE: "your own mistake",
    SignalName.CREDITS_TEAM: "credit to others",
    SignalName.ORG_IMPACT: "the effect beyond your team",
    SignalName.ON_TOPIC: "an answer to this question",
}
TRY = {
    SignalName.SITUATION: "Open with where, when and what was at stake.",
    SignalName.TASK: "Say in one sentence what was asked of you.",
    SignalName.ACTION: "Say what you did, step by step.",
    SignalName.RESULT: "End with what is different today.",
    SignalName.TRADEOFF: "Name what you did not choose, and why.",
    SignalName.METRIC: "Give one number: from what, to what.",
    SignalName.RATIONALE: 'Begin one sentence with "I decided that because".',
    SignalName.REFLECTION: "End with what you would do differently.",
    SignalName.CUSTOMER: "Say who felt it, and what it did to them.",
    SignalName.CUSTOMER_FIRST: "Begin with who it was for and what hurt them.",
    SignalName.STAKEHOLDERS: "Say whom you brought along, and how.",
    SignalName.PEOPLE_GROWTH: "Say what one person can do now, and how you helped.",
    SignalName.RISK: "Say what could have gone wrong, and how you prepared.",
    SignalName.OPERATIONS: "Say how you would notice that it breaks at night.",
    SignalName.SCALE: "Say what breaks first at ten times the load.",
    SignalName.COST: "Say what it cost, in money or people.",
    SignalName.OWNS_FAILURE: "Say plainly which part was your mistake.",
    SignalName.CREDITS_TEAM: "Name one thing somebody else did.",
    SignalName.ORG_IMPACT: "Say who outside your team is better off.",
    SignalName.ON_TOPIC: "Answer the question in your first sentence.",
}
"""One thing to try for each gap."""
NAMED = 2
"""Gaps named in one message; more cannot be remembered while speaking (voicemock default, unvalidated)."""


def check(answer: Answer) -> Verdict:
    """Report the expected signals that were not heard."""
    assessed = {name: s.present for name, s in answer.reading.signals.items() if s.present is not None}
    expected = [name for name in answer.expects if name in assessed]
    if not expected or answer.question is None:
        return Verdict()
    measure = Measure(
        value=float(sum(bool(assessed[name]) for name in expected)),
        unit=f"of {len(expected)} expected signals",
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
    expected: Sequence[SignalName], signals: Mapping[SignalName, Signal], *, filled: Collection[SignalName] = ()
) -> tuple[SignalName, ...]:
    """Return what was expected and not heard; filled: what a follow-up made good."""
    missing = (name for name in expected if name not in ELSEWHERE and name not in filled)
    return tuple(name for name in missing if (heard := signals.get(name)) and heard.present is False)


def say(missing: Sequence[SignalName]) -> str:
    """Name the gaps, and one thing to try for the first."""
    named = [IN_WORDS[name] for name in missing[:NAMED]]
    if more := len(missing) - NAMED if len(missing) > NAMED else 0:
        named.append(f"{more} more")
    return f"Not heard: {'; '.join(named)}. {TRY[missing[0]]}"
