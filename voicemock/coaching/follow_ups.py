"""Follow-ups: the probe an interviewer would ask next, and what made them ask.

What was said and left open is taken up first, then what was not said.
"""

__all__ = ["follow_ups"]

import bisect
import itertools
from collections.abc import Iterator

from voicemock.checks.i_vs_we import ENOUGH, OWN_PART
from voicemock.questions.story_or_plan import asks_for_a_story
from voicemock.reading import main_noun, unexplained_decision, unmeasured_claim, unproven_claim
from voicemock.schema import Answer, FollowUp, SignalName, Span, Transcript, assessed
from voicemock.signals import signals

_MOST = 2


def follow_ups(answer: Answer) -> tuple[FollowUp, ...]:
    """Return at most two probes; none if all the question expects was heard."""
    found: list[FollowUp] = []
    for probe in itertools.chain(_taken_up(answer), _gaps(answer), itertools.islice(_undecided(answer), 1)):
        if all(probe.text != other.text and (probe.signal is None or probe.signal != other.signal) for other in found):
            found.append(probe)
    return tuple(found[:_MOST])


def _taken_up(answer: Answer) -> Iterator[FollowUp]:
    """Yield what to ask about things that were said; only where the answer to it was asked for and not heard."""
    read = answer.reading.signals
    if answer.question is None or answer.question.follow_up_to or not assessed(read):
        return  # what was hardly heard is put in nobody's mouth; the answer to a follow-up is not asked about again
    said = answer.transcript
    for name, claim, probe, trigger in (
        (SignalName.METRIC, unmeasured_claim, "You said {}. By how much?", "a change"),
        (SignalName.RATIONALE, unexplained_decision, 'You said "{}". Why?', "a decision"),
        (SignalName.METRIC, unproven_claim, "You said {}. How could you tell?", "how others felt"),
    ):
        signal = read.get(name)
        if signal and name in answer.expects and not signal.present and (words := claim(said)):
            yield FollowUp(text=probe.format(words), trigger=f"{trigger}: {words}", signal=name)


def _gaps(answer: Answer) -> Iterator[FollowUp]:
    alone, together = _i_and_we_in_action(answer)
    hidden = alone + together >= ENOUGH and alone / (alone + together) < OWN_PART.value
    for name, spoken in signals().items():
        if name is SignalName.RESULT and hidden and answer.expects and asks_for_a_story(answer.question):
            trigger = f'where you say what was done: "I" {alone}, "we" {together}'
            yield FollowUp(text='You said "we". What was your own part?', trigger=trigger)
        signal = answer.reading.signals.get(name)
        missing = signal is not None and signal.present is False
        if missing and name is SignalName.ON_TOPIC and answer.question is not None:
            yield FollowUp(text=spoken.probe, trigger=f"not heard: {spoken.phrase}", signal=name)
            return
        if missing and name in answer.expects and answer.question is not None:
            text = _in_their_words(name, answer.transcript, answer.question.follow_ups.get(name)) or spoken.probe
            yield FollowUp(text=text, trigger=f"not heard: {spoken.phrase}", signal=name)


def _undecided(answer: Answer) -> Iterator[FollowUp]:
    """Yield what to ask where it could not be told: an interviewer who is not sure asks, and accuses nobody."""
    read, question = answer.reading.signals, answer.question
    if question is None or question.follow_up_to or not assessed(read):
        return
    for name, spoken in signals().items():
        if name in answer.expects and name in read and read[name].present is None:
            text = _in_their_words(name, answer.transcript, question.follow_ups.get(name)) or spoken.probe
            yield FollowUp(text=text, trigger=f"could not tell: {spoken.phrase}", signal=name)


def _in_their_words(name: SignalName, transcript: Transcript, own: str | None) -> str | None:
    """Return a probe about the candidate's own thing, else the question's own, None if there is neither."""
    with_noun = signals()[name].probe_with_noun
    if own is None and with_noun and (noun := main_noun(transcript)):
        return with_noun.format(noun=noun)
    return own


def _i_and_we_in_action(answer: Answer) -> tuple[int, int]:
    """Count I and we where the speaker tells what was done."""
    stretches = [(p.char_start, p.char_end) for p in answer.reading.parts if p.name is SignalName.ACTION]
    starts = [start for start, _ in stretches]  # in order, none over another

    def inside(span: Span) -> bool:
        place = bisect.bisect_right(starts, span.char_start) - 1
        return place >= 0 and span.char_start < stretches[place][1]

    pronouns = answer.reading.pronouns
    return sum(map(inside, pronouns.i)), sum(map(inside, pronouns.we))
