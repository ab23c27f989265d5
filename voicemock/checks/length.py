"""An answer much shorter or longer than the question deserves.

What it does. Compares the time from the first word to the last with the question's good range. Up to a fifth
over is amber; beyond that, or under the range, it is a finding.
Why it matters. A short answer leaves the interviewer to dig; a long one loses them, and eats the time of the
questions that would have shown more of you.
Example. 4:10 on "Tell me about a conflict with a peer".
Better. One sentence of setting, what you did, what came of it: 1:00 to 2:30.
Source. The question's own target; the ranges cluster at one to three minutes in published advice, but none is
validated, so this is a voicemock default.
"""

from voicemock.checks._base import DEFAULT, Limit, Verdict, judge, spoken_minutes
from voicemock.clock import clock
from voicemock.schema import Answer, Measure, Severity, Status

__all__ = ["check"]

BEHAVIOURAL_S = (60.0, 150.0)
AMBER = Limit(1.2, "times the longest good length", DEFAULT)


def check(answer: Answer) -> Verdict:
    """Judge the length of one answer."""
    if not answer.transcript.words:
        return Verdict()
    shortest, longest = map(round, answer.question.target_s if answer.question else BEHAVIOURAL_S)
    length_s = round(spoken_minutes(answer) * 60, 1)
    whole_s = round(length_s)  # as it is shown, so that no answer of "1:00" is short of "1:00"
    measured = clock(length_s) if answer.duration_s is not None else f"about {clock(length_s)} when spoken"
    message, severity = "", Severity.WATCH
    if whole_s < shortest:
        severity = Severity.PROBLEM if whole_s < shortest / 2 else Severity.WATCH
        message = f"{measured} is short for this question. Add what you did and what changed because of it."
    elif whole_s > longest * AMBER.value:
        severity = Severity.PROBLEM
        message = f"{measured} is long for this question. Cut the setting to two sentences."
    status = Status(severity.value) if message else Status.GOOD if whole_s <= longest else Status.FINE
    measure = Measure(
        value=length_s, unit="s", status=status, limit=f"{clock(shortest)}–{clock(longest)}", source=DEFAULT
    )
    return judge("length", measure, check="length", message=message, measured=measured, severity=severity)
