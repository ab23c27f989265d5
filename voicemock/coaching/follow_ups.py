"""Follow-ups: the one probe an interviewer would ask next, and the gap that made them ask."""

__all__ = ["follow_ups"]

from voicemock.schema import Answer, FollowUp, SignalName

_MOST = 2
# In the order an interviewer would care, with our own words where the question has none.
_PROBES = {
    SignalName.TRADEOFF: "What else did you consider, and why not that?",
    SignalName.METRIC: "What did that change, in numbers?",
    SignalName.RESULT: "How did it end?",
    SignalName.ACTION: "What did you do yourself?",
    SignalName.OWNS_FAILURE: "What was your own part in it going wrong?",
    SignalName.REFLECTION: "What would you do differently today?",
    SignalName.CUSTOMER: "Who felt that, outside your team?",
}


def follow_ups(answer: Answer) -> tuple[FollowUp, ...]:
    """Return at most two probes; none where nothing the question expects is missing."""
    found: list[FollowUp] = []
    for name, probe in _PROBES.items():
        signal = answer.reading.signals.get(name)
        if name in answer.expects and signal is not None and signal.present is False:
            own = answer.question.follow_ups.get(name) if answer.question else None
            found.append(FollowUp(text=own or probe, trigger=f"missing {name.value}", signal=name))
    return tuple(found[:_MOST])
