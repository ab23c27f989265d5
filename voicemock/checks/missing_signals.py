"""Other things the question asks for and the answer leaves out.

What it does. Compares the signals the question expects with those heard, trade-offs and metrics apart (they have
checks of their own), and names those not heard.
Why it matters. Each question tests something. An answer that misses it scores low however well it is told.
Example. Asked about a failure, the story ends with the rescue; what was learned is never said.
Better. "What I do differently since: I ask for the bad news first."
Source. The question's own list of expected signals, a voicemock default, unvalidated.
"""

from voicemock.checks._base import Verdict, plural
from voicemock.checks._missing import EXPECTED_BY
from voicemock.schema import Answer, Finding, Measure, Severity, SignalName, Status

__all__ = ["IN_WORDS", "check"]

ELSEWHERE = (SignalName.TRADEOFF, SignalName.METRIC)
IN_WORDS = {  # follow-ups use them too
    SignalName.SITUATION: "the situation",
    SignalName.TASK: "what you had to achieve",
    SignalName.ACTION: "what you did",
    SignalName.RESULT: "what came of it",
    SignalName.TRADEOFF: "what was weighed",
    SignalName.METRIC: "a number",
    SignalName.RATIONALE: "why",
    SignalName.REFLECTION: "what you learned",
    SignalName.CUSTOMER: "who it was for",
    SignalName.CUSTOMER_FIRST: "the customer early on",
    SignalName.STAKEHOLDERS: "people outside the team",
    SignalName.PEOPLE_GROWTH: "how someone grew",
    SignalName.RISK: "a risk and its answer",
    SignalName.OPERATIONS: "how it is run and watched",
    SignalName.SCALE: "how it scales",
    SignalName.COST: "what it costs",
    SignalName.OWNS_FAILURE: "your own mistake",
    SignalName.CREDITS_TEAM: "credit to others",
    SignalName.ORG_IMPACT: "the effect beyond your team",
    SignalName.ON_TOPIC: "an answer to this question",
}


def check(answer: Answer) -> Verdict:
    """Report the expected signals that were not heard."""
    assessed = {name: s.present for name, s in answer.reading.signals.items() if s.present is not None}
    expected = [name for name in answer.expects if name in assessed]
    if not expected or answer.question is None:
        return Verdict()
    heard = [name for name in expected if assessed[name]]
    gaps = [name for name in expected if not assessed[name] and name not in ELSEWHERE]
    measure = Measure(
        value=float(len(heard)),
        unit=f"of {len(expected)} expected signals",
        status=Status.INFO,
        limit=str(len(expected)),
        source=EXPECTED_BY,
    )
    if not gaps:
        return Verdict(measures={"signals_heard": measure})
    finding = Finding(
        check="missing_signals",
        severity=Severity.WATCH,
        message=f"Not heard: {', '.join(IN_WORDS[gap] for gap in gaps[:3])}. Add one sentence for the first.",
        measured=plural(len(gaps), "gap"),
        limit="none",
        source=EXPECTED_BY,
    )
    return Verdict(measures={"signals_heard": measure}, findings=(finding,))
