"""An answer much shorter or longer than the question deserves.

What it does. Compares the time from the first word to the last with the question's good range. Up to a fifth
over is amber; beyond that, or under the range, it is a finding. Saying enough in too little time is fast, not short,
and another check judges that. How long a written answer would take is an estimate: it is short or long only if it is so
at every good pace.
Why it matters. A short answer leaves the interviewer to dig; a long one loses them, and eats the time of the
questions that would have shown more of you.
Example. 4:10 on "Tell me about a conflict with a peer".
Better. One sentence of setting, what you did, what came of it: 1:00 to 2:30.
Source. The question's own target; the ranges cluster at one to three minutes in published advice, but none is
validated, so this is a voicemock default. UW Careers for how much of an answer its setting may take.
"""

from voicemock.checks._base import DEFAULT, WORDS_PER_MINUTE, Limit, Verdict, finding_on, judge, spoken_minutes
from voicemock.checks.pace import FINE_HIGH, FINE_LOW
from voicemock.phrases import clock, good_length
from voicemock.questions.story_or_plan import asks_for_a_story
from voicemock.schema import GOOD_LENGTH_S, Answer, Kind, Measure, Severity, SignalName, Status

__all__ = ["check"]

AMBER = Limit(1.2, DEFAULT)
"""Times the longest good length: beyond it an answer is too long."""
SETTING = Limit(0.3, "UW Careers: situation and task up to 30 %")
"""Most of the words that may go to situation and task."""


def check(answer: Answer) -> Verdict:
    """Judge the length of one answer."""
    if not answer.transcript.words:
        return Verdict()
    shortest, longest = map(round, answer.question.target_s if answer.question else GOOD_LENGTH_S)
    length_s = spoken_minutes(answer) * 60
    whole_s = round(length_s)  # rounded as it is shown, so that an answer of "1:00" is never short of "1:00"
    shown = clock(length_s)
    spoken = answer.duration_s is not None
    slow, fast = (WORDS_PER_MINUTE,) * 2 if spoken else (FINE_LOW.value, FINE_HIGH.value)
    enough_said = _gave_what_was_asked(answer) or len(answer.transcript.words) / slow * 60 >= shortest
    message, severity = "", Severity.WATCH
    if whole_s < shortest and not enough_said:
        severity = Severity.PROBLEM if whole_s < shortest / 2 else Severity.WATCH
        message = f"{_fact(shown, 'short', spoken=spoken)} {_more(answer)}"
    elif round(length_s * WORDS_PER_MINUTE / fast) > longest * AMBER.value:
        severity = Severity.PROBLEM
        message = f"{_fact(shown, 'long', spoken=spoken)} {_less(answer)}"
    status = Status(severity.value) if message else Status.GOOD if shortest <= whole_s <= longest else Status.FINE
    measure = Measure(
        value=round(length_s, 2), unit="s", status=status, limit=good_length(shortest, longest), source=DEFAULT
    )
    measured = shown if spoken else f"about {shown} when spoken"
    finding = finding_on(measure, check="length", message=message, measured=measured, severity=severity)
    return judge("length", measure, finding)


def _gave_what_was_asked(answer: Answer) -> bool:
    """Return whether a follow-up was answered with what it asked for: a number takes five seconds."""
    probe = answer.question is not None and answer.question.follow_up_to is not None
    heard = (answer.reading.signals.get(name) for name in answer.expects)
    return probe and bool(answer.expects) and all(signal and signal.present for signal in heard)


def _fact(shown: str, how: str, *, spoken: bool) -> str:
    if spoken:
        return f"{shown} is {how} for this question."
    return f"Said aloud, this takes about {shown}: {how} for this question."


def _more(answer: Answer) -> str:
    """Say what to add; other checks name what the question expects and was not heard."""
    if answer.question and answer.question.kind is Kind.CONCEPT:
        return "Say what it is, what it is for, and where it goes wrong."
    heard = {name: answer.reading.signals[name].present for name in answer.expects if name in answer.reading.signals}
    if False in heard.values():
        return "There is room to add what was not heard."
    if answer.question and answer.question.follow_up_to is not None:
        return "Add a sentence or two: one fact, and how you know it."
    all_heard = bool(heard) and all(heard.values())
    if not asks_for_a_story(answer.question):
        return "Add an example from your own work." if all_heard else "Add a reason, and an example from your own work."
    if all_heard:
        return "Tell one moment in detail: what you saw, what you decided, and why."
    return "Tell the whole story: what happened, what you did, what came of it."


def _less(answer: Answer) -> str:
    """Say what to cut: the setting if it takes long, else whatever is neither decision nor result."""
    setting = sum(p.share for p in answer.reading.parts if p.name in (SignalName.SITUATION, SignalName.TASK))
    if answer.question and answer.question.kind is Kind.CONCEPT:
        return "Say what it is in one sentence, then why it matters; one example is enough."
    if setting > SETTING.value:
        return "Cut the setting to two sentences."
    return "Keep what you decided and what came of it; drop the side stories."
