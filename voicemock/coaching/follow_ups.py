"""Follow-ups: the one probe an interviewer would ask next, and the gap that made them ask."""

__all__ = ["follow_ups"]

import bisect
from collections.abc import Iterator

from voicemock.checks.missing_signals import IN_WORDS
from voicemock.reading import main_noun, unmeasured_claim
from voicemock.schema import Answer, FollowUp, SignalName, Span, Transcript

_MOST = 2
_LEAST_I_SHARE = 0.4  # voicemock default, unvalidated; see docs/reading.md
_FEWEST_PRONOUNS = 5  # fewer say nothing about who did it
# In the order an interviewer would miss them.
_PROBES = {
    SignalName.ON_TOPIC: "Let me bring you back to the question I asked.",
    SignalName.OWNS_FAILURE: "What was your own part in it going wrong?",
    SignalName.ACTION: "What exactly did you do, step by step?",
    SignalName.RESULT: "How did it end, and what is different today?",
    SignalName.METRIC: "What did that change, in numbers?",
    SignalName.TRADEOFF: "What else did you consider, and what did you give up?",
    SignalName.RATIONALE: "Why did you decide it that way?",
    SignalName.CUSTOMER: "Who felt it when it went wrong, and how?",
    SignalName.CUSTOMER_FIRST: "Before the details: who is it for, and what hurt them?",
    SignalName.REFLECTION: "What would you do differently today?",
    SignalName.PEOPLE_GROWTH: "Who on your team grew through this, and how did you help?",
    SignalName.CREDITS_TEAM: "Who else made that happen?",
    SignalName.STAKEHOLDERS: "Who outside your team did you have to bring along, and how?",
    SignalName.RISK: "What could have gone wrong, and what did you do about it beforehand?",
    SignalName.OPERATIONS: "How do you know it works at night, and who gets called when it doesn't?",
    SignalName.SCALE: "What breaks first at ten times the load?",
    SignalName.COST: "What did it cost, in money or people, and was it worth it?",
    SignalName.ORG_IMPACT: "Who beyond your team is better off because of it?",
    SignalName.TASK: "What exactly were you asked to achieve?",
    SignalName.SITUATION: "Set the scene for me: where was this, and when?",
}

# Where the candidate's own word for the thing is plain.
_PROBES_WITH_NOUN = {
    SignalName.RESULT: "How did it end, and what is different about the {noun} today?",
    SignalName.METRIC: "What did that do to the {noun}, in numbers?",
    SignalName.CUSTOMER: "Who felt it when the {noun} went wrong, and how?",
    SignalName.SCALE: "What happens to the {noun} at ten times the load, and what breaks first?",
}


def follow_ups(answer: Answer) -> tuple[FollowUp, ...]:
    """Return at most two probes; none where nothing the question expects is missing."""
    found: list[FollowUp] = []
    for probe in _gaps(answer):
        if probe.text not in [f.text for f in found]:
            found.append(probe)
    return tuple(found[:_MOST])


def _gaps(answer: Answer) -> Iterator[FollowUp]:
    share = _i_share_in_action(answer)
    for name, probe in _PROBES.items():
        if name is SignalName.RESULT and share is not None and share < _LEAST_I_SHARE and answer.expects:
            yield FollowUp(text='You said "we". What was your own part?', trigger=f'{share:.0%} "I", the rest "we"')
        signal = answer.reading.signals.get(name)
        missing = signal is not None and signal.present is False
        if missing and name is SignalName.ON_TOPIC and answer.question is not None:
            yield FollowUp(text=probe, trigger=f"not heard: {IN_WORDS[name]}", signal=name)
            return
        if missing and name in answer.expects and answer.question is not None:
            text = _in_their_words(name, answer.transcript, answer.question.follow_ups.get(name)) or probe
            yield FollowUp(text=text, trigger=f"not heard: {IN_WORDS[name]}", signal=name)


def _in_their_words(name: SignalName, transcript: Transcript, own: str | None) -> str | None:
    """Return a probe that takes up what the candidate said, else the question's own, None where there is neither."""
    if name is SignalName.METRIC and (claim := unmeasured_claim(transcript)):
        return f"You said {claim}. By how much?"
    if own is None and name in _PROBES_WITH_NOUN and (noun := main_noun(transcript)):
        return _PROBES_WITH_NOUN[name].format(noun=noun)
    return own


def _i_share_in_action(answer: Answer) -> float | None:
    """Return I / (I + we) where the speaker tells what was done; None where too little is said."""
    stretches = [(p.char_start, p.char_end) for p in answer.reading.parts if p.name is SignalName.ACTION]
    starts = [start for start, _ in stretches]  # in order, none over another

    def inside(span: Span) -> bool:
        place = bisect.bisect_right(starts, span.char_start) - 1
        return place >= 0 and span.char_start < stretches[place][1]

    pronouns = answer.reading.pronouns
    alone, together = sum(map(inside, pronouns.i)), sum(map(inside, pronouns.we))
    said = alone + together
    return alone / said if said >= _FEWEST_PRONOUNS else None
